/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * What is measured and what a secret packet holds, written a second time from the
 * documents that define them, with OpenSSL's SHA-256, HMAC and AES. It shares no code
 * with core/, so that it does not have the same mistakes.
 */
#ifndef SEVLAUNCH_FUZZ_MODEL_H
#define SEVLAUNCH_FUZZ_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MODEL_PAGE 4096

enum model_vmm { MODEL_QEMU, MODEL_EC2, MODEL_GCE, MODEL_KRUN };

/* Where CPUs of libkrun's qboot start, but the first. */
#define MODEL_KRUN_RESET 0xfffffff3

struct model_cpu {
    uint32_t signature;
    enum model_vmm vmm;
    bool init2;
    uint64_t features;
    bool own_rdx; /* of VMMs but QEMU: the signature */
};

/* The state of the CPU that starts at `reset`; CPU 0 starts at 0xfffffff0. */
void model_page(uint8_t page[MODEL_PAGE], const struct model_cpu *cpu, uint32_t reset);

uint32_t model_signature(uint32_t family, uint32_t model, uint32_t stepping);

struct model_footer {
    uint32_t reset;
    uint32_t hash_base;
    uint32_t hash_size;
    uint32_t secret_base;
    uint32_t secret_size;
};

enum model_found { MODEL_TABLE, MODEL_NO_TABLE, MODEL_MALFORMED };

/* Reads the table at the end of a firmware; all zero if there is none. */
enum model_found model_footer(struct model_footer *footer, const uint8_t *firmware, size_t size);

/* Where the SEV metadata of an image begins; all zero if it has none that is good. */
struct model_metadata {
    const uint8_t *sections; /* 12 bytes each: base, size, type */
    size_t count;
};

/* Reads them from the whole image. */
enum model_found model_metadata(struct model_metadata *metadata, const uint8_t *firmware,
                                size_t size);

/* A part of a guest; it is absent if `bytes` is NULL. */
struct model_part {
    const uint8_t *bytes;
    size_t size;
};

struct model_guest {
    uint8_t api_major;
    uint8_t api_minor;
    uint8_t build;
    uint32_t policy;
    uint8_t nonce[16];
    uint8_t tik[16];
    const uint8_t *digest; /* of all parts; NULL: compute it */
    struct model_part firmware;
    struct model_part footer; /* from which the table is read; absent: from the firmware */
    struct model_part kernel;
    struct model_part initrd;
    struct model_part cmdline; /* without its NUL */
    bool cmdline_has_no_nul;
    uint32_t cpus; /* 0: unknown */
    struct model_cpu cpu;
    const uint8_t *page0; /* given pages; NULL: build them */
    const uint8_t *page1;
};

/* Both return true if such a guest can be measured. */
bool model_digest(const struct model_guest *guest, uint8_t digest[32]);
bool model_measure(const struct model_guest *guest, uint8_t measure[32]);

/* A launch of SEV-SNP. The firmware's table says where kernel hashes go and CPUs start. */
struct model_snp_guest {
    struct model_part firmware;
    struct model_metadata metadata;
    const uint8_t *hashes; /* of kernel, initrd and command line; NULL: no kernel */
    uint32_t cpus;
    struct model_cpu cpu;
};

/* Returns true if such a guest can be measured. */
bool model_snp_digest(const struct model_snp_guest *guest, uint8_t digest[48]);

/* A secret for the guest. */
struct model_secret {
    const char *guid;
    const uint8_t *bytes;
    size_t size;
};

/* Writes the padded table in the clear, with libvirt's or minimal padding. Returns its size. */
size_t model_table(uint8_t *table, const struct model_secret *secrets, size_t count, bool minimal);

/* Returns true if the secure processor would take the packet. Decrypts the data in place. */
bool model_open(const uint8_t header[52], uint8_t *data, size_t size, const uint8_t tek[16],
                const uint8_t tik[16], const uint8_t measure[32]);

#endif
