#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the proofs that proofs.py lists, or shows that each can fail.

A proof holds if every property holds, but for those named "reaches", which must
fail in one of its cases: each stands for a state that some run reaches. With
--mutants, each change that test/support/mutants.py makes in what the proof is about
is made to a copy of the sources, and the proof must fail, but for those changes that
survivors.txt gives a reason for.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "test/support"))

import compile_commands  # noqa: E402
import mutants  # noqa: E402
from proofs import PROOFS  # noqa: E402

HERE = pathlib.Path(__file__).parent
CHECKS = ["--pointer-overflow-check", "--enum-range-check"]
WRAP_CHECKS = ["--unsigned-overflow-check", "--conversion-check"]
COPIED = ("core", "apps", "port", "test/proofs")
EVERY_OPTION = ROOT / "test/support/every_option"
SECONDS_MAX = 900
MEMORY_MAX = 6 << 30  # of each CBMC: one that takes more gives no answer, and kills nothing
HOLDS, FAILS = 0, 10  # CBMC's exit code
FAILURES = re.compile(r"^\*\* (\d+) of (\d+) failed", re.MULTILINE)
RESULT = re.compile(r"^\[(\S+)\] (?:file \S+ )?(?:line \d+ )?(.*): "
                    r"(SUCCESS|FAILURE|UNKNOWN|ERROR)$", re.MULTILINE)


def fetch(script, *names):
    return subprocess.run([ROOT / "toolchains/deps" / script, *names, ROOT / "build/deps"], check=True,
                          stdout=subprocess.PIPE, text=True).stdout.strip()


def run_group(command):
    """A program and what it starts, in a process group that a time-out ends as a whole."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          start_new_session=True) as process:
        try:
            output, _ = process.communicate(timeout=SECONDS_MAX)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
    return subprocess.CompletedProcess(command, process.returncode, output)


class Tree:
    """A copy of the sources, made ready for a proof."""

    def __init__(self, tools, name, folder):
        self.tools = tools
        self.name = name
        self.proof = PROOFS[name]
        self.folder = folder
        shutil.rmtree(folder, ignore_errors=True)
        for part in COPIED:
            shutil.copytree(ROOT / part, folder / part)
        self.source = self.product_source(self.proof.file)
        self.make_ready()

    def product_source(self, name):
        source = compile_commands.product_source(self.tools.build, name)
        return self.folder / source.relative_to(ROOT)

    def flags(self, *names):
        """Replaces the project's paths by those of this copy."""
        sources = [compile_commands.product_source(self.tools.build, name) for name in names]
        flags = compile_commands.flags_of(self.tools.build, sources)
        return [re.sub(rf"{re.escape(str(ROOT))}/(?=({'|'.join(COPIED)})(/|\b))",
                       f"{self.folder}/", flag) for flag in flags]

    def make_ready(self):
        for macro, value in self.proof.sizes.items():
            self.substitute(rf"(?m)^(#define {macro}) .*", rf"\1 {value}")
        for function in self.proof.replaced:
            self.substitute(rf"(?m)^(?:static|SEVL_INLINE) (.*\b){function}(\([^;{{}}]*\))\n{{",
                            rf"\1{function}\2;\n\1{function}_itself\2\n{{")
        for text, replacement in self.proof.smaller:
            self.substitute(re.escape(text), replacement.replace("\\", r"\\"))

    def substitute(self, pattern, replacement):
        """Changes the proof's file, its header, or the file of core/ where the text is found."""
        headers = {self.source.with_suffix(".h"), *self.folder.glob("core/**/*.h")}
        files = [self.source, *sorted(header for header in headers if header.exists())]
        found = [file for file in files for _ in re.finditer(pattern, file.read_text())]
        if len(found) != 1:
            sys.exit(f"{self.name}: found {len(found)} times, not once: {pattern}")
        found[0].write_text(re.sub(pattern, replacement, found[0].read_text()))

    def mutants(self):
        """Returns the mutants of the proof's parts; it is an error if a part has none."""
        made = [mutant for mutant in mutants.mutants_of(self.proof.file, self.source.read_text())
                if mutant.part in self.proof.parts]
        without = set(self.proof.parts) - {mutant.part for mutant in made}
        if without:
            sys.exit(f"{self.name}: not in {self.proof.file}: {', '.join(sorted(without))}")
        return made

    def compiled(self):
        """Returns the source's object, without the proof; None if the source is no C."""
        made = subprocess.run(["cc", "-std=c11", "-O2", "-ffreestanding", "-pedantic-errors",
                               *self.flags(self.proof.file), "-c", self.source, "-o", "object.o"],
                              cwd=self.folder, check=False, stderr=subprocess.DEVNULL)
        return (self.folder / "object.o").read_bytes() if made.returncode == 0 else None

    def run_cbmc(self, case, *options):
        proof, mbedtls = self.proof, self.tools.mbedtls
        sources = [self.folder / "test/proofs" / f"{self.name}.c",
                   *map(self.product_source, proof.sources),
                   *(f"{mbedtls}/library/{path}" for path in proof.mbedtls)]
        checks = CHECKS if proof.wraps else CHECKS + WRAP_CHECKS
        flags = [word for flag in self.flags(proof.file, *proof.sources)
                 for word in (["-I"] if flag == "-isystem" else [flag])]
        command = [self.tools.cbmc, *options, *proof.options, *checks, "--object-bits", "10",
                   "--unwind", str(proof.unwind), "-I", self.folder,
                   "-I", EVERY_OPTION, *flags,
                   "-I", f"{mbedtls}/include", "-I", f"{mbedtls}/library", "-D", f"CASE={case}"]
        for loop, times in proof.loops.items():
            command += ["--unwindset", f"{loop}:{times}"]
        return run_group([*command, *sources])


