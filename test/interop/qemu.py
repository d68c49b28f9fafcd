# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does QEMU take the ID block and the ID authentication page of `sevlaunch snp-id-block`?

It reads their base64 and checks their sizes when it makes its object for SEV-SNP; what is in
them only a secure processor reads. Ends with 77 if this QEMU has no such object.
"""
import base64
import json
import subprocess
import sys

from command import SKIPPED
from runner import MATCH, CommandTest, main

QEMU = "qemu-system-x86_64"
ASKED = ("id-block", "id-auth")


def has_snp():
    try:
        known = subprocess.run([QEMU, "-object", "help"], stdout=subprocess.PIPE, text=True,
                               check=True)
    except FileNotFoundError:
        return False
    return "sev-snp-guest" in known.stdout.split()


def qemu(block, page):
    """Makes the object, and asks what it holds."""
    asked = [{"execute": "qom-get", "arguments": {"path": "/objects/snp", "property": name}}
             for name in ASKED]
    lines = [{"execute": "qmp_capabilities"}, *asked, {"execute": "quit"}]
    return subprocess.run(
        [QEMU, "-machine", "none", "-nodefaults", "-display", "none", "-qmp", "stdio", "-object",
         "sev-snp-guest,id=snp,cbitpos=51,reduced-phys-bits=1,author-key-enabled=on,"
         f"id-block={block},id-auth={page}"], input="\n".join(map(json.dumps, lines)), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120, check=False)


class Qemu(CommandTest):
    def setUp(self):
        super().setUp()
        self.block, self.page = self.folder / "block", self.folder / "page"
        self.snp_id_block("--out", self.block)
        id_key, author_key = self.make_key("id"), self.make_key("author")
        self.snp_id_block("--id-key", id_key, "--id-key-out", self.folder / "key")
        self.snp_id_block(
            "--id-key", id_key, "--id-signature", self.sign("id", self.block), "--author-key",
            author_key, "--author-signature", self.sign("author", self.folder / "key"),
            "--id-auth", self.page, "--format=base64")

    def snp_id_block(self, *words):
        result = self.command(["snp-id-block", "-q", "--measurement", "ab" * 48,
                               *map(str, words)])
        self.assert_silent(result, MATCH)

    def make_key(self, name):
        private, public = (self.folder / f"{name}.{end}" for end in ("key", "pub"))
        subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt",
                        "ec_paramgen_curve:P-384", "-out", private], check=True)
        subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], check=True)
        return public

    def sign(self, name, path):
        signature = self.folder / f"{name}.sig"
        subprocess.run(["openssl", "dgst", "-sha384", "-sign", self.folder / f"{name}.key",
                        "-out", signature, path], check=True)
        return signature

    def test_it_takes_them(self):
        block, page = base64.b64encode(self.block.read_bytes()).decode(), self.page.read_text()
        done = qemu(block, page)
        self.assertEqual((done.returncode, done.stderr), (0, ""), done)
        answers = [json.loads(line).get("return") for line in done.stdout.splitlines()]
        self.assertEqual([answer for answer in answers if isinstance(answer, str)], [block, page])

    def test_it_refuses_other_sizes(self):
        """Else it would have read nothing of them."""
        block, page = self.block.read_bytes(), base64.b64decode(self.page.read_text())
        for bad in ((block[:-1], page), (block, page + b"\0")):
            done = qemu(*(base64.b64encode(part).decode() for part in bad))
            self.assertNotEqual(done.returncode, 0, done)
            self.assertIn("parameter length", done.stderr)


if __name__ == "__main__":
    if not has_snp():
        print(f"skipped: {QEMU} is not there, or has no object sev-snp-guest")
        sys.exit(SKIPPED)
    main()
