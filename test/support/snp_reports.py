# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What tests ask of `sevlaunch snp-verify` about reports of real processors.

SEVLAUNCH_BITS is the command that flips every bit of them: see test/unit/test_snp_bits.c.
"""
import base64
import os
import re
import subprocess
import tempfile
from pathlib import Path

from model import flip
from runner import MATCH, MISMATCH, run

SIZE = 1184
REPORT_DATA, MEASUREMENT = slice(0x50, 0x90), slice(0x90, 0xC0)
BITS = os.environ.get("SEVLAUNCH_BITS", "").split()


def ders(text):
    """The certificates of a PEM bundle."""
    blocks = re.findall(rb"-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", text, re.S)
    return [base64.b64decode(block) for block in blocks]


class SnpReports:
    """For a test case. `report` and `certs` are paths, `data` the report's 1184 bytes."""

    def verify(self, report, certs, *words):
        """At a time at which most certificates are valid, unless another one is among the words."""
        named = [word for path in certs for word in ("--certs", path)]
        return run(["snp-verify", "--report", report, *named, "--time=2026-06-01", *words])

    def assert_failed(self, result, *checks):
        """These checks failed, and no other one."""
        errors = [line for line in result.err.splitlines() if not line.startswith(b"HINT: ")]
        told = [line.split(b":")[1].strip().decode() for line in errors]
        self.assertEqual((MISMATCH, list(checks), b""), (result.code, told, result.out), result)

    def assert_genuine(self, report, data, certs, *words):
        """It is, and of a guest with its measurement alone."""
        measured = data[MEASUREMENT]
        result = self.verify(report, certs, "-m", measured.hex(), *words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        result = self.verify(report, certs, "-m", flip(measured, 0).hex(), *words)
        self.assert_failed(result, "measurement")

    def assert_bits_count(self, *files):
        """Report, leaf, intermediate, root and list, as bytes, or None."""
        self.assertTrue(BITS)
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for i, data in enumerate(files):
                paths.append("-" if data is None else Path(folder, str(i)))
                if data is not None:
                    paths[-1].write_bytes(data)
            done = subprocess.run([*BITS, *paths], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                  check=False)
        print(done.stdout.decode())
        self.assertEqual(done.returncode, 0, files)
