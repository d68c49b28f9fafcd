/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_snp_certificate_read, for any bytes of less than 64 KiB, with the readers of its parts as
 * their headers specify them: a certificate is read only if its parts follow each other and fill
 * what is signed, the names fit each other, the serial number fits the kind, the algorithm is the
 * same inside and outside, and its extensions are those of its kind. What is kept of it is what was
 * there; else it is all 0. The key is where the hash of pins is made of.
 */
#include "der_model.h"

#include <core/snp/certificate.c>
#include <stdlib.h>

static struct sevl_der whole, signed_contents, outer_algorithm;
static struct span version, algorithm, names_span[2], validity, key_span, explicit_3, list;
static struct span times_span[2];
static struct sevl_snp_name names[2] = {{SEVL_SNP_ARK, SEVL_SNP_MILAN},
                                        {SEVL_SNP_ARK, SEVL_SNP_MILAN}};
static uint64_t times[2];
static unsigned name_count, time_count, sequences, extension_reads;
static const uint8_t *key_bytes;
static bool is_p384;

static void note_element(uint8_t tag, const struct span *span)
{
    PROVE(tag == SEVL_DER_SEQUENCE || tag == SEVL_DER_EXPLICIT + 3);
    if (tag != SEVL_DER_SEQUENCE)
        explicit_3 = *span;
    else if (sequences++ == 0)
        validity = *span;
    else
        list = *span;
}

static unsigned bytes_taken;

static void note_bytes(const void *bytes, size_t size, const struct span *span)
{
    const uint8_t *b = bytes;
    if (bytes_taken++ > 0) {
        PROVE(bytes_taken == 2 && b == outer_algorithm.bytes && size == outer_algorithm.size);
        algorithm = *span;
        return;
    }
    PROVE(size == 5 && b[0] == 0xa0 && b[1] == 3 && b[2] == 2 && b[3] == 1 && b[4] == 2);
    version = *span;
}

bool sevl_snp_read_signed(struct sevl_snp_signed *sign, struct sevl_der all,
                          struct sevl_der *contents, struct sevl_der *outer)
{
    PROVE(is_same_part(&all, &whole));
    size_t at = any_length();
    size_t size = any_length();
    if (nondet_bool() || at > all.size || size > all.size - at)
        return false;
    signed_contents = (struct sevl_der){all.bytes + at, size};
    outer_algorithm = (struct sevl_der){all.bytes + at + size, all.size - at - size};
    sign->message = (struct sevl_bytes){signed_contents.bytes, size};
    sign->signature = outer_algorithm.bytes;
    *contents = signed_contents;
    *outer = outer_algorithm;
    return true;
}

bool sevl_snp_take_name(struct sevl_der *from, struct sevl_snp_name *name)
{
    static const enum sevl_snp_certificate_kind kinds[] = {SEVL_SNP_ARK, SEVL_SNP_ASK,
                                                           SEVL_SNP_ASVK, SEVL_SNP_VCEK,
                                                           SEVL_SNP_VLEK};
    static const enum sevl_snp_product products[] = {SEVL_SNP_MILAN, SEVL_SNP_GENOA,
                                                     SEVL_SNP_TURIN};
    PROVE(name_count < 2);
    name->kind = kinds[any_below(5)];
    if (name->kind != SEVL_SNP_VCEK && name->kind != SEVL_SNP_VLEK)
        name->product = products[any_below(3)];
    if (!take_span(from, 0, 0, any_length(), &names_span[name_count]))
        return false;
    names[name_count++] = *name;
    return true;
}

bool sevl_time_take(struct sevl_der *from, uint64_t *time)
{
    PROVE(time_count < 2);
    if (!take_span(from, 2, 2, 13, &times_span[time_count]))
        return false;
    *time = nondet_u64();
    times[time_count++] = *time;
    return true;
}

static bool take_any_key(struct sevl_der *from, struct sevl_der *key, size_t before, size_t size,
                         size_t after)
{
    if (!take_span(from, 0, 0, before + size + after, &key_span))
        return false;
    key_bytes = key_span.start + before;
    *key = (struct sevl_der){key_bytes, size};
    return true;
}

