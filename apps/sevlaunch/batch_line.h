/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A line of --batch: a report, and what belongs to it, as a JSON object. */
#ifndef SEVLAUNCH_BATCH_LINE_H
#define SEVLAUNCH_BATCH_LINE_H

#include <sevlaunch/snp/chain.h>

#include "collateral.h"
#include "json_scan.h"
#include "report_file.h"

/* Bytes of a line without its end; characters of an id, as it stands in JSON. */
#define BATCH_LINE_MAX 65536
#define BATCH_ID_MAX 128

#define BATCH_NAME_SHOWN 64

enum batch_member {
    MEMBER_ID,
    MEMBER_REPORT,
    MEMBER_CERTS,
    MEMBER_KEY,
    MEMBER_REPORT_DATA,
    MEMBER_NONCE,
    MEMBERS
};

/* Where a line's parts go; the same for all lines. */
struct batch_room {
    struct collateral *collateral; /* certificates are added here, */
    size_t shared;                 /* after those of all lines */
    struct store store;            /* for one line alone */
    char text[BATCH_LINE_MAX + 1]; /* for one string */
    bool allows_keys;
};

struct batch_line {
    struct batch_room *room;
    struct json_scan scan;
    size_t size;
    bool is_json;             /* as far as it was read */
    enum batch_member member; /* whose value is read; MEMBERS: of one that is unknown */
    bool seen[MEMBERS];
    const char *problem;            /* the first one, or NULL; it stands after `subject` */
    char subject[BATCH_NAME_SHOWN]; /* the name of a member */
    char id[BATCH_ID_MAX + 1];      /* as it stands between its quotes; "": there is none */
    struct report_file file;
    struct sevl_snp_key key;
    uint8_t report_data[64];
};

/* Begins a line. What the line before it left in the room is gone. */
void batch_line_begin(struct batch_line *line, struct batch_room *room);

/* Takes more of it; its end is not one of these bytes. */
void batch_line_take(struct batch_line *line, const char *bytes, size_t size);

/*
 * Ends it. Returns whether it is one: `problem` tells why not. Then `file` has a report, and what
 * was `seen` is there.
 */
bool batch_line_end(struct batch_line *line);

#endif
