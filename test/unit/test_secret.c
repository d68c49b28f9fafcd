/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/secret.h>
#include <string.h>

#include "crypto/aes_ctr.h"

#include "base/bytes.h"
#include "crypto/hmac.h"
#include "support.h"
#include "tables.h"

#define HEADER 20 /* of the table, and of each entry */

static const uint8_t tik[SEVL_TIK_SIZE] = "a TIK, 16 bytes";
static const uint8_t measure[SEVL_MEASURE_SIZE] = "a measure that is 32 bytes long";
static const uint8_t iv[SEVL_SECRET_IV_SIZE] = {0xf0, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7,
                                                0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe, 0xff};

/* NIST SP 800-38A, F.5.1, with aes_key and iv. */
static const uint8_t clear_text[64] = {0x6b, 0xc1, 0xbe, 0xe2, 0x2e, 0x40, 0x9f, 0x96, 0xe9, 0x3d,
                                       0x7e, 0x11, 0x73, 0x93, 0x17, 0x2a, 0xae, 0x2d, 0x8a, 0x57,
                                       0x1e, 0x03, 0xac, 0x9c, 0x9e, 0xb7, 0x6f, 0xac, 0x45, 0xaf,
                                       0x8e, 0x51, 0x30, 0xc8, 0x1c, 0x46, 0xa3, 0x5c, 0xe4, 0x11,
                                       0xe5, 0xfb, 0xc1, 0x19, 0x1a, 0x0a, 0x52, 0xef, 0xf6, 0x9f,
                                       0x24, 0x45, 0xdf, 0x4f, 0x9b, 0x17, 0xad, 0x2b, 0x41, 0x7b,
                                       0xe6, 0x6c, 0x37, 0x10};
static const uint8_t encrypted[64] = {0x87, 0x4d, 0x61, 0x91, 0xb6, 0x20, 0xe3, 0x26, 0x1b, 0xef,
                                      0x68, 0x64, 0x99, 0x0d, 0xb6, 0xce, 0x98, 0x06, 0xf6, 0x6b,
                                      0x79, 0x70, 0xfd, 0xff, 0x86, 0x17, 0x18, 0x7b, 0xb9, 0xff,
                                      0xfd, 0xff, 0x5a, 0xe4, 0xdf, 0x3e, 0xdb, 0xd5, 0xd3, 0x5e,
                                      0x5b, 0x4f, 0x09, 0x02, 0x0d, 0xb0, 0x3e, 0xab, 0x1e, 0x03,
                                      0x1d, 0xda, 0x2f, 0xbe, 0x03, 0xd1, 0x79, 0x21, 0x70, 0xa0,
                                      0xf3, 0x00, 0x9c, 0xee};

/* A table, its buffer, and the result of sealing it. */
static struct {
    struct sevl_secret_table table;
    uint8_t header[SEVL_SECRET_HEADER_SIZE];
    size_t size;
    uint8_t buffer[SEVL_SECRET_MAX + 100];
} packet;

static const struct sevl_guid *guid(int which)
{
    return (const struct sevl_guid *)guids[which].bytes;
}

static void begin_padded_table(size_t capacity, enum sevl_secret_padding padding)
{
    memset(&packet, 0xee, sizeof packet);
    assert_int_equal(sevl_secret_begin(&packet.table, packet.buffer, capacity, padding), SEVL_OK);
}

static void begin_table(size_t capacity)
{
    begin_padded_table(capacity, SEVL_SECRET_PADDING_LIBVIRT);
}

static enum sevl_result add_secret(int which, const void *secret, size_t size)
{
    return sevl_secret_add(&packet.table, packet.buffer, guid(which), secret, size);
}

static enum sevl_result seal_packet(enum sevl_result verdict)
{
    const struct sevl_secret_seal seal = {verdict, aes_key, tik, measure, iv};
    return sevl_secret_seal(&packet.table, packet.buffer, &seal, packet.header, &packet.size);
}

