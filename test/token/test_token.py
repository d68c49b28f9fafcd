# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a token tell launches apart, refuse what it must, and keep its keys?

usage: test_token.py IMAGE
"""
import hashlib
import itertools
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

import mailbox
from launch import TEK, TIK
from mailbox import launch

IMAGE = pathlib.Path(sys.argv[1]).resolve()
SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "apps/token/provision.py"
RESULTS = mailbox.results()

OK = "OK: Looks good to me\n"
MISMATCH = "ERROR: Measurement does not match, VM is not trustworthy\n"
UNPROVISIONED = "ERROR: this token was not provisioned with keys\n"
NO_REQUEST = "ERROR: the mailbox holds no request\n"
BROKEN = "ERROR: this token computes wrong\n"
OUT_OF_RANGE = "ERROR: the firmware is not where this token allows it\n"

CONTENT = launch.firmware(10001)
BLOB = mailbox.reported(CONTENT)
DIGEST = hashlib.sha256(CONTENT).digest()


def flipped(data, bit):
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.image = self.folder / "image"
        self.provision(TEK + TIK)

    def provision(self, tk):
        """By the script; but it refuses blank keys: these are written into the erased section."""
        shutil.copy(IMAGE, self.image)
        (self.folder / "tk").write_bytes(tk)
        if b"\0" * 16 not in tk and b"\xff" * 16 not in tk:
            subprocess.run([sys.executable, "-B", SCRIPT, self.image, "--tk",
                            self.folder / "tk"], check=True, timeout=80)
        else:
            elf = self.image.read_bytes()
            self.assertEqual(elf.count(b"\xff" * 32), 1)
            self.image.write_bytes(elf.replace(b"\xff" * 32, tk))

    def token(self, request, *arguments, **options):
        return mailbox.Token(self.image, self.folder, request, *arguments, **options)

    def check(self, name, line, request, *arguments, **options):
        with self.token(request, *arguments, **options) as token:
            self.assertEqual(token.line(), line)
            self.assertEqual(token.result(), RESULTS[name], f"{name} is not in the mailbox")


class Verdicts(Case):
    def test_match(self):
        for size in (1, 64, len(CONTENT), 65537):
            with self.subTest(size=size):
                content = launch.firmware(size)
                blob = mailbox.reported(content)
                self.check("SEVL_MATCH", OK, mailbox.request(blob, size=size), content)

    def test_firmware_anywhere_allowed(self):
        """The first and the last byte of the region belong to it."""
        start = mailbox.FIRMWARE_END - len(CONTENT)
        self.check("SEVL_MATCH", OK, mailbox.request(BLOB, firmware=start, size=len(CONTENT)),
                   CONTENT, at=start)

    def test_ready_digest(self):
        """Then the digest counts, and the request's firmware does not."""
        for firmware, size in ((0, 0), (0xffffffff, 0xffffffff)):
            self.check("SEVL_MATCH", OK, mailbox.request(
                BLOB, source=mailbox.LAUNCH_DIGEST, launch_digest=DIGEST, firmware=firmware,
                size=size))
        self.check("SEVL_MISMATCH", MISMATCH, mailbox.request(
            BLOB, source=mailbox.LAUNCH_DIGEST, launch_digest=flipped(DIGEST, 77),
            size=len(CONTENT)), CONTENT)

    def test_firmware_is_not_taken_for_a_digest(self):
        self.check("SEVL_MISMATCH", MISMATCH, mailbox.request(
            BLOB, launch_digest=DIGEST, size=len(CONTENT)), flipped(CONTENT, 0))

    def test_flipped_bits(self):
        """One bit of each byte of the launch and the measurement."""
        request = mailbox.request(BLOB, size=len(CONTENT))
        launch_bytes = (0x30, 0x31, 0x32, 0x34, 0x35, 0x36, 0x37)
        for byte in (*launch_bytes, *range(0x38, 0x68, 3), 0x67):
            with self.subTest(byte=hex(byte)):
                self.check("SEVL_MISMATCH", MISMATCH, flipped(request, 8 * byte + byte % 8),
                           CONTENT)

    def test_flipped_firmware(self):
        request = mailbox.request(BLOB, size=len(CONTENT))
        for bit in (0, 4321, 8 * len(CONTENT) - 1):
            with self.subTest(bit=bit):
                self.check("SEVL_MISMATCH", MISMATCH, request, flipped(CONTENT, bit))

    def test_other_keys(self):
        request = mailbox.request(BLOB, size=len(CONTENT))
        for tk in (TIK + TEK, TEK + flipped(TIK, 127)):
            self.provision(tk)
            self.check("SEVL_MISMATCH", MISMATCH, request, CONTENT)

    def test_wrong_size(self):
        for size in (len(CONTENT) - 1, len(CONTENT) + 1):
            self.check("SEVL_MISMATCH", MISMATCH, mailbox.request(BLOB, size=size), CONTENT)


