# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch show` tell the kinds of files apart, and say of each what is in it?"""
import json
import unittest

import model
from runner import FAILED, MATCH, OVMF, USAGE, main
from test_firmware_info import info_of
from test_snp_digest import HASH_PAGE, SECTIONS, TYPES, DigestTest
from test_snp_id_block import block_of, key_field, page_of

NAMES = {1: "SEC_MEM", 2: "SECRETS", 3: "CPUID", 4: "SVSM_CAA", 16: "KERNEL_HASHES"}
FEATURES = {0: "SNPActive", 5: "DebugSwap", 9: "SecureTSC", 21: "IbpbOnEntry"}
UNKNOWN = "not known here"


class ShowTest(DigestTest):
    def document(self, *words, **keywords):
        """As JSON; the lines for people have the same members."""
        result = self.command(["show", "--json", *words], **keywords)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        document = json.loads(result.out)
        self.assertEqual(("sevlaunch-file", 1), (document.pop("type"), document.pop("schema")))
        return document

    def lines(self, path, **keywords):
        result = self.command(["show", path], **keywords)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return result.out.decode().splitlines()

    def shown(self, content):
        """A file's members, without what every kind has; and its lines."""
        path = self.write("file", content)
        document, lines = self.document(path), self.lines(path)
        self.assertEqual((document.pop("size"), document.pop("sha256")),
                         (len(content), model.sha256(content).hex()))
        self.assertEqual(lines[:3], [f"kind: {document['kind']}", f"size: {len(content)}",
                                     f"sha256: {model.sha256(content).hex()}"])
        self.assertEqual([line for line in lines if line.startswith("note: ")],
                         ["note: " + note for note in document["notes"]])
        return document, lines

    def assert_bad(self, words, *texts, code=USAGE, **keywords):
        self.assert_one_line(self.command(["show", *words], **keywords), code, *texts)
        self.assert_silent(self.command(["show", "--quiet", *words], **keywords), code)


class Firmware(ShowTest):
    def test_image(self):
        secret = model.area(model.SECRET_AREA, 0x810000, 0xC00)
        other = model.entry(model.guid(model.LUKS_KEY), b"xyz")
        image = self.make_image([*SECTIONS, (0x900000, 0x1000, 4)], entries=[
            model.reset_block(), model.area(model.HASH_AREA, *self.area), secret, other])
        shown, lines = self.shown(image)
        notes = shown.pop("notes")
        self.assertEqual(shown, {
            "kind": "firmware",
            "entries": [
                {"guid": model.GUIDS["SNP_METADATA"], "size": 4, "name": "SEV metadata"},
                {"guid": model.LUKS_KEY, "size": 3, "name": UNKNOWN},
                {"guid": model.GUIDS["SECRET_AREA"], "size": 8, "name": "SEV launch secret area"},
                {"guid": model.GUIDS["HASH_TABLE_AREA"], "size": 8,
                 "name": "SEV kernel hashes area"},
                {"guid": model.GUIDS["RESET"], "size": 4, "name": "SEV-ES reset block"}],
            "sev-snp": True, "sev-es": True, "sev": True, "kernel-hashes-sev": True,
            "kernel-hashes-sev-snp": True, "reset-address": model.RESET_ADDRESS,
            "hash-table": {"base": self.area[0], "size": self.area[1]},
            "secret": {"base": 0x810000, "size": 0xC00},
            "sections": [{"base": base, "size": size, "type": kind, "name": NAMES[kind]}
                         for base, size, kind in [*SECTIONS, (0x900000, 0x1000, 4)]]})
        self.assertEqual(len(notes), 1)
        for line in ("sev-snp: yes", "reset-address: 0x80b004", "secret: 0x810000, 3072 bytes",
                     "section: 0x80e000, 4096 bytes, type 3, CPUID",
                     f"entry: {model.LUKS_KEY}, 3 bytes, {UNKNOWN}"):
            self.assertIn(line, lines)

    def test_what_it_is_built_for(self):
        """By what its tables tell."""
        reset, area = model.reset_block(), model.area(model.HASH_AREA, *self.area)
        secret = model.area(model.SECRET_AREA, 0x810000, 0xC00)
        far = model.entry(model.SNP_METADATA, (9000).to_bytes(4, "little"))
        wrong = model.entry(model.SNP_METADATA, (60).to_bytes(4, "little"))
        small = model.area(model.HASH_AREA, self.area[0], 175)
        for entries, flags, texts in (
            ([], "", []), ([reset], "es sev", []), ([area], "sev hashes", []), ([secret], "sev", []),
            ([small], "sev", []), ([reset, far], "es sev", ["too far from its end"]),
            ([reset, wrong], "es sev", ["malformed"]),
        ):
            shown, lines = self.shown(model.image(self.rng, entries, 16384))
            got = [word for word, name in (("snp", "sev-snp"), ("es", "sev-es"), ("sev", "sev"),
                                           ("hashes", "kernel-hashes-sev")) if shown[name]]
            self.assertEqual((got, shown["sections"]), (flags.split(), []), shown)
            self.assertFalse(shown["kernel-hashes-sev-snp"])
            for text in texts:
                self.assertIn(text, " ".join(shown["notes"]))
            if not entries:
                self.assertIn("reset-address: none", lines)
                self.assertIn("hash-table: none", lines)
        tiny = model.footer([]) + bytes(32)
        self.assertEqual(self.shown(tiny)[0]["entries"], [])

    def test_what_snp_digest_refuses(self):
        for sections, extra, text in ((SECTIONS[:4], b"", None),
                                      ([*SECTIONS, (0x900000, 0x1000, 5)], b"", "refuses it"),
                                      (SECTIONS, b"x", "whole pages")):
            shown, lines = self.shown(extra + self.make_image(sections))
            self.assertEqual((shown["sev-snp"], shown["kernel-hashes-sev-snp"]), (True, False))
            self.assertEqual(any(text in note for note in shown["notes"]) if text else False,
                             text is not None)
        self.assertIn("section: 0x800000, 36864 bytes, type 1, SEC_MEM", lines)
        shown, lines = self.shown(self.make_image([(0x900000, 0x1000, 5)]))
        self.assertEqual(shown["sections"][0]["name"], UNKNOWN)

    def test_malformed_table(self):
        image = model.image(self.rng, [model.reset_block()] * 2)
        self.assert_bad([self.write("x", image)], "table at its end is malformed")

    def test_info(self):
        info = info_of(self.image)
        path = self.write("info", b" \n" + json.dumps(info).encode())
        shown, lines = self.document(path), self.lines(path)
        image = self.document(self.path)
        for name in ("entries", "kind", "notes"):
            del image[name]
        self.assertEqual((shown.pop("kind"), shown.pop("launch-digest"), len(shown.pop("notes"))),
                         ("firmware-info", info["launch-digest"], 2))
        self.assertEqual(shown, image)
        digest = info["launch-digest"]
        at = lines.index("launch-digest:")
        self.assertEqual(lines[at + 1:at + 3], ["  " + digest[:64], "  " + digest[64:]])

    def test_wrong_info(self):
        info = info_of(self.image)
        path = self.write("info", json.dumps(info | {"size": 1}).encode())
        self.assert_bad([path], path, "size: expected whole pages")
        for other in ({}, {"type": "sevlaunch-reference-values"}):
            self.assert_bad([self.write("other", json.dumps(other).encode())], "JSON of no type")
        text = json.dumps(info).encode() + b" " * 40000
        self.assert_bad([self.write("long", text)], "of no kind")

    @unittest.skipUnless(OVMF.exists(), f"{OVMF} is not there")
    def test_debian(self):
        image = OVMF.read_bytes()
        shown, _ = self.shown(image)
        self.assertEqual([(section["base"], section["size"], section["type"])
                          for section in shown["sections"]], model.metadata_sections(image))
        self.assertEqual({model.guid(entry["guid"]) for entry in shown["entries"]},
                         set(model.footer_entries(image)))


