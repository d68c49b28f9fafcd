/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The certificates of a platform with SEV or SEV-ES, from files in any form and order. What they
 * are, they tell themselves. Nothing is verified here.
 */
#ifndef SEVLAUNCH_PLATFORM_FILES_H
#define SEVLAUNCH_PLATFORM_FILES_H

#include "cli/option.h"
#include "platform_piece.h"
#include "store.h"

/* Zeroed memory is one of no files. The certificates are views of its own bytes: do not move it. */
struct platform_files {
    const char *path[PLATFORM_KINDS]; /* of the file that a kind is from; NULL: none has it */
    size_t size[PLATFORM_KINDS];
    struct sevl_sev_ca_certificate authority[SEVL_SEV_ASK + 1]; /* ARK and ASK, by kind */
    struct sevl_sev_certificate certificate[PLATFORM_KINDS];    /* the others, by kind */
    const char *chip_id_source; /* the file or option that the chip's id is from; NULL: none */
    uint8_t chip_id[SEVL_SEV_CHIP_ID_SIZE]; /* as it stands there */
    uint8_t bytes[PLATFORM_KINDS][SEVL_SEV_CERTIFICATE_SIZE];
};

/*
 * Reads all files of an option that can be repeated. Each holds certificates one after another, as
 * they are, in base64 or in hexadecimal: PDH, PEK, OCA and CEK of 'sevctl export', with ASK and
 * ARK or without; PEK, OCA and CEK of QEMU's cert-chain; AMD's files of ASK and ARK; or one alone.
 * Or it is what QMP's query-sev-capabilities or 'virsh nodesevinfo' printed.
 *
 * The same certificate twice is taken once. A CEK that AMD signed takes the place of the
 * platform's own copy, and an ARK with its signature of one without.
 *
 * Returns CLI_GO_ON, with those that were there; CLI_USAGE after an error line that begins with
 * the name of the option, if a file cannot be one of these, holds a GODH, or another certificate
 * of a kind than a file before it; or CLI_FAILED after one, if a file cannot be read.
 */
PORT_CHECK enum cli_code platform_files_read(struct platform_files *files, struct store *store,
                                             const struct cli_console *console,
                                             const struct cli_arguments *arguments, size_t option);

/* Whether a file had a certificate of this kind; for a CEK, one that AMD signed. */
bool platform_files_has(const struct platform_files *files, enum sevl_sev_certificate_kind kind);

#endif