def judge(outputs):
    """Returns what is wrong with the results of a proof's cases."""
    wrong = []
    to_reach = set()
    reached = set()
    for output in outputs:
        results = RESULT.findall(output)
        counted = FAILURES.search(output)
        if not counted or int(counted[2]) != len(results):
            wrong.append("CBMC failed:\n" + output[-2000:])
        for identity, what, status in results:
            if not what.startswith("reaches: "):
                wrong += [f"{status}: {identity} {what}"] * (status != "SUCCESS")
                continue
            to_reach.add(what)
            reached |= {what} if status == "FAILURE" else set()
    if not to_reach:
        wrong.append("nothing shows that it proves something")
    return wrong + [f"never {what}" for what in sorted(to_reach - reached)]


def prove(tools, name):
    tree = Tree(tools, name, ROOT / "build/proofs" / name)
    gone = survivors(name) - set(map(str, tree.mutants()))
    wrong = [f"in survivors.txt, but no mutant: {mutant}" for mutant in sorted(gone)]
    try:
        outputs = [tree.run_cbmc(case).stdout for case in range(tree.proof.cases)]
    except subprocess.TimeoutExpired:
        return [*wrong, f"no answer within {SECONDS_MAX} s"], ""
    count = sum(len(RESULT.findall(output)) for output in outputs)
    return wrong + judge(outputs), f"{count} properties"


def survivors(name):
    """Reads each line that is no comment: proof, mutant and reason, with tabs between."""
    lines = (HERE / "survivors.txt").read_text().splitlines()
    fields = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {mutant for proof, mutant, _reason in fields if proof == name}


def try_mutant(tools, name, mutant, folder):
    tree = Tree(tools, name, folder)
    try:
        return judge_mutant(tree, mutant)
    except subprocess.TimeoutExpired:
        return f"no answer within {SECONDS_MAX} s"
    finally:
        shutil.rmtree(tree.folder)