class Refusals(Case):
    """Launches that would match, with a match already in the mailbox."""

    def setUp(self):
        super().setUp()
        self.given = {"size": len(CONTENT), "result": RESULTS["SEVL_MATCH"]}

    def test_unprovisioned(self):
        for blank, content in itertools.product((b"\0", b"\xff"), repeat=2):
            for tk in (blank * 16 + content * 16, blank * 16 + TIK, TEK + blank * 16):
                with self.subTest(tk=tk):
                    self.provision(tk)
                    blob = mailbox.reported(CONTENT, tk[16:])
                    self.check("TOKEN_UNPROVISIONED", UNPROVISIONED,
                               mailbox.request(blob, **self.given), CONTENT)

    def test_as_built(self):
        shutil.copy(IMAGE, self.image)
        self.check("TOKEN_UNPROVISIONED", UNPROVISIONED,
                   mailbox.request(BLOB, **self.given), CONTENT)

    def test_self_test(self):
        """This image has one wrong answer in its self-test."""
        elf, answer = self.image.read_bytes(), bytes.fromhex("7a7013942934c5d3")
        self.assertEqual(elf.count(answer), 1)
        self.image.write_bytes(elf.replace(answer, flipped(answer, 5)))
        self.check("TOKEN_BROKEN", BROKEN, mailbox.request(BLOB, **self.given), CONTENT)

    def test_magic(self):
        for magic in (0, 0xffffffff, mailbox.MAGIC ^ 1, mailbox.MAGIC ^ 1 << 31):
            for source in (mailbox.FIRMWARE, mailbox.LAUNCH_DIGEST):
                self.check("TOKEN_NO_REQUEST", NO_REQUEST, mailbox.request(
                    BLOB, magic=magic, source=source, launch_digest=DIGEST, **self.given), CONTENT)

    def test_source(self):
        for source in (0, 1, 0xffffffff, mailbox.FIRMWARE ^ 1, mailbox.LAUNCH_DIGEST ^ 1 << 26):
            self.check("TOKEN_NO_REQUEST", NO_REQUEST, mailbox.request(
                BLOB, source=source, launch_digest=DIGEST, **self.given), CONTENT)

    def test_range(self):
        start, end = mailbox.FIRMWARE_START, mailbox.FIRMWARE_END
        for firmware, size in ((0, 1), (mailbox.KEYS, 32), (start - 1, 2), (start, end - start + 1),
                               (start, 0), (start, 0xffffffff), (end - 1, 2), (end, 1), (end, 0),
                               (0xffffffff, 2), (start + 16, 0xfffffff8), (mailbox.RAM, 1)):
            with self.subTest(firmware=hex(firmware), size=hex(size)):
                self.check("TOKEN_OUT_OF_RANGE", OUT_OF_RANGE, mailbox.request(
                    BLOB, firmware=firmware, **{**self.given, "size": size}))


