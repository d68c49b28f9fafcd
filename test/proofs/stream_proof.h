/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * A stream of core/crypto, over any five calls of init, update, finish and wipe, on memory with
 * any content but that of an open stream: Mbed TLS gets what was appended, each of its errors is
 * reported, only an open stream takes input, and after a failure, a finish or a wipe the
 * stream is zero and stays closed. Pieces of 0 to 8 bytes.
 *
 * Who includes this has included the source, and says which functions there are, SEVL() and
 * MBEDTLS(); the type STREAM, its SIZE of a hash and its value OPEN; and the VARIANT that Mbed
 * TLS is to compute.
 */

/* What Mbed TLS got: the length, and the byte at `place`, which is chosen before. */
struct message {
    uint64_t length;
    uint8_t byte;
};

static STREAM stream;
static struct message given;    /* to Mbed TLS */
static struct message appended; /* by the caller */
static uint64_t place;
static uint8_t hashed[SIZE];
static bool is_open;
static bool failed; /* in Mbed TLS, since the call began */

static void add_to(struct message *message, const uint8_t *data, size_t size)
{
    if (place >= message->length && place - message->length < size)
        message->byte = data[place - message->length];
    message->length += size;
}

/* Whatever it returns, the context may hold anything. */
static int end_call(MBEDTLS(context) * context)
{
    PROVE((void *)context == (void *)stream.opaque);
    for (size_t i = 0; i < sizeof stream.opaque / sizeof *stream.opaque; i++)
        stream.opaque[i] = nondet_u32();
    failed = any_error() != 0;
    return error;
}

void MBEDTLS(init)(MBEDTLS(context) * context)
{
    given = (struct message){0};
}

int MBEDTLS(starts)(MBEDTLS(context) * context, int variant)
{
    PROVE(variant == VARIANT);
    return end_call(context);
}

int MBEDTLS(update)(MBEDTLS(context) * context, const unsigned char *data, size_t size)
{
    PROVE(is_open && (size == 0 || __CPROVER_r_ok(data, size)));
    add_to(&given, data, size);
    return end_call(context);
}

int MBEDTLS(finish)(MBEDTLS(context) * context, unsigned char *hash)
{
    PROVE(is_open);
    __CPROVER_havoc_object(hashed);
    memcpy(hash, hashed, sizeof hashed);
    return end_call(context);
}

static enum sevl_result expected(bool was_open)
{
    return !was_open ? SEVL_ERROR_STATE : failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static void init(void)
{
    enum sevl_result result = SEVL(init)(&stream);
    PROVE(result == expected(true));
    is_open = result == SEVL_OK;
    appended = (struct message){0};
}

static void update(void)
{
    uint8_t memory[8];
    size_t size = any_below(sizeof memory + 1);
    const uint8_t *piece = size == 0 && nondet_bool() ? NULL : ENDING(memory, size);
    add_to(&appended, piece, size);
    enum sevl_result result = SEVL(update)(&stream, piece, size);
    REACHES(is_open && result == SEVL_OK && size == 8);
    PROVE(result == expected(is_open));
    is_open = result == SEVL_OK;
}

static void finish(void)
{
    uint8_t hash[SIZE];
    size_t i = any_below(sizeof hash);
    enum sevl_result result = SEVL(finish)(&stream, hash);
    PROVE(result == expected(is_open));
    REACHES(result == SEVL_OK && appended.length > 8);
    REACHES(result == SEVL_ERROR_CRYPTO);
    PROVE(hash[i] == (result == SEVL_OK ? hashed[i] : 0));
    PROVE(result != SEVL_OK || given.length == appended.length);
    PROVE(result != SEVL_OK || place >= appended.length || given.byte == appended.byte);
    is_open = false;
}

int main(void)
{
    place = nondet_u64();
    __CPROVER_havoc_object(&stream);
    ASSUME(stream.state != OPEN);
    for (int i = 0; i < 5; i++) {
        int call = nondet_int();
        failed = false;
        if (call == 0)
            init();
        else if (call == 1)
            update();
        else if (call == 2)
            finish();
        else
            SEVL(wipe)(&stream);
        is_open = is_open && call >= 0 && call <= 2;
        if (!is_open)
            prove_zero(&stream, sizeof stream);
        PROVE(is_open == (stream.state == OPEN));
    }
}
