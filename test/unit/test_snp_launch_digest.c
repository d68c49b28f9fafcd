/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Known answers are those of Python: see test/vectors. */
#include <sevlaunch/snp/launch_digest.h>
#include <string.h>

#include "base/bytes.h"
#include "snp/hash.h"
#include "snp/page.h"
#include "support.h"
#include "tables.h"

#define PAGE 4096
#define FIRMWARE_SIZE ((size_t)SNP_FIRMWARE_PAGES * PAGE)
#define TABLE_PAGE 0x810000
#define DIGEST SEVL_SNP_LAUNCH_DIGEST_SIZE
#define LAUNCHES (sizeof snp_launches / sizeof *snp_launches)
#define FIRMWARES (sizeof snp_firmwares / sizeof *snp_firmwares)

static uint8_t image[17 * PAGE];
static uint8_t memory[2 * PAGE];

static int number_image(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof image; i++)
        image[i] = (uint8_t)(i * 167 + i / 256);
    return 0;
}

static const uint8_t *firmware_digest(void)
{
    for (size_t f = 0; f < FIRMWARES; f++)
        if (snp_firmwares[f].pages == SNP_FIRMWARE_PAGES)
            return snp_firmwares[f].digest;
    return NULL;
}

/* The pages of firmware. */

static void take(struct sevl_snp_firmware *firmware, const uint8_t *bytes, size_t size)
{
    assert_true(sevl_snp_firmware_is_valid(firmware));
    assert_int_equal(sevl_snp_firmware_update(firmware, bytes, size), SEVL_OK);
    assert_true(sevl_snp_firmware_is_valid(firmware));
}

static void assert_firmware(struct sevl_snp_firmware *firmware, const uint8_t expected[DIGEST])
{
    uint8_t digest[DIGEST];
    assert_int_equal(sevl_snp_firmware_finish(firmware, digest), SEVL_OK);
    assert_memory_equal(digest, expected, sizeof digest);
    assert_true(is_zero(firmware, sizeof *firmware));
}

static void assert_pieces(const struct known_firmware *known, size_t piece)
{
    struct sevl_snp_firmware firmware;
    size_t size = known->pages * PAGE;
    assert_int_equal(sevl_snp_firmware_init(&firmware, size), SEVL_OK);
    for (size_t at = 0; at < size; at += piece)
        take(&firmware, image + at, size - at < piece ? size - at : piece);
    assert_firmware(&firmware, known->digest);
}

static void pieces_of_any_size_give_the_same_digest(void **state)
{
    (void)state;
    static const size_t pieces[] = {1,    7,    128,  4095,  4096,  4097,  5000,
                                    8191, 8192, 8193, 12289, 32767, 32768, 32769};
    for (size_t f = 0; f < FIRMWARES; f++) {
        for (size_t p = 0; p < sizeof pieces / sizeof *pieces; p++)
            assert_pieces(&snp_firmwares[f], pieces[p]);
        for (size_t pages = 1; pages <= snp_firmwares[f].pages; pages++)
            assert_pieces(&snp_firmwares[f], pages * PAGE);
    }
}

/* In three pieces, the middle one of up to three bytes or pages. */
static void any_split_gives_the_same_digest(void **state)
{
    (void)state;
    static const size_t middles[] = {0, 1, 3, PAGE - 1, PAGE, 3 * PAGE};
    const size_t size = 2 * PAGE;
    for (size_t split = 0; split <= size; split += split % PAGE < 3 || split % PAGE > 4093 ? 1 : 13)
        for (size_t m = 0; m < sizeof middles / sizeof *middles; m++) {
            struct sevl_snp_firmware firmware;
            size_t middle = size - split < middles[m] ? size - split : middles[m];
            assert_int_equal(sevl_snp_firmware_init(&firmware, size), SEVL_OK);
            take(&firmware, image, split);
            take(&firmware, image + split, middle);
            take(&firmware, image + split + middle, size - split - middle);
            assert_firmware(&firmware, snp_firmwares[1].digest);
        }
}

