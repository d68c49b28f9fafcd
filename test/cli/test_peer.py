# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command answer as libvirt's does, but for the differences that
differences.py gives reasons for?

Needs Debian's libvirt-clients-qemu, python3-lxml, python3-libvirt and
python3-cryptography.
"""
import base64
import dataclasses
import json
import os
import re
import subprocess
import time

import peer
from differences import DIFFERENCES, NEWER_PEER
from model import (
    FAILED, MATCH, MISMATCH, SEV_ES, USAGE, CommandTest, Result, encode, flip, main, run,
)
from options import LETTERS, LIBVIRT, OWN

RANDOM_CASES = 320
REAL_RUNS = 12
# The interpreter that has the modules of Debian's packages, away from the caller's environment.
PEER = ["/usr/bin/python3", "-I", "-B"]
NUMBERS = {"api_major": 8, "api_minor": 8, "build_id": 8, "policy": 32}
SAME_TEXTS = [
    "ERROR: --tk is mutually exclusive with --tek/--tik",
    "ERROR: Either --tk or both of --tek/--tik are required",
]


@dataclasses.dataclass(frozen=True)
class Case:
    """Arguments, and the exit codes of both commands: they differ for a reason or not at all."""

    arguments: list
    code: int
    peer_code: int
    reason: str = None


class Peer:
    """The peer's own code, loaded once."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [*PEER, peer.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder,
            text=True
        )

    def run(self, arguments):
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{peer.PATH} did not start: is libvirt-clients-qemu installed, "
                               "with python3-lxml, python3-libvirt and python3-cryptography?")
        code, out, err = json.loads(answer)
        return Result(arguments, code, os.fsencode(out), os.fsencode(err))

    def end(self):
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(60)


def run_really(arguments, **keywords):
    return run([*PEER[1:], peer.PATH, *arguments], command=PEER[0], **keywords)


class Spelling:
    """Arguments as people type them: any of the ways that mean the same to both commands."""

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


