# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the guest, and nobody else, get the secrets; are both files of a packet
there, complete, or neither; and is nothing given to a guest that is not
trusted?"""
import base64
import contextlib
import fcntl
import itertools
import os
import pty
import shutil
import signal
import stat
import subprocess
import tempfile
import time
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
                self.rng.randrange(1, 100) if size is None else size
            ).replace(b"\n", b"\0")
            for _ in range(count)
        }

    def inject(self, secrets, *extra, **changes):
        """Returns the arguments that inject secrets, each from its own file."""
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
        """The packet holds the secrets, in order, and zeros after them."""
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
        for padding, size in itertools.product(("libvirt", "minimal", None), range(1, 34)):
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

    def test_a_path_that_ends_in_a_dash_is_a_file(self):
        (self.folder / "dir:-").write_bytes(b"content")
        words = ["-s=luks-key:dir:-", f"-s={uuid.UUID(int=7)}:./-"]
        (self.folder / "-").write_bytes(b"other")
        arguments = self.injecting(*words, firmware="-")
        result = self.command(arguments, input=self.guest.firmware, cwd=self.folder)
        self.assert_injected(result, 2)
        self.assert_table({"luks-key": b"content", str(uuid.UUID(int=7)): b"other"})

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
        result = self.command(self.inject(secrets, **digest))
        text = b"WARNING: --inject-secret does not know how much the firmware keeps free"
        self.assertEqual(MATCH, result.code, result)
        self.assertTrue(result.err.startswith(text), result)
        self.assertEqual(1, result.err.count(b"\n"), result)
        self.assert_table(secrets)

    def test_an_iv_is_never_used_twice(self):
        arguments = self.inject(self.secrets(1, 64))
        packets = set()
        for _ in range(20):
            self.assert_injected(self.command(arguments), 1)
            packets.add(base64.b64decode(Path(self.header).read_bytes())[4:20])
        self.assertEqual(20, len(packets))

    def test_the_packet_is_for_this_launch_alone(self):
        """The model's processor refuses it after any change, so the tests above can fail."""
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
    """The maximum size: the firmware's area, and the limit of LAUNCH_SECRET."""

    def fitting(self, capacity):
        """The longest secret that leaves a byte for padding, in whole blocks."""
        return capacity // 16 * 16 - 1 - 2 * OVERHEAD

    def check(self, capacity):
        size = self.fitting(capacity)
        secrets = self.secrets(1, size)
        self.assert_injected(self.command(self.inject(secrets)), 1)
        self.assert_table(secrets)
        self.assertLessEqual(len(self.packet()), capacity)
        split = self.secrets(2, 1)
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

    def test_minimal_padding_leaves_room_for_a_byte_more(self):
        for capacity, size in ((1024, 984), (16384, 16344)):
            with self.subTest(capacity=capacity):
                entries = parts.sev_entries(secret=capacity)
                self.use(self.guest.changed(firmware=parts.image(self.rng, entries)))
                secrets = self.secrets(1, size)
                self.assert_injected(self.command(self.inject(secrets, secret_padding="minimal")), 1)
                self.assert_table(secrets, 0)
                self.assertEqual(len(self.packet()), capacity)
                os.remove(self.header)
                os.remove(self.payload)
                for more, padding in ((0, "libvirt"), (1, "minimal")):
                    result = self.command(self.inject(self.secrets(1, size + more),
                                                      secret_padding=padding))
                    self.assert_not_injected(result, USAGE, "too long", says_ok=True)

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
                result = self.command(self.inject({"luks-key": b"x"}))
                self.assert_not_injected(result, USAGE, "--inject-secret", says_ok=True)

    def test_firmware_without_an_area(self):
        secrets = self.secrets(1)
        for what, firmware in {
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
        text = "--secret-header and --secret-payload are not written: there is no --inject-secret"
        self.assert_warned(self.command(self.injecting()), text)
        self.assert_nothing_written()

    def test_an_empty_secret_is_none(self):
        """The output of half a pipeline that failed must not be taken for a disk key."""
        for path in (self.write("empty", b""), "/dev/null"):
            result = self.command(self.injecting(f"-s=luks-key:{path}"))
            text = f"--inject-secret: expected a secret, but '{path}' has 0 bytes"
            self.assert_not_injected(result, USAGE, text, says_ok=True)

    def test_padding_of_nothing(self):
        for kind in ("libvirt", "minimal"):
            text = "--secret-padding requires --inject-secret"
            self.refuse(self.arguments(secret_padding=kind), text)
            self.refuse(self.injecting(secret_padding=kind), text)

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
        # The pipe has no writer: opening it waits.
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
    """Both files appear, or none: then what was there before is there."""

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
        """Whoever has the old file open keeps it, whole."""
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
        """Neither file nor a part of one is there; what was there before still is."""
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

    def test_no_name(self):
        for option in ("secret_header", "secret_payload"):
            self.refuse(self.inject({"luks-key": b"x"}, **{option: ""}), "", "No such file")

    @runner.uncounted
    @unittest.skipIf(os.geteuid() != 0, "needs a file of another user")
    def test_a_payload_that_is_refused_its_name(self):
        """The header had appeared: it is removed, and what was there before is there again."""
        sticky = self.folder / "sticky"
        sticky.mkdir()
        sticky.chmod(0o1777)
        theirs = sticky / "theirs"
        theirs.write_bytes(b"theirs")
        self.output.chmod(0o777)
        arguments = self.inject({"luks-key": b"x"}, secret_payload=str(theirs))
        for before in ([], ["header"]):
            for name in before:
                (self.output / name).write_bytes(b"before")
            result = self.command(arguments, **self.as_nobody())
            self.assertEqual((FAILED, OK_LINE), (result.code, result.out), result)
            self.assertEqual(f"ERROR: cannot write '{theirs}': Operation not permitted\n",
                             result.err.decode())
            self.assert_nothing_written(before)
            for name in before:
                self.assertEqual(b"before", (self.output / name).read_bytes())
            self.assertEqual(["theirs"], os.listdir(sticky))
            self.assertEqual(b"theirs", theirs.read_bytes())

    def test_in_memory(self):
        """A file below /dev is a file: new or replaced, complete, only for its owner."""
        with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
            self.output = Path(folder)
            self.header, self.payload = (str(self.output / name) for name in ("header", "payload"))
            for before in (None, b"before" * 99999):
                if before:
                    Path(self.payload).write_bytes(before)
                    os.chmod(self.payload, 0o644)
                secrets = self.secrets(1)
                self.assert_injected(self.command(self.inject(secrets)), 1)
                self.assert_table(secrets)
                self.assert_nothing_written(["header", "payload"])
                for path in (self.header, self.payload):
                    self.assertEqual(0o600, stat.S_IMODE(os.stat(path).st_mode))

    def test_through_proc(self):
        """The name of a folder, or of an open file, may be one in /proc."""
        secrets = self.secrets(1)
        Path(self.payload).write_bytes(b"before" * 9999)
        with open(self.payload, "rb") as payload:
            arguments = self.inject(secrets, secret_header="/proc/self/cwd/header",
                                    secret_payload=f"/dev/fd/{payload.fileno()}")
            result = self.command(arguments, cwd=self.output, pass_fds=[payload.fileno()])
            self.assert_injected(result, 1)
            self.assertEqual(b"before" * 9999, payload.read())
        self.assert_table(secrets)
        self.assert_nothing_written(["header", "payload"])

    def test_a_link_that_leads_to_nothing_yet(self):
        secrets = self.secrets(1)
        os.symlink("later", self.header)
        os.symlink("link", self.payload)
        os.symlink(str(self.folder / "later"), self.output / "link")
        self.assert_injected(self.command(self.inject(secrets)), 1)
        self.assert_table(secrets)
        self.assert_nothing_written(["header", "later", "link", "payload"])
        self.assertTrue((self.folder / "later").is_file())

    def test_a_file_without_a_name(self):
        secrets = self.secrets(1)
        with tempfile.TemporaryFile(dir=self.folder) as payload:
            payload.write(b"before" * 9999)
            payload.flush()
            arguments = self.inject(secrets, secret_payload=f"/dev/fd/{payload.fileno()}")
            self.assert_injected(self.command(arguments, pass_fds=[payload.fileno()]), 1)
            payload.seek(0)
            Path(self.payload).write_bytes(payload.read())
        self.assert_table(secrets)

    def test_links_in_a_circle(self):
        os.symlink("payload", self.payload)
        arguments = self.inject({"luks-key": b"x"})
        result = self.command(arguments)
        self.assertEqual(FAILED, result.code, result)
        self.assertIn(b"Too many levels of symbolic links", result.err)
        self.assert_nothing_written(["payload"])

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

    def test_end_of_the_command_line(self):
        """The secrets come after the verdict: if the answer is lost, there are none."""
        with open("/dev/full", "wb") as full:
            result = self.command(self.inject({"luks-key": b"x"}), stdout=full)
        self.assert_one_line(result, FAILED, "cannot write to standard output")
        self.assert_nothing_written()


class Streams(SecretTest):
    """Printed text never gets into a file that is written."""

    def assert_shared(self, arguments, option, path, stream, **keywords):
        result = self.command(arguments, **keywords)
        line = (f"ERROR: --{option}: expected a file that nothing else goes to, "
                f"got '{path}', {stream}\n")
        if "-q" in arguments:
            self.assertEqual((USAGE, b""), (result.code, result.err), result)
        else:
            self.assertEqual((USAGE, line), (result.code, result.err.decode()), result)
        self.assertEqual(b"", result.out)
        self.assert_nothing_written()

    def test_to_standard_output(self):
        for path in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            secrets = self.secrets(1)
            arguments = self.inject(secrets, "-q", secret_payload=path)
            result = self.command(arguments)
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            Path(self.payload).write_bytes(result.out)
            self.assert_table(secrets)
            os.remove(self.header)
            os.remove(self.payload)

    def test_nothing_else_goes_there(self):
        for option in ("secret_header", "secret_payload"):
            name = option.replace("_", "-")
            for path in ("/dev/stdout", "/dev/fd/1"):
                arguments = self.inject({"luks-key": b"x"}, **{option: path})
                self.assert_shared(arguments, name, path, "standard output")
                for more in (["--json"], ["--print-digest=hex"], ["--print-measurement=hex"]):
                    self.assert_shared(["-q", *arguments, *more], name, path, "standard output")

    def test_standard_error(self):
        """Standard error has errors, and with --debug all computed values."""
        path = "/dev/stderr"
        secrets = self.secrets(1)
        arguments = self.inject(secrets, secret_payload=path)
        result = self.command(arguments)
        self.assertEqual((USAGE, b""), (result.code, result.out), result)
        result = self.command([*arguments, "-q", "-d"])
        self.assertEqual((USAGE, b"", b""), (result.code, result.out, result.err), result)
        result = self.command([*arguments, "-q", "--json"])
        self.assertEqual(MATCH, result.code, result)
        Path(self.payload).write_bytes(result.err)
        self.assert_table(secrets)

    def test_the_terminal(self):
        """By /dev/tty, and by the terminal's own name."""
        for path in ("/dev/tty", None):
            child, terminal = pty.fork()
            if child == 0:
                arguments = self.inject({"luks-key": b"x"}, secret_payload=path or os.ttyname(1))
                os.execv(runner.COMMAND, [runner.COMMAND, *arguments])
            shown = b""
            with contextlib.suppress(OSError):  # a terminal's end is an error
                while True:
                    shown += os.read(terminal, 4096)
            os.close(terminal)
            self.assertEqual(USAGE, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), shown)
            self.assertIn(b", standard output", shown)
            self.assert_nothing_written()

    def test_a_file_that_is_standard_output(self):
        secrets = self.secrets(1)
        for more in ([], ["-q"]):
            with open(self.payload, "wb") as out:
                result = self.command([*self.inject(secrets), *more], stdout=out)
            if more:
                self.assert_silent(result, MATCH)
                self.assert_table(secrets)
            else:
                self.assertEqual(USAGE, result.code, result)
                self.assertIn(b"standard output", result.err)
                self.assertEqual(b"", Path(self.payload).read_bytes())


