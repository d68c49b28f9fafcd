/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include <string.h>

#include "cli/text.h"
#include "decode.h"
#include "kds.h"
#include "numbers.h"
#include "report_file.h"
#include "show_file.h"
#include "show_policy.h"
#include "show_tcb.h"
#include "verify_checks.h"

/* AMD 56860, table "ATTESTATION_REPORT": what struct sevl_snp_report has not. */
#define SIGNATURE_ALGO 0x34
#define EXTENDED_TCBS 0x220
#define EXTENDED_TCB_SIZE 32
#define SIGNATURE 0x2a0
#define SIGNATURE_FIELD 72
#define SIGNATURE_NUMBER 48
#define CHIP_ID_SIZE 64
#define CHIP_ID_SIZE_TURIN 8

/* A report that is shown. */
struct shown {
    struct sevl_snp_report report;
    struct show_output *output;
    bool has_layout;               /* the order of the bytes of its TCBs is known: */
    enum sevl_snp_product product; /* that of this product, which may be of another name */
};

static bool has_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t any = 0;
    for (size_t i = 0; i < size; i++)
        any |= bytes[i];
    return any != 0;
}

static bool has_chip_id(const struct sevl_snp_report *report)
{
    return has_bytes(report->chip_id, CHIP_ID_SIZE);
}

/* Whether there is a chip id, of the size that a product has. */
static bool fits_chip_id(const struct sevl_snp_report *report, enum sevl_snp_product product)
{
    bool is_long =
        has_bytes(report->chip_id + CHIP_ID_SIZE_TURIN, CHIP_ID_SIZE - CHIP_ID_SIZE_TURIN);
    return has_chip_id(report) && is_long == (product != SEVL_SNP_TURIN);
}

/* Whether a report may be one of a product: it says so, or leaves it to its chip id. */
static bool may_be_of(const struct sevl_snp_report *report, enum sevl_snp_product product)
{
    enum sevl_snp_product told;
    if (!report->has_cpuid)
        return fits_chip_id(report, product);
    return sevl_snp_report_product(report, &told) == SEVL_OK && told == product;
}

static void find_layout(struct shown *shown)
{
    for (int i = SEVL_SNP_MILAN; i <= SEVL_SNP_TURIN && !shown->has_layout; i++) {
        shown->product = (enum sevl_snp_product)i;
        shown->has_layout = may_be_of(&shown->report, shown->product);
    }
}

static void show_product(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    bool is_told = report->has_cpuid && shown->has_layout;
    show_decimal(shown->output, "version", report->version);
    show_word(shown->output, "product", is_told ? verify_product_name(shown->product) : NULL);
    show_hexadecimal(shown->output, "cpuid-family", report->has_cpuid, report->cpuid_family);
    show_hexadecimal(shown->output, "cpuid-model", report->has_cpuid, report->cpuid_model);
    show_hexadecimal(shown->output, "cpuid-stepping", report->has_cpuid, report->cpuid_stepping);
}

static void show_vmpl(const struct shown *shown)
{
    if (shown->report.vmpl != SEVL_SNP_VMPL_HOST) {
        show_decimal(shown->output, "vmpl", shown->report.vmpl);
        return;
    }
    show_word(shown->output, "vmpl", NULL);
    show_note(shown->output, "the host asked for it, and no guest");
}

static void show_guest(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    struct show_output *output = shown->output;
    show_bytes(output, "measurement", report->measurement, SEVL_SNP_LAUNCH_DIGEST_SIZE);
    show_bytes(output, "report-data", report->report_data, 64);
    show_bytes(output, "host-data", report->host_data, 32);
    show_policy(output, report->policy);
    show_vmpl(shown);
    show_decimal(output, "guest-svn", report->guest_svn);
    show_bytes(output, "family-id", report->family_id, 16);
    show_bytes(output, "image-id", report->image_id, 16);
    show_bytes_if_set(output, "id-key-digest", report->id_key_digest, 48);
    show_flag(output, "author-key", report->has_author_key);
    show_bytes_if_set(output, "author-key-digest", report->author_key_digest, 48);
    show_bytes(output, "report-id", report->report_id, 32);
    show_bytes(output, "report-id-ma", report->report_id_ma, 32);
}

/* Returns whether the bytes are a TCB of the layout, or there is none. */
static bool show_tcb_of_report(const struct shown *shown, const char *name, const uint8_t *bytes)
{
    struct sevl_snp_tcb tcb;
    bool is_right = shown->has_layout && sevl_snp_tcb_read(&tcb, shown->product, bytes) == SEVL_OK;
    if (is_right)
        show_tcb(shown->output, name, &tcb, shown->product);
    else
        show_tcb_bytes(shown->output, name, bytes);
    return is_right || !shown->has_layout;
}