class Table:
    """Every case that is not random, made for a guest."""

    def __init__(self, test):
        self.test = test
        self.guest = test.guest
        self.cases = []

    def add(self, code, *extra, reason=None, peer_code=None, **changes):
        peer_code = code if peer_code is None else peer_code
        self.cases.append(Case([*self.test.arguments(**changes), *extra], code, peer_code, reason))

    def build(self):
        self.add_matches()
        self.add_options()
        self.add_help()
        self.add_numbers()
        self.add_measurements()
        self.add_files()
        self.add_newer_peer()
        return self.cases

    def add_matches(self):
        test = self.test
        for extra in ([], ["-d"], ["-q"], ["-dq"]):
            self.add(MATCH, *extra)
            self.add(MATCH, *extra, tk=test.tk)
            self.add(MISMATCH, *extra, firmware=test.tk)
            self.add(MISMATCH, *extra, tik=test.tek)
            self.add(USAGE, *extra, tek=test.tk)
            self.add(FAILED, *extra, firmware="/no/such/file")
            self.add(FAILED, *extra, tk="/no/such/file")
            self.add(USAGE, *extra, "--no-such-option")
        self.add(MATCH, "-m", self.guest.measurement, measurement=None)
        self.add(MATCH, "--firmware", " a name", firmware=None)
        self.add(MATCH, "--firmware", "-x y", firmware=None)
        self.add(MATCH, "-f -x", firmware=None)
        self.add(MATCH, "-f=-x y", firmware=None)
        digest = {"firmware": None, "launch_digest": self.guest.launch_digest.hex()}
        self.add(MATCH, reason="launch-digest", peer_code=USAGE, **digest)

    def add_options(self):
        for extra in (
            ["-x"], ["-5"], ["--x=1"], ["stray"], [""], ["-"], ["a b"], ["-x y"], ["--t"],
            ["--api=1"], ["--tik"],
            ["--firmware", "-q"], ["--firmware", "--"], ["-f"], ["-qf"], ["-m"], ["--debug=1"],
            ["--debug="], ["-d="],
            ["-dx"], ["--", "stray"], ["--", "-q"], ["--policy", "-5"], ["--=x"], ["---"],
            ["--firmware", "--", "x"],
        ):
            self.add(USAGE, *extra)
        for option in ("measurement", "firmware", "tik", "tek", *NUMBERS):
            self.add(USAGE, **{option: None})
        self.add(USAGE, "-q", policy=None)
        for changes in ({"tik": self.test.tik}, {"tek": self.test.tek}):
            self.add(USAGE, tk=self.test.tk, **changes)
        self.add(USAGE, tik=None, tek=None)
        bundled = "-qf=" + self.test.firmware
        self.add(MATCH, bundled, firmware=None, reason="bundled-equals", peer_code=FAILED)
        self.add(MATCH, "--", reason="two-dashes", peer_code=USAGE)
        for early in ("x", "", "1.0"):
            arguments = [f"--policy={early}", *self.test.arguments()]
            self.cases.append(Case(arguments, MATCH, USAGE, "repeated-number"))

    def add_help(self):
        self.add(MATCH, "--help", reason="help-text")
        self.add(MATCH, "-h", "stray", reason="help-text")
        self.cases += [
            Case(["--no-such-option", "-h"], USAGE, MATCH, "help-order"),
            Case(["-h", "--t"], MATCH, USAGE, "help-order"),
        ]
        self.add(MATCH, "--version", reason="version", peer_code=USAGE)

    def add_numbers(self):
        for field, bits in NUMBERS.items():
            value = getattr(self.guest, field)
            self.add(MATCH, **{field: f"000{value}"})
            for wrong in ("", "x", "1.0", "1e0", "0x", "1 2", "0b1", "--1"):
                self.add(USAGE, **{field: wrong})
            self.add(MATCH, reason="number-hexadecimal", peer_code=USAGE, **{field: hex(value)})
            for wrong in (1 << bits, -8, 1 << 64, 10**100):
                self.add(USAGE, reason="number-range", peer_code=FAILED, **{field: wrong})
            for spelled in (f"+{value}", f" {value}", f"{value}\n", "_".join(str(value))):
                if spelled != str(value):
                    self.add(USAGE, reason="number-spelling", peer_code=MATCH, **{field: spelled})
            arabic = str(value).translate({ord("0") + digit: 0x660 + digit for digit in range(10)})
            self.add(USAGE, reason="number-spelling", peer_code=MATCH, **{field: arabic})

    def add_measurements(self):
        blob, text = self.guest.blob, self.guest.measurement
        lines = "\r\n".join((text[:30], text[30:]))
        for blanks in (text + "\n", lines, " ".join(text), "\t" + text):
            self.add(MATCH, measurement=blanks)
        for longer in (blob + b"\0", blob + bytes(16), blob + blob):
            self.add(
                USAGE, reason="measurement-length", peer_code=MATCH, measurement=encode(longer)
            )
        for shorter in (b"", blob[:3], blob[:32], blob[:45], blob[:47]):
            self.add(
                USAGE, reason="measurement-length", peer_code=MISMATCH, measurement=encode(shorter)
            )
        for foreign in ("-" + text, text[:20] + "_" + text[20:], text + "\v", text + "="):
            self.add(USAGE, reason="measurement-alphabet", peer_code=MATCH, measurement=foreign)
        urlsafe = base64.urlsafe_b64encode(b"\xfb\xff" * 24).decode()
        # The peer skips '-' and '_', and what is left is no measurement.
        self.add(USAGE, reason="measurement-alphabet", peer_code=MISMATCH, measurement=urlsafe)
        for broken in (text[:-1], text[:-2], text + "A", text[:-1] + "é", "=" * 3 + "A"):
            self.add(USAGE, reason="measurement-code", peer_code=FAILED, measurement=broken)

    def add_files(self):
        test = self.test
        for option, right in (("tik", 16), ("tek", 16), ("tk", 32)):
            for size in (0, 15, 16, 17, 31, 32, 33, 70000):
                if size != right:
                    self.add(USAGE, **{option: test.write(f"size-{size}", bytes(size))})
        (test.folder / "loop").symlink_to("loop")
        for option in ("firmware", "tik", "tek", "tk"):
            for path in (
                "", "none", str(test.folder), test.tik + "/x", str(test.folder / "loop"),
                "x" * 256, "a\nb",
            ):
                self.add(FAILED, **{option: path})
            self.add(FAILED, "-q", **{option: "/proc/self/mem"})
        self.add(USAGE, reason="standard-input", peer_code=MATCH, tik="-")

    def add_newer_peer(self):
        self.add(MATCH, "--d", reason="newer-options", peer_code=USAGE)


