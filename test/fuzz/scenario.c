/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "scenario.h"

#include <inttypes.h>
#include <openssl/evp.h>
#include <stdarg.h>

#include "cli/looks.h"

const char *const scenario_guids[SECRETS_MAX] = {"736869e5-84f0-4973-92ec-06879ce3da0b",
                                                 "00112233-4455-6677-8899-aabbccddeeff",
                                                 "FFEEDDCC-BBAA-9988-7766-554433221100"};

static const struct type {
    const char *name;
    uint32_t signature;
} types[] = {{"EPYC-Milan-v2", 0x00a00f11},
             {"EPYC", 0x00800f12},
             {"EPYC-IBPB", 0x00800f12},
             {"EPYC-Genoa", 0x00a10f10}};

/* Options that can be left out, by their first letters. Without the first three the rest may do. */
static const char num_cpus[] = "--num-cpus=";
static const char vmsa_cpu1[] = "--vmsa-cpu1=";
static const char cpu_model[] = "--cpu-";
static const char tek[] = "--tek="; /* the TIK is enough without a secret */
static const char *const omissions[] = {num_cpus,
                                        vmsa_cpu1,
                                        cpu_model,
                                        "--vmsa-cpu0=",
                                        "--measurement=",
                                        "--api-major=",
                                        "--api-minor=",
                                        "--build-id=",
                                        "--policy=",
                                        "--launch-info=",
                                        "--firmware=",
                                        "--launch-digest=",
                                        "--tk=",
                                        tek,
                                        "--tik=",
                                        "--secret-header=",
                                        "--secret-payload="};
#define OMISSIONS (sizeof omissions / sizeof *omissions)

static bool omits(const struct scenario *scenario, const char *option)
{
    uint8_t omitted = scenario->manner.omitted;
    return omitted != 0 && omissions[(omitted - 1) % OMISSIONS] == option;
}

static const struct type *type_of(const struct launch *launch)
{
    return &types[launch->model % (sizeof types / sizeof *types)];
}

static void take_part(struct part *part, struct input *input, uint16_t max)
{
    part->present = (take8(input) & 1) != 0;
    part->size = (uint16_t)(take8(input) % (max + 1));
    (void)take(input, part->bytes, part->size);
}

/* The rest of the input. A bit of `kind` appends a table, so that the fuzzer need not find one. */
static void take_firmware(struct part *firmware, struct input *input, uint8_t kind)
{
    static const uint8_t reset[] = {22,   0,    0xde, 0x71, 0xf7, 0x00, 0x7e, 0x1a, 0xcb,
                                    0x4f, 0x89, 0x0e, 0x68, 0xc7, 0x7e, 0x2f, 0xb4, 0x4e};
    static const uint8_t secret[] = {26,   0,    0x61, 0xb3, 0x2e, 0x4c, 0x9b, 0x7d, 0xc3,
                                     0x4c, 0x80, 0x81, 0x12, 0x7c, 0x90, 0xd3, 0xd2, 0x94};
    static const uint8_t end[] = {66,   0,    0xde, 0x82, 0xb5, 0x96, 0xb2, 0x1f, 0xf7,
                                  0x45, 0xba, 0xea, 0xa3, 0x66, 0xc5, 0x5a, 0x08, 0x2d};
    uint8_t *next = firmware->bytes;
    if ((kind & 1) != 0) {
        next += take(input, next, 8); /* base and size of the area for secrets */
        memcpy(next, secret, sizeof secret);
        next += sizeof secret;
        next += take(input, next, 4); /* reset address */
        memcpy(next, reset, sizeof reset);
        next += sizeof reset;
        memcpy(next, end, sizeof end);
        next += sizeof end + 32;
    }
    size_t table = (size_t)(next - firmware->bytes);
    size_t image =
        input->left < sizeof firmware->bytes - table ? input->left : sizeof firmware->bytes - table;
    memmove(firmware->bytes + image, firmware->bytes, table);
    (void)take(input, firmware->bytes, image);
    firmware->present = true;
    firmware->size = (uint16_t)(image + table > 0 ? image + table : 1);
}

/* Half of the choices are those without which the rest may do. */
static uint8_t take_omission(uint8_t choice)
{
    return choice % 2 == 1 ? choice / 2 % 3 + 1 : choice / 2;
}

