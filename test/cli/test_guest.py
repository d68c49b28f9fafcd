# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is all of a guest measured: firmware, kernel hashes and the state of every
CPU; and does one line say what cannot be measured?"""
import itertools
import os
import stat
import struct
import uuid
from pathlib import Path

import model as parts
from model import SEV_ES, Cpu, Guest, flip
from runner import FAILED, MATCH, USAGE, CommandTest, main

# The names of QEMU's models, and their CPUID signatures.
EPYC = {
    "EPYC": 0x00800F12, "EPYC-Rome": 0x00830F10, "EPYC-Milan": 0x00A00F11,
    "EPYC-Genoa": 0x00A10F10, "EPYC-Turin": 0x00B00F00,
}


class DirectBoot(CommandTest):
    def setUp(self):
        super().setUp()
        self.use(Guest.booted(self.rng))

    def test_every_combination_of_parts(self):
        whole = self.guest
        for initrd, cmdline in itertools.product((None, b"", whole.initrd), (None, b"", b"quiet")):
            with self.subTest(initrd=initrd and initrd[:9], cmdline=cmdline):
                self.use(whole.changed(initrd=initrd, cmdline=cmdline))
                self.assert_ok(self.command(self.arguments()))
        self.use(whole.changed(kernel=None, initrd=None, cmdline=None))
        self.assert_ok(self.command(self.arguments()))

    def test_letters(self):
        values = self.values()
        words = [[name, value] for name, value in values.items()]
        for name, letter in (("--kernel", "-k"), ("--initrd", "-r"), ("--cmdline", "-e")):
            words[list(values).index(name)][0] = letter
        self.assert_ok(self.command(itertools.chain(*words)))

    def test_sizes_around_blocks_and_buffers(self):
        for size in (1, 55, 56, 63, 64, 65, 65535, 65536, 65537, 200000):
            with self.subTest(size=size):
                kernel, initrd = self.rng.randbytes(size), self.rng.randbytes(size - 1)
                self.use(self.guest.changed(kernel=kernel, initrd=initrd))
                self.assert_ok(self.command(self.arguments()))

    def test_every_part_counts(self):
        for field in ("firmware", "kernel", "initrd", "cmdline"):
            content = getattr(self.guest, field)
            for bit in self.rng.sample(range(len(content) * 8), 8):
                with self.subTest(field=field, bit=bit):
                    changed = flip(content, bit)
                    if field != "cmdline":
                        changes = {field: self.write("changed", changed)}
                    else:
                        changes = {field: None, "cmdline_file": self.write("changed", changed)}
                    self.assert_mismatch(self.command(self.arguments(**changes)))

    def test_parts_are_not_taken_for_each_other(self):
        swapped = self.arguments(kernel=self.initrd, initrd=self.kernel)
        self.assert_mismatch(self.command(swapped))
        as_initrd = self.arguments(initrd=None, cmdline=None, cmdline_file=self.initrd)
        self.assert_mismatch(self.command(as_initrd))

    def test_command_line_files_are_taken_as_they_are(self):
        for content in (
            b"", b"\n", b"\0", b"\0\0", b" ", b"quiet", b"quiet\n", b"quiet\r\n", b"quiet\0",
            b"a\0b", b"\xff\xfe\x80", "é日🙂".encode(), bytes(range(256)), b"x" * 65535,
            b"x" * 65536, b"x" * 65537, self.rng.randbytes(200000),
        ):
            with self.subTest(content=content[:20], size=len(content)):
                self.use(self.guest.changed(cmdline=None))
                guest = self.guest.changed(cmdline=content)
                path = self.write("cmdline", content)
                changes = {"measurement": guest.measurement, "cmdline_file": path}
                self.assert_ok(self.command(self.arguments(**changes)))
                changes["cmdline_file"] = "-"
                self.assert_ok(self.command(self.arguments(**changes), input=content))
                if b"\0" not in content and len(content) < 100000:
                    changes = {"measurement": guest.measurement, "cmdline": os.fsdecode(content)}
                    self.assert_ok(self.command(self.arguments(**changes)))

    def test_debug_lines(self):
        guest = self.guest
        result = self.command([*self.arguments(), "-d"])
        digests = {
            "Loader": parts.sha256(guest.firmware), "Kernel": parts.sha256(guest.kernel),
            "Initrd": parts.sha256(guest.initrd), "Cmdline": parts.sha256(guest.cmdline + b"\0"),
            "Measured-data": guest.launch_digest,
        }
        expected = [f"[DEBUG]: {name}(sha256): {digest.hex()}" for name, digest in digests.items()]
        self.assertEqual(expected, result.err.decode().splitlines()[:5], result)

    def test_firmware_without_an_area_for_the_hashes(self):
        without = "keeps no area for kernel hashes"
        reset = parts.reset_block()
        for what, firmware in {
            "no entry": parts.image(self.rng, [reset]),
            "zeros": parts.image(self.rng, [parts.area(parts.HASH_AREA, 0, 0)]),
            "no size": parts.image(self.rng, [reset, parts.area(parts.HASH_AREA, 0x810C00, 0)]),
        }.items():
            with self.subTest(what=what):
                self.use(self.guest.changed(firmware=firmware))
                self.assert_warned(self.command(self.arguments()), f"'{self.firmware}'", without)
                self.assert_silent(self.command(["-q", *self.arguments()]), MATCH)
                none = self.guest.changed(kernel=None)
                changes = {"kernel": None, "initrd": None, "cmdline": None}
                changes["measurement"] = none.measurement
                self.assert_ok(self.command(self.arguments(**changes)))

    def test_nothing_is_launched_from_an_empty_file(self):
        for option in ("firmware", "kernel"):
            for path in (self.write("empty", b""), "/dev/null", "-"):
                with self.subTest(option=option, path=path):
                    text = f"--{option}: expected a file that is not empty, but '{path}' has 0 bytes"
                    self.assert_refused(self.arguments(**{option: path}), USAGE, text)

    def test_options_that_need_a_kernel(self):
        none = {"kernel": None, "initrd": None, "cmdline": None}
        for option, value in (
            ("initrd", self.initrd), ("cmdline", "quiet"), ("cmdline", ""),
            ("cmdline_file", self.kernel), ("cmdline_file", "/no/such/file"),
        ):
            with self.subTest(option=option, value=value):
                text = f"--{option.replace('_', '-')} requires --kernel"
                self.assert_refused(self.arguments(**none | {option: value}), USAGE, text)

    def test_one_command_line_at_most(self):
        texts = ("mutually exclusive", "--cmdline", "--cmdline-file")
        self.assert_refused(self.arguments(cmdline_file=self.kernel), USAGE, *texts)
        self.assert_refused(self.arguments(cmdline="", cmdline_file=self.kernel), USAGE, *texts)

    def test_files_that_cannot_be_read(self):
        for option in ("kernel", "initrd", "cmdline_file"):
            for path, reason in (
                ("/no/such/file", "No such file"), ("", "No such file"), ("/", "Is a directory"),
                ("/proc/self/mem", "Input/output error"), (self.tik + "/x", "Not a directory"),
            ):
                with self.subTest(option=option, path=path):
                    changes = {"cmdline": None} if option == "cmdline_file" else {}
                    arguments = self.arguments(**changes | {option: path})
                    self.assert_refused(arguments, FAILED, f"'{path}'", reason)

    def test_standard_input(self):
        for option in ("kernel", "initrd"):
            content = getattr(self.guest, option)
            self.assert_ok(self.command(self.arguments(**{option: "-"}), input=content))

    def test_standard_input_for_two(self):
        paths = (
            "launch_info", "firmware", "kernel", "initrd", "cmdline_file", "vmsa_cpu0",
            "vmsa_cpu1", "tk", "tek", "tik",
        )
        for first, second in itertools.combinations(paths, 2):
            if "tk" in (first, second) and {"tek", "tik"} & {first, second}:
                continue
            changes = {first: "-", second: "-", "cmdline": None}
            if "vmsa_cpu1" in changes:
                changes.setdefault("vmsa_cpu0", self.tik)
            with self.subTest(first=first, second=second):
                arguments = self.arguments(**changes)
                texts = [f"--{name.replace('_', '-')} " for name in (first, second)]
                result = self.assert_refused(arguments, USAGE, "read once", *texts)
                self.assertIn(b" and ", result.err)

    def test_a_launch_digest_leaves_nothing_to_measure(self):
        digest = self.guest.launch_digest.hex()
        alone = {"firmware": None, "kernel": None, "initrd": None, "cmdline": None}
        self.assert_ok(self.command(self.arguments(**alone, launch_digest=digest)))
        for option, value in {
            "firmware": self.firmware, "kernel": self.kernel, "initrd": self.initrd,
            "cmdline": "quiet", "cmdline_file": self.kernel, "num_cpus": "1",
            "vmsa_cpu0": self.kernel, "vmsa_cpu1": self.kernel, "cpu_family": "23",
            "cpu_model": "1", "cpu_stepping": "2", "cpu_type": "EPYC", "cpu_signature": "1",
            "vmsa_fpu": "init2", "sev_features": "0", "vmm": "qemu", "vmsa_out": "/no/such/file",
        }.items():
            with self.subTest(option=option):
                name = "--" + option.replace("_", "-")
                arguments = self.arguments(**alone | {option: value}, launch_digest=digest)
                text = f"--launch-digest is mutually exclusive with {name}\n"
                self.assert_refused(arguments, USAGE, text)


class CpuTest(CommandTest):
    """A guest under SEV-ES; `built` says how the command gets its CPUs."""

    def setUp(self):
        super().setUp()
        self.use(Guest.booted(self.rng).changed(kernel=None, initrd=None, cmdline=None))

    def launch(self, cpu, count, reset=parts.RESET_ADDRESS):
        self.use(self.guest.launched(cpu, count, reset))

    def built(self, cpu, count, **changes):
        values = {
            "num_cpus": count, "vmm": cpu.vmm, "sev_features": f"{cpu.sev_features:#x}",
        }
        if cpu.vmm == "qemu":
            values |= {"cpu_signature": f"{cpu.signature:#x}", "vmsa_fpu": cpu.fpu}
        return self.arguments(**values | changes)

    def pages(self, arguments):
        """Returns what --vmsa-out writes."""
        path = str(self.folder / "pages")
        self.assert_ok(self.command([*arguments, f"--vmsa-out={path}"]))
        return Path(path).read_bytes()


class Building(CpuTest):
    def check_signature(self, signature, **options):
        for count in (1, 2):
            self.launch(Cpu(signature), count)
            self.assert_ok(self.command(self.arguments(num_cpus=count, **options)))
        self.assertEqual(self.guest.pages, self.pages(self.arguments(num_cpus=2, **options)))

    def test_every_type_and_version(self):
        for name, signature in EPYC.items():
            for spelled in [name, *(f"{name}-v{n}" for n in (*range(1, 7), 10, 99, 2**32))]:
                with self.subTest(spelled=spelled):
                    self.check_signature(signature, cpu_type=spelled)
        self.check_signature(EPYC["EPYC"], cpu_type="EPYC-IBPB")

    def test_other_types(self):
        wrong = [f"{name}{end}" for name in EPYC for end in (
            "-v", "-v0", "-v01", "-v-1", "-v+1", "-v1 ", "-v1x", "-v0x1", "-V1", "-1", "v1", "x",
            "-v99999999999999999999", " ", "-", "-IBPB-v1",
        )]
        wrong += ["", "epyc", "EPYC-", "EPYC-Napl", "EPYC-rome", "Opteron_G5", "EPY", " EPYC",
                  "EPYC-IBPB-", "EPYC-IBPBx", "hosts", "EPYC-Bergamo", "é", "\x1b[2J"]
        for text in wrong:
            with self.subTest(text=text):
                arguments = self.arguments(num_cpus=1, cpu_type=text)
                self.assert_refused(arguments, USAGE, "--cpu-type: expected EPYC", "got '")

    def test_the_cpu_of_the_host(self):
        for text in ("host", "max", "host-passthrough", "host-model", "maximum"):
            arguments = self.arguments(num_cpus=1, cpu_type=text)
            texts = (f"'{text}'", "--cpu-family", "--cpu-stepping", "/proc/cpuinfo",
                     "virsh capabilities")
            self.assert_refused(arguments, USAGE, *texts)

    def test_signatures(self):
        for signature in (0, 1, 0x00A00F11, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF):
            for text in (str(signature), hex(signature)):
                with self.subTest(text=text):
                    self.check_signature(signature, cpu_signature=text)
        for wrong in ("", "-1", "4294967296", "0x100000000", "x", "EPYC", "1 "):
            with self.subTest(wrong=wrong):
                arguments = self.arguments(num_cpus=1, cpu_signature=wrong)
                text = "--cpu-signature: expected a number from 0 to 4294967295"
                self.assert_refused(arguments, USAGE, text, f"got '{wrong}'")

    def test_family_model_and_stepping(self):
        known = [(23, 1, 2), (23, 49, 0), (25, 1, 1), (25, 17, 0), (26, 0, 0)]
        self.assertEqual(
            [*EPYC.values()], [parts.signature(*sku) for sku in known]
        )
        edges = [(0, 0, 0), (15, 15, 15), (16, 16, 15), (14, 255, 1), (270, 255, 15)]
        random = [
            (self.rng.randrange(271), self.rng.randrange(256), self.rng.randrange(16))
            for _ in range(20)
        ]
        for family, model, stepping in known + edges + random:
            with self.subTest(family=family, model=model, stepping=stepping):
                sku = {"cpu_family": family, "cpu_model": model, "cpu_stepping": stepping}
                self.check_signature(parts.signature(family, model, stepping), **sku)

    def test_family_model_and_stepping_out_of_range(self):
        sku = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1}
        for option, maximum in (("cpu_family", 270), ("cpu_model", 255), ("cpu_stepping", 15)):
            for wrong in (maximum + 1, 1 << 32, -1, "", "x", "1.0"):
                with self.subTest(option=option, wrong=wrong):
                    arguments = self.arguments(num_cpus=1, **sku | {option: wrong})
                    name = "--" + option.replace("_", "-")
                    text = f"{name}: expected a number from 0 to {maximum}"
                    self.assert_refused(arguments, USAGE, text, f"got '{wrong}'")

    def test_every_dialect(self):
        for (vmm, fpu), features in itertools.product(
            (("qemu", "legacy"), ("qemu", "init2"), ("ec2", "legacy"), ("gce", "legacy"),
             ("krun", "legacy")),
            (0, 1, 0x20, 0x21, 0xDEADBEEF12345678, (1 << 64) - 1)
        ):
            with self.subTest(vmm=vmm, fpu=fpu, features=features):
                cpu = Cpu(0x00A00F11, vmm, fpu, features)
                for count in (1, 3):
                    self.launch(cpu, count)
                    self.assert_ok(self.command(self.built(cpu, count)))
                self.assertEqual(self.guest.pages[:8192], self.pages(self.built(cpu, 3)))

    def test_other_vmms_need_no_cpu(self):
        for vmm in ("ec2", "gce", "krun"):
            self.launch(Cpu(vmm=vmm), 2)
            self.assert_ok(self.command(self.arguments(num_cpus=2, vmm=vmm)))

    def test_a_signature_wins_over_what_other_vmms_set(self):
        """EC2 had 0 in RDX before April 2026, and has 0x600 since."""
        for vmm, signature in itertools.product(("ec2", "gce", "krun"), (0, 0x600, 0xA00F11)):
            with self.subTest(vmm=vmm, signature=signature):
                self.launch(Cpu(signature, vmm, own_rdx=True), 2)
                options = {"num_cpus": 2, "vmm": vmm, "cpu_signature": signature}
                self.assert_ok(self.command(self.arguments(**options)))
                self.assertEqual(self.guest.pages, self.pages(self.arguments(**options)))

    def test_other_vmms_start_every_model_the_same_way(self):
        for vmm, (option, value), policy in itertools.product(
            ("ec2", "gce", "krun"),
            (("cpu_type", "EPYC"), ("vmsa_fpu", "legacy"), ("vmsa_fpu", "init2"),
             ("cpu_family", 25)),
            (SEV_ES, 0),
        ):
            with self.subTest(vmm=vmm, option=option):
                changes = {option: value, "num_cpus": 1, "vmm": vmm, "policy": policy}
                if option == "cpu_family":
                    changes |= {"cpu_model": 1, "cpu_stepping": 1}
                text = f"--{option.replace('_', '-')} has no effect on CPUs with --vmm {vmm}"
                self.assert_refused(self.arguments(**changes), USAGE, text)

    def test_words_that_no_dialect_has(self):
        cpu = {"num_cpus": 1, "cpu_type": "EPYC"}
        for option, words in (("vmsa_fpu", "legacy or init2"), ("vmm", "qemu, ec2, gce or krun")):
            name = "--" + option.replace("_", "-")
            for wrong in ("", "x", "QEMU", "Legacy", "init", "init22", "qemu ", "", "a,b"):
                with self.subTest(option=option, wrong=wrong):
                    texts = (f"{name}: expected {words}", f"got '{wrong}'")
                    self.assert_refused(self.arguments(**cpu, **{option: wrong}), USAGE, *texts)
        for wrong in ("", "x", "-1", "18446744073709551616", "0x10000000000000000", "1,2", "0x"):
            with self.subTest(wrong=wrong):
                texts = ("--sev-features: expected a number of 64 bits", f"got '{wrong}'")
                self.assert_refused(self.arguments(**cpu, sev_features=wrong), USAGE, *texts)

    def test_reset_addresses(self):
        for address in (1, 0x80B004, 0xFFFF, 0x10000, 0xFFFFFFF0, 0xFFFFFFFF, 0x12345678):
            for vmm in ("qemu", "gce"):
                with self.subTest(address=hex(address), vmm=vmm):
                    firmware = parts.image(self.rng, parts.sev_entries(reset=address))
                    self.use(self.guest.changed(firmware=firmware))
                    cpu = Cpu(0x00800F12, vmm)
                    self.launch(cpu, 4, address)
                    self.assert_ok(self.command(self.built(cpu, 4)))


class Counts(CpuTest):
    def test_from_1_to_4096(self):
        cpu = Cpu(0x00830F10)
        for count in (1, 2, 3, 4, 15, 16, 17, 255, 256, 511, 512, 513, 4096):
            with self.subTest(count=count):
                self.launch(cpu, count)
                self.assert_ok(self.command(self.built(cpu, count)))
                other = count - 1 if count > 1 else 2
                self.assert_mismatch(self.command(self.built(cpu, other)))
                page0 = self.write("page0", self.guest.pages[:4096])
                page1 = self.write("page1", cpu.page(parts.RESET_ADDRESS))
                files = {"vmsa_cpu0": page0, "num_cpus": count}
                files["vmsa_cpu1"] = page1 if count > 1 else None
                self.assert_ok(self.command(self.arguments(**files)))

    def test_other_numbers(self):
        for policy in (SEV_ES, 0):
            for wrong in ("0", "4097", "-1", "", "x", "1.0", "4294967297", "0x0", "1 "):
                with self.subTest(policy=policy, wrong=wrong):
                    arguments = self.arguments(policy=policy, num_cpus=wrong, cpu_type="EPYC")
                    texts = ("--num-cpus: expected a number from 1 to 4096", f"got '{wrong}'")
                    self.assert_refused(arguments, USAGE, *texts)

    def test_are_not_measured_without_es(self):
        page = self.write("page", bytes(4096))
        for options in (
            {"num_cpus": 3}, {"num_cpus": 3, "cpu_type": "EPYC"}, {"cpu_type": "EPYC-Rome"},
            {"num_cpus": 4096, "vmm": "gce"}, {"vmsa_fpu": "init2", "sev_features": "0x20"},
            {"vmsa_cpu0": page}, {"vmsa_cpu0": page, "vmsa_cpu1": page},
        ):
            with self.subTest(options=options):
                first = "--" + next(iter(options)).replace("_", "-")
                text = f"WARNING: {first} is not measured: the policy is not that of an SEV-ES guest"
                self.assert_warned(self.command(self.arguments(**options)), text)
                self.assert_silent(self.command(["-q", *self.arguments(**options)]), MATCH)


class Pages(CpuTest):
    def setUp(self):
        super().setUp()
        self.page0 = self.write("page0", self.rng.randbytes(4096))
        self.page1 = self.write("page1", self.rng.randbytes(4096))

    def launch_pages(self, count):
        pages = Path(self.page0).read_bytes() + Path(self.page1).read_bytes() * (count - 1)
        self.use(self.guest.changed(policy=self.guest.policy | SEV_ES, pages=pages))

    def files(self, **changes):
        values = {"vmsa_cpu0": self.page0, "vmsa_cpu1": self.page1, "num_cpus": 3}
        return self.arguments(**values | changes)

    def test_files(self):
        self.launch_pages(3)
        self.assert_ok(self.command(self.files()))
        self.assert_mismatch(self.command(self.files(num_cpus=2)))
        swapped = self.files(vmsa_cpu0=self.page1, vmsa_cpu1=self.page0)
        self.assert_mismatch(self.command(swapped))
        rest = self.arguments(num_cpus=3)
        self.assert_ok(self.command([*rest, "-0", self.page0, "-1", self.page1]))
        self.assert_ok(self.command([*rest, f"-0{self.page0}", f"-1={self.page1}"]))

    def test_the_second_is_needed_for_more_than_one_cpu_only(self):
        self.launch_pages(1)
        self.assert_ok(self.command(self.files(num_cpus=1, vmsa_cpu1=None)))
        text = "WARNING: --vmsa-cpu1 is not measured: there is one CPU"
        self.assert_warned(self.command(self.files(num_cpus=1)), text)

    def test_the_second_is_needed_whatever_the_policy_is(self):
        """After a mismatch, the other CPUs are tried, too."""
        for policy in (self.guest.policy, self.guest.policy | SEV_ES):
            arguments = self.files(policy=policy, num_cpus=2, vmsa_cpu1=None)
            texts = ("--vmsa-cpu1 is required", "more CPUs than one")
            self.assert_refused(arguments, USAGE, *texts)
            for size in (0, 4095, 4097, 8191, 8193, 70000):
                joined = self.write("joined", bytes(size))
                arguments = self.files(policy=policy, vmsa_cpu0=joined, vmsa_cpu1=None)
                self.assert_refused(arguments, USAGE, "--vmsa-cpu0: expected ", "8192")
        info = f"sev-measurement: {self.guest.measurement}\nsev-policy: 3\n"
        none = dict.fromkeys(("measurement", "policy"))
        changes = {"launch_info": self.write("info", info.encode()), "vmsa_cpu1": None}
        wrong = self.write("other", self.rng.randbytes(5000))
        arguments = self.files(**none, **changes, num_cpus=2, firmware=wrong)
        self.assert_refused(arguments, USAGE, "--vmsa-cpu1 is required")

    def test_the_firmware_needs_no_table(self):
        self.use(self.guest.changed(firmware=self.rng.randbytes(5000)))
        self.launch_pages(3)
        self.assert_match(self.command(self.files()))

    def test_standard_input(self):
        self.launch_pages(3)
        for option, path in (("vmsa_cpu0", self.page0), ("vmsa_cpu1", self.page1)):
            content = Path(path).read_bytes()
            self.assert_ok(self.command(self.files(**{option: "-"}), input=content))

    def test_other_sizes(self):
        for policy in (self.guest.policy, self.guest.policy | SEV_ES):
            for size in (0, 1, 4095, 4097, 8192, 65536, 70000):
                path = self.write("wrong", bytes(size))
                got = "more than 65536" if size > 65536 else size
                for option in ("vmsa_cpu0", "vmsa_cpu1"):
                    with self.subTest(policy=policy, option=option, size=size):
                        name = "--" + option.replace("_", "-")
                        arguments = self.files(policy=policy, **{option: path})
                        texts = (f"{name}: expected 4096 bytes in '{path}', but got {got}\n",)
                        self.assert_refused(arguments, USAGE, *texts)

    def test_files_that_cannot_be_read(self):
        for option, path in itertools.product(("vmsa_cpu0", "vmsa_cpu1"), ("/no/such/file", "/")):
            for policy in (self.guest.policy, self.guest.policy | SEV_ES):
                with self.subTest(option=option, path=path):
                    arguments = self.files(policy=policy, **{option: path})
                    self.assert_refused(arguments, FAILED, f"'{path}'")

    def test_one_source_at_most(self):
        sku = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1}
        others = [sku, {"cpu_type": "EPYC"}, {"cpu_signature": 1}]
        for first, second in itertools.combinations(others, 2):
            with self.subTest(first=first, second=second):
                arguments = self.arguments(num_cpus=1, **first, **second)
                self.assert_refused(arguments, USAGE, "is mutually exclusive with --cpu-")
        others += [
            {"vmsa_fpu": "legacy"}, {"sev_features": "0"}, {"vmm": "qemu"}, {"vmsa_out": "/none"},
        ]
        for other in others:
            with self.subTest(other=other):
                name = "--" + next(iter(other)).replace("_", "-")
                text = f"--vmsa-cpu0 is mutually exclusive with {name}\n"
                self.assert_refused(self.files(**other), USAGE, text)

    def test_parts_of_a_source(self):
        sku = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1}
        for missing in sku:
            with self.subTest(missing=missing):
                arguments = self.arguments(num_cpus=1, **sku | {missing: None})
                name = "--" + missing.replace("_", "-")
                self.assert_refused(arguments, USAGE, f"ERROR: {name} N is required")
        arguments = self.files(vmsa_cpu0=None)
        self.assert_refused(arguments, USAGE, "--vmsa-cpu1 requires --vmsa-cpu0")
        for alone in ({"cpu_type": "EPYC"}, sku, {"vmsa_cpu0": self.page0}):
            arguments = self.arguments(policy=SEV_ES, **alone)
            self.assert_refused(arguments, USAGE, "--num-cpus is required", "SEV-ES")
        for options in ({}, {"vmsa_fpu": "init2"}, {"sev_features": "0"}, {"vmm": "qemu"}):
            arguments = self.arguments(policy=SEV_ES, num_cpus=2, **options)
            names = ("--vmsa-cpu0", "--cpu-family", "--cpu-type", "--cpu-signature", "is required")
            self.assert_refused(arguments, USAGE, *names)


class PagesOut(CpuTest):
    CPU = Cpu(0x00A10F10, "qemu", "init2", 0x20)

    def setUp(self):
        super().setUp()
        self.launch(self.CPU, 2)
        self.out = str(self.folder / "out")

    def test_fed_back(self):
        for count in (1, 2, 7):
            self.launch(self.CPU, count)
            digest = self.digest(self.built(self.CPU, count, vmsa_out=self.out))
            pages = Path(self.out).read_bytes()
            self.assertEqual(4096 if count == 1 else 8192, len(pages))
            files = {"num_cpus": count, "vmsa_cpu0": self.write("0", pages[:4096])}
            if count > 1:
                files["vmsa_cpu1"] = self.write("1", pages[4096:])
            self.assertEqual(digest, self.digest(self.arguments(**files)))
            joined = {"num_cpus": count, "vmsa_cpu0": self.out}
            self.assertEqual(digest, self.digest(self.arguments(**joined)))
            self.assertEqual(self.guest.launch_digest.hex(), digest)

    def digest(self, arguments):
        result = self.command([*arguments, "--print-digest=hex"])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return result.out.decode().splitlines()[0]

    def test_is_written_whatever_the_verdict(self):
        other = self.guest.changed(mnonce=bytes(16)).measurement
        changes = {"vmsa_out": self.out, "measurement": other, "build_id": 0}
        self.assert_mismatch(self.command(self.built(self.CPU, 2, **changes)))
        self.assertEqual(self.guest.pages, Path(self.out).read_bytes())

    def test_is_written_for_a_policy_without_es(self):
        policy = self.guest.policy & ~SEV_ES
        guest = self.guest.changed(policy=policy)
        changes = {"vmsa_out": self.out, "measurement": guest.measurement, "policy": policy}
        self.assert_warned(self.command(self.built(self.CPU, 2, **changes)), "is not measured")
        self.assertEqual(self.guest.pages, Path(self.out).read_bytes())

    def test_the_firmware_must_tell_where_cpus_start(self):
        self.use(self.guest.changed(firmware=self.rng.randbytes(4096)))
        for policy in (self.guest.policy, self.guest.policy & ~SEV_ES):
            arguments = self.built(self.CPU, 2, policy=policy, vmsa_out=self.out)
            self.assert_refused(arguments, FAILED, "does not tell where CPUs but the first start")
        self.assertFalse(Path(self.out).exists())

    def test_replaces_a_file_and_has_the_mode_of_a_new_one(self):
        """Unlike a packet: the state of CPUs is no secret."""
        for mask, mode in ((0o022, 0o644), (0o077, 0o600), (0, 0o666)):
            self.write("out", b"before" * 9999)
            arguments = self.built(self.CPU, 2, vmsa_out=self.out)
            self.assert_ok(self.command(arguments, preexec_fn=lambda: os.umask(mask)))
            self.assertEqual(self.guest.pages, Path(self.out).read_bytes())
            self.assertEqual(mode, stat.S_IMODE(os.stat(self.out).st_mode))

    def test_cannot_be_written(self):
        before = sorted(os.listdir(self.folder))
        for path, reason in (
            (str(self.folder / "none" / "out"), "No such file"), (self.tik + "/x", "Not a dir"),
            (str(self.folder), "Is a directory"), ("/dev/full", "No space left"),
            ("", "No such file"),
        ):
            with self.subTest(path=path):
                arguments = self.built(self.CPU, 2, vmsa_out=path)
                self.assert_refused(arguments, FAILED, f"cannot write '{path}'", reason)
        self.assertEqual(before, sorted(os.listdir(self.folder)))

    def test_needs_a_cpu(self):
        for policy in (SEV_ES, 0):
            for options in ({}, {"vmm": "qemu"}, {"vmsa_fpu": "init2"}):
                arguments = self.arguments(
                    policy=policy, num_cpus=1, vmsa_out=self.out, **options
                )
                self.assert_refused(arguments, USAGE, "--vmsa-out requires a CPU")
        self.assertFalse(Path(self.out).exists())


class Footer(CpuTest):
    """The table at the end of the firmware may come from the host; reading it is safe."""

    CPU = Cpu(0x00800F12)

    def judge(self, firmware, count):
        self.use(self.guest.changed(firmware=firmware))
        self.launch(self.CPU, count)
        return self.command(self.built(self.CPU, count))

    def test_tables_that_do_not_tell_where_cpus_start(self):
        rng = self.rng
        hashes = parts.area(parts.HASH_AREA, 0x810C00, 0x400)
        for what, firmware in {
            "no table": rng.randbytes(4096), "one byte": b"x", "short file": rng.randbytes(49),
            "no entries": parts.image(rng, []), "another entry": parts.image(rng, [hashes]),
            "address 0": parts.image(rng, [parts.reset_block(0)]),
            "not at the end": parts.image(rng, parts.sev_entries()) + bytes(1),
            "another end": parts.image(rng, parts.sev_entries())[:-1],
        }.items():
            with self.subTest(what=what):
                has_table = firmware[-48:-32] == parts.FOOTER
                text = "does not end in OVMF's table"
                result = self.judge(firmware, 1)
                self.assert_ok(result) if has_table else self.assert_warned(result, text)
                reason = "it is not built for SEV-ES" if has_table else "it does not end in"
                text = "does not tell where CPUs but the first start: " + reason
                self.assert_one_line(self.judge(firmware, 2), FAILED, self.firmware, text)

    def test_malformed_tables(self):
        rng = self.rng
        good = parts.sev_entries()
        unknown = uuid.UUID(int=rng.getrandbits(128)).bytes_le

        def length(value):
            return [b"x" * 40 + struct.pack("<H", value) + unknown]

        malformed = {
            "entry of length 0": good + length(0), "entry of length 1": good + length(1),
            "entry of length 17": good + length(17), "entry of length 65535": good + length(65535),
            "entry past the table": length(59) + good, "half an entry": [b"x" * 17, *good],
            "a byte too many": [b"x", *good],
            "reset block of 3 bytes": [parts.entry(parts.RESET_BLOCK, b"abc")],
            "reset block of 5 bytes": [parts.entry(parts.RESET_BLOCK, b"abcde")],
            "reset block twice": [parts.reset_block(), *good],
            "hash area of 7 bytes": [parts.entry(parts.HASH_AREA, bytes(7)), parts.reset_block()],
            "secret area of 9 bytes": [
                parts.entry(parts.SECRET_AREA, bytes(9)), parts.reset_block()
            ],
            "hash area twice": [parts.area(parts.HASH_AREA, 1, 2), *good],
            "secret area twice": [*good, parts.area(parts.SECRET_AREA, 1, 2)],
        }
        images = {what: parts.image(rng, entries) for what, entries in malformed.items()}
        for wrong in (0, 1, 17, 19, 65535, 8192):
            images[f"table of length {wrong}"] = parts.image(rng, good, length=wrong)
        for what, firmware in images.items():
            with self.subTest(what=what):
                self.assert_warned(self.judge(firmware, 1), self.firmware, "malformed: not used")
                text = "does not tell where CPUs but the first start: the table at its end is malf"
                self.assert_one_line(self.judge(firmware, 2), FAILED, self.firmware, text)

    def test_largest_table(self):
        """A table that needs all bytes that are kept of the firmware's end."""
        rest = parts.footer(parts.sev_entries())
        for size, read in ((992, True), (993, False)):
            filler = parts.entry(bytes(16), bytes(size - len(rest) - 18))
            firmware = parts.image(self.rng, [filler, *parts.sev_entries()])
            with self.subTest(size=size):
                result = self.judge(firmware, 2)
                if read:
                    self.assert_ok(result)
                else:
                    self.assertEqual(FAILED, result.code, result)

    def test_random_tables(self):
        """Ends with one of the four exit codes, whatever the input is."""
        for _ in range(150):
            table = bytearray(parts.footer(parts.sev_entries()))
            for _ in range(self.rng.randrange(1, 4)):
                table[self.rng.randrange(len(table) - 16)] = self.rng.randrange(256)
            firmware = self.rng.randbytes(self.rng.randrange(600)) + bytes(table) + bytes(32)
            result = self.judge(firmware, 2)
            self.assertIn(result.code, (MATCH, 1, FAILED), result)
            self.assertLessEqual(result.err.count(b"\n"), 2, result)


if __name__ == "__main__":
    main()
