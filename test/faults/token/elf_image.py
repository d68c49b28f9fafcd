# SPDX-License-Identifier: BSD-2-Clause-Patent
"""An image, the names in it, and what else is in the memory of its machine."""
import bisect
import functools
import struct
import subprocess

from emulator import NOWHERE, PAGE, RAM, SP, THUMB, Machine, State

FUNCTIONS = "tTwW"  # as nm calls them


class ElfImage:
    """`memory` is what else is loaded, and where."""

    def __init__(self, path, memory):
        self.content, self.memory = path.read_bytes(), memory
        listed = subprocess.run(["arm-none-eabi-nm", "-S", path], check=True, text=True,
                                stdout=subprocess.PIPE).stdout
        named = [line.split() for line in listed.splitlines()]
        self.symbols = {name: int(address, 16) for address, *_, name in named}
        self.sizes = {words[3]: int(words[1], 16) for words in named if len(words) == 4}
        self.names = sorted((int(words[0], 16), words[-1]) for words in named
                            if words[-2] in FUNCTIONS)
        self.own = -(-(self.symbols["bss_end"] - RAM) // PAGE) * PAGE

    def machine(self, kind=Machine):
        return kind(self.content, self.own, self.memory)

    def function(self, pc):
        return self.names[bisect.bisect(self.names, (pc, "~")) - 1][1]

    def reset(self, request):
        stack, start = struct.unpack("<2I", self.machine().cpu.mem_read(0, 8))
        return State([0] * SP + [stack, NOWHERE, start & ~1, THUMB], bytes(self.own),
                     request.ljust(PAGE, b"\0"))

    @functools.lru_cache(maxsize=None)
    def constant(self, name):
        """The content of a constant, which the core may show to its own files."""
        name = name if name in self.symbols else f"sevl_{name}"
        return bytes(self.machine().cpu.mem_read(self.symbols[name], self.sizes[name]))

    @functools.cached_property
    def started(self):
        """RAM as it is when main() begins."""
        machine = self.machine()
        machine.run(self.reset(b""), self.symbols["main"])
        return machine.state().ram
