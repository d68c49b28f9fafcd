# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does everything that cannot be validated end in one clear line, and in the exit
code that the manual gives it?"""
import base64
import hashlib
import os
import resource
import shutil
import socket
import struct
import subprocess
import uuid

import runner
from model import SEV_ES, encode, image, sev_entries
from runner import FAILED, MATCH, OK_LINE, USAGE, CommandTest, main

NOBODY = 65534


class Options(CommandTest):
    def test_unknown(self):
        for option in (
            "--no-such-option", "--no-such-option=x", "--firmwarex", "--firmware_", "-x", "-xq",
            "-5",
            "--Firmware", "-F", "---firmware", "--tkx=1", "-d-", "-é", "--é", "--=", "-=",
        ):
            with self.subTest(option=option):
                expected = "ambiguous" if option == "--=" else "--help lists them"
                texts = (f"ERROR: '{option}' ", expected)
                self.assert_refused([*self.arguments(), option], USAGE, *texts)

    def test_stray(self):
        for stray in ("x", "-", "", "a b", "-x y", "--x y"):
            with self.subTest(stray=stray):
                texts = (f"ERROR: '{stray}' ", "belongs to no option")
                self.assert_refused([*self.arguments(), stray], USAGE, *texts)
                self.assert_refused([stray, *self.arguments()], USAGE, *texts)

    def test_stray_after_two_dashes_is_not_an_option(self):
        result = self.command([*self.arguments(), "--", "--t"])
        self.assert_one_line(result, USAGE, "'--t' belongs to no option")
        self.assertNotIn(b"--tik", result.err, result)

    def test_missing(self):
        for option in ("measurement", "api_major", "api_minor", "build_id", "policy"):
            with self.subTest(option=option):
                name = "--" + option.replace("_", "-")
                self.assert_refused(self.arguments(**{option: None}), USAGE, name, "required")

    def test_valueless(self):
        for name in self.values(launch_digest="", tk=""):
            for follows in ([], ["-d"], ["--debug"], ["--api-major", "1"], ["--"], ["-5"], ["-x"]):
                with self.subTest(name=name, follows=follows):
                    self.assert_one_line(
                        self.command([*self.arguments(), name, *follows]), USAGE, name,
                        "needs a value"
                    )
            self.assert_silent(self.command([*self.arguments(), name, "-q"]), USAGE)
            self.assert_silent(self.command(["-q", *self.arguments(), name]), USAGE)
        for letter, name in (("-m", "--measurement"), ("-f", "--firmware")):
            for spelled in (letter, "-d" + letter[1:]):
                self.assert_refused([*self.arguments(), spelled], USAGE, name, "needs a value")

    def test_keys(self):
        both = "--tk is mutually exclusive with --tek/--tik"
        for changes in ({"tik": self.tik}, {"tek": self.tek}, {"tik": self.tik, "tek": self.tek}):
            with self.subTest(changes=changes):
                self.assert_refused(self.arguments(tk=self.tk, **changes), USAGE, both)
        neither = "Either --tk or both of --tek/--tik are required"
        for changes in ({"tik": None}, {"tik": None, "tek": None}):
            with self.subTest(changes=changes):
                self.assert_refused(self.arguments(**changes), USAGE, neither)

    def test_a_tek_is_needed_for_a_secret_alone(self):
        arguments = self.arguments(tek=None)
        self.assert_ok(self.command(arguments))
        packet = ["--secret-header=h", "--secret-payload=p", f"--inject-secret=luks-key:{self.tik}"]
        neither = "Either --tk or both of --tek/--tik are required"
        self.assert_refused([*arguments, *packet], USAGE, neither)
        forged = self.arguments(tek=None, measurement=self.guest.changed(tik=bytes(16)).measurement)
        hint = self.assert_mismatch(self.command(forged))
        self.assertNotIn("swapped", hint)

    def test_what_was_launched(self):
        digest = self.guest.launch_digest.hex()
        texts = ("--firmware", "--launch-digest", "required")
        self.assert_refused(self.arguments(firmware=None), USAGE, *texts)
        texts = ("--launch-digest is mutually exclusive with --firmware",)
        for both in (digest, ""):
            with self.subTest(both=both):
                self.assert_refused(self.arguments(launch_digest=both), USAGE, *texts)

    def test_launch_digest(self):
        digest = self.guest.launch_digest.hex()
        for wrong in (
            "", digest[:-1], digest[:-2], digest + "0", digest + "00", digest[:-1] + "g",
            digest[:-1] + " ",
            " " + digest, digest + "\n", "0x" + digest[2:], "0x" + digest, digest[:-2] + "-1",
            "é" * 32,
            digest[:-1] + "\x7f", "f" * 100000,
        ):
            with self.subTest(wrong=wrong[:80]):
                arguments = self.arguments(firmware=None, launch_digest=wrong)
                texts = ("--launch-digest", "64 hexadecimal digits, or 44 characters of base64")
                self.assert_refused(arguments, USAGE, *texts)

    def test_launch_digest_in_base64(self):
        given = {"firmware": None}
        right = encode(self.guest.launch_digest)
        for text in (right, self.guest.launch_digest.hex().upper()):
            self.assert_ok(self.command(self.arguments(**given, launch_digest=text)))
        other = right[:-2] + chr(ord(right[-2]) + 1) + "="  # the same 32 bytes, and another bit
        for wrong in (
            right[:-1], right[:-1] + "\n", " " + right[1:], right + "=", "=" + right[1:], other,
            right[:43] + "A", "-" + right[1:], encode(self.guest.launch_digest[:31]),
        ):
            with self.subTest(wrong=wrong):
                arguments = self.arguments(**given, launch_digest=wrong)
                self.assert_refused(arguments, USAGE, "--launch-digest", "44 characters of base64")

    def test_launch_digest_of_snp(self):
        snp = hashlib.sha384(self.guest.firmware).digest()
        for text in (snp.hex(), encode(snp)):
            arguments = self.arguments(firmware=None, launch_digest=text)
            self.assert_refused(arguments, USAGE, "--launch-digest", "SEV-SNP")


class Numbers(CommandTest):
    MAXIMUM = {"api_major": 0xFF, "api_minor": 0xFF, "build_id": 0xFF, "policy": 0xFFFFFFFF}

    def test_boundaries_are_accepted(self):
        # With the launch digest, since some of these policies are those of SEV-ES guests.
        digest = self.guest.launch_digest.hex()
        for field, maximum in self.MAXIMUM.items():
            for value in (0, 1, 9, 10, 15, 16, 0x7F, 0x80, maximum - 1, maximum):
                guest = self.guest.changed(**{field: value})
                for text in (
                    f"{value}", f"0{value}", f"{value:040d}", f"{value:#x}", f"0x{value:X}",
                    f"0X{value:x}",
                    f"0x{value:040x}",
                ):
                    with self.subTest(field=field, text=text):
                        changes = {"measurement": guest.measurement, field: text}
                        changes |= {"firmware": None, "launch_digest": digest}
                        self.assert_match(self.command(self.arguments(**changes)))

    def test_others_are_refused(self):
        for field, maximum in self.MAXIMUM.items():
            name = "--" + field.replace("_", "-")
            for text in (
                f"{maximum + 1}", f"{maximum + 1:#x}", f"{maximum}0", f"{maximum:#x}0",
                "18446744073709551616", "18446744073709551617", "0x10000000000000001",
                f"{1 << 128}",
                "9" * 5000, "", " ", "-1", "-0", "-0x1", "+1", "1 ", " 1", "1 2", "\t1", "1\n",
                "1.0",
                "1e0", "1_0", "1,0", "0x", "0X", "x1", "0xg", "0x 1", "0x-1", "0x0x1", "00x1", "1h",
                "0b1",
                "0o1", "a", "ff", "one", "１", "٣", "1é", "\x7f", "1\x0b",
            ):
                with self.subTest(field=field, text=text[:60]):
                    expected = (f"{name}:", f"number from 0 to {maximum}")
                    self.assert_refused(self.arguments(**{field: text}), USAGE, *expected)


class Measurement(CommandTest):
    def test_blanks_of_an_email_are_skipped(self):
        text = self.guest.measurement
        lines = [text[start : start + 20] for start in range(0, len(text), 20)]
        for pasted in (
            text + "\n", text + "\r\n", " " + text, "\t" + text + "\t", "\n".join(lines),
            "\r\n".join(lines) + "\r\n",
            " ".join(text), "\t \r\n".join(text), " " * 5000 + text + "\n" * 5000,
        ):
            with self.subTest(pasted=pasted[:120]):
                self.assert_ok(self.command(self.arguments(measurement=pasted)))

    def test_anything_but_48_bytes_is_refused(self):
        blob, text = self.guest.blob, self.guest.measurement
        encoded = {size: base64.b64encode((blob * 3)[:size]).decode() for size in range(145)}
        del encoded[48]
        wrong = list(encoded.values()) + [size.rstrip("=") for size in encoded.values()]
        wrong += [
            " ", "\n", "=", "====", text[:-1], text[:-2], text[:-4], text + "A", text + "AA",
            text + "AAAA",
            text + "=", text + "==", text + "====", "=" + text, text[:-1] + "=", text[:-2] + "==",
            text[:32] + "=" + text[32:],
            text[:32] + "=" + text[33:], "A" * 62 + "=A", "=" * 64, text[:4] + "==" + text[4:],
            text * 2, "A" * 100000,
        ]
        self.refuse(wrong)

    def test_another_alphabet_is_refused(self):
        text = self.guest.measurement
        foreign = "-_.,:;!\"#$%&'()*<>?@[]\\^`{|}~é\u00a0\u2028\v\f\x01\x1b\x7f"
        wrong = []
        for character in foreign:
            # In place of a character, and after all 64 of them.
            for rest in (text[1:], text):
                wrong += [character + rest, rest[:20] + character + rest[20:], rest + character]
        wrong += [os.fsdecode(bytes([byte])) + text[1:] for byte in range(0x80, 0x100)]
        urlsafe = base64.urlsafe_b64encode(b"\xfb\xff" * 24).decode()
        wrong += [urlsafe, self.guest.blob.hex(), "\u0410" * 64]
        self.refuse(wrong)

    def test_what_it_is_instead(self):
        blob, text = self.guest.blob, self.guest.measurement
        for what, wrong in {
            "hexadecimal digits": [blob.hex(), blob.hex().upper(), self.guest.launch_digest.hex(),
                                   self.guest.launch_digest.hex() + "\n", blob[:16].hex()],
            "quotation marks": [f'"{text}"', f"'{text}'"],
            "the name of a file": ["/run/measurement", "./m", "m.b64", "/" + "run/" * 9],
            "another length": [text[:-4], "measurement"],
        }.items():
            self.refuse(wrong, "got ", what)
        # Zeros are no hexadecimal digits: 64 letters A.
        self.assert_mismatch(self.command(self.arguments(measurement=encode(bytes(48)))))

    def refuse(self, wrong, *more):
        for text in wrong:
            with self.subTest(text=ascii(text[:100])):
                expected = ("--measurement:", "base64 of exactly 48 bytes", *more)
                self.assert_refused(self.arguments(measurement=text), USAGE, *expected)


class KeyFiles(CommandTest):
    def test_wrong_sizes(self):
        for option, right in (("tik", 16), ("tek", 16), ("tk", 32)):
            for size in (0, 1, 8, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 4096, 65536):
                if size == right:
                    continue
                with self.subTest(option=option, size=size):
                    path = self.write("wrong", self.rng.randbytes(size))
                    expected = (f"--{option}:", path, f"expected {right} bytes", f"got {size}\n")
                    self.assert_refused(self.arguments(**{option: path}), USAGE, *expected)

    def test_zero(self):
        """The TIK of a launch without a session, which everyone knows; a TEK is not looked at."""
        zero = self.guest.changed(tik=bytes(16))
        error = ": expected a key that was drawn at random, got zeros, the TIK of a launch without a session"
        for option, key in (("tk", zero.tek + zero.tik), ("tk", bytes(32)), ("tik", zero.tik)):
            keys = {"tek": None, "tik": None, option: self.write("zero", key)}
            arguments = self.arguments(measurement=zero.measurement, **keys)
            self.assert_refused(arguments, USAGE, f"--{option}{error}")
        for at in 0, 15:
            other = self.guest.changed(tik=bytes(at) + b"\1" + bytes(15 - at))
            self.assert_ok(self.command(self.arguments(tik=self.write("tik", other.tik),
                                                       measurement=other.measurement)))

    def test_endless(self):
        huge = self.write("huge", b"")
        os.truncate(huge, 1 << 40)
        long = self.write("long", b"")
        os.truncate(long, 65537)
        for option, right in (("tik", 16), ("tek", 16), ("tk", 32)):
            for path in ("/dev/zero", huge, long):
                with self.subTest(option=option, path=path):
                    sizes = (f"expected {right} bytes", "got more than 65536\n")
                    arguments = self.arguments(**{option: path})
                    self.assert_refused(arguments, USAGE, f"--{option}:", path, *sizes)

    def test_text(self):
        """Digits of one key are as many as two keys have bytes, and half as many as a key has."""
        tik, tek = self.guest.tik, self.guest.tek
        hexadecimal, base64_text = "hexadecimal text: decode it", "base64 text: decode it"
        for option, content, what in (
            ("tk", tik.hex(), hexadecimal), ("tk", tik.hex().upper(), hexadecimal),
            ("tik", tik[:8].hex(), hexadecimal), ("tik", tik.hex(), hexadecimal),
            ("tek", tek.hex() + "\n", hexadecimal), ("tk", (tek + tik).hex(), hexadecimal),
            ("tik", encode(tik), base64_text), ("tek", encode(tek) + "\r\n", base64_text),
            ("tk", encode(tek + tik), base64_text), ("tk", encode(tik), base64_text),
            ("tk", encode(b"\xfb\xef\xbe\xff\xff\xff" * 2 + tik[:4]), base64_text),
            ("tk", "01 23\t45\r\n" + tik.hex(), hexadecimal),
        ):
            with self.subTest(option=option, content=content):
                path = self.write("text", content.encode())
                texts = (f"--{option}: expected ", path, what)
                self.assert_refused(self.arguments(**{option: path}), USAGE, *texts)

    def test_a_newline_too_many(self):
        path = self.write("newline", self.guest.tik + b"\n")
        self.assert_refused(self.arguments(tik=path), USAGE, "expected 16 bytes", "got 17")


VARIABLES = uuid.UUID("fff12b8d-7696-4c8b-a985-2747075b4f50").bytes_le


def volume(kind, length):
    """The header of a firmware volume (UEFI PI 1.8, volume 3)."""
    return bytes(16) + kind + struct.pack("<Q", length) + b"_FVH"


class Firmware(CommandTest):
    def judge(self, firmware, **changes):
        path = self.write("given.fd", firmware)
        return self.arguments(firmware=path, **changes)

    def test_what_no_guest_starts(self):
        rest = bytes(300)
        for what, start in {
            "a qcow2 image": b"QFI\xfb\0\0\0\x03", "gzip data": b"\x1f\x8b\x08", "xz data": b"\xfd7zXZ\0",
            "zstd data": b"\x28\xb5\x2f\xfd", "bzip2 data": b"BZh9", "a zip archive": b"PK\x03\x04",
            "a Debian package": b"!<arch>\n", "an RPM package": b"\xed\xab\xee\xdb",
            "an ELF file": b"\x7fELF", "an IGVM file": b"IGVM",
            "HTML or XML": b"\r\n <!DOCTYPE html>", "HTML or XML,": b"<html>", "HTML": b"<HTML>", "or XML": b"<?xml",
            "a store of variables": volume(VARIABLES, 312),
        }.items():
            # With a table at its end, too: the last cluster of qcow2 can be the end of the image.
            for end in (rest, image(self.rng, sev_entries(), 300)):
                for policy in (1, SEV_ES):
                    arguments = self.judge((start + end)[:312], policy=policy, num_cpus=2,
                                           cpu_type="EPYC")
                    texts = ("--firmware: expected an image of firmware", "given.fd' is ", what)
                    self.assert_refused(arguments, USAGE, *texts)
                    printing = [f"--firmware={self.folder / 'given.fd'}", f"--policy={policy}"]
                    printing += ["--print-digest=hex", "--num-cpus=2", "--cpu-type=EPYC"]
                    if policy == SEV_ES:
                        self.assert_refused(printing, USAGE, *texts)

    def test_what_begins_like_it_is_firmware(self):
        """Also all of OVMF.fd, which has its variables first; and a table on its own."""
        whole = image(self.rng, sev_entries(), 400)
        for start in (b"QFI", b"\x1f\x8b\x09", b"7zXZ", b"BZ", b"PK\x03\x05", b"<x", b"<", b" " * 40,
                      volume(VARIABLES, 399), volume(bytes(16), 400), volume(VARIABLES, 400)[1:]):
            guest = self.guest.changed(firmware=start + whole[len(start):])
            with self.subTest(start=start):
                arguments = self.judge(guest.firmware, measurement=guest.measurement)
                self.assert_ok(self.command(arguments))
        for short in (b"<", b"Q", VARIABLES, volume(VARIABLES, 99)[:39]):
            guest = self.guest.changed(firmware=short)
            arguments = self.judge(short, measurement=guest.measurement)
            self.assert_warned(self.command(arguments), "does not end in OVMF's table")

    def test_a_file_that_is_cut_short(self):
        firmware = image(self.rng, sev_entries(), 4096)[:2048]
        printing = ["--policy=1", "--print-digest=hex", f"--firmware={self.write('cut', firmware)}"]
        result = self.command(printing)
        self.assertEqual((MATCH, hashlib.sha256(firmware).hexdigest() + "\n"),
                         (result.code, result.out.decode()), result)
        self.assertRegex(result.err, b"WARNING: '.*/cut' does not end in OVMF's table: it is cut")


class Policy(CommandTest):
    def print(self, *extra, **changes):
        values = {"policy": 1, "firmware": self.firmware, "print_digest": "hex"} | changes
        options = [f"--{name.replace('_', '-')}={value}" for name, value in values.items()]
        return [*options, *extra]

    def test_of_snp(self):
        texts = ("policy 0x30000 has bit 17", "SEV-SNP", "this command prints values of SEV and")
        self.assert_refused(self.print(policy=0x30000), USAGE, *texts)
        guest = self.guest.changed(policy=0x30000)
        arguments = self.arguments(policy=0x30000, measurement=guest.measurement)
        self.assert_warned(self.command(arguments), *texts[:2], "validates SEV and SEV-ES")
        printing = [*arguments, "--print-measurement=hex"]
        self.assert_refused(printing, USAGE, *texts)

    def test_that_allows_debugging(self):
        text = "policy 0xa allows debugging (bit 0, NODBG, is clear): the host may read and change"
        guest = self.guest.changed(policy=0xA)
        arguments = self.arguments(policy=0xA, measurement=guest.measurement)
        self.assert_warned(self.command(arguments), text)
        self.assertIn(text, self.command(self.print(policy=0xA)).err.decode())

    def test_for_which_cpus_are_void(self):
        """What is printed would lack them; a measurement is validated all the same."""
        for option, value in (("num_cpus", 2), ("cpu_type", "EPYC"), ("vmsa_fpu", "init2")):
            name = "--" + option.replace("_", "-")
            texts = (f"{name} is not measured, so it would not be in what is printed", "SEV-ES")
            self.assert_refused(self.print(**{option: value}), USAGE, *texts)
            both = [*self.arguments(**{option: value}), "--print-measurement=base64"]
            self.assert_refused(both, USAGE, *texts)
            text = f"{name} is not measured: the policy is not that of an SEV-ES guest"
            self.assert_warned(self.command(self.arguments(**{option: value})), text)


class Files(CommandTest):
    PATHS = ("firmware", "tik", "tek", "tk")

    def refuse(self, path, *texts, **keywords):
        for option in self.PATHS:
            with self.subTest(option=option, path=path[:80]):
                self.assert_refused(self.arguments(**{option: path}), FAILED, *texts, **keywords)

    def test_missing(self):
        for path in ("/no/such/file", str(self.folder / "none"), "none", " ", "/dev/fd/99"):
            self.refuse(path, f"cannot open '{path}'", "No such file or directory")

    def test_empty_name(self):
        self.refuse("", "cannot open ''", "No such file or directory")

    def test_directory(self):
        for path in (str(self.folder), "/", "."):
            self.refuse(path, f"'{path}'", "Is a directory")

    def test_not_a_directory(self):
        path = self.tik + "/x"
        self.refuse(path, f"cannot open '{path}'", "Not a directory")

    def test_loop_of_links(self):
        (self.folder / "a").symlink_to("b")
        (self.folder / "b").symlink_to("a")
        path = str(self.folder / "a")
        self.refuse(path, f"cannot open '{path}'", "Too many levels of symbolic links")

    def test_name_too_long(self):
        self.refuse("x" * 256, "x" * 256, "File name too long")
        self.refuse("x/" * 20000, "File name too long")

    @runner.uncounted
    def test_no_permission(self):
        command = str(self.folder / "command")
        shutil.copy(runner.COMMAND, command)
        closed = self.write("closed", self.guest.tik)
        os.chmod(closed, 0)
        keywords = {"command": command}
        if os.geteuid() == 0:
            keywords |= {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self.refuse(closed, f"cannot open '{closed}'", "Permission denied", **keywords)

    @runner.uncounted
    def test_no_descriptor_left(self):
        # The firmware's pipe shows when the program is loaded; loading needs descriptors, too.
        pipe = str(self.folder / "pipe")
        os.mkfifo(pipe)
        command = [runner.COMMAND, *self.arguments(firmware=pipe, tk=self.tk)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
            with open(pipe, "wb") as writer:
                resource.prlimit(child.pid, resource.RLIMIT_NOFILE, (3, 3))
                writer.write(self.guest.firmware)
            out, err = child.communicate(timeout=240)
        result = self.check_always(runner.Result(command[1:], child.returncode, out, err))
        self.assert_one_line(result, FAILED, f"cannot open '{self.tk}'", "Too many open files")

    def test_cannot_be_read(self):
        # It opens, but nothing is mapped at address 0.
        self.refuse("/proc/self/mem", "cannot read '/proc/self/mem'", "Input/output error")

    def test_socket(self):
        path = str(self.folder / "socket")
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(path)
            self.refuse(path, f"cannot open '{path}'", "No such device or address")


class Streams(CommandTest):
    def test_standard_input_twice(self):
        pairs = [("firmware", "tik"), ("firmware", "tek"), ("firmware", "tk"), ("tek", "tik")]
        for first, second in pairs:
            with self.subTest(first=first, second=second):
                changes = {first: "-", second: "-"}
                texts = (f"--{first}", f"--{second}", "read once")
                self.assert_refused(self.arguments(**changes), USAGE, *texts, input=b"x" * 100)

    def test_standard_input_twice_under_other_names(self):
        for name in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"):
            with self.subTest(name=name):
                arguments = self.arguments(firmware="-", tk=name)
                texts = ("--tk:", f"'{name}'", "expected 32 bytes", "got 0")
                self.assert_refused(arguments, USAGE, *texts, input=self.guest.firmware)

    def test_output_that_cannot_be_written(self):
        for arguments in (self.arguments(), ["--help"], ["--version"], [*self.arguments(), "-d"]):
            with self.subTest(arguments=arguments), open("/dev/full", "wb") as full:
                result = self.command(arguments, stdout=full)
                self.assertEqual(FAILED, result.code, result)
                error = b"ERROR: cannot write to standard output\n"
                self.assertTrue(result.err.endswith(error), result)
        with open("/dev/full", "wb") as full:
            self.assert_silent(self.command(["-q", *self.arguments()], stdout=full), MATCH)

    def test_output_that_nobody_reads(self):
        for arguments in (self.arguments(), ["--help"]):
            read, write = os.pipe()
            os.close(read)
            result = self.command(arguments, stdout=write)
            os.close(write)
            self.assert_one_line(result, FAILED, "cannot write to standard output")

    def test_errors_that_cannot_be_written(self):
        with open("/dev/full", "wb") as full:
            for code, arguments in {
                MATCH: self.arguments(),
                runner.MISMATCH: self.arguments(measurement="A" * 64),
                USAGE: self.arguments(policy="x"),
                FAILED: self.arguments(tk="/no/such/file"),
            }.items():
                result = self.command([*arguments, "-d"], stderr=full)
                self.assertEqual(code, result.code, result)
                self.assertEqual(OK_LINE if code == MATCH else b"", result.out, result)


class Names(CommandTest):
    """A name may come from somebody else: it must not change the terminal's text."""

    def show(self, name):
        for option in ("firmware", "tk"):
            result = self.assert_refused(self.arguments(**{option: name}), FAILED, "cannot open '")
        self.assert_refused([*self.arguments(), "--bogus" + name], USAGE, "--bogus")
        self.assert_refused([*self.arguments(), "a" + name], USAGE, "belongs to no option")
        self.assert_refused(self.arguments(policy=name), USAGE, "--policy")
        self.assert_refused(self.arguments(measurement=name), USAGE, "--measurement")
        arguments = self.arguments(firmware=None, launch_digest=name)
        self.assert_refused(arguments, USAGE, "--launch-digest")
        return result.err

    def test_control_characters(self):
        for byte in [*range(1, 0x20), 0x7F]:
            with self.subTest(byte=byte):
                self.assertIn(b"'/no/a?b'", self.show(f"/no/a{chr(byte)}b"))

    def test_escape_sequences(self):
        name = "/no/\x1b[2J\x1b]0;title\x07\nOK: Looks good to me\r"
        self.assertIn(b"'/no/?[2J?]0;title??OK: Looks good to me?'", self.show(name))

    def test_other_languages_stay_readable(self):
        self.assertIn("'/no/sécurité-日本-🙂'".encode(), self.show("/no/sécurité-日本-🙂"))

    def test_control_characters_beyond_ascii(self):
        # U+009B is what ESC [ is; a terminal in an 8-bit mode takes the byte alone for it.
        for name in ("/no/a\u009b31mb", os.fsdecode(b"/no/a\x9b31mb")):
            self.assertNotIn(b"\x9b", self.show(name))

    def test_long_names_stay_one_line(self):
        for length in (200, 250, 251, 252, 253, 254, 255, 256, 257, 511, 512, 513, 100000):
            name = "/" + "n" * length
            self.assertIn(name.encode(), self.show(name))


if __name__ == "__main__":
    main()
