/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "subcommands.h"

#include "cli/text.h"
#include "id_block.h"
#include "sev_chain.h"
#include "sev_digest.h"
#include "sev_report.h"
#include "sev_session.h"
#include "show.h"
#include "snp_digest.h"
#include "verify.h"

static const struct subcommand {
    const char *name;
    enum cli_code (*run)(const char *const words[], struct cli_buffer buffer);
    const char *help;
} subcommands[] = {
    {"snp-digest", snp_digest, "the launch digest that an SEV-SNP guest must have"},
    {"sev-digest", sev_digest, "the same of an SEV or SEV-ES guest"},
    {"sev-chain", sev_chain, "whether a platform with SEV or SEV-ES is AMD's"},
    {"sev-session", sev_session, "keys for one launch on such a platform, and the host's part"},
    {"sev-report", sev_report, "whether such a platform made a report"},
    {"snp-id-block", id_block, "an ID block and the page of its signatures, step by step"},
#define SUBCOMMAND(name, run, help) {name, run, help},
#include "subcommands_port.def"
    {"snp-verify", snp_verify, "whether a report is genuine, and of the guest that was chosen"},
    {"show", show, "what a file is and what is in it, as a report or a certificate"},
};
#define SUBCOMMANDS (sizeof subcommands / sizeof *subcommands)

static const struct cli_console loud = {.quiet = false};

static const struct subcommand *find_subcommand(const char *name)
{
    for (size_t i = 0; i < SUBCOMMANDS; i++)
        if (text_equal(name, subcommands[i].name))
            return &subcommands[i];
    return NULL;
}

static bool print_subcommands(void)
{
    static const char blanks[] = "              ";
    for (size_t i = 0; i < SUBCOMMANDS; i++) {
        size_t length = text_length(subcommands[i].name);
        if (!cli_line(PORT_OUT, "  ", subcommands[i].name, blanks + length, subcommands[i].help))
            return false;
    }
    return true;
}

static enum cli_code print_overview(void)
{
    bool printed =
        cli_line(PORT_OUT, "usage: sevlaunch COMMAND [OPTION]...") && cli_line(PORT_OUT, "") &&
        cli_line(PORT_OUT, "What a guest owner needs under AMD SEV-SNP, SEV and SEV-ES.") &&
        cli_line(PORT_OUT, "") && print_subcommands() && cli_line(PORT_OUT, "") &&
        cli_line(PORT_OUT, "'sevlaunch help COMMAND' tells the options of each.");
    enum cli_code code = cli_check_printed(&loud, printed);
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

static enum cli_code print_version(void)
{
    enum cli_code code =
        cli_check_printed(&loud, cli_line(PORT_OUT, "sevlaunch " SEVLAUNCH_VERSION));
    return code == CLI_GO_ON ? CLI_SUCCESS : code;
}

static enum cli_code fail_name(const char *name)
{
    return cli_error(&loud, CLI_USAGE, "'", name,
                     "' is not a command; 'sevlaunch help' lists them");
}

static enum cli_code help(const char *const words[], struct cli_buffer buffer)
{
    static const char *const asks_help[] = {"--help", NULL};
    if (words[0] == NULL)
        return print_overview();
    const struct subcommand *subcommand = find_subcommand(words[0]);
    if (subcommand == NULL)
        return fail_name(words[0]);
    return subcommand->run(asks_help, buffer);
}

static enum cli_code dispatch(const char *const words[], struct cli_buffer buffer)
{
    if (words[0] == NULL)
        return cli_error(&loud, CLI_USAGE, "a command is required; 'sevlaunch help' lists them");
    if (text_equal(words[0], "help") || text_equal(words[0], "--help") ||
        text_equal(words[0], "-h"))
        return help(words + 1, buffer);
    if (text_equal(words[0], "--version"))
        return print_version();
    const struct subcommand *subcommand = find_subcommand(words[0]);
    return subcommand == NULL ? fail_name(words[0]) : subcommand->run(words + 1, buffer);
}

enum cli_code sevlaunch(const char *const words[], struct cli_buffer buffer)
{
    return cli_exit_code(dispatch(words, buffer));
}
