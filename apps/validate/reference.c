/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference.h"

#include <string.h>

#include "cli/text.h"
#include "firmware.h"

/* The smallest memory that files are still read through, beside CPU pages. */
#define BUFFER_SIZE_MIN 256

static enum cli_code fail_hash(const struct cli_console *console)
{
    return cli_error(console, CLI_FAILED, "SHA-256 failed");
}

struct part {
    struct sevl_sha256 stream;
    bool is_empty;
};

static enum sevl_result take_part(void *context, const void *data, size_t size)
{
    struct part *part = context;
    part->is_empty = part->is_empty && size == 0;
    return sevl_sha256_update(&part->stream, data, size);
}

/* What the hash of a file needs to know, beside the request. */
struct hashed_file {
    size_t option;
    const char *label; /* for --debug */
    bool may_be_empty; /* or not be given */
};

/* Without the option, of no bytes. */
static enum cli_code hash_file(uint8_t hash[SEVL_SHA256_SIZE], const struct hashed_file *file,
                               const struct cli_console *console, const struct request *request,
                               struct cli_buffer buffer)
{
    struct part part = {.is_empty = true};
    const char *path = request_value(request, file->option);
    enum cli_code code = CLI_GO_ON;
    if (sevl_sha256_init(&part.stream) != SEVL_OK)
        return fail_hash(console);
    if (path != NULL)
        code = cli_stream(take_part, &part, console, path, buffer);
    if (code != CLI_GO_ON)
        return code;
    if (part.is_empty && !file->may_be_empty)
        return cli_fail_empty(console, cli_name(request->arguments, file->option), path);
    if (sevl_sha256_finish(&part.stream, hash) != SEVL_OK)
        return fail_hash(console);
    cli_debug(console, file->label, hash, SEVL_SHA256_SIZE);
    return CLI_GO_ON;
}

static enum sevl_result take_cmdline(void *context, const void *data, size_t size)
{
    return sevl_cmdline_update(context, data, size);
}

static enum cli_code hash_cmdline(struct sevl_reference_values *values,
                                  const struct cli_console *console, const struct request *request,
                                  struct cli_buffer buffer)
{
    struct sevl_cmdline *cmdline = &values->cmdline;
    const char *given = request_value(request, OPTION_CMDLINE);
    const char *path = request_value(request, OPTION_CMDLINE_FILE);
    const char *text = given == NULL ? "" : given;
    enum cli_code code = CLI_GO_ON;
    if (sevl_cmdline_init(cmdline) != SEVL_OK ||
        sevl_cmdline_update(cmdline, text, text_length(text)) != SEVL_OK)
        return fail_hash(console);
    if (path != NULL)
        code = cli_stream(take_cmdline, cmdline, console, path, buffer);
    if (code != CLI_GO_ON)
        return code;
    if (sevl_cmdline_hash(cmdline, values->guest.kernel.cmdline) != SEVL_OK)
        return fail_hash(console);
    cli_debug(console, "Cmdline(sha256)", values->guest.kernel.cmdline, SEVL_SHA256_SIZE);
    return CLI_GO_ON;
}

static enum cli_code read_kernel(struct reference *reference, const struct cli_console *console,
                                 const struct request *request)
{
    static const struct hashed_file kernel = {OPTION_KERNEL, "Kernel(sha256)", false};
    static const struct hashed_file initrd = {OPTION_INITRD, "Initrd(sha256)", true};
    struct sevl_sev_guest *guest = &reference->values.guest;
    if (!request_has(request, OPTION_KERNEL))
        return CLI_GO_ON;
    guest->has_kernel = true;
    enum cli_code code =
        hash_file(guest->kernel.kernel, &kernel, console, request, reference->buffer);
    if (code == CLI_GO_ON)
        code = hash_file(guest->kernel.initrd, &initrd, console, request, reference->buffer);
    if (code == CLI_GO_ON)
        code = hash_cmdline(&reference->values, console, request, reference->buffer);
    return code;
}

/* Takes `count` pages off the end of the memory that files are read through. */
static enum cli_code take_pages(uint8_t **pages, struct cli_buffer *buffer, size_t count,
                                const struct cli_console *console, const char *name)
{
    if (buffer->size < count * SEVL_VMSA_SIZE + BUFFER_SIZE_MIN)
        return cli_error(console, CLI_FAILED, name, ": this machine has too little memory");
    buffer->size -= count * SEVL_VMSA_SIZE;
    *pages = (uint8_t *)buffer->memory + buffer->size;
    return CLI_GO_ON;
}

static enum cli_code read_page(const uint8_t **page, struct reference *reference,
                               const struct cli_console *console, const struct request *request,
                               size_t option)
{
    const char *name = cli_name(request->arguments, option);
    uint8_t *memory = NULL;
    if (!request_has(request, option))
        return CLI_GO_ON;
    enum cli_code code = take_pages(&memory, &reference->buffer, 1, console, name);
    *page = memory;
    if (code != CLI_GO_ON)
        return code;
    return cli_read_exactly(memory, SEVL_VMSA_SIZE, console, name, request_value(request, option));
}

