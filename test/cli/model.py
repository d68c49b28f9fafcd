# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The launch measurement, modelled apart from the C code, and the means to run
the command on it.

SEVLAUNCH_COMMAND is the command's path, SEVLAUNCH_TEST_SEED the seed of all
that is random.
"""
import base64
import dataclasses
import hashlib
import hmac
import os
import random
import re
import struct
import subprocess
import tempfile
import unittest
from pathlib import Path

import parts

COMMAND = os.path.abspath(os.environ.get("SEVLAUNCH_COMMAND", "build/host/virt-qemu-sev-validate"))
# Where runs are counted, the command writes files of its own as it ends.
uncounted = unittest.skipIf("SEVLAUNCH_COUNTS" in os.environ, "files cannot be written")
SEED = int(os.environ.get("SEVLAUNCH_TEST_SEED", "55766"))
OVMF = Path("/usr/share/ovmf/OVMF.fd")

MATCH, MISMATCH, USAGE, FAILED = range(4)
OK_LINE = b"OK: Looks good to me\n"
MISMATCH_LINE = b"ERROR: Measurement does not match, VM is not trustworthy\n"
HINT_LINE = re.compile(rb"HINT: [^\n]+\n")

# Policy bit 2. A guest with it has its CPU state measured as well.
SEV_ES = 0x4


@dataclasses.dataclass(frozen=True)
class Guest:
    """A launch: what the owner chose, and what the processor takes part in."""

    firmware: bytes
    tik: bytes
    tek: bytes
    api_major: int
    api_minor: int
    build_id: int
    policy: int
    mnonce: bytes
    # Direct boot, if there is a kernel.
    kernel: bytes = None
    initrd: bytes = None
    cmdline: bytes = None
    cmdline_end: bytes = b"\0"
    # The initial state of all CPUs, one page behind the other; SEV-ES alone measures it.
    pages: bytes = b""

    @classmethod
    def random(cls, rng, firmware=None):
        major, minor, build = rng.sample(range(1, 256), 3)
        return cls(
            firmware=rng.randbytes(4096) if firmware is None else firmware,
            tik=rng.randbytes(16),
            tek=rng.randbytes(16),
            api_major=major,
            api_minor=minor,
            build_id=build,
            policy=rng.randrange(1 << 32) & ~SEV_ES,
            mnonce=rng.randbytes(16),
        )

    @classmethod
    def booted(cls, rng, cpus=0, cpu=parts.Cpu()):
        """A guest with all there is: direct boot, and SEV-ES if CPUs are counted."""
        guest = cls.random(rng, parts.image(rng, parts.sev_entries()))
        guest = guest.changed(
            kernel=rng.randbytes(rng.randrange(1, 9999)),
            initrd=rng.randbytes(rng.randrange(1, 9999)),
            cmdline=b"console=ttyS0 quiet root=/dev/vda1",
        )
        return guest.launched(cpu, cpus) if cpus else guest

    def launched(self, cpu, count, reset=parts.RESET_ADDRESS):
        """The same under SEV-ES."""
        return self.changed(policy=self.policy | SEV_ES, pages=cpu.pages(count, reset))

    @property
    def launch_digest(self):
        measured = self.firmware
        if self.kernel is not None:
            measured += parts.kernel_table(
                self.kernel, self.initrd, self.cmdline, self.cmdline_end
            )
        if self.policy & SEV_ES:
            measured += self.pages
        return hashlib.sha256(measured).digest()

    @property
    def message(self):
        # AMD 55766, section 6.5: all integers are little-endian.
        numbers = struct.pack(
            "<BBBBI", 0x04, self.api_major, self.api_minor, self.build_id, self.policy
        )
        return numbers + self.launch_digest + self.mnonce

    @property
    def measure(self):
        return hmac.new(self.tik, self.message, hashlib.sha256).digest()

    @property
    def blob(self):
        return self.measure + self.mnonce

    @property
    def measurement(self):
        return encode(self.blob)

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


def encode(blob):
    return base64.b64encode(blob).decode()


def flip(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


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
    done = subprocess.run([command, *arguments], check=False, **keywords)
    return Result(list(arguments), done.returncode, done.stdout or b"", done.stderr or b"")


def is_sanitized():
    return b"__asan_init" in Path(COMMAND).read_bytes()


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

    def assert_mismatch(self, result):
        """A mismatch, and one hint behind it unless none was wanted; returns the hint."""
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        self.assertTrue(result.err.startswith(MISMATCH_LINE), result)
        hint = result.err[len(MISMATCH_LINE) :]
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
        """The same mistake with --quiet before it and, where that can be, behind it."""
        result = self.command(arguments, **keywords)
        self.assert_one_line(result, code, *texts)
        self.assert_silent(self.command(["-q", *arguments], **keywords), code)
        if "--" not in arguments:
            self.assert_silent(self.command([*arguments, "--quiet"], **keywords), code)
        return result


def main():
    print(f"command {COMMAND}, SEVLAUNCH_TEST_SEED={SEED}", flush=True)
    unittest.main(verbosity=2)
