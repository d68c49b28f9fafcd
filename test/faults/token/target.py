# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the campaign runs: the token's image from its reset on, or a function of its core."""
import hashlib
import struct

from emulator import NOWHERE, PAGE, R0, RAM, REGISTERS, SP, THUMB, State
from elf_image import ElfImage
from outcome import RESULTS, ToHalt, mailbox
from mailbox import launch  # found by outcome.py

# The host's own code, which sets SEVL_MATCH, where the request's address points to code:
# a return to an address that the host wrote runs it.
ADDRESS = mailbox.FIRMWARE_START | 1
PROGRAM = bytes.fromhex("0148 0249 0160 fee7") + struct.pack(
    "<2I", mailbox.RESULT, mailbox.results()["SEVL_MATCH"])
FIRMWARE = PROGRAM[1:] + launch.firmware(100)
DIGEST = hashlib.sha256(FIRMWARE).digest()
LAUNCH = struct.pack("<3BxI", launch.API_MAJOR, launch.API_MINOR, launch.BUILD, launch.POLICY)
PADDING = 3  # of LAUNCH
ANY = 0x55555555


class Image(ElfImage):
    """A token with keys, and the firmware in the memory of its machine."""

    def __init__(self, path):
        super().__init__(path, [(mailbox.KEYS, launch.TEK + launch.TIK),
                                (mailbox.FIRMWARE_START, PROGRAM[:1] + FIRMWARE)])


def arguments(blob):
    """Returns the arguments of sevl_measurement_verify()."""
    return [launch.TIK, LAUNCH, DIGEST, blob]


class Whole(ToHalt):
    def __init__(self, image, source, blob):
        super().__init__(image, mailbox.request(
            blob, source=source, firmware=ADDRESS, size=len(FIRMWARE), launch_digest=DIGEST,
            result=mailbox.results()["SEVL_MATCH"]))
        self.shared = {"sevl_measurement_verify"} if source == mailbox.LAUNCH_DIGEST else set()
        self.arguments = arguments(blob)

    def is_given_the_same(self, machine):
        """Returns whether sevl_measurement_verify() gets the same input as with the firmware."""
        found = [bytearray(machine.cpu.mem_read(machine.cpu.reg_read(register), len(argument)))
                 for register, argument in zip(REGISTERS, self.arguments)]
        found[1][PADDING] = 0
        return found == self.arguments


class Function:
    """A function with the arguments of sevl_measurement_verify(), in a machine that has started."""
    end, shared = NOWHERE, set()

    def __init__(self, image, name, blob):
        ram, pointers = bytearray(image.started), []
        for argument in arguments(blob):
            pointers.append(RAM + 0x100 * (1 + len(pointers)))
            ram[pointers[-1] - RAM:pointers[-1] - RAM + len(argument)] = argument
        registers = pointers + [ANY] * (SP - len(pointers))
        registers += [image.symbols["stack_end"], NOWHERE | 1, image.symbols[name], THUMB]
        self.start = State(registers, bytes(ram), bytes(PAGE))

    def result(self, machine, _):
        if machine.pc() != self.end:
            return "no end"
        return RESULTS.get(machine.state().registers[R0], "no result")
