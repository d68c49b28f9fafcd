/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/snp/id_block.h>
#include <string.h>

#include "support.h"
#include "tables.h"

/* Bytes that differ from those beside them, and from those of another seed. */
static void fill(uint8_t *bytes, size_t size, unsigned seed)
{
    for (size_t i = 0; i < size; i++)
        bytes[i] = (uint8_t)(seed + 3 * i);
}

static void assert_zeros(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(bytes[i], 0);
}

/* 48 bytes from the last to the first, and zeros up to 72. */
static void assert_number(const uint8_t *field, const uint8_t *number)
{
    for (size_t i = 0; i < 48; i++)
        assert_int_equal(field[i], number[47 - i]);
    assert_zeros(field + 48, 24);
}

static void assert_key(const uint8_t *bytes, const uint8_t *key)
{
    static const uint8_t curve[] = {2, 0, 0, 0};
    assert_memory_equal(bytes, curve, sizeof curve);
    assert_number(bytes + 4, key);
    assert_number(bytes + 4 + 72, key + 48);
    assert_zeros(bytes + 4 + 144, SEVL_SNP_ID_KEY_SIZE - 4 - 144);
}

static void a_block_has_its_fields_in_place(void **state)
{
    static const uint8_t version[] = {1, 0, 0, 0};
    static const uint8_t numbers[] = {4, 3, 2, 1, 0xf8, 0xf7, 0xf6, 0xf5, 0xf4, 0xf3, 0xf2, 0xf1};
    struct sevl_snp_id_block block = {.guest_svn = 0x01020304, .policy = 0xf1f2f3f4f5f6f7f8};
    uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE];
    (void)state;
    fill(block.launch_digest, 48, 1);
    fill(block.family_id, 16, 2);
    fill(block.image_id, 16, 100);
    sevl_snp_id_block_write(&block, bytes);
    assert_memory_equal(bytes, block.launch_digest, 48);
    assert_memory_equal(bytes + 48, block.family_id, 16);
    assert_memory_equal(bytes + 64, block.image_id, 16);
    assert_memory_equal(bytes + 80, version, 4);
    assert_memory_equal(bytes + 84, numbers, 12);
}

static void a_page_has_keys_and_signatures_in_place(void **state)
{
    static const uint8_t ecdsa_p384_sha384[] = {1, 0, 0, 0};
    static uint8_t page[SEVL_SNP_ID_AUTH_SIZE];
    struct sevl_snp_id_signer id;
    struct sevl_snp_id_signer author;
    (void)state;
    fill(id.key, 96, 1);
    fill(id.signature, 96, 50);
    fill(author.key, 96, 100);
    fill(author.signature, 96, 150);
    for (size_t i = 0; i < 2; i++) {
        memset(page, 0xa5, sizeof page);
        sevl_snp_id_auth_write(&id, i == 0 ? NULL : &author, page);
        assert_memory_equal(page, ecdsa_p384_sha384, 4);
        assert_zeros(page + 8, 0x40 - 8);
        assert_number(page + 0x40, id.signature);
        assert_number(page + 0x40 + 72, id.signature + 48);
        assert_zeros(page + 0x40 + 144, 0x240 - 0x40 - 144);
        assert_key(page + 0x240, id.key);
        if (i == 0)
            assert_zeros(page + 0x240 + 1028, sizeof page - 0x240 - 1028);
    }
    assert_memory_equal(page + 4, ecdsa_p384_sha384, 4);
    assert_zeros(page + 0x240 + 1028, 0x680 - 0x240 - 1028);
    assert_number(page + 0x680, author.signature);
    assert_number(page + 0x680 + 72, author.signature + 48);
    assert_zeros(page + 0x680 + 144, 0x880 - 0x680 - 144);
    assert_key(page + 0x880, author.key);
    assert_zeros(page + 0x880 + 1028, sizeof page - 0x880 - 1028);
}

static void a_digest_is_that_of_the_written_key(void **state)
{
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t bytes[SEVL_SNP_ID_KEY_SIZE];
    uint8_t digest[SEVL_SHA384_SIZE];
    uint8_t wanted[SEVL_SHA384_SIZE];
    struct sevl_sha384 stream;
    (void)state;
    fill(key, sizeof key, 1);
    memset(bytes, 0xa5, sizeof bytes);
    sevl_snp_id_key_write(key, bytes);
    assert_key(bytes, key);
    assert_int_equal(sevl_sha384_init(&stream), SEVL_OK);
    assert_int_equal(sevl_sha384_update(&stream, bytes, sizeof bytes), SEVL_OK);
    assert_int_equal(sevl_sha384_finish(&stream, wanted), SEVL_OK);
    assert_int_equal(sevl_snp_id_key_digest(key, digest), SEVL_OK);
    assert_memory_equal(digest, wanted, sizeof digest);
    for (int n = 1; n <= 3; n++) {
        memset(digest, 0xa5, sizeof digest);
        fail_crypto_call(n);
        assert_int_equal(sevl_snp_id_key_digest(key, digest), SEVL_ERROR_CRYPTO);
        assert_zeros(digest, sizeof digest);
    }
}

