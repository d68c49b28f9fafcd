/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "console.h"

#include "text.h"

/* A line goes out in as few pieces as this buffer allows: mostly in one. */
struct line {
    enum port_stream stream;
    bool printed;
    size_t used;
    char text[256];
};

static void flush(struct line *line)
{
    line->printed = port_print(line->stream, line->text, line->used) && line->printed;
    line->used = 0;
}

static void add(struct line *line, char c)
{
    if (line->used == sizeof line->text)
        flush(line);
    line->text[line->used++] = c;
}

static void add_visibly(struct line *line, const char *text)
{
    for (; *text != '\0'; text++)
        add(line, (unsigned char)*text < ' ' || *text == '\x7f' ? '?' : *text);
}

static bool end(struct line *line)
{
    add(line, '\n');
    flush(line);
    return line->printed;
}

bool console_parts(enum port_stream stream, const char *const parts[])
{
    struct line line = {.stream = stream, .printed = true};
    for (; *parts != NULL; parts++)
        add_visibly(&line, *parts);
    return end(&line);
}

bool console_fail_parts(struct console *console, enum exit_code code, const char *const parts[])
{
    console->code = code;
    console_warn_parts(console, parts);
    return false;
}

void console_warn_parts(const struct console *console, const char *const parts[])
{
    if (!console->quiet)
        (void)!console_parts(PORT_ERR, parts);
}

bool console_print(struct console *console, const char *text)
{
    return console_line(PORT_OUT, text) ||
           console_fail(console, CODE_FAILED, "cannot write to standard output");
}

void console_debug(const struct console *console, const char *label, const uint8_t *bytes,
                   size_t size)
{
    struct line line = {.stream = PORT_ERR, .printed = true};
    if (!console->debug)
        return;
    add_visibly(&line, "[DEBUG]: ");
    add_visibly(&line, label);
    add_visibly(&line, ": ");
    for (size_t i = 0; i < size; i++) {
        char byte[3];
        text_from_bytes(byte, bytes + i, 1);
        add_visibly(&line, byte);
    }
    (void)end(&line);
}
