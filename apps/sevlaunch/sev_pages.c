/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_pages.h"

#include "cli/text.h"

static enum cli_code add_file(struct sev_pages *pages, const struct cli_console *console,
                              const uint8_t *bytes, size_t size)
{
    struct guest_input *input = &pages->inputs[pages->files++];
    struct sevl_sha256 stream;
    *input = (struct guest_input){.has_size = true, .size = size};
    if (sevl_sha256_init(&stream) != SEVL_OK ||
        sevl_sha256_update(&stream, bytes, size) != SEVL_OK ||
        sevl_sha256_finish(&stream, input->sha256) != SEVL_OK)
        return cli_error(console, CLI_FAILED, "SHA-256 failed");
    return CLI_GO_ON;
}

static enum cli_code read_page(struct sev_pages *pages, const struct cli_console *console,
                               const struct cli_arguments *arguments, size_t option,
                               const uint8_t **page)
{
    uint8_t *bytes = pages->bytes + pages->files * SEVL_VMSA_SIZE;
    const char *path = arguments->value[option];
    if (path == NULL)
        return CLI_GO_ON;
    enum cli_code code =
        cli_read_exactly(bytes, SEVL_VMSA_SIZE, console, cli_name(arguments, option), path);
    *page = bytes;
    return code == CLI_GO_ON ? add_file(pages, console, bytes, SEVL_VMSA_SIZE) : code;
}

static enum cli_code read_joined(struct sev_pages *pages, const struct cli_console *console,
                                 const char *path)
{
    size_t size = 0;
    enum cli_code code =
        cli_read_all(pages->bytes, sizeof pages->bytes, &size, console, "--vmsa-cpu0", path);
    if (code != CLI_GO_ON)
        return code;
    if (size == SEVL_VMSA_SIZE)
        return cli_error(console, CLI_USAGE,
                         "--vmsa-cpu1 is required: there are more CPUs than one, and '", path,
                         "' holds the state of one");
    if (size != sizeof pages->bytes)
        return cli_error(console, CLI_USAGE, "--vmsa-cpu0: expected 4096 bytes in '", path,
                         "', or 8192 with the other CPUs' state, but got ",
                         text_decimal(size).text);
    pages->cpu0 = pages->bytes;
    pages->cpu1 = pages->bytes + SEVL_VMSA_SIZE;
    return add_file(pages, console, pages->bytes, sizeof pages->bytes);
}

enum cli_code sev_pages_read(struct sev_pages *pages, const struct cli_console *console,
                             const struct sev_request *request)
{
    const struct cli_arguments *arguments = request->arguments;
    bool is_split = cli_has(arguments, SEV_OPTION_VMSA_CPU1);
    if (request->has_pages && !is_split && list_largest(&request->cpus) > 1)
        return read_joined(pages, console, arguments->value[SEV_OPTION_VMSA_CPU0]);
    enum cli_code code = read_page(pages, console, arguments, SEV_OPTION_VMSA_CPU0, &pages->cpu0);
    if (code == CLI_GO_ON)
        code = read_page(pages, console, arguments, SEV_OPTION_VMSA_CPU1, &pages->cpu1);
    return code;
}
