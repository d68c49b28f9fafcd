/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "store.h"

#include <string.h>

#include "cli/text.h"

void store_begin(struct store *store, struct cli_buffer memory)
{
    size_t half = memory.size / 2;
    memset(store, 0, sizeof *store);
    store->kept = memory.memory;
    store->capacity = half;
    store->buffer.memory = store->kept + half;
    store->buffer.size = memory.size - half;
}

/* A file that streams by. */
struct passing {
    cli_take *take;
    void *context;
    struct sevl_sha256 stream;
    uint64_t size;
};

static enum sevl_result take_passing(void *context, const void *data, size_t size)
{
    struct passing *passing = context;
    enum sevl_result result = sevl_sha256_update(&passing->stream, data, size);
    passing->size += size;
    return result == SEVL_OK ? passing->take(passing->context, data, size) : result;
}

static enum cli_code fail_hash(const struct cli_console *console, const char *option)
{
    return cli_error(console, CLI_FAILED, option, ": the hash of a file failed");
}

enum cli_code store_stream(struct store *store, const struct cli_console *console,
                           const char *option, const char *path, cli_take *take, void *context)
{
    struct passing passing = {.take = take, .context = context};
    struct store_file *file = &store->files[store->file_count++];
    if (sevl_sha256_init(&passing.stream) != SEVL_OK)
        return fail_hash(console, option);
    enum cli_code code = cli_stream(take_passing, &passing, console, path, store->buffer);
    if (code != CLI_GO_ON)
        return code;
    *file = (struct store_file){.option = option, .size = passing.size};
    if (sevl_sha256_finish(&passing.stream, file->sha256) != SEVL_OK)
        return fail_hash(console, option);
    return CLI_GO_ON;
}

static enum cli_code hash_file(struct store *store, const struct cli_console *console,
                               const char *option, size_t size)
{
    struct sevl_sha256 stream;
    if (store->file_count >= STORE_READ_MAX)
        return cli_error(console, CLI_USAGE, option, ": expected ",
                         text_decimal(STORE_READ_MAX).text, " files at most, but there are more");
    struct store_file *file = &store->files[store->file_count++];
    *file = (struct store_file){.option = option, .size = size};
    enum sevl_result result = sevl_sha256_init(&stream);
    if (result == SEVL_OK)
        result = sevl_sha256_update(&stream, store->buffer.memory, size);
    if (result == SEVL_OK)
        result = sevl_sha256_finish(&stream, file->sha256);
    return result == SEVL_OK ? CLI_GO_ON : fail_hash(console, option);
}

enum cli_code store_read(struct store *store, const struct cli_console *console, const char *option,
                         const char *path, size_t *size)
{
    if (store->claims_out != NULL && port_is_same(path, store->claims_out))
        return cli_error(console, CLI_USAGE, option, ": '", path,
                         "' is the file that --claims-out is to write");
    enum cli_code code =
        cli_read_all(store->buffer.memory, store->buffer.size, size, console, option, path);
    if (code == CLI_GO_ON && *size == 0)
        code = cli_fail_empty(console, option, path);
    return code == CLI_GO_ON ? hash_file(store, console, option, *size) : code;
}

const uint8_t *store_keep(struct store *store, const void *bytes, size_t size)
{
    uint8_t *copy = store->kept + store->used;
    if (size > store->capacity - store->used)
        return NULL;
    memcpy(copy, bytes, size);
    store->used += size;
    return copy;
}
