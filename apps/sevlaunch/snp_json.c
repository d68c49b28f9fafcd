/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "snp_json.h"

void snp_json_put_inputs(struct cli_json *json, const struct snp_request *request,
                         const struct snp_firmware *firmware, const struct guest_kernel *kernel)
{
    struct reference_inputs inputs = {.count = 0};
    reference_add_input(&inputs, "firmware", &firmware->input);
    reference_add_kernel(&inputs, kernel);
    reference_json_inputs(json, "sev-snp", snp_vmm_words[request->vmm], &inputs);
}

void snp_json_put_value(struct cli_json *json, const struct snp_value *value, bool is_last)
{
    const struct reference_value shown = {value->digest, sizeof value->digest, value->cpus,
                                          value->cpu, value->has_signature};
    reference_json_value(json, &shown, is_last);
}

void snp_json_begin(struct snp_json *document, const struct snp_request *request,
                    const struct snp_firmware *firmware, const struct guest_kernel *kernel)
{
    document->left = snp_request_values(request);
    reference_json_begin(&document->json);
    snp_json_put_inputs(&document->json, request, firmware, kernel);
    reference_json_begin_values(&document->json);
}

void snp_json_value(struct snp_json *document, const struct snp_value *value)
{
    document->left--;
    snp_json_put_value(&document->json, value, document->left == 0);
}

bool snp_json_end(struct snp_json *document)
{
    return reference_json_end(&document->json);
}
