/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference.h"

#include <string.h>

#include "text.h"

/* The smallest memory that files are still read through, beside CPU pages. */
#define BUFFER_SIZE_MIN 256

static bool fail_hash(struct console *console)
{
    return console_fail(console, CODE_FAILED, "SHA-256 failed");
}

/* Nobody launches nothing: the file is another, or was not written yet. */
static bool fail_empty(struct console *console, const char *option, const char *path)
{
    return console_fail(console, CODE_USAGE, option, ": expected a file that is not empty, but '",
                        path, "' has 0 bytes");
}

static void debug_digest(const struct console *console, const char *label,
                         struct sevl_sha256 digest)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    if (console->debug && sevl_sha256_finish(&digest, hash) == SEVL_OK)
        console_debug(console, label, hash, sizeof hash);
}

struct firmware {
    struct sevl_sha256 *digest;
    uint64_t *size;
    struct sevl_ovmf_tail tail;
};

static enum sevl_result take_firmware(void *context, const void *data, size_t size)
{
    struct firmware *firmware = context;
    *firmware->size += size;
    sevl_ovmf_tail_update(&firmware->tail, data, size);
    return sevl_sha256_update(firmware->digest, data, size);
}

static bool read_firmware(struct reference *reference, struct console *console, const char *path)
{
    struct sevl_reference_values *values = &reference->values;
    struct firmware firmware = {&values->guest.firmware, &values->firmware_size, {.size = 0}};
    if (sevl_sha256_init(firmware.digest) != SEVL_OK)
        return fail_hash(console);
    if (!input_stream(take_firmware, &firmware, console, path, reference->buffer))
        return false;
    if (values->firmware_size == 0)
        return fail_empty(console, "--firmware", path);
    values->has_firmware = true;
    debug_digest(console, "Loader(sha256)", values->guest.firmware);
    if (sevl_ovmf_footer_read(&reference->footer, &firmware.tail) == SEVL_ERROR_ENCODING)
        warnings_give(&reference->warnings, console, WARNING_TABLE, path);
    return true;
}

struct part {
    struct sevl_sha256 digest;
    bool is_empty;
};

static enum sevl_result take_part(void *context, const void *data, size_t size)
{
    struct part *part = context;
    part->is_empty = part->is_empty && size == 0;
    return sevl_sha256_update(&part->digest, data, size);
}

/* NULL for the path: nothing is hashed. NULL for the option: it may be empty. */
static bool hash_file(uint8_t hash[SEVL_SHA256_SIZE], const char *label, struct console *console,
                      const char *option, const char *path, struct buffer buffer)
{
    struct part part = {.is_empty = true};
    if (sevl_sha256_init(&part.digest) != SEVL_OK)
        return fail_hash(console);
    if (path != NULL && !input_stream(take_part, &part, console, path, buffer))
        return false;
    if (option != NULL && part.is_empty)
        return fail_empty(console, option, path);
    if (sevl_sha256_finish(&part.digest, hash) != SEVL_OK)
        return fail_hash(console);
    console_debug(console, label, hash, SEVL_SHA256_SIZE);
    return true;
}

static enum sevl_result take_cmdline(void *context, const void *data, size_t size)
{
    return sevl_cmdline_update(context, data, size);
}

static bool hash_cmdline(struct sevl_reference_values *values, struct console *console,
                         const struct request *request, struct buffer buffer)
{
    struct sevl_cmdline *cmdline = &values->cmdline;
    const char *text = request->cmdline == NULL ? "" : request->cmdline;
    if (sevl_cmdline_init(cmdline) != SEVL_OK ||
        sevl_cmdline_update(cmdline, text, text_length(text)) != SEVL_OK)
        return fail_hash(console);
    if (request->cmdline_file != NULL &&
        !input_stream(take_cmdline, cmdline, console, request->cmdline_file, buffer))
        return false;
    if (sevl_cmdline_hash(cmdline, values->guest.kernel.cmdline) != SEVL_OK)
        return fail_hash(console);
    console_debug(console, "Cmdline(sha256)", values->guest.kernel.cmdline, SEVL_SHA256_SIZE);
    return true;
}

