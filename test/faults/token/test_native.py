#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the campaign of SEV-SNP compute what the image does, and find the ends that it comes to?
And is there nothing on the stack that the host chose word by word?

usage: test_native.py IMAGE
"""
import pathlib
import random
import struct
import sys
import unittest

from emulator import LR, NOWHERE, PAGE, PC, RAM, REGISTERS, SP, THUMB, State
from native import NATIVE
from native_machine import NativeMachine, compute, leave
from snp_campaign import LONGEST, Campaign, make, most_of
from snp_target import ANY, REPORT

PATH = pathlib.Path(sys.argv[1])
IMAGE, TARGET = make(PATH, "once", LONGEST)
CHANCE = random.Random(384)
OPERANDS, SIZE = RAM + 0x2400, 0x240  # in what is not the stack
P = (1 << 384) - (1 << 128) - (1 << 96) + (1 << 32) - 1
N = int.from_bytes(IMAGE.constant("p384_n"), "little")
RSA = CHANCE.getrandbits(4096) | 1 << 4095 | 1


class Call:
    """A call of a function of the image, whose operands are in RAM, one after the other."""

    def __init__(self, name, *operands):
        self.ram, self.at = bytearray(IMAGE.started), OPERANDS
        places = [self.place(operand) for operand in operands]
        self.ram[0x2000:0x2000 + 4 * len(places[4:])] = struct.pack(f"<{len(places[4:])}I", *places[4:])
        registers = (places[:4] + [ANY] * SP)[:SP]
        registers += [RAM + 0x2000, NOWHERE | 1, IMAGE.symbols[name], THUMB]
        self.name, self.start = name, State(registers, bytes(self.ram), bytes(PAGE))

    def place(self, operand):
        place = self.at
        if isinstance(operand, Modulus):
            operand = operand.placed(place)
        self.ram[place - RAM:place - RAM + len(operand)] = operand
        self.at += max(SIZE, len(operand) + 3 & ~3)
        return place

    def run(self):
        machine = IMAGE.machine()
        machine.run(self.start, NOWHERE)
        return machine.state().ram[OPERANDS - RAM:]

    def compute(self):
        machine = IMAGE.machine()
        machine.load(self.start)
        _, written = compute(machine, IMAGE, self.name)
        leave(machine, written)
        assert machine.pc() == NOWHERE
        return machine.state().ram[OPERANDS - RAM:]


class Modulus:
    """struct sevl_modulus, and the number; in struct sevl_p384, too, whose memory follows."""

    def __init__(self, number, size, memory=0):
        self.number, self.size, self.memory = number, size, memory

    def placed(self, place):
        inverse = pow(-self.number, -1, 1 << 32)
        fields = struct.pack("<3I", place + 24 + self.memory, self.size // 4, inverse)
        return fields.ljust(24 + self.memory, b"\0") + self.number.to_bytes(self.size, "little")


def numbers(modulus, size):
    """Edges, then any."""
    values = [0, 1, modulus - 1, modulus // 2, *(CHANCE.randrange(modulus) for _ in range(4))]
    return [value.to_bytes(size, "little") for value in values]


def products():
    for number, size in ((P, 48), (N, 48), (RSA, 512)):
        operands = [number.to_bytes(size, "little"), *numbers(number, size), b"\xff" * size]
        for a in operands[::1 if size == 48 else 3]:
            for b in operands[1:-1:2]:
                yield Modulus(number, size), bytes(size), a, b, bytes(2 * size + 4)


def powers():
    for exponent in ((N - 2).to_bytes(48, "little"), b"\3".ljust(48, b"\0")):
        yield Modulus(N, 48), bytes(48), numbers(N, 48)[-1], exponent, bytes(100)


def squares_of_r():
    for number, size in ((RSA, 512), (N, 48)):
        yield Modulus(number, size), bytes(size), bytes(2 * size + 4)


def sums():
    neutral = bytes(48) + IMAGE.constant("sevl_p384_generator")[96:] + bytes(48)
    points = [neutral, IMAGE.constant("sevl_p384_generator"), b"".join(numbers(P, 48)[-3:]),
              b"".join(numbers(P, 48)[:3])]
    for a in points:
        for b in points:
            yield Modulus(P, 48, 15 * 48 + 100), bytes(144), a, b


def blocks():
    for _ in range(4):
        yield CHANCE.randbytes(64), CHANCE.randbytes(128)


CALLS = {"sevl_montgomery_multiply": products, "sevl_montgomery_power": powers,
         "sevl_montgomery_square_of_r": squares_of_r, "sevl_p384_add": sums,
         "sevl_sha512_process_words": blocks}


class Native(unittest.TestCase):
    def test_functions(self):
        self.assertEqual(CALLS.keys(), NATIVE.keys())
        for name, arguments in CALLS.items():
            for operands in arguments():
                with self.subTest(name=name):
                    call = Call(name, *operands)
                    self.assertEqual(call.compute(), call.run())

    def test_whole_run(self):
        ends = []
        for machine in (IMAGE.machine(), NativeMachine(IMAGE)):
            machine.run(TARGET.start, TARGET.end)
            self.assertEqual(TARGET.result(machine, False), "SEVL_MATCH")
            ends.append((machine.results, machine.state().ram[IMAGE.symbols["bss_start"] - RAM:]))
        self.assertEqual(*ends)


class Ends(unittest.TestCase):
    def test_sample(self):
        image, target = make(PATH, "image", "changed in one bit")
        most = most_of(*make(PATH, "image", LONGEST))
        campaign = Campaign(image, target, most, False)
        machine = NativeMachine(image)
        for place, state in campaign.states():
            if CHANCE.randrange(40) == 0:
                with self.subTest(place=place):
                    found = campaign.outcome(state)
                    is_fault = machine.run(state, target.end, most.instructions)
                    result = target.result(machine, is_fault)
                    self.assertEqual(found, "CPU fault" if is_fault else result)


class Stack(NativeMachine):
    """Looks for the report's signature on the stack, where a fault could return to it."""

    def begin(self):
        super().begin()
        self.found = set()

    def is_known(self, name):
        used = self.cpu.mem_read(RAM, IMAGE.symbols["stack_end"] - RAM)
        for number in (REPORT[0x2a0:0x2d0], REPORT[0x2e8:0x318]):
            if number[:4] in used or number[3::-1] in used:
                self.found.add(name)
        return False


class HostsWords(unittest.TestCase):
    def test_signature(self):
        machine = Stack(IMAGE)
        machine.run(TARGET.start, TARGET.end)
        self.assertEqual(TARGET.result(machine, False), "SEVL_MATCH")
        self.assertEqual(machine.found, set())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
