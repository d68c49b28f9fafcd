# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-verify` take the reports of real processors that others published, and refuse
the forgeries among them, each for its reason?

    test_snp_published.py FOLDER    ends with 77 if the folder is not there
"""
import json
import random
import sys
import tempfile
import unittest
from pathlib import Path

import amd
from model import flip
from runner import COMMAND, MATCH, MISMATCH, SEED, USAGE, run

FOLDER = Path(sys.argv[1])
MEASUREMENT = slice(0x90, 0xC0)

TIME, EARLIER = "--time=2026-06-01", "--time=2025-06-01"

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


def chain_of(leaf, product):
    roots = [f"roots/{kind}_{product}.der" for kind in ("ark", "ask", "asvk")]
    return [FOLDER / path for path in (leaf, *roots)]


def verify(report, certs, *words):
    named = [word for path in certs for word in ("--certs", path)]
    return run(["snp-verify", "--report", report, *named, TIME, *words])


class Published(unittest.TestCase):
    def assert_failed(self, result, *checks):
        told = [line.split(b":")[1].strip().decode() for line in result.err.splitlines()]
        self.assertEqual((MISMATCH, list(checks)), (result.code, told), result)

    def test_reports(self):
        for path, leaf, product, more in REPORTS:
            report = (FOLDER / path).read_bytes()
            at = 32 if path.startswith("hcl/") else 0
            measured = report[at:][MEASUREMENT].hex()
            result = verify(FOLDER / path, chain_of(leaf, product), "-m", measured, *more)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            self.assert_failed(verify(FOLDER / path, chain_of(leaf, product), *more, "-m",
                                      flip(bytes.fromhex(measured), 0).hex()), "measurement")

    def test_defaults(self):
        """What these need is refused without it."""
        for i, checks in (0, ["policy-debug"]), (2, ["dates", "vmpl"]):
            path, leaf, product, _ = REPORTS[i]
            result = verify(FOLDER / path, chain_of(leaf, product), "--no-measurement")
            self.assert_failed(result, *checks)

    def test_flipped_bits(self):
        rng = random.Random(f"{SEED}")
        with tempfile.TemporaryDirectory() as folder:
            changed = Path(folder, "changed")
            for path, leaf, product, more in REPORTS[1:7]:
                files = [FOLDER / path, *chain_of(leaf, product)]
                needed = [0, 1, 2, 4 if "vlek" in leaf else 3]
                for i in rng.choices(needed, k=24):
                    data = files[i].read_bytes()
                    changed.write_bytes(flip(data, rng.randrange(8 * len(data))))
                    report, *certs = (changed if k == i else file for k, file in enumerate(files))
                    result = verify(report, certs, "--no-measurement", *more)
                    self.assertIn(result.code, (MISMATCH, USAGE), (path, i, result))
                    self.assertEqual(result.out, b"", result)

    def test_forgeries(self):
        milan, r02 = chain_of("reports/r02_vcek.der", "milan"), FOLDER / "reports/r02_milan_v2.bin"
        wrong = FOLDER / "negative/n3_vcek_invalid_legacy.der"
        self.assert_failed(verify(r02, [wrong, *milan[1:]], "--no-measurement"), "certificate")
        in_octets = FOLDER / "negative/n4_vcek_invalid_new.der"
        result = verify(r02, [in_octets, *milan[1:]], "--no-measurement")
        self.assertEqual(USAGE, result.code, result)
        self.assertIn(b"none of AMD's", result.err)
        for name in "n5_truncated_793", "n6_1185":
            result = verify(FOLDER / f"negative/{name}.bin", milan, "--no-measurement")
            self.assertEqual(USAGE, result.code, result)
            self.assertIn(b"expected a report of 1184 bytes", result.err)

    def test_reports_of_other_keys(self):
        """Of another TCB, another chip, another product, another kind."""
        r02, r11 = FOLDER / "reports/r02_milan_v2.bin", FOLDER / "reports/r11_milan_v3.bin"
        for report, leaf, product, check in (
            (r02, "reports/r11_vcek.der", "milan", "certificate-tcb"),
            (r11, "reports/r09_vcek.der", "genoa", "product"),
        ):
            result = verify(report, chain_of(leaf, product), "--no-measurement")
            self.assert_failed(result, check)
        result = verify(r11, chain_of("reports/r04_vlek.der", "milan"), "--no-measurement")
        self.assertEqual(USAGE, result.code, result)

    def test_the_revoked_intermediate(self):
        leaf, ark, ask, _ = chain_of("reports/r09_vcek.der", "genoa")
        report, revoked = FOLDER / REPORTS[5][0], FOLDER / "roots/ask_genoa_revoked_20001.der"
        words = ["--no-measurement"]
        for more in ([], ["--allow-unpinned-intermediate"]):
            self.assert_failed(verify(report, [leaf, ark, revoked], *words, *more), "revocation")
        self.assertEqual(MATCH, verify(report, [leaf, ark, revoked, ask], *words).code)
        stale = ["--crl", FOLDER / "crl/genoa-2022.crl"]
        self.assert_failed(verify(report, [leaf, ark, ask], *words, *stale), "revocation")
        result = verify(report, [leaf, ark, ask], "--no-measurement", "--json", *stale, "--time=2023-06-01")
        states = {check["check"]: check["state"] for check in json.loads(result.out)["checks"]}
        self.assertEqual((states["revocation"], states["dates"]), ("passed", "failed"), result)

    def test_fingerprints(self):
        """A root that is AMD's needs no pin of one's own; one that only looks so does."""
        leaf, ark, ask, _ = chain_of("reports/r02_vcek.der", "milan")
        with tempfile.TemporaryDirectory() as folder:
            other = Path(folder, "ark")
            other.write_bytes(amd.Amd("Milan").ark.der)
            result = verify(FOLDER / REPORTS[1][0], [leaf, other, ask], "--no-measurement")
        self.assert_failed(result, "root")


if __name__ == "__main__":
    if not FOLDER.is_dir():
        print(f"skipped: published reports are not there: {FOLDER}")
        sys.exit(77)
    print(f"command {COMMAND}, SEVLAUNCH_TEST_SEED={SEED}", flush=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)
