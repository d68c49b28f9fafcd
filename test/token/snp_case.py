# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What tests of a token for SEV-SNP share: an AMD whose keys they have, the image with reference
values, and the answer to a request."""
import hashlib
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest

import mailbox

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import amd  # noqa: E402

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "apps/token/provision.py"
RESULTS = mailbox.results()
DIGEST = bytes(range(100, 148))
CHALLENGE = bytes(range(64))

OK = "OK: Looks good to me\n"
LINES = {
    "SEVL_MATCH": OK,
    "SEVL_MISMATCH": "ERROR: the report is not one of a guest that this token expects\n",
    "TOKEN_UNPROVISIONED": "ERROR: this token was not provisioned with reference values\n",
    "TOKEN_DAMAGED": "ERROR: the reference values of this token are damaged\n",
    "TOKEN_NO_REQUEST": "ERROR: the mailbox holds no request\n",
    "TOKEN_OUT_OF_RANGE": "ERROR: a certificate does not have 1 to 2048 bytes\n",
    "TOKEN_UNREADABLE": "ERROR: the report or a certificate is not in AMD's form\n",
    "TOKEN_BROKEN": "ERROR: this token computes wrong\n",
}
REPORT, LEAF, INTERMEDIATE, ROOT = 0x10, 0x20, 0x30, 0x40
SIGNATURE, KIND, UNTRUSTED, REVOKED, FORM = 1, 2, 3, 4, 15
CHECKS = ("dates report-version measurement report-data host-data id-key-digest author-key-digest "
          "family-id image-id guest-svn vmpl chip-id csp-id policy-form policy-debug "
          "policy-migration policy platform tcb-order reported-tcb committed-tcb launch-tcb "
          "current-tcb firmware").split()
ALWAYS = {"report-version", "measurement", "vmpl", "policy-form", "policy-debug",
          "policy-migration", "tcb-order"}


def bits(names):
    return sum(1 << CHECKS.index(name) for name in names)


def own_pins(world):
    """Options that take the root and the intermediate of such an AMD: of VCEKs and VLEKs, they have
    the same key."""
    return ["--ark-fingerprint", world.ark.fingerprint,
            "--intermediate-fingerprint", world.ask.fingerprint]


def known_key(world, kind="vcek"):
    """As `snp-verify --known-keys` tells it: see apps/sevlaunch/key_form.h."""
    leaf = world.vcek() if kind == "vcek" else world.vlek()
    tcb = [world.tcb.get(part, 0) for part in ("fmc", "bl", "tee", "snp", "ucode")]
    identity = world.chip_id if kind == "vcek" else world.PROVIDER.encode()
    return struct.pack("<8s8B2Q64s96s", b"SEVLKEY\1", 1 if kind == "vcek" else 2,
                       {"Milan": 1, "Genoa": 2, "Turin": 3}[world.product], *tcb, len(identity),
                       amd.seconds(leaf.not_before), amd.seconds(leaf.not_after), identity,
                       leaf.key.bytes)


class Case(unittest.TestCase):
    image_file = None  # token-snp.elf

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.image = self.folder / "image"
        self.world = amd.Amd()
        self.report = self.world.report()
        self.provision()

    def chain(self, kind="vcek"):
        return [certificate.der for certificate in self.world.chain(kind)]

    def provision(self, *words, trust=None, measurements=(DIGEST,)):
        shutil.copy(self.image_file, self.image)
        given = [word for digest in measurements for word in ("--measurement", digest.hex())]
        trust = own_pins(self.world) if trust is None else trust
        subprocess.run([sys.executable, "-B", SCRIPT, self.image, *given, *trust, *words],
                       check=True, timeout=80)

    def key_words(self, key=None):
        """Options that take a key in place of certificates: the one of the chip."""
        (self.folder / "key").write_bytes(known_key(self.world) if key is None else key)
        return ["--key", self.folder / "key"]

    def patch(self, at, content, is_hashed=True):
        """Changes the reference values, which come after the code, and their hash."""
        elf = bytearray(self.image.read_bytes())
        start = elf.rindex(struct.pack("<I", mailbox.REFERENCE_MAGIC))
        elf[start + at:start + at + len(content)] = content
        hashed = elf[start:start + mailbox.REFERENCE_SIZE - 48]
        if is_hashed:
            elf[start + len(hashed):start + mailbox.REFERENCE_SIZE] = hashlib.sha384(hashed).digest()
        self.image.write_bytes(elf)

    def token(self, request, **options):
        return mailbox.Token(self.image, self.folder, request, **options)

    def answer(self, request, **options):
        """Returns the name of the result, and the findings."""
        with self.token(request, **options) as token:
            line, result, findings = token.line(), token.result(), token.findings()
        name, = (name for name, value in RESULTS.items() if value == result)
        self.assertEqual(line, LINES[name])
        for finding in findings:
            self.assertLess(finding, 1 << 24)
        return name, findings

    def check(self, expected, request, fault=0, failed=(), **options):
        name, findings = self.answer(request, **options)
        self.assertEqual((name, hex(findings[0]), findings[1]),
                         (expected, hex(fault), bits(failed)))
        return findings[2]

    def match(self, report, chain, made=(), challenge=None, **options):
        """All checks are made that are, and no more."""
        not_made = self.check("SEVL_MATCH", mailbox.snp_request(report, chain, challenge), **options)
        self.assertEqual(not_made, bits(set(CHECKS) - ALWAYS - set(made)))

    def failed(self, names, report=None, challenge=None):
        """The report is genuine, and these checks fail."""
        self.check("SEVL_MISMATCH", mailbox.snp_request(
            self.report if report is None else report, self.chain(), challenge), failed=names)
