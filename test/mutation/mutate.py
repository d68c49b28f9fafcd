#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Changes core/ in one place at a time and runs the unit tests on each change.

usage: mutate.py PROJECT MBEDTLS NCDC [EVERY [FILE...]]

Takes each EVERY-th mutant (default 1) of the files (default all). A mutant that
no test fails on is a survivor. A survivor is fine if equivalent.txt says why no test can
fail on it; any other makes this script fail. Mutants that compile to the same bytes as the
original, or not at all, are not counted.
"""
import concurrent.futures
import functools
import os
import pathlib
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))

from mutants import BASIC, mutants_of  # noqa: E402

PARTS = ("CMakeLists.txt", "apps", "core", "port", "test", "toolchains", "LICENSE",
         "CHANGELOG.md", "README.md")

# These test the command, Mbed TLS or code by CPU, or every bit of long inputs; the last one takes
# long and is for its own file alone.
NOT_OF_CORE = {"test_console", "test_domain_xml", "test_sha256_block", "test_sha512_block",
               "test_snp_batch", "test_snp_bits", "test_sev_bits", "test_validate",
               *(f"test_{name}.{choice}" for name in ("ecdsa_p384", "modular", "p384_secret", "rsa_pss")
                 for choice in ("in_c", "mbedtls", "rows")),
               *(f"test_{name}{choice}" for name in ("montgomery_columns", "p384_steps")
                 for choice in ("", ".in_c")),
               *(f"test_{name}.small" for name in ("sha384", "sha512"))}
LONGEST, LONGEST_FILES = "test_diagnose", re.compile(r"(diagnose.*|search|verify_guess)\.c")
STRICT = ("-O1 -fsanitize=address,undefined -fno-sanitize-recover=all "
          "-ftrivial-auto-var-init=pattern")


class Build:
    """A build of the core and its unit tests, in a folder of its own."""

    def __init__(self, source, folder, mbedtls, ncdc, left_out, *options):
        self.folder = folder
        self.run("cmake", "-G", "Ninja", "-S", source, "-B", folder,
                 f"-DSEVLAUNCH_MBEDTLS_SOURCE={mbedtls}",
                 f"-DSEVLAUNCH_NCDC_SOURCE={ncdc}",
                 "-DSEVLAUNCH_SHA384_PAGES=core",  # of whose file mutants are
                 *options)
        targets = self.run("ninja", "-t", "targets", "all")
        tests = set(re.findall(r"^test/unit/(test_[\w.]+): C_EXECUTABLE", targets,
                               re.MULTILINE)) - left_out
        self.run("ninja", *tests)
        self.link = {test: self.last_command(test) for test in tests}
        objects = re.findall(r"^(core/CMakeFiles/sevlaunch\.dir/\S+\.c\.o): ", targets, re.MULTILINE)
        self.compile = {name: self.last_command(name) for name in objects}
        self.original = {name: (folder / name).read_bytes() for name in objects}
        self.seconds = {test: self.time(test) for test in tests}

    def run(self, *words):
        self.folder.mkdir(exist_ok=True)
        return subprocess.run(list(map(str, words)), cwd=self.folder, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def last_command(self, target):
        return self.run("ninja", "-t", "commands", target).splitlines()[-1]

    def succeeds(self, command):
        return subprocess.run(command, shell=True, cwd=self.folder, check=False,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0

    def time(self, test):
        start = time.monotonic()
        if not self.passes(test, 300):
            sys.exit(f"{test} does not pass on the code as it is")
        return time.monotonic() - start

    def passes(self, test, longest):
        """Ends at the first failure."""
        with subprocess.Popen([self.folder / "test/unit" / test], stdout=subprocess.DEVNULL,
                              stderr=subprocess.PIPE) as run:
            timer = threading.Timer(longest, run.kill)
            timer.start()
            if any(b"FAILED" in line for line in run.stderr):
                run.kill()
            timer.cancel()
            return run.wait() == 0

    def changed(self, file):
        """Returns the objects that changed: of that file, or of all that include it."""
        for name, command in self.compile.items():
            if not file.endswith(".c") or name.endswith(f"/{pathlib.Path(file).name}.o"):
                if not self.succeeds(command):
                    return
                if (self.folder / name).read_bytes() != self.original[name]:
                    yield name

    def survives(self, test, changed):
        """Links with the objects before the library, which then gives only the others."""
        library = " core/libsevlaunch.a"
        link = self.link[test].replace(library, " " + " ".join(changed) + library, 1)
        return self.succeeds(link) and self.passes(test, 5 + 5 * self.seconds[test])

    def judge(self, file):
        """Returns the tests' result for the source as it is now, with the mutant of that file."""
        changed = list(self.changed(file))
        if not changed:
            return "no mutant"
        return "survived" if all(self.survives(test, changed)
                                 for test in self.in_order(file)) else "killed"

    def in_order(self, file):
        """The file's own test first, since it is likeliest to fail; then the shortest."""
        path = pathlib.Path(file)
        own = LONGEST if LONGEST_FILES.fullmatch(path.name) else "test_" + path.stem
        return sorted(self.seconds.keys() - ({LONGEST} - {own}),
                      key=lambda test: (test != own, self.seconds[test]))


