/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Does `sevlaunch` notice that a hash or a print failed while it verified or showed what a platform
 * with SEV gave? And what does it say of a platform of AMD's, which the tests have none of: here
 * the library takes the keys of the tests for AMD's.
 */
#include <sevlaunch/sev/chain.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/text.h"
#include "known_platform.h"
#include "platform_text.h"
#include "subcommands.h"
#include "support.h"

static unsigned char memory[32768];
static const struct cli_buffer buffer = {memory, sizeof memory};
static int prints;
static int failing_print;
static struct text {
    size_t length;
    char text[16384];
} said[2]; /* by stream */

bool __wrap_port_print(enum port_stream stream, const char *text, size_t length);
bool __wrap_port_print(enum port_stream stream, const char *text, size_t length)
{
    struct text *all = &said[stream == PORT_ERR];
    assert_true(all->length + length < sizeof all->text);
    memcpy(all->text + all->length, text, length);
    all->length += length;
    all->text[all->length] = '\0';
    return stream == PORT_ERR || ++prints != failing_print;
}

/* What the library says of any ARK and ASK, in place of its own pins. */
static enum sevl_sev_product pinned[SEVL_SEV_ASK + 1];

enum sevl_sev_product __wrap_sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                                     enum sevl_sev_certificate_kind kind);
enum sevl_sev_product __wrap_sevl_sev_pinned_product(const struct sevl_sev_fingerprint *fingerprint,
                                                     enum sevl_sev_certificate_kind kind)
{
    (void)fingerprint;
    return pinned[kind];
}

static int pin_none(void **state)
{
    pinned[SEVL_SEV_ARK] = pinned[SEVL_SEV_ASK] = SEVL_SEV_PRODUCT_OWN;
    return no_faults(state);
}

static const struct known_platform *const platform = &platforms[0];

#define FINGERPRINT "--ark-fingerprint="
static char fingerprint[sizeof FINGERPRINT + 96] = FINGERPRINT;
static char folder[] = "/tmp/sevlaunch-XXXXXX";

static void append(FILE *file, const struct piece *piece)
{
    assert_int_equal(fwrite(piece->bytes, 1, piece->size, file), piece->size);
}

static int make_files(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL || chdir(folder) != 0)
        return -1;
    FILE *chain = fopen("chain", "wb");
    FILE *report = fopen("report", "wb");
    if (chain == NULL || report == NULL)
        return -1;
    append(chain, &platform->pdh);
    append(chain, &platform->pek);
    append(chain, &platform->oca);
    append(chain, &platform->cek);
    append(chain, &platform->ask);
    append(chain, &platform->ark);
    append(report, &(struct piece){platform->report, SEVL_SEV_PLATFORM_REPORT_SIZE});
    text_from_bytes(fingerprint + sizeof FINGERPRINT - 1, platform->ark_pin.sha384, 48);
    return fclose(chain) | fclose(report);
}

static int remove_files(void **state)
{
    (void)state;
    (void)unlink("chain");
    (void)unlink("report");
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

static enum cli_code run(const char *const words[])
{
    prints = 0;
    memset(said, 0, sizeof said);
    return sevlaunch(words, buffer);
}

/* The generator of the curve secp256k1, as an id of a chip. */
#define CHIP_ID                                                        \
    "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798" \
    "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8"

#define CHAIN "sev-chain", "--chain", "chain"
#define REPORT "sev-report", "--report", "report", "--chain", "chain"
static const char *const commands[][10] = {
    {CHAIN, fingerprint, "--chip-id", CHIP_ID, NULL},
    {CHAIN, fingerprint, "--json", NULL},
    {CHAIN, fingerprint, "--debug", "--quiet", NULL},
    {REPORT, fingerprint, NULL},
    {REPORT, fingerprint, "--json", NULL},
    {"show", "chain", NULL},
    {"show", "chain", "--json", NULL},
    {"show", "report", NULL},
};
#define COMMANDS (sizeof commands / sizeof *commands)

static void every_hash_that_fails_is_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        fail_crypto_call(0);
        assert_int_equal(run(commands[i]), CLI_SUCCESS);
        int calls = crypto_calls();
        for (int n = 1; n <= calls; n++) {
            fail_crypto_call(n);
            assert_int_equal(run(commands[i]), CLI_FAILED);
            assert_null(strstr(said[0].text, "OK: "));
            assert_null(strstr(said[0].text, "passed"));
        }
        fail_crypto_call(0);
    }
}