static void take_manner(struct manner *manner, struct input *input)
{
    uint8_t bits = take8(input);
    manner->source = (enum source)(take8(input) % SOURCES);
    manner->hexadecimal = (bits & 1) != 0;
    manner->one_key_file = (bits & 2) != 0;
    manner->cmdline_in_file = (bits & 4) != 0;
    manner->json = (bits & 8) != 0;
    manner->quiet = (bits & 0x30) == 0x30;
    manner->by_digest = (bits & 0xc0) == 0xc0;
    bits = take8(input);
    manner->info = bits % 3;
    manner->prints = (bits & 4) != 0 && !manner->json; /* not both at once */
    manner->minimal = (bits & 8) != 0;
    manner->secrets = (bits >> 4) % (SECRETS_MAX + 1);
    manner->omits_cpus = take8(input) % 8 == 1;
    manner->buffer_size = take16(input);
    bits = take8(input);
    manner->hints = bits % 4 == 1;
    if (bits / 4 % 2 == 1)
        manner->omitted = take_omission(take8(input));
}

/* For pages, one repeated byte is random enough. */
static void take_pages(struct launch *launch, struct input *input)
{
    memset(launch->page0, take8(input), sizeof launch->page0);
    memset(launch->page1, take8(input), sizeof launch->page1);
}

static void take_cpu(struct launch *launch, struct input *input)
{
    launch->cpus = take8(input) % 8;
    launch->family = take8(input);
    launch->model = take8(input);
    launch->stepping = take8(input);
    launch->vmm = take8(input);
    launch->init2 = take8(input);
    launch->features = take32(input) | (uint64_t)take32(input) << 32;
}

void scenario_take(struct scenario *scenario, struct input *input)
{
    struct launch *launch = &scenario->launch;
    take_manner(&scenario->manner, input);
    launch->api_major = take8(input);
    launch->api_minor = take8(input);
    launch->build = take8(input);
    launch->policy = take32(input);
    (void)take(input, launch->nonce, sizeof launch->nonce);
    (void)take(input, launch->tek, sizeof launch->tek);
    (void)take(input, launch->tik, sizeof launch->tik);
    (void)take(input, launch->digest, sizeof launch->digest);
    take_cpu(launch, input);
    take_pages(launch, input);
    for (size_t i = 0; i < SECRETS_MAX; i++) {
        scenario->secret_size[i] = 1 + take8(input) % 64;
        (void)take(input, scenario->secret[i], scenario->secret_size[i]);
    }
    take_part(&launch->kernel, input, 127);
    launch->kernel.size++; /* an empty one is refused, as is empty firmware */
    take_part(&launch->initrd, input, 64);
    take_part(&launch->cmdline, input, 32);
    take_firmware(&launch->firmware, input, take8(input));
}

static bool has_kernel(const struct scenario *scenario)
{
    return scenario->launch.kernel.present && !scenario->manner.by_digest;
}

static struct model_part view(const struct part *part)
{
    return (struct model_part){part->present ? part->bytes : NULL, part->present ? part->size : 0};
}

static enum model_vmm vmm_of(const struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    if (scenario->manner.source == SOURCE_VMM)
        return (enum model_vmm)(1 + launch->vmm % 3);
    return (enum model_vmm)(launch->vmm % 4);
}

static uint32_t signature_of(const struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    if (scenario->manner.source == SOURCE_TYPE)
        return type_of(launch)->signature;
    return model_signature(launch->family, launch->model, launch->stepping % 16);
}

/* A signature that is given beside a VMM that has one value for all CPUs. */
static bool has_own_rdx(const struct scenario *scenario)
{
    return scenario->manner.source == SOURCE_SIGNATURE && vmm_of(scenario) != MODEL_QEMU &&
           !omits(scenario, cpu_model);
}

static bool is_init2(const struct scenario *scenario)
{
    return vmm_of(scenario) == MODEL_QEMU && scenario->launch.init2 % 2 == 1;
}

static bool knows_cpus(const struct scenario *scenario)
{
    bool has_model = scenario->manner.source == SOURCE_PAGES || vmm_of(scenario) != MODEL_QEMU ||
                     !omits(scenario, cpu_model);
    return !scenario->manner.omits_cpus && !omits(scenario, num_cpus) && has_model;
}

struct model_guest scenario_guest(const struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    bool has_pages = scenario->manner.source == SOURCE_PAGES;
    struct model_guest guest = {
        .api_major = launch->api_major,
        .api_minor = launch->api_minor,
        .build = launch->build,
        .policy = launch->policy,
        .digest = scenario->manner.by_digest ? launch->digest : NULL,
        .firmware = view(&launch->firmware),
        .cpus = knows_cpus(scenario) ? launch->cpus + 1u : 0,
        .cpu = {signature_of(scenario), vmm_of(scenario), is_init2(scenario), launch->features,
                has_own_rdx(scenario)},
        .page0 = has_pages ? launch->page0 : NULL,
        .page1 = has_pages && !omits(scenario, vmsa_cpu1) ? launch->page1 : NULL,
    };
    memcpy(guest.nonce, launch->nonce, sizeof guest.nonce);
    memcpy(guest.tik, launch->tik, sizeof guest.tik);
    if (has_kernel(scenario)) {
        guest.kernel = view(&launch->kernel);
        guest.initrd = view(&launch->initrd);
        guest.cmdline = view(&launch->cmdline);
    }
    return guest;
}