/* The digest after these pages, one by one. */
static void chain_pages(const uint8_t *pages, size_t count, uint8_t digest[DIGEST])
{
    memset(digest, 0, DIGEST);
    for (size_t i = 0; i < count; i++) {
        uint64_t address = (UINT64_C(1) << 32) - (count - i) * PAGE;
        uint8_t hash[SEVL_SHA384_SIZE];
        struct sevl_sha384 page;
        assert_int_equal(sevl_sha384_init(&page), SEVL_OK);
        assert_int_equal(sevl_sha384_update(&page, pages + i * PAGE, PAGE), SEVL_OK);
        assert_int_equal(sevl_sha384_finish(&page, hash), SEVL_OK);
        assert_int_equal(sevl_snp_page_append(digest, SEVL_SNP_PAGE_NORMAL, address, hash),
                         SEVL_OK);
    }
}

static void assert_pages(const uint8_t *pages, size_t count, size_t piece)
{
    struct sevl_snp_firmware firmware;
    uint8_t expected[DIGEST];
    size_t size = count * PAGE;
    chain_pages(pages, count, expected);
    assert_int_equal(sevl_snp_firmware_init(&firmware, size), SEVL_OK);
    for (size_t at = 0; at < size; at += piece)
        take(&firmware, pages + at, size - at < piece ? size - at : piece);
    assert_firmware(&firmware, expected);
}

/* One byte of the second page differs, in any one bit. */
static void a_page_is_uniform_only_if_all_its_bytes_are_equal(void **state)
{
    (void)state;
    static const size_t pieces[] = {61, 64, 1000, PAGE, 4 * PAGE};
    static uint8_t pages[4 * PAGE];
    for (size_t at = 0; at < PAGE; at++) {
        memset(pages, 0xff, sizeof pages);
        pages[PAGE + at] ^= (uint8_t)(1 << at % 8);
        assert_pages(pages, 4, pieces[at % 5]);
    }
}

static void uniform_pages_of_several_bytes_give_their_digest(void **state)
{
    (void)state;
    static const uint8_t bytes[] = {0xff, 0xff, 0x00, 0xff, 0x00, 0x00, 0x5a, 0x5a, 0xff};
    static const size_t pieces[] = {1, 100, PAGE - 1, PAGE, PAGE + 1, sizeof bytes * PAGE};
    static uint8_t pages[sizeof bytes * PAGE];
    for (size_t i = 0; i < sizeof bytes; i++)
        memset(pages + i * PAGE, bytes[i], PAGE);
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_pages(pages, sizeof bytes, pieces[i]);
}

static void assert_firmware_is_dead(struct sevl_snp_firmware *firmware)
{
    uint8_t digest[DIGEST];
    struct sevl_snp_firmware copy = *firmware;
    memset(digest, 1, sizeof digest);
    assert_int_equal(sevl_snp_firmware_finish(&copy, digest), SEVL_ERROR_STATE);
    assert_true(is_zero(digest, sizeof digest));
    assert_true(is_zero(&copy, sizeof copy));
    assert_int_equal(sevl_snp_firmware_update(firmware, image, 1), SEVL_ERROR_STATE);
    assert_true(is_zero(firmware, sizeof *firmware));
    assert_int_equal(sevl_snp_firmware_update(firmware, NULL, 0), SEVL_ERROR_STATE);
    assert_true(sevl_snp_firmware_is_valid(firmware));
}

static void firmware_is_whole_pages_up_to_4_gib(void **state)
{
    (void)state;
    static const uint64_t wrong[] = {
        0, 1, 4095, 4097, 6144, UINT64_C(0x100000001), UINT64_C(0x100001000), UINT64_MAX - 4095,
    };
    struct sevl_snp_firmware firmware;
    uint8_t digest[DIGEST];
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        memset(&firmware, 0xff, sizeof firmware);
        assert_int_equal(sevl_snp_firmware_init(&firmware, wrong[w]), SEVL_ERROR_LENGTH);
        assert_firmware_is_dead(&firmware);
    }
    assert_int_equal(sevl_snp_firmware_init(&firmware, UINT64_C(1) << 32), SEVL_OK);
    take(&firmware, image, sizeof image);
    assert_int_equal(sevl_snp_firmware_finish(&firmware, digest), SEVL_ERROR_LENGTH);
    assert_firmware_is_dead(&firmware);
}

