/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_session_files.h"

#include <string.h>

#include "cli/output.h"
#include "cli/text.h"

/* What names end in, as sevctl has them. */
static const char *const ends[SESSION_NAMES] = {"_godh.b64", "_session.b64", "_tek.bin",
                                                "_tik.bin"};
#define END_MAX 12

/* Of the first key, or of the file of both. */
#define KEYS_AT 2

size_t session_files_count(const struct session_files *files)
{
    return files->tk == NULL ? SESSION_NAMES : KEYS_AT + 1;
}

const char *session_files_path(const struct session_files *files, size_t n)
{
    if (n == KEYS_AT && files->tk != NULL)
        return files->tk;
    return files->name[n];
}

static bool is_named(const struct cli_arguments *arguments, size_t option, const char *name)
{
    if (!cli_has_trait(arguments, option, CLI_INPUT) &&
        !cli_has_trait(arguments, option, CLI_OUTPUT))
        return false;
    for (size_t n = 0; n < cli_count(arguments, option); n++)
        if (port_is_same(name, cli_path(arguments, option, n)))
            return true;
    return false;
}

/* Options that name files are checked by cli_check(); these names come from none of them. */
static enum cli_code check_name(const struct cli_arguments *arguments,
                                const struct cli_console *console, const char *name)
{
    for (size_t option = 0; option < arguments->command->count; option++)
        if (is_named(arguments, option, name))
            return cli_error(console, CLI_USAGE, "--name: '", name, "' and ",
                             cli_name(arguments, option), " name the same file");
    if (port_is_stream(name, PORT_OUT) || port_is_stream(name, PORT_ERR))
        return cli_error(console, CLI_USAGE,
                         "--name: expected files that nothing else goes to, got '", name,
                         "', standard output or standard error");
    return CLI_GO_ON;
}

enum cli_code session_files_name(struct session_files *files, const struct cli_arguments *arguments,
                                 const struct cli_console *console, const char *start)
{
    size_t length = text_length(start);
    if (length == 0 || length > SESSION_NAME_SIZE - 1 - END_MAX)
        return cli_error(console, CLI_USAGE, "--name: expected 1 to ",
                         text_decimal(SESSION_NAME_SIZE - 1 - END_MAX).text,
                         " characters that names of files begin with, got ",
                         text_decimal(length).text);
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < SESSION_NAMES; i++) {
        memcpy(files->name[i], start, length);
        memcpy(files->name[i] + length, ends[i], text_length(ends[i]) + 1);
    }
    size_t of_start = files->tk == NULL ? SESSION_NAMES : KEYS_AT;
    for (size_t i = 0; i < of_start && code == CLI_GO_ON; i++)
        code = check_name(arguments, console, files->name[i]);
    return code;
}

/* One line without a newline at its end, as sevctl writes it. */
static bool fill_with_dh_cert(struct port_sink *sink, const void *context)
{
    const struct launch_session *session = context;
    return port_write(sink, session->dh_cert, sizeof session->dh_cert - 1);
}

static bool fill_with_blob(struct port_sink *sink, const void *context)
{
    const struct launch_session *session = context;
    return port_write(sink, session->blob, sizeof session->blob - 1);
}

static bool fill_with_tek(struct port_sink *sink, const void *context)
{
    const struct launch_session *session = context;
    return port_write(sink, session->made.tek, sizeof session->made.tek);
}

static bool fill_with_tik(struct port_sink *sink, const void *context)
{
    const struct launch_session *session = context;
    return port_write(sink, session->made.tik, sizeof session->made.tik);
}

static bool fill_with_tk(struct port_sink *sink, const void *context)
{
    return fill_with_tek(sink, context) && fill_with_tik(sink, context);
}

enum cli_code session_files_write(const struct session_files *files,
                                  const struct cli_console *console,
                                  const struct launch_session *session)
{
    static const struct {
        enum port_readers readers;
        cli_fill *fill;
    } kinds[SESSION_NAMES] = {{PORT_USUAL, fill_with_dh_cert},
                              {PORT_USUAL, fill_with_blob},
                              {PORT_OWNER, fill_with_tek},
                              {PORT_OWNER, fill_with_tik}};
    struct cli_output outputs[CLI_OUTPUTS_MAX];
    size_t count = session_files_count(files);
    for (size_t i = 0; i < count; i++)
        outputs[i] = (struct cli_output){session_files_path(files, i), kinds[i].readers,
                                         kinds[i].fill, session};
    if (files->tk != NULL)
        outputs[KEYS_AT].fill = fill_with_tk;
    return cli_write_files(console, outputs, count);
}
