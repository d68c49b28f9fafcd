# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are options read as Python's argparse reads them, and do --help, --version,
--quiet and --debug do what the manual says?"""
import base64
import itertools
import re

from model import flip
from options import FLAGS, LETTERS, LIBVIRT, OWN, abbreviations, candidates
from runner import (
    FAILED, MATCH, MISMATCH, MISMATCH_LINE, OK_LINE, USAGE, CommandTest, Result, main,
)


class Spelling(CommandTest):
    def pairs(self, **changes):
        return [[name, value] for name, value in self.values(**changes).items()]

    def join(self, pairs):
        return list(itertools.chain(*pairs))

    def test_long_with_the_value_after_a_blank(self):
        self.assert_ok(self.command(self.join(self.pairs())))

    def test_long_with_the_value_after_an_equals_sign(self):
        self.assert_ok(self.command(self.arguments()))

    def test_letters(self):
        for name in ("--measurement", "--firmware"):
            letter = LETTERS[name]
            rest = self.values()
            value = rest.pop(name)
            others = [f"{other}={text}" for other, text in rest.items()]
            for spelled in ([letter, value], [letter + value], [f"{letter}={value}"]):
                with self.subTest(spelled=spelled):
                    self.assert_ok(self.command([*others, *spelled]))

    def test_bundled_letters(self):
        others = self.arguments(firmware=None)
        for spelled in (["-qf", self.firmware], ["-qf" + self.firmware], ["-qqf", self.firmware]):
            with self.subTest(spelled=spelled):
                self.assert_silent(self.command([*others, *spelled]), MATCH)
        for spelled in (
            ["-dqf", self.firmware], ["-qdf" + self.firmware], ["-dq", "-f", self.firmware],
        ):
            with self.subTest(spelled=spelled):
                result = self.command([*others, *spelled])
                self.assertEqual((MATCH, b""), (result.code, result.out), result)
                self.assertEqual(5, result.err.count(b"[DEBUG]: "), result)

    def test_abbreviations(self):
        values = self.values()
        for name, value in values.items():
            others = [f"{other}={text}" for other, text in values.items() if other != name]
            for short in abbreviations(name):
                with self.subTest(short=short):
                    self.assert_ok(self.command([*others, f"{short}={value}"]))
                    self.assert_ok(self.command([short, value, *others]))
        for short in abbreviations("--quiet"):
            with self.subTest(short=short):
                self.assert_silent(self.command([*self.arguments(), short]), MATCH)
        for short in abbreviations("--debug"):
            with self.subTest(short=short):
                self.assertIn(b"[DEBUG]", self.command([*self.arguments(), short]).err)

    def test_abbreviations_of_every_option(self):
        """The error for a missing value, or one too many, names the option as it was given."""
        for option in LIBVIRT + OWN:
            for short in [*abbreviations(option), option]:
                with self.subTest(short=short):
                    wrong = short + "=" if option in FLAGS else short
                    problem = "takes no value" if option in FLAGS else "needs a value"
                    result = self.command([*self.arguments(), wrong])
                    if option == "--quiet":
                        self.assert_silent(result, USAGE)
                    else:
                        self.assert_one_line(result, USAGE, f"ERROR: '{option}' {problem}")

    def test_abbreviations_mean_libvirts_options_first(self):
        """Written out, since what options.py computes could have the command's mistake."""
        for short, option in {
            "--f": "--firmware", "--m": "--measurement", "--n": "--num-cpus", "--p": "--policy",
            "--cm": "--cmdline", "--cmdline-": "--cmdline-file", "--secret-p": "--secret-payload",
            "--secret-pad": "--secret-padding", "--sev": "--sev-features", "--vmm": "--vmm",
            "--vmsa-o": "--vmsa-out", "--cpu-s": "--cpu-stepping", "--cpu-si": "--cpu-signature",
        }.items():
            with self.subTest(short=short):
                self.assertEqual([option], candidates(short))
                text = f"ERROR: '{option}' needs a value"
                self.assert_one_line(self.command([short]), USAGE, text)

    def test_ambiguous_abbreviations_name_the_choices(self):
        for short, choices in {
            "--api": ["--api-major", "--api-minor"],
            "--api-m": ["--api-major", "--api-minor"],
            "--t": ["--tik", "--tek", "--tk"],
            "--launch": ["--launch-info", "--launch-digest"],
            "--vmsa-cpu": ["--vmsa-cpu0", "--vmsa-cpu1"],
            "--print": ["--print-digest", "--print-measurement"],
            "--cpu": ["--cpu-family", "--cpu-model", "--cpu-stepping"],
            "--vmsa": ["--vmsa-cpu0", "--vmsa-cpu1"],
            "--sec": ["--secret-header", "--secret-payload"],
            "--secret-": ["--secret-header", "--secret-payload"],
        }.items():
            for spelled in ([short, "1"], [short + "=1"]):
                with self.subTest(spelled=spelled):
                    result = self.assert_refused([*self.arguments(), *spelled], USAGE, "ambiguous")
                    named = re.findall(rb"(?<= )--[a-z0-9-]+", result.err.split(b"ambiguous")[1])
                    self.assertEqual([choice.encode() for choice in choices], named, result)

    def test_the_first_mistake_is_told(self):
        for first, second in itertools.permutations(("--no-such-option", "--api", "--print"), 2):
            self.assert_one_line(self.command([first, second]), USAGE, f"ERROR: '{first}' ")

    def test_the_last_of_a_repeated_option_wins(self):
        for name, value in self.values().items():
            for wrong in ("0", "nonsense", "/no/such/file", ""):
                with self.subTest(name=name, wrong=wrong):
                    self.assert_ok(self.command([f"{name}={wrong}", *self.arguments()]))
            field = name[2:].replace("-", "_")
            with self.subTest(name=name, last="another value"):
                wrong = {"measurement": "AAAA" * 16}.get(field, "0")
                if field in ("firmware", "tik", "tek"):
                    wrong = self.write("wrong", b"\1" * 16)
                result = self.command([*self.arguments(), f"{name}={wrong}"])
                if field == "tek":
                    self.assert_ok(result)
                else:
                    self.assert_mismatch(result)

    def test_any_order(self):
        for _ in range(40):
            pairs = self.pairs() + [["-q"], ["--quiet"]]
            self.rng.shuffle(pairs)
            self.assert_silent(self.command(self.join(pairs)), MATCH)

    def test_two_dashes_end_the_options(self):
        self.assert_ok(self.command([*self.arguments(), "--"]))
        for name in ("x", "-q", "--quiet", "-", "--"):
            with self.subTest(after=name):
                result = self.command([*self.arguments(), "--", name])
                self.assert_one_line(result, USAGE, f"ERROR: '{name}' ")

    def test_values_with_blanks(self):
        path = self.write("a name with blanks", self.guest.firmware)
        self.assert_ok(self.command([*self.arguments(firmware=None), "--firmware", path]))
        self.assert_ok(self.command([*self.arguments(firmware=None), "-f" + path]))
        for name in (" ", " x", "x ", "-x y", "-5 6", "--firm ware", "--nothing=a b"):
            with self.subTest(name=name):
                self.write(name, self.guest.firmware)
                arguments = [*self.arguments(firmware=None), "--firmware", name]
                self.assert_ok(self.command(arguments, cwd=self.folder))

    def test_values_that_begin_with_a_dash(self):
        for name in ("-x", "--x", "--", "-q", "--quiet", "-5", "-=", "--firmware"):
            with self.subTest(name=name):
                self.write(name, self.guest.firmware)
                for spelled in ([f"--firmware={name}"], [f"-f={name}"], [f"-f{name}"]):
                    arguments = [*self.arguments(firmware=None), *spelled]
                    self.assert_ok(self.command(arguments, cwd=self.folder))
                result = self.command([*self.arguments(firmware=None), "--firmware", name])
                if "-q" in name:
                    self.assert_silent(result, USAGE)
                else:
                    self.assert_one_line(result, USAGE, "--firmware", "needs a value")

    def test_values_that_hold_an_equals_sign(self):
        for name in ("=", "=x", "a=b", "=="):
            with self.subTest(name=name):
                self.write(name, self.guest.firmware)
                for spelled in ([f"--firmware={name}"], ["--firmware", name], [f"-f={name}"]):
                    arguments = [*self.arguments(firmware=None), *spelled]
                    self.assert_ok(self.command(arguments, cwd=self.folder))

    def test_empty_values(self):
        expected = {
            "--measurement": USAGE, "--api-major": USAGE, "--api-minor": USAGE,
            "--build-id": USAGE, "--policy": USAGE,
            "--firmware": FAILED, "--tik": FAILED, "--tek": FAILED,
        }
        for name, code in expected.items():
            values = self.values()
            del values[name]
            others = [f"{other}={text}" for other, text in values.items()]
            for spelled in ([name, ""], [name + "="]):
                with self.subTest(spelled=spelled):
                    self.assert_refused([*others, *spelled], code, "''")
        self.assert_refused([*self.arguments(firmware=None), "-f="], FAILED, "''")

    def test_no_argument_but_the_name(self):
        self.assert_refused([], USAGE, "Either --tk or both of --tek/--tik are required")

    def test_launch_digest_in_place_of_the_firmware(self):
        digest = self.guest.launch_digest.hex()
        for spelled in (digest, digest.upper()):
            with self.subTest(spelled=spelled):
                arguments = self.arguments(firmware=None, launch_digest=spelled)
                self.assert_ok(self.command(arguments))
        wrong = flip(self.guest.launch_digest, self.rng.randrange(256)).hex()
        self.assert_mismatch(self.command(self.arguments(firmware=None, launch_digest=wrong)))


