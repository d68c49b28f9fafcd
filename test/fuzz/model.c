/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "model.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <string.h>

#include "fuzz.h"

#define ES 4

static void put(uint8_t *at, uint64_t number, int size)
{
    for (int i = 0; i < size; i++, number >>= 8)
        at[i] = (uint8_t)(number & 0xff);
}

static uint32_t get(const uint8_t *at, int size)
{
    uint32_t number = 0;
    while (size-- > 0)
        number = number * 256 + at[size];
    return number;
}

/* A GUID's text as EFI stores it: three numbers, then eight bytes. */
static void put_guid(uint8_t at[16], const char *text)
{
    unsigned first;
    unsigned short second[2];
    unsigned char last[8];
    REQUIRE(sscanf(text, "%8x-%4hx-%4hx-%2hhx%2hhx-%2hhx%2hhx%2hhx%2hhx%2hhx%2hhx", &first,
                   &second[0], &second[1], &last[0], &last[1], &last[2], &last[3], &last[4],
                   &last[5], &last[6], &last[7]) == 11);
    put(at, first, 4);
    put(at + 4, second[0], 2);
    put(at + 6, second[1], 2);
    memcpy(at + 8, last, 8);
}

static bool is_guid(const uint8_t at[16], const char *text)
{
    uint8_t wanted[16];
    put_guid(wanted, text);
    return CRYPTO_memcmp(at, wanted, 16) == 0;
}

/* The state of a CPU: AMD 24593, appendix B; the values of QEMU and of KVM. */

static void put_segment(uint8_t *at, uint16_t selector, uint16_t attributes, uint64_t base)
{
    put(at, selector, 2);
    put(at + 2, attributes, 2);
    put(at + 4, 0xffff, 4);
    put(at + 8, base, 8);
}

static void put_segments(uint8_t page[MODEL_PAGE], const struct model_cpu *cpu, uint32_t reset)
{
    bool ec2 = cpu->vmm == MODEL_EC2;
    bool krun = cpu->vmm == MODEL_KRUN;
    bool first = reset == 0xfffffff0;
    put_segment(page + 0x00, 0, 0x93, 0);
    put_segment(page + 0x10, 0xf000, krun || (ec2 && first) ? 0x9a : 0x9b, reset - reset % 0x10000);
    put_segment(page + 0x20, 0, ec2 || krun ? 0x92 : 0x93, 0);
    for (int offset = 0x30; offset <= 0x50; offset += 0x10)
        put_segment(page + offset, 0, 0x93, 0);
    put_segment(page + 0x60, 0, 0, 0);
    put_segment(page + 0x70, 0, 0x82, 0);
    put_segment(page + 0x80, 0, 0, 0);
    put_segment(page + 0x90, 0, ec2 || krun ? 0x83 : 0x8b, 0);
}

static uint32_t rdx_of(const struct model_cpu *cpu)
{
    if (cpu->vmm == MODEL_QEMU || cpu->own_rdx)
        return cpu->signature;
    return cpu->vmm == MODEL_KRUN ? 0 : 0x600;
}

/* The stack and the boot parameters of libkrun's first CPU. */
static void put_krun_registers(uint8_t page[MODEL_PAGE])
{
    put(page + 0x1d8, 0x8ff0, 8);
    put(page + 0x328, 0x8ff0, 8);
    put(page + 0x330, 0x7000, 8);
}

void model_page(uint8_t page[MODEL_PAGE], const struct model_cpu *cpu, uint32_t reset)
{
    memset(page, 0, MODEL_PAGE);
    put_segments(page, cpu, reset);
    put(page + 0xd0, 0x1000, 8);
    put(page + 0x148, 0x40, 8);
    put(page + 0x158, 0x10, 8);
    put(page + 0x160, 0x400, 8);
    put(page + 0x168, 0xffff0ff0, 8);
    put(page + 0x170, 2, 8);
    put(page + 0x178, reset % 0x10000, 8);
    put(page + 0x268, cpu->vmm == MODEL_GCE ? 0x00070106 : 0x0007040600070406, 8);
    put(page + 0x310, rdx_of(cpu), 8);
    put(page + 0x3b0, cpu->features, 8);
    put(page + 0x3e8, 1, 8);
    put(page + 0x408, cpu->init2 ? 0x1f80 : 0, 4);
    put(page + 0x410, cpu->init2 ? 0x37f : 0, 2);
    if (cpu->vmm == MODEL_KRUN && reset == 0xfffffff0)
        put_krun_registers(page);
}

