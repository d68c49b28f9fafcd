# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is the example of the man page with a key in a token true?

Runs it as it stands there, with a token of SoftHSM that is made for it; ends with 77 where
its programs are not installed.

    test_pkcs11.py SOURCE COMMAND GUEST
"""
import base64
import hashlib
import os
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

from test_sevlaunch import MILAN, Owner, man_examples, model, needs_token, run

SKIPPED = 77
EXAMPLE, = filter(needs_token, man_examples())
MODULE, = re.findall(r"^module=(.*)$", EXAMPLE, re.M)


class Token(unittest.TestCase):
    def test_example(self):
        with tempfile.TemporaryDirectory() as folder:
            owner = Owner(folder)
            (owner.folder / "tokens").mkdir()
            settings = owner.folder / "softhsm2.conf"
            settings.write_text(f"directories.tokendir = {folder}/tokens\n")
            os.environ["SOFTHSM2_CONF"] = str(settings)
            done = owner.run(EXAMPLE)
            self.assertEqual(done.returncode, 0, done)
            self.check_files(owner, done.stdout.decode().splitlines()[-1])

    def check_files(self, owner, last_line):
        block, signature = ((owner.folder / name).read_bytes()
                            for name in ("block.bin", "block.sig"))
        page = base64.b64decode((owner.folder / "auth.b64").read_bytes(), validate=True)
        self.assertEqual(block[:48].hex(), owner.digest(4, model.Cpu(MILAN, "qemu", "init2", 1)))
        self.assertEqual((len(block), len(signature), len(page)), (96, 96, 4096))
        numbers = [signature[:48], signature[48:]]
        self.assertEqual(page[0x40:0xD0], b"".join(part[::-1].ljust(72, b"\0") for part in numbers))
        der = run("openssl", "pkey", "-pubin", "-outform", "DER", "-in",
                  str(owner.folder / "id-key.pub")).stdout
        key = [int.from_bytes(half, "big") for half in (der[-96:-48], der[-48:])]
        self.assertEqual([int.from_bytes(page[at:at + 72], "little") for at in (0x244, 0x28C)], key)
        number = int.from_bytes(hashlib.sha384(block).digest(), "big")
        self.assertTrue(model.ecdsa_p384(key, number, *(int.from_bytes(part, "big")
                                                        for part in numbers)))
        digest = hashlib.sha384(page[0x240:0x644]).hexdigest()
        self.assertEqual(last_line.split(), ["ID", "key", "digest:", digest])


def main():
    for program in ("softhsm2-util", "pkcs11-tool", "p11tool", MODULE):
        if shutil.which(program) is None and not Path(program).exists():
            print(f"skipped: {program} is not installed")
            sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
