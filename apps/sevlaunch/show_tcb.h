/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A TCB, of a report or of a certificate. */
#ifndef SEVLAUNCH_SHOW_TCB_H
#define SEVLAUNCH_SHOW_TCB_H

#include <sevlaunch/snp/tcb.h>

#include "show_output.h"

/* Its parts, as --min-tcb of snp-verify takes them. */
void show_tcb(struct show_output *output, const char *name, const struct sevl_snp_tcb *tcb,
              enum sevl_snp_product product);

/* The bytes of one whose parts are not known. */
void show_tcb_bytes(struct show_output *output, const char *name,
                    const uint8_t bytes[SEVL_SNP_TCB_SIZE]);

#endif
