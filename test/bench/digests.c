/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Computes the launch digests of a firmware image by the rules of SEV, then by those of SEV-SNP
 * with one CPU, and prints for each the ticks of the CPU's timer.
 */
#include <sevlaunch/sha256.h>
#include <sevlaunch/snp/launch_digest.h>

#include "ticks.h"

#define TAIL_SIZE 2048

static uint8_t page[SEVL_PAGE_SIZE];
static uint8_t tail_bytes[TAIL_SIZE];
static struct sevl_ovmf_tail tail;
static struct sevl_snp_firmware pages;
static struct sevl_snp_guest guest = {.cpus = 1, .cpu = {.sev_features = 1}};

/* Reads a page of the firmware, or less at its end. */
static bool read_piece(struct port_source *source, size_t *size)
{
    size_t got = 1;
    for (*size = 0; *size < sizeof page && got > 0; *size += got)
        if (!port_read(source, page + *size, sizeof page - *size, &got))
            return false;
    return true;
}

static bool digest_sev(struct port_source *source)
{
    struct sevl_sha256 sha256;
    uint8_t digest[SEVL_SHA256_SIZE];
    size_t size;
    if (sevl_sha256_init(&sha256) != SEVL_OK)
        return false;
    do {
        if (!read_piece(source, &size) || sevl_sha256_update(&sha256, page, size) != SEVL_OK)
            return false;
    } while (size > 0);
    return sevl_sha256_finish(&sha256, digest) == SEVL_OK;
}

static bool read_firmware(struct port_source *source)
{
    size_t size;
    if (!port_size(source, &guest.firmware_size) ||
        sevl_snp_firmware_init(&pages, guest.firmware_size) != SEVL_OK)
        return false;
    sevl_ovmf_tail_init(&tail, tail_bytes, sizeof tail_bytes);
    do {
        if (!read_piece(source, &size) || sevl_snp_firmware_update(&pages, page, size) != SEVL_OK)
            return false;
        sevl_ovmf_tail_update(&tail, page, size);
    } while (size > 0);
    return sevl_snp_firmware_finish(&pages, guest.firmware) == SEVL_OK &&
           sevl_sev_metadata_read(&guest.metadata, &tail) == SEVL_OK;
}

static bool digest_snp(struct port_source *source)
{
    uint8_t digest[SEVL_SNP_LAUNCH_DIGEST_SIZE];
    return read_firmware(source) &&
           sevl_snp_launch_digest(&guest, (struct sevl_scratch){page, sizeof page}, digest) ==
               SEVL_OK;
}

static bool measure(const char *name, bool (*digest)(struct port_source *source), char after)
{
    struct port_source source;
    if (!port_open(&source, name))
        return false;
    timer_start();
    bool ok = digest(&source);
    uint32_t ticks = timer_ticks();
    port_close(&source);
    return ok && print_number(ticks, after);
}

int app_main(int argc, const char *const argv[])
{
    return argc == 2 && measure(argv[1], digest_sev, ' ') && measure(argv[1], digest_snp, '\n') ? 0
                                                                                                : 1;
}
