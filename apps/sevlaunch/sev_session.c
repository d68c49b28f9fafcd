/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "sev_session.h"

#include <sevlaunch/wipe.h>
#include <string.h>

#include "chain_words.h"
#include "cli/check.h"
#include "cli/help.h"
#include "cli/parse.h"
#include "cli/values.h"
#include "platform_checks.h"
#include "platform_chip.h"
#include "platform_missing.h"
#include "sev_policy.h"
#include "sev_session_answer.h"
#include "sev_session_options.h"

/* As sevctl has it. */
#define NAME_DEFAULT "vm"

/* One run of the subcommand. */
struct run {
    struct cli_console console;
    struct cli_arguments arguments;
    struct store store;
    struct platform_files files;
    struct platform_trust trust;
    struct platform_chain chain;
    struct platform_checks checks;
    struct sev_policy_facts policy;
    struct session_files names;
    struct launch_session session;
    struct sevl_sev_session_memory memory;
};

static bool has(const struct run *run, size_t option)
{
    return cli_has(&run->arguments, option);
}

static enum cli_code check_purpose(struct run *run)
{
    enum cli_code code = cli_require(&run->arguments, &run->console, SESSION_OPTION_CHAIN);
    if (code == CLI_GO_ON)
        code = cli_require(&run->arguments, &run->console, SESSION_OPTION_POLICY);
    return code == CLI_GO_ON ? cli_check(&run->arguments, &run->console) : code;
}

static enum cli_code read_policy(struct run *run)
{
    enum cli_code code = cli_read_number(&run->arguments, &run->console, SESSION_OPTION_POLICY, 0,
                                         UINT32_MAX, &run->policy.policy);
    return code == CLI_GO_ON
               ? sev_policy_check(&run->console, run->policy.policy, has(run, SESSION_OPTION_ES))
               : code;
}

static enum cli_code name_files(struct run *run)
{
    const char *name = run->arguments.value[SESSION_OPTION_NAME];
    run->names.tk = run->arguments.value[SESSION_OPTION_TK];
    return session_files_name(&run->names, &run->arguments, &run->console,
                              name == NULL ? NAME_DEFAULT : name);
}

static enum cli_code read_trust(struct run *run)
{
    static const struct platform_trust_options options = {SESSION_OPTION_ARK_FINGERPRINT,
                                                          SESSION_OPTION_OCA_FINGERPRINT};
    return platform_trust_read(&run->trust, &run->console, &run->arguments, &options);
}

static enum cli_code read_chain(struct run *run)
{
    enum cli_code code = platform_files_read(&run->files, &run->store, &run->console,
                                             &run->arguments, SESSION_OPTION_CHAIN);
    if (code == CLI_GO_ON)
        code =
            platform_chip_read(&run->files, &run->console, &run->arguments, SESSION_OPTION_CHIP_ID);
    return code == CLI_GO_ON
               ? platform_missing_check(&run->files, &run->console, "--chain", SEVL_SEV_PDH)
               : code;
}

static struct session_answer answer_of(const struct run *run)
{
    return (struct session_answer){.session = &run->session,
                                   .names = &run->names,
                                   .policy = &run->policy,
                                   .checks = &run->checks,
                                   .chain = &run->chain,
                                   .files = &run->files,
                                   .store = &run->store};
}

static enum cli_code fail_chain(const struct run *run)
{
    const struct session_answer answer = answer_of(run);
    platform_checks_tell_failures(&run->checks, &run->console);
    if (!has(run, SESSION_OPTION_JSON))
        return CLI_MISMATCH;
    enum cli_code code = cli_check_printed(&run->console, session_answer_print_json(&answer));
    return code == CLI_GO_ON ? CLI_MISMATCH : code;
}

/* Of a chain that does not hold, too: what its PEK says is told beside its checks. */
static void look_at_policy(struct run *run)
{
    const struct sevl_sev_certificate *pek = &run->files.certificate[SEVL_SEV_PEK];
    run->policy.pek_api_major = pek->api_major;
    run->policy.pek_api_minor = pek->api_minor;
    run->policy.is_oca_pinned = run->trust.has_oca;
    sev_policy_warn(&run->console, &run->policy);
}

