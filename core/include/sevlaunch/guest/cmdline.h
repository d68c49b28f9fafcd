/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * The kernel's command line, as it streams by. See sevlaunch.h for the conventions.
 */
#ifndef SEVLAUNCH_CMDLINE_H
#define SEVLAUNCH_CMDLINE_H

#include "../sha256.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many bytes of the tail are kept. */
#define SEVL_CMDLINE_TAIL_SIZE 32

/*
 * The tail is what ends the command line of blanks, tabs, line ends, NULs and quotation
 * marks: it is kept apart, so that a diagnosis can try other endings. Of a longer one the
 * last bytes are. Zeroed memory is a valid command line that is not open.
 */
struct sevl_cmdline {
    struct sevl_sha256 head;     /* of all before the tail */
    struct sevl_sha256 unquoted; /* of the head but its first byte, if that is a quotation mark;
                                    else not open */
    uint8_t first;               /* the head's first byte; 0 if it is empty */
    bool has_first;
    uint8_t tail_size;
    uint8_t tail[SEVL_CMDLINE_TAIL_SIZE]; /* zero from tail_size on */
};

/* Valid between calls: its streams are; one that is not open holds nothing. */
static inline bool sevl_cmdline_is_valid(const struct sevl_cmdline *cmdline)
{
    bool is_open = cmdline->head.state == SEVL_SHA256_OPEN;
    bool is_unquoted = cmdline->unquoted.state == SEVL_SHA256_OPEN;
    return sevl_sha256_is_valid(&cmdline->head) && sevl_sha256_is_valid(&cmdline->unquoted) &&
           cmdline->tail_size <= SEVL_CMDLINE_TAIL_SIZE &&
           (is_open || (!cmdline->has_first && cmdline->tail_size == 0)) &&
           (cmdline->has_first || (cmdline->first == 0 && !is_unquoted));
}

/*
 * Opens a command line of no bytes, in memory of any content.
 * Returns SEVL_OK, or SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_init(struct sevl_cmdline *cmdline);

/*
 * Appends `size` bytes. `data` may be NULL if `size` is 0.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the command line is not open, or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_update(struct sevl_cmdline *cmdline, const void *data,
                                                size_t size);

/*
 * Computes the hash for struct sevl_kernel_hashes: of all bytes and of the NUL that QEMU
 * adds. The command line stays as it is, and open.
 * Returns SEVL_OK, SEVL_ERROR_STATE if the command line is not open, or
 * SEVL_ERROR_CRYPTO if Mbed TLS failed.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_hash(const struct sevl_cmdline *cmdline,
                                              uint8_t hash[SEVL_SHA256_SIZE]);

/* What stands where the command line was cut. */
enum sevl_cmdline_ending {
    SEVL_CMDLINE_NEWLINE,
    SEVL_CMDLINE_CRLF,
    SEVL_CMDLINE_NUL,    /* beside the one that QEMU adds */
    SEVL_CMDLINE_NO_NUL, /* nothing, and QEMU's NUL is missing */
    SEVL_CMDLINE_NOTHING
};

#define SEVL_CMDLINE_BLANKS_MAX 16

/* Another command line, made of one that streamed by. */
struct sevl_cmdline_variant {
    bool is_unquoted; /* without the quotation marks around it, and what follows these */
    uint8_t cut;      /* bytes that are cut off the tail, at most its size; then follow: */
    enum sevl_cmdline_ending ending;
    uint8_t blanks; /* at most SEVL_CMDLINE_BLANKS_MAX */
};

/* A variant as one number, which a diagnosis tells, and the variant of such a number. */
static inline uint32_t sevl_cmdline_variant_to_value(struct sevl_cmdline_variant variant)
{
    return (uint32_t)variant.ending | (uint32_t)variant.cut << 8 | (uint32_t)variant.blanks << 16 |
           (variant.is_unquoted ? UINT32_C(1) << 24 : 0);
}

static inline struct sevl_cmdline_variant sevl_cmdline_variant_from_value(uint32_t value)
{
    struct sevl_cmdline_variant variant;
    variant.is_unquoted = (value >> 24 & 1) != 0;
    variant.cut = (uint8_t)(value >> 8 & 0xff);
    variant.ending = (enum sevl_cmdline_ending)(value & 0xff);
    variant.blanks = (uint8_t)(value >> 16 & 0xff);
    return variant;
}

/*
 * Whether it begins with a quotation mark and ends in the same, but for blanks and line
 * ends: then it has a variant without them.
 */
bool sevl_cmdline_is_quoted(const struct sevl_cmdline *cmdline);

/*
 * As sevl_cmdline_hash(), of a variant. An unquoted one needs sevl_cmdline_is_quoted(),
 * and its `cut` is not used.
 */
SEVL_CHECK enum sevl_result sevl_cmdline_hash_variant(const struct sevl_cmdline *cmdline,
                                                      const struct sevl_cmdline_variant *variant,
                                                      uint8_t hash[SEVL_SHA256_SIZE]);

#ifdef __cplusplus
}
#endif

#endif
