/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The other command lines that a host may have been given: what a diagnosis tries. */
#ifndef SEVLAUNCH_CMDLINE_VARIANTS_H
#define SEVLAUNCH_CMDLINE_VARIANTS_H

#include "sevlaunch/guest/cmdline.h"

/* Takes a variant of the command line; returns whether the search is over. */
typedef bool sevl_take_variant(void *context, struct sevl_cmdline_variant variant);

/*
 * Lists the variants of an open command line, which are: without its quotation marks; without
 * each number of bytes of its tail; with and without all the tail a newline, CR LF or nothing,
 * and 0 to SEVL_CMDLINE_BLANKS_MAX blanks; one NUL more; without the NUL. Some are the command
 * line itself. Returns whether `take` said that the search is over.
 */
bool sevl_cmdline_list_variants(const struct sevl_cmdline *cmdline, sevl_take_variant *take,
                                void *context);

#endif
