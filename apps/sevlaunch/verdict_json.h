/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Parts that all verdicts in JSON have. */
#ifndef SEVLAUNCH_VERDICT_JSON_H
#define SEVLAUNCH_VERDICT_JSON_H

#include "cli/json.h"
#include "store.h"

/* Begins the object: its type and form, who made it, "sev-snp" for example, and the verdict. */
void verdict_json_begin(struct cli_json *json, const char *technology, bool is_good);

/* The files that were read. */
void verdict_json_files(struct cli_json *json, const struct store *store);

/* A check; an empty text is null. */
struct verdict_json_check {
    const char *name;
    const char *state; /* "passed", "failed" or "not-made" */
    const char *protects;
    const char *expected;
    const char *actual;
};
void verdict_json_put_check(struct cli_json *json, const struct verdict_json_check *check,
                            bool is_last);

#endif