class OneFile(SecretTest):
    """An output must not be another named file, in whatever way its name is written."""

    def refuse(self, output, other, path, **keywords):
        """Returns the output's option, and the option of the other file that the arguments name."""
        arguments = self.inject({"luks-key": b"x"}, **{output: path} | keywords.pop("more", {}))
        before = sorted(os.listdir(self.output))
        text = f"--{output.replace('_', '-')} and --{other} name the same file"
        self.assert_one_line(self.command(arguments, **keywords), USAGE, text)
        self.assertEqual(before, sorted(os.listdir(self.output)))
        self.check_files()

    def check_files(self):
        for path, content in (
            (self.firmware, self.guest.firmware), (self.tik, self.guest.tik),
            (self.tek, self.guest.tek),
        ):
            self.assertEqual(content, Path(path).read_bytes())

    def spellings(self, path):
        """Yields other names of a file."""
        folder, name = os.path.split(path)
        yield path
        yield f"{folder}/./{name}"
        yield f"{folder}//{name}"
        yield f"{folder}/../{os.path.basename(folder)}/{name}"
        yield f"/proc/self/root{path}"
        link = str(self.folder / "link")
        for make, target in (
            (os.symlink, path), (os.symlink, os.path.relpath(path, self.folder)), (os.link, path),
        ):
            if make is os.symlink or os.path.exists(path):
                make(target, link)
                yield link
                os.unlink(link)
        os.symlink(folder, link)
        yield f"{link}/{name}"
        os.unlink(link)

    def test_both_outputs(self):
        for there in (False, True):
            if there:
                Path(self.payload).write_bytes(b"before")
            for spelling in self.spellings(self.payload):
                with self.subTest(spelling=spelling, there=there):
                    self.refuse("secret_header", "secret-payload", spelling)
            self.refuse("secret_header", "secret-payload", "payload", cwd=self.output)
            os.symlink("payload", self.header)
            self.refuse("secret_header", "secret-payload", self.header)
            os.unlink(self.header)

    def test_files_that_are_read(self):
        for spelling in self.spellings(self.tik):
            with self.subTest(spelling=spelling):
                self.refuse("secret_payload", "tik", spelling)
        for option in ("tik", "tek", "firmware"):
            self.refuse("secret_header", option, getattr(self, option))
        secret = str(self.folder / "secret-0")
        for spelling in self.spellings(secret):
            self.write("secret-0", b"x")
            self.refuse("secret_payload", "inject-secret", spelling)

    def test_every_option_that_names_a_file(self):
        path = self.write("some", b"content")
        for option in (
            "launch_info", "kernel", "initrd", "cmdline_file", "vmsa_cpu0", "vmsa_cpu1", "tk",
        ):
            more = {option: path}
            if option in ("initrd", "cmdline_file"):
                more["kernel"] = self.firmware
            if option.startswith("vmsa"):
                pages = {"vmsa_cpu0": self.firmware, "vmsa_cpu1": self.firmware}
                more |= {"num_cpus": 2} | pages | {option: path}
            name = option.replace("_", "-")
            with self.subTest(option=option):
                self.refuse("secret_payload", name, path, more=more)

    def test_cpu_states(self):
        more = {"cpu_type": "EPYC", "num_cpus": 1}
        self.refuse("vmsa_out", "firmware", self.firmware, more=more)
        self.refuse("vmsa_out", "secret-payload", self.payload, more=more)

    def test_standard_input(self):
        with open(self.tik, "rb") as file:
            self.refuse("secret_payload", "tik", self.tik, more={"tik": "-"}, stdin=file)

    def test_files_that_differ(self):
        """Names that differ in a folder, a letter or a link."""
        os.mkdir(self.output / "folder")
        os.symlink("folder", self.output / "link")
        for header, payload in (
            ("x", "X"), ("folder/x", "x"), ("x", "link/x"), ("./x", ".x"), ("x", "x.x"),
        ):
            arguments = self.inject({"luks-key": b"x"}, secret_header=str(self.output / header),
                                    secret_payload=str(self.output / payload))
            with self.subTest(header=header, payload=payload):
                self.assert_injected(self.command(arguments), 1)
                for name in (header, payload):
                    (self.output / name).unlink()