/* CPU 0's page, and that of all others after it: as --vmsa-out writes them. */
static enum cli_code read_joined_pages(struct reference *reference,
                                       const struct cli_console *console,
                                       const struct request *request)
{
    struct sevl_sev_guest *guest = &reference->values.guest;
    const char *name = cli_name(request->arguments, OPTION_VMSA_CPU0);
    const char *path = request_value(request, OPTION_VMSA_CPU0);
    uint8_t *memory = NULL;
    size_t size = 0;
    enum cli_code code = take_pages(&memory, &reference->buffer, 2, console, name);
    if (code == CLI_GO_ON)
        code = cli_read_all(memory, (size_t)2 * SEVL_VMSA_SIZE, &size, console, name, path);
    if (code != CLI_GO_ON)
        return code;
    guest->vmsa_cpu0 = memory;
    guest->vmsa_cpu1 = memory + SEVL_VMSA_SIZE;
    if (size == SEVL_VMSA_SIZE)
        return cli_error(console, CLI_USAGE,
                         "--vmsa-cpu1 is required: there are more CPUs than one, "
                         "and '",
                         path, "' holds the state of one");
    if (size != (size_t)2 * SEVL_VMSA_SIZE)
        return cli_error(console, CLI_USAGE, name, ": expected 4096 bytes in '", path,
                         "', or 8192 with the other CPUs' state, but got ",
                         text_decimal(size).text);
    return CLI_GO_ON;
}

/* Pages that are given are enough for all CPUs, whatever the policy is. */
static enum cli_code read_pages(struct reference *reference, const struct cli_console *console,
                                const struct request *request)
{
    struct sevl_sev_guest *guest = &reference->values.guest;
    if (request->cpus > 1 && request_has(request, OPTION_VMSA_CPU0) &&
        !request_has(request, OPTION_VMSA_CPU1))
        return read_joined_pages(reference, console, request);
    enum cli_code code =
        read_page(&guest->vmsa_cpu0, reference, console, request, OPTION_VMSA_CPU0);
    if (code == CLI_GO_ON)
        code = read_page(&guest->vmsa_cpu1, reference, console, request, OPTION_VMSA_CPU1);
    return code;
}

static enum cli_code check_reset_address(const struct reference *reference,
                                         const struct cli_console *console,
                                         const struct request *request)
{
    const struct sevl_sev_guest *guest = &reference->values.guest;
    if (guest->cpus < 2 || guest->vmsa_cpu0 != NULL || guest->reset_address != 0)
        return CLI_GO_ON;
    return firmware_fail_reset(reference, console, request);
}

static enum cli_code read_cpus(struct reference *reference, const struct cli_console *console,
                               const struct request *request, bool is_es)
{
    struct sevl_sev_guest *guest = &reference->values.guest;
    bool builds_pages = is_es || request_has(request, OPTION_VMSA_OUT);
    guest->cpu = request->cpu;
    guest->reset_address = request->cpu.vmm == SEVL_VMM_KRUN ? SEVL_RESET_ADDRESS_KRUN
                                                             : reference->footer.reset_address;
    if (request->has_cpu || request_has(request, OPTION_VMSA_CPU0))
        guest->cpus = request->cpus;
    enum cli_code code = read_pages(reference, console, request);
    if (code == CLI_GO_ON && builds_pages)
        code = check_reset_address(reference, console, request);
    return code;
}

struct sevl_scratch reference_scratch(const struct reference *reference)
{
    return (struct sevl_scratch){reference->buffer.memory, reference->buffer.size};
}

static enum cli_code compute_digest(struct reference *reference, const struct cli_console *console,
                                    bool is_es)
{
    struct sevl_sev_guest guest = reference->values.guest;
    if (!is_es)
        guest.cpus = 0;
    if (sevl_sev_launch_digest(&guest, reference_scratch(reference),
                               reference->values.launch_digest) != SEVL_OK)
        return fail_hash(console);
    return CLI_GO_ON;
}

static enum cli_code read_guest(struct reference *reference, const struct cli_console *console,
                                const struct request *request, bool is_es)
{
    if (!request_has(request, OPTION_FIRMWARE))
        return CLI_GO_ON;
    enum cli_code code = firmware_read(reference, console, request);
    if (code == CLI_GO_ON)
        code = read_kernel(reference, console, request);
    if (code == CLI_GO_ON)
        code = read_cpus(reference, console, request, is_es);
    if (code == CLI_GO_ON)
        code = compute_digest(reference, console, is_es);
    return code;
}

enum cli_code reference_read(struct reference *reference, const struct cli_console *console,
                             const struct request *request, uint32_t policy,
                             struct cli_buffer buffer)
{
    struct sevl_reference_values *values = &reference->values;
    bool is_es = sevl_policy_is_es(policy);
    memset(reference, 0, sizeof *reference);
    reference->buffer = buffer;
    reference->table = SEVL_OK;
    memcpy(values->launch_digest, request->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    enum cli_code code = read_guest(reference, console, request, is_es);
    if (code != CLI_GO_ON)
        return code;
    cli_debug(console, "Measured-data(sha256)", values->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    const struct warning_facts facts = {request, &reference->footer, reference->table, policy};
    warnings_find(&reference->warnings, console, &facts);
    return CLI_GO_ON;
}
