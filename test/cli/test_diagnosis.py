# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is a mismatch explained by the mistake that was made, and never by
another one; and does it stay a mismatch?"""
import dataclasses
import itertools
import json
import unittest

import model as parts
import runner
from model import SEV_ES, Cpu, Guest, encode, flip
from runner import MISMATCH, CommandTest, main

SIGNATURES = {
    "EPYC": 0x00800F12, "EPYC-Rome": 0x00830F10, "EPYC-Milan": 0x00A00F11,
    "EPYC-Genoa": 0x00A10F10, "EPYC-Turin": 0x00B00F00,
}
CPU = Cpu(SIGNATURES["EPYC-Milan"])
FPU = {"legacy": 0, "init2": 1}
VMM = {"qemu": 0, "ec2": 1, "gce": 2}
SILICON = {
    0x00800F11: "Naples", 0x00A00F10: "Milan", 0x00A00F12: "Milan-X", 0x00A10F11: "Genoa",
    0x00A10F12: "Genoa-X", 0x00AA0F02: "Bergamo or Siena", 0x00B00F21: "Turin",
    0x00B10F10: "Turin Dense",
}
# enum sevl_cmdline_ending.
NEWLINE, CRLF, NUL, NO_NUL, REST = range(5)


def ending(kind=REST, cut=0, blanks=0):
    """The value of another end of the command line."""
    return kind | cut << 8 | blanks << 16


# Other ends of the command line: what is added, with its value and its words.
ENDINGS = {
    "\n": (ending(NEWLINE), "a newline at its end"),
    "\r\n": (ending(CRLF), "CR LF at its end"),
    " ": (ending(blanks=1), "a blank at its end"),
    " " * 16: (ending(blanks=16), "16 blanks at its end"),
    "\n   ": (ending(NEWLINE, blanks=3), "a newline and 3 blanks at its end"),
    "\0": (ending(NUL), "a NUL more at its end"),
}
NONE = (ending(NO_NUL), "no NUL at its end")
TYPING = "most likely a mistake in what was given here"
HOST = "the host must answer for it"
EITHER = "a mistake here, or a change that the host must answer for"
SESSION = "a mistake here if its launch session was made so, else the host must answer for it"
# What each mistake means, and who is responsible for it.
MEANINGS = {
    "keys-swapped": ("what was given as TEK is the TIK; a TK file holds the TEK first", TYPING),
    "policy": ("this guest was launched with another policy", SESSION),
    "policy-base": ("hexadecimal was read as decimal, or the reverse", TYPING),
    "api-major": ("the host runs another SEV firmware", EITHER),
    "api-minor": ("the host runs another SEV firmware", EITHER),
    "build-id": ("the host runs another build of the SEV firmware", EITHER),
    "sev-es": ("SEV was taken for SEV-ES, or the reverse", SESSION),
    "kernel-unmeasured": (
        "the host launched this guest without measuring its kernel (kernelHashes='yes' is "
        "missing), so it may boot any kernel", HOST),
    "kernel-exchanged": ("each was given for the other", TYPING),
    "initrd": ("the host launched no initrd", EITHER),
    "cmdline": ("what the host was given ends in another way", TYPING),
    "cmdline-absent": ("the host launched no command line", EITHER),
    "variable-store": ("the host was given the code alone, as OVMF_CODE.fd is", TYPING),
    "firmware-padded": ("the host filled it up to a page", EITHER),
    "num-cpus": ("the host launched this guest with another number of CPUs", EITHER),
    "cpu-signature": (
        "the host launched this guest as another CPU, or passed its own through", EITHER),
    "vmsa-fpu": ("the host's QEMU starts SEV-ES guests the other way", TYPING),
    "sev-features": ("the host's kernel enables other SEV features", EITHER),
    "vmm": ("another VMM launched this guest", EITHER),
}
NOTHING = "HINT: no likely mistake explains it. Ruled out: "
FIRMWARE_LEFT = ("another firmware file (one with its variables before the code, or the variables "
                 "alone)")
ES_LEFT = "SEV-ES (give --num-cpus and the CPU to have it tried)"
LEFT = "keys of another session, a measurement of an earlier start"
KERNEL_LEFT = ("another kernel, or QEMU 7.2.0, which hashed 48 bytes of its own after the kernel",)
# What is tried for any launch, and for one with a kernel, or padding, or CPUs.
BASE = ("a policy whose hexadecimal was read as decimal or the reverse",)
VERSION = ("a policy that differs in one or two bits other than ES",
           "any other API version up to 1.255")
LAUNCHES = ("swapped keys", "any other build", *BASE, *VERSION)
OTHERS = ("another build or swapped keys together with one of these (but an API version, a second "
          "bit of the policy or a number of CPUs)",)
VERSIONS = ("any such API version with any build",)
ES = ("SEV taken for SEV-ES or the reverse",)
KERNEL = ("missing kernel hashes", "kernel and initrd exchanged", "no initrd",
          "no command line, or one without its quotation marks, with fewer blanks, line ends or "
          "NULs at its end, or with a newline, CR LF, a NUL or up to 16 blanks there")
PADDED = ("firmware padded to a page",)
STORES = ("firmware without its first 128 or 528 KiB",)
COUNT = ("any other number of CPUs",)
VMMS = ("each other --vmm but krun", "SEV features of 0, 0x1, 0x20 or 0x21")
FPU_STATE = ("the other FPU state",)
SIGNATURE = ("each CPU signature that the man page lists",)
PAIRS = ("two of such a signature, the other FPU state and up to 256 CPUs",)
POLICY_BITS = {1: "NODBG", 2: "NOKS", 4: "ES", 8: "NOSEND", 16: "DOMAIN", 32: "SEV"}


def policy_text(policy):
    """Returns a policy as a hint shows it: an option's value, and the names of its bits."""
    names = [name for bit, name in POLICY_BITS.items() if policy & bit]
    alone = " only" if bin(policy).count("1") == 1 and names else ""
    return f"--policy {policy:#x} ({', '.join(names) or 'no protection'}{alone})"


