# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do reference values get into the image of a token for SEV-SNP, as README.md lays them out?

usage: test_snp_provision.py IMAGE COMMAND    COMMAND is `sevlaunch` of this machine
"""
import base64
import hashlib
import json
import os
import pathlib
import shutil
import stat
import struct
import subprocess
import sys
import unittest

import mailbox
import snp_case
from snp_case import amd, known_key
from launch import runner

IMAGE, COMMAND = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
ERASED = b"\xff" * mailbox.REFERENCE_SIZE
DIGESTS = [bytes([value]) * 48 for value in range(1, 10)]
MEASUREMENT = ("--measurement", DIGESTS[0].hex())
CHAIN, KEY = 0x70282377, 0x4144d5e3
FORM = "<8I5s3s4Q32s48s48s48s384s192s"


def fields(**changes):
    """What the README says of each offset, by default of one measurement under Milan's root."""
    values = {"magic": mailbox.REFERENCE_MAGIC, "trust": CHAIN, "products": 2, "pins": 0,
              "expected": 0, "allowed": 0, "vmpl": 0, "count": 1, "tcb": b"", "version": b"",
              "policy_required": 0, "policy_refused": 0, "platform_required": 0,
              "platform_refused": 0, "host_data": b"", "id_key_digest": b"", "root": b"",
              "intermediate": b"", "digests": DIGESTS[0], "key": b""}
    packed = struct.pack(FORM, *{**values, **changes}.values())
    return packed + hashlib.sha384(packed).digest()


