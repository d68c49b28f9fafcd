# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is anything of a session's secrets in the RAM of a machine, or in its registers, when an EFI
application that made one, and wiped it, returns to the firmware?

usage: test_session_efi.py x86_64|aarch64 FOLDER-OF-THE-IMAGE
"""
import unittest

import sessions
import test_efi
from runner import FolderTest
from session_table import PDH, SIZES

test_efi.IMAGE = test_efi.IMAGE.with_name("session_image.efi")


def drawn():
    """As session_image.c draws."""
    parts, state = {}, 1
    for name, size in SIZES.items():
        data = bytearray()
        for _ in range(size):
            state = (state * 1664525 + 1013904223) % (1 << 32)
            data.append(state >> 24)
        parts[name] = bytes(data)
    return parts


class NoLaunch:
    """A disk has a file."""

    @staticmethod
    def files():
        return {"any": b"any content"}


class Sessions(FolderTest):
    def test_the_end(self):
        wanted = sessions.traces_of(drawn(), PDH)
        with test_efi.Machine(NoLaunch, [(0, [], wanted)]) as machine:
            machine.remote.run_to(machine.prints)
            found, _ = machine.find(wanted)
            self.assertEqual(set(found), {"TEK", "TIK"}, machine.said())
            machine.remote.run_to(machine.returns)
            self.assertEqual(machine.status(), 0, machine.said())
            self.assertEqual(machine.find(wanted), ({}, set()), machine.said())


if __name__ == "__main__":
    unittest.main(argv=["test_session_efi.py"])
