/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "json.h"

#include "hints.h"
#include "text.h"

/* The form of the object; it changes when a member changes its meaning. */
#define SCHEMA 1

/* Collects whether all lines of the object went out. */
struct object {
    bool printed;
};

/* A member on a line of its own, its value as it stands; another one follows. */
static void put(struct object *object, const char *name, const char *value)
{
    object->printed &= console_line(PORT_OUT, "  \"", name, "\": ", value, ",");
}

static void put_number(struct object *object, const char *name, uint64_t number)
{
    put(object, name, decimal(number).text);
}

static void put_bytes(struct object *object, const char *name, const uint8_t *bytes, size_t size)
{
    char text[2 * SEVL_SHA256_SIZE + 3] = "\"";
    text_from_bytes(text + 1, bytes, size);
    text[2 * size + 1] = '"';
    text[2 * size + 2] = '\0';
    put(object, name, text);
}

static void put_hash(struct object *object, const char *name, const uint8_t hash[SEVL_SHA256_SIZE])
{
    put_bytes(object, name, hash, SEVL_SHA256_SIZE);
}

static void put_kernel(struct object *object, const struct sevl_sev_guest *guest)
{
    put_hash(object, "kernel-sha256", guest->kernel.kernel);
    put_hash(object, "initrd-sha256", guest->kernel.initrd);
    put_hash(object, "cmdline-sha256", guest->kernel.cmdline);
}

static void put_launch(struct object *object, const struct sevl_launch *launch)
{
    put_number(object, "api-major", launch->api_major);
    put_number(object, "api-minor", launch->api_minor);
    put_number(object, "build-id", launch->build);
    put_number(object, "policy", launch->policy);
}

/* What there was to warn of: a list of names. */
static void put_warnings(struct object *object, const struct warnings *warnings)
{
    const char *parts[3 + 2 * WARNING_COUNT] = {"  \"warnings\": ["};
    const char *before = "\"";
    size_t used = 1;
    for (int i = 0; i < WARNING_COUNT; i++)
        if (warnings->given[i]) {
            parts[used++] = before;
            parts[used++] = warnings_name((enum warning)i);
            before = "\", \"";
        }
    parts[used] = used > 1 ? "\"]," : "],";
    object->printed &= console_parts(PORT_OUT, parts);
}

/* The last member: null where none were looked for, else a list, which may be empty. */
static void put_hints(struct object *object, const struct sevl_findings *findings)
{
    const char *value = findings == NULL ? "null" : findings->count == 0 ? "[]" : "[";
    object->printed &= console_line(PORT_OUT, "  \"hints\": ", value);
    for (uint32_t i = 0; findings != NULL && i < findings->count; i++)
        object->printed &=
            console_line(PORT_OUT, "    {\"mistake\": \"", hints_name(findings->finding[i].mistake),
                         "\", \"value\": ", decimal(findings->finding[i].value).text, "}",
                         i + 1 < findings->count ? "," : "");
    if (findings != NULL && findings->count > 0)
        object->printed &= console_line(PORT_OUT, "  ]");
}

static void put_evidence(struct object *object, const struct sevl_evidence *evidence)
{
    put_launch(object, &evidence->launch);
    put_hash(object, "measure", evidence->measurement.measure);
    put_bytes(object, "mnonce", evidence->measurement.mnonce, SEVL_MNONCE_SIZE);
}

bool json_print(const struct reference *reference, const struct host_evidence *evidence,
                enum sevl_result verdict, const struct sevl_findings *findings)
{
    const struct sevl_sev_guest *guest = &reference->values.guest;
    struct object object = {console_line(PORT_OUT, "{")};
    put_number(&object, "schema", SCHEMA);
    put(&object, "verdict", verdict == SEVL_MATCH ? "\"match\"" : "\"mismatch\"");
    put_evidence(&object, &evidence->values);
    put_hash(&object, "launch-digest", reference->values.launch_digest);
    if (guest->has_kernel)
        put_kernel(&object, guest);
    if (sevl_policy_is_es(evidence->values.launch.policy) && guest->cpus > 0)
        put_number(&object, "num-cpus", guest->cpus);
    put_warnings(&object, &reference->warnings);
    put_hints(&object, findings);
    return console_line(PORT_OUT, "}") && object.printed;
}
