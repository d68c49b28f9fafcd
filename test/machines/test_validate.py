# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Whether the command does on a machine what it does on Linux.

usage: test_validate.py PRESET IMAGE COMMAND
"""
import hashlib
import os
import pathlib
import sys
import unittest

import launch
import machine

PRESET, IMAGE, COMMAND = sys.argv[1:]
OK = "OK: Looks good to me\n"


def run(arguments):
    if PRESET in machine.PROGRAMS:
        return machine.run_program([machine.PROGRAMS[PRESET]], IMAGE, arguments)
    return machine.run(machine.MACHINES[PRESET], IMAGE, arguments)


class Validate(launch.Folder):
    def check(self, code, *arguments, hint=""):
        linux = machine.run_program([], COMMAND, arguments)
        self.assertEqual(linux[0], code, linux)
        self.assertIn(hint, linux[2])
        self.assertEqual(run(arguments), linux)

    def check_firmware(self, content):
        self.write("firmware", content)
        given = launch.arguments(launch.measurement(content))
        self.check(0, *given, "--firmware", "firmware", "--tk", "tk")
        if content:
            self.write("firmware", content[:-1] + bytes([content[-1] ^ 0x80]))
            self.check(1, *given, "--firmware", "firmware", "--tk", "tk")

    def test_sizes(self):
        for size in (0, 1, 55, 56, 64, 4095, 4096, 4097, 65537):
            with self.subTest(size=size):
                self.check_firmware(launch.firmware(size))

    def test_ovmf(self):
        self.check_firmware(launch.OVMF.read_bytes())

    def test_keys(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        self.write("firmware", b"firmware")
        self.write("tek", launch.TEK)
        self.write("tik", launch.TIK)
        self.write("short", launch.TIK[:-1])
        self.write("long", bytes(100_000))
        self.check(0, *given, "-f", "firmware", "--tek", "tek", "--tik", "tik")
        self.check(1, *given, "-f", "firmware", "--tek", "tik", "--tik", "tek")
        self.check(2, *given, "-f", "firmware", "--tek", "tek", "--tik", "short")
        self.check(2, *given, "-f", "firmware", "--tk", "long")
        self.check(2, *given, "-f", "firmware", "--tek", "tek")

    def test_launch_digest(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        digest = hashlib.sha256(b"firmware").hexdigest()
        self.check(0, *given, "--launch-digest", digest, "--tk", "tk")
        self.check(1, *given, "--launch-digest", "0" * 64, "--tk", "tk", "--debug")

    def test_words(self):
        self.check(0, "--help")
        self.check(0, "--version")
        self.check(2)
        self.check(2, "--policy", "0x100000000")
        self.check(2, "--no-such-option")
        self.check(2, "--t=x")
        self.check(2, "--measurement", "")

    def test_quiet(self):
        self.write("firmware", b"firmware")
        given = launch.arguments(launch.measurement(b"firmware"))
        other = launch.arguments(launch.measurement(b"another"))
        self.check(0, *given, "--quiet", "--firmware", "firmware", "--tk", "tk")
        self.check(1, *other, "--quiet", "--firmware", "firmware", "--tk", "tk")
        self.check(3, *given, "--quiet", "--firmware", "missing", "--tk", "tk")

    def test_names(self):
        given = launch.arguments(launch.measurement(b"firmware"))
        self.write("it's, a name", b"firmware")
        self.write('"quoted"', b"firmware")
        os.mkdir("directory")
        self.check(0, *given, "--firmware", "it's, a name", "--tk", "tk")
        self.check(0, *given, "--firmware", '"quoted"', "--tk", "tk")
        self.check(3, *given, "--firmware", "missing", "--tk", "tk")
        self.check(3, *given, "--firmware", "directory", "--tk", "tk")
        self.check(3, *given, "--firmware", "missing/", "--tk", "tk")
        self.check(3, *given, "--firmware", '"quoted"', "--tk", "directory")

    def boot(self, measured, policy=launch.POLICY):
        given = launch.arguments(launch.measurement(measured, policy), policy)
        return [*given, "--firmware", "sev", "--tk", "tk"]

    def test_direct_boot(self):
        firmware = launch.sev_firmware(8192)
        for name, content in (("sev", firmware), ("kernel", b"k" * 5000), ("initrd", b"i" * 70)):
            self.write(name, content)
        direct = ["--kernel", "kernel", "--initrd", "initrd", "--cmdline", "quiet root=/dev/sda"]
        measured = launch.kernel_hashes(b"k" * 5000, b"i" * 70, b"quiet root=/dev/sda")
        self.check(0, *self.boot(firmware + measured), *direct)
        measured = launch.kernel_hashes(b"k" * 5000, b"", b"quiet root=/dev/sda")
        self.check(1, *self.boot(firmware + measured), *direct, hint="HINT: it matches without")
        measured = launch.kernel_hashes(b"k" * 5000, b"", b"quiet root=/dev/sda\n")
        self.check(1, *self.boot(firmware + measured), *direct, hint="a newline at its end")
        self.write("cmdline", b"quiet")
        measured = launch.kernel_hashes(b"k" * 5000, b"", b"quiet")
        self.check(0, *self.boot(firmware + measured), "--kernel", "kernel",
                   "--cmdline-file", "cmdline")

    def test_cpus(self):
        firmware = launch.sev_firmware(4096)
        self.write("sev", firmware)
        measured = firmware + launch.cpu_pages(3)
        given = self.boot(measured, launch.ES_POLICY)
        self.check(0, *given, "--cpu-type", "EPYC-Milan", "--num-cpus", "3")
        self.check(1, *given, "--cpu-type", "EPYC-Milan", "--num-cpus", "2",
                   hint="HINT: it matches for --num-cpus 3")
        self.check(1, *given, "--cpu-type", "EPYC-Rome", "--num-cpus", "3",
                   hint="(EPYC-Milan)")
        self.check(1, *given, "--cpu-type", "EPYC-Rome", "--num-cpus", "2",
                   hint="HINT: no likely mistake explains it")
        init2 = firmware + launch.cpu_pages(3, launch.vmsa.INIT2)
        self.check(1, *self.boot(init2, launch.ES_POLICY), "--cpu-type", "EPYC-Milan",
                   "--num-cpus", "3", hint="init2")

    def test_cpu_pages(self):
        firmware = launch.sev_firmware(4096)
        pages = launch.cpu_pages(2)
        self.write("sev", firmware)
        self.write("cpu0", pages[:4096])
        self.write("cpu1", pages[4096:])
        given = self.boot(firmware + pages, launch.ES_POLICY)
        files = ["--vmsa-cpu0", "cpu0", "--vmsa-cpu1", "cpu1"]
        self.check(0, *given, *files, "--num-cpus", "2")
        self.check(1, *given, *files, "--num-cpus", "1",
                   hint="HINT: it matches for --num-cpus 2")
        self.write("cpu1", pages[4097:])
        self.check(2, *given, *files, "--num-cpus", "2")

    def test_cpu_pages_out(self):
        firmware = launch.sev_firmware(4096)
        pages = launch.cpu_pages(2)
        self.write("sev", firmware)
        given = self.boot(firmware + pages, launch.ES_POLICY)
        arguments = [*given, "--cpu-type", "EPYC-Milan", "--num-cpus", "2", "--vmsa-out"]
        self.assertEqual(run([*arguments, "pages"]), (0, OK, ""))
        self.assertEqual(pathlib.Path("pages").read_bytes(), pages)
        self.check(3, *arguments, "missing/pages")
        os.mkdir("directory")
        self.check(3, *arguments, "directory")

    def test_json(self):
        self.write("sev", b"firmware")
        self.check(0, *self.boot(b"firmware"), "--json")
        self.check(1, *self.boot(b"another"), "--json")
        swapped = ["--tek", "tik", "--tik", "tek", "--json"]
        self.write("tek", launch.TEK)
        self.write("tik", launch.TIK)
        self.check(1, *self.boot(b"firmware")[:-2], *swapped, hint="swapped")

    def test_launch_info(self):
        reported = launch.measurement(b"firmware")
        self.write("sev", b"firmware")
        self.write("virsh", launch.virsh(reported))
        self.write("qmp", launch.qmp(reported))
        self.write("neither", b"{")
        for name, code in (("virsh", 0), ("qmp", 0), ("neither", 2)):
            self.check(code, "--launch-info", name, "--firmware", "sev", "--tk", "tk")

    def test_expected(self):
        firmware = launch.sev_firmware(4096)
        self.write("sev", firmware)
        given = ["--firmware", "sev", "--policy", hex(launch.ES_POLICY), "--num-cpus", "1",
                 "--cpu-type", "EPYC-Milan", "--print-digest"]
        self.check(0, *given, "hex")
        self.check(0, *given, "base64", *launch.arguments("", launch.ES_POLICY)[2:],
                   "--tk", "tk", "--print-measurement", "base64", "--nonce", "00" * 16)

    def test_self_test(self):
        self.check(0, "--self-test")
        self.check(2, "--self-test", "--policy", "1")

    def test_secrets(self):
        firmware = launch.sev_firmware(4096)
        secret = launch.firmware(100)
        self.write("sev", firmware)
        self.write("secret", secret)
        before = sorted(os.listdir())
        given = [*self.boot(firmware), "--inject-secret", "luks-key:secret", "--secret-header",
                 "header", "--secret-payload", "payload"]
        if PRESET in machine.PROGRAMS:
            self.assertEqual(run(given), (0, OK + "OK: Injected 1 secrets\n", ""))
            self.assertEqual(launch.open_packet("header", "payload", firmware),
                             {launch.packet.LUKS_KEY: secret})
        else:
            line = "ERROR: --inject-secret: this machine has no random source for the IV\n"
            self.assertEqual(run(given), (3, OK, line))
            self.assertEqual(sorted(os.listdir()), before)
        self.check(1, *self.boot(b"another"), *given[-6:])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
