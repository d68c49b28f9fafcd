# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of keys and secrets in the RAM of a machine without an
operating system, or in its registers, after the command has ended there?

usage: test_machine.py PRESET IMAGE
"""
import os
import socket
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "machines"))
import debugger
import launches
import machine

PRESET = sys.argv[1]
IMAGE = os.path.abspath(sys.argv[2])
MACHINE = machine.MACHINES[PRESET]
SOCKET = "debugger"


def qemu(arguments, listener):
    line = [machine.quoted(argument) for argument in ("image", *arguments)]
    options = ("-serial", "none", "-S", "-gdb", "chardev:debugger",
               "-chardev", f"socket,id=debugger,fd={listener},server=on",
               *machine.semihosting(line))
    return ["timeout", str(machine.TIMEOUT), *machine.command(MACHINE, IMAGE, *options)]


def start(arguments):
    """The socket listens before QEMU has it, since gdb tries to connect only once."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(SOCKET)
        listener.listen()
        return subprocess.Popen(qemu(arguments, listener.fileno()), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                pass_fds=[listener.fileno()])


def run(arguments, where="machine_end", plant=()):
    """Returns the exit code, and RAM and registers at the first call of the function."""
    Path("ram").unlink(missing_ok=True)
    with start(arguments) as process:
        output = debugger.run([f"target remote {SOCKET}", f"break {where}", "continue", *plant,
                               f'monitor pmemsave {MACHINE.ram} {MACHINE.ram_size} "ram"',
                               "info registers", "delete", "continue"], IMAGE)
        output += process.communicate()[0]
    Path(SOCKET).unlink(missing_ok=True)
    if not Path("ram").exists():
        raise AssertionError(f"gdb could not stop the machine at {where}:\n{output}")
    return process.returncode, Path("ram").read_bytes(), output


class Machine(launches.TestCase):
    def test_every_end(self):
        for code, arguments, wanted in self.launch.runs():
            with self.subTest(arguments=arguments):
                got, ram, output = run(arguments)
                self.assertEqual(got, code, output)
                self.assertEqual(wanted.find(ram), {}, output)
                self.assertEqual(debugger.found_in_registers(wanted, output), set(), output)

    def test_keys_in_use_are_found(self):
        """The verdict is printed while the keys are still in memory."""
        _, ram, output = run(self.launch.match(), "port_print")
        self.assertLessEqual({"TIK", "TEK"}, set(self.launch.traces().find(ram)), output)

    def test_a_planted_key_is_found(self):
        """Half of one, in a register."""
        plant = f"set var $r4 = {int.from_bytes(self.launch.tik[4:8], 'little')}"
        _, _, output = run(self.launch.match(), plant=[plant])
        found = debugger.found_in_registers(self.launch.traces(), output)
        self.assertEqual(found, {"TIK"}, output)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
