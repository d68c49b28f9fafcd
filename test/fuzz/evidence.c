/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The readers of what snp-verify is given, on any file: a report is taken only from where one of
 * its forms has it; of a table, the certificates and lists are those that its entries lead to; a
 * time is that of the C library, or none. The first byte of an input says which: see read_one().
 */
#include <sevlaunch/snp/report.h>
#include <time.h>

#include "collateral.h"
#include "fuzz.h"
#include "memory_port/memory.h"
#include "moment.h"
#include "numbers.h"
#include "report_file.h"

static uint8_t store_memory[65536];
static struct store store;
static const struct cli_console console = {.quiet = false};

static void begin(const uint8_t *bytes, size_t size)
{
    static struct memory_file file;
    file = (struct memory_file){"file", bytes, size};
    memory_start((struct memory_setting){.files = &file, .count = 1});
    store_begin(&store, (struct cli_buffer){store_memory, sizeof store_memory});
}

static void check_ended(enum cli_code code)
{
    memory_check_end();
    REQUIRE(code == CLI_GO_ON || code == CLI_USAGE);
    REQUIRE(memory_count_lines(PORT_ERR, "ERROR: --option: ") == (code == CLI_GO_ON ? 0 : 1));
}

static int nibble(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

static int sextet(uint8_t c)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *found = c == '\0' ? NULL : strchr(digits, c);
    return found == NULL ? -1 : (int)(found - digits);
}

/* Decodes text without blanks to its end or to padding, with `bits` a digit. */
static size_t decode_digits(uint8_t *to, const uint8_t *text, size_t size, unsigned bits)
{
    uint32_t have = 0;
    unsigned count = 0;
    size_t decoded = 0;
    for (size_t i = 0; i < size && text[i] != '='; i++) {
        int value = bits == 4 ? nibble(text[i]) : sextet(text[i]);
        if (value < 0)
            return 0;
        have = (have << bits | (uint32_t)value) & 0xffff;
        count += bits;
        if (count >= 8) {
            count -= 8;
            to[decoded++] = (uint8_t)(have >> count);
        }
    }
    return decoded;
}

static bool is_report_at(const uint8_t *report, const uint8_t *bytes, size_t size)
{
    if (size == SEVL_SNP_REPORT_SIZE)
        return memcmp(report, bytes, SEVL_SNP_REPORT_SIZE) == 0;
    return size >= 32 + SEVL_SNP_REPORT_SIZE &&
           memcmp(report, bytes + 32, SEVL_SNP_REPORT_SIZE) == 0 &&
           (memcmp(bytes, "HCLA", 4) == 0 || memcmp(bytes, "\0\0\0\0\xa0\4\0\0", 8) == 0);
}

/* In the file as it is, or as text. */
static bool holds_report(const uint8_t *report, const uint8_t *bytes, size_t size)
{
    uint8_t *text = copy(bytes, size);
    uint8_t *decoded = malloc(size + 1);
    size_t length = 0;
    REQUIRE(decoded != NULL);
    for (size_t i = 0; i < size; i++)
        if (strchr(" \t\r\n", bytes[i]) == NULL || bytes[i] == '\0')
            text[length++] = bytes[i];
    bool is_there = is_report_at(report, bytes, size) ||
                    is_report_at(report, decoded, decode_digits(decoded, text, length, 4)) ||
                    is_report_at(report, decoded, decode_digits(decoded, text, length, 6));
    free(decoded);
    free(text);
    return is_there;
}

static void check_report(const uint8_t *bytes, size_t size)
{
    struct report_file file;
    begin(bytes, size);
    enum cli_code code = report_file_read(&file, &store, &console, "--option", "file");
    check_ended(code);
    if (code != CLI_GO_ON)
        return;
    REQUIRE(holds_report(file.report.bytes, bytes, size));
    REQUIRE(file.report.verdict == SEVL_ERROR_STATE);
    if (file.claims.text != NULL)
        REQUIRE(report_claims_verify(&file.claims, &file.report) != SEVL_ERROR_CRYPTO);
}

/* An item, or an entry of a table, of this content. */
static bool has_der(const struct collateral *collateral, const uint8_t *der, size_t size)
{
    for (size_t i = 0; i < collateral->count; i++)
        if (collateral->items[i].der.size == size &&
            memcmp(collateral->items[i].der.bytes, der, size) == 0)
            return true;
    return false;
}

