/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_values.h"

/* Who gets the values of a series. */
struct taker {
    const struct sev_series *series;
    sev_take_value *take;
    void *context;
};

static enum cli_code fail_hash(const struct sev_series *series)
{
    return cli_error(series->console, CLI_FAILED, "SHA-256 failed");
}

/* Takes the digest of a stream, which goes on. */
static enum cli_code take_digest(const struct taker *taker, struct sevl_sha256 stream,
                                 struct reference_value value)
{
    uint8_t digest[SEVL_LAUNCH_DIGEST_SIZE];
    if (sevl_sha256_finish(&stream, digest) != SEVL_OK)
        return fail_hash(taker->series);
    value.digest = digest;
    value.size = sizeof digest;
    return taker->take(taker->context, &value);
}

static enum sevl_result append_cpu(const struct sev_series *series,
                                   const struct sevl_sev_guest *guest, struct sevl_sha256 *stream,
                                   uint32_t number)
{
    if (number == 1)
        return sevl_sev_launch_digest_append_cpu0(guest, stream, series->scratch);
    return sevl_sev_launch_digest_append_others(guest, stream, 1, series->scratch);
}

/* The stream of each number of CPUs begins with that of a CPU less. */
static enum cli_code take_counts(const struct taker *taker, const struct sevl_sev_guest *guest,
                                 struct reference_value value)
{
    const struct sev_series *series = taker->series;
    struct sevl_sha256 stream;
    enum cli_code code = CLI_GO_ON;
    if (sevl_sev_launch_digest_start(guest, &stream) != SEVL_OK)
        return fail_hash(series);
    if (guest->cpus == 0)
        return take_digest(taker, stream, value);
    for (value.cpus = 1; value.cpus <= guest->cpus && code == CLI_GO_ON; value.cpus++) {
        if (append_cpu(series, guest, &stream, value.cpus) != SEVL_OK)
            return fail_hash(series);
        if (list_has(&series->request->cpus, value.cpus))
            code = take_digest(taker, stream, value);
    }
    return code;
}

static enum cli_code take_cpu(void *context, const struct sevl_cpu *cpu)
{
    const struct taker *taker = context;
    const struct sev_request *request = taker->series->request;
    struct sevl_sev_guest guest = taker->series->guest;
    guest.cpus = list_largest(&request->cpus);
    if (cpu != NULL)
        guest.cpu = *cpu;
    const struct reference_value value = {.cpu = cpu,
                                          .has_signature = request->signatures.count > 0};
    return take_counts(taker, &guest, value);
}

enum cli_code sev_series_compute(const struct sev_series *series, sev_take_value *take,
                                 void *context)
{
    const struct cpu_lists lists = sev_request_lists(series->request);
    struct taker taker = {series, take, context};
    if (!sev_request_is_es(series->request) || series->request->has_pages)
        return take_cpu(&taker, NULL);
    return cpu_lists_visit(&lists, take_cpu, &taker);
}
