/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "evidence.h"

#include <string.h>

#include "text.h"

/* The least memory that files are still read through, beside CPU pages. */
#define LEAST_BUFFER 256

static bool fail_hash(struct console *console)
{
    return console_fail(console, CODE_FAILED, "SHA-256 failed");
}

static bool check(enum sevl_result result, struct console *console)
{
    return result == SEVL_OK || fail_hash(console);
}

/* Nobody launches nothing: the file is another, or was not written yet. */
static bool fail_empty(struct console *console, const char *option, const char *path)
{
    return console_fail(console, CODE_USAGE, option, ": expected a file that is not empty, but '",
                        path, "' has 0 bytes");
}

static void debug_digest(const struct console *console, const char *label,
                         struct sevl_digest digest)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    if (console->debug && sevl_digest_finish(&digest, hash) == SEVL_OK)
        console_debug(console, label, hash, sizeof hash);
}

struct firmware {
    struct sevl_digest *digest;
    uint64_t *size;
    struct sevl_tail tail;
};

static enum sevl_result take_firmware(void *context, const void *data, size_t size)
{
    struct firmware *firmware = context;
    *firmware->size += size;
    sevl_tail_update(&firmware->tail, data, size);
    return sevl_digest_update(firmware->digest, data, size);
}

static bool read_firmware(struct evidence *evidence, struct console *console, const char *path)
{
    struct sevl_evidence *measured = &evidence->measured;
    struct firmware firmware = {&measured->guest.firmware, &measured->firmware_size, {.size = 0}};
    if (!check(sevl_digest_init(firmware.digest), console) ||
        !input_stream(take_firmware, &firmware, console, path, evidence->buffer))
        return false;
    if (measured->firmware_size == 0)
        return fail_empty(console, "--firmware", path);
    measured->has_firmware = true;
    debug_digest(console, "Loader(sha256)", measured->guest.firmware);
    if (sevl_footer_read(&evidence->footer, &firmware.tail) == SEVL_ERROR_ENCODING)
        warnings_give(&evidence->warnings, console, WARNING_TABLE, path);
    return true;
}

struct part {
    struct sevl_digest digest;
    bool is_empty;
};

static enum sevl_result take_part(void *context, const void *data, size_t size)
{
    struct part *part = context;
    part->is_empty = part->is_empty && size == 0;
    return sevl_digest_update(&part->digest, data, size);
}

/* NULL for the path: nothing is hashed. NULL for the option: it may be empty. */
static bool hash_file(uint8_t hash[SEVL_SHA256_SIZE], const char *label, struct console *console,
                      const char *option, const char *path, struct buffer buffer)
{
    struct part part = {.is_empty = true};
    if (!check(sevl_digest_init(&part.digest), console))
        return false;
    if (path != NULL && !input_stream(take_part, &part, console, path, buffer))
        return false;
    if (option != NULL && part.is_empty)
        return fail_empty(console, option, path);
    if (!check(sevl_digest_finish(&part.digest, hash), console))
        return false;
    console_debug(console, label, hash, SEVL_SHA256_SIZE);
    return true;
}

static enum sevl_result take_cmdline(void *context, const void *data, size_t size)
{
    return sevl_cmdline_update(context, data, size);
}

static bool hash_cmdline(struct sevl_evidence *measured, struct console *console,
                         const struct request *request, struct buffer buffer)
{
    struct sevl_cmdline *cmdline = &measured->cmdline;
    const char *text = request->cmdline == NULL ? "" : request->cmdline;
    if (!check(sevl_cmdline_init(cmdline), console) ||
        !check(sevl_cmdline_update(cmdline, text, text_length(text)), console))
        return false;
    if (request->cmdline_file != NULL &&
        !input_stream(take_cmdline, cmdline, console, request->cmdline_file, buffer))
        return false;
    if (!check(sevl_cmdline_hash(cmdline, measured->guest.kernel.cmdline), console))
        return false;
    console_debug(console, "Cmdline(sha256)", measured->guest.kernel.cmdline, SEVL_SHA256_SIZE);
    return true;
}

