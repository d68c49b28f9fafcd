# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of a session's secrets in a process that made one and ends?

usage: test_sessions.py COMMAND, whose random bytes are those of a file
"""
import os
import unittest

import sessions
import test_linux
from runner import FolderTest
from session_table import drawn
from sev_platform import Platform


class Sessions(FolderTest):
    def setUp(self):
        super().setUp()
        self.platform, parts = Platform(b"wipe"), drawn("wipe")
        self.drawn = b"".join(parts.values())
        self.wanted = sessions.traces_of(parts, self.platform.dh.point)
        with open("chain.cert", "wb") as file:
            file.write(self.platform.files["export-full.cert"])
        self.addCleanup(os.environ.pop, "SEVLAUNCH_FIXED_RANDOM")

    def run_command(self, *options, given=None, **keywords):
        with open("random", "wb") as file:
            file.write(self.drawn if given is None else given)
        os.environ["SEVLAUNCH_FIXED_RANDOM"] = "random"
        return test_linux.run(["sev-session", "--chain", "chain.cert", "--ark-fingerprint",
                               self.platform.ark.fingerprint, "--policy", "5", *options], **keywords)

    def assert_gone(self, end, code):
        self.assertEqual(end.code, code, end.output)
        self.assertEqual(self.wanted.find(end.core), {}, end.output)
        found = test_linux.debugger.found_in_registers(self.wanted, end.registers)
        self.assertEqual(found, set(), end.output)

    def test_every_end(self):
        self.assert_gone(self.run_command(), 0)
        self.assert_gone(self.run_command("--tk", "tk.bin", "--json"), 0)
        repeating = self.drawn[:80] + self.drawn[48:64] + self.drawn[96:]
        self.assert_gone(self.run_command(given=repeating), 3)

    def test_keys_in_use_are_found(self):
        """While their files are written."""
        end = self.run_command(syscall="fsync")
        self.assertLessEqual({"TEK", "TIK"}, set(self.wanted.find(end.core)), end.output)


if __name__ == "__main__":
    unittest.main(argv=["test_sessions.py"])
