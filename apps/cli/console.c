/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/console.h"

#include "cli/text.h"

/* A line goes out in as few pieces as this buffer allows: mostly in one. */
struct line {
    enum port_stream stream;
    bool printed;
    size_t used;
    char text[256];
};

static void flush_line(struct line *line)
{
    if (!port_print(line->stream, line->text, line->used))
        line->printed = false;
    line->used = 0;
}

static void add_char(struct line *line, char c)
{
    if (line->used == sizeof line->text)
        flush_line(line);
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

/* The bytes of a character of UTF-8 that begins with this one; 0 for none. */
static size_t length_after(unsigned char first)
{
    if (first < 0x80)
        return 1;
    if (first < 0xc2 || first > 0xf4)
        return 0;
    if (first < 0xe0)
        return 2;
    return first < 0xf0 ? 3 : 4;
}

/* Whether this character is not written in so many bytes, or is none. */
static bool is_ill_formed(uint32_t code, size_t length)
{
    if (length == 3 && code < 0x800)
        return true;
    if (length == 4 && code < 0x10000)
        return true;
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff);
}

/* The bytes of one character of well-formed UTF-8 that may be shown, or 0. */
static size_t visible_length(const unsigned char *text)
{
    size_t length = length_after(*text);
    uint32_t code = length < 2 ? *text : *text & 0x7fU >> length;
    for (size_t i = 1; i < length; i++) {
        if ((text[i] & 0xc0) != 0x80)
            return 0;
        code = code << 6 | (text[i] & 0x3fU);
    }
    if (is_ill_formed(code, length) || is_deceptive(code))
        return 0;
    return length;
}

static void add_visibly(struct line *line, const char *text)
{
    while (*text != '\0') {
        size_t length = visible_length((const unsigned char *)text);
        for (size_t i = 0; i < length; i++)
            add_char(line, text[i]);
        if (length == 0)
            add_char(line, '?');
        text += length == 0 ? 1 : length;
    }
}

static bool end_line(struct line *line)
{
    add_char(line, '\n');
    flush_line(line);
    return line->printed;
}

bool cli_line_of(enum port_stream stream, const char *const parts[])
{
    struct line line = {.stream = stream, .printed = true};
    for (; *parts != NULL; parts++)
        add_visibly(&line, *parts);
    return end_line(&line);
}

enum cli_code cli_error_of(const struct cli_console *console, enum cli_code code,
                           const char *const parts[])
{
    cli_warn_of(console, parts);
    return code;
}

enum cli_code cli_check_printed(const struct cli_console *console, bool printed)
{
    if (!printed)
        return cli_error(console, CLI_FAILED, "cannot write to standard output");
    return CLI_GO_ON;
}

void cli_warn_of(const struct cli_console *console, const char *const parts[])
{
    if (!console->quiet)
        (void)!cli_line_of(PORT_ERR, parts);
}

void cli_debug(const struct cli_console *console, const char *label, const uint8_t *bytes,
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
    (void)end_line(&line);
}