class Interrupted(SecretTest):
    @contextlib.contextmanager
    def started(self, arguments, **keywords):
        command = [runner.COMMAND, *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              **keywords) as child:
            try:
                yield child
            finally:
                child.kill()

    def wait_for(self, child, is_so):
        deadline = time.monotonic() + 60
        while not is_so():
            self.assertIsNone(child.poll(), "it ended")
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)

    def test_while_a_pipe_has_no_reader(self):
        """The header is begun and waits for the payload: no part of it stays."""
        os.mkfifo(self.payload)
        Path(self.header).write_bytes(b"before")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
            with self.started(self.inject({"luks-key": b"x"})) as child:
                self.wait_for(child, lambda: len(os.listdir(self.output)) > 2)
                child.send_signal(number)
                child.communicate(timeout=60)
                self.assertEqual(-number, child.returncode)
            self.assert_nothing_written(["header", "payload"])
            self.assertEqual(b"before", Path(self.header).read_bytes())

    def test_while_a_pipe_is_full(self):
        os.mkfifo(self.payload)
        reader = os.open(self.payload, os.O_RDONLY | os.O_NONBLOCK)
        fcntl.fcntl(reader, fcntl.F_SETPIPE_SZ, 4096)
        writer = os.open(self.payload, os.O_WRONLY)
        os.write(writer, bytes(4096))
        with self.started(self.inject({"luks-key": b"x"})) as child:
            self.wait_for(child, lambda: len(os.listdir(self.output)) > 1)
            time.sleep(0.3)
            self.assertIsNone(child.poll())
            child.send_signal(signal.SIGINT)
            child.communicate(timeout=60)
            self.assertEqual(-signal.SIGINT, child.returncode)
        os.close(reader)
        os.close(writer)
        self.assert_nothing_written(["payload"])

    def test_a_reader_that_comes_late(self):
        os.mkfifo(self.payload)
        secrets = self.secrets(1)
        with self.started(self.inject(secrets)) as child:
            self.wait_for(child, lambda: len(os.listdir(self.output)) > 1)
            payload = Path(self.payload).read_bytes()
            self.assertEqual(OK_LINE + b"OK: Injected 1 secrets\n", child.communicate()[0])
        os.unlink(self.payload)
        Path(self.payload).write_bytes(payload)
        self.assert_table(secrets)

    def test_nothing_half_written_is_left_under_the_names(self):
        """Killed while it reads the secret: both files are as before."""
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
