# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-digest` find the mistake that was made, and no other one, where the
measurement is another; and does an OK say what it is of?"""
import base64
import dataclasses
import itertools
import json
import os
import struct

import model
import runner
from model import Cpu
from runner import FAILED, MATCH, MISMATCH, MISMATCH_LINE, USAGE, main
from test_snp_digest import HASH_PAGE, SECTIONS, TYPES, DigestTest

SILICON = {0x00800F11: "Naples", 0x00A00F10: "Milan", 0x00A10F11: "Genoa", 0x00B10F10: "Turin Dense"}
CPU = Cpu(TYPES["EPYC-Milan"], "qemu", "init2", 1)
ALL_SECTIONS = [*SECTIONS[:4], (0x7FF000, 0x1000, 4), *SECTIONS[4:]]
NEWLINE, CRLF, NUL, NO_NUL, REST = range(5)  # enum sevl_cmdline_ending
FPU = {"legacy": 0, "init2": 1}
VMM = {"qemu": 0, "ec2": 1, "gce": 2}

TYPING = "most likely a mistake in what was given here"
HOST = "the host must answer for it"
EITHER = "a mistake here, or a change that the host must answer for"
MEANINGS = {
    "kernel-unmeasured": (
        "the host launched this guest without measuring its kernel (kernel-hashes=on is missing), "
        "so it may boot any kernel", HOST),
    "kernel-exchanged": ("each was given for the other", TYPING),
    "initrd": ("the host launched no initrd", EITHER),
    "cmdline": ("what the host was given ends in another way", TYPING),
    "cmdline-absent": ("the host launched no command line", EITHER),
    "kernel-hashes-first": ("the host's QEMU is of before March 2023", EITHER),
    "svsm-caa": ("the host's VMM does not know this section", EITHER),
    "variable-store": ("the host was given the code alone, as OVMF_CODE.fd is", TYPING),
    "firmware-fill": ("the host was given the image alone", TYPING),
    "firmware-zero-filled": ("the host filled it up to a usual size", EITHER),
    "firmware-erased-filled": ("the host filled it up to a usual size", EITHER),
    "vmm": ("another VMM launched this guest", EITHER),
    "sev-features": ("the host's kernel or VMM enables other SEV features", EITHER),
    "vmsa-fpu": ("the host's kernel starts CPUs the other way", TYPING),
    "cpu-signature": ("the host launched this guest as another CPU, or passed its own through",
                      EITHER),
    "num-cpus": ("the host launched this guest with another number of CPUs", EITHER),
}
# What is tried, in the words of a hint.
STATES = ["SEV features of 0x1, 0x21, 0x201 or 0x221", "the other FPU state, with such features, too"]
COUNTS = ["any other number of CPUs"]
KERNEL = ["missing kernel hashes", "kernel and initrd exchanged", "no initrd",
          "kernel hashes before all sections"]
CMDLINE = ("no command line, or one without its quotation marks, with fewer blanks, line ends or "
           "NULs at its end, or with a newline, CR LF, a NUL or up to 16 blanks there")
FILLED = ["firmware with 0x00 or 0xff before it up to 64 KiB or a power of two"]
LAST = ["each other --vmm, with and without kernel hashes, in any of these states of a CPU",
        "FPU state and SEV features together with what is tried of firmware, kernel, initrd and "
        "command line",
        "signature, FPU state, SEV features and up to 256 CPUs, any of them together"]
LEFT = "another firmware file (another build, or one with its variables before the code)"
LEFT_KERNEL = "another kernel, initrd or command line"
LEFT_NO_KERNEL = "a kernel whose hashes are measured (give --kernel to have it tried)"
LEFT_LAST = "a launch with an IGVM file or an SVSM, several of these mistakes at once"


@dataclasses.dataclass(frozen=True)
class Launch:
    """A guest as a host launches it, or as its owner describes it."""

    image: bytes
    sections: list
    cpu: Cpu = CPU
    cpus: int = 3
    kernel: bytes = b"kernel"  # None: no kernel hashes
    initrd: bytes = b"initrd"
    cmdline: bytes = b"console=ttyS0"
    end: bytes = b"\0"
    quirk: str = ""

    def changed(self, **changes):
        return dataclasses.replace(self, **changes)

    def with_cpu(self, **changes):
        return self.changed(cpu=dataclasses.replace(self.cpu, **changes))

    @property
    def measurement(self):
        table = None if self.kernel is None else model.hash_table(
            *map(model.sha256, (self.kernel, self.initrd, self.cmdline + self.end)))
        return bytes.fromhex(model.SnpGuest(
            model.snp_firmware(self.image), len(self.image), self.sections,
            (HASH_PAGE + 0xC00, 0x400),
            (self.cpu.page(), self.cpu.page(model.RESET_ADDRESS)), self.cpus, self.cpu.vmm, table,
            self.quirk).launch_digest)


def report(measurement, version=3, cpuid=(25, 1, 1), policy=0x30000, vmpl=0):
    """A report of which nobody checks the signature."""
    data = bytearray(1184)
    struct.pack_into("<I", data, 0x000, version)
    struct.pack_into("<Q", data, 0x008, policy)
    struct.pack_into("<II", data, 0x030, vmpl, 1)
    data[0x090:0x0C0] = measurement
    if version > 2:
        data[0x188:0x18B] = bytes(cpuid)
    return bytes(data)


class DiagnosisTest(DigestTest):
    """The options describe `given`; the host launches something else."""

    def setUp(self):
        super().setUp()
        self.given = Launch(self.make_image(ALL_SECTIONS, 16), ALL_SECTIONS)

    def words(self, **changes):
        given = self.given.changed(**changes)
        cpu = given.cpu
        words = ["-f", self.write("given.fd", given.image), f"-n{given.cpus}", "--vmm", cpu.vmm,
                 f"--sev-features={cpu.sev_features:#x}", f"--vmsa-fpu={cpu.fpu}"]
        if cpu.vmm == "qemu" or cpu.own_rdx:
            words.append(f"--cpu-signature={cpu.signature:#x}")
        if given.kernel is not None:
            words += ["-k", self.write("kernel", given.kernel), "--cmdline-file",
                      self.write("cmdline", given.cmdline)]
            words += ["-r", self.write("initrd", given.initrd)] if given.initrd else []
        return words

    def judge(self, launched, *more, **changes):
        """Returns the lines of the diagnosis, and the hints for programs."""
        words = [*self.words(**changes), f"--expect={launched.measurement.hex()}", *more]
        result = self.snp(*words, "--json")
        self.assertEqual(MISMATCH, result.code, result)
        self.assertTrue(result.err.startswith(MISMATCH_LINE), result)
        plain = self.snp(*words)
        self.assertEqual((MISMATCH, b"", result.err), (plain.code, plain.out, plain.err), plain)
        line = result.err[len(MISMATCH_LINE):].decode()
        self.assertEqual(1, line.count("\n"), result)
        document = json.loads(result.out)
        self.assertEqual(("mismatch", None), (document["verdict"], document["value"]))
        return line, [(hint["mistake"], hint["value"]) for hint in document["hints"]]

    def explain(self, launched, found, *texts, **changes):
        """Requires one hint with all these mistakes, and no other."""
        line, hints = self.judge(launched, **changes)
        with self.subTest(found=found):
            self.assertEqual(found, hints, line)
            meanings = [MEANINGS[mistake] for mistake, _ in found]
            said = ", and ".join(f"{means} ({blame})" for means, blame in meanings)
            self.assertEqual(f"HINT: it matches {' and '.join(texts)}: {said}\n", line)

    def assert_unexplained(self, launched, tried, left, *more, **changes):
        line, hints = self.judge(launched, *more, **changes)
        self.assertEqual([], hints)
        self.assertEqual(f"HINT: no likely mistake explains it. Ruled out: {', '.join(tried)}. "
                         f"What is left: {', '.join(left)}\n", line)


class OneMistake(DiagnosisTest):
    def test_counts_of_cpus(self):
        for count in (1, 2, 4, 255, 257, 4095, 4096):
            self.explain(self.given.changed(cpus=count), [("num-cpus", count)],
                         f"for --num-cpus {count}")

    def test_states(self):
        for given, launched in itertools.permutations((1, 0x21, 0x201, 0x221, 0x40001), 2):
            if launched != 0x40001:
                self.explain(self.given.with_cpu(sev_features=launched),
                             [("sev-features", launched)], f"for --sev-features {launched:#x}",
                             cpu=dataclasses.replace(CPU, sev_features=given))
        for given, launched in (("legacy", "init2"), ("init2", "legacy")):
            cpu = dataclasses.replace(CPU, fpu=given)
            self.explain(self.given.with_cpu(fpu=launched), [("vmsa-fpu", FPU[launched])],
                         f"for --vmsa-fpu {launched}", cpu=cpu)

    def test_signatures(self):
        known = {signature: name for name, signature in TYPES.items()} | SILICON
        for signature, name in known.items():
            if signature != CPU.signature:
                self.explain(self.given.with_cpu(signature=signature),
                             [("cpu-signature", signature)],
                             f"for --cpu-signature {signature:#x} ({name})")
        for given, launched in ((0, 0x600), (0x600, 0)):
            for vmm in ("ec2", "gce"):
                cpu = Cpu(given, vmm, "legacy", 1, own_rdx=True)
                self.explain(self.given.changed(cpu=dataclasses.replace(cpu, signature=launched)),
                             [("cpu-signature", launched)], f"for --cpu-signature {launched:#x}",
                             cpu=cpu)

    def test_ec2_of_before_april_2026(self):
        cpu = Cpu(0, "ec2", "legacy", 1)
        self.explain(self.given.changed(cpu=dataclasses.replace(cpu, own_rdx=True)),
                     [("cpu-signature", 0)], "for --cpu-signature 0x0", cpu=cpu)

    def test_vmms(self):
        cpus = {"qemu": CPU, "ec2": Cpu(0, "ec2", "legacy", 1), "gce": Cpu(0, "gce", "legacy", 1)}
        for given, launched in itertools.permutations(cpus, 2):
            found, texts = [("vmm", VMM[launched])], [f"for --vmm {launched}"]
            if launched == "qemu":
                found.append(("cpu-signature", CPU.signature))
                texts.append(f"for --cpu-signature {CPU.signature:#x} (EPYC-Milan)")
            self.explain(self.given.changed(cpu=cpus[launched]), found, *texts, cpu=cpus[given])

    def test_kernel(self):
        given = self.given
        for launched, mistake, text in (
            (given.changed(kernel=None), "kernel-unmeasured", "without --kernel"),
            (given.changed(kernel=given.initrd, initrd=given.kernel), "kernel-exchanged",
             "with --kernel and --initrd exchanged"),
            (given.changed(initrd=b""), "initrd", "without --initrd"),
            (given.changed(cmdline=b""), "cmdline-absent", "without --cmdline"),
            (given.changed(quirk="hashes-first"), "kernel-hashes-first",
             "with the kernel hashes before all sections"),
            (given.changed(quirk="no-svsm-caa"), "svsm-caa",
             "without the section for an SVSM, type 4"),
        ):
            self.explain(launched, [(mistake, 0)], text)

    def test_ends_of_the_command_line(self):
        given = b"console=ttyS0"
        for cmdline, launched, end, value, text in (
            (given, given + b"\n", b"\0", NEWLINE, "a newline at its end"),
            (given, given + b"\r\n", b"\0", CRLF, "CR LF at its end"),
            (given, given + b"  ", b"\0", REST | 2 << 16, "2 blanks at its end"),
            (given, given, b"\0\0", NUL, "a NUL more at its end"),
            (given, given, b"", NO_NUL, "no NUL at its end"),
            (given + b" \n", given, b"\0", REST | 2 << 8, "its last 2 characters left out"),
            (b'"a b"', b"a b", b"\0", REST | 1 << 24, "its quotation marks left out"),
        ):
            self.explain(self.given.changed(cmdline=launched, end=end), [("cmdline", value)],
                         "for a command line with " + text, cmdline=cmdline)

    def test_firmware(self):
        code = self.given.image
        for size in (0x20000, 0x84000):
            whole = self.rng.randbytes(size) + code
            self.explain(self.given, [("variable-store", size)],
                         f"for the firmware without the variables that it begins with, {size} "
                         "bytes", image=whole)
        for fill in (b"\0", b"\xff", b"x"):
            for pages in (2, 16):
                whole = fill * 4096 * pages + code
                self.explain(self.given, [("firmware-fill", 4096 * pages)],
                             "for the firmware without what fills its start, "
                             f"{4096 * pages} bytes", image=whole)
        for size, missing in ((13, 3), (17, 15)):  # pages; up to 64 and to 128 KiB
            image = self.make_image(ALL_SECTIONS, size)
            for fill, name, text in ((b"\0", "zero", "zeros"),
                                     (b"\xff", "erased", "bytes of 0xff")):
                launched = self.given.changed(image=fill * 4096 * missing + image)
                self.explain(launched, [(f"firmware-{name}-filled", 4096 * missing)],
                             f"for the firmware with {text} before it, {4096 * missing} bytes",
                             image=image)
        image = self.make_image(ALL_SECTIONS, 33)  # up to 192 and to 256 KiB
        for missing in (15, 31):
            launched = self.given.changed(image=bytes(4096 * missing) + image)
            self.explain(launched, [("firmware-zero-filled", 4096 * missing)],
                         f"for the firmware with zeros before it, {4096 * missing} bytes",
                         image=image)


class MoreMistakes(DiagnosisTest):
    def test_host_that_was_upgraded(self):
        """FPU state and features with whatever else is another."""
        old = self.given.with_cpu(fpu="legacy", sev_features=0x21)
        states = [("sev-features", 0x21)], [("vmsa-fpu", 0), ("sev-features", 0x21)]
        texts = ["for --vmsa-fpu legacy", "for --sev-features 0x21"]
        self.explain(old, states[1], *texts)
        for changes, mistake, text in (
            ({"kernel": None}, ("kernel-unmeasured", 0), "without --kernel"),
            ({"quirk": "hashes-first"}, ("kernel-hashes-first", 0),
             "with the kernel hashes before all sections"),
            ({"cmdline": self.given.cmdline + b"\n"}, ("cmdline", NEWLINE),
             "for a command line with a newline at its end"),
        ):
            self.explain(old.changed(**changes), [mistake, *states[1]], text, *texts)
            self.explain(self.given.with_cpu(sev_features=0x21).changed(**changes),
                         [mistake, *states[0]], text, texts[1])
        size = 0x20000
        self.explain(old, [("variable-store", size), *states[1]],
                     f"for the firmware without the variables that it begins with, {size} bytes",
                     *texts, image=self.rng.randbytes(size) + self.given.image)

    def test_other_machine(self):
        launched = self.given.changed(cpus=8, cpu=Cpu(TYPES["EPYC-Genoa"], "qemu", "legacy", 0x21))
        self.explain(launched,
                     [("cpu-signature", TYPES["EPYC-Genoa"]), ("vmsa-fpu", 0),
                      ("sev-features", 0x21), ("num-cpus", 8)],
                     f"for --cpu-signature {TYPES['EPYC-Genoa']:#x} (EPYC-Genoa)",
                     "for --vmsa-fpu legacy", "for --sev-features 0x21", "for --num-cpus 8")
        self.explain(self.given.changed(cpus=300).with_cpu(signature=0x00A10F11, fpu="legacy"),
                     [("cpu-signature", 0x00A10F11), ("vmsa-fpu", 0)],
                     "for --cpu-signature 0xa10f11 (Genoa)", "for --vmsa-fpu legacy", cpus=300)

    def test_cmdline_and_initrd(self):
        self.explain(self.given.changed(initrd=b"", cmdline=b""),
                     [("cmdline-absent", 0), ("initrd", 0)], "without --cmdline",
                     "without --initrd")

    def test_cloud_that_does_not_measure_kernels(self):
        cpu = Cpu(0, "ec2", "legacy", 1, own_rdx=True)
        self.explain(self.given.changed(kernel=None, cpu=cpu),
                     [("vmm", 1), ("kernel-unmeasured", 0), ("cpu-signature", 0)],
                     "for --vmm ec2", "without --kernel", "for --cpu-signature 0x0")


class Nothing(DiagnosisTest):
    """A random digest is explained by nothing; what was ruled out is said."""

    SIGNATURES = ["each CPU signature that the man page lists"]

    def random(self):
        return self.given.changed(kernel=self.rng.randbytes(8))

    def test_kernel(self):
        self.assert_unexplained(
            self.random(), [*STATES, *self.SIGNATURES, *COUNTS, *KERNEL, "no section for an SVSM",
                            CMDLINE, *LAST], [LEFT, LEFT_KERNEL, LEFT_LAST])

    def test_hashes_alone(self):
        words = ["--kernel-sha256=" + "ab" * 32, "--cmdline-sha256=" + "cd" * 32]
        self.given = self.given.changed(kernel=None)
        self.assert_unexplained(
            self.given.changed(cpus=4097),
            [*STATES, *self.SIGNATURES, *COUNTS, *KERNEL, "no section for an SVSM",
             "no command line", *LAST], [LEFT, LEFT_KERNEL, LEFT_LAST], *words)

    def test_firmware_alone(self):
        image = bytes(8192) + self.make_image(SECTIONS, 33 + 13)
        self.given = self.given.changed(kernel=None)
        self.assert_unexplained(
            self.random(),
            [*STATES, *self.SIGNATURES, *COUNTS, "firmware without its first 128 or 528 KiB",
             "firmware without what fills its start", *FILLED, *LAST],
            [LEFT, LEFT_NO_KERNEL, LEFT_LAST], image=image)

    def test_one_cpu(self):
        image = self.make_image(SECTIONS, 16, entries=[model.area(model.HASH_AREA, *self.area)])
        self.given = self.given.changed(kernel=None, cpus=1)
        self.assert_unexplained(self.random(), [*STATES, *self.SIGNATURES, *LAST],
                                [LEFT, LEFT_NO_KERNEL, LEFT_LAST], image=image)

    def test_cloud(self):
        cpu = Cpu(0, "ec2", "legacy", 1)
        self.assert_unexplained(
            self.random(), [*STATES, "a CPU signature of 0 or 0x600", *COUNTS, *KERNEL,
                            "no section for an SVSM", CMDLINE, *LAST],
            [LEFT, LEFT_KERNEL, LEFT_LAST], cpu=cpu)


    def test_what_takes_too_long(self):
        """A section of two gigabytes has half a million pages."""
        sections = [*SECTIONS[:5], (0x10000000, 2 << 30, 1)]
        image = self.make_image(sections, 16)
        self.given = self.given.changed(kernel=None, sections=sections)
        line, hints = self.judge(self.given.changed(cpus=2), image=image)
        self.assertEqual([], hints)
        self.assertTrue(line.startswith("HINT: no mistake that was tried explains it. Ruled out: "
                                        f"{', '.join([*STATES, *self.SIGNATURES])}"), line)
        self.assertIn(f". Not tried, as it takes too long on this machine: {COUNTS[0]}, {LAST[0]}, ",
                      line)


class Verdict(DiagnosisTest):
    def test_match(self):
        value = self.given.measurement
        for text in (value.hex(), value.hex().upper(), base64.b64encode(value).decode()):
            result = self.snp(*self.words(), "--expect", text)
            self.assertEqual(
                (MATCH, "OK: the measurement is the launch digest of this guest, with --num-cpus 3 "
                 f"--cpu-signature {CPU.signature:#x} (EPYC-Milan) --vmsa-fpu init2 --sev-features "
                 "0x1 --vmm qemu\n", b""), (result.code, result.out.decode(), result.err), result)
            self.assert_silent(self.snp("-q", *self.words(), "--expect", text), MATCH)

    def test_match_of_a_launcher_with_its_own(self):
        cpu = Cpu(0, "ec2", "legacy", 1)
        value = self.given.changed(cpu=cpu).measurement.hex()
        result = self.snp(*self.words(cpu=cpu), "--expect", value)
        self.assertEqual("OK: the measurement is the launch digest of this guest, with --num-cpus 3 "
                         "--vmsa-fpu legacy --sev-features 0x1 --vmm ec2\n", result.out.decode())

    def test_any_of_many(self):
        """Says which one it is."""
        launched = self.given.changed(cpus=5, cpu=Cpu(TYPES["EPYC-Genoa"], "qemu", "legacy", 0x21))
        words = [word for word in self.words() if not word.startswith(("--cpu-s", "--sev", "--vmsa",
                                                                       "-n"))]
        words += ["-n1-8", "--cpu-type=EPYC,EPYC-Genoa", "--vmsa-fpu=init2,legacy",
                  "--sev-features=1,0x21", "--json", "--expect", launched.measurement.hex()]
        value = self.document(*words)["value"]
        self.assertEqual(value, {
            "measurement": launched.measurement.hex(), "num-cpus": 5,
            "cpu-signature": TYPES["EPYC-Genoa"], "cpu-type": "EPYC-Genoa", "vmsa-fpu": "legacy",
            "sev-features": 0x21})

    def test_bits(self):
        value = int.from_bytes(self.given.measurement, "big")
        for bit in {*range(0, 384, 11), 383}:
            other = (value ^ 1 << bit).to_bytes(48, "big").hex()
            self.assert_silent(self.snp("-q", *self.words(), "--expect", other), MISMATCH)

    def test_report(self):
        path = self.write("report", report(self.given.measurement))
        result = self.snp(*self.words(), "--report", path)
        lines = result.out.decode().splitlines()
        self.assertEqual((MATCH, b"", 2), (result.code, result.err, len(lines)), result)
        self.assertEqual("NOT CHECKED: who signed the report, its policy, VMPL, report data and all "
                         "else in it", lines[1])
        document = self.document(*self.words(), "--report", path, "--json")
        self.assertEqual(("match", None), (document["verdict"], document["hints"]))
        self.assertEqual(document["report"],
                         {"version": 3, "cpu-signature": 0x00A00F11, "policy": 0x30000, "vmpl": 0,
                          "verified": False})
        self.assertEqual(document["inputs"]["kernel"]["size"], 6)

    def test_forms_of_a_report(self):
        """All that snp-verify takes: nobody has to cut a head off."""
        claims, given = b"{}", self.given.measurement
        for measurement, code in (given, MATCH), (model.flip(given, 7), MISMATCH):
            whole = report(measurement)
            answer = struct.pack("<II24x", 0, 1184) + whole
            hcl = b"HCLA" + bytes(28) + whole + struct.pack("<5I", 20 + len(claims), 1, 2, 1, len(claims)) + claims
            for form in (answer, answer.ljust(4000, b"\0"), hcl):
                for text in (form, form.hex().encode(), base64.b64encode(form)):
                    result = self.snp(*self.words(), "--report", self.write("report", text))
                    self.assertEqual(code, result.code, result)
        launched = self.given.with_cpu(fpu="legacy")
        path = self.write("report", report(launched.measurement).hex().encode())
        result = self.snp(*self.words(), "--report", path, "--json")
        self.assertEqual(json.loads(result.out)["hints"], [{"mistake": "vmsa-fpu", "value": FPU["legacy"]}])

    def test_what_a_report_tells(self):
        """Its processor comes first, and excludes what no host can pass through."""
        launched = self.given.with_cpu(signature=0x00A20F12)  # which nobody knows
        known = "HINT: the report is of a processor with --cpu-signature 0xa20f12"
        for changes, found, texts in (
            ({"cpuid": (25, 33, 2)}, [("cpu-signature", 0x00A20F12)],
             [known + ", so its host passes no other one through; it is for VMPL 0; its policy, "
              "0x30000, is no part of the digest"]),
            ({"cpuid": (25, 33, 2), "vmpl": 2}, [("cpu-signature", 0x00A20F12)],
             ["it is for VMPL 2: if an SVSM or a paravisor runs at VMPL 0, it is measured, too"]),
            ({"version": 2, "policy": 0xB0000}, [],
             ["HINT: the report does not tell its processor; ", "its policy, 0xb0000, is no part "
              "of the digest, and lets the host read and change the guest"]),
            ({"vmpl": 0xFFFFFFFF}, [],
             ["each CPU model of QEMU, and the report's own processor",
              "the host asked for it, and not the guest; "]),
        ):
            path = self.write("report", report(launched.measurement, **changes))
            result = self.snp(*self.words(), "--report", path, "--json")
            self.assertEqual(MISMATCH, result.code, result)
            hints = json.loads(result.out)["hints"]
            self.assertEqual(found, [(hint["mistake"], hint["value"]) for hint in hints])
            for text in texts:
                self.assertIn(text, result.err.decode())
            self.assert_silent(self.snp(*self.words(), "--report", path, "-q"), MISMATCH)

    def test_refused(self):
        words = self.words()
        value = "ab" * 48
        for more in (["--expect=" + "ab" * 47], ["--expect="], ["--expect=" + "zz" * 48]):
            self.assert_bad([*words, *more], "--expect")
        good = report(bytes(48))
        for content in (b"", good[:-1], good + b"\0", b"\1" + good[1:], b"\7" + good[1:],
                        good[:0x4C] + b"\1" + good[0x4D:]):
            path = self.write("report", content)
            self.assert_bad([*words, "--report", path], "--report", path)
        for more in (["--expect", value], ["--report", path]):
            self.assert_bad(["-f", words[1], *more], "--num-cpus LIST is required")
            self.assert_bad(["-f", words[1], *more, "--firmware-info-out=info"],
                            "--num-cpus LIST is required")
        self.assertFalse(os.path.exists("info"))
        self.assert_bad([*words, "--report=no such file"], "no such file", code=FAILED)
        path = self.write("report", good)
        for more in (["--report", path, "--expect", value], ["--expect", value, "--format=hex"],
                     ["--report", path, "--format=hex"], ["-f-", "--report=-"]):
            self.assert_bad([*words, *more], more[0] if more[0] != "-f-" else "--report")

    def test_lost(self):
        for value, lines in ((self.given.measurement, 1), (bytes(48), 3)):
            with open("/dev/full", "wb") as full:
                result = self.snp(*self.words(), "--json", "--expect", value.hex(), stdout=full)
            self.assertEqual((FAILED, lines), (result.code, result.err.count(b"\n")), result)


if __name__ == "__main__":
    main()