uint32_t model_signature(uint32_t family, uint32_t model, uint32_t stepping)
{
    uint32_t extended = family > 15 ? family - 15 : 0;
    return stepping + model % 16 * 0x10 + (family - extended) * 0x100 + model / 16 * 0x10000 +
           extended * 0x100000;
}

/* The table in an OVMF image: EDK2, OvmfPkg/ResetVector. */

/* Sets the two numbers of an entry; a second entry fails. */
static bool set(uint32_t *first, uint32_t *second, bool *seen, const uint8_t *data, size_t size)
{
    size_t wanted = second == NULL ? 4 : 8;
    if (*seen || size != wanted)
        return false;
    *seen = true;
    *first = get(data, 4);
    if (second != NULL)
        *second = get(data + 4, 4);
    return true;
}

static bool walk(struct model_footer *footer, const uint8_t *start, const uint8_t *end)
{
    bool seen[3] = {false, false, false};
    bool valid = true;
    while (valid && end != start) {
        if (end - start < 18 || get(end - 18, 2) < 18 || get(end - 18, 2) > end - start)
            return false;
        const uint8_t *guid = end - 16;
        const uint8_t *data = end - get(end - 18, 2);
        size_t size = (size_t)(end - 18 - data);
        if (is_guid(guid, "00f771de-1a7e-4fcb-890e-68c77e2fb44e"))
            valid = set(&footer->reset, NULL, &seen[0], data, size);
        if (is_guid(guid, "7255371f-3a3b-4b04-927b-1da6efa8d454"))
            valid = set(&footer->hash_base, &footer->hash_size, &seen[1], data, size);
        if (is_guid(guid, "4c2eb361-7d9b-4cc3-8081-127c90d3d294"))
            valid = set(&footer->secret_base, &footer->secret_size, &seen[2], data, size);
        end = data;
    }
    return valid;
}

enum model_found model_footer(struct model_footer *footer, const uint8_t *firmware, size_t size)
{
    memset(footer, 0, sizeof *footer);
    if (size < 50 || !is_guid(firmware + size - 48, "96b582de-1fb2-45f7-baea-a366c55a082d"))
        return MODEL_NO_TABLE;
    const uint8_t *end = firmware + size - 32;
    size_t length = get(end - 18, 2);
    size_t max = size - 32 < 992 ? size - 32 : 992; /* what ovmf.h says is kept */
    if (length >= 18 && length <= max && walk(footer, end - length, end - 18))
        return MODEL_TABLE;
    memset(footer, 0, sizeof *footer);
    return MODEL_MALFORMED;
}

/* The launch digest, from all parts in one piece of memory. */

struct pile {
    uint8_t *bytes;
    size_t size;
};

static void pile_up(struct pile *pile, const void *bytes, size_t size)
{
    pile->bytes = realloc(pile->bytes, pile->size + size + 1);
    REQUIRE(pile->bytes != NULL);
    if (size > 0)
        memcpy(pile->bytes + pile->size, bytes, size);
    pile->size += size;
}

static void pile_hash(struct pile *pile, const char *guid, struct model_part part, bool ends_in_nul)
{
    uint8_t entry[50];
    struct pile text = {NULL, 0};
    pile_up(&text, part.bytes, part.size);
    pile_up(&text, "", ends_in_nul ? 1 : 0);
    put_guid(entry, guid);
    put(entry + 16, sizeof entry, 2);
    SHA256(text.bytes, text.size, entry + 18);
    free(text.bytes);
    pile_up(pile, entry, sizeof entry);
}

