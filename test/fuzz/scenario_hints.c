/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Does a launch match, by the model, once the mistakes of its hints are corrected? */
#include "scenario.h"

/* A guest, with room for the parts that a mistake makes longer. */
struct corrected {
    struct model_guest guest;
    uint8_t cmdline[128];
    uint8_t firmware[MODEL_PAGE];
};

static bool is_mark(uint8_t byte)
{
    return byte == '"' || byte == '\'';
}

/* Leaves out the quotation marks around it, and what follows these. */
static void unquote(struct corrected *corrected)
{
    struct model_part *cmdline = &corrected->guest.cmdline;
    while (cmdline->size > 0 && !is_mark(corrected->cmdline[cmdline->size - 1]))
        cmdline->size--;
    REQUIRE(cmdline->size > 2 && is_mark(corrected->cmdline[0]));
    REQUIRE(corrected->cmdline[0] == corrected->cmdline[cmdline->size - 1]);
    cmdline->size -= 2;
    memmove(corrected->cmdline, corrected->cmdline + 1, cmdline->size);
}

/* As the man page says what the value is: unquoted, blanks, characters cut off, an ending. */
static void correct_cmdline(struct corrected *corrected, uint32_t value)
{
    static const char *const more[] = {"\n", "\r\n", "\0", "", ""};
    static const size_t more_sizes[] = {1, 2, 1, 0, 0};
    struct model_part *cmdline = &corrected->guest.cmdline;
    uint32_t ending = value & 0xff;
    uint32_t cut = value >> 8 & 0xff;
    uint32_t blanks = value >> 16 & 0xff;
    REQUIRE(ending <= 4 && blanks <= 16 && cut <= cmdline->size && value >> 25 == 0);
    REQUIRE(cmdline->size + 2 + blanks <= sizeof corrected->cmdline);
    if (cmdline->size > 0)
        memcpy(corrected->cmdline, cmdline->bytes, cmdline->size);
    cmdline->bytes = corrected->cmdline;
    if (value >> 24 == 1)
        unquote(corrected);
    cmdline->size -= cut;
    memcpy(corrected->cmdline + cmdline->size, more[ending], more_sizes[ending]);
    cmdline->size += more_sizes[ending];
    memset(corrected->cmdline + cmdline->size, ' ', blanks);
    cmdline->size += blanks;
    corrected->guest.cmdline_has_no_nul = ending == 3;
}

static void exchange_kernel(struct model_guest *guest)
{
    struct model_part kernel = guest->kernel;
    guest->kernel = guest->initrd;
    guest->initrd = kernel;
    if (guest->kernel.bytes == NULL) /* no initrd was given, yet there is a table */
        guest->kernel.bytes = kernel.bytes;
}

static void correct_firmware(struct corrected *corrected, uint32_t padding)
{
    struct model_part *firmware = &corrected->guest.firmware;
    REQUIRE(padding <= sizeof corrected->firmware - firmware->size);
    if (firmware->size > 0)
        memcpy(corrected->firmware, firmware->bytes, firmware->size);
    corrected->guest.footer = *firmware;
    firmware->bytes = corrected->firmware;
    firmware->size += padding;
}

static bool correct_launch(struct corrected *corrected, const char *mistake, uint32_t value)
{
    struct model_guest *guest = &corrected->guest;
    if (strcmp(mistake, "policy") == 0 || strcmp(mistake, "policy-base") == 0 ||
        strcmp(mistake, "sev-es") == 0)
        guest->policy = value;
    else if (strcmp(mistake, "api-major") == 0)
        guest->api_major = (uint8_t)value;
    else if (strcmp(mistake, "api-minor") == 0)
        guest->api_minor = (uint8_t)value;
    else if (strcmp(mistake, "build-id") == 0)
        guest->build = (uint8_t)value;
    else
        return false;
    return true;
}

static bool correct_parts(struct corrected *corrected, const char *mistake, uint32_t value)
{
    static const struct model_part none;
    struct model_guest *guest = &corrected->guest;
    if (strcmp(mistake, "kernel-unmeasured") == 0)
        guest->kernel = none;
    else if (strcmp(mistake, "initrd") == 0)
        guest->initrd = none;
    else if (strcmp(mistake, "cmdline") == 0)
        correct_cmdline(corrected, value);
    else if (strcmp(mistake, "cmdline-absent") == 0)
        guest->cmdline = none;
    else if (strcmp(mistake, "kernel-exchanged") == 0)
        exchange_kernel(guest);
    else if (strcmp(mistake, "firmware-padded") == 0)
        correct_firmware(corrected, value);
    else
        return false;
    return true;
}

static void correct_vmm(struct model_guest *guest, enum model_vmm vmm)
{
    guest->cpu.vmm = vmm;
    if (vmm != MODEL_QEMU)
        guest->cpu.init2 = false;
}

static bool correct_cpus(struct corrected *corrected, const char *mistake, uint32_t value)
{
    struct model_guest *guest = &corrected->guest;
    if (strcmp(mistake, "num-cpus") == 0)
        guest->cpus = value;
    else if (strcmp(mistake, "cpu-signature") == 0)
        guest->cpu.signature = value;
    else if (strcmp(mistake, "vmsa-fpu") == 0)
        guest->cpu.init2 = value == 1;
    else if (strcmp(mistake, "sev-features") == 0)
        guest->cpu.features = value;
    else if (strcmp(mistake, "vmm") == 0)
        correct_vmm(guest, (enum model_vmm)value);
    else
        return false;
    return true;
}

static void correct(struct corrected *corrected, const struct scenario *scenario,
                    const char *mistake, uint32_t value)
{
    if (strcmp(mistake, "keys-swapped") == 0)
        memcpy(corrected->guest.tik, scenario->launch.tek, sizeof corrected->guest.tik);
    else
        REQUIRE(correct_launch(corrected, mistake, value) ||
                correct_parts(corrected, mistake, value) ||
                correct_cpus(corrected, mistake, value));
}

/* Corrects the mistakes that the lines of JSON from `line` on name. Returns their count. */
static size_t correct_all(struct corrected *corrected, const struct scenario *scenario,
                          const char *line)
{
    size_t count = 0;
    char mistake[32];
    unsigned value;
    while (sscanf(line, " {\"mistake\": \"%31[a-z-]\", \"value\": %u}%*1[,]", mistake, &value) ==
           2) {
        correct(corrected, scenario, mistake, value);
        line = strchr(line + 1, '\n');
        REQUIRE(line != NULL);
        line++;
        count++;
    }
    return count;
}

void scenario_check_hints(const struct scenario *scenario)
{
    static const char start[] = "  \"hints\": [\n";
    static struct corrected corrected;
    struct memory_text printed = memory_printed(PORT_OUT);
    char *text = copy_text(printed.text, printed.length);
    const char *hints = strstr(text, start);
    uint8_t measure[32];
    corrected.guest = scenario_guest(scenario);
    memcpy(corrected.guest.nonce, scenario->reported + 32, 16);
    if (hints != NULL) {
        size_t count = correct_all(&corrected, scenario, hints + strlen(start));
        REQUIRE(count >= 1 && count <= 4);
        REQUIRE(model_measure(&corrected.guest, measure));
        REQUIRE(memcmp(measure, scenario->reported, sizeof measure) == 0);
    } else {
        REQUIRE(strstr(text, "  \"hints\": []\n") != NULL);
    }
    free(text);
}