class Cpus(ShowTest):
    def test_launchers(self):
        for vmm, fpu, features, reset in (
            ("qemu", "legacy", 0, 0xFFFFFFF0), ("qemu", "init2", 0x21, 0x80B004),
            ("ec2", "legacy", 1, 0xFFFFFFF0), ("gce", "init2", 0x200201, 0x80B004),
            ("krun", "legacy", 1 << 63 | 1, 0xFFFFFFF0),
        ):
            cpu = model.Cpu(TYPES["EPYC-Genoa"], vmm, fpu, features, True)
            shown, lines = self.shown(cpu.page(reset))
            notes = shown.pop("notes")
            bits = [{"bit": bit, "name": FEATURES.get(bit, UNKNOWN)}
                    for bit in range(64) if features >> bit & 1]
            self.assertEqual(shown, {
                "kind": "vmsa", "launcher": vmm, "reset-address": reset,
                "rdx": TYPES["EPYC-Genoa"], "cpu-type": "EPYC-Genoa", "vmsa-fpu": fpu,
                "sev-features": features, "sev-feature-bits": bits})
            self.assertEqual(len(notes), reset != 0xFFFFFFF0)
            self.assertIn(f"sev-features: {features:#x}", lines)
            for bit in bits:
                self.assertIn(f"sev-feature-bit: bit {bit['bit']}, {bit['name']}", lines)

    def test_names_of_signatures(self):
        for signature, name in ((0x00AA0F01, "Bergamo or Siena"), (0x600, None)):
            self.assertEqual(self.shown(model.Cpu(signature).page())[0]["cpu-type"], name)

    def test_other_launchers(self):
        page = bytearray(model.Cpu(TYPES["EPYC"]).page())
        page[0x158] = 0x11  # CR0
        shown, lines = self.shown(bytes(page))
        self.assertEqual((shown["launcher"], shown["vmsa-fpu"]), (None, None))
        self.assertIn("no launcher", shown["notes"][0])
        self.assertIn("launcher: none", lines)

    def test_two_pages(self):
        cpu = model.Cpu(TYPES["EPYC"])
        shown, _ = self.shown(cpu.pages(2))
        self.assertEqual((shown["reset-address"], shown["others-reset-address"], shown["notes"]),
                         (0xFFFFFFF0, model.RESET_ADDRESS, []))
        others = [model.Cpu(TYPES["EPYC-Rome"]), model.Cpu(TYPES["EPYC"], sev_features=1),
                  model.Cpu(TYPES["EPYC"], fpu="init2"),
                  model.Cpu(TYPES["EPYC"], "gce", own_rdx=True)]
        changed = bytearray(cpu.page(model.RESET_ADDRESS))
        changed[0x158] = 0x11
        for page in (*(other.page(model.RESET_ADDRESS) for other in others), bytes(changed)):
            shown, _ = self.shown(cpu.page() + page)
            self.assertIn("more of its own", shown["notes"][0])
        shown, _ = self.shown(cpu.page() + bytes(4096))
        self.assertEqual(shown["others-reset-address"], None)
        self.assertIn("of no CPU", shown["notes"][0])


