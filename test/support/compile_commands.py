#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Tells how the build compiles sources, so that no test lists include paths.

usage: compile_commands.py BUILD FOLDER...

Prints the include paths and definitions of the sources in the folders, each once.
"""
import functools
import json
import pathlib
import shlex
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
PRODUCT = tuple(ROOT / folder for folder in ("core", "apps", "port"))
ONE_WORD, TWO_WORDS = ("-I", "-D"), ("-isystem",)


@functools.lru_cache(maxsize=None)
def read(build):
    """Source -> the words of its first command."""
    path = pathlib.Path(build, "compile_commands.json")
    if not path.exists():
        sys.exit(f"no {path}: configure that build first, as with cmake --preset host")
    words = {}
    for entry in json.loads(path.read_text()):
        source = pathlib.Path(entry["directory"], entry["file"])
        words.setdefault(source, shlex.split(entry["command"]))
    return words


def flags_in(words):
    """Without NDEBUG: tests want the assertions."""
    for at, word in enumerate(words):
        if word.startswith(ONE_WORD) and word != "-DNDEBUG":
            yield (word,)
        elif word in TWO_WORDS:
            yield (word, words[at + 1])


def flags_of(build, sources):
    flags = {}
    commands = read(build)
    for source in sources:
        flags.update(dict.fromkeys(flags_in(commands[pathlib.Path(source)])))
    return [word for flag in flags for word in flag]


def sources_in(build, folders):
    """No folder without one: a list that is empty by mistake would check nothing."""
    for folder in folders:
        found = [source for source in read(build) if (ROOT / folder) in source.parents]
        if not found:
            sys.exit(f"{build} compiles nothing in {folder}")
        yield from found


def product_source(build, name):
    """The one source of the product whose path ends so, wherever it lies."""
    found = [source for source in read(build)
             if source.match(name) and any(folder in source.parents for folder in PRODUCT)]
    if len(found) != 1:
        sys.exit(f"not one source {name} in {build}, but {len(found)}")
    return found[0]


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    print(*flags_of(sys.argv[1], sources_in(sys.argv[1], sys.argv[2:])))