/* QEMU, target/i386/sev.c. */
static void pile_kernel(struct pile *pile, const struct model_guest *guest)
{
    static const uint8_t padding[8];
    uint8_t start[18];
    put_guid(start, "9438d606-4f22-4cc9-b479-a793d411fd21");
    put(start + 16, 168, 2);
    pile_up(pile, start, sizeof start);
    pile_hash(pile, "97d02dd8-bd20-4c94-aa78-e7714d36ab2a", guest->cmdline,
              !guest->cmdline_has_no_nul);
    pile_hash(pile, "44baf731-3a2f-4bd7-9af1-41e29169781d", guest->initrd, false);
    pile_hash(pile, "4de79437-abd2-427f-b835-d5b172d2045b", guest->kernel, false);
    pile_up(pile, padding, sizeof padding);
}

static bool pile_cpus(struct pile *pile, const struct model_guest *guest)
{
    struct model_footer footer;
    uint8_t page[MODEL_PAGE];
    const struct model_part *image =
        guest->footer.bytes != NULL ? &guest->footer : &guest->firmware;
    (void)model_footer(&footer, image->bytes, image->size);
    uint32_t reset = guest->cpu.vmm == MODEL_KRUN ? MODEL_KRUN_RESET : footer.reset;
    bool knows_others = guest->page0 == NULL ? reset != 0 : guest->page1 != NULL;
    if (guest->cpus == 0 || (guest->cpus > 1 && !knows_others))
        return false;
    for (uint32_t cpu = 0; cpu < guest->cpus; cpu++) {
        const uint8_t *given = cpu == 0 ? guest->page0 : guest->page1;
        model_page(page, &guest->cpu, cpu == 0 ? 0xfffffff0 : reset);
        pile_up(pile, guest->page0 == NULL ? page : given, MODEL_PAGE);
    }
    return true;
}

bool model_digest(const struct model_guest *guest, uint8_t digest[32])
{
    struct pile pile = {NULL, 0};
    bool measured = true;
    if (guest->digest != NULL) {
        memcpy(digest, guest->digest, 32);
        return true;
    }
    pile_up(&pile, guest->firmware.bytes, guest->firmware.size);
    if (guest->kernel.bytes != NULL)
        pile_kernel(&pile, guest);
    if ((guest->policy & ES) != 0)
        measured = pile_cpus(&pile, guest);
    SHA256(pile.bytes, pile.size, digest);
    free(pile.bytes);
    return measured;
}

/* AMD 55766, section 6.5. */
bool model_measure(const struct model_guest *guest, uint8_t measure[32])
{
    uint8_t message[56] = {4, guest->api_major, guest->api_minor, guest->build};
    put(message + 4, guest->policy, 4);
    memcpy(message + 40, guest->nonce, 16);
    return model_digest(guest, message + 8) &&
           HMAC(EVP_sha256(), guest->tik, 16, message, sizeof message, measure, NULL) != NULL;
}

/* Secrets: AMD 55766, section 6.6, and EDK2, OvmfPkg/AmdSev/SecretDxe. */

size_t model_table(uint8_t *table, const struct model_secret *secrets, size_t count, bool minimal)
{
    size_t size = 20;
    for (size_t i = 0; i < count; i++) {
        put_guid(table + size, secrets[i].guid);
        put(table + size + 16, 20 + secrets[i].size, 4);
        if (secrets[i].size > 0)
            memcpy(table + size + 20, secrets[i].bytes, secrets[i].size);
        size += 20 + secrets[i].size;
    }
    put_guid(table, "1e74f542-71dd-4d66-963e-ef4287ff173b");
    put(table + 16, size, 4);
    while (size % 16 != 0 || !minimal) {
        table[size++] = 0;
        minimal = minimal || size % 16 == 0;
    }
    return size;
}

static bool decrypt(uint8_t *data, size_t size, const uint8_t tek[16], const uint8_t iv[16])
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int written = 0;
    bool done = EVP_DecryptInit_ex(context, EVP_aes_128_ctr(), NULL, tek, iv) == 1 &&
                EVP_DecryptUpdate(context, data, &written, data, (int)size) == 1;
    EVP_CIPHER_CTX_free(context);
    return done && (size_t)written == size;
}