static void a_key_is_read_whole_or_not_at_all(void **state)
{
    uint8_t der[24 + 96 + 1] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                                0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};
    uint8_t key[SEVL_P384_KEY_SIZE];
    (void)state;
    fill(der + 24, 96, 1);
    assert_int_equal(sevl_snp_id_key_read(key, der, 24 + 96), SEVL_OK);
    assert_memory_equal(key, der + 24, 96);
    for (size_t size = 24 + 96 - 1; size <= 24 + 96 + 1; size += 2) {
        memset(key, 0xa5, sizeof key);
        assert_int_equal(sevl_snp_id_key_read(key, der, size), SEVL_ERROR_ENCODING);
        assert_zeros(key, sizeof key);
    }
}

/* Two numbers of so many bytes each, which begin with `r` and `s`; a zero byte may come before. */
static size_t put_signature(uint8_t *der, size_t size, uint8_t first)
{
    uint8_t *next = der + 2;
    for (int i = 0; i < 2; i++) {
        size_t zero = first >= 0x80 ? 1 : 0;
        *next++ = 2;
        *next++ = (uint8_t)(size + zero);
        next[0] = 0;
        next += zero;
        fill(next, size, first);
        next += size;
    }
    der[0] = 0x30;
    der[1] = (uint8_t)(next - der - 2);
    return (size_t)(next - der);
}

static void numbers_of_a_signature_go_to_their_ends(void **state)
{
    static const size_t sizes[] = {1, 2, 47, 48};
    static const uint8_t firsts[] = {0x01, 0x7f, 0x80, 0xff};
    uint8_t der[2 + 2 * 51 + 1];
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    uint8_t number[48];
    (void)state;
    for (size_t i = 0; i < 16; i++) {
        size_t size = sizes[i / 4];
        size_t all = put_signature(der, size, firsts[i % 4]);
        memset(number, 0, sizeof number);
        fill(number + 48 - size, size, firsts[i % 4]);
        memset(signature, 0xa5, sizeof signature);
        assert_int_equal(sevl_snp_id_signature_read(signature, der, all), SEVL_OK);
        assert_memory_equal(signature, number, 48);
        assert_memory_equal(signature + 48, number, 48);
        if (all + 1 != SEVL_P384_SIGNATURE_SIZE)
            assert_int_equal(sevl_snp_id_signature_read(signature, der, all + 1),
                             SEVL_ERROR_ENCODING);
        assert_int_equal(sevl_snp_id_signature_read(signature, der, all - 1), SEVL_ERROR_ENCODING);
        assert_zeros(signature, sizeof signature);
    }
}

static void a_number_may_be_zero(void **state)
{
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    (void)state;
    assert_int_equal(sevl_snp_id_signature_read(signature, "\x30\6\2\1\0\2\1\5", 8), SEVL_OK);
    assert_zeros(signature, 95);
    assert_int_equal(signature[95], 5);
}

static void what_is_no_signature_leaves_zeros(void **state)
{
    static const struct {
        const char *der;
        size_t size;
    } wrong[] = {
        {"", 0},
        {"\x31\6\2\1\1\2\1\1", 8},
        {"\x30\5\2\0\2\1\1", 7},
        {"\x30\6\2\1\x80\2\1\1", 8},
        {"\x30\7\2\2\0\1\2\1\1", 9},
        {"\x30\7\2\1\1\2\2\0\x7f", 9},
        {"\x30\6\3\1\1\2\1\1", 8},
        {"\x30\3\2\1\1", 5},
        {"\x30\11\2\1\1\2\1\1\2\1\1", 11},
        {"\x30\6\2\1\1\2\1\1\0", 9},
        {"\x30\7\2\1\1\2\1\1\0", 9},
    };
    uint8_t der[2 + 2 * 51];
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        memset(signature, 0xa5, sizeof signature);
        assert_int_equal(sevl_snp_id_signature_read(signature, wrong[i].der, wrong[i].size),
                         SEVL_ERROR_ENCODING);
        assert_zeros(signature, sizeof signature);
    }
    size_t size = put_signature(der, 49, 1);
    assert_int_equal(sevl_snp_id_signature_read(signature, der, size), SEVL_ERROR_ENCODING);
    assert_zeros(signature, sizeof signature);
}

