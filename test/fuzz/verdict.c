/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The command says "OK" exactly when the model's MEASURE of what the command was
 * given equals the one that was reported, and then seals what was to be sealed.
 *
 * The reported one is right for the launch that the input describes; then the input
 * changes what the owner gives or the host reports, by a bit, by a part, or not at all.
 * A launch that is right is asked about again with a bit of its report flipped.
 */
#include "validate.h"

#include <openssl/evp.h>

#include "scenario.h"

/* A bit of the launch or of the report; half of the choices are none. */
static void flip(struct scenario *scenario, uint32_t choice)
{
    uint8_t *bytes = choice % 4 == 1 ? scenario->reported : (uint8_t *)&scenario->launch;
    size_t size = choice % 4 == 1 ? sizeof scenario->reported : offsetof(struct launch, kernel);
    if (choice % 4 == 3) {
        bytes = scenario->launch.firmware.bytes;
        size = scenario->launch.firmware.size;
    }
    if (choice % 2 == 1 && size > 0)
        bytes[choice / 32 % size] ^= (uint8_t)(1 << choice / 4 % 8);
}

/* A part more or less, or its last byte. */
static void change_parts(struct scenario *scenario, uint8_t choice)
{
    struct launch *launch = &scenario->launch;
    struct part *const parts[] = {&launch->kernel, &launch->initrd, &launch->cmdline};
    struct part *part = parts[choice / 8 % 3];
    if (choice % 8 == 1)
        part->present = !part->present;
    else if (choice % 8 == 2 && part->size > 0)
        part->bytes[part->size - 1] ^= 1;
    else if (choice % 8 == 3 && part->size > 0)
        part->size--;
    else if (choice % 8 == 4)
        launch->page0[choice] ^= 1;
    else if (choice % 8 == 5)
        launch->page1[choice] ^= 1;
}

static bool prints_ok(const struct scenario *scenario)
{
    return !scenario->manner.quiet && !scenario->manner.json;
}

/* The room that table and file have, as the man page says. */
static size_t secrets_room(const struct scenario *scenario, size_t buffer_size)
{
    const struct part *firmware = &scenario->launch.firmware;
    struct model_footer footer = {.secret_size = 0};
    size_t half = buffer_size / 2;
    size_t room = half < 16384 ? half : 16384;
    if (!scenario->manner.by_digest)
        (void)model_footer(&footer, firmware->bytes, firmware->size);
    return footer.secret_size != 0 && footer.secret_size < room ? footer.secret_size : room;
}

static size_t make_table(const struct scenario *scenario, uint8_t table[512], bool minimal)
{
    struct model_secret secrets[SECRETS_MOST];
    for (size_t i = 0; i < scenario->manner.secrets; i++)
        secrets[i] =
            (struct model_secret){scenario_guids[i], scenario->secret[i], scenario->secret_size[i]};
    return model_table(table, secrets, scenario->manner.secrets, minimal);
}

/* Where there is libvirt's padding, there is room for the minimal. */
static bool has_room(const struct scenario *scenario, size_t buffer_size)
{
    uint8_t table[512];
    return scenario->manner.secrets == 0 ||
           make_table(scenario, table, false) <= secrets_room(scenario, buffer_size);
}

static size_t decode(uint8_t *bytes, const struct memory_sink *sink)
{
    int size = EVP_DecodeBlock(bytes, sink->bytes, (int)sink->size);
    REQUIRE(size >= 0 && sink->size % 4 == 0);
    for (size_t i = sink->size; i > 0 && sink->bytes[i - 1] == '='; i--)
        size--;
    return (size_t)size;
}

static void check_packet(const struct scenario *scenario)
{
    const struct memory_sink *header = memory_written("header");
    const struct memory_sink *payload = memory_written("payload");
    uint8_t table[512];
    uint8_t opened[512];
    uint8_t bytes[512];
    REQUIRE(header != NULL && payload != NULL && payload->size < sizeof opened);
    size_t size = make_table(scenario, table, scenario->manner.minimal);
    REQUIRE(decode(bytes, header) == 52);
    REQUIRE(decode(opened, payload) == size);
    REQUIRE(model_open(bytes, opened, size, scenario->launch.tek, scenario->launch.tik,
                       scenario->reported));
    REQUIRE(memcmp(opened, table, size) == 0);
}

