/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "domain_check.h"

#include <string.h>

#include "cli/text.h"

#define LAUNCH_SECURITY "/domain/launchSecurity"

static bool value_is(const struct domain_facts *facts, enum domain_node node, const char *word)
{
    return text_equal(facts->value[node].text, word);
}

/* An error line of what the XML is to have, and what it has. */
#define fail_domain(domain, console, expected, ...)                                           \
    cli_error(console, CLI_USAGE, "--domain-xml: expected ", expected, " in '", domain->path, \
              "', got ", __VA_ARGS__)

static enum cli_code check_type(const struct domain *domain, const struct cli_console *console,
                                const struct domain_facts *facts)
{
    if (value_is(facts, DOMAIN_NODE_TYPE, "sev-snp"))
        return fail_domain(domain, console, "a domain of SEV or SEV-ES",
                           "one of SEV-SNP, whose launches this command does not validate");
    if (!value_is(facts, DOMAIN_NODE_TYPE, "sev"))
        return fail_domain(domain, console, LAUNCH_SECURITY " of the type 'sev'", "the type '",
                           facts->value[DOMAIN_NODE_TYPE].text, "'");
    return CLI_GO_ON;
}

/* How often an element has to be there. */
static const struct domain_rule {
    enum domain_item item;
    enum domain_node node;
    uint32_t count;
    const char *expected;
} domain_rules[] = {
    {DOMAIN_ITEM_SECURITY, DOMAIN_NODE_SECURITY, 1, "one " LAUNCH_SECURITY},
    {DOMAIN_ITEM_DH_CERT, DOMAIN_NODE_DH_CERT, 1,
     "one " LAUNCH_SECURITY "/dhCert, the owner's certificate,"},
    {DOMAIN_ITEM_SESSION, DOMAIN_NODE_SESSION, 1,
     "one " LAUNCH_SECURITY "/session, made with the TEK and the TIK,"},
    {DOMAIN_ITEM_NVRAM, DOMAIN_NODE_NVRAM, 0,
     "no /domain/os/nvram, which is the host's to change and not measured,"},
    {DOMAIN_ITEM_LOADER, DOMAIN_NODE_LOADER, 1, "one /domain/os/loader, the firmware,"},
    {DOMAIN_ITEM_POLICY, DOMAIN_NODE_POLICY, 1, "one " LAUNCH_SECURITY "/policy"},
};

static enum cli_code check_rule(struct domain *domain, const struct cli_console *console,
                                const struct domain_facts *facts, const struct domain_rule *rule)
{
    if (facts->count[rule->node] != rule->count)
        return fail_domain(domain, console, rule->expected,
                           text_decimal(facts->count[rule->node]).text);
    domain->is_checked[rule->item] = true;
    if (rule->item == DOMAIN_ITEM_SECURITY)
        return check_type(domain, console, facts);
    return CLI_GO_ON;
}

static bool boots_kernel(const struct domain_facts *facts)
{
    return facts->count[DOMAIN_NODE_KERNEL] > 0 || facts->count[DOMAIN_NODE_INITRD] > 0 ||
           facts->count[DOMAIN_NODE_CMDLINE] > 0;
}

static enum cli_code check_measured_kernel(const struct domain *domain,
                                           const struct cli_console *console,
                                           const struct request *request,
                                           const struct domain_facts *facts)
{
    if (!boots_kernel(facts))
        return fail_domain(domain, console, "a /domain/os/kernel beside kernelHashes='yes'",
                           "none");
    if (request_has(request, OPTION_FIRMWARE) && !request_has(request, OPTION_KERNEL))
        return cli_error(console, CLI_USAGE, "--domain-xml: '", domain->path,
                         "' has kernelHashes='yes', so --kernel is required");
    return CLI_GO_ON;
}

static enum cli_code check_unmeasured_kernel(const struct domain *domain,
                                             const struct cli_console *console,
                                             const struct request *request,
                                             const struct domain_facts *facts)
{
    static const char hashes[] = "kernelHashes='yes' of " LAUNCH_SECURITY;
    if (request_has(request, OPTION_KERNEL))
        return fail_domain(domain, console, hashes,
                           "none, and without it --kernel is not measured");
    if (boots_kernel(facts))
        return fail_domain(domain, console, hashes,
                           "none, and a kernel that the host can exchange, for it is not measured");
    return CLI_GO_ON;
}

static enum cli_code check_kernel(struct domain *domain, const struct cli_console *console,
                                  const struct request *request, const struct domain_facts *facts)
{
    domain->is_checked[DOMAIN_ITEM_KERNEL_HASHES] = request_has(request, OPTION_FIRMWARE);
    if (value_is(facts, DOMAIN_NODE_HASHES, "yes"))
        return check_measured_kernel(domain, console, request, facts);
    return check_unmeasured_kernel(domain, console, request, facts);
}

