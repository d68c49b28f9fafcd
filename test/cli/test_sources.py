# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is every byte of a file read once and in order, whatever the file is and
however it is delivered, and is a file that changes meanwhile refused?"""
import contextlib
import fcntl
import os
import re
import signal
import subprocess
import threading
import time
import unittest
from pathlib import Path

import runner
from runner import COMMAND, FAILED, MATCH, OVMF, USAGE, CommandTest, Result, main

PATHS = ("firmware", "tik", "tek", "tk")
KIB = 1 << 10
MIB = 1 << 20


class SourceTest(CommandTest):
    def content(self, option):
        guest = self.guest
        return {
            "firmware": guest.firmware, "tik": guest.tik, "tek": guest.tek,
            "tk": guest.tek + guest.tik,
        }[option]

    def fifo(self, name="fifo"):
        path = str(self.folder / name)
        os.mkfifo(path)
        return path

    @contextlib.contextmanager
    def started(self, arguments, **keywords):
        """The command while it runs; if the test fails meanwhile, the command is ended."""
        keywords = {"stdin": subprocess.DEVNULL} | keywords
        child = subprocess.Popen(
            [COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, **keywords
        )
        with child:
            try:
                yield child
            finally:
                if child.poll() is None:
                    child.kill()

    def end(self, child, timeout=240):
        out, err = child.communicate(timeout=timeout)
        return self.check_always(Result(child.args[1:], child.returncode, out, err))

    def deliver(self, path, pieces, pause=0.0):
        """Writes to a pipe, each piece on its own, while the command reads."""

        def write():
            # Unbuffered: every piece is a write of its own.
            with contextlib.suppress(BrokenPipeError), open(path, "wb", buffering=0) as writer:
                for piece in pieces:
                    writer.write(piece)
                    time.sleep(pause)

        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        self.addCleanup(writer.join, 60)

    def peak_kib(self, **changes):
        """Returns the peak memory of the command until all but the keys was read."""
        pipe = self.fifo(f"tk-{self.rng.getrandbits(64)}")
        with self.started(self.arguments(tk=pipe, **changes)) as child:
            with open(pipe, "wb") as writer:
                status = Path(f"/proc/{child.pid}/status").read_text()
                writer.write(self.content("tk"))
            self.assert_match(self.end(child))
        return int(re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)[1])


class Kinds(SourceTest):
    def test_regular_files(self):
        self.assert_ok(self.command(self.arguments()))
        self.assert_ok(self.command(self.arguments(tk=self.tk)))

    def test_links(self):
        for option in PATHS:
            link = self.folder / f"link-{option}"
            link.symlink_to(self.write(f"target-{option}", self.content(option)))
            self.assert_ok(self.command(self.arguments(**{option: str(link)})))

    def test_sizes_around_the_buffer(self):
        for size in (
            1, 63, 64, 65, 4 * KIB - 1, 64 * KIB - 1, 64 * KIB, 64 * KIB + 1, 128 * KIB,
            3 * MIB + 7,
        ):
            with self.subTest(size=size):
                firmware = self.rng.randbytes(size)
                self.use(self.guest.changed(firmware=firmware))
                self.assert_match(self.command(self.arguments()))
                self.assert_match(self.command(self.arguments(firmware="-"), input=firmware))

    def test_the_same_file_for_two_options(self):
        self.use(self.guest.changed(tek=self.guest.tik))
        self.assert_ok(self.command(self.arguments(tek=self.tik)))

    def test_real_firmware(self):
        self.use(self.guest.changed(firmware=OVMF.read_bytes()))
        self.assert_ok(self.command(self.arguments(firmware=OVMF)))
        self.assert_ok(self.command(self.arguments(firmware="-"), input=self.guest.firmware))

    def test_named_pipes(self):
        for option in PATHS:
            with self.subTest(option=option):
                path = self.fifo(f"fifo-{option}")
                self.deliver(path, [self.content(option)])
                self.assert_ok(self.command(self.arguments(**{option: path})))

    def test_all_of_them_pipes(self):
        paths = {option: self.fifo(option) for option in ("firmware", "tik", "tek")}
        for option, path in paths.items():
            self.deliver(path, [self.content(option)])
        self.assert_ok(self.command(self.arguments(**paths)))

    def test_inherited_descriptors(self):
        for option in PATHS:
            for folder in ("/dev/fd", "/proc/self/fd"):
                with self.subTest(option=option, folder=folder):
                    read, write = os.pipe()
                    os.write(write, self.content(option))
                    os.close(write)
                    arguments = self.arguments(**{option: f"{folder}/{read}"})
                    self.assert_ok(self.command(arguments, pass_fds=[read]))
                    os.close(read)

    def test_process_substitution(self):
        script = 'exec "$0" --firmware <(cat "$1") --tik <(cat "$2") --tek <(cat "$3") "${@:4}"'
        rest = self.arguments(firmware=None, tik=None, tek=None)
        arguments = ["-c", script, COMMAND, self.firmware, self.tik, self.tek, *rest]
        self.assert_ok(self.command(arguments, command="/bin/bash"))

    def test_standard_input(self):
        for option in PATHS:
            arguments = self.arguments(**{option: "-"})
            with self.subTest(option=option, kind="pipe"):
                self.assert_ok(self.command(arguments, input=self.content(option)))
            path = self.write("stdin", b"skipped" + self.content(option))
            with self.subTest(option=option, kind="file"), open(path, "rb") as file:
                os.lseek(file.fileno(), len("skipped"), os.SEEK_SET)
                self.assert_ok(self.command(arguments, stdin=file))
            for name in ("/dev/stdin", "/dev/fd/0"):
                with self.subTest(option=option, name=name):
                    arguments = self.arguments(**{option: name})
                    self.assert_ok(self.command(arguments, input=self.content(option)))

    def test_a_file_called_dash(self):
        (self.folder / "-").write_bytes(self.guest.firmware)
        self.assert_ok(self.command(self.arguments(firmware="./-"), cwd=self.folder))

    def test_wrong_sizes_through_a_pipe(self):
        for option in ("tik", "tek", "tk"):
            for content in (self.content(option)[:-1], self.content(option) + b"\0", b""):
                with self.subTest(option=option, size=len(content)):
                    arguments = self.arguments(**{option: "-"})
                    texts = (f"--{option}:", "'-'", f"got {len(content)}\n")
                    self.assert_refused(arguments, USAGE, *texts, input=content)


class Delivery(SourceTest):
    def test_one_byte_at_a_time(self):
        for option in PATHS:
            with self.subTest(option=option):
                path = self.fifo(f"fifo-{option}")
                self.deliver(path, [bytes([byte]) for byte in self.content(option)])
                self.assert_ok(self.command(self.arguments(**{option: path})))

    def test_slowly(self):
        for option in PATHS:
            with self.subTest(option=option):
                content = self.content(option)
                step = max(1, len(content) // 8)
                path = self.fifo(f"fifo-{option}")
                pieces = [content[start : start + step] for start in range(0, len(content), step)]
                self.deliver(path, pieces, pause=0.02)
                self.assert_ok(self.command(self.arguments(**{option: path})))

    def test_pieces_of_random_sizes(self):
        firmware = self.rng.randbytes(300 * KIB)
        self.use(self.guest.changed(firmware=firmware))
        cuts = sorted(self.rng.sample(range(len(firmware)), 50))
        pieces = [firmware[a:b] for a, b in zip([0, *cuts], [*cuts, len(firmware)])]
        path = self.fifo()
        self.deliver(path, pieces)
        self.assert_match(self.command(self.arguments(firmware=path)))

    def test_stopped_and_continued_between_reads(self):
        for option in PATHS:
            with self.subTest(option=option):
                content = self.content(option)
                arguments = self.arguments(**{option: "-"})
                with self.started(arguments, stdin=subprocess.PIPE, bufsize=0) as child:
                    step = max(1, len(content) // 32)
                    for start in range(0, len(content), step):
                        child.send_signal(signal.SIGSTOP)
                        child.stdin.write(content[start : start + step])
                        child.send_signal(signal.SIGCONT)
                        time.sleep(0.001)
                    self.assert_ok(self.end(child))

    def test_stopped_while_a_pipe_is_opened(self):
        path = self.fifo()
        with self.started(self.arguments(firmware=path)) as child:
            for _ in range(50):
                child.send_signal(signal.SIGSTOP)
                time.sleep(0.001)
                child.send_signal(signal.SIGCONT)
            self.deliver(path, [self.guest.firmware])
            self.assert_ok(self.end(child))

    def test_a_writer_that_gives_up_is_an_end_like_any_other(self):
        path = self.fifo()
        self.deliver(path, [self.guest.firmware[:1000]])
        self.assert_mismatch(self.command(self.arguments(firmware=path)))


class Changing(SourceTest):
    """The command is stopped in the middle of a file, which then changes."""

    def position(self, child, path):
        """Returns how far the command has read the file; None if it has not opened it."""
        folder = Path(f"/proc/{child.pid}/fd")
        with contextlib.suppress(OSError):
            for link in folder.iterdir():
                if os.readlink(link) == path:
                    text = (folder.parent / "fdinfo" / link.name).read_text()
                    return int(re.search(r"^pos:\s*(\d+)$", text, re.MULTILINE)[1])
        return None

    def stop_in_the_middle(self, child, path):
        """Returns True if the command is stopped in the middle of the file."""
        while child.poll() is None and not self.position(child, path):
            pass
        child.send_signal(signal.SIGSTOP)
        while child.poll() is None and " T " not in Path(f"/proc/{child.pid}/stat").read_text():
            time.sleep(0.001)
        position = self.position(child, path)
        return position is not None and 0 < position < os.path.getsize(path)

    def change(self, change, size=64 * MIB):
        """Changes the file; starts again with a larger one if the command read it too fast."""
        path = self.write("changing.fd", b"")
        os.truncate(path, size)
        with self.started(self.arguments(firmware=path)) as child:
            if not self.stop_in_the_middle(child, path):
                child.kill()
                self.assertLess(size, 4 * KIB * MIB, "never stopped in the middle")
                return self.change(change, size * 2)
            change(path, self.position(child, path))
            child.send_signal(signal.SIGCONT)
            result = self.end(child)
        text = f"cannot read '{path}': it changed while it was read"
        self.assert_one_line(result, FAILED, text)
        return result

    def resize(self, size_of):
        def change(path, position):
            os.truncate(path, size_of(os.path.getsize(path), position))

        self.change(change)

    def test_growing(self):
        for more in (1, MIB):
            with self.subTest(more=more):
                self.resize(lambda size, position, more=more: size + more)

    def test_shrinking_before_what_was_read(self):
        self.resize(lambda size, position: 0)
        self.resize(lambda size, position: position - 1)

    def test_shrinking_after_what_was_read(self):
        self.resize(lambda size, position: position)
        self.resize(lambda size, position: size - 1)

    def test_other_bytes_under_the_same_time(self):
        """A writer can set the time of the last write, but not that of the status change."""

        def change(path, _position):
            before = os.stat(path)
            with open(path, "r+b") as file:
                file.seek(-1, os.SEEK_END)
                file.write(b"x")
            os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

        self.change(change)

    def test_standing_still_alone_changes_nothing(self):
        firmware = bytes(64 * MIB)
        guest = self.guest.changed(firmware=firmware)
        path = self.write("still.fd", firmware)
        arguments = self.arguments(firmware=path, measurement=guest.measurement)
        with self.started(arguments) as child:
            self.stop_in_the_middle(child, path)
            child.send_signal(signal.SIGCONT)
            self.assert_match(self.end(child))


class Waiting(SourceTest):
    """The command waits for a pipe that says "not yet"."""

    def test_standard_input(self):
        read, write = os.pipe()
        os.set_blocking(read, False)
        with self.started(self.arguments(firmware="-"), stdin=read) as child:
            for start in range(0, 4096, 1024):
                time.sleep(0.05)
                os.write(write, self.guest.firmware[start : start + 1024])
            os.close(write)
            self.assert_ok(self.end(child))
        os.close(read)

    def test_standard_output(self):
        read, write = os.pipe()
        fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
        os.set_blocking(write, False)
        os.write(write, bytes(4096))
        with subprocess.Popen([COMMAND, "--help"], stdout=write) as child:
            time.sleep(0.2)
            self.assertIsNone(child.poll())
            os.close(write)
            with open(read, "rb") as reader:
                content = reader.read()
        self.assertEqual(0, child.returncode)
        self.assertTrue(content.startswith(bytes(4096) + b"usage: "), content[4096:])
        self.assertIn(b"--secret-padding", content)


class Sizes(SourceTest):
    def test_files_whose_size_says_nothing(self):
        """Files of /proc report the size 0, files of /sys the size of a page."""
        for path in ("/proc/version", "/sys/kernel/cpu_byteorder", "/sys/kernel/oops_count"):
            if os.path.exists(path):  # as the kernel is built
                content = Path(path).read_bytes()
                guest = self.guest.changed(firmware=content)
                arguments = self.arguments(firmware=path, measurement=guest.measurement)
                self.assert_match(self.command(arguments))


class Memory(SourceTest):
    @unittest.skipIf(runner.is_sanitized(), "AddressSanitizer has memory of its own")
    def test_is_constant(self):
        for size in (4 * KIB, 256 * MIB):
            path = self.write("sparse.fd", b"")
            os.truncate(path, size)
            measurement = self.guest.changed(firmware=bytes(size)).measurement
            peak = self.peak_kib(firmware=path, measurement=measurement)
            print(f"firmware of {size} bytes: at most {peak} KiB resident", flush=True)
            self.assertLess(peak, 4 * KIB)


class ClosedStreams(SourceTest):
    """If a standard stream is closed, a file that is opened gets its number."""

    def closing(self, arguments, *closed):
        return self.command(arguments, preexec_fn=lambda: [os.close(fd) for fd in closed])

    def test_standard_input(self):
        self.assert_ok(self.closing(self.arguments(), 0))
        self.assert_ok(self.closing(self.arguments(tk=self.tk), 0))
        for option in PATHS:
            with self.subTest(option=option):
                arguments = self.arguments(**{option: "-"})
                result = self.closing(arguments, 0)
                self.assertIn(result.code, (USAGE, FAILED), result)
                self.assertEqual(b"", result.out, result)

    def test_standard_input_is_named_as_the_reason(self):
        result = self.closing(self.arguments(tk="-"), 0)
        self.assert_one_line(result, FAILED, "cannot open '-'", "Bad file descriptor")

    def test_standard_output(self):
        for closed in ([1], [0, 1], [1, 2], [0, 1, 2]):
            arguments = self.arguments()
            for arguments in (arguments, ["--help"], ["--version"], [*arguments, "-d"]):
                with self.subTest(closed=closed, arguments=arguments):
                    result = self.closing(arguments, *closed)
                    self.assertEqual((FAILED, b""), (result.code, result.out), result)
            result = self.closing([*self.arguments(), "-q"], *closed)
            self.assertEqual(MATCH, result.code, result)

    def test_standard_error(self):
        for closed in ([2], [0, 2]):
            self.assert_ok(self.closing(self.arguments(), *closed))
            self.assert_ok(self.closing([*self.arguments(), "-d"], *closed))
            mistakes = {1: {"measurement": "A" * 64}, 2: {"policy": "x"}, 3: {"tk": "/"}}
            for code, change in mistakes.items():
                result = self.closing([*self.arguments(**change), "-d"], *closed)
                self.assert_silent(result, code)

    def test_files_are_never_written_to(self):
        before = {path: Path(path).read_bytes() for path in (self.firmware, self.tik, self.tek)}
        for closed in ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]):
            self.closing([*self.arguments(), "-d"], *closed)
            self.closing([*self.arguments(tik="/"), "-d"], *closed)
        self.assertEqual(before, {path: Path(path).read_bytes() for path in before})


if __name__ == "__main__":
    main()
