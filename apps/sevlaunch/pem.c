/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "pem.h"

#include <sevlaunch/base64.h>
#include <string.h>

#include "cli/text.h"

static const char begin[] = "-----BEGIN ";
static const char end[] = "-----END ";
static const char dashes[] = "-----";

/* Takes everything up to `wanted`, and this; returns false if it is not there. */
static bool skip_to(struct pem *pem, const char *wanted, size_t length)
{
    for (size_t i = 0; length <= pem->size && i <= pem->size - length; i++)
        if (text_begins(pem->text + i, wanted, length)) {
            pem->text += i + length;
            pem->size -= i + length;
            return true;
        }
    return false;
}

bool pem_is_in(const void *bytes, size_t size)
{
    struct pem pem = {bytes, size};
    return skip_to(&pem, begin, sizeof begin - 1);
}

/* Takes what a block is, up to the dashes that end its line. */
static bool take_label(struct pem *pem, char *label, size_t label_size)
{
    const char *start = pem->text;
    if (!skip_to(pem, dashes, sizeof dashes - 1))
        return false;
    size_t length = (size_t)(pem->text - start) - (sizeof dashes - 1);
    if (length >= label_size)
        return false;
    memcpy(label, start, length);
    label[length] = '\0';
    return text_length(label) == length; /* there is no NUL in it */
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Four characters that are no blanks give three bytes, or fewer at the end. */
static bool decode_four(const char four[4], uint8_t *der, size_t capacity, size_t *size)
{
    size_t count = four[3] != '=' ? 3 : four[2] != '=' ? 2 : 1;
    if (count > capacity - *size)
        return false;
    if (sevl_base64_decode(four, 4, der + *size, count) != SEVL_OK)
        return false;
    *size += count;
    return true;
}

/* Decodes up to the first dash, which base64 does not have. */
static bool decode(struct pem *pem, uint8_t *der, size_t capacity, size_t *size)
{
    char four[4];
    size_t have = 0;
    bool is_last = false;
    *size = 0;
    for (; pem->size > 0 && *pem->text != '-'; pem->text++, pem->size--) {
        if (is_blank(*pem->text))
            continue;
        if (is_last)
            return false;
        four[have++] = *pem->text;
        if (have < sizeof four)
            continue;
        if (!decode_four(four, der, capacity, size))
            return false;
        is_last = four[3] == '=';
        have = 0;
    }
    return have == 0;
}

static bool takes_end(struct pem *pem, const char *label)
{
    size_t length = text_length(label);
    size_t all = sizeof end - 1 + length + sizeof dashes - 1;
    if (pem->size < all || !text_begins(pem->text, end, sizeof end - 1) ||
        !text_begins(pem->text + sizeof end - 1, label, length) ||
        !text_begins(pem->text + sizeof end - 1 + length, dashes, sizeof dashes - 1))
        return false;
    pem->text += all;
    pem->size -= all;
    return true;
}

enum pem_result pem_take(struct pem *pem, char *label, size_t label_size, uint8_t *der,
                         size_t capacity, size_t *size)
{
    if (!skip_to(pem, begin, sizeof begin - 1))
        return PEM_END;
    if (!take_label(pem, label, label_size))
        return PEM_MALFORMED;
    if (!decode(pem, der, capacity, size) || !takes_end(pem, label))
        return PEM_MALFORMED;
    return PEM_TAKEN;
}
