/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What is read of an ID block and of an ID authentication page is what they were written of. */
#include <sevlaunch/snp/id_block.h>
#include <string.h>

#include "support.h"

static void fill(void *bytes, size_t size, uint8_t first)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(first + i) | 1;
}

static void a_block_is_read(void **state)
{
    (void)state;
    struct sevl_snp_id_block block;
    struct sevl_snp_id_block got;
    uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE];
    memset(&block, 0, sizeof block);
    fill(block.launch_digest, sizeof block.launch_digest, 1);
    fill(block.family_id, sizeof block.family_id, 51);
    fill(block.image_id, sizeof block.image_id, 71);
    block.guest_svn = 0x12345678;
    block.policy = UINT64_C(0x123456789abcdef0);
    sevl_snp_id_block_write(&block, bytes);
    assert_int_equal(sevl_snp_id_block_read(&got, bytes), SEVL_OK);
    assert_memory_equal(got.launch_digest, block.launch_digest, sizeof got.launch_digest);
    assert_memory_equal(got.family_id, block.family_id, sizeof got.family_id);
    assert_memory_equal(got.image_id, block.image_id, sizeof got.image_id);
    assert_true(got.guest_svn == block.guest_svn && got.policy == block.policy);
    for (size_t bit = 0; bit < 32; bit++) {
        bytes[0x50 + bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_int_equal(sevl_snp_id_block_read(&got, bytes), SEVL_ERROR_ENCODING);
        assert_true(is_zero(&got, sizeof got));
        bytes[0x50 + bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
}

static struct sevl_snp_id_signer id;
static struct sevl_snp_id_signer author;
static uint8_t page[SEVL_SNP_ID_AUTH_SIZE];

/* Bits of the page that may be others: what is read then makes the changed page. */
static size_t count_free_bits(void)
{
    size_t count = 0;
    for (size_t bit = 0; bit < 8 * sizeof page; bit++) {
        struct sevl_snp_id_signer got_id;
        struct sevl_snp_id_signer got_author;
        static uint8_t again[SEVL_SNP_ID_AUTH_SIZE];
        bool has_author;
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
        if (sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page) == SEVL_OK) {
            sevl_snp_id_auth_write(&got_id, has_author ? &got_author : NULL, again);
            if (memcmp(page, again, sizeof page) == 0)
                count++;
            else
                assert_int_equal(bit, 32); /* the algorithm of an author that there is not */
        } else {
            assert_true(is_zero(&got_id, sizeof got_id));
            assert_true(is_zero(&got_author, sizeof got_author) && !has_author);
        }
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    return count;
}

static void a_page_is_read(void **state)
{
    (void)state;
    struct sevl_snp_id_signer got_id;
    struct sevl_snp_id_signer got_author;
    bool has_author;
    fill(&id, sizeof id, 1);
    fill(&author, sizeof author, 100);
    sevl_snp_id_auth_write(&id, &author, page);
    assert_int_equal(sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page), SEVL_OK);
    assert_true(has_author);
    assert_memory_equal(&got_id, &id, sizeof id);
    assert_memory_equal(&got_author, &author, sizeof author);
    assert_int_equal(count_free_bits(), 8 * 4 * 96);
    sevl_snp_id_auth_write(&id, NULL, page);
    assert_int_equal(sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page), SEVL_OK);
    assert_true(!has_author && is_zero(&got_author, sizeof got_author));
    assert_memory_equal(&got_id, &id, sizeof id);
    assert_int_equal(count_free_bits(), 8 * 2 * 96);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_is_read),
        cmocka_unit_test(a_page_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
