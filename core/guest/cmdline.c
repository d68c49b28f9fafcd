/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/cmdline.h"

#include <string.h>

#include "base/assert.h"
#include "sevlaunch/wipe.h"

/* A command line that failed holds nothing, and stays failed. */
static enum sevl_result keep_cmdline(struct sevl_cmdline *cmdline, enum sevl_result result)
{
    if (result != SEVL_OK)
        sevl_wipe(cmdline, sizeof *cmdline);
    SEVL_ASSERT(sevl_cmdline_is_valid(cmdline));
    return result;
}

static bool is_quotation_mark(uint8_t byte)
{
    return byte == '"' || byte == '\'';
}

static bool may_be_tail(uint8_t byte)
{
    return byte == '\0' || byte == '\t' || byte == '\n' || byte == '\r' || byte == ' ' ||
           is_quotation_mark(byte);
}

enum sevl_result sevl_cmdline_init(struct sevl_cmdline *cmdline)
{
    memset(cmdline, 0, sizeof *cmdline);
    return keep_cmdline(cmdline, sevl_sha256_init(&cmdline->head));
}

/* `size` is at least 1. */
static enum sevl_result begin_head(struct sevl_cmdline *cmdline, const uint8_t *bytes, size_t size)
{
    cmdline->first = bytes[0];
    cmdline->has_first = true;
    if (!is_quotation_mark(bytes[0]))
        return SEVL_OK;
    enum sevl_result result = sevl_sha256_init(&cmdline->unquoted);
    return result == SEVL_OK ? sevl_sha256_update(&cmdline->unquoted, bytes + 1, size - 1) : result;
}

static enum sevl_result append_to_head(struct sevl_cmdline *cmdline, const uint8_t *bytes,
                                       size_t size)
{
    enum sevl_result result = sevl_sha256_update(&cmdline->head, bytes, size);
    if (result != SEVL_OK || size == 0)
        return result;
    if (!cmdline->has_first)
        return begin_head(cmdline, bytes, size);
    if (cmdline->unquoted.state != SEVL_SHA256_OPEN)
        return SEVL_OK;
    return sevl_sha256_update(&cmdline->unquoted, bytes, size);
}

/* Moves the tail's first `size` bytes to the head. */
static enum sevl_result shorten_tail(struct sevl_cmdline *cmdline, size_t size)
{
    enum sevl_result result = append_to_head(cmdline, cmdline->tail, size);
    cmdline->tail_size = (uint8_t)(cmdline->tail_size - size);
    memmove(cmdline->tail, cmdline->tail + size, cmdline->tail_size);
    memset(cmdline->tail + cmdline->tail_size, 0, size);
    return result;
}

static enum sevl_result append_to_tail(struct sevl_cmdline *cmdline, const uint8_t *bytes,
                                       size_t size)
{
    enum sevl_result result = SEVL_OK;
    for (size_t i = 0; i < size && result == SEVL_OK; i++) {
        if (cmdline->tail_size == SEVL_CMDLINE_TAIL_SIZE)
            result = shorten_tail(cmdline, 1);
        cmdline->tail[cmdline->tail_size++] = bytes[i];
    }
    return result;
}

enum sevl_result sevl_cmdline_update(struct sevl_cmdline *cmdline, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    size_t head = size;
    enum sevl_result result = sevl_sha256_update(&cmdline->head, NULL, 0);
    while (head > 0 && may_be_tail(bytes[head - 1]))
        head--;
    if (result == SEVL_OK && head > 0)
        result = shorten_tail(cmdline, cmdline->tail_size);
    if (result == SEVL_OK && head > 0)
        result = append_to_head(cmdline, bytes, head);
    if (result == SEVL_OK && head < size)
        result = append_to_tail(cmdline, bytes + head, size - head);
    return keep_cmdline(cmdline, result);
}

/* Where the tail has the quotation mark with which the head begins; its size: nowhere. */
static size_t find_closing_mark(const struct sevl_cmdline *cmdline)
{
    for (size_t i = cmdline->tail_size; i > 0; i--) {
        uint8_t byte = cmdline->tail[i - 1];
        if (is_quotation_mark(byte))
            return byte == cmdline->first ? i - 1 : cmdline->tail_size;
    }
    return cmdline->tail_size;
}

bool sevl_cmdline_is_quoted(const struct sevl_cmdline *cmdline)
{
    return find_closing_mark(cmdline) < cmdline->tail_size;
}

static enum sevl_result append_ending(struct sevl_sha256 *digest,
                                      const struct sevl_cmdline_variant *variant)
{
    static const struct {
        char bytes[2];
        uint8_t size;
    } endings[] = {
        [SEVL_CMDLINE_NEWLINE] = {"\n", 1}, [SEVL_CMDLINE_CRLF] = {{'\r', '\n'}, 2},
        [SEVL_CMDLINE_NUL] = {"", 1},       [SEVL_CMDLINE_NO_NUL] = {"", 0},
        [SEVL_CMDLINE_NOTHING] = {"", 0},
    };
    char text[2 + SEVL_CMDLINE_BLANKS_MAX + 1];
    size_t size = endings[variant->ending].size;
    memset(text, ' ', sizeof text);
    memcpy(text, endings[variant->ending].bytes, size);
    size += variant->blanks;
    if (variant->ending != SEVL_CMDLINE_NO_NUL)
        text[size++] = '\0';
    return sevl_sha256_update(digest, text, size);
}

enum sevl_result sevl_cmdline_hash_variant(const struct sevl_cmdline *cmdline,
                                           const struct sevl_cmdline_variant *variant,
                                           uint8_t hash[SEVL_SHA256_SIZE])
{
    struct sevl_sha256 digest = variant->is_unquoted ? cmdline->unquoted : cmdline->head;
    size_t kept = variant->is_unquoted ? find_closing_mark(cmdline)
                                       : (size_t)cmdline->tail_size - variant->cut;
    enum sevl_result result = sevl_sha256_update(&digest, cmdline->tail, kept);
    if (result == SEVL_OK)
        result = append_ending(&digest, variant);
    enum sevl_result finished = sevl_sha256_finish(&digest, hash);
    return result == SEVL_OK ? finished : result;
}

enum sevl_result sevl_cmdline_hash(const struct sevl_cmdline *cmdline,
                                   uint8_t hash[SEVL_SHA256_SIZE])
{
    static const struct sevl_cmdline_variant whole = {.ending = SEVL_CMDLINE_NOTHING};
    return sevl_cmdline_hash_variant(cmdline, &whole, hash);
}
