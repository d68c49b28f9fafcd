# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch` print the published values of files that Debian's packages have, and take the
reports of real processors in them?

    debian.py PACKAGE FETCH...

FETCH is the command that prints where the package is unpacked. If that says that there is no
such package, this ends with 77 as well.
"""
import base64
import dataclasses
import itertools
import json
import re
import subprocess
import sys
import unittest
from pathlib import Path

import model
from command import SKIPPED, PublishedTest, kernel_words
from runner import MATCH, USAGE
from snp_reports import SnpReports, ders

EMPTY = [model.sha256(part) for part in (b"", b"", b"\0")]
TYPES = {"EPYC": 0x00800F12, "EPYC-Rome": 0x00830F10, "EPYC-Milan": 0x00A00F11,
         "EPYC-Genoa": 0x00A10F10, "EPYC-Turin": 0x00B00F00}
EPYC = model.Cpu(TYPES["EPYC"], "qemu", "init2", 1)

# By the SHA-256 of an image, of QEMU's EPYC-v4: CPUs, kernel, and the launch digest that
# independent code has computed.
DIGESTS = {
    "3e4fd0b3fe3b2dbe481c3d9e99418a034174f26cbe1f55aa212b0f18c12d2d6f": [
        (1, None, "d74bd3ea40b240c3228edc5177ce6193561ebff633dbd0be76d6c143b876d651"
                  "02425c0e2e8a930857c48daa5eacda58"),
        (4, None, "13a6ae9fbaa31c91ade309c36bd5214729438abac318e01176e02a97b8bec11a"
                  "4bce86b4d2b1fba2ec0481dd24ff525f"),
        (1, EMPTY, "dc90224373ef87b56b4da4964a5fbefb3a0cd401f4ff04571c272c491ccd04bd"
                   "bd91bc2e10665b1f155bb91db7956b74")],
    "14954040cc754ade0c625ac3470ea46d4c14318b5b1396de4ef77090203d76db": [
        (1, None, "6eef547a9fcf5720c5c04883fe85788d29de46b55a51e554467029b554a3352e"
                  "66d2f3c71b84cea937d19a1a6c41596f"),
        (4, None, "676826e902524799a067f7c43b3ab0101dce73a2506d41436dd2f8472fa20808"
                  "1f11f9e65ca5d2439785732a0bfd8339")],
}


class FirmwareTest(PublishedTest):
    """What holds for either image; `path` is that in the package."""

    def setUp(self):
        super().setUp()
        self.image = self.tree / self.path
        self.content = self.image.read_bytes()

    def test_published(self):
        for cpus, kernel, digest in DIGESTS[model.sha256(self.content).hex()]:
            self.assert_printed(self.digest(self.image, cpus, EPYC, kernel), digest)

    def test_every_count(self):
        self.check_counts()

    def check_counts(self, kernel=None):
        """Every count from 1 to 512, by every launcher, in every state."""
        for vmm in ("qemu", "ec2", "gce"):
            words = ["--vmm", vmm, "--vmsa-fpu=legacy,init2", "--sev-features=0x1,0x21"]
            if vmm == "qemu":
                words.append("--cpu-type=" + ",".join(TYPES))
            result = self.command(["snp-digest", f"-f{self.image}", "-n1-512", *words,
                                   *kernel_words(kernel)])
            self.assertEqual((MATCH, b""), (result.code, result.err))
            values = json.loads(result.out)["values"]
            found = {(value["cpu-signature"], value["vmsa-fpu"], value["sev-features"],
                      value["num-cpus"]): value["measurement"] for value in values}
            self.assertEqual(len(found), len(values))
            self.assertEqual(found, self.expected(vmm, kernel))

    def expected(self, vmm, kernel):
        guest = model.snp_guest_of(self.content, EPYC, 512, kernel)
        reset = int.from_bytes(model.footer_entries(self.content)[model.RESET_BLOCK], "little")
        signatures = TYPES.values() if vmm == "qemu" else [None]
        values = {}
        for state in itertools.product(signatures, ("legacy", "init2"), (0x1, 0x21)):
            cpu = model.Cpu(state[0] or 0, vmm, *state[1:])
            same = dataclasses.replace(guest, vmm=vmm, pages=(cpu.page(), cpu.page(reset)))
            values |= {(*state, n): value for n, value in enumerate(same.digests(), 1)}
        return values


class AmdSev(FirmwareTest):
    path = "usr/share/ovmf/OVMF.amdsev.fd"

    def test_every_count_with_a_kernel(self):
        self.check_counts([self.rng.randbytes(32) for _ in range(3)])


class Ovmf(FirmwareTest):
    path = "usr/share/ovmf/OVMF.fd"

    def test_no_place_for_a_kernel(self):
        for cpus in (1, 512):
            self.assert_no_place(self.digest(self.image, cpus, EPYC, EMPTY))


class Rust(SnpReports, PublishedTest):
    """virtee/sev: the expected values stand in the sources of its tests."""

    def setUp(self):
        super().setUp()
        self.crate, = self.tree.glob("usr/share/cargo/registry/sev-*")
        self.data = self.crate / "tests/measurement"

    def launches(self):
        """The tests of launch digests: what each measures, and its source."""
        text = (self.crate / "tests/measurement.rs").read_text()
        for source in re.split(r"#\[test\]", text.split("mod sev_tests")[0])[1:]:
            fields = dict(re.findall(r"^ +(\w+): (.*),$", source, re.M))
            name = re.search(r'"\./tests/measurement/(\w+\.bin)"', fields["ovmf_file"]).group(1)
            vmm = "ec2" if "EC2" in fields["vmm_type"] else "qemu"
            # It still has 0 in RDX on EC2, as the CPUs there had before April 2026.
            cpu = model.Cpu(TYPES["EPYC"] if vmm == "qemu" else 0, vmm,
                            "init2" if vmm == "qemu" else "legacy",
                            int(re.search(r"0x\w+", fields["guest_features"]).group(), 16), True)
            self.assertEqual(fields["vcpu_type"], "CpuType::EpycV4")
            line = re.search(r'"(.*)"', fields["append"])
            kernel = fields["kernel_file"] != "None" and [
                *EMPTY[:2], model.sha256((line.group(1).encode() if line else b"") + b"\0")]
            yield (self.data / name, int(fields["vcpus"]), cpu, kernel), source

    def test_launch_digests(self):
        """A digest of the firmware that such a test gives is that of the same file."""
        refused = 0
        launches = [*self.launches()]
        self.assertGreaterEqual(len(launches), 15)
        for launch, source in launches:
            for given in re.findall(r'ovmf_hash = "(\w+)"|exp_hash = "(\w+)"', source):
                firmware = model.snp_firmware(launch[0].read_bytes()).hex()
                self.assertIn(firmware, given)
            if "should_panic" in source:
                refused += 1
                self.assert_no_place(self.digest(*launch))
            else:
                expected = re.search(r'exp_result = "(\w{96})"', source).group(1)
                self.assert_printed(self.digest(*launch), expected)
        self.assertEqual(refused, 1)

    def id_vectors(self):
        text = (self.crate / "tests/id-block.rs").read_text()
        block, id_digest, author_digest = (
            base64.b64decode(re.search(rf'let expected_{name} =\s*"([^"]+)"', text).group(1))
            for name in ("id_block", "id_key_digest", "auth_key_digest"))
        keys = [(self.data / "test_id_key.pem", id_digest),
                (self.data / "test_auth_key.pem", author_digest)]
        page = re.search(r'let expected_auth_block = "([^"]+)"', text).group(1)
        return block, keys, base64.b64decode(re.sub(r"\\\s+", "", page))

    def test_id_block(self):
        block, keys, _ = self.id_vectors()
        self.assert_block(block, keys)

    def test_id_page(self):
        """As its test has it, and as the file."""
        block, keys, page = self.id_vectors()
        for name, at in (("test_id_sig.bin", 0x40), ("test_auth_sig.bin", 0x680)):
            self.assertEqual((self.data / name).read_bytes(), page[at:at + 512])
        self.assertEqual((self.data / "test_auth_block.bin").read_bytes(), page)
        self.assert_page(page, block, keys)

    def certs(self, name):
        return self.crate / "tests/certs_data" / name

    def roots(self, product):
        """Root and intermediate that are built into the crate."""
        return [self.crate / f"src/certs/snp/builtin/{product}/{kind}.pem" for kind in ("ark", "ask")]

    def test_report(self):
        """In hexadecimal; the roots are those of the test, and those that are built in."""
        report, leaf = self.certs("report_milan.hex"), self.certs("vcek_milan.der")
        data = bytes.fromhex(report.read_text())
        bundle = self.certs("cert_chain_milan")
        for certs in [leaf, bundle], [leaf, *self.roots("milan")]:
            self.assert_genuine(report, data, certs)
        self.assert_bits_count(data, leaf.read_bytes(), *ders(bundle.read_bytes()), None)

    def test_turin(self):
        """A chain without a report: another product's does not serve."""
        leaf, bundle = self.certs("vcek_turin.der"), self.certs("cert_chain_turin")
        built_in = [der for path in self.roots("turin")[::-1] for der in ders(path.read_bytes())]
        self.assertEqual(built_in, ders(bundle.read_bytes()))
        self.assert_bits_count(None, leaf.read_bytes(), *ders(bundle.read_bytes()), None)
        result = self.verify(self.certs("report_milan.hex"), [leaf, bundle], "--no-measurement")
        self.assert_failed(result, "certificate-tcb")

    def test_genoa(self):
        ark, ask = (ders(path.read_bytes())[0] for path in self.roots("genoa"))
        self.assert_bits_count(None, None, ask, ark, None)

    def test_refused(self):
        """What its own tests refuse: a byte of the certificate, and one of the report."""
        report, leaf = self.certs("report_milan.hex"), self.certs("vcek_milan.der")
        source = (self.crate / "tests/certs.rs").read_text()
        at, bits = self.changed(source, "buf")
        changed = self.write("leaf", self.with_bits(leaf.read_bytes(), at, bits))
        result = self.verify(report, [changed, self.certs("cert_chain_milan")], "--no-measurement")
        self.assert_one_line(result, USAGE, "none of AMD's")
        at, bits = self.changed(source, "report_bytes")
        data = self.with_bits(bytes.fromhex(report.read_text()), at, bits)
        result = self.verify(self.write("report", data), [leaf, *self.roots("milan")], "--no-measurement")
        self.assert_failed(result, "signature")

    @staticmethod
    def changed(source, name):
        at, bits = re.search(rf"{name}\[(\d+)\] \^= (0x\w+);", source).groups()
        return int(at), int(bits, 16)

    @staticmethod
    def with_bits(data, at, bits):
        return data[:at] + bytes([data[at] ^ bits]) + data[at + 1:]


