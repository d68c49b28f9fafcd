/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * pem_take, for any text of up to 12 characters, and any of 37 of which the first 11 begin a block,
 * with a label of up to 2 and room for 3 bytes: no character outside of the text is read, and no
 * byte outside of the room is written. A block is taken only if it ends as it begins, and what is
 * left is what comes after it.
 */
#include "proof.h"

#include <apps/sevlaunch/pem.c>

#define LABEL_SIZE 3
#define CAPACITY_MAX 3

static unsigned decoded;

enum sevl_result sevl_base64_decode(const char *text, size_t length, uint8_t *bytes, size_t size)
{
    PROVE(length == 4 && __CPROVER_r_ok(text, 4) && __CPROVER_w_ok(bytes, size));
    PROVE(size >= 1 && size <= 3);
    for (size_t i = 0; i < size && i < 3; i++)
        bytes[i] = nondet_u8();
    decoded += (unsigned)size;
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static bool is_at(const char *text, const char *wanted, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (text[i] != wanted[i])
            return false;
    return true;
}

static bool has_beginning(const char *text, size_t size)
{
    for (size_t i = 0; i + 11 <= size; i++)
        if (is_at(text + i, "-----BEGIN ", 11))
            return true;
    return false;
}

static void prove_block(const struct pem *pem, const char *text, const char *label)
{
    size_t length = label[0] == '\0' ? 0 : label[1] == '\0' ? 1 : 2;
    PROVE(label[0] == '\0' || label[1] == '\0' || label[2] == '\0');
    PROVE((size_t)(pem->text - text) >= 11 + 5 + 9 + 5 + 2 * length);
    PROVE(is_at(pem->text - 5, "-----", 5));
    PROVE(is_at(pem->text - 5 - length, label, length));
    PROVE(is_at(pem->text - 5 - length - 9, "-----END ", 9));
}

static void prove_text(const char *text, size_t text_size)
{
    struct pem pem = {text, text_size};
    char labels[LABEL_SIZE];
    uint8_t memory[CAPACITY_MAX];
    size_t capacity = any_below(CAPACITY_MAX + 1);
    uint8_t *der = ENDING(memory, capacity);
    size_t size = 0;

    enum pem_result result = pem_take(&pem, labels, LABEL_SIZE, der, capacity, &size);

    REACHES(result == PEM_TAKEN && size == 3);
    REACHES(result == PEM_TAKEN && labels[1] != '\0');
    REACHES(result == PEM_MALFORMED && decoded == 3);
    PROVE(pem.text + pem.size == text + text_size && pem.size <= text_size);
    PROVE((result == PEM_END) == !has_beginning(text, text_size));
    if (result == PEM_END)
        PROVE(pem.text == text);
    if (result != PEM_TAKEN)
        return;
    PROVE(size == decoded && size <= capacity);
    prove_block(&pem, text, labels);
}

int main(void)
{
    char short_text[12];
    char text[37];
    size_t size = any_below(sizeof short_text + 1);
    if (CASE == 0) {
        prove_text(ENDING(short_text, size), size);
        return 0;
    }
    for (size_t i = 0; i < sizeof begin - 1; i++)
        text[i] = begin[i];
    prove_text(text, sizeof text);
}
