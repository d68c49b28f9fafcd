# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-digest` print the launch digests of the model, and does whatever it
cannot compute end in one clear line?"""
import base64
import itertools
import json
import os
import shutil
import subprocess
import unittest

import model
from runner import COMMAND, FAILED, MATCH, OVMF, USAGE, CommandTest, Result, main, run

TYPES = {"EPYC": 0x00800F12, "EPYC-Rome": 0x00830F10, "EPYC-Milan": 0x00A00F11,
         "EPYC-Genoa": 0x00A10F10, "EPYC-Turin": 0x00B00F00}
HASH_PAGE = 0x80F000
SECTIONS = [(0x800000, 0x9000, 1), (0x80A000, 0x3000, 1), (0x80D000, 0x1000, 2),
            (0x80E000, 0x1000, 3), (HASH_PAGE, 0x1000, 16), (0x810000, 0x10000, 1)]


class DigestTest(CommandTest):
    """Each test has an image of its own, with a place for the hashes of a kernel."""

    def setUp(self):
        super().setUp()
        self.area = (HASH_PAGE + 0xC00, 0x400)
        self.image = self.make_image(SECTIONS)
        self.path = self.write("snp.fd", self.image)

    def make_image(self, sections, pages=3, **changes):
        entries = changes.get("entries", [model.reset_block(),
                                          model.area(model.HASH_AREA, *self.area)])
        return model.snp_image(self.rng, sections, entries, 4096 * pages)

    def digest(self, cpus, cpu, hashes=None, image=None):
        image = self.image if image is None else image
        return model.SnpGuest(
            model.snp_firmware(image), len(image), model.metadata_sections(image), self.area,
            (cpu.page(), cpu.page(model.RESET_ADDRESS)), cpus, cpu.vmm,
            model.hash_table(*hashes) if hashes else None).launch_digest

    def snp(self, *words, **keywords):
        return self.command(["snp-digest", *words], **keywords)

    def assert_value(self, expected, *words, **keywords):
        result = self.snp(*words, **keywords)
        self.assertEqual((MATCH, expected + "\n", b""),
                         (result.code, result.out.decode(), result.err), result)

    def assert_bad(self, words, *texts, code=USAGE, **keywords):
        self.assert_one_line(self.snp(*words, **keywords), code, *texts)
        self.assert_silent(self.snp("--quiet", *words, **keywords), code)

    def document(self, *words):
        result = self.snp(*words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return json.loads(result.out)


class Values(DigestTest):
    def test_random_launches(self):
        for _ in range(40):
            vmm = self.rng.choice(("qemu", "ec2", "gce"))
            own = vmm == "qemu" or self.rng.random() < 0.5
            cpu = model.Cpu(self.rng.getrandbits(32), vmm, self.rng.choice(("legacy", "init2")),
                            self.rng.getrandbits(64) | 1, own)
            cpus = self.rng.choice((1, 2, self.rng.randrange(1, 4097)))
            sections = self.rng.sample(SECTIONS, self.rng.randrange(1, 7))
            image = self.make_image(sections, self.rng.randrange(1, 5))
            words = ["-f", self.write("one.fd", image), f"-n{cpus}", "--vmm", vmm,
                     f"--sev-features={cpu.sev_features:#x}", "--vmsa-fpu", cpu.fpu]
            words += [f"--cpu-signature={cpu.signature}"] if own else []
            self.assert_value(self.digest(cpus, cpu, image=image), *words)

    def test_defaults(self):
        """The FPU state is that of the launcher; SNPActive is set."""
        for vmm, fpu in (("qemu", "init2"), ("ec2", "legacy"), ("gce", "legacy")):
            cpu = model.Cpu(TYPES["EPYC"], vmm, fpu, 1)
            words = ["--vmm", vmm] + (["--cpu-type", "EPYC"] if vmm == "qemu" else [])
            self.assert_value(self.digest(2, cpu), "-f", self.path, "-n2", *words)

    def test_cpus(self):
        """Every way to name a CPU."""
        for name, signature in TYPES.items():
            expected = self.digest(1, model.Cpu(signature, "qemu", "init2", 1))
            family = 15 + (signature >> 20 & 0xFF)
            number = (signature >> 12 & 0xF0) | (signature >> 4 & 0xF)
            other = "EPYC-IBPB" if name == "EPYC" else f"{name}-v4294967295"
            for words in (["--cpu-type", name], [f"--cpu-type={name}-v2"], ["--cpu-type", other],
                          [f"--cpu-signature={signature:#x}"],
                          ["--cpu-family", str(family), "--cpu-model", str(number),
                           "--cpu-stepping", str(signature & 0xF)]):
                self.assert_value(expected, "-f", self.path, "-n", "1", *words)

    def test_kernel(self):
        """Files, or their hashes, in any mixture."""
        kernel, initrd, cmdline = b"kernel", b"initrd", b"console=ttyS0"
        cpu = model.Cpu(TYPES["EPYC-Milan"], "qemu", "init2", 1)
        hashes = [model.sha256(part) for part in (kernel, initrd, cmdline + b"\0")]
        ways = [
            (["-k", self.write("kernel", kernel)], ["--kernel-sha256", hashes[0].hex()]),
            (["-r", self.write("initrd", initrd)],
             ["--initrd-sha256", base64.b64encode(hashes[1]).decode()]),
            (["-e", cmdline.decode()], ["--cmdline-file", self.write("cmdline", cmdline)],
             ["--cmdline-sha256", hashes[2].hex()]),
        ]
        for words in itertools.product(*ways):
            self.assert_value(self.digest(3, cpu, hashes), "-f", self.path, "-n3", "--cpu-type",
                              "EPYC-Milan", *itertools.chain(*words))

    def test_kernel_alone(self):
        """Without an initrd and a command line these are empty."""
        cpu = model.Cpu(TYPES["EPYC"], "qemu", "init2", 1)
        hashes = [model.sha256(part) for part in (b"kernel", b"", b"\0")]
        self.assert_value(self.digest(1, cpu, hashes), "-f", self.path, "-n1", "--cpu-type=EPYC",
                          "-k", self.write("kernel", b"kernel"))

    def test_forms(self):
        words = ["-f", self.path, "-n1", "--cpu-type", "EPYC"]
        expected = self.digest(1, model.Cpu(TYPES["EPYC"], "qemu", "init2", 1))
        encoded = base64.b64encode(bytes.fromhex(expected)).decode()
        self.assert_value(expected, *words, "--format=hex")
        self.assert_value(expected, *words, "--quiet")
        self.assert_value(encoded, *words, "--format=base64")
        result = self.snp(*words, "--debug")
        self.assertEqual(result.out.decode(), expected + "\n", result)
        for shown in model.sha256(self.image), model.snp_firmware(self.image):
            self.assertIn(shown.hex().encode(), result.err, result)

    def test_pipe(self):
        """A pipe does not tell how long it is."""
        words = ["-f", "-", "-n1", "--cpu-type", "EPYC"]
        expected = self.digest(1, model.Cpu(TYPES["EPYC"], "qemu", "init2", 1))
        self.assert_value(expected, *words, "--firmware-size", str(len(self.image)),
                          input=self.image)
        self.assert_bad(words, "--firmware-size is required", input=self.image)
        for size, text in ((4096, "but got more"), (16384, f"but got {len(self.image)}")):
            self.assert_bad([*words, f"--firmware-size={size}"], f"expected {size} bytes in '-'",
                            text, input=self.image)

    def test_size_of_a_file(self):
        words = ["-f", self.path, "-n1", "--cpu-type", "EPYC"]
        expected = self.digest(1, model.Cpu(TYPES["EPYC"], "qemu", "init2", 1))
        self.assert_value(expected, *words, f"--firmware-size={len(self.image)}")
        self.assert_bad([*words, "--firmware-size=4096"], "expected 4096 bytes", "but got more")

    @unittest.skipUnless(OVMF.exists(), f"{OVMF} is not there")
    def test_debian_firmware(self):
        image = OVMF.read_bytes()
        cpu = model.Cpu(TYPES["EPYC-Genoa"], "qemu", "init2", 1)
        reset = int.from_bytes(model.footer_entries(image)[model.RESET_BLOCK], "little")
        guest = model.SnpGuest(model.snp_firmware(image), len(image),
                               model.metadata_sections(image), (0, 0),
                               (cpu.page(), cpu.page(reset)), 512)
        self.assert_value(guest.launch_digest, "-f", str(OVMF), "-n512", "--cpu-type=EPYC-Genoa")


class Matrix(DigestTest):
    def test_every_value(self):
        """In one document, each with what it is of."""
        values = self.document(
            "-f", self.path, "-n", "1-3,64,2", "--cpu-type", "EPYC,EPYC-Turin-v1", "--vmsa-fpu",
            "legacy,init2", "--sev-features", "1,0x21")["values"]
        expected = [
            {"measurement": self.digest(cpus, model.Cpu(TYPES[name], "qemu", fpu, features)),
             "num-cpus": cpus, "cpu-signature": TYPES[name], "cpu-type": name, "vmsa-fpu": fpu,
             "sev-features": features}
            for name, features, fpu, cpus in itertools.product(
                ("EPYC", "EPYC-Turin"), (1, 0x21), ("legacy", "init2"), (1, 2, 3, 64))]
        self.assertEqual(values, expected)

    def test_random_matrices(self):
        """Of a kernel, too, and of sections in any order."""
        for _ in range(12):
            image = self.make_image(self.rng.sample(SECTIONS, len(SECTIONS)))
            hashes = [self.rng.randbytes(32) for _ in range(3)]
            cpus = self.rng.sample(range(1, 4097), 3)
            signatures = self.rng.sample(range(1 << 32), 3)
            features = [self.rng.getrandbits(64) | 1 for _ in range(2)]
            vmm = self.rng.choice(("qemu", "ec2", "gce"))
            values = self.document(
                "-f", self.write("one.fd", image), "--vmm", vmm, "--vmsa-fpu=init2,legacy",
                "-n" + ",".join(map(str, cpus)), "--cpu-signature", ",".join(map(str, signatures)),
                "--sev-features", ",".join(map(str, features)), *(
                    f"--{name}-sha256={sha256.hex()}" for name, sha256
                    in zip(("kernel", "initrd", "cmdline"), hashes)))["values"]
            names = ("num-cpus", "cpu-signature", "vmsa-fpu", "sev-features")
            found = {tuple(value[name] for name in names): value["measurement"] for value in values}
            self.assertEqual(found, {
                (n, *state): self.digest(n, model.Cpu(state[0], vmm, *state[1:], True), hashes, image)
                for n, *state in itertools.product(cpus, signatures, ("init2", "legacy"), features)})

    def test_signature_that_has_no_name(self):
        value, = self.document("-f", self.path, "-n1", "--cpu-signature=7", "--json")["values"]
        self.assertEqual((value["cpu-signature"], value["cpu-type"]), (7, None))

    def test_launcher_that_sets_its_own(self):
        document = self.document("-f", self.path, "-n1-2", "--vmm=ec2")
        self.assertEqual(document["vmm"], "ec2")
        self.assertEqual([value["cpu-signature"] for value in document["values"]], [None] * 2)
        self.assertEqual([value["measurement"] for value in document["values"]],
                         [self.digest(n, model.Cpu(0, "ec2", "legacy", 1)) for n in (1, 2)])

    def test_inputs(self):
        """With sizes, of what was read; a hash has none."""
        document = self.document("-f", self.path, "-n1", "--cpu-type=EPYC", "-k",
                                 self.write("kernel", b"kernel"), "-e", "quiet",
                                 "--initrd-sha256", "ab" * 32, "--json", "--quiet")
        values = document.pop("values")
        version = run(["--version"]).out.decode().split()
        self.assertEqual(len(values), 1)
        self.assertEqual(document, {
            "type": "sevlaunch-reference-values", "schema": 1,
            "tool": {"name": version[0], "version": version[1]},
            "technology": "sev-snp", "vmm": "qemu",
            "inputs": {
                name: {"size": size, "sha256": sha256} for name, size, sha256 in (
                    ("firmware", len(self.image), model.sha256(self.image).hex()),
                    ("kernel", 6, model.sha256(b"kernel").hex()),
                    ("initrd", None, "ab" * 32),
                    ("cmdline", 5, model.sha256(b"quiet\0").hex()))}})

    def test_no_kernel(self):
        document = self.document("-f", self.path, "-n1", "--cpu-type=EPYC", "--json")
        self.assertEqual(list(document["inputs"]), ["firmware"])

    def test_large(self):
        values = self.document("-f", self.path, "-n1-4096", "--cpu-type=EPYC")["values"]
        self.assertEqual([value["num-cpus"] for value in values], list(range(1, 4097)))
        self.assertEqual(values[-1]["measurement"],
                         self.digest(4096, model.Cpu(TYPES["EPYC"], "qemu", "init2", 1)))

    def test_lost(self):
        for words in (["--json"], []):
            with open("/dev/full", "wb") as full:
                result = self.snp("-f", self.path, "-n1", "--cpu-type=EPYC", *words, stdout=full)
            self.assert_one_line(result, FAILED)


class Refused(DigestTest):
    def words(self, *more, **changes):
        values = {"--firmware": self.path, "--num-cpus": "1", "--cpu-type": "EPYC"} | {
            "--" + name.replace("_", "-"): value for name, value in changes.items()}
        return [f"{name}={value}" for name, value in values.items() if value is not None] + [*more]

    def test_missing(self):
        for name in ("firmware", "num_cpus", "cpu_type"):
            self.assert_bad(self.words(**{name: None}), "--" + name.replace("_", "-"), "required")
        self.assert_bad(self.words(cpu_type=None, cpu_family="25"), "--cpu-family", "--cpu-model")

    def test_values(self):
        for name, values in {
            "num_cpus": ("0", "4097", "", "1,", ",1", "2-1", "1-", "-1", "1--2", "x", "1-4097",
                         ",".join(map(str, range(1, 18)))),
            "cpu_type": ("", "epyc", "EPYC-Naples", "EPYC,EPYC", "EPYC,EPYC-v1", "EPYC-v0",
                         "EPYC,,EPYC-Rome", "host", "max", "x" * 99),
            "vmsa_fpu": ("", "init", "legacy,legacy", "legacy,"),
            "sev_features": ("", "0", "2", "0x20", "1,1", "1,3,", str(1 << 64)),
            "vmm": ("", "QEMU", "krun", "qemu,ec2"),
            "format": ("", "HEX", "raw"),
            "firmware_size": ("", "0", "4095", "4097", "x", str((1 << 32) + 4096)),
            "cpu_family": ("271", "x"),
        }.items():
            for value in values:
                more = {"cpu_type": None, "cpu_model": 1, "cpu_stepping": 1} \
                    if name == "cpu_family" else {}
                with self.subTest(name=name, value=value):
                    self.assert_bad(self.words(**{name: value}, **more),
                                    "--" + name.replace("_", "-"))
        for value in ("", "-1", "x", str(1 << 32), "1,1", ",".join(map(str, range(17)))):
            self.assert_bad(self.words(cpu_type=None, cpu_signature=value), "--cpu-signature")

    def test_what_does_not_fit(self):
        for more, texts in (
            (["--cpu-signature=1"], ["--cpu-signature", "--cpu-type"]),
            (["--vmm=ec2"], ["--cpu-type has no effect", "ec2"]),
            (["--json", "--format=hex"], ["--json", "--format"]),
            (["--sev-features=1,3", "--format=hex"], ["--format", "JSON"]),
            (["--kernel=k", "--kernel-sha256=" + "ab" * 32], ["--kernel", "--kernel-sha256"]),
            (["--firmware=-", "--kernel=-"], ["--firmware", "--kernel", "standard input"]),
            (["--domain-xml=x"], ["--domain-xml"]),
            (["stray"], ["stray"]),
        ):
            with self.subTest(more=more):
                self.assert_bad(self.words(*more), *texts)

    def test_parts_of_no_kernel(self):
        for option in ("initrd=x", "cmdline=x", "cmdline-file=x", "initrd-sha256=" + "ab" * 32,
                       "cmdline-sha256=" + "ab" * 32):
            self.assert_bad(self.words("--" + option), f"--{option.split('=')[0]} requires --kernel")

    def test_hashes(self):
        for option in ("kernel", "initrd", "cmdline"):
            for value in ("", "ab" * 31, "ab" * 33, "zz" * 32):
                self.assert_bad(self.words(f"--{option}-sha256={value}", kernel="no such file"
                                           if option != "kernel" else None), f"--{option}-sha256")

    def test_kernel_without_a_place(self):
        cpu = ["-n1", "--cpu-type=EPYC", "--kernel-sha256", "ab" * 32]
        for sections, area in ((SECTIONS[:4], self.area), (SECTIONS, (0, 0)),
                               (SECTIONS, (HASH_PAGE + 0xFFF, 0x400)), (SECTIONS, (1 << 20, 0x400))):
            entries = [model.reset_block(), model.area(model.HASH_AREA, *area)]
            path = self.write("no_place.fd", self.make_image(sections, entries=entries))
            self.assert_bad(["-f", path, *cpu], "--kernel", "no place")

    def test_kernel_that_is_empty(self):
        path = self.write("empty", b"")
        self.assert_bad(self.words(kernel=path), "--kernel", path, "not empty")

    def test_no_address_for_other_cpus(self):
        path = self.write("no_reset.fd", self.make_image(SECTIONS, entries=[]))
        self.assert_bad(self.words(firmware=path, num_cpus="1-2"), "--num-cpus", "does not tell")
        self.assertEqual(self.snp(*self.words(firmware=path)).code, MATCH)

    def test_files(self):
        self.assert_bad(self.words(firmware="no such file"), "no such file", code=FAILED)
        self.assert_bad(self.words(firmware=str(self.folder)), str(self.folder), code=FAILED)
        self.assert_bad(self.words(kernel="no such file"), "no such file", code=FAILED)

    def test_other_files(self):
        """Which are named, whatever their size is."""
        zeros = bytes(8192)
        kinds = {
            "not empty": b"", "a qcow2 image": b"QFI\xfb", "gzip data": b"\x1f\x8b\x08",
            "an ELF file": b"\x7fELF", "HTML or XML": b"<!DOCTYPE html>",
            "store of variables": bytes(16) + bytes.fromhex("8d2bf1ff96768b4ca9852747075b4f50")
            + (8192).to_bytes(8, "little"),
        }
        for text, start in kinds.items():
            for size in {len(start), 8192 if start else 0}:
                path = self.write("other", (start + zeros)[:size])
                with self.subTest(text=text, size=size):
                    self.assert_bad(self.words(firmware=path), "--firmware", path, text)

    def test_images(self):
        """Not for SEV-SNP, or not whole, or malformed."""
        whole = self.image
        entries = model.footer([model.reset_block()])
        other = bytes(4096 - len(entries) - 32) + entries + bytes(32)
        distance = model.entry(model.SNP_METADATA, (5000).to_bytes(4, "little"))
        far = model.footer([model.entry(model.SNP_METADATA, (9000).to_bytes(4, "little"))])
        past = model.footer([distance])
        for content, texts in (
            (bytes(4096), ["not built for SEV-SNP"]),
            (other, ["not built for SEV-SNP"]),
            (whole[:-4096], ["not built for SEV-SNP"]),
            (whole[1:], ["whole pages", str(len(whole) - 1)]),
            (bytes(4096 - len(past) - 32) + past + bytes(32), ["malformed"]),
            (bytes(12288 - len(far) - 32) + far + bytes(32), ["9000 bytes before its end"]),
            (self.make_image([*SECTIONS, (0x900000, 0x1000, 5)]), ["a type that is not known"]),
            (self.make_image([(0xFFFFF000, 0x1000, 1)]), ["overlaps with the firmware"]),
            (self.make_image([*SECTIONS, SECTIONS[0]]), ["malformed"]),
            (self.make_image([(0x800001, 0x1000, 1)]), ["malformed"]),
        ):
            path = self.write("image.fd", content)
            with self.subTest(texts=texts):
                self.assert_bad(self.words(firmware=path), "--firmware", *texts)

    def test_endless(self):
        """It is not read to an end that does not come."""
        for more in ([], ["--firmware-size=4096"]):
            self.assert_bad(self.words(*more, firmware="/dev/zero"), "--firmware", timeout=60)


class Command(CommandTest):
    def test_help(self):
        overview = self.command(["help"])
        self.assertEqual((MATCH, b""), (overview.code, overview.err), overview)
        for words in (["--help"], ["-h"]):
            self.assertEqual(self.command(words).out, overview.out)
        commands = [line.split()[0] for line in overview.out.decode().splitlines()
                    if line.startswith("  ")]
        self.assertIn("snp-digest", commands)
        for name in commands:
            shown = self.command(["help", name])
            self.assertEqual((MATCH, b""), (shown.code, shown.err), shown)
            self.assertIn(f"usage: sevlaunch {name} ".encode(), shown.out, shown)
            self.assertEqual(self.command([name, "--help"]).out, shown.out)
            for line in shown.out.decode().splitlines():
                self.assertLessEqual(len(line), 80, line)

    def test_wrong_names(self):
        self.assert_one_line(self.command([]), USAGE, "a command is required")
        for words in (["x"], ["help", "x"], ["--json"], [""], ["snp"]):
            self.assert_one_line(self.command(words), USAGE, f"'{words[-1]}' is not a command")

    def test_lost(self):
        for words in (["help"], ["--version"], ["help", "snp-digest"]):
            with open("/dev/full", "wb") as full:
                self.assert_one_line(self.command(words, stdout=full), FAILED)


if __name__ == "__main__":
    main()
