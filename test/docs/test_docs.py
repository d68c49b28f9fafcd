# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are README and the man page true?

Runs every example of the command in them, as it stands there, in a folder that
holds the files they name, and looks for every option and every difference.

    test_docs.py SOURCE COMMAND
"""

import hashlib
import os
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE, COMMAND = sys.argv[1:3]
sys.path[:0] = [os.path.join(SOURCE, "test", folder) for folder in ("cli", "support")]
import differences  # noqa: E402
import model  # noqa: E402

OVMF = "/usr/share/ovmf/OVMF.fd"
CMDLINE = b"console=ttyS0 root=/dev/vda1"


def read(*path):
    with open(os.path.join(SOURCE, *path), encoding="utf-8") as file:
        return file.read()


MAN = os.path.join("apps", "validate", "virt-qemu-sev-validate.1")


def man_as_shown(width):
    done = subprocess.run(["mandoc", "-T", "utf8", "-O", f"width={width}",
                           os.path.join(SOURCE, MAN)], stdout=subprocess.PIPE, check=True)
    return re.sub(".\b", "", done.stdout.decode())


def man_examples():
    blocks = re.findall(r"^\.Bd -literal.*?\n(.*?)^\.Ed", read(MAN), re.M | re.S)
    return [block.replace("\\e", "\\") for block in blocks]


def readme_examples():
    blocks = re.findall(r"(?:^    .*\n)+", read("README.md"), re.M)
    return [block for block in blocks
            if "virt-qemu-sev-validate" in block and "build/" not in block]


def measurement_of(tik, digest, policy):
    """Returns the measurement of a launch with API 0.24, build 13."""
    return model.encode(model.launch_blob(tik, (0, 24, 13), policy, digest, os.urandom(16)))


class Owner:
    """A folder with all files that the examples name, and a host that reports the truth."""

    def __init__(self, folder):
        self.folder = folder
        self.keys = os.urandom(32)
        with open(OVMF, "rb") as file:
            self.firmware = file.read()
        self.kernel, self.initrd = os.urandom(5000), os.urandom(9000)
        for name, data in [("OVMF.sev.fd", self.firmware), ("guest-tk.bin", self.keys),
                           ("vmlinuz", self.kernel), ("initrd.img", self.initrd),
                           ("disk-key.bin", b"correct horse")]:
            self.write(name, data)
        os.symlink(COMMAND, os.path.join(folder, "virt-qemu-sev-validate"))

    def write(self, name, data):
        with open(os.path.join(self.folder, name), "wb") as file:
            file.write(data)

    def report(self, digest, policy):
        """Writes what the host of such a launch reports, as virsh shows it."""
        measurement = measurement_of(self.keys[16:], digest, policy)
        self.write("info.txt", f"sev-measurement: {measurement}\nsev-api-major  : 0\n"
                               f"sev-api-minor  : 24\nsev-build-id   : 13\n"
                               f"sev-policy     : {policy}\n\n".encode())
        self.write("ssh", b"#!/bin/sh\n[ \"$*\" = 'host virsh domlaunchsecinfo guest' ] &&\n"
                          b"cat info.txt\n")
        os.chmod(os.path.join(self.folder, "ssh"), 0o755)
        return measurement

    def digest_of(self, example):
        """Returns the digest of the guest that an example describes."""
        if "--kernel" in example:
            return hashlib.sha256(
                self.firmware + model.kernel_table(self.kernel, self.initrd, CMDLINE)).digest()
        if "policy 7" in example:
            printed = self.run("virt-qemu-sev-validate --print-digest hex --policy 7 "
                               "--firmware OVMF.sev.fd --num-cpus 4 --cpu-type EPYC-Milan-v2")
            return bytes.fromhex(printed.stdout.decode())
        return hashlib.sha256(self.firmware).digest()

    def run(self, script, **variables):
        environment = dict(os.environ, PATH=self.folder + ":" + os.environ["PATH"], **variables)
        return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", script], cwd=self.folder,
                              env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=240)


class Examples(unittest.TestCase):
    def check(self, example):
        with self.subTest(example=example), tempfile.TemporaryDirectory() as folder:
            owner = Owner(folder)
            digest = owner.digest_of(example)
            policy = 7 if "policy 7" in example else 3
            measurement = owner.report(digest, policy)
            example = re.sub(r"(--measurement) [A-Za-z0-9+/]{64}", r'\1 "$MEASUREMENT"', example)
            done = owner.run(example, MEASUREMENT=measurement, DIGEST=digest.hex())
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn(b"ERROR", done.stderr)
            if "--secret-header" in example:
                for name in ("header.b64", "payload.b64"):
                    self.assertTrue(os.path.getsize(os.path.join(folder, name)) > 0)

            # The same with another measurement must fail: no example succeeds by accident.
            if "$MEASUREMENT" in example or "info" in example:
                forged = owner.report(hashlib.sha256(b"other").digest(), policy)
                done = owner.run(example, MEASUREMENT=forged, DIGEST=digest.hex())
                self.assertEqual(done.returncode, 1, done.stderr)

    def test_man_page(self):
        examples = man_examples()
        self.assertGreaterEqual(len(examples), 5)
        for example in examples:
            self.check(example)

    def test_readme(self):
        examples = readme_examples()
        self.assertGreaterEqual(len(examples), 1)
        for example in examples:
            self.check(example)


class Completeness(unittest.TestCase):
    def options(self):
        shown = subprocess.run([COMMAND, "--help"], stdout=subprocess.PIPE, check=True).stdout
        names = re.findall(r"^ {2}(?:-., | {4})(--[a-z0-9-]+)", shown.decode(), re.M)
        self.assertGreater(len(names), 30)
        return names

    def test_every_option_is_in_the_man_page(self):
        text = read(MAN)
        for name in self.options():
            entry = rf"^\.It (?:Fl \w , )?Fl \\-{name[2:]}\b"
            self.assertRegex(text, re.compile(entry, re.M), name)

    def test_every_option_is_in_readme(self):
        for name in self.options():
            self.assertIn(f"`{name}", read("README.md").replace("`, `", "`\n`"), name)

    def test_every_option_that_is_named_is_there(self):
        entries = re.findall(r"^\.It (?:Fl \w , )?Fl \\(-[a-z0-9-]+)", read(MAN), re.M)
        table = read("README.md").split("| option | what it gives |")[1].split("\n\n")[0]
        named = ["-" + name for name in entries] + re.findall(r"`(--[a-z0-9-]+)", table)
        self.assertEqual(set(named), set(self.options()))

    def test_every_file_that_is_named_is_there(self):
        for document in ("README.md", "SECURITY.md", "CHANGELOG.md"):
            named = re.findall(r"`((?:apps|core|port|test|toolchains)/[\w./-]*)`", read(document))
            for name in named:
                self.assertTrue(os.path.exists(os.path.join(SOURCE, name)), f"{document}: {name}")
            self.assertTrue(named or document == "CHANGELOG.md")

    def test_every_test_is_long_or_not(self):
        """README says what runs where, for each folder that SECURITY.md's guarantees rest on."""
        table = read("README.md").split("## Why trust it")[1].split("##")[0]
        for name in ("proofs", "fuzz", "faults", "mutation"):
            self.assertIn(f"`test/{name}`", table)
            self.assertIn(f"    {name}) ", read("test", "long.sh"))

    def test_every_difference_is_in_the_man_page(self):
        """Its table breaks lines in two columns: the cells of its source are read."""
        cells = re.findall(r"^T\{\n(.*?)\nT\}", read(MAN), re.MULTILINE | re.DOTALL)
        shown = " ".join(" ".join(cells).replace("\\-", "-").replace("\\&", "").split()).lower()
        for name, text in (differences.DIFFERENCES | differences.GUEST_DIFFERENCES
                           | differences.DOMAIN_DIFFERENCES).items():
            self.assertIn(" ".join(text.split()).lower(), shown, name)

    def test_the_man_page_fits_80_columns(self):
        for line in man_as_shown(78).split("\n"):
            self.assertLessEqual(len(line), 80, line)

    def test_the_man_page_is_well_formed(self):
        done = subprocess.run(["mandoc", "-T", "lint", "-W", "warning",
                               os.path.join(SOURCE, MAN)], stdout=subprocess.PIPE)
        self.assertEqual(done.stdout, b"")


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
