/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reference values of a guest as one JSON document: what verifiers compare with. The man
 * page says what its members mean.
 */
#ifndef SEVLAUNCH_REFERENCE_JSON_H
#define SEVLAUNCH_REFERENCE_JSON_H

#include <sevlaunch/guest/vmsa.h>

#include "cli/json.h"
#include "guest/files.h"

#define REFERENCE_INPUTS_MAX 6
#define REFERENCE_DIGEST_MAX 48

/* What the values are of. */
struct reference_inputs {
    size_t count;
    const char *name[REFERENCE_INPUTS_MAX];
    const struct guest_input *input[REFERENCE_INPUTS_MAX];
};

/* Adds an input, or those of a kernel if one is given. */
void reference_add_input(struct reference_inputs *inputs, const char *name,
                         const struct guest_input *input);
void reference_add_kernel(struct reference_inputs *inputs, const struct guest_kernel *kernel);

/* The document begins, says what its values are of, and begins their list. */
void reference_json_begin(struct cli_json *json);
/* `vmm` is NULL where it has no effect. */
void reference_json_inputs(struct cli_json *json, const char *technology, const char *vmm,
                           const struct reference_inputs *inputs);
void reference_json_begin_values(struct cli_json *json);

struct reference_value {
    const uint8_t *digest;
    size_t size;                /* at most REFERENCE_DIGEST_MAX */
    uint32_t cpus;              /* 0: they are not measured */
    const struct sevl_cpu *cpu; /* NULL: their pages were not built */
    bool has_signature;         /* of `cpu`: the launcher's own otherwise */
};

/* A value, on a line; another one follows, unless it is the last. */
void reference_json_value(struct cli_json *json, const struct reference_value *value, bool is_last);

/* Returns whether all of the document was printed. */
PORT_CHECK bool reference_json_end(struct cli_json *json);

#endif