__attribute__((format(printf, 2, 3))) static void add_word(struct scenario *scenario,
                                                           const char *format, ...)
{
    va_list values;
    char *word = scenario->text + scenario->used;
    size_t room = sizeof scenario->text - scenario->used;
    va_start(values, format);
    int length = vsnprintf(word, room, format, values);
    va_end(values);
    REQUIRE(length >= 0 && (size_t)length < room && scenario->words < WORDS_MAX);
    scenario->used += (size_t)length + 1;
    scenario->word[scenario->words++] = word;
}

static void add_number(struct scenario *scenario, const char *option, uint64_t number)
{
    add_word(scenario, scenario->manner.hexadecimal ? "%s=0x%" PRIx64 : "%s=%" PRIu64, option,
             number);
}

static void add_file(struct scenario *scenario, const char *option, const void *bytes, size_t size)
{
    REQUIRE(scenario->files < FILES_MAX);
    scenario->file[scenario->files++] = (struct memory_file){option, bytes, size};
    add_word(scenario, "%s=%s", option, option);
}

static void write_keys(struct scenario *scenario)
{
    memcpy(scenario->keys, scenario->launch.tek, 16);
    memcpy(scenario->keys + 16, scenario->launch.tik, 16);
    if (scenario->manner.one_key_file) {
        add_file(scenario, "--tk", scenario->keys, 32);
    } else {
        add_file(scenario, "--tek", scenario->keys, 16);
        add_file(scenario, "--tik", scenario->keys + 16, 16);
    }
}

static void write_state(struct scenario *scenario)
{
    static const char lines[] = "sev-measurement : %s\nsev-api-major : %u\nsev-api-minor : %u\n"
                                "sev-build-id : %u\nsev-policy : %" PRIu32 "\n";
    static const char json[] =
        "{\"return\": {\"data\": \"%s\"}}\n{\"return\": {\"api-major\": %u, \"api-minor\": %u, "
        "\"build-id\": %u, \"policy\": %" PRIu32 "}}\n";
    const struct launch *launch = &scenario->launch;
    char base64[65];
    REQUIRE(EVP_EncodeBlock((unsigned char *)base64, scenario->reported, 48) == 64);
    if (scenario->manner.info == INFO_NONE) {
        add_word(scenario, "--measurement=%s", base64);
        add_number(scenario, "--api-major", launch->api_major);
        add_number(scenario, "--api-minor", launch->api_minor);
        add_number(scenario, "--build-id", launch->build);
        add_number(scenario, "--policy", launch->policy);
    } else {
        int length = snprintf(scenario->info, sizeof scenario->info,
                              scenario->manner.info == INFO_LINES ? lines : json, base64,
                              launch->api_major, launch->api_minor, launch->build, launch->policy);
        add_file(scenario, "--launch-info", scenario->info, (size_t)length);
    }
}

static void write_kernel(struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    const struct part *cmdline = &launch->cmdline;
    bool is_text = memchr(cmdline->bytes, '\0', cmdline->size) == NULL;
    add_file(scenario, "--kernel", launch->kernel.bytes, launch->kernel.size);
    if (launch->initrd.present)
        add_file(scenario, "--initrd", launch->initrd.bytes, launch->initrd.size);
    if (cmdline->present && is_text && !scenario->manner.cmdline_in_file)
        add_word(scenario, "--cmdline=%.*s", cmdline->size, (const char *)cmdline->bytes);
    else if (cmdline->present)
        add_file(scenario, "--cmdline-file", cmdline->bytes, cmdline->size);
}

static void write_dialect(struct scenario *scenario)
{
    static const char *const vmms[] = {"qemu", "ec2", "gce", "krun"};
    add_word(scenario, "--vmm=%s", vmms[vmm_of(scenario)]);
    if (vmm_of(scenario) == MODEL_QEMU)
        add_word(scenario, "--vmsa-fpu=%s", is_init2(scenario) ? "init2" : "legacy");
    add_number(scenario, "--sev-features", scenario->launch.features);
}

