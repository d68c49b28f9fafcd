/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* The parts of a TCB, by the names that options and AMD's addresses have for them. */
#ifndef SEVLAUNCH_TCB_PARTS_H
#define SEVLAUNCH_TCB_PARTS_H

#include <sevlaunch/snp/tcb.h>
#include <stddef.h>

#define TCB_PARTS 5

/* "fmc", "bl", "tee", "snp" and "ucode": the order of struct sevl_snp_tcb. */
extern const char *const tcb_part_names[TCB_PARTS];

struct tcb_part {
    const char *name;
    uint8_t value;
};

/* Lists the parts in that order, the first one only if `has_fmc`. Returns how many they are. */
size_t tcb_parts_list(struct tcb_part parts[TCB_PARTS], const struct sevl_snp_tcb *tcb,
                      bool has_fmc);

#endif