static void assert_header(const uint8_t *bytes, int which, uint32_t length)
{
    assert_memory_equal(bytes, guids[which].bytes, SEVL_GUID_SIZE);
    assert_int_equal(sevl_get32(bytes + SEVL_GUID_SIZE), length);
}

/* A failed add changes nothing. */
static void assert_refused(int which, const void *secret, size_t size, enum sevl_result expected)
{
    static uint8_t before[sizeof packet];
    memcpy(before, &packet, sizeof packet);
    assert_int_equal(add_secret(which, secret, size), expected);
    assert_memory_equal(&packet, before, sizeof packet);
}

/* After a failed seal, nothing is there, neither in the clear nor encrypted. */
static void assert_wiped(size_t capacity)
{
    assert_true(is_zero(packet.buffer, capacity));
    assert_int_equal(packet.buffer[capacity], 0xee);
    assert_true(is_zero(packet.header, sizeof packet.header));
    assert_true(is_zero(&packet.table, sizeof packet.table));
    assert_int_equal(packet.size, 0);
}

static void counter_mode_gives_nists_answer(void **state)
{
    (void)state;
    for (size_t size = 0; size <= sizeof clear_text; size++) {
        uint8_t data[sizeof clear_text + 1];
        memset(data, 0x55, sizeof data);
        memcpy(data, clear_text, size);
        assert_int_equal(sevl_aes128_ctr(aes_key, iv, data, size), SEVL_OK);
        assert_memory_equal(data, encrypted, size);
        assert_int_equal(data[size], 0x55);
    }
}

static void a_failing_cipher_is_reported(void **state)
{
    (void)state;
    for (int n = 1; n <= 2; n++) {
        uint8_t data[16] = {0};
        fail_crypto_call(n);
        assert_int_equal(sevl_aes128_ctr(aes_key, iv, data, sizeof data), SEVL_ERROR_CRYPTO);
    }
    assert_int_equal(crypto_calls(), 2);
}

static void a_buffer_has_room_for_an_empty_table(void **state)
{
    (void)state;
    for (size_t capacity = 0; capacity < 32; capacity++) {
        memset(&packet, 0xee, sizeof packet);
        assert_int_equal(sevl_secret_begin(&packet.table, packet.buffer, capacity,
                                           SEVL_SECRET_PADDING_MINIMAL),
                         SEVL_ERROR_LENGTH);
        assert_true(is_zero(&packet.table, sizeof packet.table));
        assert_refused(LUKS_KEY, "", 0, SEVL_ERROR_LENGTH);
        assert_int_equal(seal_packet(SEVL_MATCH), SEVL_ERROR_STATE);
        assert_int_equal(packet.buffer[0], 0xee);
    }
    begin_table(32);
    assert_header(packet.buffer, SECRET_TABLE, HEADER);
    assert_refused(LUKS_KEY, "", 0, SEVL_ERROR_LENGTH);
}

/* All that a buffer takes: what the padding brings to its last whole block. */
static void fill_a_buffer(enum sevl_secret_padding padding, size_t padding_min)
{
    static const uint8_t secret[600] = {0};
    for (size_t capacity = 48; capacity < sizeof secret; capacity++) {
        size_t most = capacity / 16 * 16 - padding_min - 2 * HEADER;
        begin_padded_table(capacity, padding);
        assert_refused(LUKS_KEY, secret, most + 1, SEVL_ERROR_LENGTH);
        assert_int_equal(add_secret(LUKS_KEY, secret, most), SEVL_OK);
        assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
        assert_int_equal(packet.size, capacity / 16 * 16);
        assert_int_equal(packet.buffer[capacity], 0xee);
    }
}

static void a_secret_fills_the_buffer_at_most(void **state)
{
    (void)state;
    fill_a_buffer(SEVL_SECRET_PADDING_LIBVIRT, 1);
    fill_a_buffer(SEVL_SECRET_PADDING_MINIMAL, 0);
}

