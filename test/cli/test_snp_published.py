# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-verify` take the reports of real processors that others published, and refuse
the forgeries among them, each for its reason? Does `sevlaunch show` tell what is in them?

    test_snp_published.py FOLDER    ends with 77 if the folder is not there
"""
import json
import sys
import tempfile
import unittest
from pathlib import Path

import amd
import model
from runner import COMMAND, MATCH, SEED, USAGE, run
from snp_reports import MEASUREMENT, SIZE, SnpReports

FOLDER = Path(sys.argv[1])

EARLIER = "--time=2025-06-01"
KINDS = ("ark", "ask", "asvk")

# Report, leaf, product, and what it needs.
REPORTS = (
    ("reports/r01_milan_v2.bin", "reports/r01_vcek.der", "milan", ["--allow", "debug"]),
    ("reports/r02_milan_v2.bin", "reports/r02_vcek.der", "milan", []),
    ("reports/r04_milan_v3_vlek_aws.bin", "reports/r04_vlek.der", "milan",
     ["--vmpl=1", EARLIER, "--csp-id=CN=cc-us-east-2.amazonaws.com"]),
    ("reports/r05_milan_v3.bin", "reports/r05_vcek.der", "milan", []),
    ("reports/r07_turin_v5.bin", "reports/r07_vcek.der", "turin", ["--require=ecc,alias-check"]),
    ("reports/r09_genoa_v5.bin", "reports/r09_vcek.der", "genoa", []),
    ("reports/r11_milan_v3.bin", "reports/r11_vcek.der", "milan", []),
    ("hcl/h1_milan_v2.bin", "hcl/h1_vcek.der", "milan", []),
    ("hcl/h4_genoa_v3.bin", "hcl/h4_vcek.der", "genoa", []),
)

# The rest: each name stands in a test.
OTHERS = {
    "negative/n1_r14_sigflip.bin", "negative/n3_vcek_invalid_legacy.der",
    "negative/n4_vcek_invalid_new.der", "negative/n5_truncated_793.bin", "negative/n6_1185.bin",
    "reports/turin_vcek_noreport.der", "roots/ask_genoa_revoked_20001.der",
    "crl/milan-2022.crl", "crl/genoa-2022.crl",
    *(f"roots/{kind}_{product}.der" for kind in KINDS for product in ("milan", "genoa", "turin")),
}


def read(name):
    return (FOLDER / name).read_bytes()


def chain_of(leaf, product):
    return [FOLDER / path for path in (leaf, *(f"roots/{kind}_{product}.der" for kind in KINDS))]


def report_of(name):
    """Azure's vTPM has a header before it."""
    at = 32 if name.startswith("hcl/") else 0
    return read(name)[at:at + SIZE]


class Recovered(amd.EcKey):
    """One of the two keys under which the signature of a report is right."""

    def __init__(self, report):
        r, s = (int.from_bytes(report[at:at + 48], "little") for at in (0x2A0, 0x2A0 + 72))
        number = int.from_bytes(model.sha384(report[:0x2A0]), "big")
        part = model.p384_add(model.p384_multiply(s, model.p384_point(r)),
                              model.p384_multiply(-number, model.P384_G))
        self.point = model.p384_multiply(pow(r, -1, model.P384_N), part)
        self.private = self.point[0]  # which nobody knows: keys are told apart by it


