/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Fails in the way that its argument names, with a secret on the stack. Ends with 0 if the
 * fault had no effect.
 */
#include "port.h"
#include "semihosting.h"
#include "startup.h"

#define REGISTER(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define APPLICATION_EXIT 0x20026
#define SECRET 0x5ec4e75au
#define SECRET_WORDS 32

#if defined(__arm__)
static void illegal(void)
{
    __asm__ volatile("udf #0");
}

/* A return instruction, as data. */
static void execute_ram(void)
{
    static volatile uint16_t code[] = {0x4770};
    void (*volatile run)(void) = (void (*)(void))((uintptr_t)code | 1);
    run();
}

/* Interrupt 0, enabled and pending in the NVIC. */
static void masked(void)
{
    REGISTER(0xe000e100) = 1;
    REGISTER(0xe000e200) = 1;
    __asm__ volatile("dsb\n isb");
}

static void interrupt(void)
{
    masked();
    __asm__ volatile("cpsie i\n isb");
}

/* The interrupt that nothing masks: NMIPENDSET of ICSR. */
static void unmaskable(void)
{
    REGISTER(0xe000ed04) = 1u << 31;
    __asm__ volatile("dsb\n isb");
}
#else
static void illegal(void)
{
    __asm__ volatile("unimp");
}

/* The machine's software interrupt, pending in the CLINT and enabled in mie. */
static void masked(void)
{
    REGISTER(0x2000000) = 1;
    __asm__ volatile(".option push\n .option arch, +zicsr\n csrsi mie, 8\n .option pop\n nop");
}

static void interrupt(void)
{
    masked();
    __asm__ volatile(".option push\n .option arch, +zicsr\n csrsi mstatus, 8\n .option pop\n nop");
}

static void unmaskable(void)
{
    interrupt();
}
#endif

static void stray_call(void)
{
    void (*volatile nowhere)(void) = (void (*)(void))(uintptr_t)0xfffffff0u;
    nowhere();
}

static unsigned recurse(volatile unsigned *deeper)
{
    volatile unsigned frame[16] = {*deeper};
    return *deeper == 0 ? 0 : recurse(frame) + frame[0];
}

static void overflow(void)
{
    volatile unsigned deeper = 1;
    (void)recurse(&deeper);
}

/* Writes into the guard, without another kind of fault. */
static void graze(void)
{
#if defined(__ARM_ARCH_8M_MAIN__)
    uintptr_t sp;
    __asm__ volatile("mov %0, sp" : "=r"(sp));
    __asm__ volatile("sub sp, sp, %0\n add sp, sp, %0" ::"r"(sp - (uintptr_t)guard_start));
#else
    REGISTER(guard_start) = 0;
#endif
}

/* In memory that nobody set up, neither has its value. */
static void memory(void)
{
    static volatile uint32_t data = 0x12345678;
    static volatile uint32_t bss[256];
    for (size_t i = 0; i < sizeof bss / sizeof *bss; i++)
        if (bss[i] != 0 || data != 0x12345678)
            machine_end(1);
}

static const struct {
    const char *name;
    void (*run)(void);
} wrongs[] = {
#if defined(__arm__)
    {"execute RAM", execute_ram},
#endif
    {"call", stray_call},         {"graze", graze},           {"illegal", illegal},
    {"interrupt", interrupt},     {"masked", masked},         {"memory", memory},
    {"overflow", overflow},       {"unmaskable", unmaskable},
};

static bool is_equal(const char *a, const char *b)
{
    for (; *a != '\0' && *a == *b; a++)
        b++;
    return *a == *b;
}

static void do_wrong(const char *name)
{
    volatile uint32_t secret[SECRET_WORDS];
    for (size_t i = 0; i < SECRET_WORDS; i++)
        secret[i] = SECRET;
    __asm__ volatile("" ::"r"(secret));
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++)
        if (is_equal(name, wrongs[i].name))
            wrongs[i].run();
    for (size_t i = 0; i < SECRET_WORDS; i++)
        secret[i] = 0;
}

/* Replace the port's own. The end reports a secret that the fault left. */
void machine_begin(void)
{
}

_Noreturn void machine_end(int code)
{
    static const char line[] = "the secret is on the stack\n";
    const uintptr_t block[] = {APPLICATION_EXIT, (uintptr_t)code};
    for (const unsigned char *at = stack_start; at < stack_end; at += sizeof(uint32_t))
        if (REGISTER(at) == SECRET)
            (void)!port_print(PORT_ERR, line, sizeof line - 1);
    (void)semihosting_call(SEMIHOSTING_EXIT_EXTENDED, block);
    machine_halt();
}

int app_main(int argc, const char *const argv[])
{
    if (argc == 2)
        do_wrong(argv[1]);
    return 0;
}
