/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Writes a launch digest, or what forbids one, for each launch of the input. That is a line,
 *   VMM FPU SIGNATURE OWN_RDX FEATURES CPUS HAS_KERNEL FIRMWARE_DIGEST FIRMWARE_SIZE SIZE PIECE
 * three SHA-256 if there is a kernel, of it, initrd and command line, and SIZE bytes of
 * firmware, which are hashed PIECE bytes at a time. VMM: 0 QEMU, 1 EC2, 2 GCE, 3 libkrun; FPU: 0
 * legacy, 1 INIT2; OWN_RDX: 1 if the signature is in RDX whoever launches. FIRMWARE_DIGEST: in
 * place of hashing the firmware, of FIRMWARE_SIZE bytes; "-" for none.
 */
#include <inttypes.h>
#include <sevlaunch/sevlaunch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct launch {
    struct sevl_snp_guest guest;
    char firmware_digest[2 * SEVL_SNP_LAUNCH_DIGEST_SIZE + 1];
    size_t size;
    size_t piece;
    uint8_t *bytes;
    uint8_t end[SEVL_SEV_METADATA_TAIL_SIZE];
};

static bool read_line(struct launch *launch)
{
    struct sevl_snp_guest *guest = &launch->guest;
    unsigned vmm, fpu, own_rdx, has_kernel;
    int count =
        scanf("%u%u%" SCNu32 "%u%" SCNu64 "%" SCNu32 "%u%96s%" SCNu64 "%zu%zu", &vmm, &fpu,
              &guest->cpu.signature, &own_rdx, &guest->cpu.sev_features, &guest->cpus, &has_kernel,
              launch->firmware_digest, &guest->firmware_size, &launch->size, &launch->piece);
    guest->cpu.vmm = (enum sevl_vmm)vmm;
    guest->cpu.fpu = (enum sevl_fpu)fpu;
    guest->cpu.has_own_rdx = own_rdx != 0;
    guest->has_kernel = has_kernel != 0;
    return count == 11 && getchar() == '\n';
}

static bool read_bytes(struct launch *launch)
{
    struct sevl_kernel_hashes *kernel = &launch->guest.kernel;
    launch->bytes = malloc(launch->size);
    return launch->bytes != NULL &&
           (!launch->guest.has_kernel ||
            (fread(kernel->kernel, 32, 1, stdin) == 1 && fread(kernel->initrd, 32, 1, stdin) == 1 &&
             fread(kernel->cmdline, 32, 1, stdin) == 1)) &&
           fread(launch->bytes, 1, launch->size, stdin) == launch->size;
}

static enum sevl_result hash_firmware(struct launch *launch)
{
    struct sevl_snp_firmware firmware;
    enum sevl_result result = sevl_snp_firmware_init(&firmware, launch->size);
    for (size_t at = 0; at < launch->size && result == SEVL_OK; at += launch->piece) {
        size_t left = launch->size - at;
        result = sevl_snp_firmware_update(&firmware, launch->bytes + at,
                                          left < launch->piece ? left : launch->piece);
    }
    return result == SEVL_OK ? sevl_snp_firmware_finish(&firmware, launch->guest.firmware) : result;
}

static enum sevl_result read_firmware(struct launch *launch)
{
    struct sevl_ovmf_tail tail;
    struct sevl_ovmf_footer footer;
    if (launch->firmware_digest[0] == '-') {
        launch->guest.firmware_size = launch->size;
        if (hash_firmware(launch) != SEVL_OK)
            return SEVL_ERROR_LENGTH;
    } else {
        for (size_t i = 0; i < SEVL_SNP_LAUNCH_DIGEST_SIZE; i++)
            (void)sscanf(launch->firmware_digest + 2 * i, "%2" SCNx8, &launch->guest.firmware[i]);
    }
    sevl_ovmf_tail_init(&tail, launch->end, sizeof launch->end);
    sevl_ovmf_tail_update(&tail, launch->bytes, launch->size);
    enum sevl_result result = sevl_ovmf_footer_read(&footer, &tail);
    launch->guest.hash_table = footer.hash_table;
    launch->guest.reset_address = footer.reset_address;
    return result == SEVL_OK ? sevl_sev_metadata_read(&launch->guest.metadata, &tail) : result;
}

static void print(enum sevl_result result, const uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE])
{
    for (size_t i = 0; i < SEVL_SNP_LAUNCH_DIGEST_SIZE && result == SEVL_OK; i++)
        printf("%02x", digest[i]);
    if (result != SEVL_OK)
        printf("%s", result == SEVL_ERROR_ABSENT     ? "absent"
                     : result == SEVL_ERROR_ENCODING ? "encoding"
                     : result == SEVL_ERROR_LENGTH   ? "length"
                                                     : "other");
    printf("\n");
}

int main(void)
{
    static struct launch launch;
    while (read_line(&launch)) {
        uint8_t page[SEVL_VMSA_SIZE];
        uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
        if (!read_bytes(&launch))
            return 1;
        enum sevl_result result = read_firmware(&launch);
        if (result == SEVL_OK)
            result = sevl_snp_launch_digest(&launch.guest, (struct sevl_scratch){page, sizeof page},
                                            digest);
        print(result, digest);
        free(launch.bytes);
    }
    return feof(stdin) ? 0 : 1;
}
