# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What an attacker does to one instruction: it is left out, or the branch it decides goes
the other way. Each takes the state before the instruction, returns the one after it."""
import dataclasses

from emulator import PC, XPSR

CONDITIONAL = range(14)  # conditions; 14 and 15 are no branches


def it_state(registers):
    """ITSTATE: the condition of this instruction and the block's next (ARMv7-M, B1.4.2)."""
    return registers[XPSR] >> 8 & 0xfc | registers[XPSR] >> 25 & 3


def with_it_state(xpsr, it):
    return xpsr & ~0x0600fc00 | (it & 0xfc) << 8 | (it & 3) << 25


def advanced(it):
    return it & 0xe0 | it << 1 & 0x1f if it & 7 else 0


def moved(state, pc, it=0):
    registers = [*state.registers]
    registers[PC], registers[XPSR] = pc, with_it_state(registers[XPSR], it)
    return dataclasses.replace(state, registers=registers)


def size(code):
    return 4 if code[0] >> 11 in (0b11101, 0b11110, 0b11111) else 2


def skip(state, code, _):
    return moved(state, state.registers[PC] + size(code), advanced(it_state(state.registers)))


def signed(value, bits):
    return value - (value >> bits - 1 << bits)


def target(code, pc):
    """Returns where a conditional branch goes if taken, or None if it is not one."""
    first, second = code
    if first >> 12 == 0b1101 and first >> 8 & 15 in CONDITIONAL:
        return pc + 4 + 2 * signed(first & 0xff, 8)
    if first & 0xf500 == 0xb100:  # CBZ, CBNZ
        return pc + 4 + (first >> 3 & 0x1f) * 2 + (first >> 9 & 1) * 64
    if first >> 11 == 0b11110 and second & 0xd000 == 0x8000 and first >> 6 & 15 in CONDITIONAL:
        high = (first >> 10 & 1) << 19 | (second >> 11 & 1) << 18 | (second >> 13 & 1) << 17
        return pc + 4 + 2 * signed(high | (first & 0x3f) << 11 | second & 0x7ff, 20)
    return None


def is_it(code):
    return code[0] >> 8 == 0xbf and code[0] & 15 != 0


def inverted(it):
    """Inverts every condition of a block: the bits above the last 1."""
    low = it & 0x1f
    return it ^ (0x1f & ~((low & -low) * 2 - 1))


def flip(state, code, after):
    """Returns None for an instruction that decides no branch."""
    pc = state.registers[PC]
    if is_it(code):
        return moved(after, after.registers[PC], inverted(it_state(after.registers)))
    taken = target(code, pc)
    if taken is None:
        return None
    return moved(after, taken if after.registers[PC] == pc + size(code) else pc + size(code))


FAULTS = {"skip": skip, "flip": flip}
