# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the guest, and nobody else, get the secrets; are both files of a packet
there, complete, or neither; and is nothing given to a guest that is not
trusted?"""
import base64
import itertools
import os
import shutil
import stat
import subprocess
import unittest
import uuid
from pathlib import Path

import model as parts
import runner
from model import Guest, flip
from runner import FAILED, MATCH, OK_LINE, USAGE, CommandTest, main

NOBODY = 65534
# GUID and length, of the table and of each secret.
OVERHEAD = 20


class SecretTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.use(Guest.random(self.rng, parts.image(self.rng, parts.sev_entries())))
        self.output = self.folder / "output"
        self.output.mkdir()
        self.header = str(self.output / "header")
        self.payload = str(self.output / "payload")

    def secrets(self, count, size=None):
        return {
            str(uuid.UUID(int=self.rng.getrandbits(128))): self.rng.randbytes(
                self.rng.randrange(100) if size is None else size
            )
            for _ in range(count)
        }

    def inject(self, secrets, *extra, **changes):
        """The arguments that inject secrets, each from a file of its own."""
        words = [
            f"--inject-secret={name}:{self.write(f'secret-{index}', content)}"
            for index, (name, content) in enumerate(secrets.items())
        ]
        return self.injecting(*words, *extra, **changes)

    def injecting(self, *words, **changes):
        outputs = {"secret_header": self.header, "secret_payload": self.payload}
        return [*self.arguments(**outputs | changes), *words]

    def assert_injected(self, result, count):
        lines = OK_LINE + b"OK: Injected %d secrets\n" % count
        self.assertEqual((MATCH, lines, b""), (result.code, result.out, result.err), result)

    def packet(self, decrypt=parts.decrypt_with_openssl):
        header, payload = (Path(path).read_bytes() for path in (self.header, self.payload))
        table = parts.open_packet(self.guest, header, payload, decrypt)
        self.assertIsNotNone(table, "the secure processor would refuse it")
        return table

    def assert_table(self, secrets, padding=None):
        """The packet holds the secrets, in order, and zeros behind them."""
        expected = parts.secret_table(
            {parts.LUKS_KEY if name == "luks-key" else name: data for name, data in secrets.items()}
        )
        table = self.packet()
        self.assertEqual(expected, table[: len(expected)])
        rest = len(table) - len(expected)
        self.assertEqual(bytes(rest), table[len(expected) :])
        self.assertEqual(16 - len(expected) % 16 if padding is None else padding, rest)

    def assert_nothing_written(self, names=()):
        self.assertEqual(sorted(names), sorted(os.listdir(self.output)))

    def assert_not_injected(self, result, code, *texts, says_ok=False):
        self.assertEqual(code, result.code, result)
        self.assertEqual(OK_LINE if says_ok else b"", result.out, result)
        self.assertRegex(result.err, rb"\AERROR: [^\n]+\n\Z", result)
        for text in texts:
            self.assertIn(os.fsencode(text), result.err, result)
        self.assert_nothing_written()


class Packets(SecretTest):
    def test_one_to_sixteen(self):
        for count in range(1, 17):
            with self.subTest(count=count):
                secrets = self.secrets(count)
                self.assert_injected(self.command(self.inject(secrets)), count)
                self.assert_table(secrets)

    def test_seventeen_are_too_many(self):
        result = self.command(self.inject(self.secrets(17)))
        self.assert_not_injected(result, USAGE, "--inject-secret", "given too often")

    def test_sizes_around_a_block(self):
        for padding, size in itertools.product(("libvirt", "minimal", None), range(34)):
            with self.subTest(padding=padding, size=size):
                secrets = self.secrets(1, size)
                rest = -(2 * OVERHEAD + size) % 16
                if rest == 0 and padding != "minimal":
                    rest = 16
                self.assert_injected(self.command(self.inject(secrets, secret_padding=padding)), 1)
                self.assert_table(secrets, rest)

    def test_the_alias(self):
        secrets = {"luks-key": b"passphrase"}
        self.assert_injected(self.command(self.inject(secrets)), 1)
        self.assert_table(secrets)

    def test_letters_of_a_guid(self):
        for name in (parts.LUKS_KEY.upper(), "736869E5-84f0-4973-92EC-06879ce3dA0B"):
            self.assert_injected(self.command(self.inject({name: b"x"})), 1)
            self.assert_table({"luks-key": b"x"})

    def test_ways_to_write_the_option(self):
        path = self.write("secret", b"content")
        for words in (
            ["-s", f"luks-key:{path}"], [f"-sluks-key:{path}"], [f"-s=luks-key:{path}"],
            ["--inject", f"luks-key:{path}"], ["--inj=" + f"luks-key:{path}"],
        ):
            with self.subTest(words=words):
                self.assert_injected(self.command(self.injecting(*words)), 1)
                self.assert_table({"luks-key": b"content"})

    def test_a_path_may_hold_colons(self):
        for name in (":", "a:b", ":a", "a::"):
            path = self.write(name, b"content")
            self.assert_injected(self.command(self.injecting("-s", f"luks-key:{path}")), 1)
            self.assert_table({"luks-key": b"content"})

    def test_standard_input(self):
        arguments = self.injecting("-s", "luks-key:-")
        self.assert_injected(self.command(arguments, input=b"from a pipe"), 1)
        self.assert_table({"luks-key": b"from a pipe"})

    def test_with_all_else(self):
        guest = Guest.booted(self.rng, 3, parts.Cpu(0x800F12))
        self.use(guest)
        secrets = self.secrets(3)
        changes = {"num_cpus": 3, "cpu_type": "EPYC"}
        self.assert_injected(self.command(self.inject(secrets, **changes)), 3)
        self.assert_table(secrets)
        pages = {"num_cpus": 3, "vmsa_cpu0": self.write("page0", guest.pages[:4096])}
        pages["vmsa_cpu1"] = self.write("page1", guest.pages[4096:8192])
        self.assert_injected(self.command(self.inject(secrets, **pages)), 3)
        self.assert_table(secrets)

    def test_with_a_launch_digest(self):
        secrets = self.secrets(2)
        digest = {"firmware": None, "launch_digest": self.guest.launch_digest.hex()}
        self.assert_injected(self.command(self.inject(secrets, **digest)), 2)
        self.assert_table(secrets)

    def test_an_iv_is_never_used_twice(self):
        arguments = self.inject(self.secrets(1, 64))
        packets = set()
        for _ in range(20):
            self.assert_injected(self.command(arguments), 1)
            packets.add(base64.b64decode(Path(self.header).read_bytes())[4:20])
        self.assertEqual(20, len(packets))

    def test_the_packet_is_for_this_launch_alone(self):
        """The model's processor refuses it after any change: the tests above mean something."""
        self.assert_injected(self.command(self.inject(self.secrets(1))), 1)
        guest = self.guest
        header, payload = (Path(path).read_bytes() for path in (self.header, self.payload))
        self.assertIsNotNone(parts.open_packet(guest, header, payload))
        other = guest.changed(mnonce=bytes(16))
        self.assertIsNone(parts.open_packet(other, header, payload))
        forged = base64.b64encode(flip(base64.b64decode(payload), 3))
        self.assertIsNone(parts.open_packet(guest, header, forged))
        forged = base64.b64encode(flip(base64.b64decode(header), 40))
        self.assertIsNone(parts.open_packet(guest, forged, payload))

    def test_no_secret_is_shown(self):
        content = self.rng.randbytes(32)
        for extra in (["-d"], ["--json"], ["-d", "--json"], ["-dq"]):
            result = self.command(self.inject({"luks-key": content}, *extra))
            self.assertEqual(MATCH, result.code, result)
            for spelling in runner.spellings(content):
                self.assertNotIn(spelling, result.out + result.err, result)

    def test_quiet(self):
        self.assert_silent(self.command(self.inject({"luks-key": b"x"}, "-q")), MATCH)
        self.assert_table({"luks-key": b"x"})


