/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_missing.h"

#include "kds.h"

#define PARTS_MAX (3 + 2 * PLATFORM_KINDS + 5)

/* An error line that grows. */
struct line {
    const char *parts[PARTS_MAX];
    size_t count;
};

static void add(struct line *line, const char *text)
{
    line->parts[line->count++] = text;
}

static const char *name_of_missing(const struct platform_files *files,
                                   enum sevl_sev_certificate_kind kind)
{
    if (kind != SEVL_SEV_CEK)
        return platform_kind_name(kind);
    return files->path[kind] == NULL ? "CEK" : "CEK that AMD signed";
}

/* Names those that are missing. Returns how many. */
static size_t add_missing(struct line *line, const struct platform_files *files,
                          enum sevl_sev_certificate_kind last)
{
    size_t count = 0;
    for (int i = SEVL_SEV_ARK; i <= (int)last; i++) {
        enum sevl_sev_certificate_kind kind = (enum sevl_sev_certificate_kind)i;
        if (platform_files_has(files, kind))
            continue;
        add(line, count == 0 ? " " : ", ");
        add(line, name_of_missing(files, kind));
        count++;
    }
    return count;
}

static bool lacks_of_host(const struct platform_files *files, enum sevl_sev_certificate_kind last)
{
    for (int i = SEVL_SEV_OCA; i <= (int)last; i++)
        if (!platform_files_has(files, (enum sevl_sev_certificate_kind)i))
            return true;
    return false;
}

enum cli_code platform_missing_check(const struct platform_files *files,
                                     const struct cli_console *console, const char *option,
                                     enum sevl_sev_certificate_kind last)
{
    struct line line = {{"ERROR: ", option, ": no file holds"}, 3};
    const struct kds_address cek = kds_cek(files->chip_id);
    if (add_missing(&line, files, last) == 0)
        return CLI_GO_ON;
    if (!platform_files_has(files, SEVL_SEV_ARK) || !platform_files_has(files, SEVL_SEV_ASK))
        add(&line, "; AMD's file of ASK and ARK is " PLATFORM_AUTHORITIES_ADDRESS);
    if (!platform_files_has(files, SEVL_SEV_CEK) && files->chip_id_source == NULL)
        add(&line, "; AMD's CEK is https://kdsintf.amd.com/cek/id/ and the chip's id, 'cpu0-id' on "
                   "the host "
                   "(--chip-id tells the address)");
    if (!platform_files_has(files, SEVL_SEV_CEK) && files->chip_id_source != NULL) {
        add(&line, "; AMD's CEK is ");
        add(&line, cek.text);
    }
    if (lacks_of_host(files, last))
        add(&line, "; the host has the others: 'virsh nodesevinfo' prints them");
    return cli_error_of(console, CLI_USAGE, line.parts);
}
