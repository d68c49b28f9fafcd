/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "platform_looks.h"

#include <sevlaunch/sev/platform_report.h>
#include <sevlaunch/sev/session.h>
#include <sevlaunch/snp/report.h>

#include "cli/looks.h"
#include "pem.h"
#include "platform_piece.h"

#define TEXT "a text that is neither base64 nor hexadecimal digits"

static const struct known_size {
    size_t size;
    const char *words;
} known_sizes[] = {
    {0, TEXT},
    {SEVL_TIK_SIZE, "of 16 bytes, as a TIK or a TEK is, which are secret"},
    {SEVL_TEK_SIZE + SEVL_TIK_SIZE, "of 32 bytes, as a TEK and a TIK are, which are secret"},
    {SEVL_SEV_SESSION_SIZE, "of 128 bytes, as the blob of a launch session is"},
    {SEVL_SEV_PLATFORM_REPORT_SIZE, "of 208 bytes, as an attestation report of SEV is"},
    {SEVL_SNP_REPORT_SIZE, "of 1184 bytes, as an attestation report of SEV-SNP is"},
};

static bool is_x509(const uint8_t *bytes, size_t size)
{
    return pem_is_in(bytes, size) || (size > 2 && bytes[0] == 0x30 && bytes[1] == 0x82);
}

static bool is_of_text(uint8_t byte)
{
    return (byte >= ' ' && byte <= '~') || (byte >= '\t' && byte <= '\r');
}

static bool is_text(const uint8_t *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!is_of_text(bytes[i]))
            return false;
    return true;
}

static const char *look_at_bytes(const uint8_t *bytes, size_t size)
{
    struct looks_head head = {.size = 0};
    looks_head_update(&head, bytes, size);
    const char *words = looks_like_file(&head);
    if (words != NULL)
        return words;
    return is_text(bytes, size) ? TEXT : "of no kind that is known here";
}

const char *platform_looks_like(const uint8_t *bytes, size_t size)
{
    if (platform_piece_at(bytes, size).is_certificate)
        return "a certificate of a platform with SEV or SEV-ES";
    if (is_x509(bytes, size))
        return "X.509, as the certificates of SEV-SNP are";
    for (size_t i = 0; i < sizeof known_sizes / sizeof *known_sizes; i++)
        if (known_sizes[i].size == size)
            return known_sizes[i].words;
    return look_at_bytes(bytes, size);
}