bool sevl_p384_key_take(struct sevl_der *from, struct sevl_der *point)
{
    is_p384 = true;
    return take_any_key(from, point, 24, SEVL_P384_KEY_SIZE, 0);
}

bool sevl_rsa_key_take(struct sevl_der *from, struct sevl_der *modulus)
{
    return take_any_key(from, modulus, 33, SEVL_RSA_KEY_SIZE, 5);
}

static enum sevl_snp_certificate_kind kind_of_extensions = SEVL_SNP_ARK;
static enum sevl_snp_product product_of_extensions = SEVL_SNP_MILAN;
static struct sevl_der extension_part;

bool sevl_snp_extensions_read(struct sevl_snp_certificate *certificate, struct sevl_der extensions)
{
    PROVE(extensions.size == 0 || __CPROVER_r_ok(extensions.bytes, extensions.size));
    kind_of_extensions = certificate->kind;
    product_of_extensions = certificate->product;
    extension_part = extensions;
    certificate->tcb.snp = 27;
    extension_reads++;
    return nondet_bool();
}

/* Returns 0 if none fits. */
static int issuer_kind(enum sevl_snp_certificate_kind kind)
{
    return kind == SEVL_SNP_VCEK   ? SEVL_SNP_ASK
           : kind == SEVL_SNP_VLEK ? SEVL_SNP_ASVK
                                   : SEVL_SNP_ARK;
}

static void prove_places(void)
{
    PROVE(is_filled_by(&signed_contents, &version, &explicit_3));
    PROVE(follows(&version, &number_span) && follows(&number_span, &algorithm) &&
          follows(&algorithm, &names_span[0]) && follows(&names_span[0], &validity) &&
          follows(&validity, &names_span[1]) && follows(&names_span[1], &key_span) &&
          follows(&key_span, &explicit_3));
    PROVE(is_filled_by(&validity.contents, &times_span[0], &times_span[1]) &&
          follows(&times_span[0], &times_span[1]));
    PROVE(is_filled_by(&explicit_3.contents, &list, &list));
    PROVE(extension_reads == 1 && is_same_part(&extension_part, &list.contents));
}

static void prove_kept(const struct sevl_snp_certificate *certificate)
{
    bool is_of_leaf = names[1].kind == SEVL_SNP_VCEK || names[1].kind == SEVL_SNP_VLEK;
    PROVE((int)names[0].kind == issuer_kind(names[1].kind));
    PROVE(is_of_leaf || names[0].product == names[1].product);
    PROVE(certificate->kind == names[1].kind && certificate->product == names[0].product);
    PROVE(kind_of_extensions == certificate->kind && product_of_extensions == certificate->product);
    PROVE(certificate->serial == last_number && (last_number == 0) == is_of_leaf);
    PROVE(certificate->validity.first == times[0] && certificate->validity.last == times[1]);
    PROVE(is_p384 == is_of_leaf && certificate->key == key_bytes);
    PROVE(certificate->key_info.bytes == key_span.start &&
          certificate->key_info.bytes + certificate->key_info.size == key_span.end);
    PROVE(certificate->sign.message.bytes == signed_contents.bytes &&
          certificate->sign.signature == outer_algorithm.bytes && certificate->tcb.snp == 27);
}

int main(void)
{
    size_t size = any_length();
    const uint8_t *bytes = malloc(size);
    ASSUME(bytes != NULL);
    struct sevl_snp_certificate certificate;
    whole = (struct sevl_der){bytes, size};

    enum sevl_result result = sevl_snp_certificate_read(&certificate, bytes, size);

    REACHES(result == SEVL_OK && certificate.kind == SEVL_SNP_ARK);
    REACHES(result == SEVL_OK && certificate.kind == SEVL_SNP_VLEK);
    PROVE(result == SEVL_OK || result == SEVL_ERROR_ENCODING);
    if (result != SEVL_OK) {
        prove_zero(&certificate, sizeof certificate);
        return 0;
    }
    prove_places();
    prove_kept(&certificate);
}
