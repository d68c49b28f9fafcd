/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_launch_digest_before_cpus, for every guest of up to three sections, or two if there is a
 * kernel, of any base and type, of one or two pages, with 256 in place of 4096 bytes of a page:
 * pages are appended to the firmware's digest in the order of the sections, but for EC2 those of
 * CPUID last, and without those that a quirk leaves out; a page is NORMAL only if there is a
 * kernel, and is then the table of its hashes, at its place between zeros: before all sections if
 * the quirk says so. Where that is not to be, no page is appended, and no digest is left.
 */
#include "sha384_model.h"

#include <core/snp/sections.c>

#define SECTIONS 3

static struct sevl_sev_section sections[SECTIONS];
static struct sevl_snp_guest guest;
static uint8_t table_bytes[SEVL_KERNEL_HASHES_TABLE_SIZE];
static uint8_t chain[SEVL_SNP_LAUNCH_DIGEST_SIZE]; /* the last digest */
static size_t appended;

struct sevl_sev_section sevl_sev_metadata_section(const struct sevl_sev_metadata *metadata,
                                                  uint32_t number)
{
    PROVE(metadata == &guest.metadata && number < metadata->count);
    return sections[number];
}

void sevl_kernel_hashes_table(const struct sevl_kernel_hashes *kernel,
                              uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE])
{
    PROVE(kernel == &guest.kernel && guest.has_kernel);
    memcpy(table, table_bytes, SEVL_KERNEL_HASHES_TABLE_SIZE);
}

static bool is_skipped(size_t section)
{
    return (guest.quirk == SEVL_SNP_QUIRK_NO_SVSM_CAA && sections[section].type == 4) ||
           (guest.quirk == SEVL_SNP_QUIRK_HASHES_FIRST && sections[section].type == 16);
}

/* Pages of kernel hashes that come before all sections. */
static size_t pages_first(void)
{
    return guest.quirk == SEVL_SNP_QUIRK_HASHES_FIRST && guest.has_kernel ? 1 : 0;
}

static size_t pages_of(size_t section)
{
    return is_skipped(section) ? 0 : sections[section].size / SEVL_PAGE_SIZE;
}

static bool is_last(size_t section)
{
    return guest.cpu.vmm == SEVL_VMM_EC2 && sections[section].type == 3;
}

/* How many pages are appended before those of this section. */
static size_t pages_before(size_t section)
{
    size_t pages = pages_first();
    for (size_t i = 0; i < guest.metadata.count; i++)
        if ((!is_last(i) && is_last(section)) || (is_last(i) == is_last(section) && i < section))
            pages += pages_of(i);
    return pages;
}

static enum sevl_snp_page_type expected_type(uint32_t section)
{
    return section == 2                                    ? SEVL_SNP_PAGE_SECRETS
           : section == 3                                  ? SEVL_SNP_PAGE_CPUID
           : section == 16 && guest.has_kernel             ? SEVL_SNP_PAGE_NORMAL
           : section == 1 && guest.cpu.vmm == SEVL_VMM_GCE ? SEVL_SNP_PAGE_UNMEASURED
                                                           : SEVL_SNP_PAGE_ZERO;
}

static uint8_t expected_byte(void)
{
    size_t offset = guest.hash_table.base % SEVL_PAGE_SIZE;
    bool is_table = place >= offset && place - offset < sizeof table_bytes;
    return is_table ? table_bytes[place - offset] : 0;
}

static void prove_page_first(enum sevl_snp_page_type type, uint64_t address)
{
    PROVE(type == SEVL_SNP_PAGE_NORMAL && address % SEVL_PAGE_SIZE == 0);
    PROVE(address <= guest.hash_table.base && guest.hash_table.base - address < SEVL_PAGE_SIZE);
}

/* The page of the section in which the call's turn is. */
static void prove_page_of_section(enum sevl_snp_page_type type, uint64_t address)
{
    size_t section = 0;
    for (size_t i = 0; i < guest.metadata.count; i++)
        if (appended >= pages_before(i) && appended - pages_before(i) < pages_of(i))
            section = i;
    size_t page = appended - pages_before(section);
    PROVE(page < pages_of(section));
    PROVE(address == (uint64_t)sections[section].base + page * SEVL_PAGE_SIZE);
    PROVE(type == expected_type(sections[section].type));
}

