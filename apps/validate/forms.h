/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The options of the command: their names, their values, their help. */
#ifndef SEVLAUNCH_FORMS_H
#define SEVLAUNCH_FORMS_H

enum option {
    OPTION_HELP,
    OPTION_VERSION,
    OPTION_SELF_TEST,
    OPTION_DEBUG,
    OPTION_QUIET,
    OPTION_MEASUREMENT,
    OPTION_API_MAJOR,
    OPTION_API_MINOR,
    OPTION_BUILD_ID,
    OPTION_POLICY,
    OPTION_FIRMWARE,
    OPTION_LAUNCH_DIGEST,
    OPTION_TIK,
    OPTION_TEK,
    OPTION_TK,
    OPTION_COUNT
};

/* How an option is written, and what the help says of it. */
struct option_form {
    const char *name;  /* with its two dashes */
    const char *value; /* what stands for the value in the help; NULL for a flag */
    const char *help;
    const char *group; /* the heading that this option is the first under, or NULL */
    char letter;       /* '\0' when there is none */
};
extern const struct option_form option_forms[OPTION_COUNT];

#endif