class RandomCases:
    """One guest, one mistake at most, random spelling."""

    def __init__(self, test, rng, names):
        self.test = test
        self.rng = rng
        self.spelling = Spelling(rng, names)

    def case(self):
        keys = self.rng.choice([{}, {"tk": self.test.tk}])
        kinds = [self.valid, self.forged, self.forged, self.mistaken, self.mistaken, self.different]
        code, peer_code, reason, changes, extra = self.rng.choice(kinds)(keys)
        values = self.test.values(**{**keys, **changes})
        arguments = self.spelling.arguments(values, self.repeated(values))
        position = self.rng.choice([0, len(arguments)])
        arguments[position:position] = extra
        return Case(arguments, code, peer_code, reason)

    def repeated(self, values):
        """Earlier values of options that are given again."""
        wrong = {
            "--measurement": ["x", "", "AAAA"], "--api-major": ["0", "999"],
            "--api-minor": ["0", "65536"],
            "--build-id": ["7"], "--policy": ["4", "99999999999"],
        }
        chosen = [option for option in values if self.rng.random() < 0.1]
        return {option: self.rng.choice(wrong.get(option, ["none", "/"])) for option in chosen}

    def valid(self, keys):
        text = list(self.test.guest.measurement)
        for _ in range(self.rng.choice([0, 0, 1, 5])):
            text.insert(self.rng.randrange(len(text) + 1), self.rng.choice(" \t\r\n"))
        return MATCH, MATCH, None, {"measurement": "".join(text)}, []

    def forged(self, keys):
        guest, rng = self.test.guest, self.rng
        field = rng.choice([*NUMBERS, "measurement", "firmware", "tik"])
        if field in NUMBERS:
            bits = [1 << bit for bit in range(NUMBERS[field])]
            if field == "policy":
                bits.remove(SEV_ES)
            changes = {field: getattr(guest, field) ^ rng.choice(bits)}
        elif field == "measurement":
            changes = {field: encode(flip(guest.blob, rng.randrange(384)))}
        elif field == "firmware":
            forged = flip(guest.firmware, rng.randrange(len(guest.firmware) * 8))
            changes = {field: self.file(forged)}
        else:
            tik = flip(guest.tik, rng.randrange(128))
            changes = {"tk": self.file(guest.tek + tik)} if keys else {"tik": self.file(tik)}
        return MISMATCH, MISMATCH, None, changes, []

    def mistaken(self, keys):
        rng = self.rng
        key, size = ("tk", 32) if keys else (rng.choice(["tik", "tek"]), 16)
        wrong_size = rng.choice([size - 1, size + 1, rng.randrange(size), 5000])
        path = rng.choice(["none", "/", "/no/such/file", ""])
        number = rng.choice(["x", "", "1.5", "0x", "1 1", "ff"])
        stray = ["stray", "--bogus", "-x", "--t=1", "--api", "-dz", "--quiet=1", "--bogus=1"]
        code, changes, extra = rng.choice(
            [
                (USAGE, {rng.choice(["measurement", "firmware", key, *NUMBERS]): None}, []),
                (USAGE, {rng.choice(list(NUMBERS)): number}, []),
                (USAGE, {}, [rng.choice(stray)]),
                (USAGE, {"tk": self.test.tk, "tik": self.test.tik}, []),
                (USAGE, {key: self.file(rng.randbytes(wrong_size))}, []),
                (FAILED, {rng.choice(["firmware", key]): path}, []),
            ]
        )
        return code, code, None, changes, extra

    def different(self, keys):
        guest, rng = self.test.guest, self.rng
        field = rng.choice(list(NUMBERS))
        value = getattr(guest, field)
        large = (1 << NUMBERS[field]) + rng.randrange(1 << 40) & ~SEV_ES
        place = rng.randrange(1, 65)
        foreign = guest.measurement[:place] + rng.choice("-_.,:!~*") + guest.measurement[place:]
        longer = encode(guest.blob + rng.randbytes(rng.randrange(1, 99)))
        shorter = encode(guest.blob[: rng.randrange(48)])
        hexadecimal = rng.choice([f"{value:#x}", f"0X{value:04X}"])
        spelled = rng.choice([f"+{value}", f"{value} ", f" {value}", f"0_{value}"])
        code, peer_code, reason, changes = rng.choice(
            [
                (MATCH, USAGE, "number-hexadecimal", {field: hexadecimal}),
                (USAGE, FAILED, "number-range", {field: large}),
                (USAGE, MATCH, "number-spelling", {field: spelled}),
                (USAGE, MATCH, "measurement-length", {"measurement": longer}),
                (USAGE, MISMATCH, "measurement-length", {"measurement": shorter}),
                (USAGE, MATCH, "measurement-alphabet", {"measurement": foreign}),
            ]
        )
        return code, peer_code, reason, changes, []

    def file(self, content):
        return self.test.write(f"random-{self.rng.randrange(1 << 64):x}", content)


