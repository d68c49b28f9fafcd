/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Any guest has the launch digest of the model, or neither measures it: firmware in whatever
 * pieces, with any metadata that is good, and any scratch memory.
 */
#include <sevlaunch/snp/launch_digest.h>

#include "fuzz.h"
#include "model.h"

#define HASHES 96
#define PAGES_MAX 64 /* of sections: more would take long */

/* What is left of the input ends the firmware's last page. */
static uint8_t *make_firmware(const struct input *input, size_t *size)
{
    *size = (input->left / MODEL_PAGE + 1) * MODEL_PAGE;
    uint8_t *firmware = calloc(1, *size);
    REQUIRE(firmware != NULL);
    if (input->left > 0)
        memcpy(firmware + *size - input->left, input->next, input->left);
    return firmware;
}

static void hash_firmware(struct sevl_snp_guest *guest, const uint8_t *firmware, size_t piece)
{
    struct sevl_snp_firmware context;
    REQUIRE(sevl_snp_firmware_init(&context, guest->firmware_size) == SEVL_OK);
    for (size_t at = 0; at < guest->firmware_size; at += piece) {
        size_t left = (size_t)guest->firmware_size - at;
        uint8_t *bytes = copy(firmware + at, left < piece ? left : piece);
        REQUIRE(sevl_snp_firmware_update(&context, bytes, left < piece ? left : piece) == SEVL_OK);
        free(bytes);
    }
    REQUIRE(sevl_snp_firmware_finish(&context, guest->firmware) == SEVL_OK);
}

static bool read_tables(struct sevl_snp_guest *guest, struct sevl_ovmf_tail *tail)
{
    struct sevl_ovmf_footer footer;
    size_t pages = 0;
    if (sevl_ovmf_footer_read(&footer, tail) != SEVL_OK ||
        sevl_sev_metadata_read(&guest->metadata, tail) != SEVL_OK)
        return false;
    guest->hash_table = footer.hash_table;
    guest->reset_address = footer.reset_address;
    for (uint32_t i = 0; i < guest->metadata.count; i++)
        pages += sevl_sev_metadata_section(&guest->metadata, i).size / MODEL_PAGE;
    return pages <= PAGES_MAX;
}

static void check(const struct sevl_snp_guest *guest, const struct model_snp_guest *model,
                  size_t scratch_size)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    uint8_t wanted[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    struct sevl_scratch scratch = {malloc(scratch_size), scratch_size};
    REQUIRE(scratch.bytes != NULL);
    enum sevl_result result = sevl_snp_launch_digest(guest, scratch, digest);
    bool measured = model_snp_digest(model, wanted);
    REQUIRE(result == SEVL_OK || result == SEVL_ERROR_ENCODING || result == SEVL_ERROR_ABSENT);
    REQUIRE((result == SEVL_OK) == measured);
    REQUIRE(measured ? memcmp(digest, wanted, sizeof digest) == 0 : is_zero(digest, sizeof digest));
    free(scratch.bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    struct sevl_snp_guest guest = {.has_kernel = false};
    struct model_snp_guest model = {.hashes = NULL};
    uint8_t hashes[HASHES] = {0};
    uint8_t kind = take8(&input);
    guest.cpu.vmm = (enum sevl_vmm)(kind % 4);
    guest.cpu.fpu = kind / 4 % 2 == 1 ? SEVL_FPU_INIT2 : SEVL_FPU_LEGACY;
    guest.has_kernel = kind / 8 % 2 == 1;
    guest.cpu.has_own_rdx = kind >= 128;
    guest.cpus = 1 + take8(&input) % 8;
    guest.cpu.signature = take32(&input);
    guest.cpu.sev_features = take16(&input);
    size_t piece = 1 + take16(&input) % 9000;
    size_t scratch_size = 1 + take16(&input) % 5000;
    for (size_t i = 0; i < HASHES; i += 32)
        (void)take(&input, hashes + i, 2); /* the rest is zero */
    memcpy(guest.kernel.kernel, hashes, 32);
    memcpy(guest.kernel.initrd, hashes + 32, 32);
    memcpy(guest.kernel.cmdline, hashes + 64, 32);
    size_t firmware_size;
    uint8_t *firmware = make_firmware(&input, &firmware_size);
    struct sevl_ovmf_tail tail = {firmware, firmware_size, firmware_size};
    guest.firmware_size = firmware_size;
    if (read_tables(&guest, &tail)) {
        hash_firmware(&guest, firmware, piece);
        model.firmware = (struct model_part){firmware, firmware_size};
        REQUIRE(model_metadata(&model.metadata, firmware, firmware_size) == MODEL_TABLE);
        model.hashes = guest.has_kernel ? hashes : NULL;
        model.cpus = guest.cpus;
        model.cpu = (struct model_cpu){.signature = guest.cpu.signature,
                                       .vmm = (enum model_vmm)(kind % 4),
                                       .init2 = guest.cpu.fpu == SEVL_FPU_INIT2,
                                       .features = guest.cpu.sev_features,
                                       .own_rdx = guest.cpu.has_own_rdx};
        check(&guest, &model, scratch_size);
    }
    free(firmware);
    return 0;
}
