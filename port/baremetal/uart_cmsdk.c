/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/*
 * Prints both streams on the first UART of Arm's CMSDK, which the MPS2 boards have: the
 * console of an image that runs without a semihosting host.
 */
#include <stdint.h>

#include "port.h"

#define UART0 0x40004000u
#define REGISTER(offset) (*(volatile uint32_t *)(UART0 + (offset)))
#define DATA REGISTER(0x00)
#define STATE REGISTER(0x04)
#define CTRL REGISTER(0x08)
#define BAUDDIV REGISTER(0x10)

#define STATE_TX_FULL 1u
#define CTRL_TX_ENABLE 1u

/* 115200 baud at the 25 MHz of the boards. */
#define DIVIDER 217u

static void write_byte(char c)
{
    while ((STATE & STATE_TX_FULL) != 0)
        ;
    DATA = (uint8_t)c;
}

bool port_print(enum port_stream stream, const char *text, size_t length)
{
    (void)stream;
    BAUDDIV = DIVIDER;
    CTRL = CTRL_TX_ENABLE;
    for (size_t i = 0; i < length; i++)
        write_byte(text[i]);
    return true;
}
