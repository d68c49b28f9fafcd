/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The command says "OK" if and only if the model's MEASURE of what the command got equals
 * the reported one; then it seals the secrets. What a hint says would have matched does
 * match by the model, too.
 *
 * The reported one is right for the launch that the input describes. Then the input
 * changes what the owner gives or the host reports, by a bit, by a part, or not at all.
 * A right launch is validated again with one bit of what the host reports flipped.
 */
#include "validate.h"

#include <sevlaunch/sev/diagnose.h>

#include "scenario.h"

/* A bit of the launch or of what the host reports; half of the choices change nothing. */
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

static void exchange_kernel_and_initrd(struct launch *launch)
{
    struct part kernel = launch->kernel;
    if (launch->initrd.size == 0)
        return;
    launch->kernel = launch->initrd;
    launch->initrd = kernel;
}

/* What a text editor, or a shell, may put at the end of a command line. */
static void lengthen_cmdline(struct launch *launch, uint8_t choice)
{
    static const char tails[] = {' ', '\n', '\r', '\t', '"', '\'', '\0'};
    launch->cmdline.bytes[launch->cmdline.size++] = (uint8_t)tails[choice % sizeof tails];
}

/* A part more or less, its last byte, or one more. */
static void change_parts(struct scenario *scenario, uint8_t choice)
{
    struct launch *launch = &scenario->launch;
    struct part *const parts[] = {&launch->kernel, &launch->initrd, &launch->cmdline};
    struct part *part = parts[choice / 8 % 3];
    if (choice % 8 == 1)
        part->present = !part->present;
    else if (choice % 8 == 2 && part->size > 0)
        part->bytes[part->size - 1] ^= 1;
    else if (choice % 8 == 3 && part->size > 1)
        part->size--;
    else if (choice % 8 == 4)
        launch->page0[choice] ^= 1;
    else if (choice % 8 == 5)
        launch->page1[choice] ^= 1;
    else if (choice % 8 == 6)
        exchange_kernel_and_initrd(launch);
    else if (choice % 8 == 7)
        lengthen_cmdline(launch, choice / 8);
}

static bool prints_ok(const struct scenario *scenario)
{
    return !scenario->manner.quiet && !scenario->manner.json;
}

/* The room for table and file, as the man page says. */
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

static bool has_room(const struct scenario *scenario, size_t buffer_size)
{
    uint8_t table[512];
    return scenario->manner.secrets == 0 ||
           scenario_table(scenario, table, scenario->manner.minimal) <=
               secrets_room(scenario, buffer_size);
}

static void check_failed(const struct scenario *scenario, const struct truth *truth,
                         enum cli_code code, bool matches)
{
    bool said_ok = memory_count_lines(PORT_OUT, "OK: Looks good to me") == 1;
    bool json_ok = memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"") == 1;
    REQUIRE(code == CLI_USAGE || code == CLI_FAILED);
    REQUIRE(!(said_ok || json_ok) || matches);
    REQUIRE(!json_ok || memory_has_failed());
    REQUIRE(truth->is_measured || memory_written("header") == NULL);
    REQUIRE(memory_written("payload") == NULL || scenario->manner.secrets > 0);
}

static void check_hints(const struct scenario *scenario, size_t buffer_size)
{
    const struct manner *manner = &scenario->manner;
    bool is_made = manner->hints && buffer_size >= SEVL_DIAGNOSE_SCRATCH_MIN;
    REQUIRE(memory_count_lines(PORT_ERR, "HINT: ") == (is_made && !manner->quiet ? 1 : 0));
    if (is_made && manner->json)
        scenario_check_hints(scenario);
}

static bool is_left_open(const struct scenario *scenario, enum cli_code code)
{
    return code == CLI_USAGE && scenario_may_be_refused(scenario);
}

static void check(const struct scenario *scenario, enum cli_code code, size_t buffer_size)
{
    struct truth truth = scenario_tell(scenario, scenario->reported + 32);
    bool matches = truth.is_measured && memcmp(truth.measurement, scenario->reported, 48) == 0;
    bool room = has_room(scenario, buffer_size);
    if (memory_has_failed() || !truth.is_measured || scenario->lacks_a_word || (matches && !room) ||
        is_left_open(scenario, code)) {
        check_failed(scenario, &truth, code, matches);
        return;
    }
    REQUIRE(code == (matches ? CLI_SUCCESS : CLI_MISMATCH));
    if (!matches)
        check_hints(scenario, buffer_size);
    REQUIRE(memory_count_lines(PORT_OUT, "OK: Looks good to me") ==
            (matches && prints_ok(scenario) ? 1 : 0));
    REQUIRE(memory_count_lines(PORT_OUT, "  \"verdict\": \"match\"") ==
            (matches && scenario->manner.json ? 1 : 0));
    if (matches && scenario->manner.secrets > 0)
        scenario_check_packet(scenario);
    else
        REQUIRE(memory_written("header") == NULL && memory_written("payload") == NULL);
    if (scenario->manner.prints)
        scenario_check_printed(&truth);
}

static bool has_pages(const struct manner *manner)
{
    return manner->source == SOURCE_PAGES && !manner->by_digest && !manner->omits_cpus;
}

/* The buffer must have room for launch information and given pages. */
static size_t min_buffer_size(const struct manner *manner)
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
    struct cli_buffer buffer = {.size = min_buffer_size(&scenario->manner) +
                                        scenario->manner.buffer_size};
    buffer.memory = malloc(buffer.size);
    REQUIRE(buffer.memory != NULL);
    scenario_write(scenario);
    setting.files = scenario->file;
    setting.count = scenario->files;
    memory_start(setting);
    enum cli_code code = validate(scenario->word, buffer);
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
    struct truth truth = scenario_tell(&scenario, scenario.launch.nonce);
    memcpy(scenario.reported, truth.measurement, sizeof scenario.reported);
    flip(&scenario, flipped);
    change_parts(&scenario, changed);
    ask(&scenario, setting);
    scenario.manner.hints = false;
    scenario.reported[flipped / 8 % 48] ^= (uint8_t)(1 << flipped % 8);
    ask(&scenario, setting);
    return 0;
}