class Go(SnpReports, PublishedTest):
    """go-sev-guest: a report of a guest with DEBUG, whose owner's nonce its tests have."""

    def setUp(self):
        super().setUp()
        self.data = self.tree / "usr/share/gocode/src/github.com/google/go-sev-guest/verify/testdata"
        self.report = self.data / "attestation.bin"
        self.certs = [self.data / "vcek.testcer", self.data / "milan.testcer"]

    def test_report(self):
        source = (self.data.parent / "verify_test.go").read_text()
        nonce = re.search(r"copy\(nonce\[:\], \[\]byte\{([^}]*)\}\)", source).group(1)
        words = ["--allow=debug", "--nonce", bytes(map(int, nonce.split(","))).hex()]
        self.assert_genuine(self.report, self.report.read_bytes(), self.certs, *words)

    def test_every_bit(self):
        leaf = self.certs[0].read_bytes()
        self.assert_bits_count(self.report.read_bytes(), leaf, *ders(self.certs[1].read_bytes()), None)
        provider = ders((self.data / "milanvlek.testcer").read_bytes())
        self.assert_bits_count(None, None, *provider, None)

    def test_refused(self):
        """What is not expected, and what did not sign it."""
        for words, *checks in ((["--nonce=00", "--allow=debug"], "report-data"), ([], "policy-debug"),
                               (["--allow=debug", "--host-data", "01" * 32], "host-data")):
            result = self.verify(self.report, self.certs, "--no-measurement", *words)
            self.assert_failed(result, *checks)
        certs = [self.certs[0], self.data / "milanvlek.testcer"]
        result = self.verify(self.report, certs, "--no-measurement")
        self.assert_one_line(result, USAGE, "the certificate SEV-Milan, which signs a VCEK")


PACKAGES = {"ovmf-amdsev": AmdSev, "ovmf": Ovmf, "librust-sev-dev": Rust,
            "golang-github-google-go-sev-guest-dev": Go}


def main():
    package, *fetch = sys.argv[1:]
    done = subprocess.run(fetch, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          check=False)
    if done.returncode == SKIPPED:
        print("skipped:", done.stderr.strip())
        sys.exit(SKIPPED)
    if done.returncode != 0:
        sys.exit(done.stderr)
    tests = PACKAGES[package]
    tests.tree = Path(done.stdout.strip())
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(tests)
    sys.exit(not unittest.TextTestRunner(verbosity=2).run(suite).wasSuccessful())


if __name__ == "__main__":
    main()