static void a_firmware_with_a_broken_member_is_not_valid(void **state)
{
    (void)state;
    const struct sevl_snp_firmware closed = {.state = 0};
    struct sevl_snp_firmware whole;
    assert_int_equal(sevl_snp_firmware_init(&whole, PAGE), SEVL_OK);
    struct sevl_snp_firmware in_page = whole;
    take(&in_page, image, 2);
    struct sevl_snp_firmware broken[] = {closed,  closed,  whole,   whole,   whole,  whole,
                                         in_page, in_page, in_page, in_page, in_page};
    broken[0].state = 1;
    broken[1].in_page = 1;
    broken[2].left++;
    broken[3].left = (UINT64_C(1) << 32) + PAGE;
    broken[4].in_page = PAGE;
    broken[5].page.opaque[0] = 1;
    broken[6].state = 0;
    broken[7].in_page = 0;
    broken[8].in_page = PAGE;
    broken[9].left = 0;
    broken[10].page.state = 1;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        assert_false(sevl_snp_firmware_is_valid(&broken[i]));
}

/* Memory that is anything but a firmware. */
static void firmware_that_is_not_open_is_an_error(void **state)
{
    (void)state;
    struct sevl_snp_firmware firmware;
    memset(&firmware, 0, sizeof firmware);
    assert_firmware_is_dead(&firmware);
    memset(&firmware, 0xff, sizeof firmware);
    assert_false(sevl_snp_firmware_is_valid(&firmware));
    assert_firmware_is_dead(&firmware);
    assert_int_equal(sevl_snp_firmware_init(&firmware, PAGE), SEVL_OK);
    take(&firmware, image, PAGE);
    assert_firmware(&firmware, snp_firmwares[0].digest);
    assert_firmware_is_dead(&firmware);
}

static void missing_bytes_are_an_error(void **state)
{
    (void)state;
    for (size_t missing = 1; missing <= 3 * PAGE; missing++) {
        struct sevl_snp_firmware firmware;
        uint8_t digest[DIGEST];
        memset(digest, 1, sizeof digest);
        assert_int_equal(sevl_snp_firmware_init(&firmware, 3 * PAGE), SEVL_OK);
        take(&firmware, image, 3 * PAGE - missing);
        assert_int_equal(sevl_snp_firmware_finish(&firmware, digest), SEVL_ERROR_LENGTH);
        assert_true(is_zero(digest, sizeof digest));
        assert_firmware_is_dead(&firmware);
    }
}

static void bytes_too_many_are_an_error(void **state)
{
    (void)state;
    static const size_t before[] = {0, 1, PAGE - 1, PAGE, PAGE + 1, 2 * PAGE};
    for (size_t b = 0; b < sizeof before / sizeof *before; b++)
        for (size_t more = 1; more <= PAGE + 1; more += PAGE / 2) {
            struct sevl_snp_firmware firmware;
            assert_int_equal(sevl_snp_firmware_init(&firmware, 2 * PAGE), SEVL_OK);
            take(&firmware, image, before[b]);
            assert_int_equal(sevl_snp_firmware_update(&firmware, image,
                                                      2 * PAGE - before[b] + more),
                             SEVL_ERROR_LENGTH);
            assert_firmware_is_dead(&firmware);
        }
}

/*
 * A page in two parts, two whole ones, one whose bytes are all the same, and one whose first 200
 * bytes are, whole and in two parts.
 */
static enum sevl_result hash_firmware(struct sevl_snp_firmware *firmware)
{
    enum sevl_result result = sevl_snp_firmware_init(firmware, 6 * PAGE);
    static const size_t pieces[] = {100, PAGE - 100, 2 * PAGE, PAGE, PAGE, 130, PAGE - 130};
    const uint8_t *at = image;
    for (size_t p = 0; p < sizeof pieces / sizeof *pieces && result == SEVL_OK; p++) {
        result = sevl_snp_firmware_update(firmware, at, pieces[p]);
        at += pieces[p];
    }
    return result;
}

