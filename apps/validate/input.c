/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "input.h"

#include <sevlaunch/wipe.h>

#include "text.h"

/* How far a file that is too long is read on to tell its size. */
static size_t largest_count(size_t size)
{
    return size < 65536 ? 65536 : size;
}

static bool fail_input(struct console *console, const char *doing, const char *path,
                       const struct port_source *source)
{
    return console_fail(console, CODE_FAILED, "cannot ", doing, " '", path,
                        "': ", port_reason(source));
}

/* What counts more than it was asked for wrote who knows where. */
static bool read_some(struct port_source *source, void *buffer, size_t size, size_t *got)
{
    return port_read(source, buffer, size, got) && *got <= size;
}

static bool stream_source(input_take *take, void *context, struct console *console,
                          const char *path, struct port_source *source, struct buffer buffer)
{
    size_t got;
    do {
        if (!read_some(source, buffer.memory, buffer.size, &got))
            return fail_input(console, "read", path, source);
        if (take(context, buffer.memory, got) != SEVL_OK)
            return console_fail(console, CODE_FAILED, "the hash of '", path, "' failed");
    } while (got > 0);
    return true;
}

bool input_stream(input_take *take, void *context, struct console *console, const char *path,
                  struct buffer buffer)
{
    struct port_source source;
    if (!port_open(&source, path))
        return fail_input(console, "open", path, &source);
    bool done = stream_source(take, context, console, path, &source, buffer);
    port_close(&source);
    return done;
}

/* Fills the bytes, then counts what is more. */
static bool read_counting(uint8_t *bytes, size_t size, struct port_source *source, size_t *total)
{
    uint8_t excess[64];
    size_t got;
    bool read;
    *total = 0;
    do {
        read = *total < size ? read_some(source, bytes + *total, size - *total, &got)
                             : read_some(source, excess, sizeof excess, &got);
        *total += got;
    } while (read && got > 0 && *total <= largest_count(size));
    sevl_wipe(excess, sizeof excess);
    return read;
}

static bool fail_size(struct console *console, const char *option, const char *path,
                      const char *expected, size_t size, size_t total)
{
    bool is_counted = total <= largest_count(size);
    return console_fail(console, CODE_USAGE, option, ": expected ", expected, decimal(size).text,
                        " bytes in '", path, "', but got ", is_counted ? "" : "more than ",
                        decimal(is_counted ? total : largest_count(size)).text);
}

/* Reads from `least` to `size` bytes: they are equal where the size is given. */
static bool read_file(uint8_t *bytes, size_t least, size_t size, size_t *total,
                      struct console *console, const char *option, const char *path)
{
    struct port_source source;
    if (!port_open(&source, path))
        return fail_input(console, "open", path, &source);
    bool done =
        read_counting(bytes, size, &source, total)
            ? (*total >= least && *total <= size) ||
                  fail_size(console, option, path, least == size ? "" : "at most ", size, *total)
            : fail_input(console, "read", path, &source);
    port_close(&source);
    if (!done)
        sevl_wipe(bytes, size);
    return done;
}

bool input_all(void *bytes, size_t most, size_t *size, struct console *console, const char *option,
               const char *path)
{
    return read_file(bytes, 0, most, size, console, option, path);
}

bool input_exactly(void *bytes, size_t size, struct console *console, const char *option,
                   const char *path)
{
    size_t total;
    return read_file(bytes, size, size, &total, console, option, path);
}