static void write_cpus(struct scenario *scenario)
{
    const struct launch *launch = &scenario->launch;
    enum source source = scenario->manner.source;
    bool has_model = vmm_of(scenario) == MODEL_QEMU;
    add_number(scenario, "--num-cpus", launch->cpus + 1u);
    if (source == SOURCE_PAGES) {
        add_file(scenario, "--vmsa-cpu0", launch->page0, MODEL_PAGE);
        add_file(scenario, "--vmsa-cpu1", launch->page1, MODEL_PAGE);
    } else if (source == SOURCE_SKU && has_model) {
        add_number(scenario, "--cpu-family", launch->family);
        add_number(scenario, "--cpu-model", launch->model);
        add_number(scenario, "--cpu-stepping", launch->stepping % 16);
    } else if (source == SOURCE_SIGNATURE) {
        add_number(scenario, "--cpu-signature", signature_of(scenario));
    } else if (source == SOURCE_TYPE && has_model) {
        add_word(scenario, "--cpu-type=%s", type_of(launch)->name);
    }
    if (source != SOURCE_PAGES)
        write_dialect(scenario);
}

static void write_digest(struct scenario *scenario)
{
    char text[65];
    for (size_t i = 0; i < 32; i++)
        (void)snprintf(text + 2 * i, 3, "%02x", scenario->launch.digest[i]);
    add_word(scenario, "--launch-digest=%s", text);
}

static void write_secrets(struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->manner.secrets; i++) {
        const char *name = scenario_guids[i];
        REQUIRE(scenario->files < FILES_MAX);
        scenario->file[scenario->files++] =
            (struct memory_file){name, scenario->secret[i], scenario->secret_size[i]};
        add_word(scenario, "--inject-secret=%s:%s", name, name);
    }
    if (scenario->manner.secrets == 0)
        return;
    add_word(scenario, "--secret-header=header");
    add_word(scenario, "--secret-payload=payload");
    if (scenario->manner.minimal)
        add_word(scenario, "--secret-padding=minimal");
}

static void write_flags(struct scenario *scenario)
{
    const struct manner *manner = &scenario->manner;
    if (!manner->hints)
        add_word(scenario, "--no-hints"); /* they take a hundred times longer than the rest */
    if (manner->json)
        add_word(scenario, "--json");
    if (manner->quiet)
        add_word(scenario, "--quiet");
    if (manner->prints) {
        add_word(scenario, "--print-digest=hex");
        add_word(scenario, "--print-measurement=base64");
    }
}

/* Leaves out what is to be omitted. */
static void drop_words(struct scenario *scenario)
{
    size_t kept = 0;
    uint8_t omitted = scenario->manner.omitted;
    const char *start = omitted == 0 ? "" : omissions[(omitted - 1) % OMISSIONS];
    bool may_do = start == num_cpus || start == vmsa_cpu1 || start == cpu_model ||
                  (start == tek && scenario->manner.secrets == 0);
    for (size_t i = 0; i < scenario->words && omitted != 0; i++)
        if (strncmp(scenario->word[i], start, strlen(start)) != 0)
            scenario->word[kept++] = scenario->word[i];
    scenario->lacks_a_word = omitted != 0 && kept < scenario->words && !may_do;
    scenario->words = omitted == 0 ? scenario->words : kept;
    scenario->word[scenario->words] = NULL;
}

static void write_words(struct scenario *scenario)
{
    write_flags(scenario);
    write_state(scenario);
    write_keys(scenario);
    write_secrets(scenario);
    if (scenario->manner.by_digest) {
        write_digest(scenario);
        return;
    }
    const struct part *firmware = &scenario->launch.firmware;
    add_file(scenario, "--firmware", firmware->bytes, firmware->size);
    if (has_kernel(scenario))
        write_kernel(scenario);
    if (!scenario->manner.omits_cpus)
        write_cpus(scenario);
}

void scenario_write(struct scenario *scenario)
{
    scenario->files = 0;
    scenario->words = 0;
    scenario->used = 0;
    write_words(scenario);
    drop_words(scenario);
}

/* A firmware volume of variables: EDK2, MdeModulePkg, gEfiSystemNvDataFvGuid. */
static bool has_variables(const struct part *firmware)
{
    static const uint8_t guid[] = {0x8d, 0x2b, 0xf1, 0xff, 0x96, 0x76, 0x8b, 0x4c,
                                   0xa9, 0x85, 0x27, 0x47, 0x07, 0x5b, 0x4f, 0x50};
    return firmware->size >= 40 && memcmp(firmware->bytes + 16, guid, sizeof guid) == 0;
}