enum cli_code domain_check(struct domain *domain, const struct cli_console *console,
                           const struct request *request, const struct domain_facts *facts)
{
    for (size_t i = 0; i < sizeof domain_rules / sizeof *domain_rules; i++) {
        enum cli_code code = check_rule(domain, console, facts, &domain_rules[i]);
        if (code != CLI_GO_ON)
            return code;
    }
    return check_kernel(domain, console, request, facts);
}

/* Returns false where the XML has no such number. */
static bool read_number_of(const struct domain_facts *facts, enum domain_node node,
                           uint64_t *number)
{
    return text_to_number(facts->value[node].text, UINT32_MAX, number);
}

/* A launch digest does not tell whether kernel hashes are in it. */
static void compare_hashes(const struct domain *domain, const struct cli_console *console)
{
    if (!domain->is_checked[DOMAIN_ITEM_KERNEL_HASHES])
        cli_warn(console, "--domain-xml: kernelHashes of '", domain->path,
                 "' is not compared: --launch-digest does not tell whether kernel hashes are "
                 "in it");
}

static void compare_policy(struct domain *domain, const struct cli_console *console,
                           uint32_t policy, const struct domain_facts *facts)
{
    uint64_t number;
    bool is_same = read_number_of(facts, DOMAIN_NODE_POLICY, &number) && (uint32_t)number == policy;
    domain->differs[DOMAIN_ITEM_POLICY] = !is_same;
    if (!is_same)
        cli_warn(console, "--domain-xml: '", domain->path, "' has the policy '",
                 facts->value[DOMAIN_NODE_POLICY].text, "', and ", text_hexadecimal(policy).text,
                 " is validated: is it the XML of this launch?");
}

/* QEMU starts those of the attribute; the element has how many there can be. */
static void compare_cpus(struct domain *domain, const struct cli_console *console,
                         const struct request *request, const struct domain_facts *facts)
{
    bool has_current = facts->count[DOMAIN_NODE_VCPU_CURRENT] > 0;
    uint64_t cpus;
    if (request->cpus == 0 ||
        !read_number_of(facts, has_current ? DOMAIN_NODE_VCPU_CURRENT : DOMAIN_NODE_VCPU, &cpus))
        return;
    domain->is_checked[DOMAIN_ITEM_CPUS] = true;
    domain->differs[DOMAIN_ITEM_CPUS] = cpus != request->cpus;
    if (domain->differs[DOMAIN_ITEM_CPUS])
        cli_warn(console, "--domain-xml: '", domain->path, "' starts ", text_decimal(cpus).text,
                 " CPUs, and --num-cpus is ", text_decimal(request->cpus).text);
}

static const char *last_name(const char *path)
{
    const char *name = path;
    for (; *path != '\0'; path++)
        if (*path == '/')
            name = path + 1;
    return name;
}

/* Owners keep firmware in other folders than hosts, and mostly under the same name. */
static void compare_firmware(struct domain *domain, const struct request *request,
                             const struct domain_facts *facts)
{
    const char *loader = facts->value[DOMAIN_NODE_LOADER].text;
    domain->firmware = request_value(request, OPTION_FIRMWARE);
    if (domain->firmware == NULL || text_equal(domain->firmware, "-") || *loader == '\0')
        return;
    domain->is_checked[DOMAIN_ITEM_FIRMWARE] = true;
    domain->differs[DOMAIN_ITEM_FIRMWARE] =
        !text_equal(last_name(domain->firmware), last_name(loader));
    memcpy(domain->loader, loader, sizeof domain->loader);
}

/* With these modes a guest sees the host's own signature, and no model of QEMU's. */
static void compare_cpu_mode(struct domain *domain, const struct request *request,
                             const struct domain_facts *facts)
{
    if (!request_has(request, OPTION_CPU_TYPE) || facts->count[DOMAIN_NODE_CPU_MODE] == 0)
        return;
    domain->is_checked[DOMAIN_ITEM_CPU_MODE] = true;
    domain->differs[DOMAIN_ITEM_CPU_MODE] =
        value_is(facts, DOMAIN_NODE_CPU_MODE, "host-passthrough") ||
        value_is(facts, DOMAIN_NODE_CPU_MODE, "maximum");
}

void domain_compare(struct domain *domain, const struct cli_console *console,
                    const struct request *request, const struct sevl_launch *launch,
                    const struct domain_facts *facts)
{
    compare_hashes(domain, console);
    compare_policy(domain, console, launch->policy, facts);
    compare_firmware(domain, request, facts);
    if (!sevl_policy_is_es(launch->policy))
        return;
    compare_cpus(domain, console, request, facts);
    compare_cpu_mode(domain, request, facts);
}
