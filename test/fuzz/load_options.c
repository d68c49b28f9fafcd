/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * EFI's load options give words of well-formed UTF-8 that convert to UTF-16 and
 * back. A joined path is normal: joining it again does not change it.
 */
#include "arguments.h"
#include "fuzz.h"
#include "path.h"
#include "utf.h"

/* The arguments that a shell passes, made of words; they stay in `room`. */
struct argv {
    CHAR16 *words[ARGUMENTS_MAX + 1];
    CHAR16 room[ARGUMENTS_ROOM];
};

static void convert(struct argv *argv, const struct arguments *arguments)
{
    CHAR16 *next = argv->room;
    for (int i = 0; i < arguments->count; i++) {
        size_t room = strlen(arguments->argv[i]) + 1;
        REQUIRE(next + room <= argv->room + ARGUMENTS_ROOM);
        REQUIRE(utf8_to_utf16(arguments->argv[i], next, room));
        argv->words[i] = next;
        next += room;
    }
}

static void check_again(const struct arguments *arguments)
{
    static struct argv argv;
    static struct arguments again;
    convert(&argv, arguments);
    REQUIRE(arguments_from_argv(&again, (size_t)arguments->count, argv.words));
    REQUIRE(again.count == arguments->count);
    for (int i = 0; i < again.count; i++)
        REQUIRE(strcmp(again.argv[i], arguments->argv[i]) == 0);
}

static void check_words(const struct arguments *arguments)
{
    const char *end = arguments->text + arguments->used;
    REQUIRE(arguments->count >= 1 && arguments->argv[arguments->count] == NULL);
    REQUIRE(arguments->used <= ARGUMENTS_ROOM);
    for (int i = 0; i < arguments->count; i++) {
        const char *word = arguments->argv[i];
        bool within = word >= arguments->text && word < end;
        REQUIRE(within || (i == 0 && *word == '\0'));
    }
}

static bool is_normal(const CHAR16 *path)
{
    size_t start = 1;
    for (size_t i = 0;; i++) {
        size_t length = i - start;
        if (path[i] == '/' || (i == 0 && path[i] != '\\'))
            return false;
        if (i == 0 || (path[i] != 0 && path[i] != '\\'))
            continue;
        if ((length == 0 && i > 1) || (length == 1 && path[start] == '.') ||
            (length == 2 && path[start] == '.' && path[start + 1] == '.'))
            return false;
        if (path[i] == 0)
            return true;
        start = i + 1;
    }
}

static void check_path(const CHAR16 *directory, const CHAR16 *name)
{
    CHAR16 *path = malloc(PATH_UNITS * sizeof *path);
    CHAR16 again[PATH_UNITS];
    REQUIRE(path != NULL);
    REQUIRE(path_mapping(name) == 0 || name[path_mapping(name) - 1] == ':');
    if (path_join(path, directory, name)) {
        REQUIRE(is_normal(path));
        REQUIRE(path_join(again, path, path));
        for (size_t i = 0; i == 0 || path[i - 1] != 0; i++)
            REQUIRE(path[i] == again[i]);
    }
    free(path);
}

/* The units of a text and a NUL, at an even address. */
static CHAR16 *copy_units(const uint8_t *bytes, size_t size)
{
    CHAR16 *units = calloc(size / 2 + 1, sizeof *units);
    REQUIRE(units != NULL);
    memcpy(units, bytes, size / 2 * 2);
    return units;
}

static void check_paths(const uint8_t *data, size_t size)
{
    CHAR16 *name = copy_units(data, size);
    size_t length = 0;
    while (name[length] != 0)
        length++;
    bool has_two = length < size / 2;
    check_path(has_two ? name + length + 1 : name + length, name);
    free(name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arguments arguments;
    char *options = copy_text(data, size);
    memmove(options + 1, options, size); /* to an odd address */
    if (arguments_from_options(&arguments, options + 1, size)) {
        check_words(&arguments);
        if (arguments.count <= ARGUMENTS_MAX) /* an unknown name counts, too */
            check_again(&arguments);
    } else {
        REQUIRE(arguments.problem != NULL);
    }
    check_paths((const uint8_t *)options + 1, size);
    free(options);
    return 0;
}