/* What the command takes for something else than it is given as. */
static bool is_mistaken(const struct scenario *scenario)
{
    struct looks_head head = {.size = 0};
    const struct launch *launch = &scenario->launch;
    bool has_text_key = looks_hexadecimal(launch->tik, 16) || looks_hexadecimal(launch->tek, 16);
    bool is_snp = (launch->policy & 0x20000) != 0;
    looks_head_update(&head, launch->firmware.bytes, launch->firmware.size);
    bool is_no_firmware = !scenario->manner.by_digest &&
                          (looks_like_file(&head) != NULL || has_variables(&launch->firmware));
    return has_text_key || is_no_firmware || (is_snp && scenario->manner.prints);
}

static bool has_empty_file(const struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->manner.secrets; i++)
        if (scenario->secret_size[i] == 0)
            return true;
    return (has_kernel(scenario) && scenario->launch.kernel.size == 0) ||
           (!scenario->manner.by_digest && scenario->launch.firmware.size == 0);
}

bool scenario_may_be_refused(const struct scenario *scenario)
{
    const struct manner *manner = &scenario->manner;
    bool has_cpus = !manner->by_digest && !manner->omits_cpus;
    bool is_es = (scenario->launch.policy & 4) != 0;
    bool is_void = manner->source == SOURCE_PAGES ? scenario->launch.cpus == 0
                                                  : vmm_of(scenario) != MODEL_QEMU;
    return has_empty_file(scenario) || is_mistaken(scenario) || (has_cpus && (!is_es || is_void));
}

size_t scenario_table(const struct scenario *scenario, uint8_t table[SCENARIO_TABLE_MAX],
                      bool minimal)
{
    struct model_secret secrets[SECRETS_MAX];
    for (size_t i = 0; i < scenario->manner.secrets; i++)
        secrets[i] =
            (struct model_secret){scenario_guids[i], scenario->secret[i], scenario->secret_size[i]};
    return model_table(table, secrets, scenario->manner.secrets, minimal);
}

static size_t decode(uint8_t *bytes, const struct memory_sink *sink)
{
    int size = EVP_DecodeBlock(bytes, sink->bytes, (int)sink->size);
    REQUIRE(size >= 0 && sink->size % 4 == 0);
    for (size_t i = sink->size; i > 0 && sink->bytes[i - 1] == '='; i--)
        size--;
    return (size_t)size;
}

void scenario_check_packet(const struct scenario *scenario)
{
    const struct memory_sink *header = memory_written("header");
    const struct memory_sink *payload = memory_written("payload");
    uint8_t table[SCENARIO_TABLE_MAX];
    uint8_t opened[SCENARIO_TABLE_MAX];
    uint8_t bytes[SCENARIO_TABLE_MAX];
    REQUIRE(header != NULL && payload != NULL && payload->size < sizeof opened);
    size_t size = scenario_table(scenario, table, scenario->manner.minimal);
    REQUIRE(decode(bytes, header) == 52);
    REQUIRE(decode(opened, payload) == size);
    REQUIRE(model_open(bytes, opened, size, scenario->launch.tek, scenario->launch.tik,
                       scenario->reported));
    REQUIRE(memcmp(opened, table, size) == 0);
}

void scenario_check_printed(const struct truth *truth)
{
    char wanted[2 * 32 + 1 + 64 + 2];
    struct memory_text printed = memory_printed(PORT_OUT);
    for (size_t i = 0; i < 32; i++)
        (void)snprintf(wanted + 2 * i, 3, "%02x", truth->digest[i]);
    wanted[64] = '\n';
    (void)EVP_EncodeBlock((unsigned char *)wanted + 65, truth->measurement, 48);
    wanted[129] = '\n';
    REQUIRE(printed.length >= 130 && memcmp(printed.text, wanted, 130) == 0);
}

/* That of a launch without a session: it is refused. */
static bool has_zero_tik(const struct scenario *scenario)
{
    static const uint8_t zeros[sizeof scenario->launch.tik];
    return memcmp(scenario->launch.tik, zeros, sizeof zeros) == 0;
}

struct truth scenario_tell(const struct scenario *scenario, const uint8_t nonce[16])
{
    struct truth truth;
    struct model_guest guest = scenario_guest(scenario);
    memcpy(guest.nonce, nonce, 16);
    truth.is_measured = model_digest(&guest, truth.digest);
    memset(truth.measurement, 0, sizeof truth.measurement);
    truth.is_measured =
        truth.is_measured && !has_zero_tik(scenario) && model_measure(&guest, truth.measurement);
    memcpy(truth.measurement + 32, nonce, 16);
    return truth;
}
