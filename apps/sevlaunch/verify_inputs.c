/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "verify_inputs.h"

#include "policy_file.h"

enum cli_code verify_inputs_read_request(struct verify_inputs *inputs)
{
    enum cli_code code = policy_file_read(&inputs->arguments, &inputs->store, &inputs->console);
    if (code != CLI_GO_ON)
        return code;
    return verify_request_read(&inputs->request, &inputs->console, &inputs->arguments);
}

static enum cli_code add_files(struct verify_inputs *inputs, size_t option, bool is_crl)
{
    enum cli_code code = CLI_GO_ON;
    for (size_t i = 0; i < cli_count(&inputs->arguments, option) && code == CLI_GO_ON; i++)
        code = collateral_add(&inputs->collateral, &inputs->store, &inputs->console,
                              cli_name(&inputs->arguments, option),
                              cli_path(&inputs->arguments, option, i), is_crl);
    return code;
}

/* Lists first: one that was named as such stays so if it comes with certificates, too. */
enum cli_code verify_inputs_read_collateral(struct verify_inputs *inputs)
{
    enum cli_code code = add_files(inputs, VERIFY_OPTION_CRL, true);
    return code == CLI_GO_ON ? add_files(inputs, VERIFY_OPTION_CERTS, false) : code;
}
