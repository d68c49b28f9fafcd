/* SPDX-License-Identifier: BSD-2-Clause-Patent */
#include "startup.h"

#include <string.h>

#include "port.h"

struct number {
    char text[2 + 2 * sizeof(uintptr_t) + 1];
};

static struct number hex_number(uintptr_t value)
{
    struct number number = {"0x"};
    size_t digits = 2 * sizeof value;
    for (size_t i = 0; i < digits; i++)
        number.text[2 + i] = "0123456789abcdef"[value >> 4 * (digits - 1 - i) & 15];
    return number;
}

static void print_fault_text(const char *text)
{
    size_t length = 0;
    while (text[length] != '\0')
        length++;
    (void)!port_print(PORT_ERR, text, length);
}

static _Noreturn void stop_with_error(const char *what, const char *where)
{
    print_fault_text("ERROR: ");
    print_fault_text(what);
    print_fault_text(where);
    print_fault_text("\n");
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
        stop_with_error("the stack guard of this image is not one of this CPU", "");
    int code = main();
    if (guard_is_hit((uintptr_t)stack_end))
        stop_with_error("stack overflow", "");
    machine_end(code);
}

_Noreturn void startup_fault(uintptr_t number, bool is_interrupt, uintptr_t pc, uintptr_t sp)
{
    if (guard_is_hit(sp))
        stop_with_error("stack overflow", "");
    print_fault_text(is_interrupt ? "ERROR: unexpected interrupt " : "ERROR: CPU fault ");
    print_fault_text(hex_number(number).text);
    print_fault_text(" at ");
    print_fault_text(hex_number(pc).text);
    print_fault_text("\n");
    machine_end(CODE_FAULT);
}