class Memory(Case):
    def search(self, token):
        """Finds eight bytes of a key, or of its pads, in memory outside the keys' page."""
        secrets = [bytes(byte ^ pad for byte in key)
                   for key in (TIK, TEK) for pad in (0, 0x36, 0x5c)]
        found = set()
        for start, size in ((mailbox.ROM, mailbox.ROM_SIZE), (mailbox.RAM, mailbox.RAM_SIZE),
                            (mailbox.PSRAM, mailbox.PSRAM_SIZE)):
            memory = token.memory(start, size)
            for secret in secrets:
                for i in range(9):
                    at = memory.find(secret[i:i + 8])
                    while at >= 0:
                        found.add(start + at)
                        at = memory.find(secret[i:i + 8], at + 1)
        return found

    def test_no_key_is_left(self):
        keys = {mailbox.KEYS + at for at in (*range(9), *range(16, 25))}
        for content in (CONTENT, flipped(CONTENT, 3)):
            with self.token(mailbox.request(BLOB, size=len(CONTENT)), content) as token:
                self.assertRegex(token.line(), "^(OK|ERROR): ")
                self.assertEqual(self.search(token), keys)

    def test_stack_is_wiped(self):
        """What the functions left on the stack is gone, with the launch digest."""
        with self.token(mailbox.request(BLOB, size=len(CONTENT)), CONTENT) as token:
            self.assertEqual(token.line(), OK)
            stack = token.memory(mailbox.RAM + 0x400, 8 << 10)
        self.assertNotIn(DIGEST[:8], stack)
        self.assertGreater(stack.rfind(bytes(7 << 10)), -1)

    def test_dirty_memory(self):
        noise = launch.firmware(mailbox.RAM_SIZE)
        (self.folder / "noise").write_bytes(noise)
        self.check("SEVL_MATCH", OK, mailbox.request(BLOB, size=len(CONTENT)), CONTENT,
                   options=mailbox.machine.loaded(self.folder / "noise", mailbox.RAM))


class Course(Case):
    def test_busy(self):
        """While it computes there is no verdict, whatever was in the mailbox before."""
        size = mailbox.FIRMWARE_END - mailbox.FIRMWARE_START
        blob = mailbox.reported(bytes(size))
        request = mailbox.request(blob, size=size, result=RESULTS["SEVL_MATCH"])
        with self.token(request) as token:
            while token.result() == RESULTS["SEVL_MATCH"]:
                time.sleep(0.02)
            self.assertEqual(token.result(), RESULTS["TOKEN_BUSY"])
            self.assertEqual(token.line(), OK)
            self.assertEqual(token.result(), RESULTS["SEVL_MATCH"])

    def test_fault(self):
        """It withdraws a verdict that was in the mailbox."""
        nowhere = ("-device", "loader,addr=0xf0000000,cpu-num=0")
        request = mailbox.request(BLOB, size=len(CONTENT), result=RESULTS["SEVL_MATCH"])
        with self.token(request, CONTENT, options=nowhere) as token:
            self.assertRegex(token.line(), r"^ERROR: CPU fault 0x0*3 at 0xf0000000\n$")
            time.sleep(0.2)  # the line comes first
            self.assertEqual(token.result(), RESULTS["TOKEN_BROKEN"])


class Values(unittest.TestCase):
    def test_distances(self):
        """Values of results and of requests, and memory that nobody wrote, differ enough."""
        values = [*RESULTS.values(), mailbox.MAGIC, mailbox.FIRMWARE, mailbox.LAUNCH_DIGEST,
                  0, 1, 0xffffffff]
        for one, other in itertools.combinations(values, 2):
            if {one, other} not in ({0, 1}, {0, 0xffffffff}, {1, 0xffffffff}):
                self.assertGreaterEqual(bin(one ^ other).count("1"), 12)

    def test_bits_of_match(self):
        """The common bits of two results are SEVL_MATCH only if both are."""
        match = RESULTS["SEVL_MATCH"]
        for name, value in RESULTS.items():
            if name != "SEVL_MATCH":
                self.assertNotEqual(value & match, match, name)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
