/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_json.h"

#include "cli/text.h"
#include "guest/cpu_model.h"

/* The form of the document; it changes when a member changes its meaning. */
#define SCHEMA 1

static void put_input(struct cli_json *json, const char *name, const struct guest_input *input,
                      bool is_last)
{
    char sha256[2 * SEVL_SHA256_SIZE + 1];
    text_from_bytes(sha256, input->sha256, sizeof input->sha256);
    cli_json_line(json, "    \"", name,
                  "\": {\"size\": ", input->has_size ? text_decimal(input->size).text : "null",
                  ", \"sha256\": \"", sha256, "\"}", is_last ? "" : ",");
}

void snp_json_put_inputs(struct cli_json *json, const struct snp_request *request,
                         const struct snp_firmware *firmware, const struct guest_kernel *kernel)
{
    cli_json_member(json, "technology", "\"sev-snp\"");
    cli_json_line(json, "  \"vmm\": \"", snp_vmm_words[request->vmm], "\",");
    cli_json_line(json, "  \"inputs\": {");
    put_input(json, "firmware", &firmware->input, !kernel->is_given);
    if (kernel->is_given) {
        put_input(json, "kernel", &kernel->kernel, false);
        put_input(json, "initrd", &kernel->initrd, false);
        put_input(json, "cmdline", &kernel->cmdline, true);
    }
    cli_json_line(json, "  },");
}

void snp_json_begin(struct snp_json *document, const struct snp_request *request,
                    const struct snp_firmware *firmware, const struct guest_kernel *kernel)
{
    struct cli_json *json = &document->json;
    document->left = snp_request_values(request);
    cli_json_begin(json);
    cli_json_member(json, "type", "\"sevlaunch-reference-values\"");
    cli_json_number(json, "schema", SCHEMA);
    cli_json_line(json,
                  "  \"tool\": {\"name\": \"sevlaunch\", \"version\": \"" SEVLAUNCH_VERSION "\"},");
    snp_json_put_inputs(json, request, firmware, kernel);
    cli_json_line(json, "  \"values\": [");
}

void snp_json_put_value(struct cli_json *json, const struct snp_value *value, const char *after)
{
    char digest[2 * SEVL_SNP_LAUNCH_DIGEST_SIZE + 1];
    const struct sevl_cpu *cpu = value->cpu;
    const char *name = value->has_signature ? cpu_model_name(cpu->signature) : NULL;
    const char *quote = name == NULL ? "" : "\"";
    text_from_bytes(digest, value->digest, sizeof value->digest);
    cli_json_line(json, "    {\"measurement\": \"", digest,
                  "\", \"num-cpus\": ", text_decimal(value->cpus).text, ", \"cpu-signature\": ",
                  value->has_signature ? text_decimal(cpu->signature).text : "null",
                  ", \"cpu-type\": ", quote, name == NULL ? "null" : name, quote,
                  ", \"vmsa-fpu\": \"", snp_fpu_words[cpu->fpu],
                  "\", \"sev-features\": ", text_decimal(cpu->sev_features).text, "}", after);
}

void snp_json_value(struct snp_json *document, const struct snp_value *value)
{
    document->left--;
    snp_json_put_value(&document->json, value, document->left > 0 ? "," : "");
}

bool snp_json_end(struct snp_json *document)
{
    cli_json_line(&document->json, "  ]");
    return cli_json_end(&document->json);
}
