/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "path.h"

struct joiner {
    CHAR16 *path;
    size_t used;
};

static bool is_slash(CHAR16 unit)
{
    return unit == '/' || unit == '\\';
}

/* Up to the next slash or the end. */
static size_t component_length(const CHAR16 *text)
{
    size_t length = 0;
    while (text[length] != 0 && !is_slash(text[length]))
        length++;
    return length;
}

size_t path_mapping(const CHAR16 *name)
{
    size_t length = component_length(name);
    for (size_t i = 0; i < length; i++)
        if (name[i] == ':')
            return i + 1;
    return 0;
}

static bool is_dots(const CHAR16 *component, size_t length, size_t dots)
{
    return length == dots && component[0] == '.' && component[dots - 1] == '.';
}

static void drop_last(struct joiner *joiner)
{
    while (joiner->used > 0 && joiner->path[--joiner->used] != '\\')
        ;
}

/* Room is left for a NUL. */
static bool add_component(struct joiner *joiner, const CHAR16 *component, size_t length)
{
    if (PATH_UNITS - joiner->used <= 1 + length)
        return false;
    joiner->path[joiner->used++] = '\\';
    for (size_t i = 0; i < length; i++)
        joiner->path[joiner->used++] = component[i];
    return true;
}

static bool add(struct joiner *joiner, const CHAR16 *text)
{
    bool fits = true;
    while (*text != 0 && fits) {
        size_t length = component_length(text);
        if (is_dots(text, length, 2))
            drop_last(joiner);
        else if (length > 0 && !is_dots(text, length, 1))
            fits = add_component(joiner, text, length);
        text += text[length] == 0 ? length : length + 1;
    }
    return fits;
}

bool path_join(CHAR16 path[PATH_UNITS], const CHAR16 *directory, const CHAR16 *name)
{
    struct joiner joiner = {.path = path};
    if ((!is_slash(name[0]) && !add(&joiner, directory)) || !add(&joiner, name))
        return false;
    if (joiner.used == 0)
        path[joiner.used++] = '\\';
    path[joiner.used] = 0;
    return true;
}
