/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Whether a file can be the firmware that a guest starts. Inline: a command asks it once. */
#ifndef SEVLAUNCH_FIRMWARE_KIND_H
#define SEVLAUNCH_FIRMWARE_KIND_H

#include <sevlaunch/guid.h>

#include "cli/input.h"
#include "cli/looks.h"

/* Where a firmware volume has its kind, and its length in bytes (UEFI PI 1.8, volume 3). */
#define VOLUME_GUID 16
#define VOLUME_LENGTH 32
#define VOLUME_HEADER 40

/*
 * OVMF_VARS.fd is one volume, of the kind that holds variables (EDK2, MdeModulePkg,
 * gEfiSystemNvDataFvGuid); OVMF.fd has more after it.
 */
static inline bool firmware_is_variable_store(const struct looks_head *head, uint64_t size)
{
    static const struct sevl_guid variables = {{0x8d, 0x2b, 0xf1, 0xff, 0x96, 0x76, 0x8b, 0x4c,
                                                0xa9, 0x85, 0x27, 0x47, 0x07, 0x5b, 0x4f, 0x50}};
    uint64_t length = 0;
    if (head->size < VOLUME_HEADER)
        return false;
    for (size_t i = VOLUME_HEADER; i-- > VOLUME_LENGTH;)
        length = length << 8 | head->bytes[i];
    return sevl_guid_equal(&variables, head->bytes + VOLUME_GUID) && size <= length;
}

/*
 * Takes the start of the file of --firmware, and its size in bytes.
 * Returns CLI_GO_ON, or CLI_USAGE after an error line: for a file that is empty, an archive, or
 * a store of variables, for example.
 */
PORT_CHECK static inline enum cli_code firmware_kind_check(const struct cli_console *console,
                                                           const char *path,
                                                           const struct looks_head *head,
                                                           uint64_t size)
{
    const char *kind = looks_like_file(head);
    if (size == 0)
        return cli_fail_empty(console, "--firmware", path);
    if (firmware_is_variable_store(head, size))
        kind = "a store of variables, as OVMF_VARS.fd is: what is launched is in OVMF_CODE.fd";
    if (kind != NULL)
        return cli_error(console, CLI_USAGE, "--firmware: expected an image of firmware, but '",
                         path, "' is ", kind);
    return CLI_GO_ON;
}

/*
 * Each returns CLI_USAGE after an error line: the table of the firmware does not tell what
 * the hashes of a kernel need, or CPUs but the first.
 */
PORT_CHECK enum cli_code firmware_fail_kernel(const struct cli_console *console);
PORT_CHECK enum cli_code firmware_fail_cpus(const struct cli_console *console);

#endif
