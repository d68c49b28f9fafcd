# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of keys and secrets in the RAM of a machine, or in its
registers, when the EFI application returns to the firmware, or starts the next image?

The firmware reads files through a cache of whole sectors of the disk.
So each sector with a key or a secret is filled, after the end of its file,
with random bytes: no read of the file gives these. A copy of that sector, all 512
bytes of it, is the firmware's; any other find is the application's.

usage: test_efi.py x86_64|aarch64 FOLDER-OF-THE-IMAGE
"""
import dataclasses
import os
import random
import shutil
import subprocess
import sys
import time
import unittest
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "efi"), str(TESTS / "machines")]
import launches
import remote
import run_qemu
from launches import INJECTED, OTHER_GUID, PACKET


@dataclasses.dataclass(frozen=True)
class Cpu:
    """Names of registers are QEMU's monitor's."""
    ram: int
    mebibytes: int
    next_instruction: str
    stack: str
    returns: str  # what has the return address where a function begins; else the stack has it
    result: str
    kept: int  # a register that a function does not change, by gdb's count
    vector: int  # another, of 16 bytes; None: planting in the first is enough


CPUS = {
    "x86_64": Cpu(0, 64, "RIP", "RSP", "", "RAX", 1, None),
    "aarch64": Cpu(0x40000000, 128, "PC", "SP", "X30", "X00", 19, 34),
}

MACHINE = run_qemu.MACHINES[sys.argv[1]]
CPU = CPUS[sys.argv[1]]
IMAGE = Path(sys.argv[2], run_qemu.VALIDATE).resolve()
LONGEST_RUN = 1000
LONGEST_BOOT = 240
SECTOR, PAGE = 512, 4096
ERROR = 1 << 63
STATUSES = {0: 0, 1: ERROR | 26, 2: ERROR | 2, 3: ERROR | 14}

# Where UEFI has them: the pointer to the system table, and what is in the tables.
TABLE_ALIGNMENT = 4 << 20
CON_OUT, BOOT_SERVICES = 64, 96
OUTPUT_STRING, START_IMAGE = 8, 208


class Disk:
    """A volume with the image, the files of a launch and what the shell runs."""
    def __init__(self, launch, script):
        # A sector full of a secret could be anybody's: it does not count here.
        files = {**launch.files(), "large": bytes(1 << 17)}
        os.mkdir("own")
        for name, content in {**files, "startup.nsh": script}.items():
            Path("own", name).write_bytes(content)
        for image in (IMAGE, IMAGE.with_name("next.efi")):
            shutil.copy(image, "own")
        self.path = Path("own.img")
        run_qemu.make_disk(self.path, Path("own"))
        self.sectors = self.fill_up(file for file in files.values() if len(file) < SECTOR)

    def fill_up(self, files):
        """Returns the sectors, by the files' content."""
        disk, rng, sectors = bytearray(self.path.read_bytes()), random.Random(0), {}
        for file in files:
            start = disk.index(file.ljust(SECTOR, b"\0"))
            sectors[file] = file + rng.randbytes(SECTOR - len(file))
            disk[start:start + SECTOR] = sectors[file]
        self.path.write_bytes(disk)
        return sectors


def script_of(runs):
    lines = ["@echo -off", "fs0:"]
    lines += [f"{IMAGE.name} {run_qemu.quoted(arguments)}" for _, arguments, _ in runs]
    return "\r\n".join([*lines, ""]).encode("utf-16")


def qemu(disk):
    command, code, variables, _ = MACHINE
    shutil.copy(variables, "variables.fd")
    return ["timeout", str(LONGEST_RUN), *command, "-m", str(CPU.mebibytes), "-nodefaults",
            "-display", "none", "-serial", "stdio", "-device", "virtio-rng-pci",
            "-drive", f"if=pflash,format=raw,readonly=on,file={code}",
            "-drive", "if=pflash,format=raw,file=variables.fd",
            "-drive", f"if=none,format=raw,file={disk.path},id=disk",
            "-device", "virtio-blk-pci,drive=disk",
            "-chardev", "socket,id=stub,path=stub,server=on,wait=off", "-gdb", "chardev:stub"]


def entries(ram):
    """Of loaded images: in RAM, their sections are aligned to pages; in a file, to sectors."""
    image = IMAGE.read_bytes()
    header = int.from_bytes(image[0x3c:0x40], "little")
    entry = int.from_bytes(image[header + 40:header + 44], "little")
    text = image[2 * SECTOR:4 * SECTOR]
    return [CPU.ram + base + entry for base in range(0, len(ram), PAGE)
            if ram.startswith(image[:header], base) and ram.startswith(text, base + PAGE)]


