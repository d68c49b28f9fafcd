# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the script that has a token verify a report give its answer, with the reason of each no?

usage: test_snp_run.py IMAGE
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import unittest

import snp_case
from launch import runner
from snp_case import CHALLENGE, DIGEST, amd, known_key, own_pins

IMAGE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(__file__).resolve().parents[2]
MATCH = "OK: Looks good to me; not checked: dates, "
NAMES = ("vcek", "ask", "ark")


def readme_commands():
    """What the README has of a token for SEV-SNP: provisioning, and a run."""
    text = (SOURCE / "apps/token/README.md").read_text()
    return [block for block in re.findall(r"(?:^    .*\n)+", text, re.M) if "my-snp-token.elf" in block]


class Run(runner.FolderTest):
    def setUp(self):
        super().setUp()
        self.world = amd.Amd()
        shutil.copy(IMAGE, "my-snp-token.elf")
        os.symlink(SOURCE / "apps", "apps")
        os.mkdir("certs")
        pathlib.Path("report.bin").write_bytes(self.world.report())
        for name, certificate in zip(NAMES, self.world.chain()):
            pathlib.Path(f"{name}.der").write_bytes(certificate.der)
            pathlib.Path(f"{name}.pem").write_bytes(amd.pem(certificate.der))
        self.provision(*own_pins(self.world))

    def provision(self, *words, measurement=DIGEST):
        done = subprocess.run([sys.executable, "-B", "apps/token/provision.py", "my-snp-token.elf",
                               "--overwrite", "--measurement", measurement.hex(), *words],
                              check=False, timeout=80)
        self.assertEqual(done.returncode, 0)

    @staticmethod
    def run_script(*words, image="my-snp-token.elf", report="report.bin"):
        done = subprocess.run([sys.executable, "-B", "apps/token/run.py", image, "--report", report,
                               *words], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=160, check=False)
        return done.returncode, done.stdout, done.stderr

    def matched(self, *words, **how):
        code, out, err = self.run_script(*words, **how)
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, f"^{MATCH}.*\n\\Z")
        return out

    def refused(self, code, reason, *words, **how):
        self.assertEqual(self.run_script(*words, **how), (code, "", f"ERROR: {reason}\n"))

    def files(self, suffix="der", **others):
        return [word for name in NAMES
                for word in (f"--{name}", others.get(name, f"{name}.{suffix}"))]

    def fill(self, **files):
        for name, content in files.items():
            pathlib.Path("certs", name).write_bytes(content)

    def test_readme(self):
        """With such files under the names that it gives them."""
        prepare, provision, ask = readme_commands()
        self.assertIn("cmake --build", prepare)
        self.fill(**{name: certificate.der for name, certificate in zip(NAMES, self.world.chain())})
        variables = {**os.environ, "MEASUREMENT": DIGEST.hex(), "NONCE": CHALLENGE.hex()}
        for command, code in ((provision, 0), (ask, 1)):
            command = command.replace("my-snp-token.elf", "my-snp-token.elf --overwrite", 1) \
                if command is provision else command
            done = subprocess.run(["sh", "-ec", command], env=variables, timeout=160, text=True,
                                  stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
            self.assertEqual(done.returncode, code, done.stderr)
        self.assertEqual(done.stderr, "ERROR: ARK: nobody vouches for its key\n")
        self.assertIn("--product", shlex.split(provision))

    def test_files(self):
        for suffix in ("der", "pem"):
            out = self.matched(*self.files(suffix))
            self.assertIn(" report-data,", out)
        self.assertNotIn("report-data", self.matched(*self.files(), "--report-data", CHALLENGE.hex()))

    def test_folder(self):
        """It takes those that the report is signed by, under any name, from PEM or DER."""
        genoa, leaf, ask, ark = amd.Amd("Genoa"), *(each.der for each in self.world.chain())
        vlek, asvk, _ = (each.der for each in self.world.chain("vlek"))
        self.fill(a=vlek, b=leaf, chain=amd.pem(ask) + amd.pem(ark) + amd.pem(asvk), more=ask,
                  genoa=genoa.ask.der, root=genoa.ark.der, text=b"text")
        self.matched("--certs", "certs")
        pathlib.Path("report.bin").write_bytes(self.world.report("vlek"))
        self.matched("--certs", "certs")

    def test_folder_that_lacks_one(self):
        reason = "--certs: expected one certificate of {} in 'certs', but got {}"
        leaf, ask, ark = (each.der for each in self.world.chain())
        self.refused(2, reason.format("SEV-VCEK", 0), "--certs", "certs")
        self.fill(a=leaf)
        self.refused(2, reason.format("SEV-Milan", 0), "--certs", "certs")
        self.fill(b=ask)
        self.refused(2, reason.format("ARK-Milan", 0), "--certs", "certs")
        self.fill(c=ark, d=self.world.vcek(tcb={"snp": 1}).der)
        self.refused(2, reason.format("SEV-VCEK", 2), "--certs", "certs")

    def test_known_key(self):
        pathlib.Path("key").write_bytes(known_key(self.world))
        self.provision("--key", "key")
        self.matched()
        pathlib.Path("report.bin").write_bytes(self.world.report("vlek"))
        self.refused(1, "report: it names another kind of signer")

    def test_reasons(self):
        genuine = "the report is genuine, but not as this token expects: "
        self.refused(1, genuine + "report-data", *self.files(), "--report-data", "00" * 64)
        self.provision(*own_pins(self.world), "--min-tcb=snp=255", "--tcb=launch",
                       measurement=b"\1" * 48)
        self.refused(1, genuine + "measurement, launch-tcb", *self.files())
        self.provision("--product=milan")
        self.refused(1, "ARK: nobody vouches for its key", *self.files())
        self.provision("--ark-fingerprint", self.world.ark.fingerprint)
        self.refused(1, "ASK or ASVK: nobody vouches for its key", *self.files())
        self.provision(*own_pins(self.world))
        self.refused(1, "VCEK or VLEK: it is of another kind or product",
                     *self.files(vcek="ask.der"))
        pathlib.Path("report.bin").write_bytes(b"\2" + self.world.report(cpuid=b"\0\0\0")[1:])
        self.refused(1, "report: its signature is wrong", *self.files())
        pathlib.Path("report.bin").write_bytes(bytes(1184))
        self.refused(2, "report: it cannot be read", *self.files())
        for content in (b"ark", amd.pem(b"ar").replace(b"=", b"")):
            pathlib.Path("report.bin").write_bytes(self.world.report())
            pathlib.Path("ark.der").write_bytes(content)
            self.refused(2, "ARK: it cannot be read", *self.files())

    def test_requests_that_are_none(self):
        for name, size in (("empty", 0), ("short", 1183), ("long", 1185)):
            pathlib.Path(name).write_bytes(bytes(size))
            self.refused(2, f"--report: expected 1184 bytes in '{name}', but got {size}",
                         *self.files(), report=name)
        pathlib.Path("large").write_bytes(bytes(2049))
        pathlib.Path("two.pem").write_bytes(pathlib.Path("ask.pem").read_bytes() * 2)
        for name in ("empty", "large", "two.pem"):
            self.refused(2, f"--ask: expected one certificate of 1 to 2048 bytes in '{name}'",
                         *self.files(ask=name))
        self.refused(2, "--ark: give --vcek or --vlek, --ask and --ark, or none of them",
                     *self.files()[:4])
        self.refused(2, "--certs: give this alone, or --vcek or --vlek, --ask and --ark",
                     *self.files(), "--certs", "certs")
        self.refused(2, "this token needs certificates: give --certs, or --vcek or --vlek, --ask "
                        "and --ark")

    def test_usage(self):
        for words, reason in (
                (["--report-data", "00" * 63], "argument --report-data: expected 128"),
                (["--vcek=a", "--vlek=b"], "not allowed with argument"),
                (["--policy=1"], "--policy: it is of SEV, and --report is of SEV-SNP"),
                (["--firmware=x"], "--firmware or --launch-digest: it is of SEV")):
            code, out, err = self.run_script(*words)
            self.assertEqual((code, out), (2, ""))
            self.assertIn(reason, err)

    def test_failures(self):
        self.refused(3, "this token was not provisioned with reference values", *self.files(),
                     image=str(IMAGE))
        for words, how in ((self.files(), {"report": "none"}), (self.files(ark="none"), {}),
                           (self.files(), {"image": "none"}), (["--certs", "none"], {})):
            self.refused(3, "[Errno 2] No such file or directory: 'none'", *words, **how)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
