/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show_host_text.h"

#include <string.h>

#include "platform_text.h"

static const char *const names[] = {"cpu0-id", "pdh", "cert-chain", "data", NULL};
#define CHIP_ID_FIELD 0

static bool take_chip_id(struct show_host_text *text, const uint8_t *value, size_t size)
{
    text->has_chip_id = size == sizeof text->chip_id;
    if (text->has_chip_id)
        memcpy(text->chip_id, value, size);
    return text->has_chip_id;
}

/* What is decoded is shorter than its text: it takes the place of what was read. */
static bool take_field(void *context, size_t field, uint8_t *value, size_t size)
{
    struct show_host_text *text = context;
    if (field == CHIP_ID_FIELD)
        return take_chip_id(text, value, size);
    memmove(text->file->work + text->size, value, size);
    text->size += size;
    return size > 0;
}

size_t show_host_text_read(struct show_host_text *text, struct show_file *file)
{
    const struct cli_buffer memory = {file->work + file->kept, file->capacity + 1 - file->kept};
    memset(text, 0, sizeof *text);
    text->file = file;
    memcpy(file->work, file->start, file->kept);
    switch (platform_text_read(file->work, file->kept, memory, names, take_field, text)) {
    case PLATFORM_TEXT_OTHER:
        return show_decode(file);
    case PLATFORM_TEXT_TAKEN:
        return show_is_whole(file) ? text->size : 0;
    default:
        return 0;
    }
}
