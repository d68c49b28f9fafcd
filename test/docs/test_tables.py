# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are the tables of test/README.md and test/packages.txt complete and true?

    test_tables.py SOURCE BUILD
"""
import fnmatch
import re
import subprocess
import sys
import unittest
from pathlib import Path

SOURCE, BUILD = map(Path, sys.argv[1:3])
README = (SOURCE / "test/README.md").read_text(encoding="utf-8")
ROOMS = ("core/*", "port/*", "apps/*")

sys.path.append(str(SOURCE / "test/proofs"))
from proofs import PROOFS  # noqa: E402


def read_tests():
    shown = subprocess.run(["ctest", "--test-dir", BUILD, "-N"], stdout=subprocess.PIPE,
                           text=True, check=True).stdout
    return re.findall(r"^ *Test +#\d+: (\S+)$", shown, re.MULTILINE)


TESTS = read_tests()


def rows(heading):
    """The cells of a section's table, without its head."""
    section = README.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")][2:]
    return [[cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            for line in lines]


def quoted(cell):
    return re.findall(r"`([^`]+)`", cell)


def files(*folders):
    """What git has; where there is no git, all but what Python leaves."""
    listed = subprocess.run(["git", "ls-files", "--", *folders], cwd=SOURCE, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    names = listed.splitlines() or [str(path.relative_to(SOURCE)) for folder in folders
                                    for path in (SOURCE / folder).rglob("*") if path.is_file()]
    return [name for name in names if (SOURCE / name).exists() and "__pycache__" not in name]


def packages():
    """Of packages.txt: package, quick or -, and a pattern of the tests that need it."""
    lines = (SOURCE / "test/packages.txt").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


class Techniques(unittest.TestCase):
    def test_every_folder_is_a_row(self):
        folders = {name.split("/")[1] for name in files("test") if name.count("/") > 1}
        named = [quoted(row[0])[0] for row in rows("Techniques")]
        self.assertEqual(sorted(folders), named)

    def test_every_question_is_its_folders(self):
        for folder, question, *_ in rows("Techniques"):
            path = SOURCE / "test" / quoted(folder)[0] / "README.md"
            if path.exists():
                first = path.read_text(encoding="utf-8").splitlines()[0]
                self.assertEqual(question, first, path)

    def test_every_test_is_in_one_row(self):
        patterns = [quoted(row[3])[0] for row in rows("Techniques") if row[3]]
        for test in TESTS:
            if not test.startswith("build."):
                found = [pattern for pattern in patterns if re.search(pattern, test)]
                self.assertEqual(len(found), 1, f"{test}: {found}")

    def test_packages(self):
        for folder, _, _, pattern, _, named in rows("Techniques"):
            tests = [test for test in TESTS if pattern and re.search(quoted(pattern)[0], test)]
            needed = [package for package, scope, needs in packages() if scope != "quick"
                      and any(re.search(needs, test) for test in tests)]
            self.assertEqual(", ".join(needed), named, folder)


class Packages(unittest.TestCase):
    def test_every_pattern_matches(self):
        for package, scope, pattern in packages():
            self.assertIn(scope, ("quick", "-"), package)
            self.assertTrue(any(re.search(pattern, test) for test in TESTS), package)


class Files(unittest.TestCase):
    table = [(quoted(row[0]), quoted(row[1])) for row in rows("The tests of a file")]

    def at(self, file):
        return {test for globs, tests in self.table
                if any(fnmatch.fnmatchcase(file, glob) for glob in globs)
                for name in tests for test in fnmatch.filter(TESTS, name)}

    def test_every_file_is_in_a_row_of_its_own(self):
        globs = {glob for row in self.table for glob in row[0]} - set(ROOMS)
        for file in files("core", "port", "apps"):
            self.assertTrue(any(fnmatch.fnmatchcase(file, glob) for glob in globs), file)

    def test_every_pattern_of_files_matches(self):
        names = files("core", "port", "apps", "toolchains", "test")
        for globs, _ in self.table:
            for glob in globs:
                self.assertTrue(fnmatch.filter(names, glob), glob)

    def test_every_named_test_exists(self):
        for _, names in self.table:
            for name in names:
                self.assertTrue(fnmatch.filter(TESTS, name), name)

    def test_every_test_is_named(self):
        named = {test for _, names in self.table for name in names
                 for test in fnmatch.filter(TESTS, name)}
        self.assertEqual(set(TESTS) - named, set())

    def test_proofs_stand_at_their_files(self):
        for name, proof in PROOFS.items():
            found = [file for file in files("core", "apps", "port") if Path(file).match(proof.file)]
            self.assertEqual(len(found), 1, proof.file)
            self.assertIn(f"proofs.{name}", self.at(found[0]), found[0])

    def test_unit_tests_stand_at_their_files(self):
        for file in files("core", "apps"):
            test = f"unit.{Path(file).stem}"
            if file.endswith(".c") and test in TESTS:
                self.assertIn(test, self.at(file), file)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
