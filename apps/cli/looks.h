/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* What something looks like that is not what was asked for, so that an error can say so. */
#ifndef SEVLAUNCH_CLI_LOOKS_H
#define SEVLAUNCH_CLI_LOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* With fewer characters, binary data looks like text by accident. */
#define LOOKS_TEXT_MIN 16

/*
 * Whether all bytes but blanks are hexadecimal digits, one of them decimal, and these are
 * LOOKS_TEXT_MIN or more. All bytes are looked at, for they may be a key: the time does not
 * tell where the first other one is.
 */
bool looks_hexadecimal(const void *bytes, size_t size);

/* The same, as words that follow "got 33 bytes": empty for anything else. */
const char *looks_like_text(const void *bytes, size_t size);

/* As many bytes of a file's start as looks_like_file() wants to see. */
#define LOOKS_HEAD_SIZE 40

/* Zeroed memory is the head of no bytes. */
struct looks_head {
    size_t size;
    uint8_t bytes[LOOKS_HEAD_SIZE]; /* the first `size` of the file */
};

/* Appends `size` bytes, of which those are kept that have room. */
void looks_head_update(struct looks_head *head, const void *data, size_t size);

/*
 * What a file is that begins so, with how to get at what is in it: "a qcow2 image, ...". NULL
 * for what is not known, as an image of memory is not.
 */
const char *looks_like_file(const struct looks_head *head);

#endif
