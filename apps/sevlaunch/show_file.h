/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A file that is shown, and the kinds that there are. */
#ifndef SEVLAUNCH_SHOW_FILE_H
#define SEVLAUNCH_SHOW_FILE_H

#include "cli/looks.h"
#include "show_output.h"
#include "snp_firmware.h"

/* How much of a file's start is kept at least: the largest kinds of one size have so much. */
#define SHOW_START_MIN 8192

struct show_file {
    const char *path;
    uint64_t size;
    uint8_t sha256[SEVL_SHA256_SIZE];
    struct looks_head head;
    char *start;                /* the first bytes, and memory for one more: */
    size_t kept;                /* all of the file if it has no more than these */
    size_t capacity;            /* as many at most, SHOW_START_MIN at least */
    uint8_t *work;              /* a byte more than `capacity`, for what is decoded or kept */
    struct sevl_ovmf_tail tail; /* in firmware.end */
    struct snp_firmware firmware;
};

static inline bool show_is_whole(const struct show_file *file)
{
    return file->kept == file->size;
}

/* The bytes of a file that is whole, as one of SHOW_START_MIN or less is. */
static inline const uint8_t *show_file_bytes(const struct show_file *file)
{
    return (const uint8_t *)file->start;
}

/*
 * Copies a file to `work`, decoded if it is hexadecimal or base64 text. Returns how many bytes
 * there are then: 0 if it is not whole, or no such text though it looks like one.
 */
size_t show_decode(struct show_file *file);

/* In which form a file is that show_decode() made `size` bytes of. */
void show_encoding(const struct show_file *file, struct show_output *output, size_t size);

/* Members of every kind. */
void show_file_members(const struct show_file *file, struct show_output *output);

/*
 * What shows a kind of file. It returns CLI_GO_ON, with nothing printed, if the file is of
 * another kind; CLI_SUCCESS after all members, but for the end of the output; or an exit code
 * after an error line.
 */
typedef enum cli_code show_kind(struct show_file *file, const struct cli_console *console,
                                struct show_output *output);

/* The image of a firmware, and what was kept of one. */
show_kind show_firmware;
show_kind show_firmware_info;

/* Certificates and revocation lists, in DER, in PEM or in a table of a host's. */
show_kind show_certificates;

/* An attestation report, in any form. */
show_kind show_report;

/* One or two pages of CPUs. */
show_kind show_cpus;

/* An ID block, and an ID authentication page. */
show_kind show_id_block;
show_kind show_id_auth;

/* Certificates of a platform with SEV or SEV-ES, a GODH among them; such a platform's report. */
show_kind show_platform_chain;
show_kind show_platform_report;

/* The blob of a launch session. */
show_kind show_session;

#endif
