#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a token work in the order that protects its answer and its keys? First it must
withdraw the answer of an earlier run, and it must publish its own after it wiped the stack.

usage: test_order.py IMAGE
"""
import pathlib
import sys
import unittest

sys.path.append(str(pathlib.Path(__file__).parents[1] / "faults/token"))
import unicorn

import emulator
from target import DIGEST, RESULTS, FIRMWARE, Image, Whole, mailbox

IMAGE = Image(pathlib.Path(sys.argv[1]))
STEPS = ("guard_set", "sevl_self_test", "examine_request", "wipe_used_stack")


class Observed(emulator.Machine):
    """Records the steps and the results in their order, and which steps found a launch digest that
    functions left on the stack."""

    def __init__(self, *arguments):
        self.events, self.dirty = [], set()
        self.steps = {IMAGE.symbols[step]: step for step in STEPS}
        super().__init__(*arguments)
        self.cpu.hook_add(unicorn.UC_HOOK_CODE, self.look)

    def look(self, _, address, *__):
        if address in self.steps:
            self.note(self.steps[address])

    def write_page(self, *arguments):
        super().write_page(*arguments)
        self.note(RESULTS[self.results[-1]])

    def note(self, event):
        self.events.append(event)
        start, sp = IMAGE.symbols["stack_start"], self.cpu.reg_read(emulator.REGISTERS[emulator.SP])
        if DIGEST[:8] in self.cpu.mem_read(start, sp - start):
            self.dirty.add(event)


class Order(unittest.TestCase):
    def test_order(self):
        for reported, verdict in ((mailbox.reported(FIRMWARE), "SEVL_MATCH"),
                                  (mailbox.reported(FIRMWARE[1:]), "SEVL_MISMATCH")):
            with self.subTest(verdict=verdict):
                target = Whole(IMAGE, mailbox.FIRMWARE, reported)
                machine = IMAGE.machine(Observed)
                machine.run(target.start, target.end)
                self.assertEqual(machine.events, [
                    "TOKEN_BUSY", "guard_set", "TOKEN_BUSY", "sevl_self_test", "examine_request",
                    "examine_request", "wipe_used_stack", verdict])
                self.assertEqual(machine.dirty, {"examine_request", "wipe_used_stack"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
