/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * sevl_sev_launch_digest, for every guest: one that lacks a page, has too many CPUs or no
 * scratch memory is refused, and nothing of it is read. It hashes firmware, then kernel hashes,
 * then a page for each CPU, that of the first CPU first; if a step fails, the whole fails.
 *
 * For 0, 1 and 3 CPUs, with 4 in place of 4096 bytes of a page, and 1, 3 and 5 bytes of scratch
 * memory, or 1 byte if pages are given. Firmware of 0 to 15 bytes; its reset address is not that
 * of CPU 0.
 */
#include "sha256_model.h"

#include <core/sev/launch_digest.c>

static uint8_t table_bytes[SEVL_KERNEL_HASHES_TABLE_SIZE];
static uint8_t pages[2][SEVL_VMSA_SIZE]; /* that are built: of CPU 0, of the others */
static struct sevl_scratch scratch;

void sevl_kernel_hashes_table(const struct sevl_kernel_hashes *kernel,
                              uint8_t table[SEVL_KERNEL_HASHES_TABLE_SIZE])
{
    memcpy(table, table_bytes, SEVL_KERNEL_HASHES_TABLE_SIZE);
}

void sevl_vmsa_build(const struct sevl_cpu *cpu, uint32_t reset_address, size_t offset,
                     uint8_t *bytes, size_t size)
{
    PROVE(bytes == scratch.bytes && size > 0 && size <= scratch.size);
    PROVE(offset <= SEVL_VMSA_SIZE && size <= SEVL_VMSA_SIZE - offset);
    for (size_t i = 0; i < size; i++)
        bytes[i] = pages[reset_address != SEVL_RESET_ADDRESS_CPU0][offset + i];
}

static uint8_t expected(const struct sevl_sev_guest *guest, uint64_t at)
{
    size_t table_size = guest->has_kernel ? SEVL_KERNEL_HASHES_TABLE_SIZE : 0;
    if (at < table_size)
        return table_bytes[at];
    size_t page = (at - table_size) / SEVL_VMSA_SIZE > 0;
    size_t offset = (at - table_size) % SEVL_VMSA_SIZE;
    if (guest->vmsa_cpu0 != NULL)
        return (page > 0 ? guest->vmsa_cpu1 : guest->vmsa_cpu0)[offset];
    return pages[page][offset];
}

static void hash(struct sevl_sev_guest *guest, uint32_t cpus, size_t scratch_size)
{
    uint8_t memory[SEVL_VMSA_SIZE + 1];
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    const struct message *firmware = (const struct message *)&guest->firmware.opaque;
    size_t i = any_below(sizeof launch_digest);
    guest->cpus = cpus;
    scratch = (struct sevl_scratch){ENDING(memory, scratch_size), scratch_size};

    enum sevl_result result = sevl_sev_launch_digest(guest, scratch, launch_digest);

    const struct message *message = &finished[0].message;
    bool is_open = guest->firmware.state == SEVL_SHA256_OPEN;
    REACHES(result == SEVL_OK && guest->cpus == 3 && guest->vmsa_cpu0 == NULL && scratch.size == 3);
    REACHES(result == SEVL_OK && guest->vmsa_cpu0 != NULL && guest->has_kernel);
    PROVE(result == (!is_open || !sevl_sev_guest_is_valid(guest) ? SEVL_ERROR_STATE
                     : failed                                    ? SEVL_ERROR_CRYPTO
                                                                 : SEVL_OK));
    PROVE(launch_digest[i] == (result == SEVL_OK ? finished[0].hash[i] : 0));
    if (result != SEVL_OK)
        return;
    PROVE(message->length ==
          firmware->length + (guest->has_kernel ? 176 : 0) + guest->cpus * SEVL_VMSA_SIZE);
    if (place >= firmware->length && place < message->length)
        PROVE(message->byte == expected(guest, place - firmware->length));
}

static void refuse(struct sevl_sev_guest *guest)
{
    uint8_t memory[1];
    uint8_t launch_digest[SEVL_SHA256_SIZE];
    guest->cpus = nondet_u32();
    scratch = (struct sevl_scratch){nondet_bool() ? NULL : memory, any_below(2)};
    ASSUME(!sevl_sev_guest_is_valid(guest) || scratch.bytes == NULL || scratch.size == 0);

    enum sevl_result result = sevl_sev_launch_digest(guest, scratch, launch_digest);

    REACHES(scratch.bytes == memory && scratch.size == 1 && guest->cpus == 2);
    REACHES(scratch.bytes == memory && scratch.size == 1 && guest->cpus > SEVL_CPUS_MAX);
    PROVE(result == SEVL_ERROR_STATE);
    prove_zero(launch_digest, sizeof launch_digest);
}

int main(void)
{
    static const uint32_t cpus[] = {0, 1, 3};
    static const size_t sizes[] = {1, 3, 5};
    struct sevl_sev_guest guest;
    uint8_t given[2][SEVL_VMSA_SIZE];
    __CPROVER_havoc_object(table_bytes);
    __CPROVER_havoc_object(pages);
    place = nondet_u64();
    guest.has_kernel = CASE % 2 == 1;
    guest.vmsa_cpu0 = CASE / 2 < 9 ? NULL : given[0];
    guest.vmsa_cpu1 = nondet_bool() ? NULL : given[1];
    ASSUME(guest.reset_address != SEVL_RESET_ADDRESS_CPU0);
    struct message *firmware = (struct message *)&guest.firmware.opaque;
    ASSUME(firmware->length < 16);
    if (CASE == 24) {
        guest.vmsa_cpu0 = nondet_bool() ? NULL : given[0];
        refuse(&guest);
        return 0;
    }
    hash(&guest, cpus[CASE / 2 % 3], sizes[CASE / 6 % 3]);
}