static void a_failure_in_firmware_is_told(void **state)
{
    struct sevl_snp_firmware firmware;
    memset(image + 3 * PAGE, 0, PAGE + 200);
    memset(image + 5 * PAGE, 0, 200);
    fail_crypto_call(0);
    assert_int_equal(hash_firmware(&firmware), SEVL_OK);
    int calls = crypto_calls();
    assert_int_equal(calls, 4 + 2 * 3 + 66 + 3 + 6 + 6 * 3); /* the pages, and the links */
    for (int n = 1; n <= calls; n++) {
        fail_crypto_call(n);
        assert_int_equal(hash_firmware(&firmware), SEVL_ERROR_CRYPTO);
        assert_int_equal(crypto_calls(), n);
        assert_firmware_is_dead(&firmware);
    }
    number_image(state);
}

static void a_failure_of_a_hash_leaves_zeros(void **state)
{
    (void)state;
    for (int n = 1; n <= 3; n++) {
        struct sevl_sha384 stream;
        uint8_t hash[SEVL_SHA384_SIZE];
        memset(hash, 1, sizeof hash);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_hash(&stream, image, PAGE, hash), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(hash, sizeof hash));
    }
}

/* One page. */

static void every_type_of_page_is_appended(void **state)
{
    (void)state;
    uint8_t hash[SEVL_SHA384_SIZE];
    uint8_t digest[DIGEST] = {0};
    struct sevl_sha384 page;
    assert_int_equal(sevl_sha384_init(&page), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&page, image, PAGE), SEVL_OK);
    assert_int_equal(sevl_sha384_finish(&page, hash), SEVL_OK);
    for (unsigned type = SEVL_SNP_PAGE_NORMAL; type <= SEVL_SNP_PAGE_CPUID; type++) {
        uint64_t address = UINT64_C(0x0807060504030000) + (type - 1) * PAGE;
        const uint8_t *contents = type <= SEVL_SNP_PAGE_VMSA ? hash : NULL;
        assert_int_equal(sevl_snp_page_append(digest, (enum sevl_snp_page_type)type, address,
                                              contents),
                         SEVL_OK);
        assert_memory_equal(digest, snp_pages[type - 1], sizeof digest);
    }
}

static void a_failure_in_a_page_leaves_no_digest(void **state)
{
    (void)state;
    for (int n = 1; n <= 3; n++) {
        uint8_t digest[DIGEST];
        memset(digest, 1, sizeof digest);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_page_append(digest, SEVL_SNP_PAGE_ZERO, 0, NULL),
                         SEVL_ERROR_CRYPTO);
        assert_true(is_zero(digest, sizeof digest));
        assert_int_equal(crypto_calls(), n);
    }
}

/* The whole launch. */

static struct sevl_scratch scratch(size_t size)
{
    memset(memory, 0xee, sizeof memory);
    return (struct sevl_scratch){memory, size};
}

static struct sevl_snp_guest make_guest(const struct known_snp_launch *known)
{
    struct sevl_snp_guest guest = {.firmware_size = FIRMWARE_SIZE,
                                   .hash_table = {TABLE_PAGE + known->offset, 176},
                                   .has_kernel = known->has_kernel,
                                   .kernel = kernel_hashes,
                                   .cpus = known->cpus,
                                   .cpu = known->cpu,
                                   .reset_address = 0x80b004};
    guest.metadata.bytes = snp_sections[known->order];
    guest.metadata.count = SNP_SECTIONS;
    memcpy(guest.firmware, firmware_digest(), DIGEST);
    return guest;
}

/* By QEMU, with a kernel. */
static const struct known_snp_launch *with_kernel(void)
{
    for (size_t k = 0; k < LAUNCHES; k++)
        if (snp_launches[k].has_kernel && snp_launches[k].cpu.vmm == SEVL_VMM_QEMU)
            return &snp_launches[k];
    return NULL;
}

static void assert_digest(const struct sevl_snp_guest *guest, size_t scratch_size,
                          const uint8_t expected[DIGEST])
{
    uint8_t digest[DIGEST];
    assert_int_equal(sevl_snp_launch_digest(guest, scratch(scratch_size), digest), SEVL_OK);
    assert_memory_equal(digest, expected, sizeof digest);
}

