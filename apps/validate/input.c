/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "input.h"

#include <sevlaunch/wipe.h>

#include "text.h"

/* How far a file that is too long for a key is read to tell its size. */
#define LARGEST_COUNT 65536

static bool fail_input(struct console *console, const char *doing, const char *path,
                       const struct port_source *source)
{
    return console_fail(console, CODE_FAILED, "cannot ", doing, " '", path,
                        "': ", port_reason(source));
}

static bool digest_source(struct sevl_digest *digest, struct console *console, const char *path,
                          struct port_source *source, struct buffer buffer)
{
    size_t got;
    do {
        if (!port_read(source, buffer.memory, buffer.size, &got))
            return fail_input(console, "read", path, source);
        if (sevl_digest_update(digest, buffer.memory, got) != SEVL_OK)
            return console_fail(console, CODE_FAILED, "the hash of '", path, "' failed");
    } while (got > 0);
    return true;
}

bool input_digest(struct sevl_digest *digest, struct console *console, const char *path,
                  struct buffer buffer)
{
    struct port_source source;
    if (!port_open(&source, path))
        return fail_input(console, "open", path, &source);
    bool done = digest_source(digest, console, path, &source, buffer);
    port_close(&source);
    return done;
}

/* Fills the key, then counts the rest. */
static bool read_key(uint8_t *key, size_t size, struct port_source *source, size_t *total)
{
    uint8_t excess[64];
    size_t got;
    bool read;
    *total = 0;
    do {
        read = *total < size ? port_read(source, key + *total, size - *total, &got)
                             : port_read(source, excess, sizeof excess, &got);
        *total += got;
    } while (read && got > 0 && *total <= LARGEST_COUNT);
    sevl_wipe(excess, sizeof excess);
    return read;
}

static bool check_size(struct console *console, const char *option, const char *path, size_t size,
                       size_t total)
{
    if (total == size)
        return true;
    return console_fail(console, CODE_USAGE, option, ": expected ", decimal(size).text,
                        " bytes in '", path, "', but got ",
                        total > LARGEST_COUNT ? "more than " : "",
                        decimal(total > LARGEST_COUNT ? LARGEST_COUNT : total).text);
}

bool input_key(uint8_t *key, size_t size, struct console *console, const char *option,
               const char *path)
{
    struct port_source source;
    size_t total;
    if (!port_open(&source, path))
        return fail_input(console, "open", path, &source);
    bool done = read_key(key, size, &source, &total)
                    ? check_size(console, option, path, size, total)
                    : fail_input(console, "read", path, &source);
    port_close(&source);
    if (!done)
        sevl_wipe(key, size);
    return done;
}
