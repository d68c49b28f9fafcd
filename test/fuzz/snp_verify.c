/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * `sevlaunch snp-verify` on any report, certificates and list, under a root that is trusted and
 * for one launch digest, or those of a guest: it ends as documented, and says OK only if the file
 * holds the very bytes that were signed, whose hash snp_verify_trust.h has. It explains no
 * measurement: that of the one genuine report is expected.
 *
 * An input is: two bytes of size and a report, the same of certificates, and a list.
 */
#include "fuzz.h"
#include "genuine_report.h"
#include "memory_port/memory.h"
#include "snp_verify_trust.h"
#include "subcommands.h"

static uint8_t buffer_memory[32768];

static struct memory_file take_part(struct input *input, const char *name, size_t size)
{
    uint8_t *bytes = malloc(size + 1);
    REQUIRE(bytes != NULL);
    return (struct memory_file){name, bytes, take(input, bytes, size)};
}

static void check_is_genuine(const struct memory_file *file)
{
    uint8_t *text = copy(file->bytes, file->size);
    REQUIRE(holds_genuine_report(file->bytes, file->size) || is_genuine_string(text, file->size));
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct memory_file files[4];
    files[0] = take_part(&input, "report", take16(&input));
    files[1] = take_part(&input, "certs", take16(&input));
    files[2] = take_part(&input, "crl", input.left);
    files[3] = (struct memory_file){"info", (const uint8_t *)guest_info, sizeof guest_info - 1};
    const char *const words[] = {"snp-verify",
                                 "--report",
                                 "report",
                                 "--certs",
                                 "certs",
                                 files[2].size > 0 ? "--crl" : "--json",
                                 files[2].size > 0 ? "crl" : "--debug",
                                 "--ark-fingerprint",
                                 trusted_root,
                                 "-m",
                                 trusted_measurement,
                                 "--time",
                                 trusted_time,
                                 "--firmware-info",
                                 "info",
                                 "-n1",
                                 "--cpu-type=EPYC",
                                 NULL};
    memory_start((struct memory_setting){.files = files, .count = 4});
    enum cli_code code = sevlaunch(words, (struct cli_buffer){buffer_memory, sizeof buffer_memory});
    memory_check_end();
    size_t said = memory_count_lines(PORT_OUT, "OK: ");
    REQUIRE(code == CLI_SUCCESS || code == CLI_MISMATCH || code == CLI_USAGE);
    REQUIRE(said == (code == CLI_SUCCESS && files[2].size > 0 ? 1 : 0));
    REQUIRE((memory_count_lines(PORT_ERR, "ERROR: ") > 0) == (code != CLI_SUCCESS));
    REQUIRE(memory_count_lines(PORT_ERR, "HINT: it matches") == 0);
    REQUIRE(memory_count_lines(PORT_ERR, "HINT: no ") == 0);
    if (code == CLI_SUCCESS)
        check_is_genuine(&files[0]);
    for (size_t i = 0; i < 3; i++)
        free((void *)(uintptr_t)files[i].bytes);
    return 0;
}
