/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#ifndef SEVLAUNCH_P384_STEPS_H
#define SEVLAUNCH_P384_STEPS_H

#include "crypto/p384_formula.h"

/* Runs a table of operations modulo p; see crypto/p384_formula.h. */
void sevl_p384_take_steps(sevl_p384_number registers[SEVL_P384_REGISTERS], const uint16_t *steps,
                          size_t count);

#endif