static void show_tcbs(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    const struct row {
        const char *name;
        const uint8_t *bytes;
    } rows[] = {{"reported-tcb", report->reported_tcb},
                {"committed-tcb", report->committed_tcb},
                {"launch-tcb", report->launch_tcb},
                {"current-tcb", report->current_tcb}};
    bool is_right = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (!show_tcb_of_report(shown, rows[i].name, rows[i].bytes))
            is_right = false;
    if (!is_right)
        show_note(shown->output, "a TCB has bytes that are set, and are no part of it");
}

static void show_firmware_version(const struct shown *shown, const char *name,
                                  const struct sevl_snp_firmware_version *version)
{
    const uint8_t numbers[] = {version->major, version->minor, version->build};
    show_version(shown->output, name, numbers, sizeof numbers);
}

/* Version 4 has no published layout, but some firmware fills these already. */
static void show_mitigations(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    show_hexadecimal(shown->output, "launch-mitigations", report->version >= 4,
                     report->launch_mitigations);
    show_hexadecimal(shown->output, "current-mitigations", report->version >= 4,
                     report->current_mitigations);
}

static void show_extended_tcbs(const struct shown *shown)
{
    static const char *const names[] = {"current-etcb", "launch-etcb", "committed-etcb"};
    const uint8_t *bytes = shown->report.bytes + EXTENDED_TCBS;
    if (shown->report.version < 6)
        return;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        show_bytes(shown->output, names[i], bytes + i * EXTENDED_TCB_SIZE, EXTENDED_TCB_SIZE);
    show_note(shown->output, "no report of version 6 was seen yet: its fields may be others");
}

/* AMD 56860, table "PLATFORM_INFO". */
static void show_platform(const struct shown *shown)
{
    static const char *const bits[] = {"SMT_EN",
                                       "TSME_EN",
                                       "ECC_EN",
                                       "RAPL_DIS",
                                       "CIPHERTEXT_HIDING_DRAM_EN",
                                       "ALIAS_CHECK_COMPLETE",
                                       "not documented; Turin sets it",
                                       "TIO_EN"};
    const struct sevl_snp_report *report = &shown->report;
    struct show_output *output = shown->output;
    show_hexadecimal(output, "platform-info", true, report->platform_info);
    show_bits(output, "platform-bits", "platform-bit", report->platform_info, bits,
              sizeof bits / sizeof *bits);
    show_tcbs(shown);
    show_firmware_version(shown, "current-version", &report->current_version);
    show_firmware_version(shown, "committed-version", &report->committed_version);
    show_mitigations(shown);
    show_extended_tcbs(shown);
}

static const char *signer_name(const struct sevl_snp_report *report)
{
    switch (report->signer) {
    case SEVL_SNP_SIGNER_VCEK:
        return "VCEK";
    case SEVL_SNP_SIGNER_VLEK:
        return "VLEK";
    case SEVL_SNP_SIGNER_NONE:
        return "no key";
    default:
        return "a reserved number";
    }
}

static void show_chip_id(const struct shown *shown)
{
    bool is_short = fits_chip_id(&shown->report, SEVL_SNP_TURIN);
    show_bytes_if_set(shown->output, "chip-id", shown->report.chip_id,
                      is_short ? CHIP_ID_SIZE_TURIN : CHIP_ID_SIZE);
}

/* A number of the signature, the most significant byte first. */
static void show_number_of_signature(const struct shown *shown, const char *name, size_t index)
{
    const uint8_t *field = shown->report.bytes + SIGNATURE + index * SIGNATURE_FIELD;
    uint8_t number[SIGNATURE_NUMBER];
    for (size_t i = 0; i < sizeof number; i++)
        number[i] = field[sizeof number - 1 - i];
    show_bytes_if_set(shown->output, name, number, sizeof number);
}

static void show_signature(const struct shown *shown)
{
    static const char *const algorithms[] = {"none", "ECDSA P-384 with SHA-384"};
    const struct sevl_snp_report *report = &shown->report;
    uint32_t algorithm = number_get32(report->bytes + SIGNATURE_ALGO);
    show_chip_id(shown);
    show_word(shown->output, "signer", signer_name(report));
    show_flag(shown->output, "mask-chip-key", report->masks_chip_key);
    show_word(shown->output, "signature-algorithm",
              algorithm < 2 ? algorithms[algorithm] : "a reserved number");
    show_number_of_signature(shown, "signature-r", 0);
    show_number_of_signature(shown, "signature-s", 1);
    if (report->masks_chip_key || report->signer == SEVL_SNP_SIGNER_NONE)
        show_note(shown->output, "it is not signed: nobody can verify it");
}