static void assert_refused(const struct sevl_snp_guest *guest, struct sevl_scratch given,
                           enum sevl_result expected)
{
    uint8_t digest[DIGEST];
    memset(digest, 1, sizeof digest);
    fail_crypto_call(0);
    assert_int_equal(sevl_snp_launch_digest(guest, given, digest), expected);
    assert_true(is_zero(digest, sizeof digest));
    assert_int_equal(crypto_calls(), 0);
    if (expected == SEVL_ERROR_STATE)
        return;
    memset(digest, 1, sizeof digest);
    assert_int_equal(sevl_snp_launch_digest_before_cpus(guest, digest), expected);
    assert_true(is_zero(digest, sizeof digest));
}

static void launches_are_those_of_python(void **state)
{
    (void)state;
    for (size_t k = 0; k < LAUNCHES; k++) {
        struct sevl_snp_guest guest = make_guest(&snp_launches[k]);
        assert_digest(&guest, PAGE, snp_launches[k].digest);
    }
}

/* Without a kernel there are no hashes to come first; the section for them is left out. */
static void a_host_of_old_has_other_pages(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t sections[12 * SNP_SECTIONS];
    size_t kept = 0;
    for (size_t i = 0; i < SNP_SECTIONS; i++)
        if (sevl_get32(guest.metadata.bytes + 12 * i + 8) != SEVL_SEV_SECTION_KERNEL_HASHES)
            memcpy(sections + 12 * kept++, guest.metadata.bytes + 12 * i, 12);
    uint8_t expected[DIGEST];
    uint8_t digest[DIGEST];
    guest.has_kernel = false;
    guest.quirk = SEVL_SNP_QUIRK_HASHES_FIRST;
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
    guest.quirk = SEVL_SNP_QUIRK_NONE;
    guest.metadata.bytes = sections;
    guest.metadata.count = (uint32_t)kept;
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), expected), SEVL_OK);
    assert_memory_equal(digest, expected, sizeof digest);
}

static void any_scratch_will_do(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 7, 64, 100, 4095, 4096, 4097, sizeof memory};
    const struct known_snp_launch *known = with_kernel();
    struct sevl_snp_guest guest = make_guest(known);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        assert_digest(&guest, sizes[s], known->digest);
        if (sizes[s] < sizeof memory)
            assert_int_equal(memory[sizes[s]], 0xee);
        assert_int_equal(memory[PAGE], 0xee);
    }
}

/* Two pages are hashed, whatever the count: each further CPU is one link of three calls. */
static void a_page_is_hashed_once(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t digest[DIGEST];
    int calls[3];
    for (uint32_t i = 0; i < 3; i++) {
        guest.cpus = i == 2 ? SEVL_CPUS_MAX : i + 1;
        fail_crypto_call(0);
        assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
        calls[i] = crypto_calls();
    }
    assert_int_equal(calls[1] - calls[0], 6);
    assert_int_equal(calls[2] - calls[1], 3 * (SEVL_CPUS_MAX - 2));
}

static void the_steps_give_every_count(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t digest[DIGEST];
    uint8_t first[SEVL_SHA384_SIZE];
    uint8_t others[SEVL_SHA384_SIZE];
    assert_int_equal(sevl_snp_launch_digest_before_cpus(&guest, digest), SEVL_OK);
    assert_int_equal(sevl_snp_cpu_hash(&guest.cpu, SEVL_RESET_ADDRESS_CPU0, scratch(PAGE), first),
                     SEVL_OK);
    assert_int_equal(sevl_snp_cpu_hash(&guest.cpu, guest.reset_address, scratch(9), others),
                     SEVL_OK);
    for (guest.cpus = 1; guest.cpus <= 16; guest.cpus++) {
        assert_int_equal(sevl_snp_launch_digest_add_cpu(digest, guest.cpus == 1 ? first : others),
                         SEVL_OK);
        assert_digest(&guest, PAGE, digest);
    }
}

static void guests_that_are_incomplete_are_refused(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t hash[SEVL_SHA384_SIZE];
    assert_refused(&guest, scratch(0), SEVL_ERROR_STATE);
    assert_refused(&guest, (struct sevl_scratch){NULL, 1}, SEVL_ERROR_STATE);
    guest.cpus = 0;
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_STATE);
    guest.cpus = SEVL_CPUS_MAX + 1;
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_STATE);
    guest.cpus = UINT32_MAX;
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_STATE);
    memset(hash, 1, sizeof hash);
    assert_int_equal(sevl_snp_cpu_hash(&guest.cpu, 0, scratch(0), hash), SEVL_ERROR_STATE);
    assert_true(is_zero(hash, sizeof hash));
}