static bool read_kernel(struct reference *reference, struct console *console,
                        const struct request *request)
{
    struct sevl_sev_guest *guest = &reference->values.guest;
    if (request->kernel == NULL)
        return true;
    guest->has_kernel = true;
    return hash_file(guest->kernel.kernel, "Kernel(sha256)", console, "--kernel", request->kernel,
                     reference->buffer) &&
           hash_file(guest->kernel.initrd, "Initrd(sha256)", console, NULL, request->initrd,
                     reference->buffer) &&
           hash_cmdline(&reference->values, console, request, reference->buffer);
}

/* Takes a page off the end of the memory that files are read through. */
static uint8_t *take_page(struct buffer *buffer)
{
    if (buffer->size < SEVL_VMSA_SIZE + BUFFER_SIZE_MIN)
        return NULL;
    buffer->size -= SEVL_VMSA_SIZE;
    return (uint8_t *)buffer->memory + buffer->size;
}

static bool read_page(const uint8_t **page, struct reference *reference, struct console *console,
                      const char *option, const char *path)
{
    if (path == NULL)
        return true;
    uint8_t *memory = take_page(&reference->buffer);
    *page = memory;
    if (memory == NULL)
        return console_fail(console, CODE_FAILED, option, ": this machine has too little memory");
    return input_exactly(memory, SEVL_VMSA_SIZE, console, option, path);
}

static bool check_reset_address(const struct reference *reference, struct console *console,
                                const struct request *request)
{
    const struct sevl_sev_guest *guest = &reference->values.guest;
    if (guest->cpus < 2 || guest->vmsa_cpu0 != NULL || guest->reset_address != 0)
        return true;
    return console_fail(console, CODE_FAILED, "'", request->firmware,
                        "' does not tell where CPUs but the first start: it is not built for "
                        "SEV-ES");
}

static bool read_cpus(struct reference *reference, struct console *console,
                      const struct request *request, bool is_es)
{
    struct sevl_sev_guest *guest = &reference->values.guest;
    bool builds_pages = is_es || request->vmsa_out != NULL;
    guest->cpu = request->cpu;
    guest->reset_address = reference->footer.reset_address;
    if (request->has_cpu || request->vmsa_cpu0 != NULL)
        guest->cpus = request->cpus;
    return read_page(&guest->vmsa_cpu0, reference, console, "--vmsa-cpu0", request->vmsa_cpu0) &&
           read_page(&guest->vmsa_cpu1, reference, console, "--vmsa-cpu1", request->vmsa_cpu1) &&
           (!builds_pages || check_reset_address(reference, console, request));
}

struct sevl_scratch reference_scratch(const struct reference *reference)
{
    return (struct sevl_scratch){reference->buffer.memory, reference->buffer.size};
}

static bool compute_digest(struct reference *reference, struct console *console, bool is_es)
{
    struct sevl_sev_guest guest = reference->values.guest;
    if (!is_es)
        guest.cpus = 0;
    if (sevl_sev_launch_digest(&guest, reference_scratch(reference),
                               reference->values.launch_digest) != SEVL_OK)
        return fail_hash(console);
    return true;
}

static bool read_guest(struct reference *reference, struct console *console,
                       const struct request *request, bool is_es)
{
    return read_firmware(reference, console, request->firmware) &&
           read_kernel(reference, console, request) &&
           read_cpus(reference, console, request, is_es) &&
           compute_digest(reference, console, is_es);
}

bool reference_read(struct reference *reference, struct console *console,
                    const struct request *request, uint32_t policy, struct buffer buffer)
{
    struct sevl_reference_values *values = &reference->values;
    bool is_es = sevl_policy_is_es(policy);
    memset(reference, 0, sizeof *reference);
    reference->buffer = buffer;
    memcpy(values->launch_digest, request->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    if (request->firmware != NULL && !read_guest(reference, console, request, is_es))
        return false;
    console_debug(console, "Measured-data(sha256)", values->launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    const struct warning_facts facts = {request, &reference->footer, is_es};
    warnings_find(&reference->warnings, console, &facts);
    return true;
}
