# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is the page about many guests true?

Runs its examples as they stand there, one after another, on the reports of a small fleet: each must
give the verdicts that one process gives. Ends with 77 where GNU parallel is not installed.

    test_fleet.py SOURCE COMMAND
"""
import json
import os
import re
import shutil
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

from test_sevlaunch import SOURCE, Owner, amd, run

SKIPPED = 77
GUESTS = 12
PAGE = (SOURCE / "apps/sevlaunch/fleet.md").read_text()
BEFORE, JOB, AFTER = re.split(r"^```(?:yaml)?\n", PAGE, flags=re.M)
LINES, ALONE, PARALLEL, WORKER, SPLIT = (
    textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n)+", BEFORE + AFTER, re.M))


class Fleet(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.owner = Owner(folder.name)
        self.folder = Path(folder.name)
        maker = amd.Amd("Milan")
        measurement = maker.fields()["measurement"].hex()
        (self.folder / "policy.json").write_text(json.dumps({"measurement": [measurement], "require": ["ecc"]}))
        for i in range(GUESTS):
            self.add_guest(maker, f"guest{i:02}", bytes([i]) * 32)
        self.run_example(LINES)
        self.names = sorted(path.name for path in (self.folder / "guests").iterdir())

    def add_guest(self, maker, name, nonce, **changes):
        guest = self.folder / "guests" / name
        guest.mkdir(parents=True, exist_ok=True)
        report = maker.report(report_data=nonce.ljust(64, b"\0"), **changes)
        for file, data in (("report.bin", report), ("vcek.der", maker.vcek().der),
                           ("nonce.hex", nonce.hex().encode())):
            (guest / file).write_bytes(data)

    def run_example(self, example, code=0):
        done = self.owner.run(example)
        self.assertEqual(done.returncode, code, done)
        return done

    def verdicts(self, verdict="passed"):
        found = [json.loads(line) for line in (self.folder / "verdicts").read_text().splitlines()]
        self.assertEqual([each["id"] for each in found], self.names)
        for each in found:
            self.assertEqual(each["verdict"], verdict if each["id"] == "guest05" else "passed", each)
        return found

    def test_every_way_gives_the_same_verdicts(self):
        os.environ["PARALLEL"] = "-N 5"  # lines for each, of which there are few here
        done = self.run_example(ALONE)
        self.assertIn(f"lines: {GUESTS}, passed: {GUESTS}, ".encode(), done.stderr)
        alone = self.verdicts()
        done = self.run_example(PARALLEL)
        self.assertEqual(done.stderr.count(b"lines: "), 3)
        self.assertEqual(self.verdicts(), alone)
        self.run_example(WORKER)
        self.assertEqual(self.verdicts(), alone)

    def test_a_guest_that_does_not_pass(self):
        os.environ["PARALLEL"] = "-N 5"
        self.add_guest(amd.Amd("Milan"), "guest05", bytes([5]) * 32, policy=0xB0000)
        self.run_example(LINES)
        for example in ALONE, PARALLEL:
            self.run_example(example, 1)
            self.verdicts("failed")
        self.run_example(WORKER)
        self.verdicts("failed")

    def test_job(self):
        """What its pods run, one after another."""
        try:
            import yaml
        except ImportError:
            self.skipTest("python3-yaml is not installed")
        job = yaml.safe_load(JOB)
        self.assertEqual((job["apiVersion"], job["kind"]), ("batch/v1", "Job"))
        spec = job["spec"]
        container, = spec["template"]["spec"]["containers"]
        rules = spec["podFailurePolicy"]["rules"]
        self.assertEqual({rule["onExitCodes"]["containerName"] for rule in rules}, {container["name"]})
        self.run_example(SPLIT)
        parts = sorted(self.folder.glob("lines.*"))
        self.assertEqual([part.name for part in parts], [f"lines.{i}" for i in range(spec["completions"])])
        logs = b""
        for index in range(spec["completions"]):
            words = [word.replace("$(JOB_COMPLETION_INDEX)", str(index)).replace("/fleet/", f"{self.folder}/")
                     for word in container["args"]]
            done = run(str(self.folder / container["command"][0].lstrip("/")), *words)
            self.assertEqual((done.returncode, done.stderr), (0, b""), done)
            logs += done.stdout
        (self.folder / "verdicts").write_bytes(logs)
        self.verdicts()


def main():
    if shutil.which("parallel") is None:
        print("skipped: parallel is not installed")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