class HelpAndVersion(CommandTest):
    ROW = re.compile(r"^  (?:(-[a-z0-9]),|   ) (--[a-z0-9-]+)((?: [A-Z0-9:]+)?)(  +)(\S.*)$")

    def help(self):
        result = self.command(["--help"])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        return result.out.decode("ascii")

    def test_help_fits_80_columns(self):
        for line in self.help().splitlines():
            self.assertLessEqual(len(line), 80, line)
            self.assertEqual(line.rstrip(), line)

    def test_help_lists_every_option_in_one_column(self):
        rows = [self.ROW.match(line) for line in self.help().splitlines()]
        rows = [row for row in rows if row]
        self.assertEqual(sorted(LIBVIRT + OWN), sorted(row[2] for row in rows))
        self.assertEqual(1, len({row.start(5) for row in rows}), self.help())
        self.assertEqual(1, len({row.start(2) for row in rows}), self.help())
        letters = {row[2]: row[1] for row in rows if row[1]}
        self.assertEqual(LETTERS, letters)
        self.assertEqual(FLAGS, [row[2] for row in rows if not row[3]])

    def test_help_comes_whatever_else_is_there(self):
        expected = self.help()
        for arguments in (
            ["-h"], ["--h"], ["-dh"], ["-hq"], ["-qh"], ["-h", "--no-such-option"],
            ["--help", "--policy"], [*self.arguments(), "-h"], ["--policy=x", "--help"],
        ):
            with self.subTest(arguments=arguments):
                result = self.command(arguments)
                answer = (result.code, result.out.decode(), result.err)
                self.assertEqual((MATCH, expected, b""), answer)

    def test_help_and_version_take_no_value(self):
        for option in ("--help", "--version", "--debug"):
            self.assert_refused([*self.arguments(), option + "=x"], USAGE, option, "no value")
            self.assert_refused([*self.arguments(), option + "="], USAGE, option, "no value")
        self.assert_silent(self.command([*self.arguments(), "--quiet=x"]), USAGE)

    def test_version(self):
        for arguments in (["--version"], ["--ver"], ["--version", "-d"], ["-q", "--version"]):
            result = self.command(arguments)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            self.assertRegex(
                result.out, rb"\Avirt-qemu-sev-validate \(sevlaunch\) \d+\.\d+\.\d+\n\Z"
            )

    def test_version_beside_others(self):
        """It succeeds, and must not look like a verdict on the other arguments."""
        text = "--version validates no guest: give it alone"
        forged = self.arguments(measurement=self.guest.changed(tik=bytes(16)).measurement)
        for others in (self.arguments(), forged, ["--policy=3"], ["--self-test"], ["--json"]):
            self.assert_refused(["--version", *others], USAGE, text)
            self.assert_refused([*others, "--version"], USAGE, text)
        self.assert_refused(["--version", "--no-such-option"], USAGE, "--no-such-option")


