/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_digest.h"

#include <string.h>

#include "cli/help.h"
#include "cli/parse.h"
#include "digest_format.h"
#include "guest/firmware_kind.h"
#include "sev_firmware.h"
#include "sev_pages.h"
#include "sev_values.h"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct cli_buffer buffer;
    struct sev_request request;
    struct sev_firmware firmware;
    struct guest_kernel kernel;
    struct sev_pages pages;
    struct sev_series series;
    struct cli_json json;
    uint64_t left; /* of the values */
};

static enum cli_code read_request(struct run *run)
{
    return sev_request_read(&run->request, &run->console, &run->arguments);
}

static enum cli_code read_firmware(struct run *run)
{
    return sev_firmware_read(&run->firmware, &run->console,
                             run->arguments.value[SEV_OPTION_FIRMWARE], run->buffer);
}

static enum cli_code read_kernel(struct run *run)
{
    return guest_kernel_read(&run->kernel, &run->arguments, &run->console, &sev_guest_options,
                             run->buffer);
}

static enum cli_code read_pages(struct run *run)
{
    return sev_pages_read(&run->pages, &run->console, &run->request);
}

/* libkrun's firmware has no table. */
static enum cli_code check_firmware(struct run *run)
{
    const struct sevl_ovmf_footer *footer = &run->firmware.footer;
    if (run->kernel.is_given && footer->hash_table.size < SEVL_KERNEL_HASHES_TABLE_SIZE)
        return firmware_fail_kernel(&run->console);
    if (sev_request_needs_reset_address(&run->request) && footer->reset_address == 0)
        return firmware_fail_cpus(&run->console);
    if (!run->firmware.has_table && run->request.vmm != SEVL_VMM_KRUN)
        cli_warn(&run->console, "'", run->arguments.value[SEV_OPTION_FIRMWARE],
                 "' does not end in OVMF's table: it is cut short, or is other firmware");
    return CLI_GO_ON;
}

static enum cli_code set_guest(struct run *run)
{
    struct sevl_sev_guest *guest = &run->series.guest;
    run->series.request = &run->request;
    run->series.console = &run->console;
    run->series.scratch = (struct sevl_scratch){run->buffer.memory, run->buffer.size};
    guest->firmware = run->firmware.stream;
    guest->has_kernel = run->kernel.is_given;
    guest_kernel_hashes(&run->kernel, &guest->kernel);
    guest->reset_address = run->request.vmm == SEVL_VMM_KRUN ? SEVL_RESET_ADDRESS_KRUN
                                                             : run->firmware.footer.reset_address;
    guest->vmsa_cpu0 = run->pages.cpu0;
    guest->vmsa_cpu1 = run->pages.cpu1;
    return CLI_GO_ON;
}

static enum cli_code print_value(void *context, const struct reference_value *value)
{
    const struct run *run = context;
    return digest_format_print(&run->console, run->request.is_base64, value->digest, value->size);
}

static enum cli_code put_value(void *context, const struct reference_value *value)
{
    struct run *run = context;
    run->left--;
    reference_json_value(&run->json, value, run->left == 0);
    return CLI_GO_ON;
}

static void begin_document(struct run *run)
{
    bool is_es = sev_request_is_es(&run->request);
    bool is_built = is_es && !run->request.has_pages;
    struct reference_inputs inputs = {.count = 0};
    reference_add_input(&inputs, "firmware", &run->firmware.input);
    reference_add_kernel(&inputs, &run->kernel);
    if (run->pages.files > 0)
        reference_add_input(&inputs, "vmsa-cpu0", &run->pages.inputs[0]);
    if (run->pages.files > 1)
        reference_add_input(&inputs, "vmsa-cpu1", &run->pages.inputs[1]);
    reference_json_begin(&run->json);
    reference_json_inputs(&run->json, is_es ? "sev-es" : "sev",
                          is_built ? sev_vmm_words[run->request.vmm] : NULL, &inputs);
    reference_json_begin_values(&run->json);
}

static enum cli_code print_values(struct run *run)
{
    run->left = sev_request_values(&run->request);
    if (!cli_has(&run->arguments, SEV_OPTION_JSON) && run->left == 1)
        return sev_series_compute(&run->series, print_value, run);
    begin_document(run);
    enum cli_code code = sev_series_compute(&run->series, put_value, run);
    if (code != CLI_GO_ON)
        return code;
    return cli_check_printed(&run->console, reference_json_end(&run->json));
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {read_request,   read_firmware, read_kernel, read_pages,
                         check_firmware, set_guest,     print_values};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

enum cli_code sev_digest(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    run.buffer = buffer;
    enum cli_code code = cli_parse(&run.arguments, &run.console, &sev_digest_command, words);
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, SEV_OPTION_HELP))
        return cli_print_help(&sev_digest_command, &run.console);
    return run_steps(&run);
}
