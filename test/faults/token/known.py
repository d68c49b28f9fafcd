# SPDX-License-Identifier: BSD-2-Clause-Patent
"""How runs end, by their state at a checkpoint, which is where a function begins: if all that
the rest of a run reads is as in a run that is known, so is its end.
"""
import dataclasses

import unicorn

from emulator import LR, PC, RAM, REGISTERS, RESULT, SP, WORD
from native_machine import NativeMachine

# The registers that count: all but the flags, which no function gets from its caller; and where
# it has no arguments, nor does it get those in which they would be.
OF_ANY_FUNCTION, OF_NO_ARGUMENTS = [*range(13), SP, LR, PC], [*range(4, 12), SP, LR, PC]
FINDINGS = slice(RESULT + WORD, RESULT + 4 * WORD)  # of the mailbox: written, never read


@dataclasses.dataclass
class End:
    """What is added to a run from a checkpoint on."""
    registers: list
    results: list
    printed: str


@dataclasses.dataclass
class Point:
    """A checkpoint of a run. `mask` has ones for what the rest of the run reads of RAM."""
    registers: tuple
    ram: int
    page: bytes
    results: int
    printed: int
    mask: int = 0
    end: End = None

    def fits(self, ram, page):
        return ram & self.mask == self.ram and page == self.page


def read_of(page):
    """The mailbox without what nobody reads."""
    return bytes(page[:FINDINGS.start]) + bytes(page[FINDINGS.stop:])


def registers_of(machine, name):
    """The registers that count at a checkpoint, which is the call of a native function or not."""
    chosen = OF_NO_ARGUMENTS if name is None else OF_ANY_FUNCTION
    return tuple(machine.cpu.reg_read(REGISTERS[number]) for number in chosen)


class Tracer(NativeMachine):
    """Runs once, and makes a Point of each checkpoint."""

    def begin(self):
        super().begin()
        kinds = unicorn.UC_HOOK_MEM_READ | unicorn.UC_HOOK_MEM_WRITE
        self.cpu.hook_add(kinds, self.access, begin=RAM, end=RAM + self.own - 1)

    def run(self, state, until, count=0):
        self.points, self.accesses = [], []
        return super().run(state, until, count)

    def access(self, _, kind, address, size, *__):
        self.accesses.append((kind == unicorn.UC_MEM_WRITE, address - RAM, size))

    def tell(self, read, written):
        for address, size in read:
            if RAM <= address < RAM + self.own:
                self.accesses.append((False, address - RAM, size))
        for address, content in written:
            self.accesses.append((True, address - RAM, len(content)))

    def is_known(self, name):
        ram = int.from_bytes(self.cpu.mem_read(RAM, self.own), "little")
        self.accesses.append(None)
        self.points.append(Point(registers_of(self, name), ram, read_of(self.page),
                                 len(self.results), len(self.printed)))
        return False

    def finish(self):
        """Fills the points in, from the end of the run backward."""
        points, live, state = [*self.points], bytearray(self.own), self.state()
        for access in reversed(self.accesses):
            if access is None:
                point = points.pop()
                point.mask = int.from_bytes(live, "little")
                point.ram &= point.mask
                point.end = End(state.registers, [*state.results[point.results:]],
                                state.printed[point.printed:])
                continue
            is_write, at, size = access
            live[at:at + size] = (b"\0" if is_write else b"\xff") * size
        return self.points


class Known:
    """The runs of a target that are known: the one without a fault, and what follows some others
    from their second examination on."""

    MOST = 64

    def __init__(self, image, target):
        self.tracer, self.end, self.points, self.others = Tracer(image), target.end, {}, 0
        self.keep(self.trace(target.start, 0))

    def trace(self, state, most):
        """Returns the checkpoints of a run, or none if it does not end well."""
        is_fault = self.tracer.run(state, self.end, most)
        is_known = not is_fault and not self.tracer.is_astray and self.tracer.pc() == self.end
        return self.tracer.finish() if is_known else []

    def keep(self, points):
        for point in points:
            self.points.setdefault(point.registers, []).append(point)

    def learn(self, state, most):
        """Runs on from an examination that is not known. Returns its End, or None."""
        if self.others == self.MOST:
            return None
        self.others += 1
        points = self.trace(state, most)[:1]
        self.keep(points)
        return points[0].end if points else None

    def find(self, machine, name):
        """Returns the End that the machine's run will come to, or None."""
        points = self.points.get(registers_of(machine, name), ())
        if not points:
            return None
        page = read_of(machine.page)
        ram = int.from_bytes(machine.cpu.mem_read(RAM, machine.own), "little")
        return next((point.end for point in points if point.fits(ram, page)), None)