static bool read_kernel(struct evidence *evidence, struct console *console,
                        const struct request *request)
{
    struct sevl_guest *guest = &evidence->measured.guest;
    if (request->kernel == NULL)
        return true;
    guest->has_kernel = true;
    return hash_file(guest->kernel.kernel, "Kernel(sha256)", console, "--kernel", request->kernel,
                     evidence->buffer) &&
           hash_file(guest->kernel.initrd, "Initrd(sha256)", console, NULL, request->initrd,
                     evidence->buffer) &&
           hash_cmdline(&evidence->measured, console, request, evidence->buffer);
}

static bool is_es_launch(const struct evidence *evidence)
{
    return (evidence->measured.launch.policy & SEVL_POLICY_ES) != 0;
}

/* Takes a page off the end of the memory that files are read through. */
static uint8_t *take_page(struct buffer *buffer)
{
    if (buffer->size < SEVL_VMSA_SIZE + LEAST_BUFFER)
        return NULL;
    buffer->size -= SEVL_VMSA_SIZE;
    return (uint8_t *)buffer->memory + buffer->size;
}

static bool read_page(const uint8_t **page, struct evidence *evidence, struct console *console,
                      const char *option, const char *path)
{
    if (path == NULL)
        return true;
    uint8_t *memory = take_page(&evidence->buffer);
    *page = memory;
    if (memory == NULL)
        return console_fail(console, CODE_FAILED, option, ": this machine has too little memory");
    return input_exactly(memory, SEVL_VMSA_SIZE, console, option, path);
}

static bool check_reset_address(const struct evidence *evidence, struct console *console,
                                const struct request *request)
{
    const struct sevl_guest *guest = &evidence->measured.guest;
    return guest->cpus < 2 || guest->vmsa_cpu0 != NULL || guest->reset_address != 0 ||
           console_fail(console, CODE_FAILED, "'", request->firmware,
                        "' does not tell where CPUs but the first start: it is not built for "
                        "SEV-ES");
}

static bool read_cpus(struct evidence *evidence, struct console *console,
                      const struct request *request)
{
    struct sevl_guest *guest = &evidence->measured.guest;
    bool builds_pages = is_es_launch(evidence) || request->vmsa_out != NULL;
    guest->cpu = request->cpu;
    guest->reset_address = evidence->footer.reset_address;
    if (request->has_cpu || request->vmsa_cpu0 != NULL)
        guest->cpus = request->cpus;
    return read_page(&guest->vmsa_cpu0, evidence, console, "--vmsa-cpu0", request->vmsa_cpu0) &&
           read_page(&guest->vmsa_cpu1, evidence, console, "--vmsa-cpu1", request->vmsa_cpu1) &&
           (!builds_pages || check_reset_address(evidence, console, request));
}

struct sevl_scratch evidence_scratch(const struct evidence *evidence)
{
    return (struct sevl_scratch){evidence->buffer.memory, evidence->buffer.size};
}

static bool compute_digest(struct evidence *evidence, struct console *console)
{
    struct sevl_guest guest = evidence->measured.guest;
    if (!is_es_launch(evidence))
        guest.cpus = 0;
    return check(sevl_guest_digest(&guest, evidence_scratch(evidence),
                                   evidence->measured.launch_digest),
                 console);
}

static bool read_guest(struct evidence *evidence, struct console *console,
                       const struct request *request)
{
    return read_firmware(evidence, console, request->firmware) &&
           read_kernel(evidence, console, request) && read_cpus(evidence, console, request) &&
           compute_digest(evidence, console);
}

bool evidence_gather(struct evidence *evidence, struct console *console,
                     const struct request *request, const struct state *state, struct buffer buffer)
{
    struct sevl_evidence *measured = &evidence->measured;
    memset(evidence, 0, sizeof *evidence);
    evidence->buffer = buffer;
    measured->launch = state->launch;
    measured->reported = state->reported;
    memcpy(measured->launch_digest, request->launch_digest, SEVL_SHA256_SIZE);
    if (request->firmware != NULL && !read_guest(evidence, console, request))
        return false;
    console_debug(console, "Measured-data(sha256)", measured->launch_digest, SEVL_SHA256_SIZE);
    const struct warning_facts facts = {request, &evidence->footer, is_es_launch(evidence)};
    warnings_find(&evidence->warnings, console, &facts);
    return true;
}
