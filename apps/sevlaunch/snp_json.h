/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Reference values of a guest as one JSON document: what verifiers compare with. The man
 * page says what its members mean.
 */
#ifndef SEVLAUNCH_SNP_JSON_H
#define SEVLAUNCH_SNP_JSON_H

#include "cli/json.h"
#include "snp_firmware.h"
#include "snp_values.h"

struct snp_json {
    struct cli_json json;
    uint64_t left; /* of its values */
};

/* Members of other documents, too: what the values are of, and one value on a line. */
void snp_json_put_inputs(struct cli_json *json, const struct snp_request *request,
                         const struct snp_firmware *firmware, const struct guest_kernel *kernel);
void snp_json_put_value(struct cli_json *json, const struct snp_value *value, const char *after);

void snp_json_begin(struct snp_json *document, const struct snp_request *request,
                    const struct snp_firmware *firmware, const struct guest_kernel *kernel);
void snp_json_value(struct snp_json *document, const struct snp_value *value);

/* Returns whether all of the document was printed. */
PORT_CHECK bool snp_json_end(struct snp_json *document);

#endif