static void fill_a_packet(enum sevl_secret_padding padding, size_t most)
{
    static const uint8_t secret[SEVL_SECRET_MAX] = {0};
    begin_padded_table(sizeof packet.buffer, padding);
    assert_refused(LUKS_KEY, secret, most + 1, SEVL_ERROR_LENGTH);
    assert_int_equal(add_secret(LUKS_KEY, secret, most), SEVL_OK);
    assert_refused(COUNTING, secret, 0, SEVL_ERROR_LENGTH);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
    assert_int_equal(packet.size, SEVL_SECRET_MAX);
    assert_int_equal(packet.buffer[SEVL_SECRET_MAX], 0xee);
}

static void a_packet_has_16384_bytes_at_most(void **state)
{
    (void)state;
    fill_a_packet(SEVL_SECRET_PADDING_LIBVIRT, 16343);
    fill_a_packet(SEVL_SECRET_PADDING_MINIMAL, 16344);
}

/* Nothing is read of a secret that no table takes. */
static void over_long_secrets_are_refused(void **state)
{
    (void)state;
    static const size_t sizes[] = {SEVL_SECRET_MAX - 40, SEVL_SECRET_MAX - 39, SEVL_SECRET_MAX,
                                   SEVL_SECRET_MAX + 1,  UINT32_MAX - 40,      UINT32_MAX,
                                   SIZE_MAX - 56,        SIZE_MAX - 19,        SIZE_MAX};
    begin_table(sizeof packet.buffer);
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        assert_refused(LUKS_KEY, "", sizes[s], SEVL_ERROR_LENGTH);
}

static void entries_follow_each_other(void **state)
{
    (void)state;
    begin_table(3072);
    assert_header(packet.buffer, SECRET_TABLE, 20);
    assert_int_equal(add_secret(LUKS_KEY, "key", 3), SEVL_OK);
    assert_header(packet.buffer, SECRET_TABLE, 43);
    assert_int_equal(add_secret(COUNTING, NULL, 0), SEVL_OK);
    assert_int_equal(add_secret(HIGH, "\0other", 6), SEVL_OK);
    assert_header(packet.buffer, SECRET_TABLE, 89);
    assert_header(packet.buffer + 20, LUKS_KEY, 23);
    assert_memory_equal(packet.buffer + 40, "key", 3);
    assert_header(packet.buffer + 43, COUNTING, 20);
    assert_header(packet.buffer + 63, HIGH, 26);
    assert_memory_equal(packet.buffer + 83, "\0other", 6);
    assert_int_equal(packet.buffer[89], 0xee);
    assert_int_equal(packet.table.size, 89);
}

/* The first, the last and one between; whatever the size, or without a secret. */
static void a_second_secret_of_a_guid_is_refused(void **state)
{
    (void)state;
    static const int which[] = {LUKS_KEY, COUNTING, HIGH};
    begin_table(3072);
    for (size_t w = 0; w < 3; w++)
        assert_int_equal(add_secret(which[w], "key", w), SEVL_OK);
    for (size_t w = 0; w < 3; w++) {
        assert_refused(which[w], "other", 5, SEVL_ERROR_DUPLICATE);
        assert_refused(which[w], "", 0, SEVL_ERROR_DUPLICATE);
        assert_refused(which[w], "", SIZE_MAX, SEVL_ERROR_DUPLICATE);
    }
    assert_int_equal(add_secret(KERNEL, "key", 3), SEVL_OK);
}

/* A secret's own bytes may look like an entry, with a GUID that is added later. */
static void a_guid_within_a_secret_is_no_duplicate(void **state)
{
    (void)state;
    begin_table(3072);
    assert_int_equal(add_secret(LUKS_KEY, guids[COUNTING].bytes, SEVL_GUID_SIZE), SEVL_OK);
    assert_int_equal(add_secret(COUNTING, "key", 3), SEVL_OK);
}

