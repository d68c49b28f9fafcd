#!/usr/bin/python3 -B
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Makes one instruction of a token for SEV-SNP go wrong, each in turn, or what its inner
arithmetic computes, and counts the results: a report that its owner does not expect must never
be taken for one that he does.
"""
import argparse
import collections
import dataclasses
import itertools
import pathlib
import random
import struct
import sys
import time

from choice import ARITHMETIC, Choice
from emulator import LR, PC, RAM
from faults import FAULTS, moved
from known import Known
from native import NATIVE
from native_machine import Counter, NativeMachine, Runner, compute, leave
from snp_target import CASES, Image, Once, Whole

LONGEST = "right, with certificates"
SELF_TEST = "check_token"  # not tried: it computes on its own vectors
RSA_SIZE = 512
KINDS = {"image": Whole, "once": Once}


def flip_bit(result, chance):
    at = chance.randrange(8 * len(result))
    return result[:at // 8] + bytes([result[at // 8] ^ 1 << at % 8]) + result[at // 8 + 1:]


# What the inner arithmetic may give in place of its result; None: it writes nothing there.
WRONG_RESULTS = {
    "zero": lambda result, _: bytes(len(result)),
    "kept": lambda *_: None,
    "random": lambda result, chance: chance.randbytes(len(result)),
    "lowest bit": lambda result, _: bytes([result[0] ^ 1]) + result[1:],
    "bit": flip_bit}


def written_to(state, written):
    ram = bytearray(state.ram)
    for address, content in written:
        ram[address - RAM:address - RAM + len(content)] = content
    return dataclasses.replace(moved(state, state.registers[LR] & ~1), ram=bytes(ram))


class Campaign:
    def __init__(self, image, target, most, every):
        self.image, self.target = image, target
        self.choice, self.chance = Choice(every), random.Random(384)
        self.stepper, self.runner = image.machine(), Runner(image, Known(image, target), most)
        self.counts, self.breaches, self.tried = collections.Counter(), [], 0
        self.entries = {address: name for name, address in image.symbols.items() if name in NATIVE}
        self.inner = None  # where the arithmetic that is run, and not computed, returns to
        self.entered = set()

    def outcome(self, state):
        is_fault = self.runner.follow(state, self.target.end)
        result = self.target.result(self.runner, is_fault)
        return "CPU fault" if is_fault and result != "SEVL_MATCH" else result

    def pass_function(self):
        machine, state = NativeMachine(self.image), self.stepper.state()
        machine.run(state, state.registers[LR] & ~1)
        self.stepper.load(machine.state())

    def wrong_results(self, name, written):
        """Yields a state for each wrong result, after the call."""
        before, (at, result), rest = self.stepper.state(), written[0], written[1:]
        for fault, change in WRONG_RESULTS.items():
            wrong = change(result, self.chance)
            changed = rest if wrong is None else [*rest, (at, wrong)]
            yield f"{fault} from {name}", written_to(before, changed)

    def wrong_steps(self, function):
        """Yields a state for each fault of the next instruction, and makes it."""
        pc = self.stepper.pc()
        before, code = self.stepper.state(), struct.unpack("<2H", self.stepper.cpu.mem_read(pc, 4))
        self.stepper.step()
        after = self.stepper.state()
        for name, fault in FAULTS.items():
            state = fault(before, code, after)
            if state is not None:
                yield f"{name} {function} {pc:#x}", state

    def pass_call(self, name, caller):
        """Yields the wrong results of the arithmetic at the PC. Where it runs, yields nothing: the
        first time, unless it has numbers of RSA's size."""
        _, written = compute(self.stepper, self.image, name)
        is_long = written is not None and len(written[0][1]) == RSA_SIZE
        if written is None or (name not in self.entered and not is_long):
            self.entered.add(name)
            self.inner = self.inner or self.stepper.state().registers[LR] & ~1
            return
        if self.choice.takes(ARITHMETIC if self.inner else caller, name):
            yield from self.wrong_results(name, written)
        leave(self.stepper, written)

    def states(self):
        """Yields the place and the state of each fault."""
        self.stepper.load(self.target.start)
        caller = None
        while (pc := self.stepper.pc()) != self.target.end:
            function = self.image.function(pc)
            if function == SELF_TEST:
                self.pass_function()
                continue
            if pc == self.inner:
                self.inner = None
            if pc in self.entries:
                yield from self.pass_call(function, caller)
                if self.stepper.pc() != pc:
                    continue
            if pc == self.image.symbols[function]:
                self.choice.enter(function)
            caller = function
            if self.choice.takes(ARITHMETIC if self.inner else function, pc):
                self.tried += 1
                yield from self.wrong_steps(function)
            else:
                self.stepper.step()

    def run(self, one_of):
        for place, state in itertools.islice(self.states(), 0, None, one_of):
            outcome = self.outcome(state)
            self.counts[outcome] += 1
            if self.target.is_breach(outcome, self.runner.page):
                self.breaches.append(place)


@dataclasses.dataclass
class Most:
    """What a run has at most: a quarter more than one without a fault, of a right report."""
    instructions: int
    calls: int


def most_of(image, target):
    counter = Counter(image)
    counter.run(target.start, target.end)
    return Most(counter.instructions * 5 // 4, counter.calls * 5 // 4)


def make(path, kind, name):
    case = CASES[name]
    image = Image(path, case)
    return image, KINDS[kind](image, case)


def tell(what, campaign, seconds):
    counts = ", ".join(f"{name} {count}" for name, count in sorted(campaign.counts.items()))
    print(f"{what}: {campaign.tried} instructions, {sum(campaign.counts.values())} faults: "
          f"{counts}; {len(campaign.breaches)} accepted; {seconds:.0f} s",
          *campaign.breaches[:20], sep="\n    ", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("image", type=pathlib.Path, help="token-snp.elf, without reference values")
    parser.add_argument("kind", choices=KINDS, help="the whole image, or an examination")
    parser.add_argument("case", nargs="*", help="all, if none is given")
    parser.add_argument("--one-of", type=int, default=1, metavar="N", help="one of N faults alone")
    parser.add_argument("--every", action="store_true", help="every turn of every loop")
    parser.add_argument("--expect-breach", action="store_true",
                        help="to show that faults which are accepted would be seen")
    given = parser.parse_args()

    accepted, most = 0, most_of(*make(given.image, given.kind, LONGEST))
    for name in given.case or CASES:
        start = time.monotonic()
        campaign = Campaign(*make(given.image, given.kind, name), most, given.every)
        found = campaign.outcome(campaign.target.start)
        if found != campaign.target.wanted:
            sys.exit(f"{name}: {found} without any fault")
        campaign.run(given.one_of)
        tell(name, campaign, time.monotonic() - start)
        accepted += len(campaign.breaches)
    sys.exit(bool(accepted) != given.expect_breach)


if __name__ == "__main__":
    main()