def judge_mutant(tree, mutant):
    original = tree.compiled()
    if original is None:
        sys.exit(f"{tree.proof.file} does not compile as it is")
    tree.source.write_text(mutant.of(tree.source.read_text()))
    if tree.compiled() in (None, original):
        return "no mutant"
    for case in range(tree.proof.cases):
        run = tree.run_cbmc(case, "-D", "MUTANT", "--stop-on-fail")
        if run.returncode == FAILS:
            return "killed"
        if run.returncode != HOLDS:
            return f"CBMC failed: {run.stdout[-2000:]}"
    return "survived"


def timed(task, *arguments):
    start = time.monotonic()
    answer = task(*arguments)
    return answer, time.monotonic() - start


def run_all(jobs, tasks):
    """Runs (name, task, arguments). Yields names, answers and seconds, as they end."""
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        runs = {pool.submit(timed, *task): name for name, *task in tasks}
        for run in concurrent.futures.as_completed(runs):
            yield runs[run], *run.result()


def prove_all(tools):
    failed = 0
    tasks = [(name, prove, tools, name) for name in tools.names]
    for name, (wrong, what), seconds in run_all(tools.jobs, tasks):
        print(f"{'FAILED' if wrong else 'ok':7}{seconds:5.0f} s  {name}  {what}", *wrong,
              sep="\n    ", flush=True)
        failed += bool(wrong)
    print(f"{len(tasks) - failed} of {len(tasks)} proofs hold")
    return failed == 0


def try_all(tools):
    """Prints for each proof what no run has shown."""
    verdicts = {name: {} for name in tools.names}
    tasks = []
    for name in tools.names:
        tree = Tree(tools, name, ROOT / "build/proofs" / name)
        made = tree.mutants()
        shown = {str(mutant): mutant.show(tree.source.read_text()) for mutant in made}
        tasks += [((name, str(mutant), shown[str(mutant)]), try_mutant, tools, name, mutant,
                   ROOT / "build/proofs" / f"{name}.{number}")
                  for number, mutant in list(enumerate(made))[::tools.every]]
    for (name, mutant, what), verdict, seconds in run_all(tools.jobs, tasks):
        verdicts[name][mutant] = verdict
        print(f"{seconds:5.0f} s  {name}: {verdict}: {what}", flush=True)
    return all([report(name, verdicts[name]) for name in tools.names])


def report(name, verdicts):
    known = survivors(name)
    tried = [mutant for mutant, verdict in verdicts.items() if verdict != "no mutant"]
    killed = {mutant for mutant in tried if verdicts[mutant] == "killed"}
    unknown = sorted(set(tried) - killed - known)
    wrong = [f"{verdicts[mutant]}: {mutant}" for mutant in unknown]
    wrong += [f"in survivors.txt, but killed: {mutant}" for mutant in sorted(killed & known)]
    wrong += ["nothing shows that it can fail"] * (not killed)
    print(f"{'FAILED' if wrong else 'ok':7}{name}: {len(tried)} mutants, {len(killed)} killed, "
          f"{len(tried) - len(killed) - len(unknown)} have a reason", *wrong, sep="\n    ",
          flush=True)
    return not wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", action="store_true", help="show that the proofs can fail")
    parser.add_argument("--every", type=int, default=1, help="of the mutants, each EVERY-th")
    parser.add_argument("--build", default=ROOT / "build/host",
                        help="folder of compile_commands.json")
    parser.add_argument("--mbedtls", help="source tree of Mbed TLS; fetched by default")
    parser.add_argument("-j", type=int, default=2, dest="jobs", help="proofs run at a time")
    parser.add_argument("names", nargs="*", metavar="NAME", default=list(PROOFS))
    tools = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MAX, MEMORY_MAX))  # and of what this starts
    tools.mbedtls = tools.mbedtls or fetch("fetch.sh", "mbedtls")
    tools.cbmc = fetch("fetch-cbmc.sh")
    return 0 if (try_all if tools.mutants else prove_all)(tools) else 1


if __name__ == "__main__":
    sys.exit(main())
