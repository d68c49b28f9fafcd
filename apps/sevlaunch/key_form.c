/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "key_form.h"

#include <string.h>

#define KIND 8
#define PRODUCT 9
#define TCB 10
#define ID_SIZE 15
#define FIRST 16
#define LAST 24
#define ID 32
#define POINT 96

#define ID_MAX 64
#define ID_SIZE_TURIN 8

static const uint8_t start[] = {'S', 'E', 'V', 'L', 'K', 'E', 'Y', 1};

static void put64(uint8_t *bytes, uint64_t number)
{
    for (size_t i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(number >> (8 * i));
}

static uint64_t get64(const uint8_t *bytes)
{
    uint64_t number = 0;
    for (size_t i = 8; i > 0; i--)
        number = number << 8 | bytes[i - 1];
    return number;
}

void key_form_write(uint8_t bytes[KEY_FORM_SIZE], const struct sevl_snp_key *key)
{
    const uint8_t tcb[] = {key->tcb.fmc, key->tcb.boot_loader, key->tcb.tee, key->tcb.snp,
                           key->tcb.microcode};
    memset(bytes, 0, KEY_FORM_SIZE);
    memcpy(bytes, start, sizeof start);
    bytes[KIND] = key->kind == SEVL_SNP_VLEK ? 2 : 1;
    bytes[PRODUCT] = (uint8_t)key->product;
    memcpy(bytes + TCB, tcb, sizeof tcb);
    bytes[ID_SIZE] = key->id_size;
    put64(bytes + FIRST, key->validity.first);
    put64(bytes + LAST, key->validity.last);
    memcpy(bytes + ID, key->id, key->id_size);
    memcpy(bytes + POINT, key->key, sizeof key->key);
}

static bool has_right_id(const uint8_t *bytes, const struct sevl_snp_key *key)
{
    uint8_t more = 0;
    size_t chip = key->product == SEVL_SNP_TURIN ? ID_SIZE_TURIN : ID_MAX;
    for (size_t i = key->id_size; i < ID_MAX; i++)
        more |= bytes[ID + i];
    if (key->id_size > ID_MAX || more != 0)
        return false;
    return key->kind == SEVL_SNP_VLEK ? key->id_size > 0 : key->id_size == chip;
}

static void copy_fields(struct sevl_snp_key *key, const uint8_t *bytes)
{
    const uint8_t *tcb = bytes + TCB;
    key->kind = bytes[KIND] == 2 ? SEVL_SNP_VLEK : SEVL_SNP_VCEK;
    key->product = (enum sevl_snp_product)bytes[PRODUCT];
    key->tcb = (struct sevl_snp_tcb){tcb[0], tcb[1], tcb[2], tcb[3], tcb[4]};
    key->id_size = bytes[ID_SIZE];
    key->validity = (struct sevl_snp_validity){get64(bytes + FIRST), get64(bytes + LAST)};
    memcpy(key->id, bytes + ID, sizeof key->id);
    memcpy(key->key, bytes + POINT, sizeof key->key);
}

static bool has_start(const uint8_t *bytes)
{
    for (size_t i = 0; i < sizeof start; i++)
        if (bytes[i] != start[i])
            return false;
    return bytes[KIND] >= 1 && bytes[KIND] <= 2 && bytes[PRODUCT] >= SEVL_SNP_MILAN &&
           bytes[PRODUCT] <= SEVL_SNP_TURIN;
}

bool key_form_read(struct sevl_snp_key *key, const uint8_t *bytes, size_t size)
{
    memset(key, 0, sizeof *key);
    if (size != KEY_FORM_SIZE || !has_start(bytes))
        return false;
    copy_fields(key, bytes);
    if (key->product != SEVL_SNP_TURIN && key->tcb.fmc != 0)
        return false;
    return has_right_id(bytes, key) && key->validity.first <= key->validity.last;
}
