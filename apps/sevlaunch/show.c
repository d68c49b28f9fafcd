/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "show.h"

#include <string.h>

#include "cli/help.h"
#include "cli/parse.h"
#include "cli/text.h"
#include "decode.h"
#include "show_file.h"
#include "show_options.h"

/* Words that are no file. */
#define FLAGS_MAX 8

/* The kinds of files; the first that one is of counts. The last one refuses other JSON. */
static show_kind *const kinds[] = {show_firmware,        show_certificates,   show_report,
                                   show_id_block,        show_id_auth,        show_cpus,
                                   show_platform_report, show_platform_chain, show_session,
                                   show_firmware_info};

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    const char *flags[FLAGS_MAX + 1]; /* then a NULL */
    size_t count;                     /* of flags */
    const char *second;               /* file, where there is more than one */
    struct sevl_sha256 stream;
    struct show_file file;
    struct show_output output;
};

static bool is_flag(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

/* No option takes a value, so that all other words are files. Returns false for too many. */
static bool split_words(struct run *run, const char *const words[])
{
    bool is_ended = false;
    for (; *words != NULL; words++) {
        if (!is_ended && text_equal(*words, "--")) {
            is_ended = true;
        } else if (!is_ended && is_flag(*words)) {
            if (run->count == FLAGS_MAX)
                return false;
            run->flags[run->count++] = *words;
        } else if (run->file.path == NULL) {
            run->file.path = *words;
        } else {
            run->second = *words;
        }
    }
    return true;
}

static enum cli_code check_words(const struct run *run)
{
    if (run->file.path == NULL)
        return cli_error(&run->console, CLI_USAGE, "FILE is required: what is to be shown");
    if (run->second != NULL)
        return cli_error(&run->console, CLI_USAGE, "expected one FILE, got '", run->second,
                         "' after '", run->file.path, "'");
    return CLI_GO_ON;
}

static void keep_start(struct show_file *file, const void *data, size_t size)
{
    size_t room = file->capacity - file->kept;
    size_t kept = size < room ? size : room;
    if (kept > 0)
        memcpy(file->start + file->kept, data, kept);
    file->kept += kept;
}

static enum sevl_result take_file(void *context, const void *data, size_t size)
{
    struct run *run = context;
    struct show_file *file = &run->file;
    file->size += size;
    looks_head_update(&file->head, data, size);
    sevl_ovmf_tail_update(&file->tail, data, size);
    keep_start(file, data, size);
    return sevl_sha256_update(&run->stream, data, size);
}

/* Half of the memory keeps the start of the file, and half of it is read through. */
static enum cli_code read_file(struct run *run, struct cli_buffer buffer)
{
    struct show_file *file = &run->file;
    const struct cli_buffer half = {buffer.memory, buffer.size - buffer.size / 2};
    if (buffer.size - half.size <= SHOW_START_MIN)
        return cli_error(&run->console, CLI_FAILED, "this machine has too little memory");
    file->start = (char *)buffer.memory + half.size;
    file->capacity = buffer.size - half.size - 1;
    file->work = buffer.memory;
    sevl_ovmf_tail_init(&file->tail, file->firmware.end, sizeof file->firmware.end);
    if (sevl_sha256_init(&run->stream) != SEVL_OK)
        return cli_error(&run->console, CLI_FAILED, "SHA-256 failed");
    enum cli_code code = cli_stream(take_file, run, &run->console, file->path, half);
    if (code != CLI_GO_ON)
        return code;
    if (sevl_sha256_finish(&run->stream, file->sha256) != SEVL_OK)
        return cli_error(&run->console, CLI_FAILED, "SHA-256 failed");
    cli_debug(&run->console, "File(sha256)", file->sha256, sizeof file->sha256);
    return CLI_GO_ON;
}

/* The header of a firmware volume (UEFI PI 1.8, volume 3). */
#define VOLUME_SIGNATURE 40

static bool is_volume(const struct show_file *file)
{
    return file->kept >= VOLUME_SIGNATURE + 4 &&
           text_begins(file->start + VOLUME_SIGNATURE, "_FVH", 4);
}

static enum cli_code fail_kind(const struct run *run)
{
    const struct show_file *file = &run->file;
    const char *kind = looks_like_file(&file->head);
    if (is_volume(file))
        kind = "a firmware volume that does not end in OVMF's table: a store of variables, as "
               "OVMF_VARS.fd is, or other firmware";
    if (file->size == 0)
        return cli_fail_empty(&run->console, "FILE", file->path);
    if (kind != NULL)
        return cli_error(&run->console, CLI_USAGE, "'", file->path, "' is ", kind);
    const char *text = looks_like_text(file->start, file->kept);
    return cli_error(&run->console, CLI_USAGE, "'", file->path, "' has ",
                     text_decimal(file->size).text, " bytes",
                     text[0] != '\0' ? text : ", and is of no kind that is known here");
}

static enum cli_code show_contents(struct run *run)
{
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && code == CLI_GO_ON; i++)
        code = kinds[i](&run->file, &run->console, &run->output);
    if (code == CLI_GO_ON)
        return fail_kind(run);
    if (code != CLI_SUCCESS)
        return code;
    code = cli_check_printed(&run->console, show_end(&run->output));
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

size_t show_decode(struct show_file *file)
{
    if (!show_is_whole(file))
        return 0;
    memcpy(file->work, file->start, file->kept);
    return decode_text(file->work, file->kept);
}

void show_encoding(const struct show_file *file, struct show_output *output, size_t size)
{
    const char *encoding = "base64";
    if (size == file->kept)
        encoding = "binary";
    else if (looks_hexadecimal(file->start, file->kept))
        encoding = "hexadecimal";
    show_word(output, "encoding", encoding);
}

void show_file_members(const struct show_file *file, struct show_output *output)
{
    show_decimal(output, "size", file->size);
    show_bytes(output, "sha256", file->sha256, sizeof file->sha256);
}

enum cli_code show(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    memset(&run, 0, sizeof run);
    if (!split_words(&run, words))
        return cli_error(&run.console, CLI_USAGE, "too many options");
    enum cli_code code = cli_parse(&run.arguments, &run.console, &show_command, run.flags);
    if (code != CLI_GO_ON)
        return code;
    if (cli_has(&run.arguments, SHOW_OPTION_HELP))
        return cli_print_help(&show_command, &run.console);
    run.output.is_json = cli_has(&run.arguments, SHOW_OPTION_JSON);
    code = check_words(&run);
    if (code == CLI_GO_ON)
        code = read_file(&run, buffer);
    return code == CLI_GO_ON ? show_contents(&run) : code;
}
