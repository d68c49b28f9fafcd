# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-verify` take the report of the guest whose files it gets, and say which
one it is; and does it explain the measurement of a genuine report as `snp-digest` does, and that
of no other one?"""
import json

import amd
from amd import Amd
from model import Cpu
from runner import FAILED, MATCH, USAGE, main
from test_snp_diagnosis import CPU, TYPES, DiagnosisTest
from test_snp_verify import VerifyTest

MADE = ["revocation", "measurement"]
HELP = ("HINT: give the guest's own files, by --firmware, --num-cpus and the options that "
        "'snp-digest' takes, to have the mistake looked for")
FORGED = ("HINT: its measurement is not explained: the report is not shown to be genuine, so "
          "anybody may have written it")


class GuestTest(VerifyTest, DiagnosisTest):
    """The options describe `given`."""

    def launched(self, launch, words=None, **changes):
        """The report of a guest that a host launched so."""
        words = self.words() if words is None else words
        return self.case(words=words, measurement=launch.measurement, **changes)

    def said(self, case, *words):
        """What the verdict has of the guest, and the lines of its hints."""
        result = self.verify(case, "--json", *words)
        lines = result.err.decode().splitlines()
        plain = self.verify(case, *words)
        self.assertEqual((result.code, result.err), (plain.code, plain.err))
        return json.loads(result.out)["guest"], [line for line in lines if line.startswith("HINT: ")]

    def told(self, case):
        """The same of snp-digest, which nobody asks whether the report is genuine."""
        words = case.words[case.words.index("-f"):]
        result = self.snp(*words, "--report", self.write("unverified", case.report), "--json")
        verdict = json.loads(result.out)
        guest = {name: verdict[name] for name in ("technology", "vmm", "inputs", "value", "hints")}
        return guest, [line for line in result.err.decode().splitlines() if line.startswith("HINT: ")]


class Chosen(GuestTest):
    def test_one(self):
        case = self.launched(self.given)
        ok = self.assert_good(case, made=MADE)
        self.assertTrue(ok.endswith(
            "and is of the guest that was chosen, with --num-cpus 3 --cpu-signature 0xa00f11 "
            "(EPYC-Milan) --vmsa-fpu init2 --sev-features 0x1 --vmm qemu"), ok)
        self.assertEqual(self.said(case), self.told(case))
        self.assertEqual(self.said(case)[0]["value"]["measurement"], self.given.measurement.hex())

    def test_products_and_launchers(self):
        for product, kind in ("Milan", "vlek"), ("Genoa", "vcek"), ("Turin", "vcek"):
            for vmm in "qemu", "ec2", "gce":
                cpu = CPU if vmm == "qemu" else Cpu(0, vmm, "legacy", 1)
                case = self.launched(self.given.changed(cpu=cpu), self.words(cpu=cpu), kind=kind, a=Amd(product))
                ok = self.assert_good(case, made=MADE)
                self.assertTrue(ok.endswith(f" --vmm {vmm}"), ok)

    def test_any_of_many(self):
        words = [word for word in self.words() if not word.startswith(("-n", "--cpu-s", "--vmsa", "--sev-f"))]
        words += ["-n1-4,300", "--cpu-type=EPYC,EPYC-Milan", "--vmsa-fpu=legacy,init2", "--sev-features=1,0x21"]
        for changes in ({"cpus": 1}, {"cpus": 300}, {"cpus": 2, "cpu": Cpu(TYPES["EPYC"], "qemu", "legacy", 0x21)}):
            launch = self.given.changed(**changes)
            case = self.launched(launch, words)
            ok = self.assert_good(case, made=MADE)
            self.assertIn(f"with --num-cpus {launch.cpus} --cpu-signature {launch.cpu.signature:#x} ", ok)
            self.assertEqual(self.said(case), self.told(case))
        wrong = self.launched(self.given.changed(cpus=5), words)
        self.assert_fails(wrong, "measurement")
        self.assertIn(b"expected one of 40 values, got ", self.verify(wrong).err)

    def test_beside_other_values(self):
        """Of options, a document and files, any value will do."""
        other = self.given.changed(kernel=b"other")
        document = self.write("values", self.snp(*self.words(kernel=b"other"), "--json").out)
        reference = ["--reference", document]
        values = [word for _ in range(10) for word in ("-m", self.rng.randbytes(48).hex())]
        for more in (["-m", other.measurement.hex()], reference, [*values, *reference],
                     [*values, "-m", other.measurement.hex(), *reference]):
            for launch in other, self.given:
                case = self.launched(launch, [*more, *self.words()])
                ok = self.assert_good(case, made=MADE)
                self.assertEqual(", with --num-cpus 3" in ok, launch is self.given, ok)
                self.assertEqual(", by --measurement or --reference: the guest's files give another value" in ok,
                                 launch is not self.given, ok)
                guest, hints = self.said(case)
                self.assertEqual((guest["value"] is None, guest["hints"], hints),
                                 (launch is not self.given, None, []))
        case = self.launched(other.changed(cpus=2), [*values, *reference, *self.words()])
        self.assert_fails(case, "measurement")
        self.assertIn(b"expected one of 12 values, got ", self.verify(case).err)

    def test_info_and_hashes(self):
        words = self.words()
        self.assertEqual(self.snp(*words[:2], "--firmware-info-out=info").code, MATCH)
        self.assert_good(self.launched(self.given, ["--firmware-info=info", *words[2:]]), made=MADE)
        cmdline = "--cmdline-sha256=" + amd.model.sha256(self.given.cmdline + b"\0").hex()
        place = words.index("--cmdline-file")
        case = self.launched(self.given, [*words[:place], cmdline, *words[place + 2:]])
        self.assert_good(case, made=MADE)
        inputs = self.said(case)[0]["inputs"]
        self.assertEqual((inputs["cmdline"]["size"], inputs["kernel"]["size"]), (None, 6))

    def test_no_guest_is_null(self):
        result = self.verify(self.case(), "--json")
        self.assertIsNone(json.loads(result.out)["guest"])

    def test_policy_file(self):
        """What describes a guest and names no file is of a fleet's rules."""
        rules = {"num-cpus": ["1-3", "8"], "cpu-signature": hex(CPU.signature), "vmsa-fpu": ["init2"],
                 "sev-features": 1, "vmm": "qemu", "cmdline": "console=ttyS0"}
        words = ["-f", self.write("given.fd", self.given.image), "-k", self.write("kernel", self.given.kernel),
                 "-r", self.write("initrd", self.given.initrd),
                 "--policy-file", self.write("policy", json.dumps(rules).encode())]
        self.assert_good(self.launched(self.given, words), made=MADE)
        self.assert_fails(self.launched(self.given.changed(cpus=4), words), "measurement")
        self.assert_unusable(self.launched(self.given, [*words, "-n3"]), "'num-cpus'", "is given twice")


