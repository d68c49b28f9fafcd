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

/*
 * Whether a line that holds this character may not read as it was written: controls,
 * what turns the direction of text, what separates lines, and what is not seen.
 */
static bool is_deceptive(uint32_t code)
{
    static const struct {
        uint32_t first;
        uint32_t last;
    } deceptive[] = {
        {0, 0x1f},         /* controls */
        {0x7f, 0x9f},      /* controls */
        {0x61c, 0x61c},    /* Arabic letter mark */
        {0x200b, 0x200f},  /* zero width, direction marks */
        {0x2028, 0x202e},  /* separators of lines and paragraphs, embedding */
        {0x2060, 0x206f},  /* word joiner, isolates, formats */
        {0xfeff, 0xfeff},  /* zero width */
        {0xe0000, 0xe007f} /* tags */
    };
    for (size_t i = 0; i < sizeof deceptive / sizeof *deceptive; i++)
        if (code >= deceptive[i].first && code <= deceptive[i].last)
            return true;
    return false;
}

/* The bytes of one character of well-formed UTF-8 that may be shown, or 0. */
static size_t character_length(const unsigned char *text)
{
    uint32_t code = *text;
    size_t length = code < 0x80   ? 1
                    : code < 0xc2 ? 0
                    : code < 0xe0 ? 2
                    : code < 0xf0 ? 3
                    : code < 0xf5 ? 4
                                  : 0;
    code &= length < 2 ? 0x7fU : 0x7fU >> length;
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (text[i] & 0x3fU);
    }
    bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    bool invalid = code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
    return overlong || invalid || is_deceptive(code) ? 0 : length;
}

static void add_visibly(struct line *line, const char *text)
{
    while (*text != '\0') {
        size_t length = character_length((const unsigned char *)text);
        for (size_t i = 0; i < length; i++)
            add(line, text[i]);
        if (length == 0)
            add(line, '?');
        text += length == 0 ? 1 : length;
    }
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