/* Decrypts the content of the packet. */
static void assert_decrypts(const uint8_t *expected, size_t size)
{
    assert_int_equal(sevl_aes128_ctr(aes_key, iv, packet.buffer, packet.size), SEVL_OK);
    assert_memory_equal(packet.buffer, expected, size);
    assert_true(is_zero(packet.buffer + size, packet.size - size));
    assert_int_equal(packet.buffer[packet.size], 0xee);
}

static void a_table_is_padded_in_either_way(void **state)
{
    (void)state;
    static uint8_t clear[3072];
    for (size_t size = 0; size < 64; size++)
        for (int p = 0; p < 2; p++) {
            size_t table = 2 * HEADER + size;
            size_t blocks = p == 0 ? table / 16 + 1 : (table + 15) / 16;
            begin_padded_table(sizeof clear,
                               p == 0 ? SEVL_SECRET_PADDING_LIBVIRT : SEVL_SECRET_PADDING_MINIMAL);
            assert_int_equal(add_secret(LUKS_KEY, clear_text, size), SEVL_OK);
            memcpy(clear, packet.buffer, table);
            assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
            assert_int_equal(packet.size, 16 * blocks);
            assert_true(is_zero(packet.header, 4));
            assert_memory_equal(packet.header + 4, iv, sizeof iv);
            assert_decrypts(clear, table);
        }
}

static void a_sealed_table_cannot_be_used_again(void **state)
{
    (void)state;
    begin_table(3072);
    assert_int_equal(add_secret(LUKS_KEY, "key", 3), SEVL_OK);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
    assert_true(is_zero(&packet.table, sizeof packet.table));
    assert_refused(COUNTING, "key", 3, SEVL_ERROR_LENGTH);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_ERROR_STATE);
    assert_true(is_zero(packet.header, sizeof packet.header));
    assert_int_equal(packet.size, 0);
}

static void assert_not_sealed(uint32_t verdict)
{
    begin_table(3072);
    assert_int_equal(add_secret(LUKS_KEY, "key", 3), SEVL_OK);
    fail_crypto_call(0);
    assert_int_equal(seal_packet((enum sevl_result)verdict), SEVL_ERROR_STATE);
    assert_int_equal(crypto_calls(), 0);
    assert_wiped(3072);
}

static void nothing_is_sealed_without_a_match(void **state)
{
    (void)state;
    static const uint32_t verdicts[] = {SEVL_OK,
                                        SEVL_MISMATCH,
                                        SEVL_ERROR_STATE,
                                        SEVL_ERROR_LENGTH,
                                        SEVL_ERROR_ABSENT,
                                        SEVL_ERROR_DUPLICATE,
                                        SEVL_ERROR_CRYPTO,
                                        0,
                                        1,
                                        UINT32_MAX,
                                        (uint32_t)~SEVL_MATCH,
                                        SEVL_ERROR_ENCODING};
    for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++)
        assert_not_sealed(verdicts[v]);
    for (size_t bit = 0; bit < 32; bit++)
        assert_not_sealed(SEVL_MATCH ^ UINT32_C(1) << bit);
}

static void every_failing_call_is_reported_and_all_wiped(void **state)
{
    (void)state;
    begin_table(3072);
    assert_int_equal(add_secret(LUKS_KEY, "key", 3), SEVL_OK);
    fail_crypto_call(0);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
    int calls = crypto_calls();
    assert_int_equal(calls, 2 + 10);
    for (int n = 1; n <= calls; n++) {
        begin_table(3072);
        assert_int_equal(add_secret(LUKS_KEY, "key", 3), SEVL_OK);
        fail_crypto_call(n);
        assert_int_equal(seal_packet(SEVL_MATCH), SEVL_ERROR_CRYPTO);
        assert_int_equal(crypto_calls(), n);
        assert_wiped(3072);
    }
}

