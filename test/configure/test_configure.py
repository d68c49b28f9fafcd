# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a configuration name what is missing, and leave nothing that misleads the next one?

usage: test_configure.py SOURCE [OPTION-OF-CMAKE...]
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SOURCE, OPTIONS = Path(sys.argv[1]), sys.argv[2:]
CMAKE, NINJA = map(shutil.which, ("cmake", "ninja"))
PRESETS = json.loads((SOURCE / "CMakePresets.json").read_text())["configurePresets"]
PACKAGES = [line.split("\t")[0] for line in (SOURCE / "test/packages.txt").read_text().splitlines()]


def table(heading):
    """The cells of the table of CONTRIBUTING.md with this head, without backquotes."""
    text = (SOURCE / "CONTRIBUTING.md").read_text().split(f"\n{heading}\n")[1].split("\n\n")[0]
    return [[cell.strip().replace("`", "") for cell in line.split("|")[1:-1]]
            for line in text.splitlines()[1:]]


NEEDED = {name: packages.split(" ") for name, packages in table("| preset | Debian's packages |")}


class Configure(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.folder = Path(holder.name)
        self.build = self.folder / "build"

    def configure(self, *options, source=SOURCE, **variables):
        """Returns the exit code and what was said, as one line."""
        done = subprocess.run([CMAKE, "-G", "Ninja", f"-DCMAKE_MAKE_PROGRAM={NINJA}", "-S", source,
                               "-B", self.build, *OPTIONS, *options], text=True, timeout=120,
                              env=dict(os.environ, **variables), stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, check=False)
        return done.returncode, " ".join(done.stdout.split())

    def without_compilers(self, *options):
        code, said = self.configure("-DBUILD_TESTING=OFF", *options, PATH=str(self.folder))
        self.assertNotEqual(code, 0)
        return said

    def cached(self, name):
        return re.findall(rf"^{name}:\w+=(.*)", (self.build / "CMakeCache.txt").read_text(), re.M)


class Compilers(Configure):
    def test_none_for_this_machine(self):
        self.assertIn("CMAKE_C_COMPILER", self.without_compilers())
        code, said = self.configure("-DBUILD_TESTING=OFF")
        self.assertNotEqual(code, 0)
        self.assertIn("found no C compiler and left a cache without its options, such as -O2: delete "
                      f"{self.build}, or configure with --fresh", said)
        code, said = self.configure("-DBUILD_TESTING=OFF", "--fresh")
        self.assertEqual(code, 0, said)
        self.assertRegex(self.cached("CMAKE_C_FLAGS_RELEASE")[0], "-O[23]")

    def test_none_for_an_image(self):
        """It is named with its package, before options of a compiler are in the cache."""
        toolchains = set(NEEDED) & {path.stem for path in (SOURCE / "toolchains").glob("*.cmake")}
        self.assertGreater(len(toolchains), 9)
        for name in [*toolchains, "musl-gcc"]:
            with self.subTest(name):
                said = self.without_compilers("--fresh", "--toolchain",
                                              SOURCE / f"toolchains/{name}.cmake")
                package = re.search(r"is not in PATH; Debian has it in the package (\S+)", said)[1]
                self.assertIn(package, NEEDED["release" if name == "musl-gcc" else name])
                self.assertEqual(self.cached("CMAKE_C_FLAGS_MINSIZEREL"), [])


class Choices(Configure):
    def test_who_multiplies(self):
        code, said = self.configure("-DBUILD_TESTING=OFF", "-DSEVLAUNCH_BIGNUM=slow")
        self.assertNotEqual(code, 0)
        self.assertIn("SEVLAUNCH_BIGNUM is fast or mbedtls, not 'slow'", said)


class Tests(Configure):
    def test_a_missing_tool(self):
        code, said = self.configure(PKG_CONFIG_LIBDIR=str(self.folder))
        self.assertNotEqual(code, 0)
        self.assertIn("Tests need cmocka; Debian has it in the package libcmocka-dev. Without "
                      "tests, configure with -DBUILD_TESTING=OFF", said)

    def test_none_in_the_build_of_another_project(self):
        project = self.folder / "CMakeLists.txt"
        project.write_text("cmake_minimum_required(VERSION 3.25)\nproject(theirs C)\n"
                           f"enable_testing()\nadd_subdirectory({SOURCE} sevlaunch)\n")
        code, said = self.configure("-DBUILD_TESTING=ON", source=self.folder,
                                    PKG_CONFIG_LIBDIR=str(self.folder))
        self.assertEqual(code, 0, said)
        listed = subprocess.run(["ctest", "--test-dir", self.build, "-N"], check=True, text=True,
                                stdout=subprocess.PIPE).stdout
        self.assertIn("Total Tests: 0\n", listed)


class Tables(unittest.TestCase):
    def test_every_preset_is_in_the_table(self):
        names = [preset["name"] for preset in PRESETS if not preset.get("hidden")]
        self.assertEqual(sorted(names), sorted(set(NEEDED) - {"---"}))

    def test_every_package_is_known(self):
        for name in set(NEEDED) - {"---"}:
            for package in NEEDED[name]:
                self.assertIn(package, PACKAGES, name)

    def test_debians_packages_are_those_of_the_demo(self):
        script = (SOURCE / "apps/demo.sh").read_text()
        demo = re.search(r"debian-packages\.sh ((?:.*\\\n)*.*)", script)[1].replace("\\", "").split()
        systems = dict(table("| system | packages |"))
        self.assertEqual(set(demo) - {"openssl", "ovmf", "python3"}, set(systems["Debian"].split()))
        self.assertEqual(set(NEEDED["host"]), {"gcc", "libc6-dev"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
