/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_values.h"

#include <string.h>

#include "cli/text.h"
#include "guest/firmware_kind.h"

void snp_value_describe(struct phrase *phrase, const struct snp_value *value)
{
    phrase_add(phrase, "--num-cpus ");
    phrase_add(phrase, text_decimal(value->cpus).text);
    if (value->has_signature) {
        phrase_add(phrase, " --cpu-signature ");
        phrase_add_signature(phrase, value->cpu->signature);
    }
    phrase_add(phrase, " --vmsa-fpu ");
    phrase_add(phrase, cpu_lists_fpu_words[value->cpu->fpu]);
    phrase_add(phrase, " --sev-features ");
    phrase_add(phrase, text_hexadecimal(value->cpu->sev_features).text);
    phrase_add(phrase, " --vmm ");
    phrase_add(phrase, snp_vmm_words[value->cpu->vmm]);
}

/* Who gets the values of a series. */
struct taker {
    const struct snp_series *series;
    snp_take_value *take;
    void *context;
};

static enum cli_code fail_hash(const struct snp_series *series)
{
    return cli_error(series->console, CLI_FAILED, "SHA-384 failed");
}

/* The digest of each number of CPUs begins with that of a CPU less. */
static enum cli_code take_counts(const struct snp_series *series, const struct taker *taker,
                                 struct snp_value *value, uint8_t hashes[2][SEVL_SHA384_SIZE])
{
    const struct list_ranges *cpus = &series->request->cpus;
    uint32_t largest = list_largest(cpus);
    for (value->cpus = 1; value->cpus <= largest; value->cpus++) {
        if (sevl_snp_launch_digest_add_cpu(value->digest, hashes[value->cpus > 1]) != SEVL_OK)
            return fail_hash(series);
        if (!list_has(cpus, value->cpus))
            continue;
        enum cli_code code = taker->take(taker->context, value);
        if (code != CLI_GO_ON)
            return code;
    }
    return CLI_GO_ON;
}

static enum cli_code take_cpu(void *context, const struct sevl_cpu *cpu)
{
    const struct taker *taker = context;
    const struct snp_series *series = taker->series;
    uint8_t hashes[2][SEVL_SHA384_SIZE];
    struct snp_value value = {.cpu = cpu, .has_signature = series->request->signatures.count > 0};
    if (sevl_snp_cpu_hash(cpu, SEVL_RESET_ADDRESS_CPU0, series->scratch, hashes[0]) != SEVL_OK ||
        sevl_snp_cpu_hash(cpu, series->reset_address, series->scratch, hashes[1]) != SEVL_OK)
        return fail_hash(series);
    memcpy(value.digest, series->before_cpus, sizeof value.digest);
    return take_counts(series, taker, &value, hashes);
}

static enum cli_code fail_guest(const struct snp_series *series, enum sevl_result result)
{
    const struct snp_request *request = series->request;
    const struct cli_console *console = series->console;
    if (result == SEVL_ERROR_ABSENT)
        return firmware_fail_kernel(console);
    if (result == SEVL_ERROR_ENCODING)
        return cli_error(console, CLI_USAGE,
                         cli_name(request->arguments, snp_request_firmware(request)),
                         ": its SEV metadata have a section of a type that is not known, "
                         "or one that overlaps with the firmware");
    return cli_error(console, CLI_FAILED, "SHA-384 failed");
}

enum cli_code snp_series_begin(struct snp_series *series, const struct sevl_snp_guest *guest)
{
    enum sevl_result result = sevl_snp_launch_digest_before_cpus(guest, series->before_cpus);
    series->reset_address = guest->reset_address;
    return result == SEVL_OK ? CLI_GO_ON : fail_guest(series, result);
}

enum cli_code snp_series_compute(const struct snp_series *series, snp_take_value *take,
                                 void *context)
{
    const struct cpu_lists lists = snp_request_lists(series->request);
    struct taker taker = {series, take, context};
    return cpu_lists_visit(&lists, take_cpu, &taker);
}

struct search {
    const uint8_t *wanted;
    struct snp_match *match;
};

/* CLI_SUCCESS ends the series. */
static enum cli_code compare_value(void *context, const struct snp_value *value)
{
    const struct search *search = context;
    struct snp_match *match = search->match;
    match->value = *value;
    match->cpu = *value->cpu;
    match->value.cpu = &match->cpu;
    match->is_found = sevl_snp_launch_digest_compare(value->digest, search->wanted) == SEVL_MATCH;
    return match->is_found ? CLI_SUCCESS : CLI_GO_ON;
}

enum cli_code snp_series_find(const struct snp_series *series,
                              const uint8_t wanted[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                              struct snp_match *match)
{
    struct search search = {wanted, match};
    match->is_found = false;
    enum cli_code code = snp_series_compute(series, compare_value, &search);
    return match->is_found ? CLI_GO_ON : code;
}
