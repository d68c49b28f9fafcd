/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/input.h"

#include <sevlaunch/wipe.h>

#include "cli/looks.h"
#include "cli/text.h"

/* How far a file that is too long is read on to tell its size. */
static size_t largest_count(size_t size)
{
    return size < 65536 ? 65536 : size;
}

static enum cli_code fail_source(const struct cli_console *console, const char *doing,
                                 const char *path, const struct port_source *source)
{
    return cli_error(console, CLI_FAILED, "cannot ", doing, " '", path, "': ", port_reason(source));
}

/* A port that returns more bytes than requested has overrun the buffer. */
static bool read_some(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    return port_read(source, buffer, size, got) && *got <= size;
}

/* Inline, so that a command which calls one of its callers has no call more. */
__attribute__((always_inline)) static inline enum cli_code
stream_source(cli_take *take, void *context, const struct cli_console *console, const char *path,
              struct port_source *source, struct cli_buffer buffer)
{
    size_t got;
    do {
        if (!read_some(source, buffer.memory, buffer.size, &got))
            return fail_source(console, "read", path, source);
        enum sevl_result result = take(context, buffer.memory, got);
        if (result == SEVL_ERROR_ENCODING)
            return CLI_USAGE;
        if (result != SEVL_OK)
            return cli_error(console, CLI_FAILED, "the hash of '", path, "' failed");
    } while (got > 0);
    return CLI_GO_ON;
}

enum cli_code cli_stream(cli_take *take, void *context, const struct cli_console *console,
                         const char *path, struct cli_buffer buffer)
{
    struct port_source source;
    if (!port_open(&source, path))
        return fail_source(console, "open", path, &source);
    enum cli_code code = stream_source(take, context, console, path, &source, buffer);
    port_close(&source);
    return code;
}

enum cli_code cli_stream_sized(cli_begin *begin, cli_take *take, void *context,
                               const struct cli_console *console, const char *path,
                               struct cli_buffer buffer)
{
    uint64_t size;
    struct port_source source;
    if (!port_open(&source, path))
        return fail_source(console, "open", path, &source);
    bool is_known = port_size(&source, &size);
    begin(context, is_known, size);
    enum cli_code code = stream_source(take, context, console, path, &source, buffer);
    port_close(&source);
    return code;
}

/* Fills the bytes, then counts what is more. */
static bool read_counting(uint8_t *bytes, size_t size, struct port_source *source, size_t *total)
{
    uint8_t excess[64];
    size_t got;
    bool read;
    *total = 0;
    do {
        if (*total < size)
            read = read_some(source, bytes + *total, size - *total, &got);
        else
            read = read_some(source, excess, sizeof excess, &got);
        *total += got;
    } while (read && got > 0 && *total <= largest_count(size));
    sevl_wipe(excess, sizeof excess);
    return read;
}

enum cli_code cli_fail_empty(const struct cli_console *console, const char *name, const char *path)
{
    return cli_error(console, CLI_USAGE, name, ": expected a file that is not empty, but '", path,
                     "' has 0 bytes");
}

/* `start` is of the file: as many bytes as there are, up to `size`. */
static enum cli_code fail_size(const struct cli_console *console, const char *name,
                               const char *path, const char *expected, size_t size, size_t total,
                               const uint8_t *start)
{
    bool is_counted = total <= largest_count(size);
    return cli_error(console, CLI_USAGE, name, ": expected ", expected, text_decimal(size).text,
                     " bytes in '", path, "', but got ", is_counted ? "" : "more than ",
                     text_decimal(is_counted ? total : largest_count(size)).text,
                     looks_like_text(start, total < size ? total : size));
}

/* From `min` to `max` bytes: they are equal where the size is given. */
static enum cli_code read_source(uint8_t *bytes, size_t min, size_t max, size_t *total,
                                 const struct cli_console *console, const char *name,
                                 const char *path, struct port_source *source)
{
    if (!read_counting(bytes, max, source, total))
        return fail_source(console, "read", path, source);
    if (*total < min || *total > max)
        return fail_size(console, name, path, min == max ? "" : "at most ", max, *total, bytes);
    return CLI_GO_ON;
}

static enum cli_code open_and_read(uint8_t *bytes, size_t min, size_t max, size_t *total,
                                   const struct cli_console *console, const char *name,
                                   const char *path)
{
    struct port_source source;
    if (!port_open(&source, path))
        return fail_source(console, "open", path, &source);
    enum cli_code code = read_source(bytes, min, max, total, console, name, path, &source);
    port_close(&source);
    if (code != CLI_GO_ON)
        sevl_wipe(bytes, max);
    return code;
}

enum cli_code cli_read_all(void *bytes, size_t max, size_t *size, const struct cli_console *console,
                           const char *name, const char *path)
{
    return open_and_read(bytes, 0, max, size, console, name, path);
}

enum cli_code cli_read_exactly(void *bytes, size_t size, const struct cli_console *console,
                               const char *name, const char *path)
{
    size_t total;
    return open_and_read(bytes, size, size, &total, console, name, path);
}

enum cli_code cli_read_key(void *key, size_t size, const struct cli_console *console,
                           const char *name, const char *path)
{
    enum cli_code code = cli_read_exactly(key, size, console, name, path);
    if (code != CLI_GO_ON || !looks_hexadecimal(key, size))
        return code;
    sevl_wipe(key, size);
    return cli_error(console, CLI_USAGE, name, ": expected a key of ", text_decimal(size).text,
                     " bytes in '", path,
                     "', but got as many characters of hexadecimal text: decode it first");
}