static void firmware_has_a_size(void **state)
{
    (void)state;
    static const uint64_t wrong[] = {0, 4095, 4097, UINT64_C(0x100001000), UINT64_MAX - 4095};
    struct sevl_snp_guest guest = make_guest(with_kernel());
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong; w++) {
        guest.firmware_size = wrong[w];
        assert_refused(&guest, scratch(PAGE), SEVL_ERROR_LENGTH);
    }
}

/* A guest of one section. */
static uint8_t section[2][12];

static struct sevl_snp_guest guest_of_section(uint32_t base, uint32_t size, uint32_t type)
{
    struct sevl_snp_guest guest = make_guest(with_kernel());
    guest.metadata.bytes = section[0];
    guest.metadata.count = 1;
    guest.has_kernel = false;
    sevl_put32(section[0], base);
    sevl_put32(section[0] + 4, size);
    sevl_put32(section[0] + 8, type);
    return guest;
}

static void unknown_sections_are_refused(void **state)
{
    (void)state;
    for (uint32_t type = 0; type < 20; type++) {
        struct sevl_snp_guest guest = guest_of_section(0, PAGE, type);
        uint8_t digest[DIGEST];
        if ((type >= 1 && type <= 4) || type == 16)
            assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
        else
            assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ENCODING);
    }
    struct sevl_snp_guest guest = guest_of_section(0, PAGE, 0x80000001);
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ENCODING);
}

/* Firmware ends at 4 GiB; a section may end where it begins. */
static void sections_lie_below_the_firmware(void **state)
{
    (void)state;
    uint32_t start = (uint32_t)(0 - FIRMWARE_SIZE);
    uint8_t digest[DIGEST];
    struct sevl_snp_guest guest = guest_of_section(start - 2 * PAGE, 2 * PAGE, 1);
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
    guest = guest_of_section(start - 2 * PAGE, 3 * PAGE, 1);
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ENCODING);
    guest = guest_of_section(UINT32_MAX - PAGE + 1, PAGE, 1);
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ENCODING);
    guest = guest_of_section(0, PAGE, 1);
    guest.firmware_size = UINT64_C(1) << 32;
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ENCODING);
}

static void a_kernel_needs_an_area(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t digest[DIGEST];
    guest.hash_table.size = 175;
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ABSENT);
    guest.hash_table = (struct sevl_ovmf_area){0, 0};
    assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ABSENT);
    for (uint32_t offset = PAGE - 175; offset < PAGE; offset++) {
        guest.hash_table = (struct sevl_ovmf_area){TABLE_PAGE + offset, 176};
        assert_refused(&guest, scratch(PAGE), SEVL_ERROR_ABSENT);
    }
    guest.has_kernel = false;
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
}

static void assert_no_place(struct sevl_snp_guest guest, uint32_t base, enum sevl_result expected)
{
    uint8_t digest[DIGEST];
    guest.has_kernel = true;
    guest.hash_table.base = base;
    if (expected != SEVL_OK)
        assert_refused(&guest, scratch(PAGE), expected);
    else
        assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
}

static void a_kernel_needs_a_section_of_one_page(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = guest_of_section(PAGE, PAGE, SEVL_SEV_SECTION_KERNEL_HASHES);
    assert_no_place(guest, PAGE + 5, SEVL_OK);
    assert_no_place(guest, 5, SEVL_ERROR_ABSENT);
    assert_no_place(guest, 2 * PAGE, SEVL_ERROR_ABSENT);
    assert_no_place(guest_of_section(PAGE, 2 * PAGE, 16), PAGE, SEVL_ERROR_ABSENT);
    assert_no_place(guest_of_section(PAGE, 2 * PAGE, 16), 2 * PAGE, SEVL_ERROR_ABSENT);
    assert_no_place(guest_of_section(PAGE, PAGE, 1), PAGE, SEVL_ERROR_ABSENT);
}