class Published(SnpReports, unittest.TestCase):
    def test_every_file_is_tested(self):
        tested = {*OTHERS, *(name for row in REPORTS for name in row[:2])}
        there = {str(path.relative_to(FOLDER)) for part in ("reports", "hcl", "negative", "roots", "crl")
                 for path in (FOLDER / part).iterdir()}
        self.assertEqual(there, tested)

    def test_reports(self):
        for name, leaf, product, more in REPORTS:
            self.assert_genuine(FOLDER / name, report_of(name), chain_of(leaf, product), *more)

    def test_defaults(self):
        """What these need is refused without it."""
        for i, checks in (0, ["policy-debug"]), (2, ["dates", "vmpl"]):
            name, leaf, product, _ = REPORTS[i]
            result = self.verify(FOLDER / name, chain_of(leaf, product), "--no-measurement")
            self.assert_failed(result, *checks)

    def test_every_bit(self):
        """Of each product and kind once, and of what has no report or no leaf."""
        for i, crl in (1, "milan"), (2, None), (4, None), (5, "genoa"):
            name, leaf, product, _ = REPORTS[i]
            signer = "asvk" if "vlek" in leaf else "ask"
            self.assert_bits_count(report_of(name), read(leaf), read(f"roots/{signer}_{product}.der"),
                                   read(f"roots/ark_{product}.der"),
                                   None if crl is None else read(f"crl/{crl}-2022.crl"))
        self.assert_bits_count(None, read("reports/turin_vcek_noreport.der"), read("roots/ask_turin.der"),
                               read("roots/ark_turin.der"), None)
        for product in "genoa", "turin":
            self.assert_bits_count(None, None, read(f"roots/asvk_{product}.der"),
                                   read(f"roots/ark_{product}.der"), None)

    def test_forgeries(self):
        milan, r02 = chain_of("reports/r02_vcek.der", "milan"), FOLDER / "reports/r02_milan_v2.bin"
        wrong = FOLDER / "negative/n3_vcek_invalid_legacy.der"
        self.assert_failed(self.verify(r02, [wrong, *milan[1:]], "--no-measurement"), "certificate")
        in_octets = FOLDER / "negative/n4_vcek_invalid_new.der"
        result = self.verify(r02, [in_octets, *milan[1:]], "--no-measurement")
        self.assertEqual(USAGE, result.code, result)
        self.assertIn(b"none of AMD's", result.err)
        for name in "n5_truncated_793", "n6_1185":
            result = self.verify(FOLDER / f"negative/{name}.bin", milan, "--no-measurement")
            self.assertEqual(USAGE, result.code, result)
            self.assertIn(b"expected a report of 1184 bytes", result.err)

    def test_a_changed_signature(self):
        """Its certificate is not published, but the key follows from the signature as it was: the
        tests' own AMD certifies that key, and so the signature alone is wrong."""
        changed = read("negative/n1_r14_sigflip.bin")
        right = bytearray(changed)
        right[0x2B8] = 0x99
        a = amd.Amd("Milan")
        a.tcb = {"bl": changed[0x180], "tee": changed[0x181], "snp": changed[0x186], "ucode": changed[0x187]}
        a.chip, a.chip_id = Recovered(bytes(right)), changed[0x1A0:0x1E0]
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, name) for name in ("report", "leaf", "ask", "ark", "crl")]
            ders = [each.der for each in a.chain()]
            for path, data in zip(paths, (right, *ders, a.crl())):
                path.write_bytes(data)
            words = ["--no-measurement", "--ark-fingerprint", a.ark.fingerprint]
            self.assertEqual(MATCH, self.verify(paths[0], paths[1:], *words).code)
            paths[0].write_bytes(changed)
            self.assert_failed(self.verify(paths[0], paths[1:], *words), "signature")

    def test_reports_of_other_keys(self):
        """Of another TCB, another chip, another product, another kind."""
        r02, r11 = FOLDER / "reports/r02_milan_v2.bin", FOLDER / "reports/r11_milan_v3.bin"
        for report, leaf, product, check in (
            (r02, "reports/r11_vcek.der", "milan", "certificate-tcb"),
            (r11, "reports/r09_vcek.der", "genoa", "product"),
        ):
            result = self.verify(report, chain_of(leaf, product), "--no-measurement")
            self.assert_failed(result, check)
        result = self.verify(r11, chain_of("reports/r04_vlek.der", "milan"), "--no-measurement")
        self.assertEqual(USAGE, result.code, result)

    def test_the_revoked_intermediate(self):
        leaf, ark, ask, _ = chain_of("reports/r09_vcek.der", "genoa")
        report, revoked = FOLDER / REPORTS[5][0], FOLDER / "roots/ask_genoa_revoked_20001.der"
        words = ["--no-measurement"]
        for more in ([], ["--allow-unpinned-intermediate"]):
            self.assert_failed(self.verify(report, [leaf, ark, revoked], *words, *more), "revocation")
        self.assertEqual(MATCH, self.verify(report, [leaf, ark, revoked, ask], *words).code)
        stale = ["--crl", FOLDER / "crl/genoa-2022.crl"]
        self.assert_failed(self.verify(report, [leaf, ark, ask], *words, *stale), "revocation")
        result = self.verify(report, [leaf, ark, ask], "--no-measurement", "--json", *stale, "--time=2023-06-01")
        states = {check["check"]: check["state"] for check in json.loads(result.out)["checks"]}
        self.assertEqual((states["revocation"], states["dates"]), ("passed", "failed"), result)

    def test_fingerprints(self):
        """A root that is AMD's needs no pin of one's own; one that only looks so does."""
        leaf, ark, ask, _ = chain_of("reports/r02_vcek.der", "milan")
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder, "ark")
            other.write_bytes(amd.Amd("Milan").ark.der)
            result = self.verify(FOLDER / REPORTS[1][0], [leaf, other, ask], "--no-measurement")
        self.assert_failed(result, "root")


