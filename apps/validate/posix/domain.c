/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "domain.h"

#include "cli/text.h"
#include "domain_check.h"

static const char *const domain_item_names[DOMAIN_ITEMS] = {
    [DOMAIN_ITEM_SECURITY] = "launch-security",
    [DOMAIN_ITEM_DH_CERT] = "dh-cert",
    [DOMAIN_ITEM_SESSION] = "session",
    [DOMAIN_ITEM_NVRAM] = "nvram",
    [DOMAIN_ITEM_LOADER] = "loader",
    [DOMAIN_ITEM_KERNEL_HASHES] = "kernel-hashes",
    [DOMAIN_ITEM_POLICY] = "policy",
    [DOMAIN_ITEM_CPUS] = "num-cpus",
    [DOMAIN_ITEM_FIRMWARE] = "firmware",
    [DOMAIN_ITEM_CPU_MODE] = "cpu-mode",
};

static enum cli_code fail_problem(const struct cli_console *console, const char *path,
                                  const struct domain_xml *xml)
{
    return cli_error(console, CLI_USAGE,
                     "--domain-xml: expected what virsh dumpxml prints of a domain in '", path,
                     "', got ", xml->problem, " (line ", text_decimal(domain_xml_line(xml)).text,
                     ")");
}

static enum cli_code read_domain_xml(struct domain_xml *xml, const struct cli_console *console,
                                     const char *path, struct cli_buffer buffer)
{
    domain_xml_init(xml);
    enum cli_code code = cli_stream(domain_xml_take, xml, console, path, buffer);
    if (code == CLI_GO_ON && domain_xml_finish(xml) != SEVL_OK)
        code = CLI_USAGE;
    if (xml->problem != NULL)
        return fail_problem(console, path, xml);
    return code;
}

enum cli_code domain_read(struct domain *domain, const struct cli_console *console,
                          const struct request *request, const struct sevl_launch *launch,
                          struct cli_buffer buffer)
{
    struct domain_xml xml;
    *domain = (struct domain){.path = request_value(request, OPTION_DOMAIN_XML)};
    if (domain->path == NULL)
        return CLI_GO_ON;
    enum cli_code code = read_domain_xml(&xml, console, domain->path, buffer);
    if (code == CLI_GO_ON)
        code = domain_check(domain, console, request, &xml.facts);
    if (code == CLI_GO_ON)
        domain_compare(domain, console, request, launch, &xml.facts);
    return code;
}

void domain_print_hints(const struct domain *domain, const struct cli_console *console)
{
    if (console->quiet)
        return;
    if (domain->differs[DOMAIN_ITEM_FIRMWARE])
        (void)!cli_line(PORT_ERR, "HINT: '", domain->path, "' starts the firmware '",
                        domain->loader, "': is '", domain->firmware, "' the same?");
    if (domain->differs[DOMAIN_ITEM_CPU_MODE])
        (void)!cli_line(PORT_ERR, "HINT: '", domain->path,
                        "' passes the host's CPU through: give the family, model and stepping "
                        "that 'virsh capabilities' shows there, not --cpu-type");
}

/* The names of some items, as a list, after a text. */
static void print_items(struct cli_json *json, const char *before, const bool is_listed[],
                        const char *after)
{
    const char *parts[4 + 2 * DOMAIN_ITEMS] = {before}; /* a quotation mark, `after`, a NULL */
    const char *separator = "\"";
    size_t used = 1;
    for (size_t i = 0; i < DOMAIN_ITEMS; i++)
        if (is_listed[i]) {
            parts[used++] = separator;
            parts[used++] = domain_item_names[i];
            separator = "\", \"";
        }
    if (used > 1)
        parts[used++] = "\"";
    parts[used] = after;
    cli_json_line_of(json, parts);
}

void domain_print_json(const struct domain *domain, struct cli_json *json)
{
    if (domain->path == NULL)
        return;
    print_items(json, "  \"domain-xml\": {\"checked\": [", domain->is_checked, "],");
    print_items(json, "    \"differs\": [", domain->differs, "]},");
}
