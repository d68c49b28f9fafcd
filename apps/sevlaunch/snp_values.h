/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* All launch digests that are asked for, one after another. */
#ifndef SEVLAUNCH_SNP_VALUES_H
#define SEVLAUNCH_SNP_VALUES_H

#include <sevlaunch/snp/launch_digest.h>

#include "guest/phrase.h"
#include "snp_request.h"

/* A digest and what it is of. */
struct snp_value {
    const struct sevl_cpu *cpu;
    bool has_signature; /* of `cpu`: the launcher's own otherwise */
    uint32_t cpus;
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
};

/* Adds the options that give it. */
void snp_value_describe(struct phrase *phrase, const struct snp_value *value);

/* Takes a value; CLI_GO_ON to go on. */
typedef enum cli_code snp_take_value(void *context, const struct snp_value *value);

/* What the values of a guest have in common. */
struct snp_series {
    const struct snp_request *request;
    const struct cli_console *console;
    struct sevl_scratch scratch;
    uint32_t reset_address;
    uint8_t before_cpus[SEVL_SNP_LAUNCH_DIGEST_SIZE];
};

/*
 * Computes what comes before the CPUs of a guest. What it says of these is not used, but for
 * who launches them. `series` has its request, console and scratch.
 * Returns CLI_GO_ON, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_series_begin(struct snp_series *series,
                                          const struct sevl_snp_guest *guest);

/*
 * Computes the digests: of each signature, each SEV features, each FPU state and each number
 * of CPUs, in this order.
 * Returns CLI_GO_ON, what `take` returned, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_series_compute(const struct snp_series *series, snp_take_value *take,
                                            void *context);

/* What a search among the values found. It holds a pointer to itself. */
struct snp_match {
    bool is_found;
    struct snp_value value; /* the first that is equal, or else the last */
    struct sevl_cpu cpu;    /* that of the value */
};

/*
 * Looks for a launch digest among the values.
 * Returns CLI_GO_ON, found or not, or an exit code after an error line.
 */
PORT_CHECK enum cli_code snp_series_find(const struct snp_series *series,
                                         const uint8_t wanted[SEVL_SNP_LAUNCH_DIGEST_SIZE],
                                         struct snp_match *match);

#endif