class Tree:
    """A copy of the project with two builds: one as users have it, and one that fails if memory
    is read or written out of bounds, or read before it was written."""

    def __init__(self, folder, project, *common):
        self.folder = folder
        self.common = common
        for part in PARTS:
            source = project / part
            copy = shutil.copytree if source.is_dir() else shutil.copy
            copy(source, folder / part)
        self.build = Build(folder, folder / "build", *common, "-DCMAKE_BUILD_TYPE=MinSizeRel")

    @functools.cached_property
    def strict_build(self):
        return Build(self.folder, self.folder / "strict", *self.common,
                     "-DCMAKE_BUILD_TYPE=Debug", f"-DCMAKE_C_FLAGS={STRICT}")

    def judge_by(self, build, mutant):
        path = self.folder / mutant.file
        source = path.read_text()
        try:
            path.write_text(mutant.of(source))
            return build.judge(mutant.file)
        finally:
            path.write_text(source)

    def judge(self, mutant, is_known):
        verdict = self.judge_by(self.build, mutant)
        if verdict == "survived" and not is_known and (
                self.judge_by(self.strict_build, mutant) == "killed"):
            verdict = "killed"
        return verdict


def judge_all(mutants, trees, known):
    free = queue.SimpleQueue()
    for tree in trees:
        free.put(tree)

    def judge(mutant):
        tree = free.get()
        try:
            return mutant, tree.judge(mutant, str(mutant) in known)
        finally:
            free.put(tree)

    with concurrent.futures.ThreadPoolExecutor(len(trees)) as pool:
        for done, (mutant, verdict) in enumerate(pool.map(judge, mutants), 1):
            if verdict == "survived" or done % 50 == 0:
                print(f"{done}/{len(mutants)} {verdict}: {mutant}", file=sys.stderr, flush=True)
            yield mutant, verdict


def equivalents(project):
    """Reads each line that is no comment: a mutant's name, a tab, the reason."""
    lines = (project / "test/mutation/equivalent.txt").read_text().splitlines()
    return {line.split("\t")[0] for line in lines if line and not line.startswith("#")}


def report(project, results, known, gone):
    survivors = [mutant for mutant, verdict in results if verdict == "survived"]
    unknown = [mutant for mutant in survivors if str(mutant) not in known]
    print("| file | mutants | killed | equivalent | survived | score |\n|---|---|---|---|---|---|")
    for file in sorted({mutant.file for mutant, _ in results}) + [""]:
        judged = [(mutant, verdict) for mutant, verdict in results
                  if mutant.file.startswith(file) and verdict != "no mutant"]
        left = sum(mutant.file.startswith(file) for mutant in unknown)
        same = sum(mutant.file.startswith(file) for mutant in survivors) - left
        killed = len(judged) - left - same
        score = 100 * killed / (killed + left) if killed + left else 100
        print(f"| {file or 'all'} | {len(judged)} | {killed} | {same} | {left} | {score:.1f} % |")
    for mutant in unknown:
        print(f"survived: {mutant.show((project / mutant.file).read_text())}")
    killed = known & {str(mutant) for mutant, verdict in results if verdict == "killed"}
    for name in sorted(killed | gone):
        print(f"in equivalent.txt, but no survivor: {name}")
    return not unknown and not killed and not gone


def main():
    project, mbedtls, ncdc = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    every = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    core = project / "core"
    files = sys.argv[5:] or sorted(str(path.relative_to(project))
                                   for name in ("*.c", "bytes.h", "text.h") for path in core.rglob(name))
    mutants = [mutant for file in files
               for mutant in mutants_of(file, (project / file).read_text(), BASIC)]
    known = equivalents(project)
    names = {pathlib.Path(file).name for file in files}
    gone = {name for name in known if name.split(":")[0] in names} - set(map(str, mutants))
    left_out = NOT_OF_CORE | (set() if any(map(LONGEST_FILES.fullmatch, names)) else {LONGEST})
    with tempfile.TemporaryDirectory() as folder:
        trees = []
        for number in range(len(os.sched_getaffinity(0))):
            copy = pathlib.Path(folder, str(number))
            copy.mkdir()
            trees.append(Tree(copy, project, mbedtls, ncdc, left_out))
        results = list(judge_all(mutants[::every], trees, known))
    sys.exit(0 if report(project, results, known, gone) else 1)


if __name__ == "__main__":
    main()
