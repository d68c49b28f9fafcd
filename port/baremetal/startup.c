/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "startup.h"

#include <string.h>

#include "port.h"

struct number {
    char text[2 + 2 * sizeof(uintptr_t) + 1];
};

static struct number hexadecimal(uintptr_t value)
{
    struct number number = {"0x"};
    size_t digits = 2 * sizeof value;
    for (size_t i = 0; i < digits; i++)
        number.text[2 + i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
    return number;
}

static void print(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    (void)!port_print(PORT_ERR, text, length);
}

static _Noreturn void stop(const char *what, const char *where)
{
    print("ERROR: ");
    print(what);
    print(where);
    print("\n");
    machine_end(CODE_FAULT);
}

_Noreturn void machine_halt(void)
{
    for (;;)
        ;
}

_Noreturn void startup_run(void)
{
    machine_begin();
    memcpy(data_start, data_image, (size_t)(data_end - data_start));
    memset(bss_start, 0, (size_t)(bss_end - bss_start));
    if (!guard_set())
        stop("the stack guard of this image is not one of this CPU", "");
    int code = main();
    if (guard_is_hit((uintptr_t)stack_end))
        stop("stack overflow", "");
    machine_end(code);
}

_Noreturn void startup_fault(uintptr_t number, bool is_interrupt, uintptr_t pc, uintptr_t sp)
{
    if (guard_is_hit(sp))
        stop("stack overflow", "");
    print(is_interrupt ? "ERROR: unexpected interrupt " : "ERROR: CPU fault ");
    print(hexadecimal(number).text);
    print(" at ");
    print(hexadecimal(pc).text);
    print("\n");
    machine_end(CODE_FAULT);
}
