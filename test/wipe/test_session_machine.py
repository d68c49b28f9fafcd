# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of a session's secrets but TEK and TIK, which are its result, in the RAM of a machine
without an operating system, or in its registers, after it was made there?

usage: test_session_machine.py PRESET IMAGE, which makes the first of test/vectors/session_table.py
"""
import unittest

import debugger
import sessions
import test_machine
from runner import FolderTest
from session_table import FIRST, PDH, drawn


class Machine(FolderTest):
    def test_the_end(self):
        parts = drawn(FIRST)
        code, ram, output = test_machine.run([])
        self.assertEqual(code, 0, output)
        wanted = sessions.traces_of(parts, PDH, keys=())
        self.assertEqual(wanted.find(ram), {}, output)
        self.assertEqual(debugger.found_in_registers(wanted, output), set(), output)
        both = sessions.traces_of(parts, PDH)
        self.assertLessEqual({"TEK", "TIK"}, set(both.find(ram)), output)


if __name__ == "__main__":
    unittest.main(argv=["test_session_machine.py"])
