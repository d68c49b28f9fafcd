/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform.h"
#include "port.h"
#include "utf.h"

/* Text goes to the console in pieces. */
struct piece {
    EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *console;
    bool printed;
    size_t used;
    CHAR16 units[256];
};

/* The start of a character whose end comes with the next call. */
static struct utf8 partial[2];

/* A glyph that the console lacks gives a warning, not an error. */
static void flush_piece(struct piece *piece)
{
    piece->units[piece->used] = 0;
    if (EFI_ERROR(piece->console->OutputString(piece->console, piece->units)))
        piece->printed = false;
    piece->used = 0;
}

/* A NUL would end the piece. */
static void put_code(struct piece *piece, uint32_t code)
{
    if (piece->used + 2 >= sizeof piece->units / sizeof *piece->units)
        flush_piece(piece);
    piece->used += utf16_encode(code == 0 ? UTF_MALFORMED : code, piece->units + piece->used);
}

static void put_byte(struct piece *piece, struct utf8 *utf8, char byte)
{
    uint32_t codes[2];
    size_t count = utf8_decode(utf8, (unsigned char)byte, codes);
    for (size_t i = 0; i < count; i++) {
        if (codes[i] == '\n')
            put_code(piece, '\r');
        put_code(piece, codes[i]);
    }
}

/* NULL if the firmware found no device for the stream. */
static EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL *console_of(enum port_stream stream)
{
    return stream == PORT_OUT ? platform_system->ConOut : platform_system->StdErr;
}

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    struct piece piece = {.console = console_of(stream), .printed = true};
    if (piece.console == NULL)
        return false;
    for (size_t i = 0; i < length; i++)
        put_byte(&piece, &partial[stream], text[i]);
    flush_piece(&piece);
    return piece.printed;
}
