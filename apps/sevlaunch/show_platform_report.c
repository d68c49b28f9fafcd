/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <sevlaunch/sev/platform_report.h>

#include "show_host_text.h"

static void show_launch_policy(struct show_output *output, uint32_t policy)
{
    static const char *const bits[] = {"NODBG", "NOKS", "ES", "NOSEND", "DOMAIN", "SEV"};
    const uint8_t api[] = {(uint8_t)(policy >> 16), (uint8_t)(policy >> 24)};
    show_hexadecimal(output, "policy", true, policy);
    show_version(output, "policy-api", api, sizeof api);
    show_bits(output, "policy-bits", "policy-bit", policy & 0xffff, bits,
              sizeof bits / sizeof *bits);
}

enum cli_code show_platform_report(struct show_file *file, const struct cli_console *console,
                                   struct show_output *output)
{
    struct sevl_sev_platform_report report;
    struct show_host_text text;
    size_t size = show_host_text_read(&text, file);
    (void)console;
    if (sevl_sev_platform_report_read(&report, file->work, size) != SEVL_OK)
        return CLI_GO_ON;
    show_begin(output, "platform-report");
    show_file_members(file, output);
    show_encoding(file, output, size);
    show_bytes(output, "nonce", report.mnonce, SEVL_MNONCE_SIZE);
    show_bytes(output, "launch-digest", report.launch_digest, SEVL_LAUNCH_DIGEST_SIZE);
    show_launch_policy(output, report.policy);
    show_note(output, "nothing is verified here, and anyone can write this: see sev-report");
    show_note(output, "it binds no session: no ground to release a secret");
    return CLI_SUCCESS;
}
