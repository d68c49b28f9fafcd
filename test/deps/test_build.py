# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a build take its dependencies as it is told, and write nothing into its sources?

usage: test_build.py SOURCE MBEDTLS [OPTION-OF-CMAKE...]
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE, MBEDTLS = map(Path, sys.argv[1:3])
OPTIONS = sys.argv[3:]
_, PINNED, _, ADDRESS = re.search("^mbedtls .*", (SOURCE / "toolchains/deps/pins.txt").read_text(),
                                  re.MULTILINE)[0].split()
SERIES, PATCH = PINNED.rsplit(".", 1)


def configure(source, build, *options, path=None):
    variables = dict(os.environ, PATH=f"{path}:{os.environ['PATH']}") if path else None
    return subprocess.run(["cmake", "-G", "Ninja", "-S", source, "-B", build,
                           "-DBUILD_TESTING=OFF", "-DCMAKE_DISABLE_FIND_PACKAGE_MbedTLS=ON",
                           *OPTIONS, *options], env=variables, text=True, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def version_header(tree, name, version):
    header = tree / "include/mbedtls" / name
    header.parent.mkdir(parents=True)
    header.write_text(f'#define MBEDTLS_VERSION_STRING         "{version}"\n')
    (tree / "library").mkdir()
    (tree / "library/sha256.c").touch()


def state(folder):
    """Of all files and folders: a file that was there for a moment changes its folder's time."""
    return {path: path.lstat().st_mtime_ns for path in [folder, *folder.rglob("*")]}


class Build(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.build = self.folder / "build"

    def assert_refused(self, done, message):
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stderr.count("CMake Error"), 1, done.stderr)
        self.assertIn(message, " ".join(done.stderr.split()))


class Trees(Build):
    def refuse(self, message):
        tree = self.folder / "tree"
        done = configure(SOURCE, self.build, f"-DSEVLAUNCH_MBEDTLS_SOURCE={tree}")
        self.assert_refused(done, message.format(tree=tree))

    def test_no_tree(self):
        message = ("SEVLAUNCH_MBEDTLS_SOURCE is to be a source tree of Mbed TLS 3.6, a folder with "
                   "include/mbedtls/build_info.h and library/sha256.c: '{tree}' is none")
        self.refuse(message)
        (self.folder / "tree").touch()
        self.refuse(message)
        (self.folder / "tree").unlink()
        (self.folder / "tree").mkdir()
        self.refuse(message)

    def test_another_release(self):
        for header, version in (("version.h", "2.28.3"), ("build_info.h", f"{SERIES}.{int(PATCH) - 1}"),
                                ("build_info.h", "4.0.0")):
            version_header(self.folder / "tree", header, version)
            self.refuse(f"sevlaunch needs Mbed TLS {SERIES}, {PINNED} or later: "
                        f"{{tree}} holds '{version}'")
            shutil.rmtree(self.folder / "tree")


class Download(Build):
    def test_off(self):
        """Neither curl nor apt-get is asked."""
        for name in ("curl", "apt-get"):
            program = self.folder / name
            program.write_text(f"#!/bin/sh\ntouch '{self.folder}/asked'\nexit 1\n")
            program.chmod(0o755)
        done = configure(SOURCE, self.build, "-DSEVLAUNCH_DOWNLOAD=OFF", path=self.folder)
        self.assert_refused(done, f"put {ADDRESS} into {self.build}/deps, or name a source tree "
                            "with -DSEVLAUNCH_MBEDTLS_SOURCE=DIR")
        self.assertFalse((self.folder / "asked").exists())


class Sources(Build):
    def mbedtls(self):
        """As fetch.sh left it, where it did, or the tree."""
        record = MBEDTLS.with_name(MBEDTLS.name + ".sha256")
        if not record.exists():
            return f"-DSEVLAUNCH_MBEDTLS_SOURCE={MBEDTLS}"
        deps = self.build / "deps"
        deps.mkdir(parents=True)
        shutil.copy(record, deps)
        shutil.copy(record.with_name(record.read_text().split()[1]), deps)
        return "-DSEVLAUNCH_DOWNLOAD=OFF"

    def test_nothing_is_written(self):
        """Root could, as the modes of files do not bind it."""
        source = self.folder / "source"
        shutil.copytree(SOURCE, source, ignore=shutil.ignore_patterns("build", ".git", "corpus"))
        subprocess.run(["chmod", "-R", "a-w", source], check=True)
        self.addCleanup(subprocess.run, ["chmod", "-R", "u+w", source], check=True)
        before = state(source)
        done = configure(source, self.build, self.mbedtls())
        self.assertEqual(done.returncode, 0, done.stderr)
        done = subprocess.run(["cmake", "--build", self.build], stdout=subprocess.PIPE, text=True,
                              stderr=subprocess.STDOUT, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(before, state(source))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
