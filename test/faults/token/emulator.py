# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The token's CPU and memory in Unicorn, which can run the image from any state."""
import dataclasses
import struct

import unicorn
from unicorn import arm_const as arm

PAGE, WORD = 4096, 4
ROM, ROM_SIZE = 0x00000000, 4 << 20
RAM, RAM_SIZE = 0x20000000, 4 << 20
PSRAM, PSRAM_SIZE = 0x21000000, 16 << 20
ERASED = b"\xff"
UART, SYSTEM, MPU_TYPE, MPU_REGIONS = 0x40004000, 0xe000e000, 0xe000ed90, 8 << 8
NOWHERE = 0x003fe000  # in ROM, after the image
RESULT = 0x68  # in the mailbox, which is in PSRAM's first page
REGISTERS = [getattr(arm, f"UC_ARM_REG_{name}")
             for name in [*(f"R{number}" for number in range(13)), "SP", "LR", "PC", "XPSR"]]
R0, SP, LR, PC, XPSR = 0, 13, 14, 15, 16
THUMB = 1 << 24
# As the MPU is set; test/machines checks it on the machine.
READ, EXECUTE = unicorn.UC_PROT_READ, unicorn.UC_PROT_READ | unicorn.UC_PROT_EXEC
WRITE = unicorn.UC_PROT_READ | unicorn.UC_PROT_WRITE


@dataclasses.dataclass
class State:
    """The state that a run continues from, and its results before that."""
    registers: list
    ram: bytes
    page: bytes
    results: tuple = ()  # all that were written to the mailbox
    printed: str = ""


def segments(image):
    table, = struct.unpack_from("<I", image, 0x1c)
    size, count = struct.unpack_from("<2H", image, 0x2a)
    for at in range(table, table + count * size, size):
        _, offset, _, address, length = struct.unpack_from("<5I", image, at)
        yield address, image[offset:offset + length]


class Machine:
    """`own` is the size of the RAM that the image uses, `memory` what else is loaded. Unicorn
    translates the address where a run ends, and whether it counts, into the code that it
    keeps: each machine has one."""

    def __init__(self, image, own, memory):
        self.own, self.memory = own, [*segments(image), *memory]
        self.page, self.results, self.printed = bytearray(PAGE), [], ""
        self.begin()

    def begin(self):
        self.is_astray = False
        self.cpu = unicorn.Uc(unicorn.UC_ARCH_ARM, unicorn.UC_MODE_THUMB | unicorn.UC_MODE_MCLASS)
        self.cpu.ctl_set_cpu_model(arm.UC_CPU_ARM_CORTEX_M3)
        self.map()
        self.cpu.mem_write(ROM, ERASED * ROM_SIZE)
        for address, content in self.memory:
            self.cpu.mem_write(address, content)

    def map(self):
        """Memory that a run without faults does not write is read-only: see stray()."""
        self.unused = [(RAM + self.own, RAM_SIZE - self.own), (PSRAM + PAGE, PSRAM_SIZE - PAGE)]
        self.cpu.mem_map(ROM, ROM_SIZE, EXECUTE)
        for start, size in self.unused:
            self.cpu.mem_map(start, size, READ)
        self.cpu.mem_map(RAM, self.own, WRITE)
        self.cpu.mem_map(SYSTEM, PAGE, WRITE)
        self.cpu.mem_write(MPU_TYPE, struct.pack("<I", MPU_REGIONS))
        self.cpu.mmio_map(PSRAM, PAGE, self.read_page, None, self.write_page, None)
        self.cpu.mmio_map(UART, PAGE, lambda *_: 0, None, self.write_console, None)
        self.cpu.hook_add(unicorn.UC_HOOK_MEM_WRITE_PROT, self.stray)

    def read_page(self, _, offset, size, __):
        return int.from_bytes(self.page[offset:offset + size], "little")

    def write_page(self, _, offset, size, value, __):
        self.page[offset:offset + size] = (value & (1 << 8 * size) - 1).to_bytes(size, "little")
        self.results.append(struct.unpack_from("<I", self.page, RESULT)[0])

    def write_console(self, _, offset, __, value, ___):
        if offset == 0:
            self.printed += chr(value & 0xff)

    def stray(self, _, __, address, *___):
        """Lets a run write where the machine would. The old content is lost: see run()."""
        for start, size in self.unused:
            if start <= address < start + size:
                self.cpu.mem_protect(start, size, WRITE)
                self.is_astray = True
                return True
        return False

    def load(self, state):
        for register, value in zip(REGISTERS, state.registers):
            self.cpu.reg_write(register, value)
        self.cpu.mem_write(RAM, state.ram)
        self.page[:], self.results, self.printed = state.page, [*state.results], state.printed

    def state(self):
        return State([self.cpu.reg_read(register) for register in REGISTERS],
                     bytes(self.cpu.mem_read(RAM, self.own)), bytes(self.page), (*self.results,),
                     self.printed)

    def pc(self):
        return self.cpu.reg_read(REGISTERS[PC])

    def step(self):
        self.cpu.emu_start(self.pc() | 1, NOWHERE, count=1)

    def run(self, state, until, count=0):
        """Runs at most `count` instructions, if not 0. Returns whether the CPU took a fault."""
        if self.is_astray:
            self.begin()
        self.load(state)
        try:
            self.cpu.emu_start(state.registers[PC] | 1, until, count=count)
            return False
        except unicorn.UcError:
            return True
