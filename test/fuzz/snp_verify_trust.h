/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by seeds.py. */
#ifndef SEVLAUNCH_SNP_VERIFY_TRUST_H
#define SEVLAUNCH_SNP_VERIFY_TRUST_H

#include <stdint.h>

/* clang-format off */
static const char trusted_root[] = "396ddea59d877d84a17683c00ca67c00de7e3ed7ea928c5a5733b0481ec61935a33c7f5d1a30c806b1cdd11e14abe915";
static const char trusted_measurement[] = "6465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f808182838485868788898a8b8c8d8e8f90919293";
static const char trusted_time[] = "2026-06-01T00:00:00Z";
static const uint8_t trusted_report[48] = {102, 9, 204, 235, 71, 197, 21, 114, 3, 95, 182, 81, 151, 117, 238, 63, 138, 50, 29, 54, 162, 203, 204, 142, 153, 90, 190, 219, 143, 49, 87, 49, 211, 151, 51, 212, 161, 86, 174, 178, 59, 139, 255, 46, 93, 101, 248, 236};
static const char guest_info[] = "{\n  \"type\": \"sevlaunch-firmware-info\",\n  \"schema\": 1,\n  \"size\": 4096,\n  \"sha256\": \"abababababababababababababababababababababababababababababababab\",\n  \"launch-digest\": \"010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101010101\",\n  \"reset-address\": 8433668,\n  \"hash-table\": {\"base\": 8457216, \"size\": 1024},\n  \"secret\": {\"base\": 0, \"size\": 0},\n  \"sections\": [\n    {\"base\": 8388608, \"size\": 36864, \"type\": 1},\n    {\"base\": 8450048, \"size\": 4096, \"type\": 16}\n  ]\n}\n";
/* clang-format on */

#endif
