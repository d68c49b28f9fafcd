/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The formulas of the curve, as tables of operations on registers: see test/proofs. */
#ifndef SEVLAUNCH_P384_FORMULA_H
#define SEVLAUNCH_P384_FORMULA_H

#include "crypto/p384.h"

/* Two points, their sum, what is in between, and b of the curve. */
enum p384_register { X1, Y1, Z1, X2, Y2, Z2, X3, Y3, Z3, T0, T1, T2, T3, T4, B };
enum p384_operation { MULTIPLY, ADD, SUBTRACT };

/* An operation and three registers: result = a operation b. */
#define STEP(operation, result, a, b) ((operation) << 12 | (result) << 8 | (a) << 4 | (b))

/* What B is to hold. */
extern const sevl_p384_number sevl_p384_b;

/* X3 : Y3 : Z3 = X1 : Y1 : Z1 + X2 : Y2 : Z2, for any points; reads B. */
#define SEVL_P384_ADDITION_STEPS 43
extern const uint16_t sevl_p384_addition[SEVL_P384_ADDITION_STEPS];

#endif