/* Whether AMD's service has a VCEK for the report, if it is of this product. */
static bool find_vcek(const struct sevl_snp_report *report, enum sevl_snp_product product,
                      struct kds_address *address)
{
    struct sevl_snp_tcb tcb;
    if (report->signer != SEVL_SNP_SIGNER_VCEK || !fits_chip_id(report, product) ||
        sevl_snp_tcb_read(&tcb, product, report->reported_tcb) != SEVL_OK)
        return false;
    *address = kds_vcek(product, report->chip_id, &tcb);
    return true;
}

static void show_address(const struct shown *shown, enum sevl_snp_product product, bool is_last)
{
    const struct sevl_snp_report *report = &shown->report;
    struct kds_address vcek;
    const struct kds_address chain =
        kds_chain(product, report->signer == SEVL_SNP_SIGNER_VLEK ? SEVL_SNP_VLEK : SEVL_SNP_VCEK);
    const struct kds_address crl = kds_crl(product);
    bool has_vcek = find_vcek(report, product, &vcek);
    const char *quote = has_vcek ? "\"" : "";
    show_item_of_json(shown->output, is_last, "{\"product\": \"", verify_product_name(product),
                      "\", \"vcek\": ", quote, has_vcek ? vcek.text : "null", quote,
                      ", \"chain\": \"", chain.text, "\", \"crl\": \"", crl.text, "\"}");
    show_item_of_text(shown->output, "vcek-address: ", has_vcek ? vcek.text : "none");
    show_item_of_text(shown->output, "chain-address: ", chain.text);
    show_item_of_text(shown->output, "crl-address: ", crl.text);
}

/* Of the product, or of each that it may be: only Milan's and Genoa's are alike. */
static void show_addresses(const struct shown *shown)
{
    enum sevl_snp_product last = shown->product;
    if (!shown->report.has_cpuid && last == SEVL_SNP_MILAN)
        last = SEVL_SNP_GENOA;
    show_list_begin(shown->output, "addresses");
    for (int i = (int)shown->product; shown->has_layout && i <= (int)last; i++)
        show_address(shown, (enum sevl_snp_product)i, i == (int)last);
    show_list_end(shown->output);
}

/* Why the product is not known, and what to do then. */
static void note_product(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    if (report->has_cpuid && !shown->has_layout)
        show_note(shown->output, "its processor is of no product that is known here");
    if (report->has_cpuid)
        return;
    show_note(shown->output, "version 2 does not tell the product: `show` of its certificate does");
    if (shown->has_layout)
        show_note(shown->output,
                  shown->product == SEVL_SNP_TURIN
                      ? "its chip id has the size of Turin's: try these addresses"
                      : "its chip id has the size of Milan's and Genoa's: try both addresses");
}

static void note_signer(const struct shown *shown)
{
    const struct sevl_snp_report *report = &shown->report;
    if (report->signer == SEVL_SNP_SIGNER_VLEK)
        show_note(shown->output,
                  "a VLEK signed it: the cloud provider gives that, and AMD does not");
    else if (!has_chip_id(report))
        show_note(shown->output, "its chip id is masked: who runs the host has to give the VCEK");
    else if (report->has_cpuid && shown->has_layout && !fits_chip_id(report, shown->product))
        show_note(shown->output, "its chip id has another size than those of the product");
}

static void show_form(const struct shown *shown, const struct show_file *file,
                      const struct report_found *found, size_t size)
{
    static const char *const wrappers[] = {NULL, "sev-guest", "azure-hcl"};
    show_encoding(file, shown->output, size);
    show_word(shown->output, "wrapper", wrappers[found->wrapper]);
    if (found->claims.text == NULL)
        return;
    show_word(shown->output, "claims-hash", report_claims_hash_name(&found->claims));
    show_decimal(shown->output, "claims-size", found->claims.size);
}

enum cli_code show_report(struct show_file *file, const struct cli_console *console,
                          struct show_output *output)
{
    struct shown shown = {.output = output};
    size_t size = show_decode(file);
    const struct report_found found = report_find(file->work, size);
    if (found.report == NULL)
        return CLI_GO_ON;
    if (sevl_snp_report_read(&shown.report, found.report, SEVL_SNP_REPORT_SIZE) != SEVL_OK)
        return cli_error(console, CLI_USAGE, "'", file->path,
                         "' has the size of a report, but is of no version from 2 to 6, or has "
                         "bytes that are not 0 where they must be");
    find_layout(&shown);
    show_begin(output, "report");
    show_file_members(file, output);
    show_note(output, "nothing is verified here, and anyone can write this: see snp-verify");
    show_form(&shown, file, &found, size);
    show_product(&shown);
    show_guest(&shown);
    show_platform(&shown);
    show_signature(&shown);
    show_addresses(&shown);
    note_product(&shown);
    note_signer(&shown);
    return CLI_SUCCESS;
}