class DiagnosisTest(CommandTest):
    """The options describe `guest`; the host launches something else."""

    def setUp(self):
        super().setUp()
        self.use(Guest.booted(self.rng, 3, CPU))

    def cpus(self, cpu=CPU, count=3):
        model = {"cpu_signature": hex(cpu.signature), "vmsa_fpu": cpu.fpu}
        values = {"num_cpus": count, "vmm": cpu.vmm, "sev_features": hex(cpu.sev_features)}
        return values | (model if cpu.vmm == "qemu" else {})

    def given(self, launched, **changes):
        values = self.cpus() if self.guest.policy & SEV_ES else {}
        return self.arguments(**values | {"measurement": launched.measurement} | changes)

    def hint(self, launched, **changes):
        """Returns the hint in words, and the hints for programs."""
        arguments = self.given(launched, **changes)
        result = self.judge([*arguments, "--json"])
        self.assertEqual(MISMATCH, result.code, result)
        self.assertTrue(result.err.startswith(runner.MISMATCH_LINE), result)
        line = result.err[len(runner.MISMATCH_LINE) :].decode()
        self.assertEqual(1, line.count("\n"), result)
        hints = json.loads(result.out)["hints"]
        if self.rng.random() < 0.2:
            self.check_channels(arguments, line, hints)
        return line, [(hint["mistake"], hint["value"]) for hint in hints]

    def judge(self, arguments):
        """Returns its output without warnings about options that have no effect with the policy."""
        result = self.command(arguments)
        lines = result.err.splitlines(keepends=True)
        err = b"".join(line for line in lines if not line.startswith(b"WARNING: "))
        return dataclasses.replace(result, err=err)

    def check_channels(self, arguments, line, hints):
        """Checks the same without --json, and that there is none with --no-hints."""
        self.assertEqual(line, self.assert_mismatch(self.judge(arguments)))
        self.assert_mismatch(self.judge([*arguments, "--no-hints"]))
        self.assert_silent(self.command([*arguments, "-q"]), MISMATCH)
        for option, expected in (("-q", hints), ("--no-hints", None)):
            result = self.judge([*arguments, "--json", option])
            err = b"" if option == "-q" else runner.MISMATCH_LINE
            self.assertEqual((MISMATCH, err), (result.code, result.err), result)
            self.assertEqual(expected, json.loads(result.out)["hints"], result)

    def explain(self, launched, found, *texts, **changes):
        """Requires one hint with all these mistakes, and no other."""
        line, hints = self.hint(launched, **changes)
        with self.subTest(found=found):
            self.assertEqual(found, hints, line)
            meanings = dict.fromkeys(MEANINGS[mistake] for mistake, _ in found)
            if found[0][0] == "policy-base":  # then the version was read so, too
                meanings.pop(MEANINGS["api-minor"], None)
            said = ", and ".join(f"{means} ({blame})" for means, blame in meanings)
            expected = f"HINT: it matches {' and '.join(texts)}: {said}\n"
            self.assertEqual(expected, line)

    def assert_unexplained(self, launched, **changes):
        line, hints = self.hint(launched, **changes)
        self.assertEqual([], hints, line)
        self.assertTrue(line.startswith(NOTHING), line)