bool model_open(const uint8_t header[52], uint8_t *data, size_t size, const uint8_t tek[16],
                const uint8_t tik[16], const uint8_t measure[32])
{
    uint8_t lengths[8];
    uint8_t mac[32];
    struct pile message = {NULL, 0};
    put(lengths, size, 4);
    put(lengths + 4, size, 4);
    pile_up(&message, "\1", 1);
    pile_up(&message, header, 20); /* FLAGS and IV */
    pile_up(&message, lengths, sizeof lengths);
    pile_up(&message, data, size);
    pile_up(&message, measure, 32);
    HMAC(EVP_sha256(), tik, 16, message.bytes, message.size, mac, NULL);
    free(message.bytes);
    return size % 16 == 0 && is_zero(header, 4) && CRYPTO_memcmp(mac, header + 20, 32) == 0 &&
           decrypt(data, size, tek, header + 4);
}

/* SEV-SNP: EDK2, OvmfPkg/ResetVector; AMD 56860, section 8.17; QEMU, target/i386/sev.c. */

#define GIB_4 (UINT64_C(1) << 32)

/* 0: none; of two, or of one of another size, UINT64_MAX. */
static uint64_t metadata_distance(const uint8_t *start, const uint8_t *end)
{
    uint64_t distance = 0;
    for (; end != start; end -= get(end - 18, 2)) {
        if (end - start < 18 || get(end - 18, 2) < 18 || get(end - 18, 2) > end - start)
            return UINT64_MAX;
        if (!is_guid(end - 16, "dc886566-984a-4798-a75e-5585a7bf67cc"))
            continue;
        if (distance != 0 || get(end - 18, 2) != 22 || get(end - 22, 4) == 0)
            return UINT64_MAX;
        distance = get(end - 22, 4);
    }
    return distance;
}

static bool has_good_sections(const struct model_metadata *metadata)
{
    for (size_t i = 0; i < metadata->count; i++) {
        uint64_t start = get(metadata->sections + 12 * i, 4);
        uint64_t size = get(metadata->sections + 12 * i + 4, 4);
        if (size == 0 || size % MODEL_PAGE != 0 || start % MODEL_PAGE != 0 || start + size > GIB_4)
            return false;
        for (size_t j = 0; j < i; j++) {
            uint64_t other = get(metadata->sections + 12 * j, 4);
            uint64_t length = get(metadata->sections + 12 * j + 4, 4);
            if (start < other + length && other < start + size)
                return false;
        }
    }
    return true;
}

enum model_found model_metadata(struct model_metadata *metadata, const uint8_t *firmware,
                                size_t size)
{
    memset(metadata, 0, sizeof *metadata);
    if (size < 50 || !is_guid(firmware + size - 48, "96b582de-1fb2-45f7-baea-a366c55a082d"))
        return MODEL_NO_TABLE;
    const uint8_t *end = firmware + size - 50;
    uint32_t length = get(end, 2);
    if (length < 18 || length > size - 32)
        return MODEL_MALFORMED;
    uint64_t distance = metadata_distance(end - (length - 18), end);
    if (distance == 0)
        return MODEL_NO_TABLE;
    if (distance > size || distance < 16)
        return MODEL_MALFORMED;
    const uint8_t *header = firmware + size - distance;
    uint64_t count = get(header + 12, 4);
    if (memcmp(header, "ASEV", 4) != 0 || get(header + 8, 4) != 1 || 16 + 12 * count > distance ||
        get(header + 4, 4) != 16 + 12 * count)
        return MODEL_MALFORMED;
    struct model_metadata found = {header + 16, count};
    if (!has_good_sections(&found))
        return MODEL_MALFORMED;
    *metadata = found;
    return MODEL_TABLE;
}