class Limits(SecretTest):
    """How much fits: what the firmware keeps free, and what LAUNCH_SECRET takes."""

    def fitting(self, capacity):
        """The longest secret that leaves a byte for padding, in whole blocks."""
        return capacity // 16 * 16 - 1 - 2 * OVERHEAD

    def check(self, capacity):
        size = self.fitting(capacity)
        secrets = self.secrets(1, size)
        self.assert_injected(self.command(self.inject(secrets)), 1)
        self.assert_table(secrets)
        self.assertLessEqual(len(self.packet()), capacity)
        split = self.secrets(2, 0)
        for name, length in zip(split, (size - 20 - size // 3, size // 3)):
            split[name] = self.rng.randbytes(length)
        self.assert_injected(self.command(self.inject(split)), 2)
        self.assert_table(split)
        os.remove(self.header)
        os.remove(self.payload)
        texts = ("--inject-secret: ", "too long", f"at most {capacity} bytes")
        for secrets in (self.secrets(1, size + 1), split | self.secrets(1, 1)):
            result = self.command(self.inject(secrets))
            self.assert_not_injected(result, USAGE, *texts, says_ok=True)

    def test_the_firmwares_area(self):
        for capacity in (100, 1024, parts.SECRET_AREA_SIZE, 16000, 16384):
            with self.subTest(capacity=capacity):
                entries = parts.sev_entries(secret=capacity)
                self.use(self.guest.changed(firmware=parts.image(self.rng, entries)))
                self.check(capacity)

    def test_a_larger_area_than_the_processor_takes(self):
        for capacity in (16385, 65536, 0xFFFFFFFF):
            with self.subTest(capacity=capacity):
                entries = parts.sev_entries(secret=capacity)
                self.use(self.guest.changed(firmware=parts.image(self.rng, entries)))
                self.check(16384)

    def test_an_area_too_small_for_any(self):
        for capacity in (1, 16, 35, 36, 40, 47):
            with self.subTest(capacity=capacity):
                entries = parts.sev_entries(secret=capacity)
                self.use(self.guest.changed(firmware=parts.image(self.rng, entries)))
                result = self.command(self.inject({"luks-key": b""}))
                self.assert_not_injected(result, USAGE, "too long", says_ok=True)

    def test_firmware_without_an_area(self):
        secrets = self.secrets(1)
        for what, firmware in {
            "no table": self.rng.randbytes(4096),
            "no entry": parts.image(self.rng, [parts.reset_block()]),
            "zeros": parts.image(self.rng, parts.sev_entries(secret=0)),
        }.items():
            with self.subTest(what=what):
                self.use(self.guest.changed(firmware=firmware))
                result = self.command(self.inject(secrets))
                self.assertEqual(MATCH, result.code, result)
                warning = f"WARNING: '{self.firmware}' keeps no area for secrets"
                self.assertTrue(result.err.decode().startswith(warning), result)
                self.assertEqual(1, result.err.count(b"\n"), result)
                self.assert_table(secrets)

    def test_endless_files(self):
        huge = self.write("huge", b"")
        os.truncate(huge, 1 << 40)
        for path in ("/dev/zero", huge):
            result = self.command(self.injecting("-s", f"luks-key:{path}"))
            texts = ("--inject-secret: expected at most 3072 bytes", path, "got more than 65536")
            self.assert_not_injected(result, USAGE, *texts, says_ok=True)


class Usage(SecretTest):
    def refuse(self, arguments, *texts):
        self.assert_refused(arguments, USAGE, *texts)
        self.assert_nothing_written()

    def test_both_files_are_needed(self):
        secret = "--inject-secret=luks-key:" + self.tik
        for missing in ("secret_header", "secret_payload"):
            name = "--" + missing.replace("_", "-")
            self.refuse(self.injecting(secret, **{missing: None}), "requires " + name)
            self.refuse(self.injecting(**{missing: None}), "requires " + name)
        none = {"secret_header": None, "secret_payload": None}
        self.refuse(self.injecting(secret, **none), "--inject-secret requires --secret-header")

    def test_both_files_without_a_secret(self):
        self.assert_ok(self.command(self.injecting()))
        self.assert_nothing_written()

    def test_names_that_are_none(self):
        for name in (
            "", "luks", "luks-key2", "LUKS-KEY", " luks-key", "luks-key ", parts.LUKS_KEY[:-1],
            parts.LUKS_KEY + "0", parts.LUKS_KEY.replace("-", ""), "{" + parts.LUKS_KEY + "}",
            "x" + parts.LUKS_KEY[1:], parts.LUKS_KEY.replace("-", "_"), parts.LUKS_KEY[:-1] + "g",
            "é" * 18, "\x1b[2J",
        ):
            for secret in (f"{name}:{self.tik}", name):
                with self.subTest(secret=secret):
                    texts = ("--inject-secret: expected luks-key:PATH or GUID:PATH, got '",)
                    self.refuse(self.injecting("-s=" + secret), *texts)
        for secret in ("luks-key", parts.LUKS_KEY):
            self.refuse(self.injecting("-s", secret), "expected luks-key:PATH or GUID:PATH")

    def test_one_name_twice(self):
        path = self.tik
        first, second = self.secrets(2)
        for names in (
            ("luks-key", "luks-key"), ("luks-key", parts.LUKS_KEY), (first, first.upper()),
            (first, second, "luks-key", first),
        ):
            with self.subTest(names=names):
                words = [f"-s={name}:{path}" for name in names]
                text = f"--inject-secret: '{names[-1]}:{path}' names a GUID that another secret has"
                self.refuse(self.injecting(*words), text)

    def test_one_file_for_both(self):
        text = "--secret-header and --secret-payload name the same file"
        self.refuse(self.inject({"luks-key": b"x"}, secret_header=self.payload), text)

    def test_padding(self):
        for wrong in ("", "x", "Minimal", "libvirt ", "none", "0", "min"):
            arguments = self.inject({"luks-key": b"x"}, secret_padding=wrong)
            texts = ("--secret-padding: expected libvirt or minimal", f"got '{wrong}'")
            self.refuse(arguments, *texts)

    def test_a_measurement_is_needed(self):
        digest = "--print-digest=hex"
        arguments = self.inject({"luks-key": b"x"}, digest, measurement=None)
        self.refuse(arguments, "--measurement", "required")

    def test_standard_input_twice(self):
        secret = "-s=luks-key:-"
        for option in ("firmware", "tik", "tek", "kernel"):
            self.refuse(self.injecting(secret, **{option: "-"}), f"--{option}", "read once")
        other = next(iter(self.secrets(1)))
        self.refuse(self.injecting(secret, f"-s={other}:-"), "--inject-secret", "read once")


class Mismatch(SecretTest):
    def test_nothing_is_written_or_read(self):
        forged = self.guest.changed(tik=bytes(16)).measurement
        before = {"header": b"before", "payload": b"before too"}
        for name, content in before.items():
            (self.output / name).write_bytes(content)
        # The pipe has no writer: who opens it waits.
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)
        arguments = self.injecting(f"-s=luks-key:{pipe}", measurement=forged)
        self.assert_mismatch(self.command(arguments))
        self.assert_nothing_written(before)
        for name, content in before.items():
            self.assertEqual(content, (self.output / name).read_bytes())

    def test_no_hint_makes_it_a_match(self):
        for changes in (
            {"tk": self.write("swapped", self.guest.tik + self.guest.tek)},
            {"build_id": self.guest.build_id ^ 1}, {"policy": self.guest.policy ^ 1},
        ):
            result = self.command(self.inject({"luks-key": b"x"}, **changes))
            self.assertIn("it matches", self.assert_mismatch(result))
            self.assert_nothing_written()


class Files(SecretTest):
    """Both files, or none: and what was there before, if there was something."""

    def test_are_for_their_owner(self):
        for mask in (0, 0o022, 0o077):
            self.command(self.inject({"luks-key": b"x"}), preexec_fn=lambda: os.umask(mask))
            for path in (self.header, self.payload):
                self.assertEqual(0o600, stat.S_IMODE(os.stat(path).st_mode))

    def test_hold_base64_without_a_newline(self):
        self.command(self.inject(self.secrets(5)))
        for path, size in ((self.header, 52), (self.payload, None)):
            content = Path(path).read_bytes()
            blob = base64.b64decode(content, validate=True)
            self.assertEqual(base64.b64encode(blob), content)
            self.assertIn(size, (None, len(blob)))
        self.assert_nothing_written(["header", "payload"])

    def test_replace_what_is_there(self):
        """Who has the old file open keeps it, whole."""
        secrets = self.secrets(1)
        arguments = self.inject(secrets)
        for path in (self.header, self.payload):
            Path(path).write_bytes(b"before" * 9999)
        with open(self.header, "rb") as header, open(self.payload, "rb") as payload:
            self.assert_injected(self.command(arguments), 1)
            self.assertEqual([b"before" * 9999] * 2, [header.read(), payload.read()])
        self.assert_table(secrets)
        self.assert_nothing_written(["header", "payload"])
        for path in (self.header, self.payload):
            self.assertEqual(0o600, stat.S_IMODE(os.stat(path).st_mode))

    def refuse(self, arguments, path, reason, **keywords):
        """Neither file, nor a trace of one; what was there is there still."""
        kept = ["kept"]
        (self.output / "kept").write_bytes(b"kept")
        result = self.command(arguments, **keywords)
        self.assertEqual((FAILED, OK_LINE), (result.code, result.out), result)
        error = f"ERROR: cannot write '{path}': ".encode()
        self.assertTrue(result.err.startswith(error), result)
        self.assertEqual(1, result.err.count(b"\n"), result)
        self.assertIn(reason, result.err.decode(), result)
        self.assert_nothing_written(kept)
        self.assertEqual(b"kept", (self.output / "kept").read_bytes())
        (self.output / "kept").unlink()

    def test_cannot_be_written(self):
        for option in ("secret_header", "secret_payload"):
            for path, reason in (
                (str(self.output / "none" / "x"), "No such file"), ("/", "Is a directory"),
                (self.tik + "/x", "Not a directory"), ("/dev/full", "No space left"),
                (str(self.output / ("x" * 256)), "File name too long"),
                ("x/" * 4000, "File name too long"), ("/proc/none", "No such file"),
            ):
                with self.subTest(option=option, path=path[:60]):
                    arguments = self.inject({"luks-key": b"x"}, **{option: path})
                    self.refuse(arguments, path, reason)

    def test_a_folder_in_their_place(self):
        for option in ("header", "payload"):
            folder = str(self.folder / option)
            os.mkdir(folder)
            for path in (folder, folder + "/"):
                arguments = self.inject({"luks-key": b"x"}, **{f"secret_{option}": path})
                self.refuse(arguments, path, "Is a directory")
            self.assertEqual([], os.listdir(folder))

    def test_a_link_stays_one_and_leads_to_the_packet(self):
        secrets = self.secrets(1)
        for path in (self.header, self.payload):
            target = self.write("target-" + os.path.basename(path), b"before" * 999)
            os.symlink(target, path)
        self.assert_injected(self.command(self.inject(secrets)), 1)
        self.assertTrue(os.path.islink(self.header) and os.path.islink(self.payload))
        self.assert_table(secrets)

    def test_one_file_under_two_names(self):
        for other in (f"{self.output}/./payload", f"{self.output}//payload"):
            result = self.command(self.inject({"luks-key": b"x"}, secret_header=other))
            self.assert_one_line(result, USAGE, "name the same file")
            self.assert_nothing_written()

    def test_no_name(self):
        for option in ("secret_header", "secret_payload"):
            self.refuse(self.inject({"luks-key": b"x"}, **{option: ""}), "", "No such file")

    @runner.uncounted
    @unittest.skipIf(os.geteuid() != 0, "needs a file of another user")
    def test_a_payload_that_is_refused_its_name(self):
        """The one case in which the header appears alone."""
        sticky = self.folder / "sticky"
        sticky.mkdir()
        sticky.chmod(0o1777)
        theirs = sticky / "theirs"
        theirs.write_bytes(b"theirs")
        self.output.chmod(0o777)
        arguments = self.inject({"luks-key": b"x"}, secret_payload=str(theirs))
        result = self.command(arguments, **self.as_nobody())
        self.assertEqual((FAILED, OK_LINE), (result.code, result.out), result)
        self.assertEqual(f"ERROR: cannot write '{theirs}': Operation not permitted\n",
                         result.err.decode())
        self.assertEqual([os.path.basename(self.header)], os.listdir(self.output))
        self.assertEqual(["theirs"], os.listdir(sticky))
        self.assertEqual(b"theirs", theirs.read_bytes())

    def test_long_names(self):
        for length in (200, 248):
            path = str(self.output / ("n" * length))
            arguments = self.inject({"luks-key": b"x"}, secret_payload=path)
            self.assert_injected(self.command(arguments), 1)
            os.rename(path, self.payload)
            self.assert_table({"luks-key": b"x"})

    def as_nobody(self):
        if os.geteuid() != 0:
            return {}
        command = str(self.folder / "command")
        shutil.copy(runner.COMMAND, command)
        return {
            "command": command, "user": NOBODY, "group": NOBODY, "extra_groups": [],
        }

    @runner.uncounted
    def test_a_folder_that_is_read_only(self):
        closed = self.folder / "closed"
        closed.mkdir(0o555)
        for option in ("header", "payload"):
            path = str(closed / "x")
            arguments = self.inject({"luks-key": b"x"}, **{f"secret_{option}": path})
            self.output.chmod(0o777)
            self.refuse(arguments, path, "Permission denied", **self.as_nobody())

    @runner.uncounted
    def test_a_limit_on_files(self):
        """The disk is full after a few bytes; the signal of the limit is ignored, as by nohup."""
        script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\""
        secrets = self.secrets(1, 2000)
        arguments = ["-c", script, runner.COMMAND, *self.inject(secrets)]
        self.refuse(arguments, self.payload, "File too large", command="/bin/bash")

    def test_secrets_that_cannot_be_read(self):
        for path, reason in (
            ("", "No such file"), ("/no/such/file", "No such file"), ("/", "Is a directory"),
            ("/proc/self/mem", "Input/output error"),
        ):
            result = self.command(self.injecting(f"-s=luks-key:{path}"))
            self.assert_not_injected(result, FAILED, f"'{path}'", reason, says_ok=True)

    def test_to_pipes_and_descriptors(self):
        secrets = self.secrets(1)
        read, write = os.pipe()
        arguments = self.inject(secrets, secret_payload=f"/dev/fd/{write}")
        self.assert_injected(self.command(arguments, pass_fds=[write]), 1)
        os.close(write)
        with open(read, "rb") as reader:
            Path(self.payload).write_bytes(reader.read())
        self.assert_table(secrets)

    def test_to_standard_output(self):
        secrets = self.secrets(1)
        arguments = self.inject(secrets, "-q", secret_payload="/dev/stdout")
        result = self.command(arguments)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        Path(self.payload).write_bytes(result.out)
        self.assert_table(secrets)

    def test_end_of_the_command_line(self):
        """The secrets come after the verdict: an answer that is lost stops them."""
        with open("/dev/full", "wb") as full:
            result = self.command(self.inject({"luks-key": b"x"}), stdout=full)
        self.assert_one_line(result, FAILED, "cannot write to standard output")
        self.assert_nothing_written()


class Interrupted(SecretTest):
    def test_nothing_half_written_is_left_under_the_names(self):
        """Killed while the secret is read: both files are as before."""
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)
        Path(self.header).write_bytes(b"before")
        command = [runner.COMMAND, *self.injecting(f"-s=luks-key:{pipe}")]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        with child, open(pipe, "wb", buffering=0) as writer:
            writer.write(b"some")
            child.kill()
            child.communicate(timeout=240)
        self.assert_nothing_written(["header"])
        self.assertEqual(b"before", Path(self.header).read_bytes())


if __name__ == "__main__":
    main()
