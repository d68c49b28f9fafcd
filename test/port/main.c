/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The port suite: does a platform keep the contract of port.h?
 *
 * Each argument is CASE=NAME, a name as that platform writes it; make_sources.py
 * makes the sources:
 *
 *   empty, one, odd, large   a source of 0, 1, 10007 bytes and of 4 MiB
 *   missing                  a name of nothing
 *   directory                the name of a directory
 *   written                  a name under which there is nothing, also if '2' is added to
 *                            it; the suite writes files there
 *   unwritable               a name under which no file can be written
 *
 * and random=yes or random=no says whether there is a random source.
 *
 * Prints a line for each argument. Ends with 0 if every case passes, otherwise with 1.
 */
#include <sevlaunch/sha256.h>

#include "port.h"

#define GUARD_SIZE 16
#define GUARD_BYTE 0xa5

/* The sizes of the reads in each pass. */
enum stride { STRIDE_BUFFER, STRIDE_ONE, STRIDE_GROWING, STRIDE_COUNT };

/* The content that make_sources.py wrote. */
struct content {
    const char *label;
    uint32_t size;
    enum stride strides; /* the passes over it: those below this one */
    const char *sha256;
};

static const struct content contents[] = {
    {"empty", 0, STRIDE_COUNT, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"one", 1, STRIDE_COUNT, "30a5bfa58e128af9e5a4955725d8ad26d4d574a537b58b7dc6d357acad578572"},
    {"odd", 10007, STRIDE_COUNT,
     "d63039569a02e03088c313055e55e28c3c8d53ca4febf42efc768eabba9efc89"},
    {"large", 4194304, STRIDE_ONE,
     "b1880bc44d54805632f09eff4fff6fd4a6602b0bc825faaeeb07779e432c3da1"},
};

/* A pass over one open source. */
struct pass {
    struct port_source source;
    struct sevl_sha256 digest;
    enum stride stride;
    size_t total;
    size_t reads;
};

static unsigned char buffer[SEVLAUNCH_BUFFER_SIZE + GUARD_SIZE];

static size_t length_of(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    return length;
}

static bool print_text(const char *text)
{
    return port_print(PORT_OUT, text, length_of(text));
}

/* Returns the value of "label=value", or NULL if the label is another. */
static const char *value_of(const char *argument, const char *label)
{
    for (; *label != '\0'; label++, argument++)
        if (*argument != *label)
            return NULL;
    return *argument == '=' ? argument + 1 : NULL;
}

static bool is_equal(const uint8_t hash[SEVL_SHA256_SIZE], const char *hexadecimal)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < SEVL_SHA256_SIZE; i++)
        if (hexadecimal[2 * i] != digits[hash[i] >> 4] ||
            hexadecimal[2 * i + 1] != digits[hash[i] & 15])
            return false;
    return true;
}

static void set_guard(size_t size)
{
    for (size_t i = 0; i < GUARD_SIZE; i++)
        buffer[size + i] = GUARD_BYTE;
}

static bool is_guard_intact(size_t size)
{
    for (size_t i = 0; i < GUARD_SIZE; i++)
        if (buffer[size + i] != GUARD_BYTE)
            return false;
    return true;
}

static size_t next_size(const struct pass *pass)
{
    if (pass->stride == STRIDE_GROWING)
        return 1 + 2 * pass->reads % SEVLAUNCH_BUFFER_SIZE;
    return pass->stride == STRIDE_ONE ? 1 : SEVLAUNCH_BUFFER_SIZE;
}

/* Each case returns what is wrong, or NULL. */

static const char *read_next(struct pass *pass, size_t *got)
{
    size_t size = next_size(pass);
    set_guard(size);
    if (!port_read(&pass->source, buffer, size, got))
        return port_reason(&pass->source);
    if (*got > size)
        return "a read returned more than was asked for";
    if (!is_guard_intact(size))
        return "a read wrote after the buffer";
    if (sevl_sha256_update(&pass->digest, buffer, *got) != SEVL_OK)
        return "the digest failed";
    pass->total += *got;
    pass->reads++;
    return NULL;
}

static const char *read_to_end(struct pass *pass)
{
    const char *problem;
    size_t got;
    do {
        problem = read_next(pass, &got);
    } while (problem == NULL && got > 0);
    if (problem == NULL)
        problem = read_next(pass, &got);
    return problem == NULL && got > 0 ? "there were bytes after the end" : problem;
}

/* Which the platform may know, or not. */
static const char *check_size(const struct pass *pass, const struct content *content)
{
    uint64_t size = 1;
    bool is_known = port_size(&pass->source, &size);
    if (!is_known && size != 0)
        return "a size that is not known is not 0";
    return is_known && size != content->size - pass->total ? "it tells another size" : NULL;
}

static const char *check_pass(struct pass *pass, const struct content *content)
{
    uint8_t hash[SEVL_SHA256_SIZE];
    if (sevl_sha256_init(&pass->digest) != SEVL_OK)
        return "the digest failed";
    const char *problem = check_size(pass, content);
    if (problem == NULL)
        problem = read_to_end(pass);
    if (problem != NULL)
        return problem;
    if (pass->total != content->size)
        return "it has another size";
    if (sevl_sha256_finish(&pass->digest, hash) != SEVL_OK || !is_equal(hash, content->sha256))
        return "it holds other bytes";
    return NULL;
}

