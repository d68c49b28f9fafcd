/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Montgomery's multiplication, a row of the product at a time. */
#include "montgomery_model.h"

#include <core/crypto/montgomery.c>

int main(void)
{
    prove_multiplication();
}
