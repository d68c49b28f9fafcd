/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/cpu_types.h"

const struct sevl_cpu_type sevl_cpu_types[SEVL_CPU_TYPES] = {
    {"EPYC", 0x00800f12},       {"EPYC-Rome", 0x00830f10},  {"EPYC-Milan", 0x00a00f11},
    {"EPYC-Genoa", 0x00a10f10}, {"EPYC-Turin", 0x00b00f00},
};

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

uint32_t sevl_cpu_signature(uint32_t family, uint32_t model, uint32_t stepping)
{
    uint32_t base_family = family < 15 ? family : 15;
    return (stepping & 15) | (model & 15) << 4 | base_family << 8 | (model >> 4 & 15) << 16 |
           ((family - base_family) & 0xff) << 20;
}
