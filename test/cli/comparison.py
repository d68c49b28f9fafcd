# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Compares the command with libvirt's tool: cases, the peer, and what their
answers have in common."""
import dataclasses
import json
import os
import re
import subprocess

import peer
from differences import DIFFERENCES, GUEST_DIFFERENCES, NEWER_PEER
from options import LETTERS
from runner import FAILED, MISMATCH, USAGE, CommandTest, Result, run

# The interpreter with the modules of Debian's packages, without the caller's environment.
PEER = ["/usr/bin/python3", "-I", "-B"]
SAME_TEXTS = [
    "ERROR: --tk is mutually exclusive with --tek/--tik",
    "ERROR: Either --tk or both of --tek/--tik are required",
]


@dataclasses.dataclass(frozen=True)
class Case:
    """Arguments, and the exit codes of both commands, which differ only for a reason."""

    arguments: list
    code: int
    peer_code: int
    reason: str = None


class Peer:
    """The peer's own code, which is loaded once."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [*PEER, peer.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder,
            text=True
        )

    def ask(self, question):
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{peer.PATH} did not start: is libvirt-clients-qemu installed, "
                               "with python3-lxml, python3-libvirt and python3-cryptography?")
        return json.loads(answer)

    def run(self, arguments, iv=b""):
        """Runs the peer. If there is an IV, its random source returns that."""
        code, out, err = self.ask({"arguments": arguments, "iv": iv.hex()})
        return Result(arguments, code, os.fsencode(out), os.fsencode(err))

    def check_domain(self, xml, has_kernel):
        """Returns the name of the exception that the peer's check of a domain ends with, or ""."""
        return self.ask({"domain": [xml, has_kernel]})

    def format_domain(self, xml):
        """Returns a domain's XML as libvirt itself writes it."""
        return self.ask({"format": xml})

    def decrypt(self, tek, iv, data):
        """AES-128-CTR, by the peer's library."""
        return bytes.fromhex(self.ask({"decrypt": [tek.hex(), iv.hex(), data.hex()]}))

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)


def run_really(arguments, **keywords):
    return run([*PEER[1:], peer.PATH, *arguments], command=PEER[0], **keywords)


class Spelling:
    """Arguments as people type them, in any form that means the same to both commands."""

    def __init__(self, rng, names):
        self.rng = rng
        self.names = names

    def name(self, option):
        lengths = [
            length for length in range(3, len(option) + 1)
            if [name for name in self.names if name.startswith(option[:length])] == [option]
        ]
        return option[: self.rng.choice([*lengths, len(option)])] if lengths else option

    def option(self, option, value):
        if option in LETTERS and self.rng.random() < 0.4:
            letter = LETTERS[option]
            glued = [letter + value] if value else [letter + "="]
            return self.rng.choice([[letter, value], glued, [f"{letter}={value}"]])
        name = self.name(option)
        return self.rng.choice([[name, value], [f"{name}={value}"]])

    def flags(self):
        return self.rng.choice(
            [
                [], [], [], ["-q"], ["-d"], ["-dq"], ["-qd"], ["-q", "-q"],
                [self.name("--quiet")], [self.name("--debug")],
            ]
        )

    def arguments(self, values, repeat):
        words = [self.option(option, value) for option, value in values.items()]
        words += [[flag] for flag in self.flags()]
        self.rng.shuffle(words)
        early = [self.option(option, value) for option, value in repeat.items()]
        return [word for group in early + words for word in group]


