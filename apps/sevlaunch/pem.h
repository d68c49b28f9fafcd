/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* PEM (RFC 7468): DER as base64 between two lines that say what it is. */
#ifndef SEVLAUNCH_PEM_H
#define SEVLAUNCH_PEM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a block begins somewhere in these bytes. */
bool pem_is_in(const void *bytes, size_t size);

/* A text in which blocks are found, one after another. */
struct pem {
    const char *text;
    size_t size; /* what is left of it */
};

enum pem_result { PEM_TAKEN, PEM_END, PEM_MALFORMED };

/*
 * Takes the next block, with whatever stands before it. `label` is what the block is, as
 * "CERTIFICATE", of `label_size` characters with a NUL at most. Writes at most `capacity`
 * bytes to `der`, and how many to `size`. Returns PEM_END if there is no more, or
 * PEM_MALFORMED if a block does not end as it begins, is no base64, or is too long.
 */
enum pem_result pem_take(struct pem *pem, char *label, size_t label_size, uint8_t *der,
                         size_t capacity, size_t *size);

#endif
