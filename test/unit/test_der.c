/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "support.h"
#include "x509/p384_key.h"

/* An element with contents of zeros; the header ends with its length. */
static uint8_t memory[0x10000];

static bool take_element(const char *header, size_t header_size, size_t contents, size_t length)
{
    struct sevl_der from = {memory, header_size + contents};
    struct sevl_der taken;
    memset(memory, 0, sizeof memory);
    memcpy(memory, header, header_size);
    if (!sevl_der_take(&from, SEVL_DER_SEQUENCE, &taken)) {
        assert_ptr_equal(from.bytes, memory);
        assert_int_equal(from.size, header_size + contents);
        return false;
    }
    assert_ptr_equal(taken.bytes, memory + header_size);
    assert_int_equal(taken.size, length);
    assert_ptr_equal(from.bytes, memory + header_size + length);
    assert_int_equal(from.size, contents - length);
    return true;
}

static void lengths_are_in_the_shortest_form(void **state)
{
    (void)state;
    assert_true(take_element("\x30\0", 2, 0, 0));
    assert_true(take_element("\x30\0", 2, 3, 0));
    assert_true(take_element("\x30\x7f", 2, 0x7f, 0x7f));
    assert_true(take_element("\x30\x81\x80", 3, 0x80, 0x80));
    assert_true(take_element("\x30\x81\xff", 3, 0x100, 0xff));
    assert_true(take_element("\x30\x82\1\0", 4, 0x100, 0x100));
    assert_true(take_element("\x30\x82\xff\xfb", 4, 0xfffb, 0xfffb));
    assert_false(take_element("\x30\x80", 2, 0x100, 0));
    assert_false(take_element("\x30\x81\x7f", 3, 0x7f, 0));
    assert_false(take_element("\x30\x82\0\xff", 4, 0xff, 0));
    assert_false(take_element("\x30\x83\0\1\0", 5, 0x100, 0));
    assert_false(take_element("\x30\xff", 2, 0x100, 0));
}

static void an_element_is_there_as_a_whole(void **state)
{
    (void)state;
    assert_false(take_element("", 0, 0, 0));
    assert_false(take_element("\x30", 1, 0, 0));
    assert_false(take_element("\x31\0", 2, 0, 0));
    assert_false(take_element("\x30\1", 2, 0, 0));
    assert_false(take_element("\x30\x81", 2, 0, 0));
    assert_false(take_element("\x30\x81\x80", 3, 0x7f, 0));
    assert_false(take_element("\x30\x82\1", 3, 0, 0));
    assert_false(take_element("\x30\x82\1\0", 4, 0xff, 0));
}

static void a_key_is_a_point_and_what_names_its_curve(void **state)
{
    static const uint8_t before[24] = {0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86,
                                       0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b,
                                       0x81, 0x04, 0x00, 0x22, 0x03, 0x62, 0x00, 0x04};
    struct sevl_der from = {memory, 24 + 96 + 1};
    struct sevl_der point;
    (void)state;
    memcpy(memory, before, sizeof before);
    assert_true(sevl_p384_key_take(&from, &point));
    assert_ptr_equal(point.bytes, memory + 24);
    assert_int_equal(point.size, 96);
    assert_int_equal(from.size, 1);
    from = (struct sevl_der){memory, sizeof before};
    assert_true(sevl_der_take_bytes(&from, before, sizeof before));
    assert_int_equal(from.size, 0);
    for (size_t size = 0; size < 24 + 96; size++) {
        from = (struct sevl_der){memory, size};
        assert_false(sevl_p384_key_take(&from, &point));
        assert_ptr_equal(from.bytes, memory);
    }
    for (size_t i = 0; i < sizeof before; i++) {
        from = (struct sevl_der){memory, 24 + 96};
        memory[i] ^= 1;
        assert_false(sevl_p384_key_take(&from, &point));
        memory[i] ^= 1;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lengths_are_in_the_shortest_form),
        cmocka_unit_test(an_element_is_there_as_a_whole),
        cmocka_unit_test(a_key_is_a_point_and_what_names_its_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
