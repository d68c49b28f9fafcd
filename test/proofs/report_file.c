/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * report_file_read, for a file that holds or decodes to up to 1260 bytes: the report and the claims
 * lie within them, where the form has them, and nothing else is kept; all else ends with one line.
 * report_claims_verify: a match only if all of REPORT_DATA is the hash of the claims, then zeros.
 */
#include "store_model.h"

#include <apps/sevlaunch/report_file.c>

#define BYTES_MAX 1260

static uint8_t bytes[BYTES_MAX];
static size_t decoded_size;
static const void *report_bytes;

size_t decode_text(uint8_t *text, size_t size)
{
    PROVE(text == ENDING(bytes, file_size) && size == file_size);
    __CPROVER_havoc_object(bytes);
    decoded_size = any_below(size + 1);
    return decoded_size;
}

enum sevl_result sevl_snp_report_read(struct sevl_snp_report *report, const void *data, size_t size)
{
    PROVE(size == SEVL_SNP_REPORT_SIZE && __CPROVER_r_ok(data, size));
    report_bytes = data;
    return nondet_bool() ? SEVL_OK : SEVL_ERROR_ENCODING;
}

static uint8_t digest[48];
static size_t digest_size;
static const struct report_claims *claimed;
static bool is_hashed, hash_failed;

static enum sevl_result hash_result(bool is_right)
{
    PROVE(is_right && !hash_failed);
    hash_failed = nondet_bool();
    return hash_failed ? SEVL_ERROR_CRYPTO : SEVL_OK;
}

static enum sevl_result hash_claims(const void *data, size_t size)
{
    is_hashed = true;
    return hash_result(data == claimed->text && size == claimed->size);
}

static enum sevl_result put_digest(uint8_t *hash, size_t size)
{
    for (size_t i = 0; i < size; i++)
        hash[i] = digest[i];
    digest_size = size;
    return hash_result(is_hashed);
}

enum sevl_result sevl_sha256_init(struct sevl_sha256 *sha256)
{
    return hash_result(claimed->hash == 1);
}

enum sevl_result sevl_sha256_update(struct sevl_sha256 *sha256, const void *data, size_t size)
{
    return hash_claims(data, size);
}

enum sevl_result sevl_sha256_finish(struct sevl_sha256 *sha256, uint8_t hash[SEVL_SHA256_SIZE])
{
    return put_digest(hash, 32);
}

enum sevl_result sevl_sha384_init(struct sevl_sha384 *sha384)
{
    return hash_result(claimed->hash == 2);
}

enum sevl_result sevl_sha384_update(struct sevl_sha384 *sha384, const void *data, size_t size)
{
    return hash_claims(data, size);
}

enum sevl_result sevl_sha384_finish(struct sevl_sha384 *sha384, uint8_t hash[SEVL_SHA384_SIZE])
{
    return put_digest(hash, 48);
}

/* Where the report is in the bytes, by what stands there; BYTES_MAX: it is in none of the forms. */
static size_t place_of_report(const uint8_t *file, size_t size)
{
    if (size == 1184)
        return 0;
    if (size >= 1236 && file[0] == 'H' && file[1] == 'C' && file[2] == 'L' && file[3] == 'A') {
        const uint8_t *head = file + 1216;
        uint32_t hash = sevl_get32(head + 12);
        return sevl_get32(head + 8) == 2 && (hash == 1 || hash == 2) &&
                       sevl_get32(head + 16) <= size - 1236
                   ? 32
                   : BYTES_MAX;
    }
    return size >= 1216 && sevl_get32(file) == 0 && sevl_get32(file + 4) == 1184 ? 32 : BYTES_MAX;
}

static void prove_read(void)
{
    struct store store;
    const struct cli_console console = {.quiet = false};
    struct report_file file;
    file_size = 1 + any_below(BYTES_MAX);
    uint8_t *memory = ENDING(bytes, file_size);
    store.buffer = (struct cli_buffer){memory, file_size};

    enum cli_code code = report_file_read(&file, &store, &console, "--report", "path");

    bool has_claims = file.claims.text != NULL;
    REACHES(code == CLI_GO_ON && report_bytes == memory);
    REACHES(code == CLI_GO_ON && has_claims && file.claims.size == 24);
    REACHES(code == CLI_GO_ON && !has_claims && report_bytes == memory + 32);
    PROVE(lines == (code == CLI_GO_ON ? 0 : 1));
    PROVE(code == CLI_GO_ON || code == CLI_USAGE || code == CLI_FAILED);
    if (code != CLI_GO_ON)
        return;
    size_t place = place_of_report(memory, decoded_size);
    PROVE(report_bytes == memory + place && kept_part[0] == report_bytes);
    PROVE(has_claims == (memory[0] == 'H' && memory[1] == 'C' && decoded_size >= 1236 &&
                         memory[2] == 'L' && memory[3] == 'A'));
    PROVE(kept_count == (has_claims ? 2 : 1));
    if (has_claims)
        PROVE(file.claims.text == memory + 1236 && kept_part[1] == file.claims.text &&
              file.claims.size == sevl_get32(memory + 1232) &&
              file.claims.hash == sevl_get32(memory + 1228) &&
              1236 + file.claims.size <= decoded_size);
}

static void prove_claims(void)
{
    uint8_t data[64];
    struct sevl_snp_report report;
    struct report_claims claims;
    claims.hash = nondet_bool() ? 1 : 2;
    claims.text = data;
    report.report_data = data;
    claimed = &claims;
    __CPROVER_havoc_object(digest);

    enum sevl_result result = report_claims_verify(&claims, &report);

    bool is_same = true;
    for (size_t i = 0; i < 64; i++)
        is_same = is_same && data[i] == (i < digest_size ? digest[i] : 0);
    REACHES(result == SEVL_MATCH && claims.hash == 1);
    REACHES(result == SEVL_MISMATCH && claims.hash == 2);
    PROVE(hash_failed == (result == SEVL_ERROR_CRYPTO));
    if (!hash_failed)
        PROVE(is_hashed && digest_size == (claims.hash == 1 ? 32 : 48) &&
              result == (is_same ? SEVL_MATCH : SEVL_MISMATCH));
}

int main(void)
{
    if (CASE == 0)
        prove_read();
    else
        prove_claims();
}
