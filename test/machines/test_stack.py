# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Whether the command uses as much of a machine's stack as the porting guide says.

usage: test_stack.py PRESET IMAGE GUIDE
"""
import pathlib
import re
import sys
import unittest

import launch
import machine

PRESET, IMAGE, GUIDE = sys.argv[1:]
MACHINE = machine.MACHINES[PRESET]
PAINT = b"\x5a"


def documented():
    """Bytes that the guide says are there, and used at most."""
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

    def runs(self):
        """Every kind of run: its exit code and arguments."""
        firmware = launch.sev_firmware(4096)
        kernel, initrd = b"kernel" * 100, b"initrd" * 100
        pages = launch.cpu_pages(2)
        measured = firmware + launch.kernel_hashes(kernel, initrd, b"quiet") + pages
        reported = launch.measurement(measured, launch.ES_POLICY)
        for name, content in (
                ("firmware", firmware), ("kernel", kernel), ("initrd", initrd),
                ("cpu0", pages[:4096]), ("cpu1", pages[4096:]), ("tek", launch.TEK),
                ("tik", launch.TIK), ("secret", b"secret"), ("cmdline", b"quiet"),
                ("virsh", launch.virsh(reported)), ("qmp", launch.qmp(reported))):
            self.write(name, content)
        boot = ["--firmware", "firmware", "--kernel", "kernel", "--initrd", "initrd",
                "--cmdline-file", "cmdline", "--num-cpus", "2"]
        built = [*boot, "--cpu-type", "EPYC-Milan"]
        given = launch.arguments(reported, launch.ES_POLICY)
        match = [*given, *built, "--tk", "tk"]
        info = ["--policy", hex(launch.ES_POLICY), *built, "--tk", "tk", "--launch-info"]
        yield 0, match
        yield 0, [*match, "--debug"]
        yield 0, [*match, "--json"]
        yield 0, [*match, "--vmsa-out", "pages"]
        yield 0, [*match, "--print-digest", "hex", "--print-measurement", "base64"]
        yield 0, [*match, "--inject-secret", "luks-key:secret", "--secret-header", "header",
                  "--secret-payload", "payload"]
        yield 0, [*given, *boot, "--vmsa-cpu0", "cpu0", "--vmsa-cpu1", "cpu1", "--tk", "tk"]
        yield 0, [*info, "virsh"]
        yield 0, [*info, "qmp"]
        yield 1, [*match, "--cpu-type", "EPYC-Rome", "--cmdline-file", "kernel"]
        yield 1, [*match, "--num-cpus", "1", "--debug", "--json"]
        yield 1, [*match, "--vmm", "ec2", "--sev-features", "32"]
        yield 1, [*given, *built, "--tek", "tik", "--tik", "tek", "--build-id", "1"]
        yield 2, ["--", "--policy"]
        yield 2, ["--s"]
        yield 3, [*match, "--inject-secret", "luks-key:missing", "--secret-header", "header",
                  "--secret-payload", "payload"]
        yield 3, [*match, "--kernel", "missing"]
        yield 0, ["--help"]
        yield 0, ["--self-test"]

    def test_stack(self):
        self.there, most = documented()
        self.write("paint", PAINT * MACHINE.ram_size)
        used = {" ".join(arguments[-6:]): self.used(code, *arguments)
                for code, arguments in self.runs()}
        deepest = max(used, key=used.get)
        self.assertLessEqual(used[deepest], most, deepest)
        self.assertGreater(used[deepest], most - 64, "the guide says more than is used")
        self.assertLess(most, self.there * 7 // 8)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