class OneMistake(DiagnosisTest):
    def test_swapped_keys(self):
        for changes in (
            {"tk": self.write("swapped", self.guest.tik + self.guest.tek)},
            {"tik": self.tek, "tek": self.tik},
        ):
            text = "with the TEK and the TIK swapped"
            self.explain(self.guest, [("keys-swapped", 0)], text, **changes)

    def test_every_bit_of_the_policy(self):
        for policy in (0, self.guest.policy & ~SEV_ES):
            self.use(self.guest.changed(policy=policy))
            for bit in range(32):
                if 1 << bit == SEV_ES:
                    continue
                launched = self.guest.changed(policy=policy ^ 1 << bit)
                text = "for " + policy_text(launched.policy)
                self.explain(launched, [("policy", launched.policy)], text)

    def test_every_bit_of_the_policy_with_a_launch_digest(self):
        guest = self.guest.changed(pages=b"")
        alone = {"firmware": None, "kernel": None, "initrd": None, "cmdline": None}
        alone |= dict.fromkeys(self.cpus())
        alone["launch_digest"] = guest.launch_digest.hex()
        for bit in range(32):
            launched = guest.changed(policy=guest.policy ^ 1 << bit)
            text = "for " + policy_text(launched.policy)
            mistake = "sev-es" if 1 << bit == SEV_ES else "policy"
            self.explain(launched, [(mistake, launched.policy)], text, **alone)

    def test_es_taken_for_sev_and_the_reverse(self):
        es, sev = self.guest, self.guest.changed(policy=self.guest.policy & ~SEV_ES)
        for given, launched in ((es, sev), (sev, es)):
            self.use(given)
            text = "for " + policy_text(launched.policy)
            found = [("sev-es", launched.policy)]
            self.explain(launched, found, text, **self.cpus())
            page1 = CPU.page(parts.RESET_ADDRESS)
            files = {"vmsa_cpu0": self.write("page0", CPU.page())}
            files |= {"vmsa_cpu1": self.write("page1", page1), "num_cpus": 3}
            self.explain(launched, found, text, **dict.fromkeys(self.cpus()) | files)

    def test_api_versions(self):
        for given in (0, 1, 9):
            self.use(self.guest.changed(api_major=given, api_minor=100))
            for major in {0, 1} - {given}:
                launched = self.guest.changed(api_major=major)
                self.explain(launched, [("api-major", major)], f"for --api-major {major}")
            self.assert_unexplained(self.guest.changed(api_major=2))
            for minor in {0, 99, 101, 255} | set(self.rng.sample(range(100), 10)):
                launched = self.guest.changed(api_minor=minor)
                self.explain(launched, [("api-minor", minor)], f"for --api-minor {minor}")

    def test_builds(self):
        others = set(range(256)) - {self.guest.build_id}
        for build in {0, 255} - {self.guest.build_id} | set(self.rng.sample(sorted(others), 40)):
            launched = self.guest.changed(build_id=build)
            self.explain(launched, [("build-id", build)], f"for --build-id {build}")

    def test_kernel_hashes_not_enabled(self):
        launched = self.guest.changed(kernel=None)
        self.explain(launched, [("kernel-unmeasured", 0)], "without --kernel")
        self.use(self.guest.changed(initrd=None, cmdline=None))
        self.explain(launched, [("kernel-unmeasured", 0)], "without --kernel")

    def test_no_initrd(self):
        launched = self.guest.changed(initrd=None)
        self.explain(launched, [("initrd", 0)], "without --initrd")

    def test_kernel_and_initrd_exchanged(self):
        launched = self.guest.changed(kernel=self.guest.initrd, initrd=self.guest.kernel)
        text = "with --kernel and --initrd exchanged"
        self.explain(launched, [("kernel-exchanged", 0)], text)

    def explain_ending(self, launched, value, text, **changes):
        text = f"for a command line with {text}"
        self.explain(launched, [("cmdline", value)], text, **changes)

    def test_ends_of_the_command_line(self):
        for cmdline in (b"quiet", b"x", b"splash 'a", b""):
            path = self.write("cmdline", cmdline)
            self.use(self.guest.changed(cmdline=None))
            given = self.guest.changed(cmdline=cmdline)
            for end, expected in ENDINGS.items():
                launched = given.changed(cmdline=cmdline + end.encode())
                self.explain_ending(launched, *expected, cmdline_file=path)
                if cmdline == b"":
                    self.explain_ending(launched, *expected)
            self.explain_ending(given.changed(cmdline_end=b""), *NONE, cmdline_file=path)
            if cmdline != b"":
                self.explain(self.guest, [("cmdline-absent", 0)], "without --cmdline",
                             cmdline_file=path)

    def test_last_characters_too_many(self):
        self.use(self.guest.changed(cmdline=None))
        for last in (b"\n", b" ", b"\0", b"\r\n", b" \t \n", b" " * 32):
            path = self.write("cmdline", b"quiet" + last)
            count = len(last)
            text = ("its last character left out" if count == 1
                    else f"its last {count} characters left out")
            launched = self.guest.changed(cmdline=b"quiet")
            self.explain_ending(launched, ending(cut=count), text, cmdline_file=path)
        path = self.write("cmdline", b"quiet\r\n")
        text = "its last 2 characters left out and a newline at its end"
        launched = self.guest.changed(cmdline=b"quiet\n")
        self.explain_ending(launched, ending(NEWLINE, 2), text, cmdline_file=path)
        path = self.write("cmdline", b"quiet" + b" " * 33)
        self.assert_unexplained(self.guest.changed(cmdline=b"quiet"), cmdline_file=path)

    def test_quotation_marks(self):
        self.use(self.guest.changed(cmdline=None))
        launched = self.guest.changed(cmdline=b"a='b' c")
        for given in (b"\"a='b' c\"", b"'a='b' c'\n"):
            self.explain_ending(launched, ending() | 1 << 24, "its quotation marks left out",
                                cmdline_file=self.write("cmdline", given))
        path = self.write("cmdline", b"\"a='b' c'")
        self.assert_unexplained(launched, cmdline_file=path)

    def test_other_last_characters_stay(self):
        self.use(self.guest.changed(cmdline=None))
        path = self.write("cmdline", b"quietx")
        self.assert_unexplained(self.guest.changed(cmdline=b"quiet"), cmdline_file=path)

    def test_firmware_without_its_variables(self):
        for size in (0x20000, 0x84000):
            self.use(self.guest.changed(firmware=self.rng.randbytes(size) + self.guest.firmware))
            launched = self.guest.changed(firmware=self.guest.firmware[size:])
            text = f"for the firmware without the variables that it begins with, {size} bytes"
            self.explain(launched, [("variable-store", size)], text)
            self.assert_unexplained(self.guest.changed(firmware=self.guest.firmware[size + 1 :]))

    def test_numbers_in_the_other_base(self):
        bare = {"kernel": None, "initrd": None, "cmdline": None, "pages": b""}
        for given, policy in ((10, 0x10), (0x10, 10), (0x65539, 65539)):
            self.use(self.guest.changed(policy=given, **bare))
            launched = self.guest.changed(policy=policy)
            self.explain(launched, [("policy-base", policy)], "for " + policy_text(policy))
        self.use(self.guest.changed(policy=10, api_major=0, api_minor=24, build_id=13))
        launched = self.guest.changed(policy=0x10, api_minor=0x24, build_id=0x13)
        found = [("policy-base", 0x10), ("api-minor", 0x24), ("build-id", 0x13)]
        texts = ("for " + policy_text(0x10), "for --api-minor 36", "for --build-id 19")
        self.explain(launched, found, *texts)

    def test_padded_firmware(self):
        table = parts.footer(parts.sev_entries())
        for size in (1, 4095, 4097, 5000, 8191, 100001):
            firmware = self.rng.randbytes(size) + table + bytes(32)
            self.use(self.guest.changed(firmware=firmware))
            missing = -len(firmware) % 4096
            launched = self.guest.changed(firmware=firmware + bytes(missing))
            if missing:
                text = f"for the firmware with zero bytes after it, {missing}"
                self.explain(launched, [("firmware-padded", missing)], text)
            self.assert_unexplained(self.guest.changed(firmware=firmware + bytes(missing + 1)))

    def test_counts_of_cpus(self):
        counts = {1, 2, 4, 5, 255, 256, 4095, 4096} | set(self.rng.sample(range(6, 4095), 12))
        for count in counts:
            launched = self.guest.launched(CPU, count)
            self.explain(launched, [("num-cpus", count)], f"for --num-cpus {count}")
        page0, page1 = self.rng.randbytes(4096), self.rng.randbytes(4096)
        files = {"vmsa_cpu0": self.write("page0", page0), "vmsa_cpu1": self.write("page1", page1)}
        files = dict.fromkeys(self.cpus()) | files
        for given, count in ((3, 1), (3, 4096), (1, 2), (256, 1)):
            launched = self.guest.changed(pages=page0 + page1 * (count - 1))
            text = f"for --num-cpus {count}"
            self.explain(launched, [("num-cpus", count)], text, **files | {"num_cpus": given})
        self.assert_unexplained(self.guest.launched(CPU, 4097))

    def test_fpu_states(self):
        for given, launched in (("legacy", "init2"), ("init2", "legacy")):
            guest = self.guest.launched(Cpu(CPU.signature, fpu=launched), 3)
            cpus = self.cpus(Cpu(CPU.signature, fpu=given))
            found = [("vmsa-fpu", FPU[launched])]
            self.explain(guest, found, f"for --vmsa-fpu {launched}", **cpus)

    def test_sev_features(self):
        likely = (0, 0x20, 0x1, 0x21)
        for given, launched in itertools.product((*likely, 0xFFFFFFFFFFFFFFFF), likely):
            if given == launched:
                continue
            guest = self.guest.launched(Cpu(CPU.signature, sev_features=launched), 3)
            cpus = self.cpus(Cpu(CPU.signature, sev_features=given))
            text = f"for --sev-features {launched:#x}"
            self.explain(guest, [("sev-features", launched)], text, **cpus)
        self.assert_unexplained(self.guest.launched(Cpu(CPU.signature, sev_features=2), 3))

    def test_vmms(self):
        for given, launched in itertools.permutations(VMM, 2):
            signature = CPU.signature if given == "qemu" else 0
            guest = self.guest.launched(Cpu(signature, launched), 3)
            cpus = dict.fromkeys(self.cpus()) | self.cpus(Cpu(signature, given))
            self.explain(guest, [("vmm", VMM[launched])], f"for --vmm {launched}", **cpus)

    def test_cpu_signatures(self):
        for given, (name, launched) in itertools.product(
            (*SIGNATURES.values(), 0, 0x00A20F12), SIGNATURES.items()
        ):
            if given == launched:
                continue
            guest = self.guest.launched(Cpu(launched), 3)
            text = f"for --cpu-signature {launched:#x} ({name})"
            self.explain(guest, [("cpu-signature", launched)], text, **self.cpus(Cpu(given)))
        self.assert_unexplained(self.guest.launched(Cpu(0x00A20F12), 3))

    def test_signatures_of_silicon(self):
        """As those of a guest with host-passthrough are."""
        for signature, name in SILICON.items():
            launched = self.guest.launched(Cpu(signature), 3)
            text = f"for --cpu-signature {signature:#x} ({name})"
            self.explain(launched, [("cpu-signature", signature)], text)