static enum cli_code verify_platform(struct run *run)
{
    enum sevl_result verdict =
        platform_chain_verify(&run->chain, &run->files, &run->trust, SEVL_SEV_PDH);
    if (verdict == SEVL_ERROR_CRYPTO)
        return cli_error(&run->console, CLI_FAILED, "the hash of a certificate failed");
    platform_checks_add_chain(&run->checks, &run->chain, &run->trust, SEVL_SEV_PDH);
    platform_chain_debug(&run->chain, &run->console, SEVL_SEV_PDH);
    look_at_policy(run);
    return verdict == SEVL_MATCH ? CLI_GO_ON : fail_chain(run);
}

static bool draw_random(void *context, uint8_t *bytes, size_t size)
{
    (void)context;
    return port_random(bytes, size);
}

static enum cli_code make_launch_session(struct run *run)
{
    static const struct sevl_random random = {draw_random, NULL};
    struct sevl_sev_session *made = &run->session.made;
    enum sevl_result result = sevl_sev_session_make(made, &run->chain.key[SEVL_SEV_PDH],
                                                    run->policy.policy, &random, &run->memory);
    if (result == SEVL_ERROR_RANDOM)
        return cli_error(&run->console, CLI_FAILED,
                         "this machine has no source of random bytes that are fit for keys");
    if (result != SEVL_OK)
        return cli_error(&run->console, CLI_FAILED, "the encryption of the session failed");
    cli_debug(&run->console, "GODH(x, y)", made->godh, sizeof made->godh);
    cli_debug(&run->console, "Session", made->blob, sizeof made->blob);
    return CLI_GO_ON;
}

/* What of it goes to the host. */
static enum cli_code encode_session(struct run *run)
{
    struct launch_session *session = &run->session;
    uint8_t godh[SEVL_SEV_CERTIFICATE_SIZE];
    sevl_sev_godh_write(session->made.godh, godh);
    enum sevl_result result =
        sevl_base64_encode(godh, sizeof godh, session->dh_cert, sizeof session->dh_cert);
    if (result == SEVL_OK)
        result = sevl_base64_encode(session->made.blob, sizeof session->made.blob, session->blob,
                                    sizeof session->blob);
    return result == SEVL_OK ? CLI_GO_ON : cli_error(&run->console, CLI_FAILED, "base64 failed");
}

static enum cli_code write_session(struct run *run)
{
    return session_files_write(&run->names, &run->console, &run->session);
}

/* Standard output has the element alone: the words go beside it. */
static bool print_xml(const struct run *run, const struct session_answer *answer)
{
    if (!session_answer_print_xml(answer))
        return false;
    if (!run->console.quiet)
        (void)!session_answer_print_words(answer, PORT_ERR);
    return true;
}

static bool print_form(const struct run *run, const struct session_answer *answer)
{
    if (has(run, SESSION_OPTION_JSON))
        return session_answer_print_json(answer);
    if (has(run, SESSION_OPTION_LAUNCH_SECURITY_XML))
        return print_xml(run, answer);
    return run->console.quiet || session_answer_print_words(answer, PORT_OUT);
}

static enum cli_code print_answer(struct run *run)
{
    const struct session_answer answer = answer_of(run);
    if (print_form(run, &answer))
        return CLI_SUCCESS;
    return cli_error(&run->console, CLI_FAILED,
                     "cannot write to standard output; the session's files are written");
}

static enum cli_code run_steps(struct run *run)
{
    static enum cli_code (*const steps[])(
        struct run *) = {check_purpose, read_policy,     name_files,          read_trust,
                         read_chain,    verify_platform, make_launch_session, encode_session,
                         write_session, print_answer};
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && code == CLI_GO_ON; i++)
        code = steps[i](run);
    return code;
}

enum cli_code sev_session(const char *const words[], struct cli_buffer buffer)
{
    struct run run;
    struct chain_words expanded;
    memset(&run, 0, sizeof run);
    store_begin(&run.store, buffer);
    enum cli_code code = cli_parse(&run.arguments, &run.console, &sev_session_command,
                                   chain_words_expand(&expanded, words));
    if (code != CLI_GO_ON)
        return code;
    if (has(&run, SESSION_OPTION_HELP))
        return cli_print_help(&sev_session_command, &run.console);
    code = run_steps(&run);
    sevl_wipe(&run.session, sizeof run.session);
    return code;
}
