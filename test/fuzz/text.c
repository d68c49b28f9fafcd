/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Numbers and bytes are read as the C library reads them, or not at all. */
#include "cli/text.h"

#include <errno.h>
#include <inttypes.h>

#include "fuzz.h"

/* strtoull() also accepts blanks, signs and an empty text. */
static bool read_number(const char *text, uint64_t *number)
{
    bool hexadecimal = text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
    const char *digits = text + (hexadecimal ? 2 : 0);
    const char *allowed = hexadecimal ? "0123456789abcdefABCDEF" : "0123456789";
    errno = 0;
    *number = strtoull(digits, NULL, hexadecimal ? 16 : 10);
    return *digits != '\0' && strspn(digits, allowed) == strlen(digits) && errno == 0;
}

static void check_number(const char *text, uint64_t max)
{
    uint64_t wanted = 0;
    uint64_t number = 1;
    bool is_number = read_number(text, &wanted) && wanted <= max;
    REQUIRE(text_to_number(text, max, &number) == is_number);
    REQUIRE(number == (is_number ? wanted : 1));
}

static void check_printed(uint64_t number)
{
    char text[24];
    (void)snprintf(text, sizeof text, "%" PRIu64, number);
    REQUIRE(strcmp(text_decimal(number).text, text) == 0);
    (void)snprintf(text, sizeof text, "0x%" PRIx64, number);
    REQUIRE(strcmp(text_hexadecimal(number).text, text) == 0);
}

static void check_bytes(const char *text, size_t size)
{
    uint8_t *bytes = copy(text, size);
    char *printed = malloc(2 * size + 1);
    bool is_hexadecimal =
        strlen(text) == 2 * size && strspn(text, "0123456789abcdefABCDEF") == 2 * size;
    REQUIRE(printed != NULL);
    REQUIRE(text_to_bytes(text, bytes, size) == is_hexadecimal);
    text_from_bytes(printed, bytes, size);
    for (size_t i = 0; i < 2 * size && is_hexadecimal; i++)
        REQUIRE(printed[i] == (text[i] >= 'A' && text[i] <= 'F' ? text[i] | 0x20 : text[i]));
    REQUIRE(strlen(printed) == 2 * size);
    free(printed);
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint64_t max = take32(&input) | (uint64_t)take32(&input) << 32;
    char *text = copy_text(input.next, input.left);
    check_number(text, max);
    check_number(text, UINT64_MAX);
    check_number(text, max & 0xff);
    check_printed(max);
    check_bytes(text, strlen(text) / 2);
    free(text);
    return 0;
}
