/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "reference_json.h"

#include "cli/text.h"
#include "cpu_lists.h"
#include "guest/cpu_model.h"

/* The form of the document; it changes when a member changes its meaning. */
#define SCHEMA 1

void reference_add_input(struct reference_inputs *inputs, const char *name,
                         const struct guest_input *input)
{
    inputs->name[inputs->count] = name;
    inputs->input[inputs->count] = input;
    inputs->count++;
}

void reference_add_kernel(struct reference_inputs *inputs, const struct guest_kernel *kernel)
{
    if (!kernel->is_given)
        return;
    reference_add_input(inputs, "kernel", &kernel->kernel);
    reference_add_input(inputs, "initrd", &kernel->initrd);
    reference_add_input(inputs, "cmdline", &kernel->cmdline);
}

static const char *quote_of(const char *word)
{
    return word == NULL ? "" : "\"";
}

static const char *word_or_null(const char *word)
{
    return word == NULL ? "null" : word;
}

static void put_input(struct cli_json *json, const char *name, const struct guest_input *input,
                      bool is_last)
{
    char sha256[2 * SEVL_SHA256_SIZE + 1];
    text_from_bytes(sha256, input->sha256, sizeof input->sha256);
    cli_json_line(json, "    \"", name,
                  "\": {\"size\": ", input->has_size ? text_decimal(input->size).text : "null",
                  ", \"sha256\": \"", sha256, "\"}", is_last ? "" : ",");
}

void reference_json_begin(struct cli_json *json)
{
    cli_json_begin(json);
    cli_json_member(json, "type", "\"sevlaunch-reference-values\"");
    cli_json_number(json, "schema", SCHEMA);
    cli_json_line(json,
                  "  \"tool\": {\"name\": \"sevlaunch\", \"version\": \"" SEVLAUNCH_VERSION "\"},");
}

void reference_json_inputs(struct cli_json *json, const char *technology, const char *vmm,
                           const struct reference_inputs *inputs)
{
    cli_json_line(json, "  \"technology\": \"", technology, "\",");
    cli_json_line(json, "  \"vmm\": ", quote_of(vmm), word_or_null(vmm), quote_of(vmm), ",");
    cli_json_line(json, "  \"inputs\": {");
    for (size_t i = 0; i < inputs->count; i++)
        put_input(json, inputs->name[i], inputs->input[i], i + 1 == inputs->count);
    cli_json_line(json, "  },");
}

void reference_json_begin_values(struct cli_json *json)
{
    cli_json_line(json, "  \"values\": [");
}

void reference_json_value(struct cli_json *json, const struct reference_value *value, bool is_last)
{
    char digest[2 * REFERENCE_DIGEST_MAX + 1];
    const struct sevl_cpu *cpu = value->cpu;
    uint32_t signature = cpu == NULL ? 0 : cpu->signature;
    const char *type = value->has_signature ? cpu_model_name(signature) : NULL;
    const char *fpu = cpu == NULL ? NULL : cpu_lists_fpu_words[cpu->fpu];
    text_from_bytes(digest, value->digest, value->size);
    cli_json_line(
        json, "    {\"measurement\": \"", digest,
        "\", \"num-cpus\": ", value->cpus == 0 ? "null" : text_decimal(value->cpus).text,
        ", \"cpu-signature\": ", value->has_signature ? text_decimal(signature).text : "null",
        ", \"cpu-type\": ", quote_of(type), word_or_null(type), quote_of(type),
        ", \"vmsa-fpu\": ", quote_of(fpu), word_or_null(fpu), quote_of(fpu),
        ", \"sev-features\": ", cpu == NULL ? "null" : text_decimal(cpu->sev_features).text,
        is_last ? "}" : "},");
}

bool reference_json_end(struct cli_json *json)
{
    cli_json_line(json, "  ]");
    return cli_json_end(json);
}
