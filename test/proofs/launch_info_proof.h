/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * core/host/launch_info.c with any result in place of set_info_value(), which has its own proof:
 * run.py renames the file's own, so that this one is called.
 */
#ifndef SEVLAUNCH_LAUNCH_INFO_PROOF_H
#define SEVLAUNCH_LAUNCH_INFO_PROOF_H

#include "proof.h"

#include <core/host/launch_info.c>

/* The arguments of set_info_value(). */
static struct text names[4];
static struct text values[4];
static int sets;

enum sevl_result sevl_measurement_from_base64(struct sevl_measurement *measurement,
                                              const char *text, size_t length)
{
    PROVE(length == 0 || __CPROVER_r_ok(text, length));
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_LENGTH;
}

bool set_info_value(struct sevl_launch_info *info, struct text name, struct text value)
{
    PROVE(name.length == 0 || __CPROVER_r_ok(name.start, name.length));
    PROVE(value.length == 0 || __CPROVER_r_ok(value.start, value.length));
    PROVE(sets < 4);
    names[sets] = name;
    values[sets++] = value;
    return nondet_bool();
}

#endif
