/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "guest/files.h"

#include <string.h>

#include "cli/text.h"
#include "cli/values.h"

static enum cli_code fail_hash(const struct cli_console *console)
{
    return cli_error(console, CLI_FAILED, "SHA-256 failed");
}

static bool has_kernel(const struct cli_arguments *arguments, const struct guest_options *options)
{
    return cli_has(arguments, options->kernel) || cli_has(arguments, options->kernel_sha256);
}

static enum cli_code check_has_kernel(const struct cli_arguments *arguments,
                                      const struct cli_console *console,
                                      const struct guest_options *options)
{
    const uint8_t others[] = {options->initrd, options->cmdline, options->cmdline_file,
                              options->initrd_sha256, options->cmdline_sha256};
    if (has_kernel(arguments, options))
        return CLI_GO_ON;
    for (size_t i = 0; i < sizeof others; i++)
        if (cli_has(arguments, others[i]))
            return cli_error(console, CLI_USAGE, cli_name(arguments, others[i]), " requires ",
                             cli_name(arguments, options->kernel), " or ",
                             cli_name(arguments, options->kernel_sha256));
    return CLI_GO_ON;
}

enum cli_code guest_kernel_check(const struct cli_arguments *arguments,
                                 const struct cli_console *console,
                                 const struct guest_options *options)
{
    const uint8_t hashes[] = {options->kernel_sha256, options->initrd_sha256,
                              options->cmdline_sha256};
    uint8_t bytes[SEVL_SHA256_SIZE];
    enum cli_code code = check_has_kernel(arguments, console, options);
    for (size_t i = 0; i < sizeof hashes && code == CLI_GO_ON; i++)
        code = cli_read_bytes(arguments, console, hashes[i], bytes, sizeof bytes);
    return code;
}

struct hashed {
    struct sevl_sha256 stream;
    uint64_t size;
};

static enum sevl_result take_hashed(void *context, const void *data, size_t size)
{
    struct hashed *hashed = context;
    hashed->size += size;
    return sevl_sha256_update(&hashed->stream, data, size);
}

/* Of no bytes where the option is not given. */
static enum cli_code hash_file(struct guest_input *input, const struct cli_arguments *arguments,
                               const struct cli_console *console, size_t option,
                               struct cli_buffer buffer)
{
    struct hashed hashed = {.size = 0};
    const char *path = arguments->value[option];
    enum cli_code code = CLI_GO_ON;
    if (sevl_sha256_init(&hashed.stream) != SEVL_OK)
        return fail_hash(console);
    if (path != NULL)
        code = cli_stream(take_hashed, &hashed, console, path, buffer);
    if (code != CLI_GO_ON)
        return code;
    input->has_size = true;
    input->size = hashed.size;
    return sevl_sha256_finish(&hashed.stream, input->sha256) == SEVL_OK ? CLI_GO_ON
                                                                        : fail_hash(console);
}

/* A file, or the hash of one. */
static enum cli_code read_input(struct guest_input *input, const struct cli_arguments *arguments,
                                const struct cli_console *console, size_t file, size_t hash,
                                struct cli_buffer buffer)
{
    if (cli_has(arguments, hash))
        return cli_read_bytes(arguments, console, hash, input->sha256, sizeof input->sha256);
    return hash_file(input, arguments, console, file, buffer);
}

struct text {
    struct sevl_cmdline *cmdline;
    uint64_t size;
};

static enum sevl_result take_text(void *context, const void *data, size_t size)
{
    struct text *text = context;
    text->size += size;
    return sevl_cmdline_update(text->cmdline, data, size);
}

static enum cli_code hash_cmdline(struct guest_kernel *kernel,
                                  const struct cli_arguments *arguments,
                                  const struct cli_console *console,
                                  const struct guest_options *options, struct cli_buffer buffer)
{
    struct text text = {&kernel->text, 0};
    const char *given = arguments->value[options->cmdline];
    const char *path = arguments->value[options->cmdline_file];
    enum cli_code code = CLI_GO_ON;
    if (sevl_cmdline_init(&kernel->text) != SEVL_OK)
        return fail_hash(console);
    if (given != NULL && take_text(&text, given, text_length(given)) != SEVL_OK)
        return fail_hash(console);
    if (path != NULL)
        code = cli_stream(take_text, &text, console, path, buffer);
    if (code != CLI_GO_ON)
        return code;
    kernel->cmdline.has_size = true;
    kernel->cmdline.size = text.size;
    return sevl_cmdline_hash(&kernel->text, kernel->cmdline.sha256) == SEVL_OK ? CLI_GO_ON
                                                                               : fail_hash(console);
}

static enum cli_code read_cmdline(struct guest_kernel *kernel,
                                  const struct cli_arguments *arguments,
                                  const struct cli_console *console,
                                  const struct guest_options *options, struct cli_buffer buffer)
{
    if (cli_has(arguments, options->cmdline_sha256))
        return cli_read_bytes(arguments, console, options->cmdline_sha256, kernel->cmdline.sha256,
                              sizeof kernel->cmdline.sha256);
    return hash_cmdline(kernel, arguments, console, options, buffer);
}

static void debug_hashes(const struct guest_kernel *kernel, const struct cli_console *console)
{
    cli_debug(console, "Kernel(sha256)", kernel->kernel.sha256, SEVL_SHA256_SIZE);
    cli_debug(console, "Initrd(sha256)", kernel->initrd.sha256, SEVL_SHA256_SIZE);
    cli_debug(console, "Cmdline(sha256)", kernel->cmdline.sha256, SEVL_SHA256_SIZE);
}

enum cli_code guest_kernel_read(struct guest_kernel *kernel, const struct cli_arguments *arguments,
                                const struct cli_console *console,
                                const struct guest_options *options, struct cli_buffer buffer)
{
    *kernel = (struct guest_kernel){.is_given = has_kernel(arguments, options)};
    if (!kernel->is_given)
        return CLI_GO_ON;
    enum cli_code code = read_input(&kernel->kernel, arguments, console, options->kernel,
                                    options->kernel_sha256, buffer);
    if (code == CLI_GO_ON && kernel->kernel.has_size && kernel->kernel.size == 0)
        code = cli_fail_empty(console, cli_name(arguments, options->kernel),
                              arguments->value[options->kernel]);
    if (code == CLI_GO_ON)
        code = read_input(&kernel->initrd, arguments, console, options->initrd,
                          options->initrd_sha256, buffer);
    if (code == CLI_GO_ON)
        code = read_cmdline(kernel, arguments, console, options, buffer);
    if (code == CLI_GO_ON)
        debug_hashes(kernel, console);
    return code;
}

void guest_kernel_hashes(const struct guest_kernel *kernel, struct sevl_kernel_hashes *hashes)
{
    memcpy(hashes->kernel, kernel->kernel.sha256, SEVL_SHA256_SIZE);
    memcpy(hashes->initrd, kernel->initrd.sha256, SEVL_SHA256_SIZE);
    memcpy(hashes->cmdline, kernel->cmdline.sha256, SEVL_SHA256_SIZE);
}