static void every_line_that_is_lost_is_noticed(void **state)
{
    (void)state;
    for (size_t i = 0; i < COMMANDS; i++) {
        failing_print = 0;
        assert_int_equal(run(commands[i]), CLI_SUCCESS);
        int count = prints;
        for (failing_print = 1; failing_print <= count; failing_print++)
            assert_int_equal(run(commands[i]), CLI_FAILED);
        failing_print = 0;
    }
}

static void assert_says(const char *const words[], const char *before, const char *name,
                        const char *after)
{
    char expected[128];
    (void)snprintf(expected, sizeof expected, "%s%s%s", before, name, after);
    assert_int_equal(run(words), CLI_SUCCESS);
    assert_non_null(strstr(said[0].text, expected));
}

static void a_platform_of_amd_is_named(void **state)
{
    static const char *const names[] = {NULL, "Naples", "Rome", "Milan", "Genoa", "Turin"};
    static const char *const chain[] = {CHAIN, NULL};
    static const char *const chain_json[] = {CHAIN, "--json", NULL};
    static const char *const report[] = {REPORT, NULL};
    static const char *const shown[] = {"show", "chain", NULL};
    (void)state;
    for (int i = SEVL_SEV_NAPLES; i <= SEVL_SEV_TURIN; i++) {
        pinned[SEVL_SEV_ARK] = pinned[SEVL_SEV_ASK] = (enum sevl_sev_product)i;
        assert_says(chain, "OK: the platform is a ", names[i], " processor of AMD's: ");
        assert_says(chain_json, "{\"product\": \"", names[i], "\", ");
        assert_says(chain, "ARK: a root of AMD's that is pinned, ", "and that signed itself", ";");
        assert_says(chain, "ASK: one that the ARK signed, and AMD's own ", "for its product", ";");
        assert_says(report, "by the PEK of a ", names[i], " processor of AMD's\n");
        assert_says(shown, "\n  pinned-product: ", names[i], "\n");
    }
}

/* AMD's root signed it, but nobody knows it. */
static void an_intermediate_that_is_not_pinned_is_refused(void **state)
{
    static const char *const chain[] = {CHAIN, NULL};
    static const char *const report[] = {REPORT, NULL};
    static const char *const json[] = {CHAIN, "--json", NULL};
    static const char *const *const all[] = {chain, report};
    (void)state;
    pinned[SEVL_SEV_ARK] = SEVL_SEV_ROME;
    for (int product = SEVL_SEV_PRODUCT_OWN; product <= SEVL_SEV_TURIN; product++) {
        if (product == SEVL_SEV_ROME)
            continue;
        pinned[SEVL_SEV_ASK] = (enum sevl_sev_product)product;
        for (size_t i = 0; i < 2; i++) {
            assert_int_equal(run(all[i]), CLI_MISMATCH);
            assert_int_equal(said[0].length, 0);
            assert_string_equal(said[1].text, "ERROR: ask: expected one that the ARK signed; under "
                                              "AMD's ARK, AMD's own, got one that is none of AMD's "
                                              "for its product\n");
        }
    }
    assert_int_equal(run(json), CLI_MISMATCH);
    assert_non_null(strstr(said[0].text, "\"verdict\": \"failed\""));
}

static bool take_field(void *context, size_t field, uint8_t *value, size_t size)
{
    size_t *sizes = context;
    (void)value;
    sizes[field] = size;
    return true;
}

/* A name without room is that of no field; a value without room is no base64. */
static void strings_without_room_are_not_taken(void **state)
{
    static const char *const names[] = {"a", "longer", NULL};
    uint8_t text[] = "{\"a\": \"QUJDRA==\", \"longer\": \"QUJD\"}";
    uint8_t room[6];
    const struct cli_buffer scratch = {room, sizeof room};
    size_t sizes[2] = {7, 7};
    (void)state;
    assert_int_equal(platform_text_read(text, sizeof text - 1, scratch, names, take_field, sizes),
                     PLATFORM_TEXT_TAKEN);
    assert_int_equal(sizes[0], 0);
    assert_int_equal(sizes[1], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(every_hash_that_fails_is_noticed, pin_none),
        cmocka_unit_test_setup(every_line_that_is_lost_is_noticed, pin_none),
        cmocka_unit_test_setup(a_platform_of_amd_is_named, pin_none),
        cmocka_unit_test_setup(an_intermediate_that_is_not_pinned_is_refused, pin_none),
        cmocka_unit_test(strings_without_room_are_not_taken),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
