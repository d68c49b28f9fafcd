/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#define OPENSSL_SUPPRESS_DEPRECATED /* the states are what nothing newer shows */
#include "traces.h"

#include <openssl/aes.h>
#include <openssl/sha.h>

#define WINDOW 8
#define WINDOWS_MOST 4096

struct window {
    uint8_t bytes[WINDOW];
    const char *name;
};

/* On the heap: static data is searched. */
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

/* Zeros, a pad's constant: too common to tell of a key. */
static bool is_common(const uint8_t bytes[WINDOW])
{
    size_t differing = 1;
    for (size_t i = 1; i < WINDOW; i++)
        differing += memchr(bytes, bytes[i], i) == NULL;
    return differing < 4;
}

static void add_window(const char *name, const uint8_t *bytes)
{
    if (is_common(bytes))
        return;
    REQUIRE(traces.count < WINDOWS_MOST);
    struct window *window = &traces.window[traces.count];
    memcpy(window->bytes, bytes, WINDOW);
    window->name = name;
    traces.next[traces.count] = traces.first[start_of(bytes)];
    traces.first[start_of(bytes)] = (uint16_t)++traces.count;
}

static void add(const char *name, const void *bytes, size_t size)
{
    for (size_t i = 0; i + WINDOW <= size; i++)
        add_window(name, (const uint8_t *)bytes + i);
}

/* In either byte order. */
static void add_words(const char *name, const void *bytes, size_t size)
{
    uint8_t swapped[256];
    REQUIRE(size % 4 == 0 && size <= sizeof swapped);
    for (size_t i = 0; i < size; i++)
        swapped[i] = ((const uint8_t *)bytes)[i ^ 3];
    add(name, bytes, size);
    add(name, swapped, size);
}

/* Returns the hash of the padded key, and so far of no more. */
static SHA256_CTX add_pad(const char *name, const uint8_t key[16], uint8_t pad)
{
    SHA256_CTX sha256;
    uint8_t block[64];
    memset(block, pad, sizeof block);
    for (size_t i = 0; i < 16; i++)
        block[i] ^= key[i];
    add_words(name, block, 16);
    REQUIRE(SHA256_Init(&sha256) == 1 && SHA256_Update(&sha256, block, sizeof block) == 1);
    add_words(name, sha256.h, sizeof sha256.h);
    return sha256;
}

/* The inner hash, which with the key's other pad gives the measurement. */
static void add_inner_hash(const struct launch *launch, SHA256_CTX sha256, const uint8_t digest[32])
{
    uint8_t hash[32];
    const uint8_t numbers[8] = {4,
                                launch->api_major,
                                launch->api_minor,
                                launch->build,
                                (uint8_t)launch->policy,
                                (uint8_t)(launch->policy >> 8),
                                (uint8_t)(launch->policy >> 16),
                                (uint8_t)(launch->policy >> 24)};
    REQUIRE(SHA256_Update(&sha256, numbers, 8) == 1 && SHA256_Update(&sha256, digest, 32) == 1);
    REQUIRE(SHA256_Update(&sha256, launch->nonce, 16) == 1 && SHA256_Final(hash, &sha256) == 1);
    add_words("inner hash", hash, sizeof hash);
}

static void begin(void)
{
    if (traces.window == NULL) {
        traces.window = calloc(WINDOWS_MOST, sizeof *traces.window);
        traces.next = calloc(WINDOWS_MOST, sizeof *traces.next);
        traces.first = malloc((UINT16_MAX + 1) * sizeof *traces.first);
    }
    REQUIRE(traces.window != NULL && traces.next != NULL && traces.first != NULL);
    memset(traces.first, 0, (UINT16_MAX + 1) * sizeof *traces.first);
    traces.count = 0;
}

void traces_of(const struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    AES_KEY aes;
    begin();
    add_words("TIK", launch->tik, sizeof launch->tik);
    add_words("TEK", launch->tek, sizeof launch->tek);
    SHA256_CTX sha256 = add_pad("TIK's inner pad", launch->tik, 0x36);
    (void)add_pad("TIK's outer pad", launch->tik, 0x5c);
    (void)add_pad("TEK's inner pad", launch->tek, 0x36); /* the diagnosis swaps them */
    (void)add_pad("TEK's outer pad", launch->tek, 0x5c);
    add_inner_hash(launch, sha256, scenario_tell(scenario, launch->nonce).digest);
    REQUIRE(AES_set_encrypt_key(launch->tek, 128, &aes) == 0);
    add_words("round keys", aes.rd_key, (size_t)16 * 11);
    for (size_t i = 0; i < scenario->manner.secrets; i++)
        add("secret", scenario->secret[i], scenario->secret_size[i]);
}

void traces_of_measure(const struct scenario *scenario)
{
    struct truth truth = scenario_tell(scenario, scenario->reported + 32);
    add_words("computed MEASURE", truth.measurement, 32);
}

/* The memory is what functions left, and what lies between variables. */
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