class TwoMistakes(DiagnosisTest):
    SWAPPED = (("keys-swapped", 0), "with the TEK and the TIK swapped")

    def singles(self):
        """Mistakes that go together with another build, or with swapped keys."""
        guest = self.guest
        bare = guest.changed(policy=guest.policy & ~SEV_ES)
        for launched, found, text in (
            (bare, ("sev-es", bare.policy), "for " + policy_text(bare.policy)),
            (guest.changed(kernel=None), ("kernel-unmeasured", 0), "without --kernel"),
            (guest.changed(initrd=None), ("initrd", 0), "without --initrd"),
            (guest.changed(cmdline=guest.cmdline + b"\n"), ("cmdline", NEWLINE),
             "for a command line with a newline at its end"),
            (guest.launched(Cpu(CPU.signature, fpu="init2"), 3), ("vmsa-fpu", 1),
             "for --vmsa-fpu init2"),
            (guest.launched(Cpu(CPU.signature, sev_features=0x20), 3), ("sev-features", 0x20),
             "for --sev-features 0x20"),
            (guest.launched(Cpu(vmm="gce"), 3), ("vmm", 2), "for --vmm gce"),
            (guest.launched(Cpu(0x00800F12), 3), ("cpu-signature", 0x00800F12),
             "for --cpu-signature 0x800f12 (EPYC)"),
        ):
            yield launched, found, text

    def test_with_another_build(self):
        for launched, found, text in self.singles():
            for build in {0, 255, self.guest.build_id ^ 1} - {self.guest.build_id}:
                other = launched.changed(build_id=build)
                texts = (text, f"for --build-id {build}")
                self.explain(other, [found, ("build-id", build)], *texts)

    def test_with_swapped_keys(self):
        swapped = {"tk": self.write("swapped", self.guest.tik + self.guest.tek)}
        for launched, found, text in self.singles():
            self.explain(launched, [found, self.SWAPPED[0]], text, self.SWAPPED[1], **swapped)
        build = self.guest.build_id ^ 5
        texts = (self.SWAPPED[1], f"for --build-id {build}")
        found = [self.SWAPPED[0], ("build-id", build)]
        self.explain(self.guest.changed(build_id=build), found, *texts, **swapped)

    def test_a_policy_with_another_build_or_swapped_keys(self):
        """diagnose.h says: any build, or swapped keys, with any of the others."""
        launched = self.guest.changed(policy=self.guest.policy ^ 1)
        found = ("policy", launched.policy)
        text = "for " + policy_text(launched.policy)
        build = self.guest.build_id ^ 1
        other = launched.changed(build_id=build)
        self.explain(other, [found, ("build-id", build)], text, f"for --build-id {build}")
        swapped = {"tk": self.write("swapped", self.guest.tik + self.guest.tek)}
        self.explain(launched, [found, self.SWAPPED[0]], text, self.SWAPPED[1], **swapped)

    def test_padded_firmware_with_another_build(self):
        firmware = parts.image(self.rng, parts.sev_entries(), 8199)
        self.use(self.guest.changed(firmware=firmware))
        build = self.guest.build_id ^ 1
        launched = self.guest.changed(firmware=firmware + bytes(4089), build_id=build)
        texts = ("for the firmware with zero bytes after it, 4089", f"for --build-id {build}")
        found = [("firmware-padded", 4089), ("build-id", build)]
        self.explain(launched, found, *texts)

    def test_two_bits_of_the_policy(self):
        for _ in range(30):
            bits = self.rng.sample([bit for bit in range(32) if 1 << bit != SEV_ES], 2)
            policy = self.guest.policy ^ 1 << bits[0] ^ 1 << bits[1]
            launched = self.guest.changed(policy=policy)
            self.explain(launched, [("policy", policy)], "for " + policy_text(policy))
        three = self.guest.changed(policy=self.guest.policy ^ 0b111000)
        self.assert_unexplained(three)

    def test_no_initrd_and_another_end_of_the_command_line(self):
        for end, (value, text) in {**ENDINGS, "none": NONE}.items():
            launched = self.guest.changed(initrd=None)
            if end == "none":
                launched = launched.changed(cmdline_end=b"")
            else:
                launched = launched.changed(cmdline=launched.cmdline + end.encode())
            texts = ("without --initrd", f"for a command line with {text}")
            self.explain(launched, [("initrd", 0), ("cmdline", value)], *texts)

    def test_any_version_with_any_build(self):
        for _ in range(10):
            self.use(self.guest.changed(api_major=1, build_id=self.rng.randrange(256)))
            minor, build = self.guest.api_minor ^ 0x55, self.guest.build_id ^ 0x55
            launched = self.guest.changed(api_major=0, api_minor=minor, build_id=build)
            found = [("api-major", 0), ("api-minor", minor), ("build-id", build)]
            texts = ("for --api-major 0", f"for --api-minor {minor}", f"for --build-id {build}")
            self.explain(launched, found, *texts)

    def test_pairs_of_model_fpu_state_and_count(self):
        genoa = SIGNATURES["EPYC-Genoa"]
        model = ("cpu-signature", genoa), f"for --cpu-signature {genoa:#x} (EPYC-Genoa)"
        fpu = ("vmsa-fpu", 1), "for --vmsa-fpu init2"
        launched = self.guest.launched(Cpu(genoa, fpu="init2"), 3)
        self.explain(launched, [model[0], fpu[0]], model[1], fpu[1])
        for count in (1, 4, 256):
            number = ("num-cpus", count), f"for --num-cpus {count}"
            for cpu, first in ((Cpu(genoa), model), (Cpu(CPU.signature, fpu="init2"), fpu)):
                launched = self.guest.launched(cpu, count)
                self.explain(launched, [first[0], number[0]], first[1], number[1])
        self.assert_unexplained(self.guest.launched(Cpu(genoa), 257))

    def test_dialects(self):
        for features in (0x20, 0x1, 0x21):
            for vmm in ("ec2", "gce"):
                launched = self.guest.launched(Cpu(vmm=vmm, sev_features=features), 3)
                found = [("vmm", VMM[vmm]), ("sev-features", features)]
                texts = (f"for --vmm {vmm}", f"for --sev-features {features:#x}")
                self.explain(launched, found, *texts)
            launched = self.guest.launched(Cpu(CPU.signature, "qemu", "init2", features), 3)
            found = [("vmsa-fpu", 1), ("sev-features", features)]
            texts = ("for --vmsa-fpu init2", f"for --sev-features {features:#x}")
            self.explain(launched, found, *texts)

    def test_three_mistakes(self):
        launched = self.guest.changed(initrd=None, api_minor=self.guest.api_minor ^ 1)
        self.assert_unexplained(launched)
        launched = launched.changed(build_id=self.guest.build_id ^ 1)
        self.assert_unexplained(launched)


