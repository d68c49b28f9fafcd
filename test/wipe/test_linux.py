# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of keys and secrets in a process that ends: in its memory,
as gdb writes it at exit_group(2), or in its registers?

usage: test_linux.py COMMAND
"""
import dataclasses
import hashlib
import os
import re
import sys
import unittest
from pathlib import Path

import debugger
import launches
import traces
from launches import INJECTED, OTHER_GUID, PACKET

COMMAND = os.path.abspath(sys.argv[1])
SAVED = "Saved corefile core\n"


@dataclasses.dataclass(frozen=True)
class End:
    code: int
    output: str
    core: bytes
    registers: str


def run(arguments, syscall="exit_group", plant=()):
    """Runs the command; takes its memory at its first call of `syscall`. It may be dumped
    all the same: otherwise gdb of a user who is not root cannot."""
    Path("core").unlink(missing_ok=True)
    output = debugger.run(
        ["set use-coredump-filter off", "set dump-excluded-mappings on",
         "catch syscall prctl", "run", "set var $rsi = 1", "delete",
         f"catch syscall {syscall}", "continue", *plant, "generate-core-file core", "info registers",
         "delete", "continue", 'printf "exit code %d\\n", $_exitcode'],
        "--args", COMMAND, *arguments)
    if f"call to syscall {syscall}" not in output or SAVED not in output:
        raise AssertionError(f"gdb could not run the command, which takes ptrace(2):\n{output}")
    code = int(re.search(r"^exit code (\d+)$", output, re.MULTILINE)[1])
    return End(code, output, Path("core").read_bytes(), output.partition(SAVED)[2])


class Linux(launches.TestCase):
    def assert_gone(self, end, wanted):
        self.assertEqual(wanted.find(end.core), {}, end.output)
        self.assertEqual(debugger.found_in_registers(wanted, end.registers), set(), end.output)

    def check(self, code, arguments, wanted):
        with self.subTest(arguments=arguments):
            end = run(arguments)
            self.assertEqual(end.code, code, end.output)
            self.assert_gone(end, wanted)

    def test_every_end(self):
        for code, arguments, wanted in self.launch.runs():
            self.check(code, arguments, wanted)

    def test_secrets(self):
        wanted = self.launch.traces()
        self.check(0, self.launch.match(*INJECTED, "--inject-secret", f"{OTHER_GUID}:other",
                                        *PACKET), wanted)
        for payload in ("none/payload", "/dev/full"):
            self.check(3, self.launch.match(*INJECTED, "--secret-header", "header",
                                            "--secret-payload", payload), wanted)
        end = run(self.launch.match(*INJECTED, *PACKET))
        wanted.add_words("key stream", launches.key_stream(Path("payload").read_bytes()))
        self.assert_gone(end, wanted)

    def test_a_planted_key_is_found(self):
        tik = self.launch.tik
        wanted = self.launch.traces()
        plant = f"set var *(char(*)[16])($sp - 512) = {{{', '.join(map(str, tik))}}}"
        self.assertEqual(set(wanted.find(run(self.launch.match(), plant=[plant]).core)), {"TIK"})
        plant = f"set var $rbx = {int.from_bytes(tik[4:8], 'little')}"
        end = run(self.launch.match(), plant=[plant])
        self.assertEqual(debugger.found_in_registers(wanted, end.registers), {"TIK"}, end.output)

    def test_keys_in_use_are_found(self):
        """The verdict is printed while the keys are still in memory."""
        end = run(self.launch.match(), syscall="write")
        self.assertLessEqual({"TIK", "TEK"}, set(self.launch.traces().find(end.core)), end.output)

    def test_secrets_in_use_are_found(self):
        end = run(self.launch.match(*INJECTED, *PACKET), syscall="getrandom")
        self.assertIn("secret disk", self.launch.traces().find(end.core), end.output)


class Model(unittest.TestCase):
    def test_sha256(self):
        block, message = bytes(range(64)), bytes(range(100))
        state = traces.compress(traces.START, block)
        self.assertEqual(traces.Traces().add_hash("", state, message),
                         hashlib.sha256(block + message).digest())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
