# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A machine in which the inner arithmetic is computed and not run."""
import struct

import unicorn

from emulator import LR, PC, RAM, REGISTERS, SP, WORD, Machine
from native import NATIVE, Refused, overlap


class Call:
    """The call that a machine is about to make. Keeps which memory it read."""

    def __init__(self, machine, image):
        self.machine, self.image, self.accessed = machine, image, []

    def arguments(self, count):
        found = [self.machine.cpu.reg_read(register) for register in REGISTERS[:min(count, 4)]]
        on_stack = max(0, count - 4)
        stack = self.machine.cpu.reg_read(REGISTERS[SP])
        return found + [*struct.unpack(f"<{on_stack}I", self.read(stack, WORD * on_stack))]

    def read(self, address, size):
        self.accessed.append((address, size))
        try:
            return bytes(self.machine.cpu.mem_read(address, size))
        except unicorn.UcError as error:
            raise Refused from error

    def constant(self, name):
        return self.image.constant(name)


def is_right(machine, call, written):
    """Whether all is in RAM, and where the function works overlaps neither operands nor result."""
    result, *work = [(at, len(content)) for at, content in written]
    return not any(overlap(*place, [*call.accessed, result]) for place in work) and all(
        RAM <= at and at + size <= RAM + machine.own for at, size in (result, *work))


def compute(machine, image, name):
    """Returns the call of the function at the PC, and what it would write: None if it has to
    run."""
    call = Call(machine, image)
    try:
        written = NATIVE[name](call)
    except Refused:
        return call, None
    return call, written if is_right(machine, call, written) else None


def leave(machine, written):
    """Writes that, and returns to the caller."""
    for address, content in written:
        machine.cpu.mem_write(address, content)
    machine.cpu.reg_write(REGISTERS[PC], machine.cpu.reg_read(REGISTERS[LR]))


class NativeMachine(Machine):
    """Calls is_known() with the name of each native function that it is about to compute, and
    with None where an examination begins."""

    def __init__(self, image):
        self.image = image
        super().__init__(image.content, image.own, image.memory)

    def begin(self):
        super().begin()
        for name in NATIVE:
            self.hook(self.image.symbols[name], self.enter, name)
        self.hook(self.image.symbols["examine_request"], self.is_known, None)

    def hook(self, address, function, name):
        self.cpu.hook_add(unicorn.UC_HOOK_CODE, lambda *_: function(name),
                          begin=address, end=address)

    def enter(self, name):
        if self.is_known(name):
            return
        call, written = compute(self, self.image, name)
        if written is not None:
            self.tell(call.accessed, written)
            leave(self, written)

    def is_known(self, name):
        """Whether there is nothing to compute, since the run has ended here."""
        return False

    def tell(self, read, written):
        """Gets what a native function read and wrote."""


class Counter(NativeMachine):
    """Counts the instructions and the calls of a run that has no fault."""

    def begin(self):
        super().begin()
        self.instructions = self.calls = 0
        self.cpu.hook_add(unicorn.UC_HOOK_CODE, self.add)

    def add(self, *_):
        self.instructions += 1

    def is_known(self, name):
        self.calls += 1
        return False


class Runner(NativeMachine):
    """Ends a run where the rest of it is known: at the first checkpoints and at examinations.
    After the counts in `most` a run is taken to have no end."""

    LOOKS = 12

    def __init__(self, image, known, most):
        self.known, self.most, self.calls = known, most, 0
        super().__init__(image)

    def follow(self, state, until):
        """Returns whether the CPU took a fault."""
        self.calls = 0
        return self.run(state, until, self.most.instructions)

    def find_end(self, name):
        if self.is_astray or (name is not None and self.calls > self.LOOKS):
            return None
        end = self.known.find(self, name)
        if end is None and name is None:
            end = self.known.learn(self.state(), self.most.instructions)
        return end

    def finish(self, end):
        self.results += end.results
        self.printed += end.printed
        for register, value in zip(REGISTERS, end.registers):
            self.cpu.reg_write(register, value)

    def is_known(self, name):
        self.calls += 1
        end = self.find_end(name)
        if end is not None:
            self.finish(end)
        if end is not None or self.calls > self.most.calls:
            self.cpu.emu_stop()
            return True
        return False
