/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Keys, signatures and their texts are read as OpenSSL reads them, if at all, and a signature
 * is right if and only if OpenSSL says so. The first byte of an input says what the rest is.
 */
#include <openssl/evp.h>
#include <sevlaunch/snp/id_block.h>

#include "fuzz.h"
#include "p384_model.h"
#include "pem.h"

/* The product does not look whether the point is on the curve: the verification does. */
static void check_key(const struct input *input)
{
    uint8_t key[SEVL_P384_KEY_SIZE];
    uint8_t wanted[SEVL_P384_KEY_SIZE];
    uint8_t *der = copy(input->next, input->left);
    bool taken = sevl_snp_id_key_read(key, der, input->left) == SEVL_OK;
    if (p384_model_key(wanted, der, input->left))
        REQUIRE(taken && memcmp(key, wanted, sizeof key) == 0);
    else
        REQUIRE(taken ? !p384_model_is_point(key) : is_zero(key, sizeof key));
    free(der);
}

static void check_signature(const struct input *input)
{
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE];
    uint8_t wanted[SEVL_P384_SIGNATURE_SIZE];
    uint8_t *bytes = copy(input->next, input->left);
    bool is_der = p384_model_signature(wanted, bytes, input->left);
    if (!is_der && input->left == sizeof wanted)
        memcpy(wanted, bytes, sizeof wanted);
    if (sevl_snp_id_signature_read(signature, bytes, input->left) == SEVL_OK) {
        REQUIRE(is_der || input->left == sizeof wanted);
        REQUIRE(memcmp(signature, wanted, sizeof wanted) == 0);
    } else {
        REQUIRE(!is_der && input->left != sizeof wanted && is_zero(signature, sizeof signature));
    }
    free(bytes);
}

/* The text between the lines, without its blanks, is base64 of what was read. */
static void check_base64(const char *text, const char *end, const uint8_t *der, size_t size)
{
    size_t length = 0;
    uint8_t *clean = malloc((size_t)(end - text) + 1);
    uint8_t *wanted = malloc((size_t)(end - text) + 1);
    REQUIRE(clean != NULL && wanted != NULL);
    for (; text < end; text++)
        if (strchr(" \t\r\n", *text) == NULL)
            clean[length++] = (uint8_t)*text;
    REQUIRE(EVP_DecodeBlock(wanted, clean, (int)length) == (int)(length / 4 * 3));
    for (; length > 0 && clean[length - 1] == '='; length--)
        ;
    REQUIRE(size == length * 3 / 4 && (size == 0 || memcmp(der, wanted, size) == 0));
    free(wanted);
    free(clean);
}

static void check_block(const char *start, const struct pem *after, const char *label,
                        const uint8_t *der, size_t size)
{
    char first[64];
    char last[64];
    int first_size = snprintf(first, sizeof first, "-----BEGIN %s-----", label);
    int last_size = snprintf(last, sizeof last, "-----END %s-----", label);
    const char *end = after->text - last_size;
    const char *begin = start;
    while (memcmp(begin, first, (size_t)first_size) != 0)
        REQUIRE(++begin + first_size <= end);
    REQUIRE(memcmp(end, last, (size_t)last_size) == 0);
    check_base64(begin + first_size, end, der, size);
}

/* The text ends where its memory ends: no NUL follows. */
static void check_pem(struct input *input)
{
    size_t capacity = take8(input);
    size_t label_size = 1 + take8(input) % 40;
    char *text = copy(input->next, input->left);
    char *label = malloc(label_size);
    uint8_t *der = malloc(capacity);
    struct pem pem = {text, input->left};
    size_t size;
    REQUIRE(label != NULL && der != NULL);
    for (;;) {
        struct pem before = pem;
        if (pem_take(&pem, label, label_size, der, capacity, &size) != PEM_TAKEN)
            break;
        REQUIRE(size <= capacity && strlen(label) < label_size && pem.size < before.size);
        REQUIRE(pem.text + pem.size == text + input->left);
        check_block(before.text, &pem, label, der, size);
    }
    free(der);
    free(label);
    free(text);
}

static void check_verdict(struct input *input)
{
    static struct sevl_snp_id_memory memory;
    uint8_t key[SEVL_P384_KEY_SIZE] = {0};
    uint8_t signature[SEVL_P384_SIGNATURE_SIZE] = {0};
    (void)take(input, key, sizeof key);
    (void)take(input, signature, sizeof signature);
    memset(&memory, take8(input), sizeof memory);
    uint8_t *bytes = copy(input->next, input->left);
    enum sevl_result verdict =
        sevl_snp_id_signature_verify(signature, key, bytes, input->left, &memory);
    bool is_point = p384_model_is_point(key);
    bool is_right = is_point && p384_model_verify(key, signature, bytes, input->left);
    REQUIRE(verdict == (is_right ? SEVL_MATCH : is_point ? SEVL_MISMATCH : SEVL_ERROR_ENCODING));
    free(bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    switch (take8(&input) % 4) {
    case 0:
        check_key(&input);
        break;
    case 1:
        check_signature(&input);
        break;
    case 2:
        check_pem(&input);
        break;
    default:
        check_verdict(&input);
    }
    return 0;
}
