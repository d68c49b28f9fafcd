# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-id-block` write what an owner signs, take the signatures that openssl
makes of it, and no others?"""
import base64
import hashlib
import json
import os
import struct
import subprocess
from pathlib import Path

from runner import FAILED, MATCH, MISMATCH, USAGE, CommandTest, main, run

# The order of P-384 (NIST SP 800-186, section 3.2.1.4).
ORDER = int("ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
            "581a0db248b0a77aecec196accc52973", 16)
HEADER = bytes.fromhex("3076301006072a8648ce3d020106052b8104002203620004")


def openssl(*words, **keywords):
    return subprocess.run(["openssl", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=True, **keywords).stdout


def field(number):
    """48 bytes as the secure processor has them: 72, the least significant one first."""
    return number[::-1].ljust(72, b"\0")


def key_field(point):
    """AMD 56860, table "ECDSA_P384_SHA384 public key"."""
    return (struct.pack("<I", 2) + field(point[:48]) + field(point[48:])).ljust(1028, b"\0")


def block_of(digest, policy=0x30000, family=bytes(16), image=bytes(16), svn=0):
    return digest + family + image + struct.pack("<IIQ", 1, svn, policy)


def page_of(signature, point, author=None):
    page = bytearray(4096)

    def put(algorithm, at, key_at, signed, key):
        struct.pack_into("<I", page, algorithm, 1)
        page[at:at + 144] = field(signed[:48]) + field(signed[48:])
        page[key_at:key_at + 1028] = key_field(key)

    put(0, 0x40, 0x240, signature, point)
    if author is not None:
        put(4, 0x680, 0x880, *author)
    return bytes(page)


def raw_of_der(signature):
    """r and s of 48 bytes each."""
    shown = openssl("asn1parse", "-inform", "DER", input=signature).decode()
    numbers = [line.split(":")[-1] for line in shown.splitlines() if "INTEGER" in line]
    return b"".join(int(number, 16).to_bytes(48, "big") for number in numbers)


class IdBlockTest(CommandTest):
    """Each test has two keys of its own: their public halves as files, and as points."""

    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        self.measured = self.rng.randbytes(48)
        self.id, self.author = map(self.make_key, ("id", "author"))

    def make_key(self, name):
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-out",
                f"{name}.key")
        openssl("pkey", "-in", f"{name}.key", "-pubout", "-out", f"{name}.pem")
        openssl("pkey", "-in", f"{name}.key", "-pubout", "-outform", "DER", "-out", f"{name}.der")
        der = Path(f"{name}.der").read_bytes()
        self.assertTrue(der.startswith(HEADER))
        return der[len(HEADER):]

    def sign(self, name, data, path):
        Path("signed").write_bytes(data)
        openssl("dgst", "-sha384", "-sign", f"{name}.key", "-out", path, "signed")
        return Path(path).read_bytes()

    def block(self, *words, measurement=None):
        measurement = self.measured.hex() if measurement is None else measurement
        return self.command(["snp-id-block", "-m", measurement, *words])

    def assert_done(self, result, *keys):
        """It says the digest of each key."""
        lines = [f"{label} key digest: {hashlib.sha384(key_field(point)).hexdigest()}"
                 for label, point in keys]
        said = [" ".join(line.split()) for line in result.out.decode().splitlines()]
        self.assertEqual((MATCH, lines, b""), (result.code, said, result.err), result)

    def assert_refused_words(self, words, code, *texts):
        before = set(os.listdir())
        self.assert_one_line(self.block(*words), code, *texts)
        self.assert_silent(self.block(*words, "-q"), code)
        self.assertEqual(set(os.listdir()), before)


class Blocks(IdBlockTest):
    def test_block(self):
        family, image = self.rng.randbytes(16), self.rng.randbytes(16)
        for words, changes in (
            ([], {}),
            (["--policy=0x300000000b0000"], {"policy": 0x300000000b0000}),
            (["--guest-svn=4294967295"], {"svn": 0xFFFFFFFF}),
            (["--family-id", family.hex(), "--image-id", base64.b64encode(image).decode()],
             {"family": family, "image": image}),
        ):
            self.assert_done(self.block("--out", "block", *words))
            self.assertEqual(Path("block").read_bytes(), block_of(self.measured, **changes))
        self.assert_done(self.block("--out", "block",
                                    measurement=base64.b64encode(self.measured).decode()))
        self.assertEqual(Path("block").read_bytes(), block_of(self.measured))

    def test_key(self):
        """In PEM, also after other blocks, or in DER."""
        text = Path("id.pem").read_text()
        Path("more.pem").write_text(Path("id.key").read_text().replace("PRIVATE", "OTHER")
                                    + "Name: id\n" + text.replace("\n", "\r\n"))
        for path in ("id.pem", "id.der", "more.pem"):
            result = self.block("--id-key", path, "--id-key-out", "key", "--out", "block")
            self.assert_done(result, ("ID", self.id))
            self.assertEqual(Path("key").read_bytes(), key_field(self.id))

    def test_page(self):
        """Signatures in DER, or as r and s."""
        for _ in range(8):
            signature = self.sign("id", block_of(self.measured), "block.sig")
            raw = self.write("raw", raw_of_der(signature))
            for path in ("block.sig", raw):
                result = self.block("--id-key=id.pem", f"--id-signature={path}", "--id-auth=page")
                self.assert_done(result, ("ID", self.id))
                self.assertEqual(Path("page").read_bytes(),
                                 page_of(raw_of_der(signature), self.id))

    def test_page_with_an_author(self):
        signature = self.sign("id", block_of(self.measured), "block.sig")
        author = self.sign("author", key_field(self.id), "key.sig")
        words = ["--id-key=id.pem", "--id-signature=block.sig", "--author-key=author.der",
                 "--author-signature=key.sig", "--id-auth=page"]
        page = page_of(raw_of_der(signature), self.id, (raw_of_der(author), self.author))
        self.assert_done(self.block(*words), ("ID", self.id), ("Author", self.author))
        self.assertEqual(Path("page").read_bytes(), page)
        self.assert_silent(self.block(*words, "--format=base64", "-q"), MATCH)
        self.assertEqual(Path("page").read_bytes(), base64.b64encode(page))
        self.assert_silent(self.block(*words, "--format=raw", "-q"), MATCH)
        self.assertEqual(Path("page").read_bytes(), page)


class Shown(IdBlockTest):
    def setUp(self):
        super().setUp()
        self.sign("id", block_of(self.measured, svn=7), "block.sig")
        self.sign("author", key_field(self.id), "key.sig")
        self.steps = [["--out=block"], ["--id-key=id.pem"], ["--id-signature=block.sig"],
                      ["--author-key=author.der", "--author-signature=key.sig"]]
        self.digests = [hashlib.sha384(key_field(key)).hexdigest()
                        for key in (self.id, self.author)]

    def test_json(self):
        """After every step; with --quiet, too."""
        for count in range(1, len(self.steps) + 1):
            words = ["--guest-svn=7", "--json", *sum(self.steps[:count], [])]
            result = self.block(*words)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            self.assertEqual(json.loads(result.out), {
                "type": "sevlaunch-id-block", "schema": 1,
                "tool": dict(zip(("name", "version"), run(["--version"]).out.decode().split())),
                "measurement": self.measured.hex(), "policy": 0x30000, "family-id": "00" * 16,
                "image-id": "00" * 16, "guest-svn": 7,
                "id-key-digest": self.digests[0] if count > 1 else None,
                "id-signature": "verified" if count > 2 else None,
                "author-key-digest": self.digests[1] if count > 3 else None,
                "author-signature": "verified" if count > 3 else None})
            self.assertEqual(self.block(*words, "--quiet").out, result.out)

    def test_json_of_a_block(self):
        family, image = self.rng.randbytes(16), self.rng.randbytes(16)
        policy = self.rng.getrandbits(64) | 1 << 17
        shown = json.loads(self.block("--out=block", "--json", f"--policy={policy}", "--family-id",
                                      family.hex(), "--image-id", image.hex()).out)
        self.assertEqual([shown[name] for name in ("policy", "family-id", "image-id")],
                         [policy, family.hex(), image.hex()])

    def test_no_json_of_what_is_refused(self):
        """Nothing is on standard output then."""
        self.assert_refused_words(["--json", *sum(self.steps, [])], MISMATCH, "--id-signature")

    def test_debug(self):
        result = self.block("--guest-svn=7", "--debug", "--quiet", *sum(self.steps, []))
        labels = ("ID block(hex)", "ID key(sha384)", "Author key(sha384)")
        lines = zip(labels, [block_of(self.measured, svn=7).hex(), *self.digests])
        self.assertEqual((MATCH, b"", "".join(f"[DEBUG]: {label}: {text}\n"
                                              for label, text in lines)),
                         (result.code, result.out, result.err.decode()), result)


class Refused(IdBlockTest):
    def setUp(self):
        super().setUp()
        self.signature = self.sign("id", block_of(self.measured), "block.sig")
        self.words = ["--id-key=id.pem", "--id-signature=block.sig", "--id-auth=page"]

    def test_another_block(self):
        for more in (["--policy=0x30001"], ["--guest-svn=1"], ["--family-id=" + "01" * 16],
                     ["--image-id=" + "01" * 16], ["-m", "ab" * 48], ["--id-key=author.pem"]):
            self.assert_refused_words([*self.words, *more], MISMATCH, "--id-signature",
                                      "is not the signature of this block")

    def test_another_author(self):
        self.sign("author", key_field(self.author), "key.sig")
        self.assert_refused_words([*self.words, "--author-key=author.pem",
                                   "--author-signature=key.sig"], MISMATCH, "--author-signature",
                                  "is not the signature of --id-key")

    def test_numbers_of_a_signature(self):
        """None that is out of range passes, and no other one."""
        raw = raw_of_der(self.signature)
        r, s = (int.from_bytes(half, "big") for half in (raw[:48], raw[48:]))
        for r_other, s_other in ((0, s), (r, 0), (0, 0), (ORDER, s), (r, ORDER), (s, r),
                                 (r, s ^ 1), (r ^ 1 << 383, s), ((1 << 384) - 1, s),
                                 (r + ORDER if r + ORDER < 1 << 384 else 1, s)):
            self.write("bad", r_other.to_bytes(48, "big") + s_other.to_bytes(48, "big"))
            self.assert_refused_words([*self.words, "--id-signature=bad"], MISMATCH, "'bad'")
        self.write("mirrored", r.to_bytes(48, "big") + (ORDER - s).to_bytes(48, "big"))
        self.assert_done(self.block(*self.words, "--id-signature=mirrored"), ("ID", self.id))

    def test_flipped_bits(self):
        raw = raw_of_der(self.signature)
        for at in self.rng.sample(range(8 * len(raw)), 60):
            flipped = bytearray(raw)
            flipped[at // 8] ^= 1 << at % 8
            self.write("bad", bytes(flipped))
            self.assert_refused_words([*self.words, "--id-signature=bad"], MISMATCH)

    def test_forms_of_a_signature(self):
        der = self.signature
        for content in (b"", der[:-1], der + b"\0", b"\x30\x81" + der[1:], bytes(95), bytes(97),
                        der.hex().encode(), b"\x31" + der[1:], bytes(4096)):
            self.write("bad", content)
            self.assert_refused_words([*self.words, "--id-signature=bad"], USAGE,
                                      "--id-signature", "'bad' is none")

    def test_numbers_in_der(self):
        """In the shortest form, not negative, of at most 48 bytes: else it is no signature."""
        def number(content, tag=2):
            return bytes([tag, len(content)]) + content

        def pair(*numbers):
            content = b"".join(numbers)
            return b"\x30" + (bytes([len(content)]) if len(content) < 128 else
                              bytes([0x81, len(content)])) + content

        one = number(b"\1")
        for bad in (number(b""), number(b"\x80"), number(b"\0\1"), number(b"\1" * 49),
                    number(b"\1", 3), number(b"\0" + b"\xff" * 49)):
            for content in (pair(bad, one), pair(one, bad)):
                self.write("bad", content)
                self.assert_refused_words([*self.words, "--id-signature=bad"], USAGE, "is none")
        for content in (pair(one), pair(one, one, one), b"\x30\x82\0\6" + one + one,
                        b"\x30\x83\0\0\6" + one + one, b"\x30\x82\1\0" + one, b"\x30\x81",
                        b"\x30\x82\1", b"\x30"):
            self.write("bad", content)
            self.assert_refused_words([*self.words, "--id-signature=bad"], USAGE, "is none")
        for good in (one, number(b"\0"), number(b"\0\x80"), number(b"\0" + b"\xff" * 48)):
            self.write("other", pair(good, one))
            self.assert_refused_words([*self.words, "--id-signature=other"], MISMATCH, "'other'")

    def test_points_that_are_none(self):
        """They are not on the curve, or their coordinates are no numbers of the field."""
        for point in (bytes(96), b"\xff" * 96, self.id[:95] + bytes([self.id[95] ^ 1]),
                      self.id[48:] + self.id[:48]):
            self.write("bad", HEADER + point)
            self.assert_refused_words([*self.words, "--id-key=bad"], USAGE, "--id-key",
                                      "no point of P-384")

    def test_files_that_are_no_keys(self):
        pem = Path("id.pem").read_text()
        der = HEADER + self.id
        openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", "k")
        for content in (b"", der[:-1], der + b"\0", b"\x30\x81" + der[1:],
                        openssl("pkey", "-in", "k", "-pubout"), Path("id.key").read_bytes(),
                        pem[:-20].encode(), pem.replace("PUBLIC", "PRIVATE", 1).encode(),
                        pem.replace("A", "-", 1).encode(), pem.replace("M", "M=", 1).encode(),
                        b"-----BEGIN " + b"P" * 99, b"-----BEGIN " + b"P" * 99 + b"-----",
                        pem.replace("-----END", "A===\n-----END").encode(),
                        pem.replace("-----END", "AA==AAAA\n-----END").encode(),
                        pem.replace("END PUBLIC", "END PUBLIK").encode(),
                        pem.rstrip()[:-1].encode() + b"_", bytes(4096)):
            self.write("bad", content)
            self.assert_refused_words([*self.words, "--id-key=bad"], USAGE, "--id-key",
                                      "expected a public key on P-384")
        self.write("bad", bytes(4097))
        self.assert_refused_words([*self.words, "--id-key=bad"], USAGE, "at most 4096 bytes")
        self.assert_refused_words([*self.words, "--id-key=none"], FAILED, "none")

    def test_options(self):
        for words, texts in (
            ([], ["--out is required"]),
            (["--out=o", "--policy=0x10000"], ["--policy", "bit 17"]),
            (["--out=o", "--policy=x"], ["--policy"]),
            (["--out=o", "--guest-svn=4294967296"], ["--guest-svn"]),
            (["--out=o", "--family-id=00"], ["--family-id", "32 hexadecimal digits"]),
            (["--out=o", "--image-id=x"], ["--image-id"]),
            (["--out=o", "-m", "ab"], ["--measurement", "96 hexadecimal digits"]),
            (["--out=o", "--id-key-out=k"], ["--id-key-out", "--id-key"]),
            (["--id-signature=block.sig"], ["--out is required"]),
            (["--id-key=id.pem", "--id-auth=page"], ["--id-auth", "--id-signature"]),
            ([*self.words, "--out=o"], ["--id-auth", "--out"]),
            ([*self.words, "--format=hex"], ["--format", "raw or base64"]),
            ([*self.words, "--author-key=author.pem"], ["--author-key", "--author-signature"]),
            (["--out=o", "--nonsense"], ["--nonsense"]),
            (["--id-key=-", "--id-signature=-"], ["--id-key", "--id-signature", "standard input"]),
        ):
            with self.subTest(words=words):
                self.assert_refused_words(words, USAGE, *texts)
        self.assert_one_line(self.command(["snp-id-block", "--out=o"]), USAGE, "--measurement")

    def test_lost(self):
        self.assert_refused_words([*self.words, "--id-signature=none"], FAILED, "none")
        for form in "raw", "base64":
            self.assert_refused_words([*self.words, "--id-auth=/dev/full", f"--format={form}"],
                                      FAILED, "/dev/full")
        for more in ([], ["--json"]):
            with open("/dev/full", "wb") as full:
                result = self.command(["snp-id-block", "-m", self.measured.hex(),
                                       "--id-key=id.pem", *more], stdout=full)
            self.assert_one_line(result, FAILED)


if __name__ == "__main__":
    main()
