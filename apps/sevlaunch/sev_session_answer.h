/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What `sevlaunch sev-session` says: all but the keys. */
#ifndef SEVLAUNCH_SEV_SESSION_ANSWER_H
#define SEVLAUNCH_SEV_SESSION_ANSWER_H

#include "platform_checks.h"
#include "sev_policy.h"
#include "sev_session_files.h"

struct session_answer {
    const struct launch_session *session; /* its texts are empty if none was made */
    const struct session_files *names;
    const struct sev_policy_facts *policy;
    const struct platform_checks *checks;
    const struct platform_chain *chain;
    const struct platform_files *files;
    const struct store *store;
};

/* Each returns whether all was printed. */

/* What was made, and what was not checked. */
PORT_CHECK bool session_answer_print_words(const struct session_answer *answer,
                                           enum port_stream stream);

/* libvirt's element for a domain. */
PORT_CHECK bool session_answer_print_xml(const struct session_answer *answer);

/* The verdict on the chain, with the session, or without one. */
PORT_CHECK bool session_answer_print_json(const struct session_answer *answer);

#endif
