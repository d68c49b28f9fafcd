/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Examines the request in the mailbox, once, and halts. An attacker may make the CPU
 * leave out an instruction: no single one decides that the result is SEVL_MATCH.
 */
#include "examine.h"
#include "print_result.h"
#include "startup.h"

/* In the mailbox; from the linker script. */
extern volatile uint32_t mailbox_result;

/*
 * The only way to SEVL_MATCH: two examinations that both give it. The result is the bits
 * that both have, so that one match is not enough even if the comparison is left out.
 */
static uint32_t examine_twice(void)
{
    volatile uint32_t first = examine_request();
    volatile uint32_t second = examine_request();
    if (first != second)
        return TOKEN_BROKEN;
    return first & second;
}

/* The core wipes its keys, but not every copy that its functions left on the stack. */
__attribute__((noinline)) static void wipe_used_stack(void)
{
    const volatile unsigned char *end = __builtin_frame_address(0);
    for (volatile unsigned char *byte = stack_start; byte < end; byte++)
        *byte = 0;
}

/* Withdraws an earlier run's match. Called twice, so that one instruction left out does not
 * leave it there. */
void machine_begin(void)
{
    mailbox_result = TOKEN_BUSY;
}

int main(void)
{
    machine_begin();
    volatile uint32_t result = TOKEN_BROKEN;
    if (check_token() == SEVL_OK)
        result = examine_twice();
    wipe_used_stack();
    mailbox_result = result;
    print_result(&result);
    return 0;
}

/* After a fault there is no verdict, even if there was one before it. */
_Noreturn void machine_end(int code)
{
    if (code != 0)
        mailbox_result = TOKEN_BROKEN;
    machine_halt();
}
