/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Why the measurement of a genuine report is not that of the guest whose files are given, in the
 * words of `sevlaunch snp-digest --report`. It explains a failure, and never excuses one.
 */
#ifndef SEVLAUNCH_VERIFY_DIAGNOSIS_H
#define SEVLAUNCH_VERIFY_DIAGNOSIS_H

#include "cli/json.h"
#include "snp_diagnosis.h"
#include "verify_guest.h"

struct verify_diagnosis {
    const struct verify_guest *guest; /* the caller's */
    bool is_genuine;                  /* the report */
    bool is_wanted;                   /* its measurement is none of those expected */
    struct snp_expected expected;     /* what it reports */
    struct snp_diagnosis found;       /* if it was made: it is of this guest, and wanted */
};

/*
 * Makes the diagnosis, if there is something to explain and a guest to explain it with. `state`
 * is that of the check of the measurement, which is made of genuine reports alone.
 */
void verify_diagnose(struct verify_diagnosis *diagnosis, const struct verify_guest *guest,
                     const struct sevl_snp_report *report, enum sevl_snp_check_state state);

/* Unless quiet, prints it; or why there is none, or what one would need. */
void verify_diagnosis_print(const struct verify_diagnosis *diagnosis,
                            const struct cli_console *console);

/* A member of a JSON object, after which another one comes: null where no guest is given. */
void verify_diagnosis_put(struct cli_json *json, const struct verify_diagnosis *diagnosis);

/* Adds the options that give the guest's value which matches, if one does. */
void verify_diagnosis_describe(struct phrase *phrase, const struct verify_diagnosis *diagnosis);

#endif