static void check_printed(const uint8_t digest[32], const uint8_t measurement[48])
{
    char wanted[2 * 32 + 1 + 64 + 2];
    struct memory_text printed = memory_printed(PORT_OUT);
    for (size_t i = 0; i < 32; i++)
        (void)snprintf(wanted + 2 * i, 3, "%02x", digest[i]);
    wanted[64] = '\n';
    (void)EVP_EncodeBlock((unsigned char *)wanted + 65, measurement, 48);
    wanted[129] = '\n';
    REQUIRE(printed.length >= 130 && memcmp(printed.text, wanted, 130) == 0);
}

struct truth {
    bool is_measured;
    uint8_t digest[32];
    uint8_t measurement[48];
};

static struct truth tell(const struct scenario *scenario, const uint8_t nonce[16])
{
    struct truth truth;
    struct model_guest guest = scenario_guest(scenario);
    memcpy(guest.nonce, nonce, 16);
    truth.is_measured = model_digest(&guest, truth.digest);
    memset(truth.measurement, 0, sizeof truth.measurement);
    truth.is_measured = truth.is_measured && model_measure(&guest, truth.measurement);
    memcpy(truth.measurement + 32, nonce, 16);
    return truth;
}

static void check_failed(const struct scenario *scenario, const struct truth *truth,
                         enum exit_code code, bool matches)
{
    bool said_ok = memory_count_lines(PORT_OUT, "OK: Looks good to me") == 1;
    bool json_ok = memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"") == 1;
    REQUIRE(code == CODE_USAGE || code == CODE_FAILED);
    REQUIRE(!(said_ok || json_ok) || matches);
    REQUIRE(truth->is_measured || memory_written("header") == NULL);
    REQUIRE(memory_written("payload") == NULL || scenario->manner.secrets > 0);
}

static void check(const struct scenario *scenario, enum exit_code code, size_t buffer_size)
{
    struct truth truth = tell(scenario, scenario->reported + 32);
    bool matches = truth.is_measured && memcmp(truth.measurement, scenario->reported, 48) == 0;
    bool room = has_room(scenario, buffer_size);
    if (memory_has_failed() || !truth.is_measured || (matches && !room)) {
        check_failed(scenario, &truth, code, matches);
        return;
    }
    REQUIRE(code == (matches ? CODE_MATCH : CODE_MISMATCH));
    REQUIRE(memory_count_lines(PORT_OUT, "OK: Looks good to me") ==
            (matches && prints_ok(scenario) ? 1 : 0));
    REQUIRE(memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"") ==
            (matches && scenario->manner.json ? 1 : 0));
    if (matches && scenario->manner.secrets > 0)
        check_packet(scenario);
    else
        REQUIRE(memory_written("header") == NULL && memory_written("payload") == NULL);
    if (scenario->manner.prints)
        check_printed(truth.digest, truth.measurement);
}

static bool has_pages(const struct manner *manner)
{
    return manner->source == SOURCE_PAGES && !manner->by_digest && !manner->omits_cpus;
}

/* Some things need room: launch information, given pages. */
static size_t least_buffer(const struct manner *manner)
{
    if (has_pages(manner))
        return 2 * MODEL_PAGE + 512;
    return manner->info == INFO_NONE ? 1 : 512;
}

static size_t buffer_left(const struct manner *manner, size_t size)
{
    return has_pages(manner) ? size - 2 * MODEL_PAGE : size;
}

static void ask(struct scenario *scenario, struct memory_setting setting)
{
    struct buffer buffer = {.size = least_buffer(&scenario->manner) + scenario->manner.buffer_size};
    buffer.memory = malloc(buffer.size);
    REQUIRE(buffer.memory != NULL);
    scenario_write(scenario);
    setting.files = scenario->file;
    setting.count = scenario->files;
    memory_start(setting);
    enum exit_code code = validate(scenario->word, buffer);
    memory_check_end();
    check(scenario, code, buffer_left(&scenario->manner, buffer.size));
    free(buffer.memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct scenario scenario;
    struct input input = {data, size};
    struct memory_setting setting = {.files = NULL};
    uint32_t flipped = take32(&input);
    uint8_t changed = take8(&input);
    setting.failing_call = take8(&input);
    setting.stride = take8(&input);
    setting.random = take8(&input);
    memset(&scenario, 0, sizeof scenario);
    scenario_take(&scenario, &input);
    struct truth truth = tell(&scenario, scenario.launch.nonce);
    memcpy(scenario.reported, truth.measurement, sizeof scenario.reported);
    flip(&scenario, flipped);
    change_parts(&scenario, changed);
    ask(&scenario, setting);
    scenario.reported[flipped / 8 % 48] ^= (uint8_t)(1 << flipped % 8);
    ask(&scenario, setting);
    return 0;
}
