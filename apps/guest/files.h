/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The files of a guest, read once each: what they hash to, and how long they are. */
#ifndef SEVLAUNCH_GUEST_FILES_H
#define SEVLAUNCH_GUEST_FILES_H

#include <sevlaunch/guest/cmdline.h>
#include <sevlaunch/guest/kernel_hashes.h>

#include "cli/input.h"
#include "cli/option.h"

/* Where the options of a command stand in its table. */
struct guest_options {
    uint8_t firmware;
    uint8_t kernel;
    uint8_t initrd;
    uint8_t cmdline;
    uint8_t cmdline_file;
    uint8_t kernel_sha256;
    uint8_t initrd_sha256;
    uint8_t cmdline_sha256;
};

/* What a file, or another input, was. */
struct guest_input {
    bool has_size; /* it was read, and not given as a hash */
    uint64_t size; /* in bytes */
    uint8_t sha256[SEVL_SHA256_SIZE];
};

struct guest_kernel {
    bool is_given;
    struct guest_input kernel;
    struct guest_input initrd;
    struct guest_input cmdline; /* of the text; the hash is that of the text and a NUL */
    struct sevl_cmdline text;   /* that was hashed; not open if only its hash is given */
};

/*
 * Checks that whatever needs a kernel has one, and that hashes are some.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line.
 */
PORT_CHECK enum cli_code guest_kernel_check(const struct cli_arguments *arguments,
                                            const struct cli_console *console,
                                            const struct guest_options *options);

/*
 * Reads kernel, initrd and command line, or their hashes.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code guest_kernel_read(struct guest_kernel *kernel,
                                           const struct cli_arguments *arguments,
                                           const struct cli_console *console,
                                           const struct guest_options *options,
                                           struct cli_buffer buffer);

/* What the table of their hashes is made of. */
void guest_kernel_hashes(const struct guest_kernel *kernel, struct sevl_kernel_hashes *hashes);

#endif