static const char *check_content(const struct content *content, const char *name)
{
    const char *problem = NULL;
    for (int stride = 0; stride < (int)content->strides && problem == NULL; stride++) {
        struct pass pass = {.stride = (enum stride)stride};
        if (!port_open(&pass.source, name))
            return port_reason(&pass.source);
        problem = check_pass(&pass, content);
        port_close(&pass.source);
    }
    return problem;
}

static const char *check_reason(const char *reason)
{
    if (*reason == '\0')
        return "the reason is empty";
    for (; *reason != '\0'; reason++)
        if (*reason == '\n')
            return "the reason holds a newline";
    return NULL;
}

static const char *check_missing(const char *name)
{
    struct port_source source;
    if (!port_open(&source, name))
        return check_reason(port_reason(&source));
    port_close(&source);
    return "it opened";
}

static const char *check_unreadable(struct port_source *source)
{
    size_t got = 1;
    if (port_read(source, buffer, SEVLAUNCH_BUFFER_SIZE, &got))
        return "it was read";
    if (got != 0)
        return "a failed read counted bytes";
    if (port_read(source, buffer, SEVLAUNCH_BUFFER_SIZE, &got) || got != 0)
        return "a read after a failed one did not fail";
    return NULL;
}

static const char *check_directory(const char *name)
{
    struct port_source source;
    if (!port_open(&source, name))
        return check_reason(port_reason(&source));
    const char *problem = check_unreadable(&source);
    port_close(&source);
    return problem == NULL ? check_reason(port_reason(&source)) : problem;
}

/* A file that the suite writes. */
struct file {
    size_t size;
    unsigned char first;
};

static unsigned char byte_at(const struct file *file, size_t position)
{
    return (unsigned char)(file->first + position + position / 256);
}

static const char *write_all(struct port_sink *sink, const struct file *file)
{
    size_t size = 1;
    for (size_t position = 0; position < file->size; position += size) {
        size = 2 * size < SEVLAUNCH_BUFFER_SIZE ? 2 * size : SEVLAUNCH_BUFFER_SIZE;
        size = size < file->size - position ? size : file->size - position;
        for (size_t i = 0; i < size; i++)
            buffer[i] = byte_at(file, position + i);
        if (!port_write(sink, buffer, size))
            return port_sink_reason(sink);
    }
    return NULL;
}

static const char *begin(struct port_sink *sink, const char *name, const struct file *file)
{
    if (!port_create(sink, name, PORT_OWNER))
        return port_sink_reason(sink);
    const char *problem = write_all(sink, file);
    if (problem != NULL)
        port_abandon(sink);
    return problem;
}

static const char *compare(struct port_source *source, const struct file *file)
{
    size_t position = 0;
    size_t got;
    do {
        if (!port_read(source, buffer, SEVLAUNCH_BUFFER_SIZE, &got))
            return port_reason(source);
        for (size_t i = 0; i < got; i++)
            if (position == file->size || buffer[i] != byte_at(file, position++))
                return "what was written is not what is read";
    } while (got > 0);
    return position == file->size ? NULL : "less was written";
}

/* Checks that the file has this content; if NULL, that there is no file. */
static const char *check_there(const char *name, const struct file *file)
{
    struct port_source source;
    if (file == NULL)
        return check_missing(name);
    if (!port_open(&source, name))
        return port_reason(&source);
    const char *problem = compare(&source, file);
    port_close(&source);
    return problem;
}

static const char *check_commit(const char *name, const struct file *file)
{
    struct port_sink sink;
    const char *problem = begin(&sink, name, file);
    if (problem != NULL)
        return problem;
    return port_commit(&sink, 1) ? check_there(name, file) : port_sink_reason(&sink);
}

/* The old file stays while a new one is written, and after that is abandoned. */
static const char *check_abandon(const char *name, const struct file *there)
{
    static const struct file file = {70, 'x'};
    struct port_sink sink;
    const char *problem = begin(&sink, name, &file);
    if (problem != NULL)
        return problem;
    problem = check_there(name, there);
    port_abandon(&sink);
    return problem == NULL ? check_there(name, there) : problem;
}

/* Two sinks, of which neither or both appear. */
static const char *begin_two(struct port_sink sinks[2], const char *const names[2],
                             const struct file files[2])
{
    const char *problem = begin(&sinks[0], names[0], &files[0]);
    if (problem != NULL)
        return problem;
    problem = begin(&sinks[1], names[1], &files[1]);
    if (problem != NULL)
        port_abandon(&sinks[0]);
    return problem;
}

static const char *check_both(const char *const names[2])
{
    static const struct file files[2] = {{3000, 'h'}, {50, 'p'}};
    struct port_sink sinks[2];
    const char *problem = begin_two(sinks, names, files);
    if (problem != NULL)
        return problem;
    if (!port_commit(sinks, 2))
        return "two files did not appear";
    problem = check_there(names[0], &files[0]);
    return problem == NULL ? check_there(names[1], &files[1]) : problem;
}

