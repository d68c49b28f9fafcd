# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the command answer as libvirt's does, but for the differences that
differences.py gives reasons for?

Needs Debian's libvirt-clients-qemu, python3-lxml, python3-libvirt and
python3-cryptography.
"""
import argparse
import base64
import os
import re
import time

from comparison import Case, Comparison, ComparisonTest, Peer, Spelling, run_really
from differences import DIFFERENCES, NEWER_PEER
from model import SEV_ES, encode, flip
from options import LIBVIRT, OWN
from runner import FAILED, MATCH, MISMATCH, USAGE, main

RANDOM_CASES = 320
REAL_RUNS = 12
NUMBERS = {"api_major": 8, "api_minor": 8, "build_id": 8, "policy": 32}


def reads_equals_as_value():
    """Whether argparse takes -qf=a for the file "=a". Python 3.13 does not: there it also
    shows the help before it looks at a later option."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("-q", action="store_true")
    parser.add_argument("-f")
    return parser.parse_args(["-qf=a"]).f == "=a"


if reads_equals_as_value():
    BUNDLED_EQUALS = {"reason": "bundled-equals", "peer_code": FAILED}
    HELP_BEFORE_MISTAKE = (USAGE, "help-order")
    KNOWN = DIFFERENCES | NEWER_PEER
else:
    BUNDLED_EQUALS = {}
    HELP_BEFORE_MISTAKE = (MATCH, "help-text")
    KNOWN = {name: text for name, text in (DIFFERENCES | NEWER_PEER).items()
             if name != "bundled-equals"}


class Table:
    """Every case that is not random, for one guest."""

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
        for option in ("measurement", "firmware", "tik", *NUMBERS):
            self.add(USAGE, **{option: None})
        self.add(USAGE, "-q", policy=None)
        for changes in ({"tik": self.test.tik}, {"tek": self.test.tek}):
            self.add(USAGE, tk=self.test.tk, **changes)
        self.add(USAGE, tik=None, tek=None)
        self.add(MATCH, reason="tik-alone", peer_code=USAGE, tek=None)
        bundled = "-qf=" + self.test.firmware
        self.add(MATCH, bundled, firmware=None, **BUNDLED_EQUALS)
        self.add(MATCH, "--", reason="two-dashes", peer_code=USAGE)
        for early in ("x", "", "1.0"):
            arguments = [f"--policy={early}", *self.test.arguments()]
            self.cases.append(Case(arguments, MATCH, USAGE, "repeated-number"))

    def add_help(self):
        self.add(MATCH, "--help", reason="help-text")
        self.add(MATCH, "-h", "stray", reason="help-text")
        self.cases += [
            Case(["--no-such-option", "-h"], USAGE, MATCH, "help-order"),
            Case(["-h", "--t"], MATCH, *HELP_BEFORE_MISTAKE),
        ]
        self.cases.append(Case(["--version"], MATCH, USAGE, "version"))
        self.add(USAGE, "--version")

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
        # The peer skips '-' and '_'; the rest is no measurement.
        self.add(USAGE, reason="measurement-alphabet", peer_code=MISMATCH, measurement=urlsafe)
        digest = self.guest.launch_digest.hex()
        self.add(
            USAGE, reason="measurement-hexadecimal", peer_code=MISMATCH, measurement=digest
        )
        for broken in (text[:-1], text[:-2], text + "A", text[:-1] + "é", "=" * 3 + "A"):
            self.add(USAGE, reason="measurement-code", peer_code=FAILED, measurement=broken)

    def add_files(self):
        empty = self.guest.changed(firmware=b"")
        changes = {"firmware": self.test.write("empty.fd", b""), "measurement": empty.measurement}
        self.add(USAGE, reason="empty-firmware", peer_code=MATCH, **changes)
        qcow2 = self.guest.changed(firmware=b"QFI\xfb" + self.guest.firmware)
        changes = {"firmware": self.test.write("fw.qcow2", qcow2.firmware)}
        self.add(USAGE, reason="firmware-kind", peer_code=MATCH, **changes,
                 measurement=qcow2.measurement)
        text = self.guest.tik.hex().encode()
        known = self.guest.changed(tik=text[16:], tek=text[:16])
        self.add(USAGE, reason="key-text", peer_code=MATCH, tk=self.test.write("tk.hex", text),
                 measurement=known.measurement)
        zero = self.guest.changed(tik=bytes(16))
        self.add(USAGE, reason="zero-tik", peer_code=MATCH, tik=self.test.write("zero.tik", zero.tik),
                 measurement=zero.measurement)
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
    """One guest, at most one mistake, random spelling."""

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
        """Adds earlier values of options that are given again."""
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


class PeerTest(ComparisonTest):
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
        self.compare_real_runs(comparisons)
        seconds = time.monotonic() - started
        self.report(KNOWN, comparisons, {"lost-output": 2}, seconds)

    def compare_real_runs(self, comparisons):
        """The peer, started as its users start it, answers as its code did above."""
        for comparison in self.rng.sample(comparisons, REAL_RUNS):
            really = run_really(comparison.case.arguments, cwd=self.folder)
            # Tracebacks and usage lines have the interpreter's own words.
            expected = (comparison.theirs.code, comparison.theirs.out)
            self.assertEqual(expected, (really.code, really.out), really)
            self.assertEqual(comparison.theirs.err[-60:], really.err[-60:], really)


if __name__ == "__main__":
    main()