/* Without a kernel, both are zero. */
static void a_second_section_for_the_table_is_refused(void **state)
{
    (void)state;
    for (uint32_t place = 0; place < 2; place++) {
        struct sevl_snp_guest guest = guest_of_section(PAGE, PAGE, SEVL_SEV_SECTION_KERNEL_HASHES);
        uint8_t digest[DIGEST];
        memcpy(section[1], section[0], sizeof section[0]);
        sevl_put32(section[1], 4 * PAGE);
        guest.metadata.count = 2;
        assert_int_equal(sevl_snp_launch_digest(&guest, scratch(PAGE), digest), SEVL_OK);
        assert_no_place(guest, place == 0 ? PAGE : 4 * PAGE, SEVL_ERROR_ABSENT);
    }
}

static void a_failure_anywhere_is_told(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    guest.cpu.vmm = SEVL_VMM_EC2; /* with a section that comes late */
    uint8_t digest[DIGEST];
    fail_crypto_call(0);
    assert_int_equal(sevl_snp_launch_digest(&guest, scratch(2048), digest), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        memset(digest, 1, sizeof digest);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_launch_digest(&guest, scratch(2048), digest), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(digest, sizeof digest));
        assert_int_equal(crypto_calls(), n);
    }
}

static void a_failure_in_a_step_leaves_nothing(void **state)
{
    (void)state;
    struct sevl_snp_guest guest = make_guest(with_kernel());
    uint8_t out[DIGEST];
    for (int n = 1; n <= 4; n++) {
        memset(out, 1, sizeof out);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_cpu_hash(&guest.cpu, 0, scratch(2048), out), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(out, sizeof out));
    }
    fail_crypto_call(0);
    assert_int_equal(sevl_snp_launch_digest_before_cpus(&guest, out), SEVL_OK);
    int calls = crypto_calls();
    for (int n = 1; n <= calls; n++) {
        memset(out, 1, sizeof out);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_launch_digest_before_cpus(&guest, out), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(out, sizeof out));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(pieces_of_any_size_give_the_same_digest, no_faults),
        cmocka_unit_test_setup(any_split_gives_the_same_digest, no_faults),
        cmocka_unit_test_setup(a_page_is_uniform_only_if_all_its_bytes_are_equal, no_faults),
        cmocka_unit_test_setup(uniform_pages_of_several_bytes_give_their_digest, no_faults),
        cmocka_unit_test_setup(firmware_is_whole_pages_up_to_4_gib, no_faults),
        cmocka_unit_test_setup(a_firmware_with_a_broken_member_is_not_valid, no_faults),
        cmocka_unit_test_setup(firmware_that_is_not_open_is_an_error, no_faults),
        cmocka_unit_test_setup(missing_bytes_are_an_error, no_faults),
        cmocka_unit_test_setup(bytes_too_many_are_an_error, no_faults),
        cmocka_unit_test_setup(a_failure_in_firmware_is_told, no_faults),
        cmocka_unit_test_setup(a_failure_of_a_hash_leaves_zeros, no_faults),
        cmocka_unit_test_setup(every_type_of_page_is_appended, no_faults),
        cmocka_unit_test_setup(a_failure_in_a_page_leaves_no_digest, no_faults),
        cmocka_unit_test_setup(launches_are_those_of_python, no_faults),
        cmocka_unit_test_setup(a_host_of_old_has_other_pages, no_faults),
        cmocka_unit_test_setup(any_scratch_will_do, no_faults),
        cmocka_unit_test_setup(a_page_is_hashed_once, no_faults),
        cmocka_unit_test_setup(the_steps_give_every_count, no_faults),
        cmocka_unit_test_setup(guests_that_are_incomplete_are_refused, no_faults),
        cmocka_unit_test_setup(firmware_has_a_size, no_faults),
        cmocka_unit_test_setup(unknown_sections_are_refused, no_faults),
        cmocka_unit_test_setup(sections_lie_below_the_firmware, no_faults),
        cmocka_unit_test_setup(a_kernel_needs_an_area, no_faults),
        cmocka_unit_test_setup(a_kernel_needs_a_section_of_one_page, no_faults),
        cmocka_unit_test_setup(a_second_section_for_the_table_is_refused, no_faults),
        cmocka_unit_test_setup(a_failure_anywhere_is_told, no_faults),
        cmocka_unit_test_setup(a_failure_in_a_step_leaves_nothing, no_faults),
    };
    return cmocka_run_group_tests(tests, number_image, NULL);
}
