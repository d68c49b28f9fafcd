/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A launch digest is one hash over all its parts in order. */

#include <sevlaunch/sev/launch_digest.h>
#include <string.h>

#include "support.h"
#include "tables.h"

#define CPUS 3
#define RESET_ADDRESS 0x80b004

static const char firmware[] = "firmware";
static uint8_t pages[2][SEVL_VMSA_SIZE];
static uint8_t memory[2 * SEVL_VMSA_SIZE];

static const struct sevl_cpu cpu = {.signature = 0xa00f11,
                                    .vmm = SEVL_VMM_QEMU,
                                    .fpu = SEVL_FPU_INIT2,
                                    .sev_features = 0x20};

static struct sevl_scratch scratch(size_t size)
{
    memset(memory, 0xee, sizeof memory);
    return (struct sevl_scratch){memory, size};
}

static struct sevl_sev_guest make_guest(bool has_kernel, uint32_t cpus)
{
    struct sevl_sev_guest guest = {.has_kernel = has_kernel,
                                   .kernel = kernel_hashes,
                                   .cpus = cpus,
                                   .cpu = cpu,
                                   .reset_address = RESET_ADDRESS};
    assert_int_equal(sevl_sha256_init(&guest.firmware), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&guest.firmware, firmware, sizeof firmware), SEVL_OK);
    return guest;
}

static void compute(bool has_kernel, uint32_t cpus, uint8_t expected[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest;
    assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&digest, firmware, sizeof firmware), SEVL_OK);
    if (has_kernel)
        assert_int_equal(sevl_sha256_update(&digest, kernel_table, sizeof kernel_table), SEVL_OK);
    for (uint32_t i = 0; i < cpus; i++)
        assert_int_equal(sevl_sha256_update(&digest, pages[i > 0], SEVL_VMSA_SIZE), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, expected), SEVL_OK);
}

static void assert_digest(const struct sevl_sev_guest *guest, size_t scratch_size)
{
    uint8_t expected[SEVL_SHA256_SIZE];
    uint8_t got[SEVL_SHA256_SIZE];
    compute(guest->has_kernel, guest->cpus, expected);
    assert_int_equal(sevl_sev_launch_digest(guest, scratch(scratch_size), got), SEVL_OK);
    assert_memory_equal(got, expected, sizeof got);
}

static int build_pages(void **state)
{
    (void)state;
    sevl_vmsa_build(&cpu, SEVL_RESET_ADDRESS_CPU0, 0, pages[0], SEVL_VMSA_SIZE);
    sevl_vmsa_build(&cpu, RESET_ADDRESS, 0, pages[1], SEVL_VMSA_SIZE);
    return 0;
}

static int invent_pages(void **state)
{
    (void)state;
    memset(pages[0], 0x11, sizeof pages[0]);
    memset(pages[1], 0x22, sizeof pages[1]);
    return 0;
}

static void every_part_is_hashed(void **state)
{
    (void)state;
    for (int has_kernel = 0; has_kernel <= 1; has_kernel++)
        for (uint32_t cpus = 0; cpus <= CPUS; cpus++) {
            struct sevl_sev_guest guest = make_guest(has_kernel != 0, cpus);
            assert_digest(&guest, SEVL_VMSA_SIZE);
        }
}

static void any_scratch_will_do(void **state)
{
    (void)state;
    struct sevl_sev_guest guest = make_guest(false, CPUS);
    const size_t sizes[] = {1, 7, 64, 100, 4095, 4096, 4097, sizeof memory};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        assert_digest(&guest, sizes[i]);
}

/* If a page fits into scratch memory, it is built once for all CPUs that have it. */
static void a_page_is_not_built_again(void **state)
{
    (void)state;
    struct sevl_sev_guest guest = make_guest(false, CPUS);
    uint8_t got[SEVL_SHA256_SIZE];
    assert_int_equal(sevl_sev_launch_digest(&guest, scratch(sizeof memory), got), SEVL_OK);
    assert_memory_equal(memory, pages[1], SEVL_VMSA_SIZE);
    assert_int_equal(memory[SEVL_VMSA_SIZE], 0xee);
}

static void given_pages_are_taken(void **state)
{
    (void)state;
    for (uint32_t cpus = 0; cpus <= CPUS; cpus++) {
        struct sevl_sev_guest guest = make_guest(true, cpus);
        guest.vmsa_cpu0 = pages[0];
        guest.vmsa_cpu1 = cpus > 1 ? pages[1] : NULL;
        assert_digest(&guest, 1);
    }
}

