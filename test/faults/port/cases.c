/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cases.h"

const struct run_case cases[] = {
    {.name = "firmware", .manner = {.omits_cpus = true, .one_key_file = true}},
    {.name = "two key files", .manner = {.omits_cpus = true}},
    {.name = "digest", .manner = {.by_digest = true}},
    {.name = "hints", .has_hints = true, .manner = {.omits_cpus = true}},
    {.name = "kernel", .has_kernel = true, .manner = {.omits_cpus = true}},
    {.name = "command line from a file",
     .has_kernel = true,
     .manner = {.omits_cpus = true, .cmdline_in_file = true, .one_key_file = true}},
    {.name = "ES", .is_es = true, .manner = {.source = SOURCE_SIGNATURE}},
    {.name = "ES with pages", .is_es = true, .manner = {.source = SOURCE_PAGES}},
    {.name = "ES with pages to write",
     .is_es = true,
     .manner = {.source = SOURCE_TYPE},
     .more = "--vmsa-out=vmsa"},
    {.name = "ES with a kernel", .is_es = true, .has_kernel = true, .manner = {.json = true}},
    {.name = "lines of launch information",
     .manner = {.info = INFO_LINES, .omits_cpus = true, .json = true}},
    {.name = "JSON of launch information",
     .manner = {.info = INFO_JSON, .omits_cpus = true, .json = true, .one_key_file = true}},
    {.name = "prints", .manner = {.omits_cpus = true, .prints = true}},
    {.name = "prints alone",
     .is_unreported = true,
     .has_kernel = true,
     .manner = {.omits_cpus = true, .prints = true}},
    {.name = "secrets", .manner = {.omits_cpus = true, .secrets = 3}},
    {.name = "secrets in JSON",
     .manner = {.by_digest = true, .secrets = 2, .minimal = true, .json = true}},
    {.name = "secrets in silence",
     .manner = {.omits_cpus = true, .secrets = 1, .quiet = true, .one_key_file = true}},
    {.name = "secrets, then a program",
     .manner = {.omits_cpus = true, .secrets = 1},
     .more = "--then=next"},
    {.name = "short reads of all",
     .manner = {.by_digest = true, .info = INFO_LINES, .secrets = 2, .json = true},
     .stride = 11},
    {.name = "all at once",
     .is_es = true,
     .has_kernel = true,
     .manner = {.source = SOURCE_PAGES,
                .info = INFO_LINES,
                .prints = true,
                .secrets = 3,
                .cmdline_in_file = true},
     .more = "--debug"},
    {.name = "self-test", .alone = "--self-test"},
    {.name = "help", .alone = "--help"},
};
const size_t cases_count = sizeof cases / sizeof *cases;

/* Looks random, and is the same in every run. */
static void take_launch(struct scenario *scenario, unsigned seed)
{
    uint8_t bytes[2000];
    struct input input = {bytes, sizeof bytes};
    uint32_t state = seed;
    for (size_t i = 0; i < sizeof bytes; i++) {
        state = state * 1664525 + 1013904223;
        bytes[i] = (uint8_t)(state >> 24);
    }
    memset(scenario, 0, sizeof *scenario);
    scenario_take(scenario, &input);
}

static bool has_table(const struct scenario *scenario)
{
    struct model_footer footer;
    const struct part *firmware = &scenario->launch.firmware;
    return model_footer(&footer, firmware->bytes, firmware->size) == MODEL_TABLE &&
           footer.reset != 0 && footer.secret_size > 512;
}

static void give(struct part *part, const char *text)
{
    part->present = true;
    part->size = (uint16_t)strlen(text);
    memcpy(part->bytes, text, part->size);
}

static void make_launch(struct scenario *scenario, const struct run_case *run_case)
{
    struct launch *launch = &scenario->launch;
    unsigned seed = 1;
    do
        take_launch(scenario, seed++);
    while (!has_table(scenario));
    scenario->manner = run_case->manner;
    launch->policy = run_case->is_es ? 5 : 1;
    launch->cpus = 1; /* and another one */
    launch->kernel.present = run_case->has_kernel;
    give(&launch->initrd, "an initrd of a line");
    give(&launch->cmdline, "console=ttyS0 root=/dev/vda1");
    for (size_t i = 0; i < SECRETS_MAX; i++)
        scenario->secret_size[i] = (uint16_t)(40 + i);
    for (size_t i = 0; i < sizeof scenario->secret; i++)
        scenario->secret[i / 64][i % 64] = (uint8_t)(37 * i + i / 7);
}

static void make_wrong(struct scenario *scenario, enum wrong wrong)
{
    struct launch *launch = &scenario->launch;
    uint8_t *bytes = wrong == WRONG_REPORT        ? scenario->reported
                     : scenario->manner.by_digest ? launch->digest
                                                  : launch->firmware.bytes;
    if (wrong != WRONG_NOTHING) {
        bytes[3] ^= 0x10;
        bytes[21] ^= 0x02;
    }
}

static bool begins(const char *word, const char *start)
{
    return strncmp(word, start, strlen(start)) == 0;
}

static void drop_word(struct scenario *scenario, const char *start)
{
    size_t kept = 0;
    for (size_t i = 0; i < scenario->words; i++)
        if (!begins(scenario->word[i], start))
            scenario->word[kept++] = scenario->word[i];
    scenario->words = kept;
    scenario->word[kept] = NULL;
}

static void add_word(struct scenario *scenario, const char *word)
{
    REQUIRE(scenario->words < WORDS_MAX);
    scenario->word[scenario->words++] = word;
    scenario->word[scenario->words] = NULL;
}

static void add_nonce(struct scenario *scenario)
{
    char *word = scenario->text + scenario->used;
    scenario->used += (size_t)sprintf(word, "--nonce=") + 32 + 1;
    for (size_t i = 0; i < 16; i++)
        (void)sprintf(word + 8 + 2 * i, "%02x", scenario->launch.nonce[i]);
    add_word(scenario, word);
}

static void change_words(struct scenario *scenario, const struct run_case *run_case)
{
    if (run_case->alone != NULL)
        drop_word(scenario, "");
    if (run_case->alone != NULL)
        add_word(scenario, run_case->alone);
    if (run_case->has_hints)
        drop_word(scenario, "--no-hints");
    if (run_case->is_unreported) {
        drop_word(scenario, "--measurement=");
        add_nonce(scenario);
    }
    if (run_case->more != NULL)
        add_word(scenario, run_case->more);
}

void case_make(struct scenario *scenario, const struct run_case *run_case, enum wrong wrong)
{
    make_launch(scenario, run_case);
    struct truth truth = scenario_tell(scenario, scenario->launch.nonce);
    REQUIRE(truth.is_measured);
    memcpy(scenario->reported, truth.measurement, sizeof scenario->reported);
    make_wrong(scenario, wrong);
    scenario_write(scenario);
    change_words(scenario, run_case);
}

size_t case_buffer_size(const struct run_case *run_case)
{
    return 1024 + (run_case->manner.source == SOURCE_PAGES ? 2 * MODEL_PAGE : 0);
}
