/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_chip.h"

#include <sevlaunch/base64.h>
#include <string.h>

#include "cli/text.h"

static bool read_id(uint8_t id[SEVL_SEV_CHIP_ID_SIZE], const char *text)
{
    return text_to_bytes(text, id, SEVL_SEV_CHIP_ID_SIZE) ||
           sevl_base64_decode(text, text_length(text), id, SEVL_SEV_CHIP_ID_SIZE) == SEVL_OK;
}

static bool is_other(const uint8_t a[SEVL_SEV_CHIP_ID_SIZE], const uint8_t b[SEVL_SEV_CHIP_ID_SIZE])
{
    uint8_t difference = 0;
    for (size_t i = 0; i < SEVL_SEV_CHIP_ID_SIZE; i++)
        difference |= a[i] ^ b[i];
    return difference != 0;
}

static enum cli_code check_id(const struct platform_files *files, const struct cli_console *console,
                              bool is_of_file)
{
    if (sevl_sev_chip_id_is_valid(files->chip_id))
        return CLI_GO_ON;
    char id[2 * SEVL_SEV_CHIP_ID_SIZE + 1];
    text_from_bytes(id, files->chip_id, SEVL_SEV_CHIP_ID_SIZE);
    return cli_error(console, CLI_USAGE, is_of_file ? "--chain: '" : "", files->chip_id_source,
                     is_of_file ? "': cpu0-id" : "",
                     ": expected the id of a chip, a point on secp256k1, got '", id,
                     "': it may be mistyped");
}

enum cli_code platform_chip_read(struct platform_files *files, const struct cli_console *console,
                                 const struct cli_arguments *arguments, size_t option)
{
    const char *text = arguments->value[option];
    const char *name = cli_name(arguments, option);
    uint8_t id[SEVL_SEV_CHIP_ID_SIZE];
    if (text == NULL)
        return files->chip_id_source == NULL ? CLI_GO_ON : check_id(files, console, true);
    if (!read_id(id, text))
        return cli_error(console, CLI_USAGE, name,
                         ": expected 128 hexadecimal digits, or 88 characters of base64, got '",
                         text, "'");
    if (files->chip_id_source != NULL && is_other(files->chip_id, id))
        return cli_error(console, CLI_USAGE, name, ": '", files->chip_id_source,
                         "' tells another id of the chip");
    memcpy(files->chip_id, id, sizeof id);
    files->chip_id_source = name;
    return check_id(files, console, false);
}
