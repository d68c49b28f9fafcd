/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The key of a processor, or of a cloud provider, as bytes to keep: all that is needed to verify
 * its reports. Nothing in them is signed: who takes them trusts whoever gives them.
 *
 *   0  7  "SEVLKEY"
 *   7  1  the form: 1
 *   8  1  kind: 1 VCEK, 2 VLEK
 *   9  1  product: 1 Milan, 2 Genoa, 3 Turin
 *  10  5  TCB: FMC, boot loader, TEE, SNP, microcode; without FMC but on Turin
 *  15  1  size of the id
 *  16  8  from when its certificate and all above it are valid, in seconds since 1970
 *  24  8  to when, included; both with the least significant byte first
 *  32 64  id of the processor, or of the cloud provider; zeros follow
 *  96 96  point of P-384: x, then y, with the most significant byte first
 */
#ifndef SEVLAUNCH_KEY_FORM_H
#define SEVLAUNCH_KEY_FORM_H

#include <sevlaunch/snp/chain.h>

#define KEY_FORM_SIZE 192

void key_form_write(uint8_t bytes[KEY_FORM_SIZE], const struct sevl_snp_key *key);

/*
 * Returns false if the bytes are not what key_form_write() makes of any key. Whether the point is
 * one of the curve is not looked at: sevl_snp_report_verify() does.
 */
bool key_form_read(struct sevl_snp_key *key, const uint8_t *bytes, size_t size);

#endif
