/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_cpu_hash, with 4 in place of 4096 bytes of a page and 0 to 5 of scratch memory: the
 * hash is of the whole page of the CPU that starts there; and sevl_snp_launch_digest_add_cpu
 * appends it as a VMSA.
 */
#include "sha384_model.h"

#include <core/snp/cpu_pages.c>

static uint8_t page[SEVL_VMSA_SIZE];
static struct sevl_scratch scratch;
static const struct sevl_cpu cpu;
static uint32_t reset_address;
static uint8_t hash[SEVL_SHA384_SIZE];
static uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];

void sevl_vmsa_build(const struct sevl_cpu *built, uint32_t address, size_t offset, uint8_t *bytes,
                     size_t size)
{
    PROVE(built == &cpu && address == reset_address);
    PROVE(bytes == scratch.bytes && size > 0 && size <= scratch.size);
    PROVE(offset <= SEVL_VMSA_SIZE && size <= SEVL_VMSA_SIZE - offset);
    for (size_t i = 0; i < size; i++)
        bytes[i] = page[offset + i];
}

enum sevl_result sevl_snp_page_append(uint8_t launch_digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                      enum sevl_snp_page_type type, uint64_t address,
                                      const uint8_t *contents)
{
    PROVE(launch_digest == digest && contents == hash);
    PROVE(type == SEVL_SNP_PAGE_VMSA && address == UINT64_C(0xfffffffff000));
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

int main(void)
{
    uint8_t memory[SEVL_VMSA_SIZE + 1];
    size_t size = any_below(sizeof memory + 1);
    __CPROVER_havoc_object(page);
    __CPROVER_havoc_object(hash);
    place = any_below(SEVL_VMSA_SIZE);
    reset_address = nondet_u32();
    scratch = (struct sevl_scratch){nondet_bool() ? NULL : ENDING(memory, size), size};
    bool has_scratch = scratch.bytes != NULL && size > 0;

    enum sevl_result result = sevl_snp_cpu_hash(&cpu, reset_address, scratch, hash);

    REACHES(result == SEVL_OK && size == 3);
    REACHES(result == SEVL_OK && size == 5);
    PROVE(result == (!has_scratch ? SEVL_ERROR_STATE : failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
    if (result == SEVL_OK)
        PROVE(is_hash_of(hash, SEVL_VMSA_SIZE, page[place]));
    else
        prove_zero(hash, sizeof hash);

    failed = false;
    result = sevl_snp_launch_digest_add_cpu(digest, hash);
    PROVE(result == (failed ? SEVL_ERROR_CRYPTO : SEVL_OK));
}
