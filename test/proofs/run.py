#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the proofs that proofs.py lists, or shows that each can fail.

A proof holds when every property does, but for those named "reaches", which must
fail in one of its cases: each stands for a state that some run comes to. With
--mutants, every change that proofs.py lists is made to a copy of the sources, and
the proof has to fail.
"""
import argparse
import concurrent.futures
import pathlib
import re
import shutil
import subprocess
import sys
import time

from proofs import PROOFS

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
CHECKS = ["--pointer-overflow-check", "--enum-range-check"]
WRAP_CHECKS = ["--unsigned-overflow-check", "--conversion-check"]
SECONDS_MOST = 900
HOLDS, FAILS = 0, 10  # how CBMC ends
FAILURES = re.compile(r"^\*\* (\d+) of (\d+) failed", re.MULTILINE)
RESULT = re.compile(r"^\[(\S+)\] (?:file \S+ )?(?:line \d+ )?(.*): "
                    r"(SUCCESS|FAILURE|UNKNOWN|ERROR)$", re.MULTILINE)


def fetch(script, *names):
    return subprocess.run([ROOT / "toolchains/deps" / script, *names, BUILD / "deps"], check=True,
                          stdout=subprocess.PIPE, text=True).stdout.strip()


def copy_sources(tree, edits):
    """The sources with changes; returns what could not be changed."""
    shutil.rmtree(tree, ignore_errors=True)
    for folder in ("core", "apps/validate", "port/posix", "test/proofs"):
        shutil.copytree(ROOT / folder, tree / folder)
    shutil.copy(ROOT / "port/port.h", tree / "port")
    for path, text, replacement in edits:
        source = (tree / path).read_text()
        if source.count(text) != 1:
            return [f"not in {path} once: {text!r}"]
        (tree / path).write_text(source.replace(text, replacement))
    return []


def run_cbmc(tools, name, tree, case, *options):
    proof = PROOFS[name]
    sources = [tree / "test" / "proofs" / f"{name}.c", *(tree / path for path in proof.sources),
               *(f"{tools.mbedtls}/library/{path}" for path in proof.mbedtls)]
    checks = CHECKS if proof.wraps else CHECKS + WRAP_CHECKS
    command = [tools.cbmc, *options, *checks, "--object-bits", "10", "--unwind", str(proof.unwind)]
    for folder in (tree, tree / "core", tree / "core" / "include", tree / "apps" / "validate",
                   tree / "port", tree / "port" / "posix", f"{tools.mbedtls}/include",
                   f"{tools.mbedtls}/library"):
        command += ["-I", folder]
    for loop, times in proof.loops.items():
        command += ["--unwindset", f"{loop}:{times}"]
    command += ["-D", f"CASE={case}",
                "-D", f'MBEDTLS_CONFIG_FILE="{tree}/core/mbedtls_config.h"']
    return subprocess.run([*command, *sources], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, timeout=SECONDS_MOST, check=False)


def judge(outputs):
    """What is wrong with the results of a proof's cases."""
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
    proof = PROOFS[name]
    tree = BUILD / "proofs" / name
    wrong = copy_sources(tree, proof.scaled)
    if wrong:
        return wrong, ""
    outputs = [run_cbmc(tools, name, tree, case).stdout for case in range(proof.cases)]
    return judge(outputs), f"{sum(len(RESULT.findall(output)) for output in outputs)} properties"


def try_mutant(tools, name, number):
    proof = PROOFS[name]
    path, text, replacement = proof.mutants[number]
    change = f"{path}: {text!r} to {replacement!r}"
    tree = BUILD / "proofs" / f"{name}.{number}"
    wrong = copy_sources(tree, (*proof.scaled, (path, text, replacement)))
    if wrong:
        return wrong, ""
    for case in range(proof.cases):
        run = run_cbmc(tools, name, tree, case, "-D", "MUTANT", "--stop-on-fail")
        if run.returncode == FAILS:
            shutil.rmtree(tree)
            return [], change
        if run.returncode != HOLDS:
            return [f"CBMC failed: {change}\n{run.stdout[-2000:]}"], ""
    return [f"survives: {change}"], ""


def timed(task, *arguments):
    start = time.monotonic()
    try:
        wrong, what = task(*arguments)
    except subprocess.TimeoutExpired:
        wrong, what = [f"no answer within {SECONDS_MOST} s"], ""
    return wrong, what, time.monotonic() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutants", action="store_true", help="show that the proofs can fail")
    parser.add_argument("--mbedtls", help="source tree of Mbed TLS; fetched by default")
    parser.add_argument("-j", type=int, default=2, dest="jobs", help="proofs run at a time")
    parser.add_argument("names", nargs="*", metavar="NAME", default=list(PROOFS))
    tools = parser.parse_args()
    tools.mbedtls = tools.mbedtls or fetch("fetch.sh", "mbedtls")
    tools.cbmc = fetch("fetch-cbmc.sh")

    tasks = [(prove, tools, name) for name in tools.names]
    if tools.mutants:
        tasks = [(try_mutant, tools, name, number) for name in tools.names
                 for number in range(len(PROOFS[name].mutants))]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(tools.jobs) as pool:
        runs = {pool.submit(timed, *task): task[2] for task in tasks}
        for run in concurrent.futures.as_completed(runs):
            wrong, what, seconds = run.result()
            print(f"{'FAILED' if wrong else 'ok':7}{seconds:5.0f} s  {runs[run]}  {what}",
                  *wrong, sep="\n    ", flush=True)
            failed += bool(wrong)
    good = "mutants are found" if tools.mutants else "proofs hold"
    print(f"{len(tasks) - failed} of {len(tasks)} {good}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
