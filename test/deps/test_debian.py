# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Which packages does fetch-debian.sh accept, and what does it say where there is none?

usage: test_debian.py SOURCE
"""
import hashlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(sys.argv[1])
SKIPPED = 77
HELPER = Path("/usr/lib/apt/apt-helper")


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class FetchDebian(unittest.TestCase):
    """The mirror is a folder; a package is made up, and holds one file."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.scripts = self.folder / "scripts"
        shutil.copytree(SOURCE / "toolchains/deps", self.scripts)
        self.mirror = self.folder / "mirror"
        (self.mirror / "pool").mkdir(parents=True)
        self.use_mirrors(f"copy:{self.folder}/none/", f"copy:{self.mirror}/")
        self.deps = self.folder / "deps"
        self.packages = [self.pack(version) for version in ("2+b", "1")]
        (self.scripts / "debian-pins.txt").write_text(
            f"part-more 3 {'0' * 64} pool/none.deb\n" + "".join(
                f"part {path.name.split('_')[1]} {digest(path)} pool/{path.name}\n"
                for path in self.packages))

    def use_mirrors(self, *mirrors):
        (self.scripts / "apt-mirrors.sh").write_text(
            "#!/bin/sh\n" + "".join(f"echo '{mirror}'\n" for mirror in mirrors))

    def pack(self, version, content=None):
        tree = self.folder / "packed"
        (tree / "DEBIAN").mkdir(parents=True)
        (tree / "DEBIAN/control").write_text(
            f"Package: part\nVersion: {version}\nArchitecture: all\nMaintainer: x <x@y>\n"
            "Description: x\n")
        (tree / "file").write_text(content or version)
        path = self.mirror / f"pool/part_{version}_all.deb"
        subprocess.run(["dpkg-deb", "--build", tree, path], check=True, stdout=subprocess.PIPE)
        shutil.rmtree(tree)
        return path

    def fetch(self, *options):
        done = subprocess.run([self.scripts / "fetch-debian.sh", *options, "part", self.deps],
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              timeout=120, check=False)
        self.assertFalse([path for path in self.deps.iterdir() if path.name.startswith(".")])
        return done

    def fetched(self, version, *options):
        done = self.fetch(*options)
        self.assertEqual((done.returncode, done.stdout, done.stderr),
                         (0, f"{self.deps}/part-{version}\n", ""))
        self.assertEqual((self.deps / f"part-{version}/file").read_text(), version)

    def refused(self, code, *words, options=()):
        done = self.fetch(*options)
        self.assertEqual((done.returncode, done.stdout), (code, ""), done.stderr)
        self.assertEqual(done.stderr.count("\n"), 1, done.stderr)
        for word in words:
            self.assertIn(str(word), done.stderr)

    def test_the_newest_comes_first(self):
        self.fetched("2+b")

    def test_it_is_downloaded_once(self):
        self.fetched("2+b")
        shutil.rmtree(self.mirror)
        self.fetched("2+b")
        self.fetched("2+b", "--offline")

    def test_the_newest_is_gone(self):
        self.packages[0].unlink()
        self.fetched("1")

    def test_none_is_there(self):
        for package in self.packages:
            package.unlink()
        self.refused(SKIPPED, "no part 2+b 1", "no mirror of this machine has it")
        self.use_mirrors()
        self.refused(SKIPPED, "no part 2+b 1", "apt names no mirror")

    def test_offline(self):
        self.refused(SKIPPED, "no part 2+b 1", "nothing is to be downloaded",
                     options=["--offline"])
        shutil.copy(self.packages[1], self.deps)  # by hand
        self.fetched("1", "--offline")

    def test_other_bytes(self):
        expected = digest(self.packages[0])
        forged = self.pack("2+b", "forged")
        self.refused(1, forged.name, expected, digest(forged))
        self.assertEqual(list(self.deps.iterdir()), [])
        shutil.copy(forged, self.deps)
        self.refused(1, self.deps / forged.name, expected, digest(forged))

    def test_another_tree(self):
        self.fetched("2+b")
        (self.deps / "part-2+b/file").write_text("forged")
        self.refused(1, self.deps / "part-2+b", "file", "delete the tree")
        (self.deps / "part-2+b/file").write_text("2+b")
        (self.deps / "part-2+b/more").write_text("")
        self.refused(1, "more")


if __name__ == "__main__":
    if not HELPER.exists():
        print(f"skipped: {HELPER} is not there")
        sys.exit(SKIPPED)
    unittest.main(argv=sys.argv[:1])
