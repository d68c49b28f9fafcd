/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The core's own code for pages, whose calls of Mbed TLS can fail. */
#include "crypto/sha384_pages.h"

#include <string.h>

#include "support.h"

#define PAGES 3

static uint8_t pages[PAGES * SEVL_PAGE_SIZE];

static void pages_have_the_hashes_of_their_bytes(void **state)
{
    (void)state;
    uint8_t hashes[PAGES][SEVL_SHA384_SIZE];
    for (size_t i = 0; i < sizeof pages; i++)
        pages[i] = (uint8_t)(i * 167 + i / 256);
    assert_int_equal(sevl_sha384_pages(pages, PAGES, hashes), SEVL_OK);
    assert_int_equal(crypto_calls(), 3 * PAGES);
    for (size_t i = 0; i < PAGES; i++) {
        struct sevl_sha384 sha384;
        uint8_t hash[SEVL_SHA384_SIZE];
        assert_int_equal(sevl_sha384_init(&sha384), SEVL_OK);
        assert_int_equal(sevl_sha384_update(&sha384, pages + i * SEVL_PAGE_SIZE, SEVL_PAGE_SIZE),
                         SEVL_OK);
        assert_int_equal(sevl_sha384_finish(&sha384, hash), SEVL_OK);
        assert_memory_equal(hashes[i], hash, sizeof hash);
    }
}

static void one_page_that_fails_leaves_no_hash(void **state)
{
    (void)state;
    for (int n = 1; n <= 3 * PAGES; n++) {
        uint8_t hashes[PAGES][SEVL_SHA384_SIZE];
        memset(hashes, 1, sizeof hashes);
        fail_crypto_call(n);
        assert_int_equal(sevl_sha384_pages(pages, PAGES, hashes), SEVL_ERROR_CRYPTO);
        assert_true(is_zero(hashes, sizeof hashes));
        assert_int_equal(crypto_calls(), n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(pages_have_the_hashes_of_their_bytes, no_faults),
        cmocka_unit_test_setup(one_page_that_fails_leaves_no_hash, no_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