class Comparison:
    """What two answers have in common, and the reasons for what they have not."""

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
        if self.case.reason != "help-text":
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
            theirs.append(line)
        if self.case.code in (USAGE, FAILED) and ours != theirs:
            self.reasons.add("debug-until-an-error")
            common = min(len(ours), len(theirs))
            ours, theirs = ours[:common], theirs[:common]
        self.expect(ours == theirs, "the debug lines differ")

    def compare_errors(self):
        ours, theirs = self.split(self.ours)[1], self.split(self.theirs)[1]
        if self.ours.code == MISMATCH and len(ours) == 2 and ours[1].startswith("HINT: "):
            self.reasons.add("hints")
            ours.pop()
        if any(line.startswith('  File "') for line in theirs):
            self.reasons.add("debug-traceback")
        said = [line for line in theirs if line.startswith("ERROR: ")]
        if MISMATCH == self.ours.code == self.theirs.code or any(
            line in SAME_TEXTS for line in said
        ):
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


class PeerTest(CommandTest):
    maxDiff = None

    def setUp(self):
        super().setUp()
        for name in (" a name", "-x y", " -x"):
            self.write(name, self.guest.firmware)
        self.write("-", self.guest.tik)

    def compare(self, cases, run_peer):
        comparisons = []
        for case in cases:
            ours = self.command(case.arguments, cwd=self.folder)
            comparisons.append(Comparison(case, ours, run_peer(case.arguments)))
        return comparisons

    def compare_lost_outputs(self):
        with open("/dev/full", "wb") as full:
            self.compare_lost_output(120, stdout=full)
        self.compare_lost_output(MATCH, preexec_fn=lambda: os.close(1))

    def compare_lost_output(self, peer_code, **keywords):
        ours = self.command(self.arguments(), **keywords)
        theirs = run_really(self.arguments(), **keywords)
        self.assertEqual((FAILED, peer_code), (ours.code, theirs.code), f"{ours}{theirs}")

    def test_answers_differ_only_for_a_reason(self):
        started = time.monotonic()
        server = Peer(self.folder)
        self.addCleanup(server.end)
        their_help = server.run(["--help"]).out.decode()
        names = sorted({*LIBVIRT, *OWN, *re.findall(r"--[a-z][a-z0-9-]+", their_help)})
        generator = RandomCases(self, self.rng, names)
        cases = Table(self).build() + [generator.case() for _ in range(RANDOM_CASES)]
        comparisons = self.compare(cases, server.run)

        self.compare_lost_outputs()
        seen = {reason: 0 for reason in (*DIFFERENCES, *NEWER_PEER)} | {"lost-output": 2}
        for comparison in comparisons:
            with self.subTest():
                self.assertEqual([], comparison.problems, comparison)
            for reason in comparison.reasons:
                seen[reason] += 1
        self.compare_real_runs(comparisons)
        self.print_table(seen, len(cases), time.monotonic() - started)
        unseen = [reason for reason, count in seen.items() if count == 0]
        self.assertEqual([], unseen, "no longer true")

    def compare_real_runs(self, comparisons):
        """The peer as its users start it answers as its code did above."""
        for comparison in self.rng.sample(comparisons, REAL_RUNS):
            really = run_really(comparison.case.arguments, cwd=self.folder)
            # Tracebacks and usage lines hold the interpreter's own words.
            expected = (comparison.theirs.code, comparison.theirs.out)
            self.assertEqual(expected, (really.code, really.out), really)
            self.assertEqual(comparison.theirs.err[-60:], really.err[-60:], really)

    def print_table(self, seen, cases, seconds):
        print(f"\n{cases} cases in {seconds:.1f} s; both answer alike, but for:", flush=True)
        for reason, text in (*DIFFERENCES.items(), *NEWER_PEER.items()):
            print(f"  {seen[reason]:4}  {reason}: {text}", flush=True)


if __name__ == "__main__":
    main()