/* A NULL page is one whose contents are not measured. */
static void link_page(uint8_t digest[48], uint8_t type, uint64_t address, const uint8_t *page)
{
    uint8_t info[112] = {0};
    memcpy(info, digest, 48);
    if (page != NULL)
        SHA384(page, MODEL_PAGE, info + 48);
    put(info + 96, sizeof info, 2);
    info[98] = type;
    put(info + 104, address, 8);
    SHA384(info, sizeof info, digest);
}

static bool build_table_page(uint8_t page[MODEL_PAGE], const struct model_snp_guest *guest,
                             const struct model_footer *footer)
{
    static const char *const guids[] = {"97d02dd8-bd20-4c94-aa78-e7714d36ab2a",
                                        "44baf731-3a2f-4bd7-9af1-41e29169781d",
                                        "4de79437-abd2-427f-b835-d5b172d2045b"};
    uint32_t offset = footer->hash_base % MODEL_PAGE;
    if (footer->hash_size < 176 || offset + 176 > MODEL_PAGE)
        return false;
    uint8_t *table = page + offset;
    memset(page, 0, MODEL_PAGE);
    put_guid(table, "9438d606-4f22-4cc9-b479-a793d411fd21");
    put(table + 16, 168, 2);
    for (size_t i = 0; i < 3; i++) {
        put_guid(table + 18 + 50 * i, guids[i]);
        put(table + 34 + 50 * i, 50, 2);
        memcpy(table + 36 + 50 * i, guest->hashes + 32 * (2 - i), 32);
    }
    return true;
}

/* The type of a section's pages, or 0. */
static uint8_t page_type_of(uint32_t section, const struct model_snp_guest *guest)
{
    switch (section) {
    case 1:
        return guest->cpu.vmm == MODEL_GCE ? 4 : 3;
    case 2:
        return 5;
    case 3:
        return 6;
    case 4:
        return 3;
    case 16:
        return guest->hashes != NULL ? 1 : 3;
    default:
        return 0;
    }
}

/* Those of one turn: EC2 has CPUID in a turn of its own, after the others. */
static bool link_sections(uint8_t digest[48], const struct model_snp_guest *guest,
                          const struct model_footer *footer, bool last)
{
    uint8_t page[MODEL_PAGE];
    size_t places = 0;
    for (size_t i = 0; i < guest->metadata.count; i++) {
        uint64_t base = get(guest->metadata.sections + 12 * i, 4);
        uint64_t size = get(guest->metadata.sections + 12 * i + 4, 4);
        uint8_t type = page_type_of(get(guest->metadata.sections + 12 * i + 8, 4), guest);
        bool is_table = type == 1;
        if (type == 0 || base + size > GIB_4 - guest->firmware.size)
            return false;
        if (is_table && (size != MODEL_PAGE || footer->hash_base / MODEL_PAGE * MODEL_PAGE != base))
            return false;
        places += is_table ? 1 : 0;
        if (is_table && !build_table_page(page, guest, footer))
            return false;
        if (last != (guest->cpu.vmm == MODEL_EC2 && type == 6))
            continue;
        for (uint64_t at = 0; at < size; at += MODEL_PAGE)
            link_page(digest, type, base + at, is_table ? page : NULL);
    }
    return guest->hashes == NULL || places == 1;
}

bool model_snp_digest(const struct model_snp_guest *guest, uint8_t digest[48])
{
    struct model_footer footer;
    uint8_t page[MODEL_PAGE];
    size_t size = guest->firmware.size;
    (void)model_footer(&footer, guest->firmware.bytes, size);
    memset(digest, 0, 48);
    for (size_t at = 0; at < size; at += MODEL_PAGE)
        link_page(digest, 1, GIB_4 - size + at, guest->firmware.bytes + at);
    if (!link_sections(digest, guest, &footer, false) ||
        !link_sections(digest, guest, &footer, true))
        return false;
    for (uint32_t cpu = 0; cpu < guest->cpus; cpu++) {
        model_page(page, &guest->cpu, cpu == 0 ? 0xfffffff0 : footer.reset);
        link_page(digest, 2, UINT64_C(0xfffffffff000), page);
    }
    return true;
}
