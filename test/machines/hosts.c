/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Simulates a host that is worse than QEMU, in the way that its first argument says; linked
 * with --wrap=semihosting_call. Then reads the file that the second argument names, or
 * writes it and another, and prints why that failed, or ends with the code that it is.
 */
#include "port.h"
#include "semihosting.h"

uintptr_t __wrap_semihosting_call(enum semihosting_operation operation, const void *parameters);
uintptr_t __real_semihosting_call(enum semihosting_operation operation, const void *parameters);

static char how;
static unsigned reads;
static unsigned lengths;
static unsigned writes;
static unsigned renames;

static uintptr_t wrapped_read(const uintptr_t *block)
{
    reads++;
    if (how == 'f' && reads == 2)
        return SEMIHOSTING_FAILED;
    if (how == 'e' && reads == 2)
        return block[2];
    return __real_semihosting_call(SEMIHOSTING_READ, block);
}

static uintptr_t wrapped_length(const uintptr_t *block)
{
    lengths++;
    if (how == 'l')
        return SEMIHOSTING_FAILED;
    return __real_semihosting_call(SEMIHOSTING_LENGTH, block) + (how == 'g' && lengths == 2);
}

static uintptr_t wrapped_close(const uintptr_t *block)
{
    (void)__real_semihosting_call(SEMIHOSTING_CLOSE, block);
    return SEMIHOSTING_FAILED;
}

/* A byte at a time. */
static uintptr_t wrapped_write(const uintptr_t *block)
{
    writes++;
    if (how == 's' && writes == 2)
        return block[2];
    const uintptr_t one[] = {block[0], block[1], 1};
    return __real_semihosting_call(SEMIHOSTING_WRITE, one) + block[2] - 1;
}

static bool is_failing_rename(void)
{
    return (unsigned)(how - '0') == ++renames;
}

uintptr_t __wrap_semihosting_call(enum semihosting_operation operation, const void *parameters)
{
    if (operation == SEMIHOSTING_CLOSE && how == 'c')
        return wrapped_close(parameters);
    if (operation == SEMIHOSTING_RENAME && is_failing_rename())
        return SEMIHOSTING_FAILED;
    if (operation == SEMIHOSTING_ERRNO && renames > 0)
        return 0;
    if (operation == SEMIHOSTING_READ)
        return wrapped_read(parameters);
    if (operation == SEMIHOSTING_LENGTH)
        return wrapped_length(parameters);
    if (operation == SEMIHOSTING_WRITE)
        return wrapped_write(parameters);
    if (operation == SEMIHOSTING_EXIT_EXTENDED && how == 'x')
        return SEMIHOSTING_FAILED;
    return __real_semihosting_call(operation, parameters);
}

static bool print_line(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return port_print(PORT_OUT, text, length) && port_print(PORT_OUT, "\n", 1);
}

static bool read_source_to_end(struct port_source *source)
{
    char buffer[16];
    size_t got;
    do {
        if (!port_read(source, buffer, sizeof buffer, &got))
            return false;
    } while (got > 0);
    return true;
}

/* A source that failed once keeps failing. */
static int read_name(const char *name)
{
    struct port_source source;
    if (!port_open(&source, name))
        return print_line(port_reason(&source)) ? 1 : 2;
    bool read = read_source_to_end(&source) || read_source_to_end(&source);
    port_close(&source);
    if (read)
        return 0;
    return print_line(port_reason(&source)) ? 1 : 2;
}

static bool begin_file(struct port_sink *sink, const char *name)
{
    if (!port_create(sink, name, PORT_OWNER))
        return false;
    if (port_write(sink, "new", 3))
        return true;
    port_abandon(sink);
    return false;
}

static int write_names(const char *name)
{
    static const char other[] = "other";
    struct port_sink sinks[2] = {{.reason = NULL}, {.reason = NULL}};
    if (begin_file(&sinks[0], name) && begin_file(&sinks[1], other) && port_commit(sinks, 2))
        return 0;
    const char *reason = port_sink_reason(&sinks[0]);
    return print_line(reason == NULL ? port_sink_reason(&sinks[1]) : reason) ? 1 : 2;
}

static bool is_for_writing(void)
{
    return how == 'w' || how == 's' || how == 'c' || (how >= '1' && how <= '4');
}

int app_main(int argc, const char *const argv[])
{
    if (argc != 3)
        return 3;
    how = argv[1][0];
    if (how == 'x')
        return argv[2][0] - '0';
    return is_for_writing() ? write_names(argv[2]) : read_name(argv[2]);
}
