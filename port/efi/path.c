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

static bool is_dot_component(const CHAR16 *component, size_t length, size_t dots)
{
    return length == dots && component[0] == '.' && component[dots - 1] == '.';
}

static void drop_last(struct joiner *joiner)
{
    while (joiner->used > 0 && joiner->path[--joiner->used] != '\\')
        ;
}

/* Leaves room for a NUL. */
static bool add_component(struct joiner *joiner, const CHAR16 *component, size_t length)
{
    if (PATH_UNITS - joiner->used <= 1 + length)
        return false;
    joiner->path[joiner->used++] = '\\';
    for (size_t i = 0; i < length; i++)
        joiner->path[joiner->used++] = component[i];
    return true;
}

static bool join_components(struct joiner *joiner, const CHAR16 *text)
{
    bool fits = true;
    while (*text != 0 && fits) {
        size_t length = component_length(text);
        if (is_dot_component(text, length, 2))
            drop_last(joiner);
        else if (length > 0 && !is_dot_component(text, length, 1))
            fits = add_component(joiner, text, length);
        text += text[length] == 0 ? length : length + 1;
    }
    return fits;
}

bool path_join(CHAR16 path[PATH_UNITS], const CHAR16 *directory, const CHAR16 *name)
{
    struct joiner joiner = {.path = path};
    if ((!is_slash(name[0]) && !join_components(&joiner, directory)) ||
        !join_components(&joiner, name))
        return false;
    if (joiner.used == 0)
        path[joiner.used++] = '\\';
    path[joiner.used] = 0;
    return true;
}

static CHAR16 upper_latin1(CHAR16 unit)
{
    bool is_lower = (unit >= 'a' && unit <= 'z') || (unit >= 0xe0 && unit <= 0xfe && unit != 0xf7);
    return (CHAR16)(is_lower ? unit - 0x20 : unit);
}

/* Takes a component off a path, with a slash before it; drops the blanks and dots that FAT
 * ignores. */
static const CHAR16 *take_component(const CHAR16 **path, size_t *length)
{
    const CHAR16 *component = *path + (is_slash(**path) ? 1 : 0);
    *length = component_length(component);
    *path = component + *length;
    for (; *length > 0 && *component == ' '; component++)
        --*length;
    while (*length > 0 && (component[*length - 1] == ' ' || component[*length - 1] == '.'))
        --*length;
    return component;
}

bool path_is_same(const CHAR16 *path, const CHAR16 *other)
{
    while (*path != 0 && *other != 0) {
        size_t length;
        size_t other_length;
        const CHAR16 *component = take_component(&path, &length);
        const CHAR16 *other_component = take_component(&other, &other_length);
        if (length != other_length)
            return false;
        for (size_t i = 0; i < length; i++)
            if (upper_latin1(component[i]) != upper_latin1(other_component[i]))
                return false;
    }
    return *path == *other;
}
