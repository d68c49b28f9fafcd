/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Montgomery's multiplication, a column of the product at a time. */
#include "montgomery_model.h"

#include <port/cpu/bignum/montgomery_columns.c>

int main(void)
{
    prove_multiplication();
}