class Forgeries(DiagnosisTest):
    def test_nothing_explains_them(self):
        for _ in range(20):
            self.assert_unexplained(self.guest.changed(tik=self.rng.randbytes(16)))
        for bit in self.rng.sample(range(384), 10):
            forged = encode(flip(self.guest.blob, bit))
            self.assert_unexplained(self.guest, measurement=forged)
        for field in ("firmware", "kernel", "initrd", "pages"):
            content = getattr(self.guest, field)
            for bit in self.rng.sample(range(len(content) * 8), 5):
                self.assert_unexplained(self.guest.changed(**{field: flip(content, bit)}))

    def test_without_es_and_with_a_launch_digest(self):
        self.use(self.guest.changed(policy=self.guest.policy & ~SEV_ES))
        alone = {"firmware": None, "kernel": None, "initrd": None, "cmdline": None}
        alone["launch_digest"] = self.guest.launch_digest.hex()
        for _ in range(10):
            forged = self.guest.changed(tik=self.rng.randbytes(16))
            self.assert_unexplained(forged)
            self.assert_unexplained(forged, **alone)

    def assert_ruled_out(self, *texts, left=(FIRMWARE_LEFT,), more=(), **changes):
        """Requires the whole line, of which LAUNCHES are always a part."""
        line, hints = self.hint(self.guest.changed(tik=bytes(16)), **changes)
        self.assertEqual([], hints, line)
        tried = ", ".join((*LAUNCHES, *texts))
        self.assertEqual(f"{NOTHING}{tried}. What is left: {', '.join((*left, LEFT, *more))}\n",
                         line)

    def test_only_what_was_tried_is_ruled_out(self):
        es, none = self.guest, dict.fromkeys(self.cpus())
        whole, more = (parts.image(self.rng, parts.sev_entries(), size) for size in (8192, 8199))
        pages = none | {"vmsa_cpu0": self.write("page0", bytes(4096))}
        one = none | {"num_cpus": 1, "cpu_signature": CPU.signature}
        states, ends = (*VMMS, *FPU_STATE, *SIGNATURE), (*OTHERS, *VERSIONS)
        with_pairs = (*COUNT, *OTHERS, *PAIRS, *VERSIONS)
        for firmware, padded in ((more, PADDED), (whole, ())):
            self.use(es.changed(firmware=firmware, kernel=None, initrd=None, cmdline=None))
            self.assert_ruled_out(*padded, *ES, *states, *with_pairs)
            self.assert_ruled_out(*padded, *ES, *states, *with_pairs, **one)
            self.assert_ruled_out(*padded, *ES, *ends, **pages | {"num_cpus": 1})
            page1 = {"num_cpus": 2, "vmsa_cpu1": self.write("page1", bytes(4096))}
            self.assert_ruled_out(*padded, *ES, *COUNT, *ends, **pages | page1)
            ec2 = none | {"num_cpus": 2, "vmm": "ec2"}
            self.assert_ruled_out(*padded, *ES, *VMMS, *COUNT, *ends, **ec2)
        # Without the address where they start, only the first CPU can be tried.
        self.use(es.changed(firmware=bytes(4096), kernel=None, initrd=None, cmdline=None))
        self.assert_ruled_out(*ES, *states, *ends, **one)

    def test_what_sev_es_measures_is_ruled_out_only_with_cpus(self):
        guest = self.guest.changed(firmware=bytes(8192), policy=3)
        self.use(guest)
        left, ends = (FIRMWARE_LEFT, ES_LEFT), (*OTHERS, *VERSIONS)
        self.assert_ruled_out(*KERNEL, *ends, left=left, more=KERNEL_LEFT)
        self.assert_ruled_out(*KERNEL, *ES, *ends, more=KERNEL_LEFT, **self.cpus())
        bare = {"kernel": None, "initrd": None, "cmdline": None}
        self.use(guest.changed(firmware=bytes(0x20001), **bare))
        self.assert_ruled_out(*PADDED, *STORES, *ends, left=left)
        # Read as hexadecimal, 16 has ES.
        self.use(guest.changed(policy=16, **bare))
        line, hints = self.hint(self.guest.changed(tik=bytes(16)))
        tried = ", ".join((*LAUNCHES[:2], *VERSION, *ends))
        self.assertEqual(f"{NOTHING}{tried}. What is left: {', '.join((*left, LEFT))}\n", line)
        self.assert_ruled_out(*ES, *ends, **self.cpus())

    def test_only_what_was_tried_is_ruled_out_of_a_launch_digest(self):
        alone = {"firmware": None, "kernel": None, "initrd": None, "cmdline": None}
        alone |= dict.fromkeys(self.cpus())
        alone["launch_digest"] = self.guest.launch_digest.hex()
        self.assert_ruled_out(*ES, *OTHERS, *VERSIONS, left=("another launch digest",), **alone)

    def test_what_takes_too_long_is_named(self):
        """Of a guest whose CPUs are many, and each command line a digest of them all."""
        self.use(self.guest.changed(cmdline=b"quiet", pages=CPU.page() * 512))
        line, hints = self.hint(self.guest.changed(tik=bytes(16)), **self.cpus(count=512))
        self.assertEqual([], hints, line)
        tried = ", ".join((*LAUNCHES, *KERNEL, *ES, *VMMS, *FPU_STATE))
        skipped = ", ".join((*SIGNATURE, *COUNT, *OTHERS, *PAIRS, *VERSIONS))
        self.assertEqual(
            f"HINT: no mistake that was tried explains it. Ruled out: {tried}. Not tried, as it "
            f"takes too long on this machine: {skipped}. What is left: "
            f"{', '.join((FIRMWARE_LEFT, LEFT, *KERNEL_LEFT))}\n", line)


if __name__ == "__main__":
    main()
