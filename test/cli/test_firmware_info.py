# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a file of --firmware-info-out stand in for the firmware, and is no other file taken
for one?

SEVLAUNCH_VECTORS is the folder of published vectors, which need not be there.
"""
import itertools
import json
import os
import unittest
from pathlib import Path

import model
from runner import FAILED, MATCH, OVMF, USAGE, main
from test_snp_digest import HASH_PAGE, SECTIONS, TYPES, DigestTest

VECTORS = Path(os.environ.get("SEVLAUNCH_VECTORS", "none"))
CPU = ["--cpu-type", "EPYC-Milan"]


def info_of(image, **changes):
    """What is kept of an image, as the model reads it."""
    entries = model.footer_entries(image)
    words = {name: [int.from_bytes(entries.get(guid, bytes(8))[at:at + 4], "little")
                    for at in (0, 4)]
             for name, guid in (("reset", model.RESET_BLOCK), ("hash-table", model.HASH_AREA),
                                ("secret", model.SECRET_AREA))}
    return {
        "type": "sevlaunch-firmware-info", "schema": 1, "size": len(image),
        "sha256": model.sha256(image).hex(), "launch-digest": model.snp_firmware(image).hex(),
        "reset-address": words["reset"][0],
        **{name: dict(zip(("base", "size"), words[name])) for name in ("hash-table", "secret")},
        "sections": [dict(zip(("base", "size", "type"), section))
                     for section in model.metadata_sections(image)],
    } | changes


class InfoTest(DigestTest):
    def setUp(self):
        super().setUp()
        self.kept = str(self.folder / "firmware.json")

    def keep(self, *words, path=None):
        result = self.snp("-f", path or self.path, "--firmware-info-out", self.kept, *words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return result.out

    def write_info(self, info):
        return self.write("info.json", info if isinstance(info, bytes)
                          else json.dumps(info).encode())


class Kept(InfoTest):
    def test_what_is_kept(self):
        """As the model has it, and nothing is printed; of no section as well."""
        secret = model.area(model.SECRET_AREA, 0x810000, 0xC00)
        for sections, entries in (
            (SECTIONS, [model.reset_block(), model.area(model.HASH_AREA, *self.area), secret]),
            (SECTIONS[:1], [model.reset_block()]),
            ([], []),
        ):
            image = self.make_image(sections, entries=entries)
            self.assertEqual(self.keep(path=self.write("kept.fd", image)), b"")
            self.assertEqual(json.loads(Path(self.kept).read_bytes()), info_of(image))

    def test_most_sections(self):
        """As many as have room in the end of an image that is kept while it streams by."""
        sections = [(0x1000 * i, 0x1000, 1) for i in range(668)]
        entries = [model.reset_block()]
        metadata, table = model.sev_metadata(sections), model.footer(entries)
        distance = len(metadata) + len(table) + 22 + 32
        self.assertLessEqual(distance, 8192)
        end = metadata + model.footer([*entries, model.entry(
            model.SNP_METADATA, distance.to_bytes(4, "little"))]) + bytes(32)
        image = bytes(8192 - len(end)) + end
        self.keep(path=self.write("kept.fd", image))
        self.assertEqual(json.loads(Path(self.kept).read_bytes()), info_of(image))
        expected = self.digest(1, model.Cpu(TYPES["EPYC-Milan"], "qemu", "init2", 1), image=image)
        self.assert_value(expected, "--firmware-info", self.kept, "-n1", *CPU)

    def test_values_of_it(self):
        """The same as of the image, in every form."""
        self.keep()
        kernel = ["-k", self.write("kernel", b"kernel"), "-e", "quiet"]
        for words in (["-n3", *CPU], ["-n2", "--vmm=ec2"], ["-n1-3", "--vmm=gce"], ["-n4", *CPU, *kernel],
                      ["-n1", *CPU, "--json"], ["-n1", *CPU, "--format=base64"]):
            expected = self.snp("-f", self.path, *words)
            self.assertEqual(MATCH, expected.code, expected)
            got = self.snp("--firmware-info", self.kept, *words)
            self.assertEqual((expected.code, expected.out, expected.err),
                             (got.code, got.out, got.err), got)

    def test_standard_input(self):
        self.keep()
        expected = self.digest(2, model.Cpu(TYPES["EPYC-Milan"], "qemu", "init2", 1))
        self.assert_value(expected, "--firmware-info=-", "-n2", *CPU,
                          input=Path(self.kept).read_bytes())

    def test_both_at_once(self):
        """The file, and the values; in any order of members."""
        expected = self.digest(2, model.Cpu(TYPES["EPYC-Milan"], "qemu", "init2", 1))
        self.assertEqual(self.keep("-n2", *CPU).decode(), expected + "\n")
        turned = dict(reversed(info_of(self.image).items()))
        self.assert_value(expected, "--firmware-info", self.write_info(turned), "-n2", *CPU)

    def test_debug(self):
        self.keep()
        result = self.snp("--firmware-info", self.kept, "-n1", *CPU, "--debug")
        self.assertIn(model.sha256(self.image).hex().encode(), result.err, result)
        self.assertIn(model.snp_firmware(self.image).hex().encode(), result.err, result)

    @unittest.skipUnless(OVMF.exists(), f"{OVMF} is not there")
    def test_debian_firmware(self):
        self.keep(path=str(OVMF))
        self.assertEqual(json.loads(Path(self.kept).read_bytes()), info_of(OVMF.read_bytes()))


@unittest.skipUnless(VECTORS.exists(), f"published vectors are not there: {VECTORS}")
class Published(InfoTest):
    """Launches of firmware that is known by its digest alone."""

    def vectors(self):
        document = json.loads((VECTORS / "launch-digests.json").read_text())
        return [vector for vector in document["vectors"] if vector.get("ovmf_hash")]

    def info(self, vector):
        """What a vector leaves out is not used, or as snp-digest wants it."""
        told = {"launch-digest": vector["ovmf_hash"]}
        if "metadata" not in vector:
            return info_of((VECTORS / "../sev" / vector["firmware"]).read_bytes(), **told)
        sections = [{"base": int(section["GPA"], 16), "size": int(section["Size"], 16),
                     "type": section["SectionTypeInt"]} for section in vector["metadata"]]
        return info_of(self.image, **told, sections=sections,
                       **{"reset-address": int(vector["reset_eip"], 16)})

    def test_values(self):
        found = self.vectors()
        for vector in found:
            words = [f"-n{vector['vcpus']}", "--vmm", vector["vmm"].lower(), "--vmsa-fpu",
                     "init2" if vector["fpu"] else "legacy",
                     f"--sev-features={vector['guest_features']}"]
            if vector["vmm"] == "QEMU":
                words += [f"--cpu-signature={vector['vcpu_signature']}"]
            elif vector["ec2_rdx"] == 0:
                words += ["--cpu-signature=0"]
            if vector.get("kernel") is not None:
                words += ["--kernel-sha256", model.sha256(b"").hex(), "-e", vector["cmdline"]]
            with self.subTest(source=vector["source"]):
                self.assert_value(vector["digest"], "--firmware-info",
                                  self.write_info(self.info(vector)), *words)
        self.assertEqual((len(found), sum("metadata" in vector for vector in found)), (9, 1))


class Refused(InfoTest):
    def assert_wrong(self, info, *texts):
        self.assert_bad(["--firmware-info", self.write_info(info), "-n1", *CPU],
                        "--firmware-info", *texts)

    def test_what_does_not_fit(self):
        given = ["-n1", *CPU]
        for words, texts in (
            (["-f", self.path, "--firmware-info=x", *given], ["--firmware-info", "--firmware"]),
            (["--firmware-info=x", "--firmware-info-out=y"], ["--firmware-info-out", "--firmware"]),
            (["--firmware-info=x", "--firmware-size=4096", *given], ["--firmware-size"]),
            (["--firmware-info-out=y", *given], ["--firmware-info-out requires --firmware"]),
            (["-f", self.path, "--firmware-info-out", self.path], ["same file"]),
            (["-f", self.path, "--firmware-info-out=-"], ["--firmware-info-out", "'-'"]),
            (["--firmware-info=x", *CPU], ["--num-cpus"]),
        ):
            with self.subTest(words=words):
                self.assert_bad(words, *texts)

    def test_options_of_values_ask_for_them(self):
        for more in (CPU, ["--vmm=ec2"], ["--json"], ["--kernel-sha256=" + "ab" * 32]):
            self.assert_bad(["-f", self.path, "--firmware-info-out", self.kept, *more],
                            "--num-cpus", "required")
        self.assert_bad(["-f", self.path, "--firmware-info-out", self.kept, "-n1"], "--cpu-type")
        self.assertFalse(Path(self.kept).exists())

    def test_nothing_is_kept_of_what_cannot_be_launched(self):
        for sections, texts in (([*SECTIONS, (0x900000, 0x1000, 5)], ["a type that is not known"]),
                                ([(0xFFFFF000, 0x1000, 1)], ["overlaps with the firmware"])):
            path = self.write("other.fd", self.make_image(sections))
            self.assert_bad(["-f", path, "--firmware-info-out", self.kept], "--firmware: ", *texts)
        self.assert_bad(["-f", self.write("zeros", bytes(4096)), "--firmware-info-out", self.kept],
                        "not built for SEV-SNP")
        self.assertFalse(Path(self.kept).exists())

    def test_it_cannot_be_written(self):
        for path in ("/dev/full", str(self.folder / "no folder/x")):
            self.assert_bad(["-f", self.path, "--firmware-info-out", path], path, code=FAILED)

    def test_files(self):
        """Each is named, with its line, the member and what is expected."""
        good = info_of(self.image)
        text = json.dumps(good, indent=1)
        line = text[:text.index('"size"')].count("\n") + 1
        for info, texts in (
            (b"", ["line 1 ", "expected JSON"]),
            (self.image, ["line 1 ", "expected JSON"]),
            (text[:-9].encode(), ["expected JSON"]),
            (b"[]", ["line 1 ", "sevlaunch-firmware-info"]),
            (good | {"type": "sevlaunch-reference-values"}, ["sevlaunch-firmware-info"]),
            (good | {"schema": 2}, ["schema: expected 1"]),
            (good | {"sc": 2}, ["'sc' is a member that is not known"]),
            ({name: value for name, value in good.items() if name != "secret"}, ["secret is missing"]),
            (text.replace('"size"', '"schema"', 1).encode(), [f"line {line} ", "schema is there twice"]),
            (text.replace(f'"size": {len(self.image)}', '"size": 1').encode(),
             [f"line {line} ", "size: expected whole pages of 4096 bytes"]),
            (good | {"reset-address": -1}, ["reset-address: expected a decimal number"]),
            (good | {"sha256": "ab"}, ["sha256: expected 64 hexadecimal digits"]),
            (good | {"launch-digest": "ab"}, ["launch-digest: expected 96 hexadecimal digits"]),
            (good | {"secret": 1}, ["secret: expected an object"]),
            (good | {"sections": 1}, ["sections: expected a list"]),
            (good | {"sections": good["sections"][:1] * 2}, ["sections: expected whole pages"]),
            (good | {"sections": [{"base": 4096 * i, "size": 4096, "type": 1}
                                  for i in range(683)]}, ["sections: expected no more"]),
            (bytes(1 << 20), ["expected at most"]),
        ):
            with self.subTest(texts=texts):
                self.assert_wrong(info, "info.json", *texts)
        self.assert_bad(["--firmware-info=no such file", "-n1", *CPU], "no such file", code=FAILED)

    def test_what_cannot_be_launched(self):
        """What the launch needs of the firmware is missing, as with an image."""
        good = info_of(self.image)
        other = {"base": 0xA00000, "size": 4096, "type": 5}
        for info, texts in ((good | {"sections": [other]}, ["a type that is not known"]),
                            (good | {"size": 1 << 32}, ["overlaps with the firmware"])):
            self.assert_wrong(info, *texts)
        no_reset = ["--firmware-info", self.write_info(good | {"reset-address": 0}), *CPU]
        self.assert_bad([*no_reset, "-n2"], "--num-cpus: the firmware does not tell where")
        no_table = good | {"hash-table": {"base": HASH_PAGE, "size": 0}}
        self.assert_bad(["--firmware-info", self.write_info(no_table), "-n1", *CPU,
                         "--kernel-sha256=" + "ab" * 32], "--kernel: the firmware keeps no place")


if __name__ == "__main__":
    main()
