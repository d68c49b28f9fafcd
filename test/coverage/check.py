#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do tests reach every line and branch of the core and the command?

usage: check.py PROJECT BUILD

Runs tests in a build that counts. What they missed must be what exclusions.txt lists:
no more, and no less.
"""
import collections
import json
import pathlib
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import compile_commands

# Those left out reach no more; one takes long, and others need an optimised build.
TESTS = ("-L", "^quick$", "-E", "^(cli\\.forgery$|unit\\.wipe)")
COUNTED = ("core/", "apps/")  # of the latter, what a host's build has
# The same sources once more, and those of others.
LEFT_OUT = r"sevlaunch_(shared|mbedtls|sha256|yxml)\.dir"


def run(*words, **keywords):
    done = subprocess.run([*map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False, **keywords)
    if done.returncode != 0:
        sys.exit(done.stdout)


def count(project, build):
    for counts in build.rglob("*.gcda"):
        counts.unlink()
    run("ctest", "--test-dir", build, "--output-on-failure", "-j2", *TESTS)
    report = build / "coverage.json"
    run("gcovr", "--root", ".", *(f"--filter={folder}" for folder in COUNTED),
        f"--exclude-directories=.*/{LEFT_OUT}", "--json", report, build, cwd=project)
    return json.loads(report.read_text())["files"]


def uncounted(project, build, files):
    """Yields each source that gcovr left out; it does not say so."""
    counted = {file["file"] for file in files}
    for source in compile_commands.sources_in(build, COUNTED):
        name = str(source.relative_to(project))
        if name not in counted and has_code(source):
            yield name


def has_code(source):
    """Some sources have tables alone; the brace of a function begins a line."""
    return "\n{" in source.read_text()


def lines_of(files):
    for file in files:
        for line in file["lines"]:
            if not line.get("gcovr/noncode"):
                yield file["file"], line


def missed(project, files):
    """Yields file, line of code, and the number of its branches or "line"."""
    for name, line in lines_of(files):
        branches = sum(branch["count"] == 0 for branch in line["branches"])
        if line["count"] == 0 or branches > 0:
            code = (project / name).read_text().splitlines()[line["line_number"] - 1].strip()
            yield f"{name}: {code}", str(branches) if line["count"] else "line"


def exclusions(project):
    """Yields the same; the reason comes after the next tab."""
    text = (project / "test/coverage/exclusions.txt").read_text()
    for line in text.splitlines():
        if line and not line.startswith("#"):
            place, what, _reason = line.split("\t")
            yield place, what


def show(title, places):
    for (place, what), times in sorted(places.items()):
        print(f"{title}: {place}\t{what}" + (f", {times} times" if times > 1 else ""))


def main():
    project, build = (pathlib.Path(word).resolve() for word in sys.argv[1:])
    files = count(project, build)
    left_out = sorted(set(uncounted(project, build, files)))
    if left_out:
        sys.exit("not counted: " + " ".join(left_out))
    found = collections.Counter(missed(project, files))
    excluded = collections.Counter(exclusions(project))
    lines = [line for _, line in lines_of(files)]
    branches = [branch["count"] > 0 for line in lines for branch in line["branches"]]
    print(f"{sum(line['count'] > 0 for line in lines)} of {len(lines)} lines, "
          f"{sum(branches)} of {len(branches)} branches; {sum(excluded.values())} lines are excluded")
    show("not reached", found - excluded)
    show("excluded, but reached or not there", excluded - found)
    sys.exit(0 if lines and found == excluded else 1)


if __name__ == "__main__":
    main()
