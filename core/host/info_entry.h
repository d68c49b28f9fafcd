/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What a name and its value say of a launch. */
#ifndef SEVLAUNCH_INFO_ENTRY_H
#define SEVLAUNCH_INFO_ENTRY_H

#include "base/text.h"
#include "sevlaunch/host/launch_info.h"

enum info_field {
    FIELD_API_MAJOR,
    FIELD_API_MINOR,
    FIELD_BUILD_ID,
    FIELD_POLICY,
    FIELD_MEASUREMENT,
    FIELD_DATA,
    FIELD_TYPE,
    FIELD_SNP_POLICY,
    FIELD_ENABLED,
    FIELD_LOADER_SHA,
    FIELD_OTHER
};

struct info_reader {
    struct sevl_launch_info *info;
    struct sevl_launch_info_problem *problem;
    const char *text; /* the whole of it */
    struct sevl_text rest;
};

/* A line of virsh, or a member of a JSON object. */
struct info_entry {
    struct sevl_text name;
    struct sevl_text value; /* of an object or an array, the opening bracket */
};

/* Says what is wrong with an entry, which is a part of `reader->text`. */
void sevl_info_set_problem(struct info_reader *reader, enum sevl_launch_info_fault fault,
                           const struct info_entry *entry);

/* The field that a name is of. With `needs_prefix` a name without "sev" is none. */
enum info_field sevl_info_field_of(struct sevl_text name, bool needs_prefix);

/* Takes the value of a field. Returns false, with the problem set, if it is wrong. */
bool sevl_info_set_field(struct info_reader *reader, enum info_field field,
                         const struct info_entry *entry);

#endif