class Comparison:
    """What two answers have in common, and the reasons for their differences."""

    def __init__(self, case, ours, theirs):
        self.case = case
        self.ours = ours
        self.theirs = theirs
        self.reasons = set()
        self.problems = []
        self.compare_codes()
        if case.code == case.peer_code:
            self.compare_outputs()
            self.compare_debug_lines()
        self.compare_errors()

    def expect(self, holds, problem):
        if not holds:
            self.problems.append(problem)

    def compare_codes(self):
        peer_code = self.theirs.code
        if peer_code == 6:
            self.reasons.add("exit-code-6")
            peer_code = FAILED
        self.expect(self.ours.code == self.case.code, f"our exit code is not {self.case.code}")
        as_expected = peer_code == self.case.peer_code
        self.expect(as_expected, f"the peer's exit code is not {self.case.peer_code}")
        if self.case.reason:
            self.reasons.add(self.case.reason)
            differs = (self.ours.code, self.ours.out) != (peer_code, self.theirs.out)
            self.expect(differs, f"there is no difference {self.case.reason}")

    def compare_outputs(self):
        if self.case.reason not in ("help-text", "secrets-checked-first"):
            self.expect(self.ours.out == self.theirs.out, "the outputs differ")

    def split(self, result):
        lines = result.err.decode("utf-8", "surrogateescape").splitlines()
        debug = [line for line in lines if line.startswith("[DEBUG]: ")]
        return debug, [line for line in lines if line not in debug]

    def compare_debug_lines(self):
        ours = self.split(self.ours)[0]
        theirs = []
        for line in self.split(self.theirs)[0]:
            if re.match(r"\[DEBUG\]: (TIK|TEK)\(hex\): ", line):
                self.reasons.add("debug-keys")
                continue
            if line.startswith("[DEBUG]: Firmware("):
                self.reasons.add("loader-label")
                line = line.replace("Firmware(", "Loader(", 1)
            if line.startswith("[DEBUG]: VMSA"):
                self.reasons.add("debug-cpus")
            elif re.match(r"\[DEBUG\]: (Table\(hex\)|Header|Secret): ", line):
                self.reasons.add("debug-tables")
            elif line in theirs:
                self.reasons.add("debug-twice")
            else:
                theirs.append(line)
        if self.case.code in (USAGE, FAILED) and ours != theirs:
            self.reasons.add("debug-until-an-error")
            common = min(len(ours), len(theirs))
            ours, theirs = ours[:common], theirs[:common]
        self.expect(ours == theirs, "the debug lines differ")

    def compare_errors(self):
        ours, theirs = self.split(self.ours)[1], self.split(self.theirs)[1]
        warnings = [line for line in ours if line.startswith("WARNING: ")]
        if warnings:
            self.reasons.add("warnings")
            ours = [line for line in ours if line not in warnings]
        if self.ours.code == MISMATCH and len(ours) == 2 and ours[1].startswith("HINT: "):
            self.reasons.add("hints")
            ours.pop()
        if any(line.startswith('  File "') for line in theirs):
            self.reasons.add("debug-traceback")
        said = [line for line in theirs if line.startswith("ERROR: ")]
        same_text = self.case.code == self.case.peer_code and any(
            line in SAME_TEXTS for line in said
        )
        if MISMATCH == self.ours.code == self.theirs.code or same_text:
            self.expect(ours == said, "the verdicts differ")
        elif self.ours.code in (USAGE, FAILED):
            self.expect(len(ours) <= 1, "more than one error line")
            self.explain(bool(ours), bool(said), theirs)
            if ours and said:
                self.reasons.add("error-text")
                self.expect(ours != said, "there is no difference error-text")
        else:
            self.expect(ours == [], "an error line without an error")

    def explain(self, we_spoke, they_spoke, theirs):
        if any(line.startswith("usage: ") for line in theirs):
            self.reasons.add("usage-line" if we_spoke else "quiet-usage")
        elif self.case.code == self.case.peer_code:
            self.expect(we_spoke == they_spoke, "only one of them is quiet")

    def __str__(self):
        return f"{'; '.join(self.problems)}\n  {self.case}\n ours:{self.ours}\n peer:{self.theirs}"


class ComparisonTest(CommandTest):
    maxDiff = None

    def report(self, known, comparisons, seen, seconds):
        """Fails for a difference without a reason, and for a reason without a difference."""
        counts = {reason: seen.get(reason, 0) for reason in known}
        listed = DIFFERENCES.keys() | GUEST_DIFFERENCES.keys() | NEWER_PEER.keys()
        for comparison in comparisons:
            with self.subTest():
                self.assertEqual([], comparison.problems, comparison)
                self.assertLessEqual(comparison.reasons, listed, comparison)
            for reason in comparison.reasons & counts.keys():
                counts[reason] += 1
        print(f"\n{len(comparisons)} cases in {seconds:.1f} s; both answer alike, but for:")
        for reason, text in known.items():
            print(f"  {counts[reason]:4}  {reason}: {text}", flush=True)
        unseen = [reason for reason, count in counts.items() if count == 0]
        self.assertEqual([], unseen, "no longer true")
