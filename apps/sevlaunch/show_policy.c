/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_policy.h"

#include <sevlaunch/snp/report.h>

/* AMD 56860, table "Guest Policy". */
static const char *const policy_bits[] = {[16] = "SMT",
                                          [17] = "reserved, always 1",
                                          [18] = "MIGRATE_MA",
                                          [19] = "DEBUG",
                                          [20] = "SINGLE_SOCKET",
                                          [21] = "CXL_ALLOW",
                                          [22] = "MEM_AES_256_XTS",
                                          [23] = "RAPL_DIS",
                                          [24] = "CIPHERTEXT_HIDING",
                                          [25] = "PAGE_SWAP_DISABLE"};
#define POLICY_BITS (sizeof policy_bits / sizeof *policy_bits)
#define POLICY_ABI UINT64_C(0xffff)

void show_policy(struct show_output *output, uint64_t policy)
{
    const uint8_t abi[] = {(uint8_t)(policy >> 8), (uint8_t)policy};
    show_hexadecimal(output, "policy", true, policy);
    show_version(output, "policy-abi", abi, sizeof abi);
    show_bits(output, "policy-bits", "policy-bit", policy & ~POLICY_ABI, policy_bits, POLICY_BITS);
    if ((policy & SEVL_SNP_POLICY_RESERVED_1) == 0)
        show_note(output, "the policy has no bit 17, so that no launch can have it");
    if ((policy & SEVL_SNP_POLICY_DEBUG) != 0)
        show_note(output, "the policy allows DEBUG: the host can read the guest's memory");
    if ((policy & SEVL_SNP_POLICY_MIGRATE_MA) != 0)
        show_note(output, "the policy allows MIGRATE_MA: another guest can move this one");
}
