/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "names.h"

#include <stddef.h>

/* Reads a path from its end, so that ".." comes before the component that it removes. */
struct reader {
    const char *path;
    size_t left; /* of its characters */
    size_t ups;  /* components that are still to be removed */
};

struct component {
    const char *text;
    size_t length;
};

static struct reader start_reader(const char *path)
{
    struct reader reader = {.path = path};
    while (path[reader.left] != '\0')
        reader.left++;
    return reader;
}

static struct component take_last_component(struct reader *reader)
{
    size_t end = reader->left;
    while (reader->left > 0 && reader->path[reader->left - 1] != '/')
        reader->left--;
    struct component last = {reader->path + reader->left, end - reader->left};
    if (reader->left > 0)
        reader->left--;
    return last;
}

static bool is_component_dots(struct component component, size_t dots)
{
    if (component.length != dots)
        return false;
    for (size_t i = 0; i < dots; i++)
        if (component.text[i] != '.')
            return false;
    return true;
}

/* Returns the next component that counts; its length is 0 if there is none. */
static struct component next_component(struct reader *reader)
{
    while (reader->left > 0) {
        struct component last = take_last_component(reader);
        if (is_component_dots(last, 2))
            reader->ups++;
        else if (last.length == 0 || is_component_dots(last, 1))
            continue;
        else if (reader->ups == 0)
            return last;
        else
            reader->ups--;
    }
    return (struct component){.length = 0};
}

static bool is_equal_component(struct component a, struct component b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (a.text[i] != b.text[i])
            return false;
    return true;
}

bool names_are_same(const char *name, const char *other)
{
    struct reader a = start_reader(name);
    struct reader b = start_reader(other);
    struct component last;
    do {
        last = next_component(&a);
        if (!is_equal_component(last, next_component(&b)))
            return false;
    } while (last.length > 0);
    if (*name == '/' || *other == '/') /* ".." at the root is the root */
        return *name == *other;
    return a.ups == b.ups;
}
