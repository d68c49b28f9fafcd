/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Every window of a CPU's page equals that of the model's page. */
#include <sevlaunch/guest/cpu_types.h>
#include <sevlaunch/guest/vmsa.h>

#include "fuzz.h"
#include "model.h"

static void check_window(const struct sevl_cpu *cpu, uint32_t reset, const uint8_t *page,
                         size_t offset, size_t size)
{
    uint8_t *window = malloc(size);
    REQUIRE(window != NULL);
    sevl_vmsa_build(cpu, reset, offset, window, size);
    REQUIRE(memcmp(window, page + offset, size) == 0);
    free(window);
}

static void check_signature(struct input *input)
{
    uint32_t family = take16(input) % 271;
    uint32_t model = take8(input);
    uint32_t stepping = take8(input) % 16;
    REQUIRE(sevl_cpu_signature(family, model, stepping) ==
            model_signature(family, model, stepping));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t page[MODEL_PAGE];
    uint8_t kind = take8(&input);
    uint32_t reset = take32(&input);
    struct model_cpu wanted = {.vmm = (enum model_vmm)(kind % 4),
                               .init2 = kind >= 128,
                               .own_rdx = kind >= 64};
    struct sevl_cpu cpu = {.vmm = (enum sevl_vmm)(kind % 4),
                           .fpu = kind >= 128 ? SEVL_FPU_INIT2 : SEVL_FPU_LEGACY,
                           .has_own_rdx = kind >= 64};
    wanted.signature = cpu.signature = take32(&input);
    wanted.features = cpu.sev_features = take32(&input) | (uint64_t)take32(&input) << 32;
    model_page(page, &wanted, reset);
    check_window(&cpu, reset, page, 0, MODEL_PAGE);
    size_t offset = take16(&input) % (MODEL_PAGE + 1);
    check_window(&cpu, reset, page, offset, take16(&input) % (MODEL_PAGE - offset + 1));
    check_signature(&input);
    return 0;
}
