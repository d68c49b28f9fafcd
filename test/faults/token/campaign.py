#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes one instruction of a token go wrong, each in turn, and counts the results.

A measurement that does not match must never be taken for one that does. With one that
matches, the two computations of a verdict must never agree on another MEASURE, which an
attacker could report instead.
"""
import argparse
import collections
import itertools
import pathlib
import struct
import sys
import time

import unicorn

from emulator import LR, PC, R0, REGISTERS
from faults import FAULTS
from target import FIRMWARE, Function, Image, Whole, launch, mailbox

# A run ends after twice as many instructions as without a fault, plus these.
MORE = 10_000
# These do the same for every byte, word or round: by default only the first turn in each call.
LOOPS = {"sixteen_rounds", "memset", "wipe_used_stack"}
SELF_TEST = "sevl_self_test"  # not tried: it computes on its own vectors

RIGHT = mailbox.reported(FIRMWARE)
REPORTED = {"right": RIGHT,
            "another firmware's": mailbox.reported(launch.firmware(101)),
            "wrong in one bit": RIGHT[:31] + bytes([RIGHT[31] ^ 0x80]) + RIGHT[32:]}


class Campaign:
    def __init__(self, image, target, every):
        self.image, self.target, self.every = image, target, every
        self.stepper, self.runner = image.machine(), image.machine()
        self.counts, self.breaches, self.instructions = collections.Counter(), [], 0
        self.length = self.count(target.start)

    def count(self, state):
        """Returns the count of instructions that are left, without a fault."""
        machine, count = self.image.machine(), itertools.count()
        machine.cpu.hook_add(unicorn.UC_HOOK_CODE, lambda *_: next(count))
        machine.run(state, self.target.end)
        return next(count)

    def outcome(self, state):
        is_fault = self.runner.run(state, self.target.end, 2 * self.length + MORE)
        result = self.target.result(self.runner, is_fault)
        return "CPU fault" if is_fault and result != "SEVL_MATCH" else result

    def do_all_agree(self, state):
        """Returns whether all that a run compares with the reported measurement is the same."""
        compared, ends = set(), set()

        def look(cpu, address, *_):
            if address == self.image.symbols["sevl_constant_time_equal"]:
                compared.add(bytes(cpu.mem_read(cpu.reg_read(REGISTERS[R0]), 32)))
            elif address == self.image.symbols[SELF_TEST]:
                ends.add(cpu.reg_read(REGISTERS[LR]) & ~1)
            elif address in ends:
                compared.clear()

        machine = self.image.machine()
        machine.cpu.hook_add(unicorn.UC_HOOK_CODE, look)
        machine.run(state, self.target.end)
        return len(compared) == 1

    def is_passed(self, function):
        """Returns whether the function is not tried, since another target tries it."""
        if function not in self.target.shared or self.every:
            return function == SELF_TEST
        if not self.target.is_given_the_same(self.stepper):
            sys.exit(f"{function}() is not given the same")
        return True

    def pass_function(self, function):
        """Runs it on a machine of its own, since it has another end."""
        machine, state = self.image.machine(), self.stepper.state()
        machine.run(state, state.registers[LR] & ~1)
        self.stepper.load(machine.state())
        if function == SELF_TEST:
            self.length = self.count(machine.state())

    def is_breach(self, wanted, outcome, state):
        if wanted == "SEVL_MATCH":
            return outcome == "SEVL_MISMATCH" and self.do_all_agree(state)
        return outcome == "SEVL_MATCH"

    def states(self):
        """Yields each instruction to try: the state before it, its code, and the state after."""
        seen, last = set(), None
        self.stepper.load(self.target.start)
        while (pc := self.stepper.pc()) != self.target.end:
            function = self.image.function(pc)
            if self.is_passed(function):
                self.pass_function(function)
                continue
            if function != last:
                seen, last = set(), function
            if function in LOOPS and pc in seen and not self.every:
                self.stepper.step()
                continue
            seen.add(pc)
            before, code = self.stepper.state(), self.stepper.cpu.mem_read(pc, 4)
            self.stepper.step()
            self.instructions += 1
            yield before, struct.unpack("<2H", code), self.stepper.state()

    def run(self, wanted):
        for before, code, after in self.states():
            for name, fault in FAULTS.items():
                state = fault(before, code, after)
                if state is None:
                    continue
                outcome = self.outcome(state)
                self.counts[outcome] += 1
                if self.is_breach(wanted, outcome, state):
                    pc = before.registers[PC]
                    self.breaches.append(f"{name} {self.image.function(pc)} {pc:#x}")


def targets(image, which, blob):
    if which != "image":
        return {which: Function(image, which, blob)}
    sources = {"firmware": mailbox.FIRMWARE, "digest": mailbox.LAUNCH_DIGEST}
    return {name: Whole(image, source, blob) for name, source in sources.items()}


def tell(what, campaign, seconds):
    counts = ", ".join(f"{name} {count}" for name, count in sorted(campaign.counts.items()))
    print(f"{what}: {campaign.instructions} instructions, {sum(campaign.counts.values())} "
          f"faults: {counts}; {len(campaign.breaches)} accepted; {seconds:.0f} s",
          *campaign.breaches[:20], sep="\n    ", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=pathlib.Path, help="token.elf, without keys")
    parser.add_argument("which", help="image, or a function with sevl_measurement_verify's arguments")
    parser.add_argument("--every", action="store_true",
                        help="every turn of every loop, with either kind of request")
    parser.add_argument("--expect-breach", action="store_true",
                        help="to show that faults which are accepted would be seen")
    given = parser.parse_args()

    image, accepted = Image(given.image), 0
    for reported, blob in REPORTED.items():
        wanted = "SEVL_MATCH" if blob == RIGHT else "SEVL_MISMATCH"
        for name, target in targets(image, given.which, blob).items():
            start = time.monotonic()
            campaign = Campaign(image, target, given.every)
            found = campaign.outcome(target.start)
            if found != wanted:
                sys.exit(f"{name}, {reported}: {found} without any fault")
            campaign.run(wanted)
            tell(f"{name}, {reported}", campaign, time.monotonic() - start)
            accepted += len(campaign.breaches)
    sys.exit(bool(accepted) != given.expect_breach)


if __name__ == "__main__":
    main()
