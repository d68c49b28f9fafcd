# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Launches as the secure processor would measure them, by Python's own HMAC and SHA-256."""
import base64
import hashlib
import hmac
import os
import pathlib
import struct
import tempfile
import unittest

API_MAJOR, API_MINOR, BUILD, POLICY = 1, 51, 13, 0x10003
TEK = bytes(range(0x10, 0x20))
TIK = bytes(range(0x80, 0x90))
MNONCE = bytes(range(0xf0, 0x100))

OVMF = pathlib.Path("/usr/share/ovmf/OVMF.fd")


def firmware(size):
    return hashlib.shake_128(b"firmware").digest(size)


def measurement(firmware, tik=TIK):
    digest = hashlib.sha256(firmware).digest()
    message = struct.pack("<BBBBI", 4, API_MAJOR, API_MINOR, BUILD, POLICY) + digest + MNONCE
    return base64.b64encode(hmac.digest(tik, message, "sha256") + MNONCE).decode()


def arguments(reported):
    return ["--measurement", reported, "--api-major", str(API_MAJOR), "--api-minor",
            str(API_MINOR), "--build-id", str(BUILD), "--policy", hex(POLICY)]


class Folder(unittest.TestCase):
    """A folder of its own for each test, with the keys in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(folder.name)
        self.write("tk", TEK + TIK)

    @staticmethod
    def write(name, content):
        pathlib.Path(name).write_bytes(content)
