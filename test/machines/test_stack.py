# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command use as much of a machine's stack as the porting guide says?

usage: test_stack.py PRESET IMAGE GUIDE
"""
import pathlib
import re
import sys
import unittest

import launch
import machine
import runs

PRESET, IMAGE, GUIDE = sys.argv[1:]
MACHINE = machine.MACHINES[PRESET]
PAINT = b"\x5a"
OTHER = "00112233-4455-6677-8899-aabbccddeeff"  # the GUID of another secret


def documented():
    """Returns the guide's sizes: of the stack, and of the part that is used."""
    row = rf"^\| `{PRESET}` \| \w[\w-]* \| (\d+) bytes \| (\d+) bytes \|"
    return map(int, re.search(row, pathlib.Path(GUIDE).read_text(), re.MULTILINE).groups())


class Stack(launch.Folder):
    def used(self, code, *arguments):
        options = ("-serial", "none", *machine.loaded("paint", MACHINE.ram))
        got, _, err = machine.run(MACHINE, IMAGE, arguments, options)
        said = re.search(r"^(\d+) of (\d+)\n\Z", err, re.MULTILINE)
        self.assertIsNotNone(said, err)
        self.assertEqual((got, int(said[2])), (code, self.there), err)
        return int(said[1])

    def every_run(self):
        """Runs of every kind, and some that end early or late."""
        for run in runs.every_kind():
            yield run.name, run.code, run.arguments
        yield "secrets", 0, runs.SECRETS
        yield "no secret", 3, [*runs.SECRETS, "--inject-secret", f"{OTHER}:missing"]
        yield "no kernel", 3, [*runs.given(b""), "--kernel", "missing"]
        yield "no option", 2, ["--", "--policy"]
        yield "help", 0, ["--help"]

    def test_stack(self):
        self.there, maximum = documented()
        self.write("paint", PAINT * MACHINE.ram_size)
        for name, content in runs.files().items():
            self.write(name, content)
        used = {name: self.used(code, *arguments) for name, code, arguments in self.every_run()}
        runs.check_packet()
        deepest = max(used, key=used.get)
        print(f"{used[deepest]} of {self.there} bytes: {deepest}")
        self.assertLessEqual(used[deepest], maximum, deepest)
        self.assertGreater(used[deepest], maximum - 64, "the guide says more than is used")
        self.assertLess(maximum, self.there * 7 // 8)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