static void no_more_pages_are_appended_than_asked_for(void **state)
{
    (void)state;
    struct sevl_sev_guest guest = make_guest(false, 1);
    struct sevl_sha256 digest;
    uint8_t expected[SEVL_SHA256_SIZE];
    uint8_t got[SEVL_SHA256_SIZE];
    compute(false, 1, expected);
    assert_int_equal(sevl_sev_launch_digest_start(&guest, &digest), SEVL_OK);
    assert_int_equal(sevl_sev_launch_digest_append_cpu0(&guest, &digest, scratch(SEVL_VMSA_SIZE)),
                     SEVL_OK);
    assert_int_equal(sevl_sev_launch_digest_append_others(&guest, &digest, 0, scratch(1)), SEVL_OK);
    assert_int_equal(sevl_sha256_finish(&digest, got), SEVL_OK);
    assert_memory_equal(got, expected, sizeof got);
}

static void firmware_that_is_not_open_fails(void **state)
{
    (void)state;
    for (int has_kernel = 0; has_kernel <= 1; has_kernel++) {
        struct sevl_sev_guest guest = make_guest(has_kernel != 0, CPUS);
        uint8_t got[SEVL_SHA256_SIZE] = {1};
        sevl_sha256_wipe(&guest.firmware);
        assert_int_equal(sevl_sev_launch_digest(&guest, scratch(SEVL_VMSA_SIZE), got),
                         SEVL_ERROR_STATE);
        assert_true(is_zero(got, sizeof got));
    }
}

static void assert_refused(const struct sevl_sev_guest *guest, struct sevl_scratch given)
{
    uint8_t got[SEVL_SHA256_SIZE] = {1};
    fail_crypto_call(0);
    assert_int_equal(sevl_sev_launch_digest(guest, given, got), SEVL_ERROR_STATE);
    assert_true(is_zero(got, sizeof got));
    assert_int_equal(crypto_calls(), 0);
}

/* Nothing is read if a page, or memory, is missing. */
static void guests_that_are_incomplete_are_refused(void **state)
{
    (void)state;
    struct sevl_sev_guest guest = make_guest(false, 2);
    guest.vmsa_cpu0 = pages[0];
    assert_refused(&guest, scratch(sizeof memory));
    guest = make_guest(false, SEVL_CPUS_MAX + 1);
    assert_refused(&guest, scratch(sizeof memory));
    guest = make_guest(false, 1);
    assert_refused(&guest, scratch(0));
    assert_refused(&guest, (struct sevl_scratch){NULL, 1});
}

static void a_failure_anywhere_is_told(void **state)
{
    (void)state;
    struct sevl_sev_guest guest = make_guest(true, CPUS);
    for (int given = 0; given <= 1; given++) {
        uint8_t got[SEVL_SHA256_SIZE];
        guest.vmsa_cpu0 = given ? pages[0] : NULL;
        guest.vmsa_cpu1 = given ? pages[1] : NULL;
        fail_crypto_call(0);
        assert_int_equal(sevl_sev_launch_digest(&guest, scratch(2048), got), SEVL_OK);
        int calls = crypto_calls();
        assert_in_range(calls, 5, 8);
        for (int n = 1; n <= calls; n++) {
            memset(got, 1, sizeof got);
            fail_crypto_call(n);
            assert_int_equal(sevl_sev_launch_digest(&guest, scratch(2048), got), SEVL_ERROR_CRYPTO);
            assert_true(is_zero(got, sizeof got));
            assert_in_range(crypto_calls(), n, n);
        }
    }
    fail_crypto_call(0);
}

int main(void)
{
    const struct CMUnitTest built[] = {
        cmocka_unit_test(every_part_is_hashed),
        cmocka_unit_test(any_scratch_will_do),
        cmocka_unit_test(a_page_is_not_built_again),
        cmocka_unit_test(no_more_pages_are_appended_than_asked_for),
        cmocka_unit_test(firmware_that_is_not_open_fails),
        cmocka_unit_test(guests_that_are_incomplete_are_refused),
        cmocka_unit_test(a_failure_anywhere_is_told),
    };
    const struct CMUnitTest given[] = {cmocka_unit_test(given_pages_are_taken)};
    return cmocka_run_group_tests(built, build_pages, NULL) +
           cmocka_run_group_tests(given, invent_pages, NULL);
}
