# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What does fetch.sh accept as a dependency, and what does it refuse?

usage: test_fetch.py SOURCE [OPTION-OF-CMAKE...]
"""
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

SOURCE = Path(sys.argv[1])
OPTIONS = sys.argv[2:]

# Of a dependency that is made up: a header named part.h.
PINNED = "1.1.2"

# In place of Debian's mirror: copies an archive from the folder mirror, or fails.
MIRROR = """#!/bin/sh
for archive in "$(dirname "$0")"/mirror/*; do
  [ ! -e "$archive" ] || exec cp "$archive" "$2"
done
exit 1
"""


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Fetch(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.scripts = self.folder / "scripts"
        shutil.copytree(SOURCE / "toolchains/deps", self.scripts)
        (self.scripts / "apt-suite.sh").write_text(MIRROR)
        self.mirror = self.scripts / "mirror"
        self.mirror.mkdir()
        self.deps = self.folder / "deps"
        self.tree = self.deps / f"part-{PINNED}"
        self.release = self.pack(self.folder / f"part-{PINNED}.tar.gz", PINNED, "int release;\n")
        self.pin(self.release)

    def pack(self, archive, version, content):
        tree = self.folder / "packed" / f"part-{version}"
        tree.mkdir(parents=True)
        (tree / "part.h").write_text(content)
        (tree / "doc").mkdir()
        (tree / "doc/LICENSE").write_text("MIT\n")
        with tarfile.open(archive, "w:gz") as file:
            file.add(tree, tree.name)
        shutil.rmtree(tree)
        return archive

    def pin(self, archive):
        (self.scripts / "pins.txt").write_text(
            f"other 1.1.2 {'0' * 64} file:///none\n"
            f"part {PINNED} {digest(archive)} {self.release.as_uri()}\n")

    def run_fetch(self, *options):
        return subprocess.run([self.scripts / "fetch.sh", *options, "part", self.deps], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)

    def fetched(self, version=PINNED, options=()):
        """Returns the tree; fetch.sh must have printed only its path."""
        done = self.run_fetch(*options)
        self.assertEqual((done.returncode, done.stdout),
                         (0, f"{self.deps}/part-{version}\n"), done.stderr)
        left = {path.name for path in self.deps.iterdir()}
        self.assertFalse([name for name in left if name.startswith(".")])
        return Path(done.stdout.strip())

    def refused(self, *words, options=()):
        """Requires one line with these words, and no path of a tree."""
        done = self.run_fetch(*options)
        self.assertEqual((done.returncode, done.stdout), (1, ""), done.stderr)
        *before, last = done.stderr.splitlines()
        self.assertLessEqual(len(before), 1, done.stderr)  # of how it was tried
        for word in words:
            self.assertIn(str(word), last)

    def forge(self, content, version=PINNED, archive=None):
        """Leaves an archive in the folder, and a right record of it."""
        self.deps.mkdir(exist_ok=True)
        archive = self.deps / (archive or f"part-{version}.tar.gz")
        self.pack(archive, version, content)
        (self.deps / f"part-{version}.sha256").write_text(f"{digest(archive)}  {archive.name}\n")

    def test_release(self):
        tree = self.fetched()
        self.assertEqual((tree / "part.h").read_text(), "int release;\n")
        self.assertEqual((self.deps / f"{tree.name}.sha256").read_text(),
                         f"{digest(self.release)}  {self.release.name}\n")

    def test_release_is_downloaded_once(self):
        self.fetched()
        self.release.unlink()
        self.fetched()

    def test_nothing_is_downloaded_offline(self):
        self.refused(f"put {self.release.as_uri()} into {self.deps}",
                     "-DSEVLAUNCH_PART_SOURCE=DIR", options=["--offline"])
        shutil.copy(self.release, self.deps)  # by hand
        tree = self.fetched(options=["--offline"])
        self.assertEqual((tree / "part.h").read_text(), "int release;\n")
        self.fetched(options=["--offline"])

    def test_another_archive_put_there_by_hand(self):
        self.deps.mkdir()
        self.pack(self.deps / self.release.name, PINNED, "int forged;\n")
        self.refused(self.deps / self.release.name, digest(self.release), options=["--offline"])

    def test_another_archive_at_the_release(self):
        expected = digest(self.release)
        self.pack(self.release, PINNED, "int forged;\n")
        self.refused(self.release.name, expected, digest(self.release))
        self.assertFalse(self.tree.exists())

    def test_debian_has_the_release(self):
        shutil.move(self.release, self.mirror / f"part_{PINNED}.orig.tar.gz")
        self.assertEqual((self.fetched() / "part.h").read_text(), "int release;\n")

    def test_debian_has_another_archive_of_the_release(self):
        expected = digest(self.release)
        self.release.unlink()
        forged = self.pack(self.mirror / f"part_{PINNED}.orig.tar.gz", PINNED, "int forged;\n")
        self.refused(forged.name, expected, digest(forged))
        self.assertFalse(self.tree.exists())

    def test_debian_has_a_later_release(self):
        self.release.unlink()
        self.pack(self.mirror / "part_1.1.12.orig.tar.gz", "1.1.12", "int later;\n")
        self.assertEqual((self.fetched("1.1.12") / "part.h").read_text(), "int later;\n")

    def test_debian_has_no_such_release(self):
        self.release.unlink()
        for version in ("1.1.1", "1.2.0", "2.1.0", "1.10.0"):
            archive = self.mirror / f"part_{version}.orig.tar.gz"
            self.pack(archive, version, "int other;\n")
            self.refused("part 1.1.2 or later 1.1", "-DSEVLAUNCH_PART_SOURCE=DIR")
            archive.unlink()

    def test_nobody_answers(self):
        self.release.unlink()
        self.refused("part 1.1.2 or later 1.1", "-DSEVLAUNCH_PART_SOURCE=DIR")

    def test_tree_was_changed(self):
        (self.fetched() / "part.h").write_text("int forged;\n")
        self.refused(self.tree, self.release.name, "part.h", "delete the tree")
        shutil.rmtree(self.tree)
        self.assertEqual((self.fetched() / "part.h").read_text(), "int release;\n")

    def test_tree_is_half_there(self):
        (self.fetched() / "doc/LICENSE").unlink()
        self.refused(self.tree, "LICENSE")

    def test_tree_has_more(self):
        (self.fetched() / "stdint.h").write_text("int forged;\n")
        self.refused(self.tree, "stdint.h")

    def test_tree_is_forged_with_its_archive_and_record(self):
        self.fetched()
        self.forge("int forged;\n")
        (self.tree / "part.h").write_text("int forged;\n")
        self.refused(self.deps / self.release.name, digest(self.release))

    def test_archive_was_changed(self):
        self.forge("int later;\n", "1.1.12")
        self.fetched("1.1.12")
        archive = self.deps / "part-1.1.12.tar.gz"
        expected = digest(archive)
        self.pack(archive, "1.1.12", "int forged;\n")
        self.refused(archive, expected, digest(archive))

    def test_archive_is_gone(self):
        """As after an earlier version of fetch.sh, which left none: it is downloaded again."""
        (self.fetched() / "part.h").write_text("int forged;\n")
        (self.deps / self.release.name).unlink()
        self.refused(self.tree, "part.h")

    def test_ended_before_the_tree_was_there(self):
        shutil.rmtree(self.fetched())
        self.release.unlink()
        self.fetched()

    def test_record_is_empty(self):
        self.fetched()
        (self.deps / f"part-{PINNED}.sha256").write_text("")
        self.fetched()

    def test_the_pinned_release_comes_first(self):
        self.forge("int later;\n", "1.1.12")
        self.fetched("1.1.12")
        shutil.copy(self.release, self.deps)
        (self.deps / f"part-{PINNED}.sha256").write_text(
            f"{digest(self.release)}  {self.release.name}\n")
        self.fetched()

    def test_an_earlier_release_is_left_alone(self):
        self.forge("int earlier;\n", "1.1.1")
        self.fetched()


class Build(unittest.TestCase):
    def configure(self, folder, *options):
        return subprocess.run(["cmake", "-G", "Ninja", "-S", SOURCE, "-B", folder,
                               "-DBUILD_TESTING=OFF", *OPTIONS, *options], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)

    def test_a_tree_without_yxml(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "deps").mkdir()
            Path(folder, "deps/yxml.h").write_text("")
            done = self.configure(Path(folder, "build"),
                                  f"-DSEVLAUNCH_NCDC_SOURCE={folder}")
        self.assertNotEqual(done.returncode, 0)
        message = " ".join(done.stderr.split())
        self.assertIn("SEVLAUNCH_NCDC_SOURCE is to be a folder with deps/yxml.c and deps/yxml.h: "
                      f"'{folder}' has none", message)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
