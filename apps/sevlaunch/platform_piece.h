/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Certificates of a platform with SEV or SEV-ES that follow each other in a file. */
#ifndef SEVLAUNCH_PLATFORM_PIECE_H
#define SEVLAUNCH_PLATFORM_PIECE_H

#include <sevlaunch/sev/certificate.h>

/* Arrays by enum sevl_sev_certificate_kind have so many places, of which the first is not used. */
#define PLATFORM_KINDS (SEVL_SEV_PDH + 1)

/* A certificate that begins at some byte, as its usage and its size tell. */
struct platform_piece {
    bool is_certificate; /* else the rest means nothing */
    enum sevl_sev_certificate_kind kind;
    size_t size; /* as much as it takes, which may be more than there is */
};

/* Tells what `size` bytes begin with. They may be followed by others of the same kinds. */
struct platform_piece platform_piece_at(const uint8_t *bytes, size_t size);

/* "PEK" for example. */
const char *platform_kind_name(enum sevl_sev_certificate_kind kind);

/* Whether a certificate is one of an ARK or ASK, which have a form of their own. */
static inline bool platform_is_authority(enum sevl_sev_certificate_kind kind)
{
    return kind == SEVL_SEV_ARK || kind == SEVL_SEV_ASK;
}

#endif