class Wrong(GuestTest):
    def test_the_same_words_as_those_of_snp_digest(self):
        given = self.given
        for launch, mistake in (
            (given.changed(cpus=4), "num-cpus"), (given.changed(kernel=None), "kernel-unmeasured"),
            (given.with_cpu(sev_features=0x21), "sev-features"), (given.with_cpu(fpu="legacy"), "vmsa-fpu"),
            (given.changed(cmdline=given.cmdline + b"\n"), "cmdline"), (given.changed(initrd=b""), "initrd"),
            (given.with_cpu(signature=TYPES["EPYC-Genoa"]), "cpu-signature"),
            (given.changed(cpu=Cpu(0, "ec2", "legacy", 1)), "vmm"),
            (given.changed(kernel=b"other"), None),
        ):
            with self.subTest(mistake=mistake):
                case = self.launched(launch)
                self.assert_fails(case, "measurement")
                guest, hints = self.said(case)
                self.assertEqual((guest, hints), self.told(case))
                self.assertEqual(2, len(hints), hints)
                self.assertEqual([hint["mistake"] for hint in guest["hints"]], [mistake] if mistake else [])
        result = self.verify(self.launched(given.changed(cpus=4)))
        self.assertIn(f"measurement: expected {given.measurement.hex()}, got ", result.err.decode())
        self.assertIn(b"HINT: it matches for --num-cpus 4: the host launched this guest with another number of "
                      b"CPUs (a mistake here, or a change that the host must answer for)\n", result.err)

    def test_beside_another_check(self):
        case = self.launched(self.given.changed(cpus=4), vmpl=1)
        self.assert_fails(case, "measurement", "vmpl")
        self.assertEqual(self.said(case), self.told(case))
        case = self.launched(self.given, vmpl=1)
        self.assert_fails(case, "vmpl")
        guest, hints = self.said(case)
        self.assertEqual((guest["value"]["num-cpus"], guest["hints"], hints), (3, None, []))

    def test_no_forged_report_is_explained(self):
        """Whether its measurement is that of the guest, or not."""
        stranger = amd.RsaKey(3)
        root = self.amd.ark.changed(key=stranger, signer=stranger)
        for launch in self.given, self.given.changed(cpus=4):
            case = self.launched(launch)
            unsigned = self.launched(launch, key_info=2)
            for forged, check in (
                (case.changed(report=case.report[:0x2A0] + bytes(512)), "signature"),
                (case.changed(certs=[*case.certs[:2], root.der]), "root"), (unsigned, "signer"),
            ):
                states = self.assert_fails(forged, check)
                self.assertEqual(states["measurement"], "not-made")
                guest, hints = self.said(forged)
                self.assertEqual((guest["value"], guest["hints"], hints), (None, None, [FORGED]))

    def test_what_would_help(self):
        digest = self.rng.randbytes(48).hex()
        document = self.write("values", self.snp(*self.words(), "--json").out)
        for words in (["-m", digest], ["--reference", document], ["-m", digest, "--reference", document]):
            case = self.launched(self.given.changed(cpus=4), words)
            self.assert_fails(case, "measurement")
            self.assertEqual(self.said(case), (None, [HELP]))
            forged = case.changed(report=case.report[:0x2A0] + bytes(512))
            self.assert_fails(forged, "signature")
            self.assertEqual(self.said(forged), (None, []))

    def test_lost(self):
        for launch in self.given, self.given.changed(cpus=4):
            with open("/dev/full", "wb") as full:
                result = self.verify(self.launched(launch), "--json", stdout=full)
            self.assertEqual(FAILED, result.code, result)


