/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "cli/output.h"

/* Begins a file and writes all of it; begins nothing when that fails. */
static bool begin_output(struct port_sink *sink, const struct cli_output *output)
{
    if (!port_create(sink, output->path, output->readers))
        return false;
    if (output->fill(sink, output->context))
        return true;
    port_abandon(sink);
    return false;
}

/* `*last` is then the last file that was to be begun. */
static bool write_outputs(struct port_sink sinks[], const struct cli_output outputs[], size_t count,
                          size_t *last)
{
    for (size_t i = 0; i < count; i++) {
        *last = i;
        if (begin_output(&sinks[i], &outputs[i]))
            continue;
        while (i > 0)
            port_abandon(&sinks[--i]);
        return false;
    }
    return port_commit(sinks, count);
}

enum cli_code cli_write_files(const struct cli_console *console, const struct cli_output outputs[],
                              size_t count)
{
    struct port_sink sinks[CLI_OUTPUTS_MAX];
    size_t last = 0;
    size_t failed = 0;
    if (write_outputs(sinks, outputs, count, &last))
        return CLI_GO_ON;
    while (failed < last && port_sink_reason(&sinks[failed]) == NULL)
        failed++;
    return cli_error(console, CLI_FAILED, "cannot write '", outputs[failed].path,
                     "': ", port_sink_reason(&sinks[failed]));
}