class Ids(ShowTest):
    def test_block(self):
        digest, family, image = (self.rng.randbytes(size) for size in (48, 16, 16))
        for policy, bits, notes in ((0x30133, [(16, "SMT"), (17, "reserved, always 1")], 1),
                                    (0x80000 | 1 << 40, [(19, "DEBUG"), (40, UNKNOWN)], 3)):
            shown, lines = self.shown(block_of(digest, policy, family, image, 7))
            self.assertEqual(len(shown.pop("notes")), notes)
            self.assertEqual(shown, {
                "kind": "id-block", "launch-digest": digest.hex(), "family-id": family.hex(),
                "image-id": image.hex(), "guest-svn": 7, "policy": policy,
                "policy-abi": f"{policy >> 8 & 255}.{policy & 255}",
                "policy-bits": [{"bit": bit, "name": name} for bit, name in bits]})
            self.assertIn(f"policy: {policy:#x}", lines)
        self.assert_bad([self.write("x", bytes(96))], "96 bytes")

    def test_page(self):
        point, other, signature = (self.rng.randbytes(96) for _ in range(3))
        digest, author = (model.sha384(key_field(key)).hex() for key in (point, other))
        shown, lines = self.shown(page_of(signature, point))
        self.assertEqual((shown["kind"], shown["id-key-digest"], shown["author-key-digest"]),
                         ("id-auth", digest, None))
        self.assertIn("author-key-digest: none", lines)
        shown, _ = self.shown(page_of(signature, point, (signature, other)))
        self.assertEqual(shown["author-key-digest"], author)
        self.assertIn("no signature was verified", shown["notes"][0])


class Command(ShowTest):
    def test_words(self):
        for words in (["--json", self.path], [self.path, "--js"], ["--json", "--", self.path]):
            result = self.command(["show", *words])
            self.assertEqual(json.loads(result.out)["kind"], "firmware", result)
        (self.folder / "-x").write_bytes(self.image)
        result = self.command(["show", "--", "-x"], cwd=self.folder)
        self.assertEqual(result.code, MATCH, result)
        result = self.command(["show", "-"], input=self.image)
        self.assertIn(b"kind: firmware", result.out, result)
        result = self.command(["show", "-d", self.path])
        self.assertIn(model.sha256(self.image).hex().encode(), result.err, result)

    def test_wrong_words(self):
        for words, texts in (([], ["FILE is required"]), ([self.path, "b"], ["one FILE", "'b'"]),
                             (["--x", self.path], ["--x"]), (["-d"] * 9, ["too many options"]),
                             (["--json=1", self.path], ["--json"])):
            with self.subTest(words=words):
                self.assert_one_line(self.command(["show", *words]), USAGE, *texts)
        self.assert_bad(["no such file"], "no such file", code=FAILED)

    def test_other_files(self):
        store = bytearray(4096)
        store[40:44] = b"_FVH"
        for content, texts in (
            (b"", ["0 bytes"]), (b"x", ["1 bytes", "no kind"]), (bytes(4096), ["no kind"]),
            (b"QFI\xfb" + bytes(99), ["qcow2"]), (b"\x7fELF" + bytes(99), ["ELF"]),
            (bytes(store), ["store of variables"]), (bytes(store[:43]), ["43 bytes", "no kind"]), (b"ab12" * 99, ["hexadecimal text"]),
            (b"abXZ" * 99, ["base64 text"]), (bytes(100000), ["100000 bytes", "no kind"]),
            (b" \t\r\n" * 20, ["no kind"]),
        ):
            with self.subTest(texts=texts):
                self.assert_bad([self.write("other", content)], *texts)
                self.assert_bad(["-"], *texts, input=content)

    def test_lost(self):
        for words in (["--json"], []):
            with open("/dev/full", "wb") as full:
                self.assert_one_line(self.command(["show", *words, self.path], stdout=full), FAILED)


if __name__ == "__main__":
    main()