class Refused(GuestTest):
    def test_options(self):
        words = self.words()
        case = self.case(words=[])
        for more, *texts in (
            (["-n", "1"], "--firmware PATH is required"), (["--vmm=ec2"], "--firmware PATH is required"),
            (words[:2], "--num-cpus LIST is required"), ([*words[:2], "-n1"], "--cpu-type, or"),
            ([*words, "--no-measurement"], "--no-measurement", "--firmware"),
            (["--no-measurement", "--vmsa-fpu=init2"], "--no-measurement", "--vmsa-fpu"),
            (["--no-measurement", "-n1"], "--no-measurement", "--num-cpus"),
            ([*words[:2], "-n", "0", "--cpu-type=EPYC"], "--num-cpus: expected"),
            ([*words[:2], "-n1", "--cpu-type=EPYC", "-e", "x"], "--cmdline requires --kernel"),
            ([*words, "--firmware-info=x"], "--firmware-info", "--firmware"),
            ([*words, "--sev-features=2"], "--sev-features: expected"),
        ):
            self.assert_unusable(case, *texts, words=more)

    def test_files(self):
        words = self.words()
        case = self.case(words=words)
        cpus = ["-n1", "--cpu-type=EPYC"]
        self.assert_unusable(case, "'missing'", words=["-f", "missing"], code=FAILED)
        self.assert_unusable(case, "'missing'", words=["-k", "missing"], code=FAILED)
        plain = self.write("plain.fd", self.rng.randbytes(8192))
        self.assert_unusable(case, "--firmware", "is not built for SEV-SNP", words=["-f", plain])
        for content in b"", b"{}", b"[]" * 9000:
            info = self.write("info", content)
            self.assert_unusable(self.case(words=["--firmware-info", info, *cpus]), "info")
        image = amd.model.snp_image(self.rng, [(0x800000, 0x1000, 1)], [], 8192)
        other = self.write("other.fd", image)
        self.assert_unusable(self.case(words=["-f", other, "-n2", "--cpu-type=EPYC"]), "--num-cpus: the firmware")
        self.assert_unusable(self.case(words=["-f", other, *cpus, "-k", self.write("kernel", b"k")]), "--kernel")

    def test_standard_input(self):
        case = self.launched(self.given)
        words = [*case.words, "-f", "-"]
        result = self.verify(case.changed(words=words), input=self.given.image)
        self.assert_one_line(result, USAGE, "--firmware-size is required")
        result = self.verify(case.changed(words=words), f"--firmware-size={len(self.given.image)}",
                             input=self.given.image)
        self.assertEqual(MATCH, result.code, result)

    def test_debug(self):
        result = self.verify(self.launched(self.given), "--debug")
        for label in b"Before CPUs(sha384)", b"Kernel(sha256)", b"Measurement":
            self.assertIn(label, result.err)


if __name__ == "__main__":
    main()