class Quiet(CommandTest):
    def test_every_exit_code_is_silent(self):
        wrong = self.guest.changed(tik=flip(self.guest.tik, 0)).measurement
        for code, arguments in {
            MATCH: self.arguments(),
            MISMATCH: self.arguments(measurement=wrong),
            USAGE: self.arguments(policy="x"),
            FAILED: self.arguments(firmware="/no/such/file"),
        }.items():
            for quiet in ("-q", "--quiet", "--qui", "-qq"):
                with self.subTest(code=code, quiet=quiet):
                    self.assert_silent(self.command([quiet, *arguments]), code)
                    self.assert_silent(self.command([*arguments, quiet]), code)

    def test_after_a_mistake_in_the_options(self):
        for mistake in ("--no-such-option", "--api", "stray", "--quiet=x", "--policy", "-x"):
            with self.subTest(mistake=mistake):
                self.assert_silent(self.command([mistake, "-q"]), USAGE)
                self.assert_silent(self.command([mistake, "-dq"]), USAGE)

    def test_is_no_quiet_after_two_dashes(self):
        self.assert_one_line(self.command([*self.arguments(), "--", "-q"]), USAGE, "-q")


class Debug(CommandTest):
    def lines(self, guest, loader=True):
        digest = guest.launch_digest.hex()
        lines = [f"Loader(sha256): {digest}"] if loader else []
        lines += [
            f"Measured-data(sha256): {digest}",
            f"Measured-msg(hex): {guest.message.hex()}",
            f"Measurement reported(hex): {self.guest.measure.hex()}",
            f"Measurement computed(hex): {guest.measure.hex()}",
        ]
        return "".join(f"[DEBUG]: {line}\n" for line in lines).encode()

    def test_labelled_lines(self):
        for debug in ("-d", "--debug", "--deb", "-dd"):
            result = self.command([*self.arguments(), debug])
            self.assertEqual((MATCH, OK_LINE), (result.code, result.out), result)
            self.assertEqual(self.lines(self.guest), result.err)

    def test_labelled_lines_of_a_mismatch(self):
        launched = self.guest.changed(build_id=self.guest.build_id ^ 1)
        result = self.command([*self.arguments(build_id=launched.build_id), "-d", "--no-hints"])
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        self.assertEqual(self.lines(launched) + MISMATCH_LINE, result.err)

    def test_a_launch_digest_was_not_computed(self):
        digest = self.guest.launch_digest.hex()
        result = self.command([*self.arguments(firmware=None, launch_digest=digest), "-d"])
        self.assertEqual(self.lines(self.guest, loader=False), result.err)

    def test_quiet_leaves_the_debug_lines(self):
        result = self.command([*self.arguments(), "-dq"])
        self.assertEqual((MATCH, b""), (result.code, result.out), result)
        self.assertEqual(self.lines(self.guest), result.err)

    def test_never_shows_a_key(self):
        # command() searches for the keys; these options may bring them near the output.
        keys = self.guest.tek + self.guest.tik
        cases = [
            self.arguments(),
            self.arguments(tk=self.tk),
            self.arguments(measurement="A" * 64),
            self.arguments(firmware=self.tk),
            self.arguments(tik=self.tk),
            self.arguments(tek=self.tk),
            self.arguments(tk=self.tik),
            self.arguments(tk=self.write("long", keys + b"\n")),
            self.arguments(tik=self.write("long", self.guest.tik + b"\n")),
            self.arguments(tek="/no/such/file"),
            self.arguments(tek=str(self.folder)),
            self.arguments(policy="x"),
        ]
        codes = set()
        for arguments in cases:
            for option in (["-d"], ["-dq"], []):
                codes.add(self.command([*arguments, *option]).code)
        self.assertEqual({MATCH, MISMATCH, USAGE, FAILED}, codes)

    def test_the_search_for_keys_finds_them(self):
        for key in (self.guest.tik, self.guest.tek):
            for leak in (
                key, key.hex().encode(), key.hex().upper().encode(), key[5:12],
                key.hex()[7:24].encode(),
                base64.b64encode(key), base64.b64encode(b"x" + key + b"yz"),
            ):
                for output in ((b"", b"a" + leak + b"b"), (b"a" + leak + b"b", b"")):
                    with self.assertRaises(AssertionError):
                        self.check_always(Result([], MATCH, *output))


if __name__ == "__main__":
    main()
