/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_json.h"

#include "kds.h"
#include "platform_checks.h"

struct platform_api platform_api_text(const struct sevl_sev_certificate *certificate)
{
    struct platform_api api = {""};
    const struct decimal numbers[] = {text_decimal(certificate->api_major),
                                      text_decimal(certificate->api_minor)};
    size_t length = 0;
    for (size_t i = 0; i < 2; i++) {
        if (i > 0)
            api.text[length++] = '.';
        for (const char *digit = numbers[i].text; *digit != '\0'; digit++)
            api.text[length++] = *digit;
    }
    return api;
}

bool platform_made_oca(const struct sevl_sev_certificate *oca)
{
    return oca->api_major != 0 || oca->api_minor != 0;
}

struct platform_fingerprint platform_fingerprint_text(const struct platform_chain *chain,
                                                      enum sevl_sev_certificate_kind kind)
{
    struct platform_fingerprint fingerprint = {""};
    text_from_bytes(fingerprint.text, chain->fingerprint[kind].sha384, SEVL_SHA384_SIZE);
    return fingerprint;
}

static const char *json_product(const struct platform_chain *chain)
{
    const struct sevl_sev_authority *ark = &chain->authority[SEVL_SEV_ARK];
    if (ark->verdict != SEVL_MATCH || ark->product == SEVL_SEV_PRODUCT_OWN)
        return NULL;
    return platform_product_name(ark->product);
}

/* Of an OCA that did not sign itself, nobody knows. */
static const char *json_oca_maker(const struct platform_chain *chain,
                                  const struct sevl_sev_certificate *oca)
{
    if (chain->key[SEVL_SEV_OCA].verdict != SEVL_MATCH)
        return "null";
    return platform_made_oca(oca) ? "\"platform\"" : "\"owner\"";
}

static void put_platform(struct cli_json *json, const struct platform_chain *chain,
                         const struct platform_files *files)
{
    const char *product = json_product(chain);
    const char *quote = product == NULL ? "" : "\"";
    const char *chip_quote = files->chip_id_source == NULL ? "" : "\"";
    const struct kds_address cek = kds_cek(files->chip_id);
    cli_json_line(json, "  \"platform\": {\"product\": ", quote, product == NULL ? "null" : product,
                  quote, ", \"pek-api\": \"",
                  platform_api_text(&files->certificate[SEVL_SEV_PEK]).text, "\", \"oca-api\": \"",
                  platform_api_text(&files->certificate[SEVL_SEV_OCA]).text,
                  "\", \"oca-made-by\": ", json_oca_maker(chain, &files->certificate[SEVL_SEV_OCA]),
                  ",");
    cli_json_line(json, "    \"cek-address\": ", chip_quote,
                  files->chip_id_source == NULL ? "null" : cek.text, chip_quote, "},");
}

void platform_json_put(struct cli_json *json, const struct platform_chain *chain,
                       const struct platform_files *files, enum sevl_sev_certificate_kind last)
{
    put_platform(json, chain, files);
    cli_json_line(json, "  \"fingerprints\": {");
    for (int i = SEVL_SEV_ARK; i < PLATFORM_KINDS; i++) {
        enum sevl_sev_certificate_kind kind = (enum sevl_sev_certificate_kind)i;
        const char *quote = kind <= last ? "\"" : "";
        cli_json_line(json, "    \"", platform_check_name(kind), "\": ", quote,
                      kind <= last ? platform_fingerprint_text(chain, kind).text : "null", quote,
                      i + 1 == PLATFORM_KINDS ? "" : ",");
    }
    cli_json_line(json, "  },");
}