static bool is_known(const uint8_t *entry)
{
    static const char *const known[] = {"63da758de6644564adc5f4b93be8accd",
                                        "a8074bc2a25a483eaae639c045a0b8a1",
                                        "4ab7b379bbac4fe4a02f05aef327c782",
                                        "c0b406a4a803495297433fb6014cd0ae",
                                        "92f81bc358114d3d97ffd19f88dc67ea"};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t k = 0;
        while (k < 16 && nibble((uint8_t)known[i][2 * k]) == entry[k] >> 4 &&
               nibble((uint8_t)known[i][2 * k + 1]) == (entry[k] & 15))
            k++;
        if (k == 16)
            return true;
    }
    return false;
}

/* Whether it is a table; then each entry of a known kind is among the items. */
static bool check_table(const struct collateral *collateral, const uint8_t *bytes, size_t size)
{
    size_t end = 0;
    for (; end + 24 <= size && !is_zero(bytes + end, 24); end += 24) {
        uint64_t offset = number_get32(bytes + end + 16);
        if (offset + number_get32(bytes + end + 20) > size)
            return false;
    }
    if (end + 24 > size)
        return false;
    for (size_t at = 0; at < end; at += 24)
        if (is_known(bytes + at))
            REQUIRE(has_der(collateral, bytes + number_get32(bytes + at + 16),
                            number_get32(bytes + at + 20)));
    return true;
}

static void check_items(const struct collateral *collateral, bool is_crl)
{
    for (size_t i = 0; i < collateral->count; i++) {
        const struct collateral_item *item = &collateral->items[i];
        struct sevl_snp_certificate certificate;
        struct sevl_snp_crl crl;
        REQUIRE(item->is_crl || !is_crl);
        if (item->is_crl)
            REQUIRE(sevl_snp_crl_read(&crl, item->der.bytes, item->der.size) == SEVL_OK &&
                    crl.product == item->product);
        else
            REQUIRE(sevl_snp_certificate_read(&certificate, item->der.bytes, item->der.size) ==
                        SEVL_OK &&
                    certificate.kind == item->kind && certificate.product == item->product);
    }
}

static bool has_pem(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i + 11 <= size; i++)
        if (memcmp(bytes + i, "-----BEGIN ", 11) == 0)
            return true;
    return false;
}

static void check_collateral(const uint8_t *bytes, size_t size, bool is_crl)
{
    struct collateral collateral = {.count = 0};
    begin(bytes, size);
    enum cli_code code = collateral_add(&collateral, &store, &console, "--option", "file", is_crl);
    check_ended(code);
    check_items(&collateral, is_crl);
    if (code != CLI_GO_ON)
        return;
    if (!check_table(&collateral, bytes, size) && !has_pem(bytes, size))
        REQUIRE(collateral.count == 1 && has_der(&collateral, bytes, size));
}

/* As the C library has it: years of four digits, from 1970 on. */
static void check_time(const char *text)
{
    uint64_t seconds = 0;
    struct tm parts = {.tm_mday = 1};
    const char *form = strlen(text) == 10 ? "%Y-%m-%d" : "%Y-%m-%dT%H:%M:%SZ";
    if (!moment_from_text(text, &seconds))
        return;
    if (strchr(text, '-') == NULL) {
        bool is_hexadecimal = text[0] == '0' && (text[1] | 0x20) == 'x';
        REQUIRE(strtoull(text, NULL, is_hexadecimal ? 16 : 10) == seconds);
    } else {
        const char *end = strptime(text, form, &parts);
        REQUIRE(end != NULL && *end == '\0' && timegm(&parts) == (time_t)seconds);
        REQUIRE(strncmp(moment_to_text(seconds).text, text, strlen(text) == 10 ? 10 : 20) == 0);
    }
    uint64_t again = 0;
    REQUIRE(moment_from_text(moment_to_text(seconds).text, &again) && again == seconds);
}

static void read_one(uint8_t kind, const uint8_t *bytes, size_t size)
{
    char *text;
    switch (kind % 4) {
    case 0:
        check_report(bytes, size);
        break;
    case 1:
        check_collateral(bytes, size, false);
        break;
    case 2:
        check_collateral(bytes, size, true);
        break;
    default:
        text = copy_text(bytes, size);
        check_time(text);
        free(text);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t kind = take8(&input);
    uint8_t *bytes = copy(input.next, input.left);
    read_one(kind, bytes, input.left);
    free(bytes);
    return 0;
}
