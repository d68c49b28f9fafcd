# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch sev-digest` print the launch digests of the model and of
virt-qemu-sev-validate, and does whatever it cannot compute end in one clear line?"""
import base64
import itertools
import json
import unittest
from pathlib import Path

import model
from runner import COMMAND, FAILED, MATCH, OVMF, USAGE, CommandTest, main, run
from test_snp_digest import TYPES

VALIDATE = Path(COMMAND).parent / "virt-qemu-sev-validate"
AREA = model.area(model.HASH_AREA, 0x810000, 0x400)


class DigestTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.use(model.Guest.booted(self.rng))

    def use(self, guest):
        super().use(guest)
        self.kernel_words = [] if guest.kernel is None else [
            "-k", self.kernel, "-r", self.initrd, "-e", guest.cmdline.decode()]
        self.words = ["-f", self.firmware, *self.kernel_words]

    def sev(self, *words, **keywords):
        return self.command(["sev-digest", *words], **keywords)

    def assert_value(self, expected, *words, **keywords):
        result = self.sev(*words, **keywords)
        self.assertEqual((MATCH, expected + "\n", b""),
                         (result.code, result.out.decode(), result.err), result)

    def assert_bad(self, words, *texts, code=USAGE, **keywords):
        self.assert_one_line(self.sev(*words, **keywords), code, *texts)
        self.assert_silent(self.sev("--quiet", *words, **keywords), code)

    def document(self, *words):
        result = self.sev(*words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return json.loads(result.out)

    def digest(self, cpu=None, cpus=0):
        guest = self.guest if cpu is None else self.guest.launched(cpu, cpus)
        return guest.launch_digest.hex()


class Values(DigestTest):
    def test_sev(self):
        self.assert_value(self.digest(), *self.words)
        self.assert_value(self.digest(), *self.words, "--policy=1")
        plain = model.Guest.random(self.rng)
        self.use(plain)
        self.assert_value(self.digest(), *self.words)

    def test_random_launches(self):
        """As the other command prints them, too."""
        for _ in range(30):
            vmm = self.rng.choice(("qemu", "ec2", "gce", "krun"))
            own = vmm == "qemu" or self.rng.random() < 0.5
            cpu = model.Cpu(self.rng.getrandbits(32), vmm, "init2" if vmm == "qemu" and
                            self.rng.random() < 0.5 else "legacy", self.rng.getrandbits(64), own)
            cpus = self.rng.choice((1, 2, self.rng.randrange(1, 200)))
            words = [*self.words, f"-n{cpus}", "--vmm", vmm, f"--sev-features={cpu.sev_features:#x}"]
            words += [f"--cpu-signature={cpu.signature}"] if own else []
            words += ["--vmsa-fpu=init2"] if cpu.fpu == "init2" else []
            self.assert_value(self.digest(cpu, cpus), *words)
            self.assert_value(self.digest(cpu, cpus), *words, "--policy=5")
            other = run([*words, "--policy=5", "--print-digest=hex"], command=VALIDATE)
            self.assertEqual(other.out.decode().strip(), self.digest(cpu, cpus), other)

    def test_hashes(self):
        """In place of the files, in any mixture; and of a kernel alone."""
        guest = self.guest
        ways = [
            (["-k", self.kernel], ["--kernel-sha256", model.sha256(guest.kernel).hex()]),
            (["-r", self.initrd],
             ["--initrd-sha256", base64.b64encode(model.sha256(guest.initrd)).decode()]),
            (["-e", guest.cmdline.decode()], ["--cmdline-file", self.write("line", guest.cmdline)],
             ["--cmdline-sha256", model.sha256(guest.cmdline + b"\0").hex()]),
        ]
        for words in itertools.product(*ways):
            self.assert_value(self.digest(), "-f", self.firmware, *itertools.chain(*words))
        alone = guest.changed(initrd=b"", cmdline=b"")
        self.assert_value(alone.launch_digest.hex(), "-f", self.firmware, "-k", self.kernel)

    def test_forms(self):
        expected = self.digest()
        encoded = base64.b64encode(bytes.fromhex(expected)).decode()
        self.assert_value(expected, *self.words, "--format=hex")
        self.assert_value(encoded, *self.words, "--format=base64")
        self.assert_value(expected, *self.words, "--quiet")
        self.assert_value(expected, "-f", "-", *self.kernel_words, input=self.guest.firmware)
        result = self.sev(*self.words, "--debug")
        self.assertEqual(result.out.decode(), expected + "\n", result)
        self.assertIn(model.sha256(self.guest.firmware).hex().encode(), result.err, result)

    def test_pages(self):
        """One for each, or both in one file."""
        cpu = model.Cpu(TYPES["EPYC-Milan"])
        pages = cpu.pages(2)
        one, other, both = (self.write(name, data) for name, data in (
            ("one", pages[:4096]), ("other", pages[4096:]), ("both", pages)))
        self.assert_value(self.digest(cpu, 1), *self.words, "-n1", "-0", one)
        self.assert_value(self.digest(cpu, 4), *self.words, "-n4", "-0", one, "-1", other)
        self.assert_value(self.digest(cpu, 4), *self.words, "-n4", "-0", both)
        document = self.document(*self.words, "-n1-3", "--vmsa-cpu0", both)
        self.assertEqual((document["technology"], document["vmm"]), ("sev-es", None))
        self.assertEqual(document["inputs"]["vmsa-cpu0"],
                         {"size": 8192, "sha256": model.sha256(pages).hex()})
        self.assertEqual(document["values"], [
            {"measurement": self.digest(cpu, cpus), "num-cpus": cpus, "cpu-signature": None,
             "cpu-type": None, "vmsa-fpu": None, "sev-features": None} for cpus in (1, 2, 3)])
        inputs = self.document(*self.words, "-n2", "-0", one, "-1", other, "--json")["inputs"]
        self.assertEqual(list(inputs)[-2:], ["vmsa-cpu0", "vmsa-cpu1"])
        self.assertEqual(inputs["vmsa-cpu1"],
                         {"size": 4096, "sha256": model.sha256(pages[4096:]).hex()})

    def test_other_firmware(self):
        """Without a table: a warning, and the value."""
        self.use(model.Guest.random(self.rng, self.rng.randbytes(5000)))
        for words, cpu, cpus, warned in (([], None, 0, True), (["-n1", "--cpu-type=EPYC"],
                                         model.Cpu(TYPES["EPYC"]), 1, True),
                                         (["-n3", "--vmm=krun"], model.Cpu(0, "krun"), 3, False)):
            result = self.sev(*self.words, *words)
            self.assertEqual((MATCH, self.digest(cpu, cpus) + "\n"),
                             (result.code, result.out.decode()), result)
            self.assertEqual(b"does not end in OVMF's table" in result.err, warned, result)
            self.assertEqual(result.err.count(b"\n"), warned, result)

    @unittest.skipUnless(OVMF.exists(), f"{OVMF} is not there")
    def test_debian_firmware(self):
        image = OVMF.read_bytes()
        reset = int.from_bytes(model.footer_entries(image)[model.RESET_BLOCK], "little")
        guest = model.Guest.random(self.rng, image).launched(model.Cpu(TYPES["EPYC-Rome"]), 9, reset)
        self.assert_value(guest.launch_digest.hex(), "-f", str(OVMF), "-n9", "--cpu-type=EPYC-Rome")


class Matrix(DigestTest):
    def test_every_value(self):
        document = self.document(
            *self.words, "-n", "1-3,64", "--cpu-type", "EPYC,EPYC-Turin-v1", "--vmsa-fpu",
            "legacy,init2", "--sev-features", "0,0x21")
        self.assertEqual((document["technology"], document["vmm"]), ("sev-es", "qemu"))
        self.assertEqual(document["values"], [
            {"measurement": self.digest(model.Cpu(TYPES[name], "qemu", fpu, features), cpus),
             "num-cpus": cpus, "cpu-signature": TYPES[name], "cpu-type": name, "vmsa-fpu": fpu,
             "sev-features": features}
            for name, features, fpu, cpus in itertools.product(
                ("EPYC", "EPYC-Turin"), (0, 0x21), ("legacy", "init2"), (1, 2, 3, 64))])

    def test_sev(self):
        document = self.document(*self.words, "--json")
        version = run(["--version"]).out.decode().split()
        guest = self.guest
        self.assertEqual(document, {
            "type": "sevlaunch-reference-values", "schema": 1,
            "tool": {"name": version[0], "version": version[1]},
            "technology": "sev", "vmm": None,
            "inputs": {
                name: {"size": size, "sha256": model.sha256(data).hex()} for name, size, data in (
                    ("firmware", len(guest.firmware), guest.firmware),
                    ("kernel", len(guest.kernel), guest.kernel),
                    ("initrd", len(guest.initrd), guest.initrd),
                    ("cmdline", len(guest.cmdline), guest.cmdline + b"\0"))},
            "values": [{"measurement": self.digest(), "num-cpus": None, "cpu-signature": None,
                        "cpu-type": None, "vmsa-fpu": None, "sev-features": None}]})

    def test_large(self):
        values = self.document(*self.words, "-n1-4096", "--vmm=gce")["values"]
        self.assertEqual([value["num-cpus"] for value in values], list(range(1, 4097)))
        self.assertEqual(values[-1]["measurement"], self.digest(model.Cpu(0, "gce"), 4096))

    def test_lost(self):
        for words in (["--json"], []):
            with open("/dev/full", "wb") as full:
                self.assert_one_line(self.sev(*self.words, *words, stdout=full), FAILED)


class Refused(DigestTest):
    def test_policy(self):
        es = ["-n1", "--cpu-type=EPYC"]
        for words, texts in (
            (["--policy=4"], ["--num-cpus is required", "SEV-ES"]),
            (["--policy=3", *es], ["--num-cpus", "not measured"]),
            (["--policy=0x30000"], ["--policy", "SEV-SNP", "snp-digest"]),
            (["--policy=4294967296"], ["--policy"]),
        ):
            with self.subTest(words=words):
                self.assert_bad([*self.words, *words], *texts)

    def test_cpus_that_would_not_be_measured(self):
        page = self.write("page", bytes(4096))
        for option in (["--vmsa-cpu0", page], ["--vmsa-cpu0", page, "--vmsa-cpu1", page],
                       ["--cpu-family=1", "--cpu-model=1", "--cpu-stepping=1"],
                       ["--cpu-type=EPYC"], ["--cpu-signature=1"], ["--vmsa-fpu=legacy"],
                       ["--sev-features=0"], ["--vmm=ec2"]):
            with self.subTest(option=option):
                self.assert_bad([*self.words, *option], option[0].split("=")[0],
                                "requires --num-cpus")

    def test_what_does_not_fit(self):
        page = self.write("page", bytes(4096))
        for words, texts in (
            (["-n1"], ["--cpu-type", "required"]),
            (["-n1", "--vmm=ec2", "--cpu-type=EPYC"], ["--cpu-type has no effect", "ec2"]),
            (["-n1", "--vmm=krun", "--cpu-family=1", "--cpu-model=1", "--cpu-stepping=1"],
             ["--cpu-family has no effect", "krun"]),
            (["-n1", "-0", page, "-1", page], ["--vmsa-cpu1 is not measured"]),
            (["-n2", "-0", page], ["--vmsa-cpu1 is required", page]),
            (["-n2", "-0", self.write("odd", bytes(5000))], ["--vmsa-cpu0", "8192", "5000"]),
            (["-n2", "-0", self.write("much", bytes(9000))], ["--vmsa-cpu0", "8192", "9000"]),
            (["-n1", "-0", self.write("two", bytes(8192))], ["--vmsa-cpu0", "4096", "8192"]),
            (["-n2", "-0", page, "-1", self.write("short", b"x")], ["--vmsa-cpu1", "4096"]),
            (["-n1", "-0", page, "--vmm=ec2"], ["--vmsa-cpu0", "--vmm"]),
            (["-n1", "-1", page, "--cpu-type=EPYC"], ["--vmsa-cpu1 requires --vmsa-cpu0"]),
            (["-n1-2", "--cpu-type=EPYC", "--format=hex"], ["--format", "JSON"]),
            (["--json", "--format=hex"], ["--json", "--format"]),
            (["--kernel-sha256=x"], ["--kernel"]),
            (["-n0", "--cpu-type=EPYC"], ["--num-cpus"]),
            (["-n1", "--cpu-type=host"], ["--cpu-type", "--cpu-family"]),
            (["-n1", "--cpu-type=EPYC", "--sev-features=x"], ["--sev-features", "64 bits"]),
            (["-n1", "--cpu-type=EPYC", "--vmsa-fpu=x"], ["--vmsa-fpu"]),
            (["-n1", "--vmm=x"], ["--vmm", "krun"]),
            (["--format=x"], ["--format"]),
            (["stray"], ["stray"]),
        ):
            with self.subTest(words=words):
                self.assert_bad([*self.words, *words], *texts)
        self.assert_bad(["-n1", "--cpu-type=EPYC"], "--firmware", "required")
        self.assert_bad(["-f", self.firmware, "--initrd=x"], "--initrd requires --kernel")

    def test_firmware(self):
        """Without a place for a kernel's hashes, or for CPUs to start at; or none at all."""
        two = ["-n2", "--cpu-type=EPYC"]
        hashes = ["--kernel-sha256", "ab" * 32]
        for entries, words, texts in (
            ([model.reset_block()], hashes, ["--kernel", "no place"]),
            ([model.area(model.HASH_AREA, 0x810000, 175)], hashes, ["--kernel", "no place"]),
            ([AREA], two, ["--num-cpus", "does not tell where"]),
            ([model.reset_block(), model.reset_block()], [], ["table", "malformed"]),
        ):
            path = self.write("fw", model.image(self.rng, entries))
            with self.subTest(texts=texts):
                self.assert_bad(["-f", path, *words], *texts)
        for content, text in ((b"", "0 bytes"), (b"QFI\xfb" + bytes(99), "qcow2"),
                              (b"\x1f\x8b\x08" + bytes(99), "gzip")):
            self.assert_bad(["-f", self.write("fw", content)], "--firmware", text)
        self.assert_bad(["-f", "no such file"], "no such file", code=FAILED)
        self.assert_bad(["-f", self.firmware, "-k", "no such file"], "no such file", code=FAILED)
        self.assert_bad(["-f", self.firmware, "-n1", "-0", "no such file"], "no such file",
                        code=FAILED)
        self.assert_bad(["-f", self.firmware, "-n2", "-0", "no such file"], "no such file",
                        code=FAILED)


if __name__ == "__main__":
    main()
