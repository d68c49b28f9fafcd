/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#define OPENSSL_SUPPRESS_DEPRECATED /* the states, since nothing newer shows them */
#include "traces.h"

#include <openssl/aes.h>
#include <openssl/sha.h>
#include <string.h>

#include "require.h"

#define KEY_SIZE TRACES_KEY_SIZE
#define INNER_PAD 0x36
#define OUTER_PAD 0x5c

#define WINDOW 8
#define WINDOWS_MAX 4096

struct window {
    uint8_t bytes[WINDOW];
    const char *name;
};

/* On the heap, since static data is searched. */
static struct {
    struct window *window;
    size_t count;
    uint16_t *next; /* of windows that begin with the same two bytes: index + 1, 0 for none */
    uint16_t *first;
} traces;

static size_t start_of(const uint8_t *bytes)
{
    return (size_t)(bytes[0] << 8 | bytes[1]);
}

/* Zeros or a pad's constant are too common to show a key. */
static bool is_common(const uint8_t bytes[WINDOW])
{
    size_t differing = 1;
    for (size_t i = 1; i < WINDOW; i++)
        differing += memchr(bytes, bytes[i], i) == NULL;
    return differing < 3;
}

static void add_window(const char *name, const uint8_t *bytes)
{
    if (is_common(bytes))
        return;
    REQUIRE(traces.count < WINDOWS_MAX);
    struct window *window = &traces.window[traces.count];
    memcpy(window->bytes, bytes, WINDOW);
    window->name = name;
    traces.next[traces.count] = traces.first[start_of(bytes)];
    traces.first[start_of(bytes)] = (uint16_t)++traces.count;
}

void traces_add(const char *name, const void *bytes, size_t size)
{
    for (size_t i = 0; i + WINDOW <= size; i++)
        add_window(name, (const uint8_t *)bytes + i);
}

/* Also each pair of words with the second one first, as SHA instructions hold them. */
static void add_words_in_one_order(const char *name, const uint8_t *bytes, size_t size)
{
    uint8_t pair[8];
    traces_add(name, bytes, size);
    for (size_t i = 0; i + 8 <= size; i += 4) {
        memcpy(pair, bytes + i + 4, 4);
        memcpy(pair + 4, bytes + i, 4);
        traces_add(name, pair, sizeof pair);
    }
}

void traces_add_words(const char *name, const void *bytes, size_t size)
{
    uint8_t swapped[256];
    REQUIRE(size % 4 == 0 && size <= sizeof swapped);
    for (size_t i = 0; i < size; i++)
        swapped[i] = ((const uint8_t *)bytes)[i ^ 3];
    add_words_in_one_order(name, bytes, size);
    add_words_in_one_order(name, swapped, size);
}

/* Returns the hash state after the padded key. */
static SHA256_CTX pad(uint8_t block[SHA256_CBLOCK], const uint8_t key[KEY_SIZE], uint8_t byte)
{
    SHA256_CTX sha256;
    memset(block, byte, SHA256_CBLOCK);
    for (size_t i = 0; i < KEY_SIZE; i++)
        block[i] ^= key[i];
    REQUIRE(SHA256_Init(&sha256) == 1 && SHA256_Update(&sha256, block, SHA256_CBLOCK) == 1);
    return sha256;
}

static void add_pad(const char *name, const char *state, const uint8_t key[KEY_SIZE], uint8_t byte)
{
    uint8_t block[SHA256_CBLOCK];
    SHA256_CTX sha256 = pad(block, key, byte);
    traces_add_words(name, block, KEY_SIZE);
    traces_add_words(state, sha256.h, sizeof sha256.h);
}

void traces_add_hmac_key(const char *name, const uint8_t key[KEY_SIZE])
{
    add_pad("inner pad", "state after the inner pad", key, INNER_PAD);
    add_pad("outer pad", "state after the outer pad", key, OUTER_PAD);
    traces_add_words(name, key, KEY_SIZE);
}

void traces_add_message(const uint8_t key[KEY_SIZE], const void *message, size_t size)
{
    uint8_t block[SHA256_CBLOCK];
    uint8_t hash[SHA256_DIGEST_LENGTH];
    SHA256_CTX sha256 = pad(block, key, INNER_PAD);
    REQUIRE(SHA256_Update(&sha256, message, size) == 1 && SHA256_Final(hash, &sha256) == 1);
    traces_add_words("inner hash", hash, sizeof hash);
}

void traces_add_aes_key(const char *name, const uint8_t key[KEY_SIZE])
{
    AES_KEY aes;
    REQUIRE(AES_set_encrypt_key(key, 8 * KEY_SIZE, &aes) == 0);
    traces_add_words("round keys", aes.rd_key, (size_t)KEY_SIZE * 11);
    traces_add_words(name, key, KEY_SIZE);
}

void traces_begin(void)
{
    if (traces.window == NULL) {
        traces.window = calloc(WINDOWS_MAX, sizeof *traces.window);
        traces.next = calloc(WINDOWS_MAX, sizeof *traces.next);
        traces.first = malloc((UINT16_MAX + 1) * sizeof *traces.first);
    }
    REQUIRE(traces.window != NULL && traces.next != NULL && traces.first != NULL);
    memset(traces.first, 0, (UINT16_MAX + 1) * sizeof *traces.first);
    traces.count = 0;
}

/* The memory holds what functions left, and the gaps between variables. */
__attribute__((no_sanitize("address", "undefined"))) const char *traces_find(const void *memory,
                                                                             size_t size)
{
    const uint8_t *bytes = memory;
    for (size_t i = 0; i + WINDOW <= size; i++)
        for (size_t at = traces.first[bytes[i] << 8 | bytes[i + 1]]; at != 0;
             at = traces.next[at - 1]) {
            const uint8_t *wanted = traces.window[at - 1].bytes;
            size_t equal = 0;
            while (equal < WINDOW && bytes[i + equal] == wanted[equal])
                equal++;
            if (equal == WINDOW)
                return traces.window[at - 1].name;
        }
    return NULL;
}
