/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What keys and secrets leave in memory if nothing wipes them: these themselves, and
 * computed values that can replace them. Eight bytes in a row count, if three of them
 * differ. traces.py searches for message schedules, in registers, and for key stream, unless
 * that is added here.
 */
#ifndef SEVLAUNCH_TRACES_H
#define SEVLAUNCH_TRACES_H

#include <stddef.h>
#include <stdint.h>

#define TRACES_KEY_SIZE 16

/* Starts again with nothing to search for. Keeps the pointers to names that are added. */
void traces_begin(void);

void traces_add(const char *name, const void *bytes, size_t size);

/* In either byte order, and in pairs with the second word first. */
void traces_add_words(const char *name, const void *bytes, size_t size);

/* The key, its two pads, and the hash states after these. */
void traces_add_hmac_key(const char *name, const uint8_t key[TRACES_KEY_SIZE]);

/* The inner hash of HMAC; with the key's outer pad it gives the HMAC. */
void traces_add_message(const uint8_t key[TRACES_KEY_SIZE], const void *message, size_t size);

/* The key, and the other round keys. */
void traces_add_aes_key(const char *name, const uint8_t key[TRACES_KEY_SIZE]);

/* Returns the name of the first trace in a memory, or NULL. */
const char *traces_find(const void *memory, size_t size);

#endif