/* LAUNCH_SECRET's message, written a second time: AMD 55766, section 6.6. */
static void the_header_authenticates_the_packet(void **state)
{
    (void)state;
    uint8_t message[1 + 4 + 16 + 4 + 4 + 512 + 32] = {1};
    uint8_t expected[SEVL_SHA256_SIZE];
    struct sevl_sha256 sha256;
    begin_table(512);
    assert_int_equal(add_secret(LUKS_KEY, "a pass phrase", 13), SEVL_OK);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
    memcpy(message + 5, iv, sizeof iv);
    message[21] = message[25] = (uint8_t)packet.size;
    memcpy(message + 29, packet.buffer, packet.size);
    memcpy(message + 29 + packet.size, measure, sizeof measure);
    assert_int_equal(sevl_hmac_start(&sha256, tik), SEVL_OK);
    assert_int_equal(sevl_sha256_update(&sha256, message, 29 + packet.size + 32), SEVL_OK);
    assert_int_equal(sevl_hmac_finish(&sha256, tik, expected), SEVL_OK);
    assert_true(is_zero(packet.header, 4));
    assert_memory_equal(packet.header + 4, iv, sizeof iv);
    assert_memory_equal(packet.header + 20, expected, sizeof expected);
}

static void a_secret_of_any_size_is_whole(void **state)
{
    (void)state;
    for (size_t size = 0; size <= 3; size++) {
        begin_table(512);
        assert_int_equal(add_secret(LUKS_KEY, "xyz", size), SEVL_OK);
        assert_memory_equal(packet.buffer + 2 * HEADER, "xyz", size);
        assert_int_equal(packet.buffer[2 * HEADER + size], 0xee);
    }
}

/* Bytes of an earlier table in the buffer are not part of this one. */
static void bytes_after_the_table_are_not_read(void **state)
{
    (void)state;
    begin_table(512);
    assert_int_equal(add_secret(LUKS_KEY, "xyz", 3), SEVL_OK);
    assert_int_equal(sevl_secret_begin(&packet.table, packet.buffer, 512,
                                       SEVL_SECRET_PADDING_LIBVIRT),
                     SEVL_OK);
    assert_int_equal(add_secret(LUKS_KEY, "xyz", 3), SEVL_OK);
}

static void an_empty_table_is_sealed(void **state)
{
    (void)state;
    begin_table(512);
    assert_int_equal(seal_packet(SEVL_MATCH), SEVL_OK);
    assert_int_equal(packet.size, 32);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(counter_mode_gives_nists_answer, no_faults),
        cmocka_unit_test(a_failing_cipher_is_reported),
        cmocka_unit_test_setup(a_buffer_has_room_for_an_empty_table, no_faults),
        cmocka_unit_test_setup(a_secret_fills_the_buffer_at_most, no_faults),
        cmocka_unit_test_setup(a_packet_has_16384_bytes_at_most, no_faults),
        cmocka_unit_test_setup(over_long_secrets_are_refused, no_faults),
        cmocka_unit_test_setup(entries_follow_each_other, no_faults),
        cmocka_unit_test_setup(a_second_secret_of_a_guid_is_refused, no_faults),
        cmocka_unit_test_setup(a_guid_within_a_secret_is_no_duplicate, no_faults),
        cmocka_unit_test_setup(a_table_is_padded_in_either_way, no_faults),
        cmocka_unit_test_setup(a_sealed_table_cannot_be_used_again, no_faults),
        cmocka_unit_test(nothing_is_sealed_without_a_match),
        cmocka_unit_test(every_failing_call_is_reported_and_all_wiped),
        cmocka_unit_test(the_header_authenticates_the_packet),
        cmocka_unit_test(a_secret_of_any_size_is_whole),
        cmocka_unit_test(bytes_after_the_table_are_not_read),
        cmocka_unit_test(an_empty_table_is_sealed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
