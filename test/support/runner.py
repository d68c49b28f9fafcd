# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the command on launches of the model, and says what may come of it.

SEVLAUNCH_COMMAND is the command's path, SEVLAUNCH_TEST_SEED the seed of all
that is random; SEVLAUNCH_EMULATOR runs the command, if it is another machine's.
"""
import base64
import dataclasses
import os
import random
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

from model import Guest

COMMAND = os.path.abspath(os.environ.get("SEVLAUNCH_COMMAND", "build/host/virt-qemu-sev-validate"))
EMULATOR = os.environ.get("SEVLAUNCH_EMULATOR", "").split()
# Where runs are counted, the command writes files of its own as it ends.
uncounted = unittest.skipIf("SEVLAUNCH_COUNTS" in os.environ, "files cannot be written")
SEED = int(os.environ.get("SEVLAUNCH_TEST_SEED", "55766"))
OVMF = Path("/usr/share/ovmf/OVMF.fd")

MATCH, MISMATCH, USAGE, FAILED = range(4)
OK_LINE = b"OK: Looks good to me\n"
MISMATCH_LINE = b"ERROR: Measurement does not match, VM is not trustworthy\n"
HINT_LINE = re.compile(rb"HINT: [^\n]+\n")


def spellings(key):
    """Every way in which a key, or six bytes of it in a row, could leak."""
    found = {base64.b64encode(b"\0" * shift + key)[4:-4] for shift in range(3)}
    found |= {base64.b64encode(key), base64.b64encode(key).rstrip(b"=")}
    for start in range(len(key) - 5):
        part = key[start : start + 6]
        found |= {part, part.hex().encode(), part.hex().upper().encode()}
    return found


@dataclasses.dataclass(frozen=True)
class Result:
    arguments: list
    code: int
    out: bytes
    err: bytes

    def __str__(self):
        words = " ".join(ascii(argument) for argument in self.arguments)
        streams = f"  out: {self.out!r}\n  err: {self.err!r}"
        return f"\n  arguments: {words}\n  exit code: {self.code}\n{streams}"


def run(arguments, command=COMMAND, **keywords):
    """Runs the command to its end. Whatever is not given for a stream is empty."""
    if "input" not in keywords:
        keywords.setdefault("stdin", subprocess.DEVNULL)
    keywords.setdefault("stdout", subprocess.PIPE)
    keywords.setdefault("stderr", subprocess.PIPE)
    keywords.setdefault("timeout", 240)
    done = subprocess.run([*EMULATOR, command, *arguments], check=False, **keywords)
    out, err = (b"" if text is None else text for text in (done.stdout, done.stderr))
    return Result(list(arguments), done.returncode, out, err)


def is_sanitized():
    return b"__asan_init" in Path(COMMAND).read_bytes()


class FolderTest(unittest.TestCase):
    """Each test runs in a folder of its own."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sevlaunch-")
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)


class CommandTest(unittest.TestCase):
    """Each test has a guest of its own, its files, and a folder that they are in."""

    longMessage = True

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="sevlaunch-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.folder.chmod(0o755)
        self.rng = random.Random(f"{SEED} {self.id()}")
        self.use(Guest.random(self.rng))

    def use(self, guest):
        self.guest = guest
        self.firmware = self.write("firmware.fd", guest.firmware)
        self.kernel, self.initrd = (
            None if content is None else self.write(name, content)
            for name, content in (("kernel", guest.kernel), ("initrd", guest.initrd))
        )
        self.tik = self.write("tik.bin", guest.tik)
        self.tek = self.write("tek.bin", guest.tek)
        self.tk = self.write("tk.bin", guest.tek + guest.tik)

    def write(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return str(path)

    def values(self, **changes):
        """The options that describe the guest and their values; None takes one away."""
        values = {
            "measurement": self.guest.measurement,
            "api_major": self.guest.api_major,
            "api_minor": self.guest.api_minor,
            "build_id": self.guest.build_id,
            "policy": self.guest.policy,
            "firmware": self.firmware,
            "kernel": self.kernel,
            "initrd": self.initrd,
            "cmdline": None if self.guest.cmdline is None else os.fsdecode(self.guest.cmdline),
            "tik": self.tik,
            "tek": self.tek,
        }
        if "tk" in changes:
            values |= {"tik": None, "tek": None}
        values |= changes
        return {
            "--" + name.replace("_", "-"): str(value)
            for name, value in values.items()
            if value is not None
        }

    def arguments(self, **changes):
        return [f"{name}={value}" for name, value in self.values(**changes).items()]

    def command(self, arguments, **keywords):
        return self.check_always(run(arguments, **keywords))

    def check_always(self, result):
        self.assertIn(result.code, (MATCH, MISMATCH, USAGE, FAILED), result)
        for key in (self.guest.tik, self.guest.tek):
            for spelling in spellings(key):
                self.assertNotIn(spelling, result.out + result.err, result)
        return result

    def assert_ok(self, result):
        self.assertEqual((MATCH, OK_LINE, b""), (result.code, result.out, result.err), result)

    def assert_warned(self, result, *texts):
        """It matches, and one line warns of something."""
        self.assertEqual((MATCH, OK_LINE), (result.code, result.out), result)
        self.assertRegex(result.err, rb"\AWARNING: [^\n]+\n\Z", result)
        for text in texts:
            self.assertIn(os.fsencode(text), result.err, result)

    def assert_match(self, result):
        """It matches, whatever is warned of."""
        self.assertEqual((MATCH, OK_LINE), (result.code, result.out), result)
        self.assertRegex(result.err, rb"\A(WARNING: [^\n]+\n)*\Z", result)

    def assert_mismatch(self, result):
        """A mismatch, and one hint after it unless none was wanted; returns the hint.
        Warnings may stand before it."""
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        said = re.sub(rb"\A(WARNING: [^\n]+\n)*", b"", result.err)
        self.assertTrue(said.startswith(MISMATCH_LINE), result)
        hint = said[len(MISMATCH_LINE) :]
        if "--no-hints" in result.arguments:
            self.assertEqual(b"", hint, result)
        else:
            self.assertRegex(hint, rb"\A" + HINT_LINE.pattern + rb"\Z", result)
        return hint.decode()

    def assert_silent(self, result, code):
        self.assertEqual((code, b"", b""), (result.code, result.out, result.err), result)

    def assert_one_line(self, result, code, *texts):
        """An error: nothing on stdout, one printable line that holds the texts."""
        self.assertEqual(code, result.code, result)
        self.assertEqual(b"", result.out, result)
        self.assertTrue(result.err.startswith(b"ERROR: "), result)
        self.assertEqual(1, result.err.count(b"\n"), result)
        self.assertTrue(result.err.endswith(b"\n"), result)
        for byte in result.err[:-1]:
            self.assertTrue(byte >= 0x20 and byte != 0x7F, result)
        for text in texts:
            self.assertIn(os.fsencode(text), result.err, result)

    def assert_refused(self, arguments, code, *texts, **keywords):
        """The same mistake with --quiet before it and, where that can be, after it."""
        result = self.command(arguments, **keywords)
        self.assert_one_line(result, code, *texts)
        self.assert_silent(self.command(["-q", *arguments], **keywords), code)
        if "--" not in arguments:
            self.assert_silent(self.command([*arguments, "--quiet"], **keywords), code)
        return result


def main():
    print(f"command {COMMAND}, SEVLAUNCH_TEST_SEED={SEED}", flush=True)
    unittest.main(verbosity=2)