class Machine:
    """A machine, stopped at the entry of the image, before its first run."""
    def __init__(self, launch, runs):
        self.disk = Disk(launch, script_of(runs))
        with open("console", "wb") as console:
            self.process = subprocess.Popen(qemu(self.disk), stdin=subprocess.PIPE,
                                            stdout=console, bufsize=0)
        self.remote = None

    def __enter__(self):
        try:
            self.wait_for_shell()
            self.remote = remote.Remote("stub", CPU.next_instruction)
            self.find_services()
            self.enter_image()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.remote is not None:
            self.remote.close()
        self.process.terminate()
        self.process.communicate()

    def said(self):
        return run_qemu.plain(Path("console").read_bytes())

    def wait_for_shell(self):
        deadline = time.monotonic() + LONGEST_BOOT
        while "to skip" not in self.said():
            if time.monotonic() > deadline:
                raise AssertionError(f"there is no shell:\n{self.said()}")
            time.sleep(0.1)
        self.process.stdin.write(b"\r")

    def find_services(self):
        """Finds it by the pointer that the firmware has for debuggers."""
        ram = self.ram()
        place = next(place for place in range(0, len(ram), TABLE_ALIGNMENT)
                     if ram.startswith(b"IBI SYST", place))
        pointer = self.remote.pointer
        table = pointer(CPU.ram + place + 8)
        self.prints = pointer(pointer(table + CON_OUT) + OUTPUT_STRING)
        self.starts = pointer(pointer(table + BOOT_SERVICES) + START_IMAGE)

    def enter_image(self):
        """For its first run. Each run returns to where this one does."""
        self.remote.run_to(self.starts)
        self.remote.run_to(*entries(self.ram()))
        self.returns = self.return_address()

    def registers(self):
        return self.remote.monitor("info registers")

    def stack(self):
        return remote.register(self.registers(), CPU.stack)

    def return_address(self):
        """Returns the address that the function which begins here returns to."""
        if CPU.returns:
            return remote.register(self.registers(), CPU.returns)
        return self.remote.pointer(self.stack())

    def status(self):
        return remote.register(self.registers(), CPU.result)

    def ram(self):
        Path("ram").unlink(missing_ok=True)
        self.remote.monitor(f'pmemsave {CPU.ram} {CPU.mebibytes << 20} "ram"')
        return Path("ram").read_bytes()

    def find(self, wanted):
        """Returns names of finds in RAM, and of finds in registers."""
        in_registers = {name for value in remote.values(self.registers())
                        for name in wanted.find_in_register(value)}
        return wanted.find(self.ram(), self.disk.sectors.values()), in_registers


class Efi(launches.TestCase):
    def runs(self):
        """What is secret in a mismatch is public in a match: so matches run last."""
        runs = sorted(self.launch.runs(), key=lambda run: -len(run[2].names))
        for more in (("--inject-secret", f"{OTHER_GUID}:other"), ()):
            runs.append((0, self.launch.match(*INJECTED, *more, *PACKET), runs[-1][2]))
        return runs

    def test_every_end(self):
        runs = self.runs()
        with Machine(self.launch, runs) as machine:
            for code, arguments, wanted in runs:
                machine.remote.run_to(machine.returns)
                with self.subTest(arguments=arguments):
                    self.assertEqual(machine.status(), STATUSES[code], machine.said())
                    self.assertEqual(machine.find(wanted), ({}, set()), machine.said())
            payload = run_qemu.mtools("mtype", machine.disk.path, "::payload")
            wanted.add_words("key stream", launches.key_stream(payload))
            self.assertEqual(machine.find(wanted), ({}, set()))

    def test_the_next_image(self):
        """It finds nothing: neither where the firmware starts it, nor when it has ended."""
        wanted = self.launch.traces()
        given = self.launch.match("--then", "next.efi", *INJECTED, *PACKET)
        with Machine(self.launch, [(0, given, wanted)]) as machine:
            machine.remote.run_to(machine.starts)
            self.assertIn("OK: Injected", machine.said())
            self.assertEqual(machine.find(wanted), ({}, set()), machine.said())
            machine.remote.run_to(machine.returns)
            self.assertIn("the next image runs", machine.said())
            self.assertEqual(machine.status(), ERROR | 21, machine.said())
            self.assertEqual(machine.find(wanted), ({}, set()))

    def test_what_is_there_is_found(self):
        """Finds keys while the verdict is printed, a sector with another last byte, half a
        register. What interrupts leave is wiped: it is planted where one may come."""
        tik, wanted = self.launch.tik, self.launch.traces()
        with Machine(self.launch, [(0, self.launch.match(), wanted)]) as machine:
            machine.remote.run_to(machine.prints)
            in_ram, _ = machine.find(wanted)
            self.assertLessEqual({"TIK", "TEK"}, set(in_ram), machine.said())
            machine.remote.write(machine.stack() - PAGE, tik)
            machine.remote.run_to(machine.returns)
            sector, place = machine.disk.sectors[tik], machine.stack() - 2 * SECTOR
            machine.remote.write(place, sector)
            self.assertEqual(machine.find(wanted), ({}, set()))
            if CPU.vector is not None:
                machine.remote.write_vector(CPU.vector, tik)
                self.assertEqual(machine.find(wanted), ({}, {"TIK"}))
                machine.remote.write_vector(CPU.vector, bytes(16))
            machine.remote.write(place, sector[:-1] + bytes([sector[-1] ^ 1]))
            machine.remote.write_register(CPU.kept, bytes(4) + tik[4:8])
            self.assertEqual(machine.find(wanted), ({"TIK": place - CPU.ram}, {"TIK"}))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
