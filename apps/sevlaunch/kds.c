/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "kds.h"

#include "cli/text.h"
#include "tcb_parts.h"
#include "verify_checks.h"

#define HOST "https://kdsintf.amd.com/"
#define CHIP_ID_SIZE 64
#define CHIP_ID_SIZE_TURIN 8

/* An address that grows. The longest one has 242 characters, of a Milan with all parts above 99. */
struct address {
    struct kds_address kds;
    size_t length;
};

static void append(struct address *address, const char *text)
{
    for (; *text != '\0'; text++)
        address->kds.text[address->length++] = *text;
    address->kds.text[address->length] = '\0';
}

static void append_bytes(struct address *address, const uint8_t *bytes, size_t size)
{
    char digits[3];
    for (size_t i = 0; i < size; i++) {
        text_from_bytes(digits, bytes + i, 1);
        append(address, digits);
    }
}

/* Each part is a number of two digits or more. */
static void append_tcb(struct address *address, const struct sevl_snp_tcb *tcb, bool has_fmc)
{
    struct tcb_part parts[TCB_PARTS];
    size_t count = tcb_parts_list(parts, tcb, has_fmc);
    for (size_t i = 0; i < count; i++) {
        append(address, i == 0 ? "?" : "&");
        append(address, parts[i].name);
        append(address, parts[i].value < 10 ? "SPL=0" : "SPL=");
        append(address, text_decimal(parts[i].value).text);
    }
}

static void begin_address(struct address *address, const char *service,
                          enum sevl_snp_product product, const char *rest)
{
    address->length = 0;
    append(address, HOST);
    append(address, service);
    append(address, "/v1/");
    append(address, verify_product_name(product));
    append(address, rest);
}

struct kds_address kds_vcek(enum sevl_snp_product product, const uint8_t *chip_id,
                            const struct sevl_snp_tcb *tcb)
{
    struct address address;
    bool is_turin = product == SEVL_SNP_TURIN;
    begin_address(&address, "vcek", product, "/");
    append_bytes(&address, chip_id, is_turin ? CHIP_ID_SIZE_TURIN : CHIP_ID_SIZE);
    append_tcb(&address, tcb, is_turin);
    return address.kds;
}

struct kds_address kds_chain(enum sevl_snp_product product, enum sevl_snp_certificate_kind leaf)
{
    struct address address;
    begin_address(&address, leaf == SEVL_SNP_VLEK ? "vlek" : "vcek", product, "/cert_chain");
    return address.kds;
}

struct kds_address kds_crl(enum sevl_snp_product product)
{
    struct address address;
    begin_address(&address, "vcek", product, "/crl");
    return address.kds;
}

struct kds_address kds_cek(const uint8_t id[SEVL_SEV_CHIP_ID_SIZE])
{
    struct address address = {.length = 0};
    append(&address, HOST "cek/id/");
    append_bytes(&address, id, SEVL_SEV_CHIP_ID_SIZE);
    return address.kds;
}
