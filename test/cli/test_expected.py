# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are the expected values that the command prints those that it validates, and is its JSON
reliable for programs?"""
import base64
import json

import model as parts
import runner
from model import SEV_ES, Guest, encode, flip
from options import FLAGS, LIBVIRT, OWN
from runner import FAILED, MATCH, MISMATCH, OK_LINE, USAGE, CommandTest, main

FORMATS = ("hex", "base64")


def spelled(blob, form):
    return (blob.hex() if form == "hex" else base64.b64encode(blob).decode()).encode() + b"\n"


class ExpectedTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.use(Guest.booted(self.rng, 2, parts.Cpu(0x00A00F11)))

    def values(self, **changes):
        cpus = {"num_cpus": 2, "cpu_type": "EPYC-Milan"}
        if changes.get("launch_digest") is not None:
            cpus = {"firmware": None, "kernel": None, "initrd": None, "cmdline": None}
        return super().values(**cpus | changes)

    def assert_printed(self, result, *lines):
        expected = (MATCH, b"".join(lines), b"")
        self.assertEqual(expected, (result.code, result.out, result.err), result)


class Digest(ExpectedTest):
    # Neither a part of the launch is known, nor a key.
    ALONE = {
        "measurement": None, "api_major": None, "api_minor": None, "build_id": None,
        "tik": None, "tek": None,
    }

    def test_alone(self):
        for form in FORMATS:
            result = self.command(self.arguments(**self.ALONE, print_digest=form))
            self.assert_printed(result, spelled(self.guest.launch_digest, form))

    def test_is_what_a_launch_digest_is(self):
        result = self.command(self.arguments(**self.ALONE, print_digest="hex"))
        digest = result.out.decode().strip()
        self.assert_ok(self.command(self.arguments(launch_digest=digest)))

    def test_of_a_launch_digest(self):
        digest = self.guest.launch_digest
        arguments = self.arguments(**self.ALONE, launch_digest=digest.hex(), print_digest="base64")
        self.assert_printed(self.command(arguments), spelled(digest, "base64"))

    def test_needs_the_policy(self):
        arguments = self.arguments(**self.ALONE | {"policy": None}, print_digest="hex")
        self.assert_refused(arguments, USAGE, "--policy", "required")

    def test_of_every_kind_of_guest(self):
        for cpus in (0, 2):
            policy = self.guest.policy | SEV_ES if cpus else self.guest.policy & ~SEV_ES
            given = {"num_cpus": None, "cpu_type": None} if cpus == 0 else {}
            for kernel in (None, b"kernel"):
                guest = self.guest.changed(
                    policy=policy, kernel=kernel, initrd=kernel, cmdline=kernel
                )
                self.use(guest)
                arguments = self.arguments(**self.ALONE, **given, print_digest="hex")
                result = self.command(arguments)
                self.assert_printed(result, spelled(guest.launch_digest, "hex"))

    def test_beside_a_verdict(self):
        printed = spelled(self.guest.launch_digest, "hex")
        self.assert_printed(self.command(self.arguments(print_digest="hex")), printed, OK_LINE)
        forged = self.guest.changed(tik=bytes(16)).measurement
        result = self.command(self.arguments(print_digest="hex", measurement=forged))
        self.assertEqual((MISMATCH, printed), (result.code, result.out), result)

    def test_quiet(self):
        """Requested values are printed even with --quiet: they are no status."""
        result = self.command([*self.arguments(**self.ALONE, print_digest="hex"), "-q"])
        self.assert_printed(result, spelled(self.guest.launch_digest, "hex"))

    def test_who_gives_more_means_a_validation(self):
        """A success without a verdict would look like a verdict."""
        secret = {"secret_header": "header", "secret_payload": "payload"}
        keys = {"tik": self.tik, "tek": self.tek}
        for more in (keys, {"tk": self.tk}, secret | keys, {"build_id": 0} | keys):
            changes = self.ALONE | more
            changes |= {"tik": None, "tek": None} if "tk" in more else {}
            text = "--measurement BASE64 is required"
            self.assert_refused(self.arguments(**changes, print_digest="hex"), USAGE, text)
        for more in ({"tek": self.tek}, {"api_major": 0}, {"api_minor": 0}, {"build_id": 0}, secret):
            text = "Either --tk or both of --tek/--tik are required"
            changes = self.ALONE | more
            self.assert_refused(self.arguments(**changes, print_digest="hex"), USAGE, text)

    def test_other_formats(self):
        for option in ("print_digest", "print_measurement"):
            name = "--" + option.replace("_", "-")
            for wrong in ("", "HEX", "hexx", "base", "base32", "raw", " hex"):
                texts = (f"{name}: expected hex or base64, got '{wrong}'",)
                self.assert_refused(self.arguments(**{option: wrong}), USAGE, *texts)


class Measurement(ExpectedTest):
    def without_one(self, **changes):
        values = {"measurement": None, "nonce": self.guest.mnonce.hex()}
        return self.arguments(**values | changes)

    def test_with_a_nonce(self):
        for form in FORMATS:
            result = self.command(self.without_one(print_measurement=form))
            self.assert_printed(result, spelled(self.guest.blob, form))

    def test_validates_when_fed_back(self):
        for nonce in (bytes(16), b"\xff" * 16, self.rng.randbytes(16)):
            expected = spelled(self.guest.changed(mnonce=nonce).blob, "base64")
            for text in (nonce.hex().upper(), encode(nonce)):
                arguments = self.without_one(nonce=text, print_measurement="base64")
                result = self.command(arguments)
                self.assert_printed(result, expected)
            measurement = result.out.decode().strip()
            self.assert_ok(self.command(self.arguments(measurement=measurement)))

    def test_with_the_nonce_of_a_report(self):
        forged = self.guest.changed(tik=bytes(16)).measurement
        for form in FORMATS:
            expected = spelled(self.guest.blob, form)
            result = self.command(self.arguments(print_measurement=form))
            self.assert_printed(result, expected, OK_LINE)
            result = self.command(self.arguments(print_measurement=form, measurement=forged))
            self.assertEqual((MISMATCH, expected), (result.code, result.out), result)

    def test_of_a_launch_digest(self):
        digest = self.guest.launch_digest.hex()
        arguments = self.without_one(launch_digest=digest, print_measurement="hex")
        self.assert_printed(self.command(arguments), spelled(self.guest.blob, "hex"))

    def test_with_both(self):
        arguments = self.without_one(print_measurement="hex", print_digest="base64")
        lines = (spelled(self.guest.launch_digest, "base64"), spelled(self.guest.blob, "hex"))
        self.assert_printed(self.command(arguments), *lines)

    def test_what_it_needs(self):
        wanted = {"print_measurement": "hex"}
        for missing in ("api_major", "api_minor", "build_id", "policy"):
            name = "--" + missing.replace("_", "-")
            self.assert_refused(self.without_one(**wanted, **{missing: None}), USAGE, name)
        text = "Either --tk or both of --tek/--tik are required"
        self.assert_refused(self.without_one(**wanted, tik=None), USAGE, text)
        text = "--print-measurement needs --nonce, or a --measurement with one"
        self.assert_refused(self.without_one(**wanted, nonce=None), USAGE, text)

    def test_nonces(self):
        nonce = self.guest.mnonce.hex()
        for wrong in ("", nonce[1:], nonce + "0", nonce[:-1] + "g", "0x" + nonce, " " + nonce,
                      nonce[:-1] + " ", "é" * 16, nonce * 2):
            arguments = self.without_one(nonce=wrong, print_measurement="hex")
            self.assert_refused(arguments, USAGE, "--nonce: expected 32 hexadecimal digits")
        text = "--nonce: the measurement holds a nonce already"
        self.assert_refused(self.arguments(nonce=nonce, print_measurement="hex"), USAGE, text)
        text = "--nonce requires --print-measurement"
        for changes in ({}, {"measurement": None}, {"print_digest": "hex"}):
            self.assert_refused(self.arguments(nonce=nonce, **changes), USAGE, text)

    def test_lost_output(self):
        for options in ({"print_measurement": "hex"}, {"print_digest": "hex"}):
            with open("/dev/full", "wb") as full:
                arguments = self.arguments(**Digest.ALONE, **options)
                if "print_measurement" in options:
                    arguments = self.without_one(**options)
                result = self.command(arguments, stdout=full)
            self.assert_one_line(result, FAILED, "cannot write to standard output")


class Json(ExpectedTest):
    def read(self, result, code):
        """The object, and nothing else, on standard output."""
        self.assertEqual(code, result.code, result)
        self.assertEqual(b"}\n", result.out[-2:], result)
        names = []

        def collect(pairs):
            names.append([name for name, _ in pairs])
            return dict(pairs)

        read = json.loads(result.out.decode("ascii"), object_pairs_hook=collect)
        for members in names:
            self.assertEqual(len(set(members)), len(members), "a member twice")
        return read

    def expected(self, verdict, hints, reported=None, **changes):
        guest = self.guest
        blob = base64.b64decode(reported or guest.measurement)
        return {
            "schema": 1, "verdict": verdict, "api-major": guest.api_major,
            "api-minor": guest.api_minor, "build-id": guest.build_id, "policy": guest.policy,
            "measure": blob[:32].hex(), "mnonce": blob[32:].hex(),
            "launch-digest": guest.launch_digest.hex(),
            "kernel-sha256": parts.sha256(guest.kernel or b"").hex(),
            "initrd-sha256": parts.sha256(guest.initrd or b"").hex(),
            "cmdline-sha256": parts.sha256((guest.cmdline or b"") + b"\0").hex(),
            "num-cpus": 2, "warnings": [], "hints": hints,
        } | changes

    def test_match(self):
        for extra in (["--json"], ["--json", "-q"], ["--json", "--no-hints"], ["--js"]):
            result = self.command([*self.arguments(), *extra])
            self.assertEqual(self.expected("match", None), self.read(result, MATCH))
            self.assertEqual(b"", result.err, result)

    def test_members_that_are_not_always_there(self):
        kernel = ("kernel-sha256", "initrd-sha256", "cmdline-sha256")
        self.use(self.guest.changed(kernel=None, initrd=None, cmdline=None))
        expected = self.expected("match", None)
        for name in kernel:
            del expected[name]
        read = self.read(self.command([*self.arguments(), "--json"]), MATCH)
        self.assertEqual(expected, read)
        digest = self.guest.launch_digest.hex()
        del expected["num-cpus"]
        arguments = self.arguments(launch_digest=digest)
        self.assertEqual(expected, self.read(self.command([*arguments, "--json"]), MATCH))

    def test_warnings(self):
        outputs = {"secret_header": "header", "secret_payload": "payload"}
        digest = {"launch_digest": self.guest.launch_digest.hex()}
        page = self.write("page", self.guest.pages[:4096])
        pages = {"cpu_type": None, "num_cpus": 1, "vmsa_cpu0": page, "vmsa_cpu1": page}
        secret = f"--inject-secret=luks-key:{self.tik}"
        for changes, extra, names in (
            (outputs, [], ["no-secret"]),
            (pages | outputs, [], ["vmsa-cpu1-unused", "no-secret"]),
            ({"policy": 0x101}, [], ["cpus-not-measured"]),
            ({"policy": SEV_ES}, [], ["policy-debug"]),
            ({"policy": 0x30004}, [], ["policy-snp"]),
            (pages | {"policy": 1}, [], ["cpus-not-measured"]),
            (outputs | digest, [secret], ["secret-area-unknown"]),
            ({"firmware": self.write("none", b"x"), "num_cpus": 1}, [], ["no-table", "no-hash-area"]),
            (outputs | {"firmware": self.write("bare", b"x"), "num_cpus": 1}, [secret],
             ["no-table", "no-hash-area", "no-secret-area"]),
        ):
            arguments = [*self.arguments(**changes), *extra, "--json"]
            with self.subTest(names=names):
                result = self.command(arguments, cwd=self.folder)
                self.assertEqual(names, json.loads(result.out)["warnings"], result)
                self.assertEqual(len(names), result.err.count(b"WARNING: "), result)
                result = self.command([*arguments, "-q"], cwd=self.folder)
                self.assertEqual(names, json.loads(result.out)["warnings"], result)
                self.assertEqual(b"", result.err, result)

    def test_a_secret_that_ends_in_a_newline(self):
        outputs = {"secret_header": "header", "secret_payload": "payload"}
        for content, names in (
            (b"pass phrase\n", ["secret-newline"]), ("fräse\r\n".encode(), ["secret-newline"]),
            (b"phrase\r", []), (b"phr\rase\n", []),
            ("fräse\n".encode(), ["secret-newline"]), (b"\n", ["secret-newline"]),
            (b"pass\0phrase\n", []), (b"pass\x7f\n", []), (b"two\nlines\n", []), (b"phrase", []),
        ):
            secret = f"--inject-secret=luks-key:{self.write('secret', content)}"
            with self.subTest(content=content):
                result = self.command([*self.arguments(**outputs), secret, "--json"],
                                      cwd=self.folder)
                self.assertEqual(MATCH, result.code, result)
                self.assertEqual(names, json.loads(result.out)["warnings"], result)
                text = f"'{self.folder / 'secret'}' is text that ends in a newline"
                self.assertEqual(len(names), result.err.decode().count(text), result)

    def test_mismatch_that_nothing_explains(self):
        forged = self.guest.changed(tik=bytes(16)).measurement
        arguments = [*self.arguments(measurement=forged), "--json"]
        result = self.command(arguments)
        self.assertEqual(self.expected("mismatch", [], forged), self.read(result, MISMATCH))
        self.assert_mismatch(runner.Result(arguments, result.code, b"", result.err))
        result = self.command([*arguments, "--no-hints"])
        self.assertEqual(self.expected("mismatch", None, forged), self.read(result, MISMATCH))
        self.assertEqual(runner.MISMATCH_LINE, result.err)

    def test_hints(self):
        guest = self.guest
        launched = guest.changed(build_id=guest.build_id ^ 0x80, api_minor=guest.api_minor ^ 1)
        hints = [
            {"mistake": "api-minor", "value": launched.api_minor},
            {"mistake": "build-id", "value": launched.build_id},
        ]
        for extra in (["--json"], ["--json", "-q"]):
            result = self.command([*self.arguments(measurement=launched.measurement), *extra])
            expected = self.expected("mismatch", hints, launched.measurement)
            self.assertEqual(expected, self.read(result, MISMATCH))
            self.assertEqual("-q" in extra, result.err == b"", result)

    def test_a_mismatch_does_not_tell_the_measurement(self):
        """Whoever knows it could report it for this launch."""
        for measurement in (
            self.guest.changed(tik=bytes(16)).measurement,
            encode(flip(self.guest.blob, 0)),
            self.guest.changed(build_id=self.guest.build_id ^ 1).measurement,
        ):
            for extra in (["--json"], ["--json", "-q"], []):
                result = self.command([*self.arguments(measurement=measurement), *extra])
                self.assertEqual(MISMATCH, result.code, result)
                reported = base64.b64decode(measurement)[:32]
                for spelling in runner.spellings(self.guest.measure):
                    if spelling not in runner.spellings(reported):
                        self.assertNotIn(spelling, result.out + result.err, result)

    def test_errors_have_none(self):
        for code, changes in ((USAGE, {"policy": "x"}), (FAILED, {"firmware": "/no/such/file"})):
            self.assert_refused([*self.arguments(**changes), "--json"], code)

    def test_lost_output(self):
        forged = self.guest.changed(tik=bytes(16)).measurement
        for measurement in (self.guest.measurement, forged):
            with open("/dev/full", "wb") as full:
                arguments = [*self.arguments(measurement=measurement), "--json"]
                result = self.command(arguments, stdout=full)
            self.assertEqual(FAILED, result.code, result)
            self.assertIn(b"ERROR: cannot write to standard output\n", result.err)

    def test_a_match_is_told_when_its_packet_is_there(self):
        secret = self.write("secret", b"disk key")
        header, payload = self.folder / "header", self.folder / "payload"

        def inject(payload, **keywords):
            arguments = self.arguments(inject_secret=f"luks-key:{secret}", secret_header=header,
                                       secret_payload=payload)
            return self.command([*arguments, "--json"], **keywords)

        self.assert_one_line(inject("/no/such/folder/payload"), FAILED, "/no/such/folder/payload")
        self.assertFalse(header.exists())
        with open("/dev/full", "wb") as full:
            result = inject(payload, stdout=full)
        self.assert_one_line(result, FAILED, "cannot write to standard output")
        self.assertEqual(self.expected("match", None), self.read(inject(payload), MATCH))
        self.assertTrue(header.exists() and payload.exists())

    def test_random_values(self):
        for _ in range(20):
            self.use(Guest.booted(self.rng, 2, parts.Cpu(0x00A00F11)))
            result = self.command([*self.arguments(), "--json"])
            self.assertEqual(self.expected("match", None), self.read(result, MATCH))


class SelfTest(CommandTest):
    def test_alone(self):
        for extra in ([], ["-d"]):
            result = self.command(["--self-test", *extra])
            line = b"OK: self-test passed\n"
            self.assertEqual((MATCH, line, b""), (result.code, result.out, result.err), result)
        self.assert_silent(self.command(["--self-test", "-q"]), MATCH)

    def test_beside_others(self):
        for option in LIBVIRT + OWN:
            if option not in FLAGS:
                arguments = ["--self-test", option, "x"]
                self.assert_refused(arguments, USAGE, "--self-test validates no guest")


if __name__ == "__main__":
    main()
