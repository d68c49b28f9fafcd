/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_checks.h"

#include <string.h>

#include "cli/text.h"
#include "verdict_json.h"

static const struct row {
    const char *name;
    const char *protects;
} rows[PLATFORM_KINDS] = {
    [SEVL_SEV_ARK] = {"ark", "certificates of somebody who is not AMD"},
    [SEVL_SEV_ASK] = {"ask", "keys that AMD did not make for this"},
    [SEVL_SEV_CEK] = {"cek", "keys that are not in a processor"},
    [SEVL_SEV_OCA] = {"oca", "a certificate that is not as its key's owner made it"},
    [SEVL_SEV_PEK] = {"pek", "keys that no secure processor of AMD's made"},
    [SEVL_SEV_PDH] = {"pdh", "a key whose secret is not in the processor alone"},
};

const char *platform_check_name(enum sevl_sev_certificate_kind kind)
{
    return rows[kind].name;
}

void platform_checks_add(struct platform_checks *checks, const struct platform_check *check)
{
    checks->check[checks->count++] = *check;
}

/* An OCA with another fingerprint than the one expected signed itself, though. */
static enum platform_state state_of_link(const struct platform_chain *chain,
                                         enum sevl_sev_certificate_kind kind)
{
    if (kind == SEVL_SEV_OCA && chain->result[kind] == SEVL_UNTRUSTED)
        return PLATFORM_PASSED;
    return platform_link_state(chain, kind);
}

/* Writes some words and a fingerprint between them. Returns `text`. */
static const char *tell_fingerprint(char *text, const char *before,
                                    const struct sevl_sev_fingerprint *fingerprint,
                                    const char *after)
{
    size_t length = text_length(before);
    memcpy(text, before, length);
    text_from_bytes(text + length, fingerprint->sha384, SEVL_SHA384_SIZE);
    length += 2 * sizeof fingerprint->sha384;
    memcpy(text + length, after, text_length(after) + 1);
    return text;
}

static void add_link(struct platform_checks *checks, const struct platform_chain *chain,
                     enum sevl_sev_certificate_kind kind)
{
    struct platform_check check = {
        .name = rows[kind].name,
        .protects = rows[kind].protects,
        .state = state_of_link(chain, kind),
        .expected = platform_link_expected(kind),
        .got = platform_link_got(chain, kind),
    };
    if (kind == SEVL_SEV_ARK && chain->result[kind] == SEVL_UNTRUSTED)
        check.got = tell_fingerprint(checks->ark, "", &chain->fingerprint[kind], check.got);
    platform_checks_add(checks, &check);
}

static enum platform_state state_of_owner(const struct platform_chain *chain,
                                          const struct platform_trust *trust)
{
    if (!trust->has_oca)
        return PLATFORM_NOT_MADE;
    if (chain->result[SEVL_SEV_OCA] == SEVL_UNTRUSTED)
        return PLATFORM_FAILED;
    return chain->result[SEVL_SEV_OCA] == SEVL_MATCH ? PLATFORM_PASSED : PLATFORM_NOT_MADE;
}

static void add_owner(struct platform_checks *checks, const struct platform_chain *chain,
                      const struct platform_trust *trust)
{
    struct platform_check check = {
        .name = "owner",
        .protects = "a platform of another owner",
        .state = state_of_owner(chain, trust),
        .expected = "",
        .got = "nothing: any OCA signs itself, and no fingerprint is expected",
    };
    if (trust->has_oca) {
        check.expected = tell_fingerprint(checks->owner_expected, "OCA ", &trust->oca, "");
        check.got = check.state == PLATFORM_NOT_MADE
                        ? "nothing: the OCA did not hold"
                        : tell_fingerprint(checks->owner_got, "OCA ",
                                           &chain->fingerprint[SEVL_SEV_OCA], "");
    }
    platform_checks_add(checks, &check);
}

void platform_checks_add_chain(struct platform_checks *checks, const struct platform_chain *chain,
                               const struct platform_trust *trust,
                               enum sevl_sev_certificate_kind last)
{
    static const struct platform_check chip = {
        .name = "chip-id",
        .protects = "another chip than the one that is meant",
        .state = PLATFORM_NOT_MADE,
        .expected = "",
        .got = "nothing: no certificate tells the chip's id",
    };
    static const struct platform_check revocation = {
        .name = "revocation",
        .protects = "a chip whose keys are known to others",
        .state = PLATFORM_NOT_MADE,
        .expected = "",
        .got = "nothing: AMD publishes no list of these keys",
    };
    for (int i = SEVL_SEV_ARK; i <= (int)last; i++)
        add_link(checks, chain, (enum sevl_sev_certificate_kind)i);
    add_owner(checks, chain, trust);
    platform_checks_add(checks, &chip);
    platform_checks_add(checks, &revocation);
}

void platform_checks_tell_failures(const struct platform_checks *checks,
                                   const struct cli_console *console)
{
    for (size_t i = 0; i < checks->count; i++) {
        const struct platform_check *check = &checks->check[i];
        if (check->state != PLATFORM_FAILED)
            continue;
        (void)!cli_error(console, CLI_MISMATCH, check->name, ": expected ", check->expected,
                         ", got ", check->got);
    }
}

bool platform_checks_print_not_made(const struct platform_checks *checks, enum port_stream stream)
{
    const char *parts[1 + 2 * PLATFORM_CHECKS_MAX + 1] = {"Not checked:"};
    size_t used = 1;
    for (size_t i = 0; i < checks->count; i++) {
        if (checks->check[i].state != PLATFORM_NOT_MADE)
            continue;
        parts[used] = used == 1 ? " " : ", ";
        parts[used + 1] = checks->check[i].name;
        used += 2;
    }
    return cli_line_of(stream, parts);
}

void platform_checks_put(struct cli_json *json, const struct platform_checks *checks)
{
    static const char *const states[] = {
        [PLATFORM_NOT_MADE] = "not-made",
        [PLATFORM_PASSED] = "passed",
        [PLATFORM_FAILED] = "failed",
    };
    cli_json_line(json, "  \"checks\": [");
    for (size_t i = 0; i < checks->count; i++) {
        const struct platform_check *check = &checks->check[i];
        const struct verdict_json_check row = {check->name, states[check->state], check->protects,
                                               check->expected, check->got};
        verdict_json_put_check(json, &row, i + 1 == checks->count);
    }
    cli_json_line(json, "  ]");
}
