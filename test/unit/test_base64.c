/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/base64.h>
#include <string.h>

#include "support.h"
#include <sevlaunch/sha256.h>

/* RFC 4648, section 10. */
static const struct {
    const char *bytes;
    const char *text;
} vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
};
#define VECTORS (sizeof vectors / sizeof *vectors)

static void known_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTORS; i++) {
        const uint8_t *bytes = (const uint8_t *)vectors[i].bytes;
        size_t size = strlen(vectors[i].bytes);
        size_t length = strlen(vectors[i].text);
        char text[16];
        uint8_t decoded[16];
        assert_int_equal(SEVL_BASE64_SIZE(size), length + 1);
        assert_int_equal(sevl_base64_encode(bytes, size, text, length + 1), SEVL_OK);
        assert_string_equal(text, vectors[i].text);
        assert_int_equal(sevl_base64_decode(text, length, decoded, size), SEVL_OK);
        assert_memory_equal(decoded, bytes, size);
    }
}

static void a_text_needs_its_room(void **state)
{
    (void)state;
    char text[16];
    for (size_t room = 0; room < sizeof "Zm9vYmFy"; room++) {
        text[0] = 'x';
        assert_int_equal(sevl_base64_encode((const uint8_t *)"foobar", 6, text, room),
                         SEVL_ERROR_LENGTH);
        assert_int_equal(text[0], room == 0 ? 'x' : '\0');
    }
    assert_int_equal(sevl_base64_encode((const uint8_t *)"", 0, text, 0), SEVL_ERROR_LENGTH);
}

static void bytes_have_one_size(void **state)
{
    (void)state;
    uint8_t bytes[16];
    for (size_t size = 0; size < sizeof bytes; size++)
        assert_int_equal(sevl_base64_decode("Zm9vYmFy", 8, bytes, size),
                         size == 6 ? SEVL_OK : SEVL_ERROR_LENGTH);
}

static void other_characters_are_refused(void **state)
{
    (void)state;
    uint8_t bytes[3];
    static const char *const wrong[] = {"Zm9!", "Zm9-", "Zm9_", "=m9v", "Z=9v"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_int_equal(sevl_base64_decode(wrong[i], 4, bytes, sizeof bytes), SEVL_ERROR_ENCODING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_texts),
        cmocka_unit_test(a_text_needs_its_room),
        cmocka_unit_test(bytes_have_one_size),
        cmocka_unit_test(other_characters_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