/* The second file would replace the first: what was there before is there again. */
static const char *check_twice(const char *name, const struct file *there)
{
    static const struct file files[2] = {{3000, '1'}, {50, '2'}};
    const char *const names[2] = {name, name};
    struct port_sink sinks[2];
    if (begin_two(sinks, names, files) == NULL && port_commit(sinks, 2))
        return "two files appeared under one name";
    return check_there(name, there);
}

static const char *check_same(const char *const names[2])
{
    if (!port_is_same(names[0], names[0]))
        return "its name is not its own";
    if (port_is_same(names[0], names[1]) || port_is_same(names[1], names[0]))
        return "two names lead to one file";
    if (port_is_stream(names[0], PORT_OUT) || port_is_stream(names[0], PORT_ERR))
        return "it is a stream";
    return NULL;
}

/* A name, and one more. */
struct two_names {
    char added[256];
    const char *name[2];
};

static bool add_name(struct two_names *names, const char *name)
{
    size_t length = length_of(name);
    if (length + 2 > sizeof names->added)
        return false;
    for (size_t i = 0; i < length; i++)
        names->added[i] = name[i];
    names->added[length] = '2';
    names->added[length + 1] = '\0';
    names->name[0] = name;
    names->name[1] = names->added;
    return true;
}

/* Stops at the first that returns a problem. */
static const char *check_one(const char *name)
{
    static const struct file files[] = {{10007, 'a'}, {100, 'b'}, {0, 'c'}};
    const char *problem = check_abandon(name, NULL);
    if (problem == NULL)
        problem = check_twice(name, NULL);
    for (size_t i = 0; i < sizeof files / sizeof *files && problem == NULL; i++) {
        problem = check_commit(name, &files[i]);
        if (problem == NULL)
            problem = check_abandon(name, &files[i]);
        if (problem == NULL)
            problem = check_twice(name, &files[i]);
    }
    return problem;
}

static const char *check_written(const char *name)
{
    static struct two_names names;
    if (!add_name(&names, name))
        return "its name is too long for this suite";
    const char *problem = check_same(names.name);
    if (problem == NULL)
        problem = check_one(name);
    for (int i = 0; i < 2 && problem == NULL; i++) /* the second time they are there */
        problem = check_both(names.name);
    return problem == NULL ? check_same(names.name) : problem;
}

static const char *check_unwritable(const char *name)
{
    struct port_sink sink;
    if (!port_create(&sink, name, PORT_OWNER))
        return check_reason(port_sink_reason(&sink));
    port_abandon(&sink);
    return "it was created";
}

static bool is_same(const unsigned char *a, const unsigned char *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static const char *check_random(const char *expected)
{
    unsigned char fills[2][16] = {{0}};
    bool is_random = port_random(fills[0], 16) && port_random(fills[1], 16);
    if (*expected != (is_random ? 'y' : 'n'))
        return is_random ? "there is one" : "there is none";
    return is_random && is_same(fills[0], fills[1], 16) ? "two fills are the same" : NULL;
}

/* This was written after 2025. */
#define TIME_MIN UINT64_C(1767225600)

/* Which the platform may know, or not: then the time is 0. */
static const char *check_time(const char *expected)
{
    uint64_t seconds = 1;
    (void)expected;
    if (!port_time(&seconds))
        return seconds == 0 ? NULL : "a time that is not known is not 0";
    return seconds >= TIME_MIN ? NULL : "the clock is late";
}

static const struct {
    const char *label;
    const char *(*check)(const char *value);
} checks[] = {
    {"missing", check_missing},       {"directory", check_directory}, {"written", check_written},
    {"unwritable", check_unwritable}, {"random", check_random},       {"time", check_time},
};

static const char *check(const char *argument)
{
    const char *name;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        name = value_of(argument, checks[i].label);
        if (name != NULL)
            return checks[i].check(name);
    }
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        name = value_of(argument, contents[i].label);
        if (name != NULL)
            return check_content(&contents[i], name);
    }
    return "it is no case of this suite";
}

static bool report(const char *argument, const char *problem)
{
    bool printed = print_text(problem == NULL ? "pass " : "FAIL ") && print_text(argument) &&
                   (problem == NULL || (print_text(": ") && print_text(problem))) &&
                   print_text("\n");
    return printed && problem == NULL;
}

/* A text has its given length, and reaches its stream. */
static bool check_print(void)
{
    static const char text[] = "to standard error\nmore than was asked for";
    bool printed = port_print(PORT_ERR, text, sizeof "to standard error\n" - 1);
    return report("print", printed ? NULL : "standard error takes no text");
}

int app_main(int argc, const char *const argv[])
{
    bool passed = check_print();
    if (argc < 2 || argv[argc] != NULL)
        passed = report("arguments", "expected CASE=NAME ... and a NULL");
    for (int i = 1; i < argc; i++)
        passed = report(argv[i], check(argv[i])) && passed;
    return passed ? 0 : 1;
}
