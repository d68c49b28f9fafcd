/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_guest.h"

#include <string.h>

#include "guest/firmware_kind.h"
#include "snp_info.h"

static enum cli_code read_firmware(struct snp_guest *guest, const struct cli_console *console,
                                   bool collects, struct cli_buffer buffer)
{
    const struct snp_request *request = &guest->request;
    const struct snp_firmware_file file = {.path = request->arguments->value[SNP_OPTION_FIRMWARE],
                                           .size = request->firmware_size,
                                           .variants = collects ? &guest->variants : NULL,
                                           .is_told = request->tells_files};
    const char *info = request->arguments->value[SNP_OPTION_FIRMWARE_INFO];
    if (info != NULL)
        return snp_info_read(&guest->firmware, console, info, buffer);
    return snp_firmware_read(&guest->firmware, console, &file, buffer);
}

static void set_measured(struct snp_guest *guest)
{
    struct sevl_snp_guest *measured = &guest->measured;
    memcpy(measured->firmware, guest->firmware.digest, sizeof measured->firmware);
    measured->firmware_size = guest->firmware.input.size;
    measured->metadata = guest->firmware.metadata;
    measured->hash_table = guest->firmware.footer.hash_table;
    measured->reset_address = guest->firmware.footer.reset_address;
    measured->cpu.vmm = guest->request.vmm;
    measured->has_kernel = guest->kernel.is_given;
    guest_kernel_hashes(&guest->kernel, &measured->kernel);
}

/* Without it, the others would start at an address that nobody told. */
static enum cli_code check_reset_address(const struct snp_guest *guest,
                                         const struct cli_console *console)
{
    if (guest->measured.reset_address != 0 || list_largest(&guest->request.cpus) < 2)
        return CLI_GO_ON;
    return firmware_fail_cpus(console);
}

static enum cli_code begin_series(struct snp_guest *guest, const struct cli_console *console,
                                  struct cli_buffer buffer)
{
    guest->series = (struct snp_series){.request = &guest->request,
                                        .console = console,
                                        .scratch = {buffer.memory, buffer.size}};
    enum cli_code code = snp_series_begin(&guest->series, &guest->measured);
    if (code == CLI_GO_ON)
        cli_debug(console, "Before CPUs(sha384)", guest->series.before_cpus,
                  sizeof guest->series.before_cpus);
    return code;
}

enum cli_code snp_guest_read(struct snp_guest *guest, const struct cli_console *console,
                             bool collects, struct cli_buffer buffer)
{
    enum cli_code code = read_firmware(guest, console, collects, buffer);
    if (code == CLI_GO_ON)
        code = guest_kernel_read(&guest->kernel, guest->request.arguments, console,
                                 &snp_guest_options, buffer);
    if (code != CLI_GO_ON)
        return code;
    set_measured(guest);
    code = check_reset_address(guest, console);
    return code == CLI_GO_ON ? begin_series(guest, console, buffer) : code;
}

struct sevl_snp_reference_values snp_guest_reference(const struct snp_guest *guest)
{
    const struct snp_request *request = &guest->request;
    struct sevl_snp_reference_values reference = {.guest = guest->measured,
                                                  .firmware = &guest->variants,
                                                  .cmdline = guest->kernel.text};
    reference.guest.cpus = request->cpus.first[0];
    reference.guest.cpu = (struct sevl_cpu){.vmm = request->vmm,
                                            .signature = (uint32_t)request->signatures.number[0],
                                            .has_own_rdx = request->signatures.count > 0,
                                            .fpu = (enum sevl_fpu)request->fpus.number[0],
                                            .sev_features = request->features.number[0]};
    return reference;
}
