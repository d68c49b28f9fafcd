# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the campaign runs: the token's image from its reset on, or a function of its core."""
import bisect
import hashlib
import pathlib
import struct
import subprocess
import sys

sys.path[1:1] = [str(pathlib.Path(__file__).parents[2] / folder) for folder in ("token", "machines")]
import mailbox  # noqa: E402
from emulator import NOWHERE, PAGE, R0, RAM, REGISTERS, SP, THUMB, Machine, State  # noqa: E402
from mailbox import launch  # noqa: E402

RESULTS = {value: name for name, value in mailbox.results().items()}
OK = "OK: Looks good to me\n"
# What may replace an earlier run's match: all but an answer to this request.
WITHDRAWN = {"TOKEN_BUSY", "TOKEN_BROKEN", "no result"}
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


class Image:
    def __init__(self, path):
        self.content = path.read_bytes()
        listed = subprocess.run(["arm-none-eabi-nm", path], check=True, text=True,
                                stdout=subprocess.PIPE).stdout
        named = [(int(address, 16), name)
                 for address, _, name in map(str.split, listed.splitlines())]
        self.symbols = {name: address for address, name in named}
        self.names = sorted((address, name) for address, name in named
                            if address < len(self.content))
        self.own = -(-(self.symbols["bss_end"] - RAM) // PAGE) * PAGE

    def machine(self, kind=Machine):
        return kind(self.content, self.own, [(mailbox.KEYS, launch.TEK + launch.TIK),
                                             (mailbox.FIRMWARE_START, PROGRAM[:1] + FIRMWARE)])

    def function(self, pc):
        return self.names[bisect.bisect(self.names, (pc, "~")) - 1][1]

    def reset(self, request):
        stack, start = struct.unpack("<2I", self.machine().cpu.mem_read(0, 8))
        return State([0] * SP + [stack, NOWHERE, start & ~1, THUMB], bytes(self.own),
                     request.ljust(PAGE, b"\0"))


def arguments(blob):
    """Returns the arguments of sevl_measurement_verify()."""
    return [launch.TIK, LAUNCH, DIGEST, blob]


class Whole:
    """The image, from its reset until it halts. The mailbox holds the match of an earlier run."""

    def __init__(self, image, source, blob):
        self.start = image.reset(mailbox.request(
            blob, source=source, firmware=ADDRESS, size=len(FIRMWARE), launch_digest=DIGEST,
            result=mailbox.results()["SEVL_MATCH"]))
        self.shared = {"sevl_measurement_verify"} if source == mailbox.LAUNCH_DIGEST else set()
        self.arguments = arguments(blob)
        self.end = image.symbols["machine_halt"]

    def is_given_the_same(self, machine):
        """Returns whether sevl_measurement_verify() gets the same input as with the firmware."""
        found = [bytearray(machine.cpu.mem_read(machine.cpu.reg_read(register), len(argument)))
                 for register, argument in zip(REGISTERS, self.arguments)]
        found[1][PADDING] = 0
        return found == self.arguments

    def result(self, machine, is_fault):
        """A match is what any reader of the mailbox or of the console could take for one. A
        fault's handler withdraws the earlier one: see test/token."""
        results = [RESULTS.get(result, "no result") for result in machine.results]
        is_withdrawn = results[0] in WITHDRAWN if results else is_fault
        if not is_withdrawn or "SEVL_MATCH" in results or OK in machine.printed:
            return "SEVL_MATCH"
        return results[-1] if machine.pc() == self.end else "no end"


class Function:
    """A function with the arguments of sevl_measurement_verify(), in a machine that has started."""
    end, shared = NOWHERE, set()

    def __init__(self, image, name, blob):
        started = image.machine()
        started.run(image.reset(b""), image.symbols["main"])
        ram, pointers = bytearray(started.state().ram), []
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