class Shown(unittest.TestCase):
    def show(self, path):
        result = run(["show", "--json", FOLDER / path])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return json.loads(result.out)

    def test_reports(self):
        """The certificate that is there is the one whose address is shown."""
        for path, leaf, product, _ in REPORTS:
            report, certificate = self.show(path), self.show(leaf)["parts"][0]
            data = report_of(path)
            products = ["Milan", "Genoa"] if report["version"] == 2 else [product.capitalize()]
            if report["version"] > 2:
                self.assertEqual(report["product"], product.capitalize())
            self.assertEqual(report["addresses"], [amd.addresses(data, each) for each in products])
            self.assertEqual((certificate["part"], certificate["product"], certificate["tcb"]),
                             (report["signer"], product.capitalize(), report["reported-tcb"]))
            self.assertEqual(certificate.get("chip-id"), report["chip-id"])
            self.assertEqual(report["measurement"], data[MEASUREMENT].hex())

    def test_authorities(self):
        for path in sorted((FOLDER / "roots").iterdir()):
            kind, product, *revoked = path.stem.split("_")
            part, = self.show(path)["parts"]
            self.assertEqual((part["part"], part["product"], part["pinned"]),
                             (kind.upper(), product.capitalize(), not revoked))
            self.assertEqual([note.split(":")[0] for note in part["notes"]],
                             ["AMD revoked this key"] if revoked else [])

    def test_lists(self):
        for product, revoked in ("milan", []), ("genoa", [{"serial": 0x20001, "time": "2022-10-31T13:34:46Z"}]):
            part, = self.show(f"crl/{product}-2022.crl")["parts"]
            self.assertEqual((part["issuer"], part["revoked"]), ("ARK-" + product.capitalize(), revoked))

    def test_forgeries(self):
        """A signature that is wrong is none of its business; a form that is wrong is."""
        self.assertEqual(self.show("negative/n3_vcek_invalid_legacy.der")["parts"][0]["part"], "VCEK")
        for name in "n4_vcek_invalid_new.der", "n5_truncated_793.bin", "n6_1185.bin":
            result = run(["show", FOLDER / "negative" / name])
            self.assertEqual((USAGE, b""), (result.code, result.out), result)


if __name__ == "__main__":
    if not FOLDER.is_dir():
        print(f"skipped: published reports are not there: {FOLDER}")
        sys.exit(77)
    print(f"command {COMMAND}, SEVLAUNCH_TEST_SEED={SEED}", flush=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)
