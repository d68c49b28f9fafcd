/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * How a page is cut into windows, and how a signature is made. test/interop compares the
 * content of pages with other implementations.
 */
#include <sevlaunch/guest/cpu_types.h>
#include <sevlaunch/guest/vmsa.h>
#include <sevlaunch/sha256.h>
#include <string.h>

#include "support.h"
#include "tables.h"

/* Every field that can be set is set, so that the test sees a window that misses one. */
static const struct sevl_cpu cpus[] = {
    {UINT32_C(0xf1e2d3c4), SEVL_VMM_QEMU, SEVL_FPU_INIT2, UINT64_C(0xf8e7d6c5b4a39281), false},
    {0, SEVL_VMM_EC2, SEVL_FPU_INIT2, UINT64_C(0xf8e7d6c5b4a39281), false},
    {UINT32_C(0xf1e2d3c4), SEVL_VMM_GCE, SEVL_FPU_LEGACY, 0, true},
    {0, SEVL_VMM_KRUN, SEVL_FPU_LEGACY, 0, false},
};
#define CPUS (sizeof cpus / sizeof *cpus)
#define RESET_ADDRESS UINT32_C(0xa1b2c3d4)

static uint8_t page[SEVL_VMSA_SIZE];

/* Between bytes that must stay as they are. */
static void assert_window(const struct sevl_cpu *cpu, size_t offset, size_t size)
{
    static uint8_t bytes[1 + SEVL_VMSA_SIZE + 1];
    memset(bytes, 0x55, size + 2);
    sevl_vmsa_build(cpu, RESET_ADDRESS, offset, bytes + 1, size);
    assert_memory_equal(bytes + 1, page + offset, size);
    assert_int_equal(bytes[0], 0x55);
    assert_int_equal(bytes[1 + size], 0x55);
}

static void pages_are_those_of_python(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vmsa_pages / sizeof *vmsa_pages; i++) {
        struct sevl_sha256 digest;
        uint8_t hash[SEVL_SHA256_SIZE];
        sevl_vmsa_build(&vmsa_pages[i].cpu, vmsa_pages[i].reset_address, 0, page, sizeof page);
        assert_int_equal(sevl_sha256_init(&digest), SEVL_OK);
        assert_int_equal(sevl_sha256_update(&digest, page, sizeof page), SEVL_OK);
        assert_int_equal(sevl_sha256_finish(&digest, hash), SEVL_OK);
        assert_memory_equal(hash, vmsa_pages[i].sha256, sizeof hash);
    }
}

static void any_window_holds_the_bytes_of_the_page(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 2, 7, 8, 9, 15, 16, 17, 64, 100, 1024};
    for (size_t c = 0; c < CPUS; c++) {
        sevl_vmsa_build(&cpus[c], RESET_ADDRESS, 0, page, sizeof page);
        for (size_t offset = 0; offset <= SEVL_VMSA_SIZE; offset++) {
            for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
                if (sizes[s] <= SEVL_VMSA_SIZE - offset)
                    assert_window(&cpus[c], offset, sizes[s]);
            assert_window(&cpus[c], offset, SEVL_VMSA_SIZE - offset);
            assert_window(&cpus[c], 0, offset);
        }
    }
}

static void pieces_of_every_size_make_up_the_page(void **state)
{
    (void)state;
    sevl_vmsa_build(&cpus[0], RESET_ADDRESS, 0, page, sizeof page);
    for (size_t piece = 1; piece <= SEVL_VMSA_SIZE; piece++)
        for (size_t at = 0; at < SEVL_VMSA_SIZE; at += piece)
            assert_window(&cpus[0], at, SEVL_VMSA_SIZE - at < piece ? SEVL_VMSA_SIZE - at : piece);
}

/* The manuals' values for known processors, and both sides of every limit. */
static void signatures_of_known_processors(void **state)
{
    (void)state;
    assert_int_equal(sevl_cpu_signature(0, 0, 0), 0);
    assert_int_equal(sevl_cpu_signature(14, 0, 0), 0xe00);
    assert_int_equal(sevl_cpu_signature(15, 0, 0), 0xf00);
    assert_int_equal(sevl_cpu_signature(16, 0, 0), 0x100f00);
    assert_int_equal(sevl_cpu_signature(270, 255, 15), 0x0fff0fff);
    assert_int_equal(sevl_cpu_signature(23, 1, 2), 0x00800f12);  /* EPYC 7001 */
    assert_int_equal(sevl_cpu_signature(23, 49, 0), 0x00830f10); /* EPYC 7002 */
    assert_int_equal(sevl_cpu_signature(25, 1, 1), 0x00a00f11);  /* EPYC 7003 */
    assert_int_equal(sevl_cpu_signature(25, 17, 1), 0x00a10f11); /* EPYC 9004 */
    assert_int_equal(sevl_cpu_signature(26, 2, 1), 0x00b00f21);  /* EPYC 9005 */
}

/* Decoded as software decodes CPUID: AMD 24594, function 1, EAX. */
static void a_signature_gives_back_its_parts(void **state)
{
    (void)state;
    for (uint32_t family = 0; family <= 270; family++)
        for (uint32_t model = 0; model <= 255; model++) {
            uint32_t stepping = (family + model) % 16;
            uint32_t signature = sevl_cpu_signature(family, model, stepping);
            uint32_t base = signature >> 8 & 0xf;
            uint32_t extended = signature >> 20;
            assert_int_equal(signature & 0xf, stepping);
            assert_int_equal((signature >> 4 & 0xf) | (signature >> 12 & 0xf0), model);
            assert_int_equal(base + extended, family);
            assert_true(base == 0xf || extended == 0);
            assert_int_equal(signature & 0xf000f000, 0);
        }
}

