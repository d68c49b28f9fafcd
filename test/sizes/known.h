/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A program that is measured, with an input for which it answers SEVL_MATCH. */
#ifndef SEVLAUNCH_KNOWN_H
#define SEVLAUNCH_KNOWN_H

#include <sevlaunch/snp/certificate.h>

/* Sets the program's contexts up. Returns what it is to be called with. */
struct sevl_bytes known_input(void);

/* The program. */
enum sevl_result measured(const void *bytes, size_t size);

#endif
