/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* A launch that fuzz input describes, and the command line for it. */
#ifndef SEVLAUNCH_FUZZ_SCENARIO_H
#define SEVLAUNCH_FUZZ_SCENARIO_H

#include "fuzz.h"
#include "memory_port/memory.h"
#include "model.h"

struct part {
    bool present;
    uint16_t size;
    uint8_t bytes[2048];
};

enum source { SOURCE_SKU, SOURCE_SIGNATURE, SOURCE_TYPE, SOURCE_VMM, SOURCE_PAGES, SOURCES };

/* All that is measured. If any bit of it changes, it still describes a launch. */
struct launch {
    uint8_t api_major;
    uint8_t api_minor;
    uint8_t build;
    uint32_t policy;
    uint8_t nonce[16];
    uint8_t tek[16];
    uint8_t tik[16];
    uint8_t digest[32];
    uint8_t cpus;
    uint8_t family;
    uint8_t model;
    uint8_t stepping;
    uint8_t vmm;
    uint8_t init2;
    uint64_t features;
    struct part kernel;
    struct part initrd;
    struct part cmdline;
    struct part firmware;
    uint8_t page0[MODEL_PAGE];
    uint8_t page1[MODEL_PAGE];
};

/* How the command is called. */
struct manner {
    bool by_digest;  /* in place of all the parts */
    bool omits_cpus; /* which SEV-ES needs */
    uint8_t omitted; /* one more option: see scenario.c; 0: none */
    enum source source;
    bool hexadecimal;
    bool one_key_file;
    enum { INFO_NONE, INFO_LINES, INFO_JSON } info;
    bool cmdline_in_file;
    bool json;
    bool quiet;
    bool hints;
    bool prints;
    size_t secrets;
    bool minimal;
    uint16_t buffer_size;
};

#define SECRETS_MAX 3
#define FILES_MAX 12
#define WORDS_MAX 48
struct scenario {
    struct launch launch;
    struct manner manner;
    uint8_t reported[48];
    uint8_t secret[SECRETS_MAX][64];
    uint16_t secret_size[SECRETS_MAX];

    /* Made of these. */
    uint8_t keys[32];
    char info[512];
    struct memory_file file[FILES_MAX];
    size_t files;
    const char *word[WORDS_MAX + 1];
    size_t words;
    bool lacks_a_word; /* that every launch needs */
    char text[8192];
    size_t used;
};

extern const char *const scenario_guids[SECRETS_MAX];

void scenario_take(struct scenario *scenario, struct input *input);

/* The model's view of the launch. */
struct model_guest scenario_guest(const struct scenario *scenario);

/* Makes the files and words again. */
void scenario_write(struct scenario *scenario);

/* What the model computes for the launch and `nonce`. */
struct truth {
    bool is_measured; /* otherwise something is missing, and the rest is zero */
    uint8_t digest[32];
    uint8_t measurement[48];
};
struct truth scenario_tell(const struct scenario *scenario, const uint8_t nonce[16]);

/* Writes the table of the secrets in the clear. Returns its size. */
#define SCENARIO_TABLE_MAX 512
size_t scenario_table(const struct scenario *scenario, uint8_t table[SCENARIO_TABLE_MAX],
                      bool minimal);

/* Returns true if something given is empty, or has no effect in this launch. */
bool scenario_may_be_refused(const struct scenario *scenario);

/* After a mismatch in JSON: requires that its hints name what would have matched. */
void scenario_check_hints(const struct scenario *scenario);

/* Requires that the packet was written, and that the secure processor would take it. */
void scenario_check_packet(const struct scenario *scenario);

/* Requires that digest and measurement were printed first. */
void scenario_check_printed(const struct truth *truth);

#endif
