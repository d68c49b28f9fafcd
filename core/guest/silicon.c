/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/silicon.h"

const struct sevl_silicon sevl_silicon[SEVL_SILICON_COUNT] = {
    {"Naples", 0x00800f11},
    {"Milan", 0x00a00f10},
    {"Milan-X", 0x00a00f12},
    {"Genoa", 0x00a10f11},
    {"Genoa-X", 0x00a10f12},
    {"Bergamo or Siena", 0x00aa0f00},
    {"Bergamo or Siena", 0x00aa0f01},
    {"Bergamo or Siena", 0x00aa0f02},
    {"Turin", 0x00b00f20},
    {"Turin", 0x00b00f21},
    {"Turin Dense", 0x00b10f10},
};
