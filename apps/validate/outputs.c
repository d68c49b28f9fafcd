/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "outputs.h"

#include <stddef.h>

#include "secrets.h"
#include "text.h"

static bool is_path(enum option option)
{
    const char *value = option_forms[option].value;
    return value != NULL && text_equal(value, "PATH");
}

static bool fail_same(struct console *console, enum option output, enum option other)
{
    return console_fail(console, CODE_USAGE, option_forms[output].name, " and ",
                        option_forms[other].name, " name the same file");
}

static bool check_paths(struct console *console, const struct options *options, enum option output)
{
    const char *path = options->value[output];
    for (int i = 0; i < OPTION_COUNT; i++) {
        enum option other = (enum option)i;
        const char *value = options->value[other];
        if (other != output && is_path(other) && value != NULL && port_is_same(path, value))
            return fail_same(console, output, other);
    }
    for (int i = 0; i < options->secrets; i++)
        if (port_is_same(path, secrets_path(options->secret[i])))
            return fail_same(console, output, OPTION_INJECT_SECRET);
    return true;
}

/* Whether anything can be printed to a stream. */
static bool is_printed_to(const struct options *options, enum port_stream stream)
{
    if (!options_have(options, OPTION_QUIET))
        return true;
    if (stream == PORT_ERR)
        return options_have(options, OPTION_DEBUG);
    return options_have(options, OPTION_JSON) || options_have(options, OPTION_PRINT_DIGEST) ||
           options_have(options, OPTION_PRINT_MEASUREMENT);
}

static bool check_streams(struct console *console, const struct options *options,
                          enum option output)
{
    static const char *const names[] = {
        [PORT_OUT] = "standard output", [PORT_ERR] = "standard error"};
    const char *path = options->value[output];
    for (int i = PORT_OUT; i <= PORT_ERR; i++) {
        enum port_stream stream = (enum port_stream)i;
        if (is_printed_to(options, stream) && port_is_stream(path, stream))
            return console_fail(console, CODE_USAGE, option_forms[output].name,
                                ": expected a file that nothing else goes to, got '", path, "', ",
                                names[stream]);
    }
    return true;
}

bool outputs_check(struct console *console, const struct options *options)
{
    static const enum option outputs[] = {OPTION_VMSA_OUT, OPTION_SECRET_HEADER,
                                          OPTION_SECRET_PAYLOAD};
    for (size_t i = 0; i < sizeof outputs / sizeof *outputs; i++)
        if (options_have(options, outputs[i]) && (!check_paths(console, options, outputs[i]) ||
                                                  !check_streams(console, options, outputs[i])))
            return false;
    return true;
}
