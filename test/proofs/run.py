#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs the proofs that proofs.py lists, or shows that each can fail.

A proof holds when every property does, but for those named "reaches", which must
fail: each stands for a state that some run comes to. With --mutants, every change
that proofs.py lists is made to a copy of the sources, and the proof has to fail.
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
SECONDS_MOST = 120
HOLDS, FAILS = 0, 10  # how CBMC ends
FAILURES = re.compile(r"^\*\* (\d+) of (\d+) failed", re.MULTILINE)
RESULT = re.compile(r"^\[(\S+)\] (?:file \S+ )?(?:line \d+ )?(.*): (SUCCESS|FAILURE|UNKNOWN|ERROR)$",
                    re.MULTILINE)


def fetch(tool):
    return subprocess.run([ROOT / "toolchains" / f"fetch-{tool}.sh", BUILD / "deps"], check=True,
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


def run_cbmc(tools, name, tree, *options):
    proof = PROOFS[name]
    sources = [tree / "test" / "proofs" / f"{name}.c", *(tree / path for path in proof.sources),
               *(f"{tools.mbedtls}/library/{path}" for path in proof.mbedtls)]
    checks = CHECKS if proof.wraps else CHECKS + WRAP_CHECKS
    command = [tools.cbmc, *options, *checks, "--unwind", str(proof.unwind)]
    for folder in (tree, tree / "core", tree / "core" / "include", tree / "apps" / "validate",
                   tree / "port", tree / "port" / "posix", f"{tools.mbedtls}/include",
                   f"{tools.mbedtls}/library"):
        command += ["-I", folder]
    for loop, times in proof.loops.items():
        command += ["--unwindset", f"{loop}:{times}"]
    command += ["-D", f'MBEDTLS_CONFIG_FILE="{tree}/core/mbedtls_config.h"', *sources]
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          timeout=SECONDS_MOST, check=False)


def judge(output):
    """What is wrong with the results of a proof."""
    results = RESULT.findall(output)
    reaches = [result for result in results if result[1].startswith("reaches: ")]
    wrong = [f"{status}: {identity} {what}" for identity, what, status in results
             if status != ("FAILURE" if what.startswith("reaches: ") else "SUCCESS")]
    counted = FAILURES.search(output)
    if not reaches or not counted or int(counted[2]) != len(results):
        wrong.append("it proves nothing, or reaches nothing:\n" + output[-2000:])
    return wrong


def prove(tools, name):
    tree = BUILD / "proofs" / name
    wrong = copy_sources(tree, PROOFS[name].scaled)
    if wrong:
        return wrong, ""
    run = run_cbmc(tools, name, tree)
    return judge(run.stdout), f"{len(RESULT.findall(run.stdout))} properties"


def try_mutant(tools, name, number):
    proof = PROOFS[name]
    path, text, replacement = proof.mutants[number]
    change = f"{path}: {text!r} to {replacement!r}"
    tree = BUILD / "proofs" / f"{name}.{number}"
    wrong = copy_sources(tree, (*proof.scaled, (path, text, replacement)))
    if wrong:
        return wrong, ""
    run = run_cbmc(tools, name, tree, "-D", "MUTANT", "--stop-on-fail")
    shutil.rmtree(tree)
    if run.returncode == FAILS:
        return [], change
    problem = "survives" if run.returncode == HOLDS else f"CBMC failed:\n{run.stdout[-2000:]}\n"
    return [f"{problem}: {change}"], ""


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
    tools.mbedtls = tools.mbedtls or fetch("mbedtls")
    tools.cbmc = fetch("cbmc")

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
    print(f"{len(tasks) - failed} of {len(tasks)} {'mutants are found' if tools.mutants else 'proofs hold'}")
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
