/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sevlaunch/guest/cmdline.h"

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

enum sevl_result sevl_cmdline_init(struct sevl_cmdline *cmdline)
{
    cmdline->last = 0;
    cmdline->has_last = false;
    return keep_cmdline(cmdline, sevl_sha256_init(&cmdline->head));
}

enum sevl_result sevl_cmdline_update(struct sevl_cmdline *cmdline, const void *data, size_t size)
{
    const uint8_t *bytes = data;
    if (size == 0)
        return keep_cmdline(cmdline, sevl_sha256_update(&cmdline->head, NULL, 0));
    enum sevl_result result =
        sevl_sha256_update(&cmdline->head, &cmdline->last, cmdline->has_last ? 1 : 0);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&cmdline->head, bytes, size - 1);
    cmdline->last = bytes[size - 1];
    cmdline->has_last = true;
    return keep_cmdline(cmdline, result);
}

enum sevl_result sevl_cmdline_hash(const struct sevl_cmdline *cmdline,
                                   uint8_t hash[SEVL_SHA256_SIZE])
{
    const uint8_t end[] = {cmdline->last, 0};
    struct sevl_sha256 stream = cmdline->head;
    enum sevl_result result = cmdline->has_last ? sevl_sha256_update(&stream, end, 2)
                                                : sevl_sha256_update(&stream, end + 1, 1);
    enum sevl_result finished = sevl_sha256_finish(&stream, hash);
    return result == SEVL_OK ? finished : result;
}