/* QEMU's models, and their CPUID signatures. */
static void types_are_those_of_qemu(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t family, model, stepping;
    } known[] = {
        {"EPYC", 23, 1, 2},        {"EPYC-Rome", 23, 49, 0}, {"EPYC-Milan", 25, 1, 1},
        {"EPYC-Genoa", 25, 17, 0}, {"EPYC-Turin", 26, 0, 0},
    };
    assert_int_equal(sizeof known / sizeof *known, SEVL_CPU_TYPES);
    for (size_t i = 0; i < SEVL_CPU_TYPES; i++) {
        assert_string_equal(sevl_cpu_types[i].name, known[i].name);
        assert_int_equal(sevl_cpu_types[i].signature,
                         sevl_cpu_signature(known[i].family, known[i].model, known[i].stepping));
    }
}

static void silicon_has_sev_es(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        uint32_t family;
        uint32_t model;
        uint32_t stepping;
    } known[] = {
        {"Naples", 23, 1, 1},
        {"Milan", 25, 1, 0},
        {"Milan-X", 25, 1, 2},
        {"Genoa", 25, 17, 1},
        {"Genoa-X", 25, 17, 2},
        {"Bergamo or Siena", 25, 160, 0},
        {"Bergamo or Siena", 25, 160, 1},
        {"Bergamo or Siena", 25, 160, 2},
        {"Turin", 26, 2, 0},
        {"Turin", 26, 2, 1},
        {"Turin Dense", 26, 17, 0},
    };
    assert_int_equal(sizeof known / sizeof *known, SEVL_SILICON_COUNT);
    for (size_t i = 0; i < SEVL_SILICON_COUNT; i++) {
        assert_string_equal(sevl_silicon[i].name, known[i].name);
        assert_int_equal(sevl_silicon[i].signature,
                         sevl_cpu_signature(known[i].family, known[i].model, known[i].stepping));
    }
}

/* Every bit of it goes into the base of CS, at 0x18, or into RIP, at 0x178. */
static void a_reset_address_is_cut_in_two(void **state)
{
    (void)state;
    static const uint8_t base[] = {0, 0, 0xff, 0xff, 0, 0, 0, 0};
    static const uint8_t rip[] = {0xff, 0xff, 0, 0, 0, 0, 0, 0};
    sevl_vmsa_build(&cpus[0], UINT32_MAX, 0, page, sizeof page);
    assert_memory_equal(page + 0x18, base, sizeof base);
    assert_memory_equal(page + 0x178, rip, sizeof rip);
}

/* RDX of a launcher's own is read as a signature. */
static void built_pages_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof vmsa_pages / sizeof *vmsa_pages; i++) {
        const struct sevl_cpu *cpu = &vmsa_pages[i].cpu;
        struct sevl_cpu got;
        uint32_t reset_address;
        sevl_vmsa_build(cpu, vmsa_pages[i].reset_address, 0, page, sizeof page);
        assert_int_equal(sevl_vmsa_read(page, &got, &reset_address), SEVL_OK);
        assert_int_equal(got.vmm, cpu->vmm);
        assert_int_equal(got.fpu, cpu->fpu);
        assert_true(got.sev_features == cpu->sev_features && got.has_own_rdx);
        if (cpu->vmm == SEVL_VMM_QEMU || cpu->has_own_rdx)
            assert_int_equal(got.signature, cpu->signature);
        assert_int_equal(reset_address, vmsa_pages[i].reset_address);
    }
}

/* What is read makes the same page. */
static void no_other_page_is_read(void **state)
{
    (void)state;
    int results[3] = {0};
    for (size_t bit = 0; bit < (size_t)8 * SEVL_VMSA_SIZE; bit++) {
        struct sevl_cpu cpu;
        uint32_t reset_address;
        static uint8_t again[SEVL_VMSA_SIZE];
        sevl_vmsa_build(&cpus[0], RESET_ADDRESS, 0, page, sizeof page);
        page[bit / 8] ^= (uint8_t)(1 << bit % 8);
        enum sevl_result result = sevl_vmsa_read(page, &cpu, &reset_address);
        results[result == SEVL_OK ? 0 : result == SEVL_ERROR_ABSENT ? 1 : 2]++;
        assert_true(result != SEVL_ERROR_ENCODING || is_zero(&cpu, sizeof cpu));
        assert_true(result != SEVL_ERROR_ENCODING || reset_address == 0);
        assert_true(result == SEVL_ERROR_ENCODING || cpu.has_own_rdx);
        sevl_vmsa_build(&cpu, reset_address, 0, again, sizeof again);
        if (result == SEVL_OK)
            assert_memory_equal(page, again, sizeof page);
    }
    assert_int_equal(results[0], 32 + 64 + 32);           /* RDX, features, reset address */
    assert_int_equal(results[2], 3 + 8 * (4096 - 0x670)); /* EFER, RFLAGS, CS, past the end */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_those_of_python),
        cmocka_unit_test(any_window_holds_the_bytes_of_the_page),
        cmocka_unit_test(pieces_of_every_size_make_up_the_page),
        cmocka_unit_test(signatures_of_known_processors),
        cmocka_unit_test(a_signature_gives_back_its_parts),
        cmocka_unit_test(types_are_those_of_qemu),
        cmocka_unit_test(silicon_has_sev_es),
        cmocka_unit_test(a_reset_address_is_cut_in_two),
        cmocka_unit_test(built_pages_are_read),
        cmocka_unit_test(no_other_page_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
