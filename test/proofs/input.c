/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How the command reads files of 0 to 6 bytes, in any pieces and with any failure: as a key
 * of 1 to 3 bytes, or through a buffer of that size. Every byte comes once, in order, and
 * none is written outside the buffer; what is not a key is wiped.
 */
#include "wipe_model.h"

#include <apps/cli/input.c>

static const char option_name[] = "option";
static const char path[] = "path";
static const uint8_t file[6];
static size_t file_size;
static size_t given; /* of the file, so far */
static bool is_open;
static bool has_failed;
static bool is_refused; /* by take() */
static int lines;
static uint8_t taken[sizeof file];
static size_t taken_size;

enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                           const char *const parts[])
{
    PROVE(code != CLI_USAGE || parts[1] == option_name);
    lines++;
    return code;
}

/* Of what was read: to say what a file of another size looks like. */
const char *looks_like_text(const void *bytes, size_t size)
{
    PROVE(__CPROVER_r_ok(bytes, size));
    return "";
}

bool port_open(struct port_source *source, const char *name)
{
    PROVE(name == path);
    is_open = nondet_bool();
    has_failed = !is_open;
    return is_open;
}

bool port_read(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    size_t left = file_size - given;
    size_t count = left == 0 ? 0 : 1 + any_below(left < size ? left : size);
    PROVE(is_open && !has_failed && size > 0 && __CPROVER_w_ok(buffer, size));
    has_failed = nondet_bool();
    *got = 0;
    if (has_failed)
        return false;
    for (size_t i = 0; i < count; i++)
        ((uint8_t *)buffer)[i] = file[given + i];
    watch(buffer, size);
    given += count;
    *got = count;
    return true;
}

void port_close(struct port_source *source)
{
    PROVE(is_open);
    is_open = false;
}

const char *port_reason(const struct port_source *source)
{
    return "";
}

static enum sevl_result take(void *context, const void *data, size_t size)
{
    for (size_t i = 0; i < size; i++)
        taken[taken_size + i] = ((const uint8_t *)data)[i];
    taken_size += size;
    has_failed = nondet_bool();
    is_refused = has_failed && nondet_bool();
    if (is_refused)
        return SEVL_ERROR_ENCODING;
    return has_failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static void read_key(size_t size)
{
    uint8_t memory[3];
    const struct cli_console console = {.quiet = false};
    uint8_t *bytes = ENDING(memory, size);
    size_t i = any_below(size);
    kept[0] = memory;

    enum cli_code code = cli_read_exactly(bytes, size, &console, option_name, path);

    bool is_read = code == CLI_GO_ON;
    REACHES(is_read && size == 3);
    REACHES(!is_read && !has_failed && file_size == 6);
    REACHES(!is_read && has_failed && given > 0);
    PROVE(!is_open && lines == (is_read ? 0 : 1));
    PROVE(is_read == (!has_failed && file_size == size));
    PROVE(is_read || code == (has_failed ? CLI_FAILED : CLI_USAGE));
    PROVE(!is_read || bytes[i] == file[i]);
    PROVE(is_read || given == 0 || bytes[i] == 0);
    prove_wiped();
}

static void stream(size_t size)
{
    uint8_t memory[3];
    const struct cli_console console = {.quiet = false};
    struct cli_buffer buffer = {ENDING(memory, size), size};
    size_t i = any_below(sizeof file);

    enum cli_code code = cli_stream(take, NULL, &console, path, buffer);

    REACHES(code == CLI_GO_ON && taken_size == 6);
    REACHES(code == CLI_USAGE);
    PROVE(!is_open && lines == (code == CLI_FAILED ? 1 : 0));
    PROVE((code == CLI_USAGE) == is_refused);
    PROVE(is_refused || code == (has_failed ? CLI_FAILED : CLI_GO_ON));
    PROVE(code != CLI_GO_ON || taken_size == file_size);
    PROVE(i >= taken_size || taken[i] == file[i]);
}

int main(void)
{
    __CPROVER_havoc_object((void *)file);
    file_size = any_below(sizeof file + 1);
    if (CASE < 3)
        read_key(1 + CASE);
    else
        stream(CASE - 2);
}