class Provision(runner.FolderTest):
    def setUp(self):
        super().setUp()
        shutil.copy(IMAGE, "image")

    @staticmethod
    def run_script(*arguments):
        done = runner.run(["-B", snp_case.SCRIPT, *arguments], command=sys.executable, text=True)
        return done.code, done.out + done.err

    def provision(self, *arguments):
        shutil.copy(IMAGE, "image")
        self.assertEqual(self.run_script("image", *arguments), (0, ""))
        before, after = IMAGE.read_bytes(), pathlib.Path("image").read_bytes()
        at = before.index(ERASED)
        end = at + len(ERASED)
        self.assertEqual(after[:at] + ERASED + after[end:], before)
        return after[at:end]

    def test_bytes(self):
        root, middle, data = b"\x11" * 48, b"\x22" * 48, b"\x33" * 32
        for words, changes in (
                (("--product=milan",), {}),
                (("--product=genoa,turin",), {"products": 12}),
                (("--ark-fingerprint", root.hex()), {"products": 0, "pins": 1, "root": root}),
                (("--product=milan", "--intermediate-fingerprint", middle.hex()),
                 {"pins": 2, "intermediate": middle}),
                (("--product=milan", "--min-tcb=fmc=1,bl=2,tee=3,snp=4,ucode=255"),
                 {"expected": 0x780000, "tcb": b"\1\2\3\4\xff"}),
                (("--product=milan", "--min-tcb=snp=4", "--tcb=reported,current"),
                 {"expected": 0x480000, "tcb": b"\0\0\0\4\0"}),
                (("--product=milan", "--min-version=1.55.40"),
                 {"expected": 0x800000, "version": b"\x28\x37\1"}),
                (("--product=milan", "--require=smt-off,ecc,policy-smt-off,policy-rapl-off"),
                 {"expected": 0x30000, "policy_required": 1 << 23, "policy_refused": 1 << 16,
                  "platform_required": 4, "platform_refused": 1}),
                (("--product=milan", "--allow=debug"), {"allowed": 1}),
                (("--product=milan", "--allow=migration,debug", "--vmpl=3"),
                 {"allowed": 3, "vmpl": 3}),
                (("--product=milan", "--host-data", data.hex(), "--id-key-digest", root.hex()),
                 {"expected": 0x30, "host_data": data, "id_key_digest": root})):
            with self.subTest(words=words):
                self.assertEqual(self.provision(*MEASUREMENT, *words), fields(**changes))

    def test_measurements(self):
        words = [word for digest in DIGESTS[:8] for word in ("--measurement", digest.hex())]
        self.assertEqual(self.provision("--product=milan", *words),
                         fields(count=8, digests=b"".join(DIGESTS[:8])))

    def test_key_in_every_form(self):
        for world, kind in ((amd.Amd(), "vcek"), (amd.Amd("Genoa"), "vlek"),
                            (amd.Amd("Turin"), "vcek")):
            key = known_key(world, kind)
            text = base64.b64encode(key).decode()
            for content in (key, key.hex().encode(), f"{text}\n".encode(),
                            (json.dumps({"key": text}) + "\n").encode()):
                pathlib.Path("key").write_bytes(content)
                self.assertEqual(self.provision(*MEASUREMENT, "--key", "key"),
                                 fields(trust=KEY, products=0, key=key))

    def test_key_that_the_command_verified(self):
        world = amd.Amd()
        certs = []
        for i, der in enumerate(certificate.der for certificate in world.chain()):
            pathlib.Path(f"{i}.der").write_bytes(der)
            certs += ["--certs", f"{i}.der"]
        line = json.dumps({"id": "a", "report": base64.b64encode(world.report()).decode()})
        told = subprocess.run(
            [COMMAND, "snp-verify", "--batch", "-", "--known-keys", "--no-measurement", *certs,
             "--ark-fingerprint", world.ark.fingerprint, "--allow-unpinned-intermediate",
             "--time=2026-06-01"], input=line + "\n", text=True, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, check=False, timeout=80)
        pathlib.Path("verdict").write_text(told.stdout, encoding="ascii")
        values = self.provision(*MEASUREMENT, "--key", "verdict")
        self.assertEqual(values[0x278:0x338][96:], world.chip.bytes)

    def test_keys_that_are_none(self):
        key = known_key(amd.Amd())
        for content in (b"", key[:-1], key + b"\0", b"x" * 192, key[:8] + b"\3" + key[9:],
                        key[:9] + b"\4" + key[10:], key[:10] + b"\1" + key[11:],
                        key[:15] + b"\x41" + key[16:], key[:15] + b"\x3f" + key[16:],
                        key[:16] + b"\xff" * 8 + key[24:], b'{"key": null}', b'{"key": 1}', b"{",
                        json.dumps({"key": base64.b64encode(key).decode(), "not-made": ["certificate"]}).encode(),
                        key.hex().encode() + b"\n" + key.hex().encode()):
            pathlib.Path("key").write_bytes(content)
            self.refused_usage("argument --key: ", *MEASUREMENT, "--key", "key")

    def refused_usage(self, reason, *arguments):
        code, said = self.run_script("image", *arguments)
        self.assertEqual(code, 2, arguments)
        self.assertIn(reason, said)
        self.assertEqual(pathlib.Path("image").read_bytes(), IMAGE.read_bytes())

    def test_usage(self):
        no_digest = "--measurement: give 1 to 8 launch digests"
        trust = "give --product, --ark-fingerprint or both; or --key"
        pathlib.Path("key").write_bytes(known_key(amd.Amd()))
        many = [word for digest in DIGESTS for word in ("--measurement", digest.hex())]
        for reason, words in (
                (no_digest, ["--product=milan"]), (no_digest, ["--vmpl=0"]),
                (no_digest, ["--product=milan", *many]), (trust, MEASUREMENT),
                (trust, [*MEASUREMENT, "--product=milan", "--key=key"]),
                ("--intermediate-fingerprint: no certificate is looked at with --key",
                 [*MEASUREMENT, "--key=key", "--intermediate-fingerprint", "11" * 48]),
                ("--tcb: give --min-tcb, too", [*MEASUREMENT, "--product=milan", "--tcb=all"]),
                ("not both", [*MEASUREMENT, "--product=milan", "--tk=key"])):
            self.refused_usage(reason, *words)

    def test_values_that_are_none(self):
        for option, values in (
                ("--measurement", ("00" * 48, "ff" * 48, "11" * 47, "11" * 49, "x" * 96)),
                ("--product", ("", "rome", "milan,", "Milan")),
                ("--ark-fingerprint", ("00" * 48, "1")), ("--host-data", ("00" * 32, "11" * 48)),
                ("--min-tcb", ("", "snp", "snp=", "snp=256", "snp=-1", "snp=1,snp=2", "x=1")),
                ("--tcb", ("none",)), ("--min-version", ("1.55", "1.55.256", "1.55.x", "1.2.3.4")),
                ("--require", ("x", "smt")), ("--allow", ("smt", "version-6")),
                ("--vmpl", ("4", "-1", "x")), ("--key", ("none",))):
            for value in values:
                self.refused_usage(f"argument {option}: ", *MEASUREMENT, f"{option}={value}")

    def test_twice(self):
        """The file is replaced, and only its owner can read it."""
        self.assertEqual(self.run_script("image", *MEASUREMENT, "--product=milan"), (0, ""))
        self.assertEqual(stat.S_IMODE(os.stat("image").st_mode), 0o600)
        again = ("image", *MEASUREMENT, "--product=turin")
        self.assertEqual(self.run_script(*again), (
            1, "provision: the image holds reference values already; --overwrite replaces them\n"))
        self.assertEqual(self.run_script(*again, "--overwrite"), (0, ""))
        self.assertIn(fields(products=8), pathlib.Path("image").read_bytes())

    def test_image_of_the_other_kind(self):
        self.assertEqual(self.run_script("image", "--tk", "tk"),
                         (1, "provision: [Errno 2] No such file or directory: 'tk'\n"))
        pathlib.Path("tk").write_bytes(bytes(range(32)))
        self.assertEqual(self.run_script("image", "--tk", "tk"),
                         (1, "provision: the image has no section .keys of 32 bytes\n"))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
