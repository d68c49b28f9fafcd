/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Reference values of an SEV-SNP guest as one JSON document. */
#ifndef SEVLAUNCH_SNP_JSON_H
#define SEVLAUNCH_SNP_JSON_H

#include "reference_json.h"
#include "snp_firmware.h"
#include "snp_values.h"

struct snp_json {
    struct cli_json json;
    uint64_t left; /* of its values */
};

/* Members of other documents, too: what the values are of, and one value on a line, after which
 * another member or value comes, unless it is the last. */
void snp_json_put_inputs(struct cli_json *json, const struct snp_request *request,
                         const struct snp_firmware *firmware, const struct guest_kernel *kernel);
void snp_json_put_value(struct cli_json *json, const struct snp_value *value, bool is_last);

void snp_json_begin(struct snp_json *document, const struct snp_request *request,
                    const struct snp_firmware *firmware, const struct guest_kernel *kernel);
void snp_json_value(struct snp_json *document, const struct snp_value *value);

/* Returns whether all of the document was printed. */
PORT_CHECK bool snp_json_end(struct snp_json *document);

#endif
