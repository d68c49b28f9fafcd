/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_digest.h"

#include <string.h>

#include "cli/help.h"
#include "cli/parse.h"
#include "digest_format.h"
#include "guest/firmware_kind.h"
#include "snp_firmware.h"
#include "snp_info.h"
#include "snp_json.h"
#include "snp_verdict.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct cli_buffer buffer;
    struct snp_request request;
    struct snp_expected expected;
    struct snp_firmware firmware;
    struct sevl_snp_firmware_variants variants; /* collected where a value is expected */
    struct guest_kernel kernel;
    struct sevl_snp_guest guest;
    struct snp_series series;
    struct snp_json json;
};

static enum cli_code read_request(struct run *run)
{
    return snp_request_read(&run->request, &run->console, &run->arguments);
}

static enum cli_code read_expected(struct run *run)
{
    return snp_expected_read(&run->expected, &run->arguments, &run->console);
}

static enum cli_code read_firmware(struct run *run)
{
    const char *path = run->arguments.value[SNP_OPTION_FIRMWARE];
    const char *info = run->arguments.value[SNP_OPTION_FIRMWARE_INFO];
    if (info != NULL)
        return snp_info_read(&run->firmware, &run->console, info, run->buffer);
    return snp_firmware_read(&run->firmware, &run->console, path, run->request.firmware_size,
                             run->expected.is_given ? &run->variants : NULL, run->buffer);
}

static enum cli_code read_kernel(struct run *run)
{
    return guest_kernel_read(&run->kernel, &run->arguments, &run->console, &snp_guest_options,
                             run->buffer);
}

static enum cli_code set_guest(struct run *run)
{
    struct sevl_snp_guest *guest = &run->guest;
    memcpy(guest->firmware, run->firmware.digest, sizeof guest->firmware);
    guest->firmware_size = run->firmware.input.size;
    guest->metadata = run->firmware.metadata;
    guest->hash_table = run->firmware.footer.hash_table;
    guest->reset_address = run->firmware.footer.reset_address;
    guest->cpu.vmm = run->request.vmm;
    guest->has_kernel = run->kernel.is_given;
    guest_kernel_hashes(&run->kernel, &guest->kernel);
    return CLI_GO_ON;
}

/* Without it, the others would start at an address that nobody told. */
static enum cli_code check_reset_address(struct run *run)
{
    if (run->guest.reset_address != 0 || list_largest(&run->request.cpus) < 2)
        return CLI_GO_ON;
    return firmware_fail_cpus(&run->console);
}

/* Of a firmware that a guest can be launched with: what comes before the CPUs is computed. */
static enum cli_code write_info(struct run *run)
{
    const char *path = run->arguments.value[SNP_OPTION_FIRMWARE_INFO_OUT];
    return path == NULL ? CLI_GO_ON : snp_info_write(&run->firmware, &run->console, path);
}

static enum cli_code print_value(void *context, const struct snp_value *value)
{
    const struct run *run = context;
    return digest_format_print(&run->console, run->request.is_base64, value->digest,
                               sizeof value->digest);
}

static enum cli_code put_value(void *context, const struct snp_value *value)
{
    struct run *run = context;
    snp_json_value(&run->json, value);
    return CLI_GO_ON;
}

static enum cli_code begin_series(struct run *run)
{
    run->series = (struct snp_series){.request = &run->request,
                                      .console = &run->console,
                                      .scratch = {run->buffer.memory, run->buffer.size}};
    enum cli_code code = snp_series_begin(&run->series, &run->guest);
    if (code == CLI_GO_ON)
        cli_debug(&run->console, "Before CPUs(sha384)", run->series.before_cpus,
                  sizeof run->series.before_cpus);
    return code;
}

/* The first of all that were given is what a diagnosis takes for the guest. */
static struct sevl_snp_reference_values reference_of(const struct run *run)
{
    const struct snp_request *request = &run->request;
    struct sevl_snp_reference_values reference = {.guest = run->guest,
                                                  .firmware = &run->variants,
                                                  .cmdline = run->kernel.text};
    reference.guest.cpus = request->cpus.first[0];
    reference.guest.cpu = (struct sevl_cpu){.vmm = request->vmm,
                                            .signature = (uint32_t)request->signatures.number[0],
                                            .has_own_rdx = request->signatures.count > 0,
                                            .fpu = (enum sevl_fpu)request->fpus.number[0],
                                            .sev_features = request->features.number[0]};
    return reference;
}

static enum cli_code judge(struct run *run)
{
    const struct snp_verdict verdict = {.console = &run->console,
                                        .is_json = cli_has(&run->arguments, SNP_OPTION_JSON),
                                        .request = &run->request,
                                        .firmware = &run->firmware,
                                        .kernel = &run->kernel,
                                        .expected = &run->expected,
                                        .series = &run->series,
                                        .reference = reference_of(run)};
    return snp_verdict(&verdict);
}

static enum cli_code print_values(struct run *run)
{
    if (run->expected.is_given)
        return judge(run);
    if (snp_request_values(&run->request) == 0)
        return CLI_GO_ON;
    if (!cli_has(&run->arguments, SNP_OPTION_JSON) && snp_request_values(&run->request) == 1)
        return snp_series_compute(&run->series, print_value, run);
    snp_json_begin(&run->json, &run->request, &run->firmware, &run->kernel);
    enum cli_code code = snp_series_compute(&run->series, put_value, run);
    if (code != CLI_GO_ON)
        return code;
    return cli_check_printed(&run->console, snp_json_end(&run->json));
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {read_request,        read_expected, read_firmware, read_kernel, set_guest,
                         check_reset_address, begin_series,  write_info,    print_values};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

enum cli_code snp_digest(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.buffer = buffer;
    enum cli_code code = cli_parse(&run.arguments, &run.console, &snp_digest_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, SNP_OPTION_HELP))
        return cli_print_help(&snp_digest_command, &run.console);
    return run_steps(&run);
}
