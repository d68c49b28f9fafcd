/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The other command lines that a host may have been given: what a diagnosis tries. */
#ifndef SEVLAUNCH_CMDLINE_VARIANTS_H
#define SEVLAUNCH_CMDLINE_VARIANTS_H

#include "sevlaunch/guest/cmdline.h"

/*
 * Makes the variant of an open command line that has a number, counted from 0. They are: without
 * its quotation marks; without each number of bytes of its tail; with and without all the tail a
 * newline, CR LF or nothing, and 0 to SEVL_CMDLINE_BLANKS_MAX blanks; one NUL more; without the
 * NUL. Some are the command line itself. Returns false if there is none of this number.
 */
bool sevl_cmdline_variant_at(const struct sevl_cmdline *cmdline, uint32_t number,
                             struct sevl_cmdline_variant *variant);

#endif