/* What has the size of both numbers, and is no DER, is both numbers. */
static void raw_bytes_are_taken_as_they_are(void **state)
{
    uint8_t bytes[SEVL_P384_SIGNATURE_SIZE + 1];
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    (void)state;
    fill(bytes, sizeof bytes, 1);
    assert_int_equal(sevl_snp_id_signature_read(signature, bytes, 96), SEVL_OK);
    assert_memory_equal(signature, bytes, 96);
    assert_int_equal(sevl_snp_id_signature_read(signature, bytes, 95), SEVL_ERROR_ENCODING);
    assert_int_equal(sevl_snp_id_signature_read(signature, bytes, 97), SEVL_ERROR_ENCODING);
}

/* RFC 6979, appendix A.2.6: of "sample". */
static void a_signature_of_bytes_is_verified(void **state)
{
    static struct sevl_snp_id_memory memory;
    const struct known_ecdsa *known = &ecdsa_answers[0];
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    (void)state;
    memcpy(key, known->x, 48);
    memcpy(key + 48, known->y, 48);
    memcpy(signature, known->r, 48);
    memcpy(signature + 48, known->s, 48);
    assert_int_equal(sevl_snp_id_signature_verify(signature, key, "sample", 6, &memory),
                     SEVL_MATCH);
    assert_int_equal(sevl_snp_id_signature_verify(signature, key, "sampl", 5, &memory),
                     SEVL_MISMATCH);
    fail_crypto_call(1);
    assert_int_equal(sevl_snp_id_signature_verify(signature, key, "sample", 6, &memory),
                     SEVL_ERROR_CRYPTO);
    fail_crypto_call(0);
    key[95] ^= 1;
    assert_int_equal(sevl_snp_id_signature_verify(signature, key, "sample", 6, &memory),
                     SEVL_ERROR_ENCODING);
}

/* The same, none of them 0. */
static void fill_odd(void *bytes, size_t size, uint8_t first)
{
    for (size_t i = 0; i < size; i++)
        ((uint8_t *)bytes)[i] = (uint8_t)(first + i) | 1;
}

/* What is read is what was written. */

static void a_block_is_read(void **state)
{
    (void)state;
    struct sevl_snp_id_block block;
    struct sevl_snp_id_block got;
    uint8_t bytes[SEVL_SNP_ID_BLOCK_SIZE];
    memset(&block, 0, sizeof block);
    fill_odd(block.launch_digest, sizeof block.launch_digest, 1);
    fill_odd(block.family_id, sizeof block.family_id, 51);
    fill_odd(block.image_id, sizeof block.image_id, 71);
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
        bool has_author = true;
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum sevl_result result = sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page);
        if (result == SEVL_OK) {
            sevl_snp_id_auth_write(&got_id, has_author ? &got_author : NULL, again);
            if (memcmp(page, again, sizeof page) == 0)
                count++;
            else
                assert_int_equal(bit, 32); /* the algorithm of an author that there is not */
        } else {
            assert_int_equal(result, SEVL_ERROR_ENCODING);
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
    bool has_author = false;
    fill_odd(&id, sizeof id, 1);
    fill_odd(&author, sizeof author, 100);
    sevl_snp_id_auth_write(&id, &author, page);
    assert_int_equal(sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page), SEVL_OK);
    assert_true(has_author);
    assert_memory_equal(&got_id, &id, sizeof id);
    assert_memory_equal(&got_author, &author, sizeof author);
    assert_int_equal(count_free_bits(), 8 * 4 * 96);
    sevl_snp_id_auth_write(&id, NULL, page);
    has_author = true;
    assert_int_equal(sevl_snp_id_auth_read(&got_id, &got_author, &has_author, page), SEVL_OK);
    assert_true(!has_author && is_zero(&got_author, sizeof got_author));
    assert_memory_equal(&got_id, &id, sizeof id);
    assert_int_equal(count_free_bits(), 8 * 2 * 96);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_block_has_its_fields_in_place),
        cmocka_unit_test(a_page_has_keys_and_signatures_in_place),
        cmocka_unit_test_setup(a_digest_is_that_of_the_written_key, no_faults),
        cmocka_unit_test(a_key_is_read_whole_or_not_at_all),
        cmocka_unit_test(numbers_of_a_signature_go_to_their_ends),
        cmocka_unit_test(a_number_may_be_zero),
        cmocka_unit_test(what_is_no_signature_leaves_zeros),
        cmocka_unit_test(raw_bytes_are_taken_as_they_are),
        cmocka_unit_test_setup(a_signature_of_bytes_is_verified, no_faults),
        cmocka_unit_test(a_block_is_read),
        cmocka_unit_test(a_page_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