enum sevl_result sevl_snp_page_append(uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                      enum sevl_snp_page_type type, uint64_t address,
                                      const uint8_t *contents)
{
    size_t byte = any_below(SEVL_SNP_LAUNCH_DIGEST_SIZE);
    PROVE(!failed && digest[byte] == chain[byte]);
    if (appended < pages_first())
        prove_page_first(type, address);
    else
        prove_page_of_section(type, address);
    PROVE((type == SEVL_SNP_PAGE_NORMAL) == (contents != NULL));
    if (contents != NULL)
        PROVE(is_hash_of(contents, SEVL_PAGE_SIZE, expected_byte()));
    appended++;
    __CPROVER_havoc_object(chain);
    memcpy(digest, chain, sizeof chain);
    return fails_now() ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static bool has_wrong_section(void)
{
    bool wrong = false;
    for (size_t i = 0; i < guest.metadata.count; i++) {
        uint64_t end = (uint64_t)sections[i].base + sections[i].size;
        uint32_t type = sections[i].type;
        wrong = wrong || end + guest.firmware_size > UINT64_C(1) << 32;
        wrong = wrong || type == 0 || (type > 4 && type != 16);
    }
    return wrong;
}

static bool has_place(void)
{
    uint32_t base = guest.hash_table.base;
    size_t count = 0, right = 0;
    for (size_t i = 0; i < guest.metadata.count; i++) {
        bool contains = base >= sections[i].base && base - sections[i].base < SEVL_PAGE_SIZE &&
                        base - sections[i].base + 176 <= SEVL_PAGE_SIZE;
        count += sections[i].type == 16 ? 1 : 0;
        right += sections[i].type == 16 && sections[i].size == SEVL_PAGE_SIZE && contains ? 1 : 0;
    }
    return guest.hash_table.size >= 176 && right >= 1 && right == count;
}

static enum sevl_result expected(void)
{
    uint64_t size = guest.firmware_size;
    if (size == 0 || size % SEVL_PAGE_SIZE != 0 || size > UINT64_C(1) << 32)
        return SEVL_ERROR_LENGTH;
    if (has_wrong_section())
        return SEVL_ERROR_ENCODING;
    if (guest.has_kernel && !has_place())
        return SEVL_ERROR_ABSENT;
    return failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

/* Of `first` pages, then 2, then 1. */
static void launch(uint32_t count, size_t first)
{
    const size_t pages[] = {first, 2, 1};
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    size_t i = any_below(sizeof digest);
    guest.metadata.count = count;
    for (size_t s = 0; s < SECTIONS; s++) {
        sections[s].base &= ~(uint32_t)(SEVL_PAGE_SIZE - 1);
        sections[s].size = (uint32_t)pages[s] * SEVL_PAGE_SIZE;
    }

    enum sevl_result result = sevl_snp_launch_digest_before_cpus(&guest, digest);

    REACHES(result == SEVL_OK && guest.has_kernel && appended == 3);
    REACHES(result == SEVL_OK && is_last(0) && appended == 4);
    REACHES(result == SEVL_OK && guest.quirk == SEVL_SNP_QUIRK_NO_SVSM_CAA && appended == 2);
    REACHES(result == SEVL_OK && guest.has_kernel && appended == 3 && pages_first() == 1);
    REACHES(result == SEVL_ERROR_CRYPTO && guest.has_kernel && appended == 2);
    PROVE(result == expected());
    PROVE(digest[i] == (result == SEVL_OK ? chain[i] : 0));
    PROVE(result == SEVL_OK || result == SEVL_ERROR_CRYPTO || appended == 0);
    size_t all = pages_first();
    for (size_t s = 0; s < count; s++)
        all += pages_of(s);
    PROVE(result != SEVL_OK || appended == all);
}

int main(void)
{
    __CPROVER_havoc_object(&guest);
    __CPROVER_havoc_object(sections);
    __CPROVER_havoc_object(table_bytes);
    memcpy(chain, guest.firmware, sizeof chain);
    place = any_below(SEVL_PAGE_SIZE);
    can_fail = CASE >= 8;
    guest.cpu.vmm = (enum sevl_vmm)(CASE % 4);
    guest.quirk = nondet_bool()   ? SEVL_SNP_QUIRK_NONE
                  : nondet_bool() ? SEVL_SNP_QUIRK_NO_SVSM_CAA
                                  : SEVL_SNP_QUIRK_HASHES_FIRST;
    guest.has_kernel = CASE / 4 % 2 == 1 || CASE == 8;
    if (CASE < 8)
        launch(guest.has_kernel ? 2 : 3, 1);
    else if (CASE == 8)
        launch(2, 1);
    else
        launch(CASE - 9, 2);
}
