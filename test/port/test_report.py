# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does the POSIX port get a report, or say why not, and leave nothing behind, whatever a system call
of configfs-tsm or of /dev/sev-guest does? fake_guest.c plays both: no guest of SEV-SNP is at hand.
"""
import errno
import os
import signal
from pathlib import Path

from fake_guest import FakeGuest
from runner import FAILED, MATCH, FolderTest, main

DATA = b"a nonce".ljust(64, b"\0")
FOLDER = "/sys/kernel/config/tsm/report"
ERRORS = errno.EIO, errno.EACCES, errno.ENOMEM


class PortTest(FolderTest):
    WAY = "configfs"

    def setUp(self):
        super().setUp()
        self.guest = FakeGuest("guest", self.WAY)
        self.report = self.guest.expect(DATA)
        self.guest.expect(DATA, vmpl=1)
        self.out, self.certs = Path("report.bin"), Path("certs.bin")

    def get(self, *words, **settings):
        for path in self.out, self.certs:
            path.unlink(missing_ok=True)
        return self.guest.run("--report-data", DATA.hex(), "--out", self.out, "--certs-out", self.certs,
                              *words, **settings)

    def assert_got(self, result, entries=None):
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        self.assertEqual(self.out.read_bytes(), self.report)
        self.assertEqual(self.certs.read_bytes(), self.guest.table)
        entries = (1 if self.WAY == "configfs" else 0) if entries is None else entries
        self.assertEqual(self.guest.entries, (entries, 0), self.guest.lines())

    def assert_failed(self, result, *texts, left=0):
        self.assertEqual((FAILED, b""), (result.code, result.out), result)
        self.assertRegex(result.err, rb"\AERROR: [^\n]+\n\Z", result)
        for text in texts:
            self.assertIn(text.encode(), result.err, result)
        self.assertFalse(self.out.exists() or self.certs.exists())
        self.assertEqual(self.guest.entries[1], left, self.guest.lines())

    def each_call(self, *words, **settings):
        """Yields a number and a call, of those that a run without a fault makes."""
        self.assertEqual(self.get(*words, **settings).code, MATCH)
        calls = self.guest.calls
        self.assertGreater(len(calls), 3)
        yield from enumerate(calls, 1)


class Common:
    def test_a_short_read_or_write_makes_no_difference(self):
        for n, _call in self.each_call():
            self.assert_got(self.get(fault=f"{n}:0"))

    def test_a_signal_ends_the_program_when_it_left_nothing(self):
        for n, _call in self.each_call():
            result = self.get(fault=f"{n}:{-signal.SIGTERM}")
            self.assertEqual((-signal.SIGTERM, b"", b""), (result.code, result.out, result.err), result)
            self.assertEqual(self.guest.entries[1], 0, self.guest.lines())
            self.assertFalse(self.out.exists() or self.certs.exists())


class Configfs(Common, PortTest):
    # What failed to be closed was read; a file that is not there was never meant to be.
    HARMLESS = "close generation", "close provider", "close privlevel_floor", "close outblob", \
        "close auxblob"

    def test_every_call_that_fails_is_told(self):
        for n, call in self.each_call("--vmpl=0"):
            for error in ERRORS:
                result = self.get(fault=f"{n}:{error}")
                if call in self.HARMLESS:
                    self.assert_got(result)
                    continue
                what, where = call.split()
                where = "" if what in ("mkdir", "rmdir") else "/" + where
                self.assert_failed(result, "cannot get a report: " + FOLDER, where, os.strerror(error),
                                   left=what == "rmdir")

    def test_a_level_that_fails_to_be_written_is_told(self):
        for n, call in enumerate(self.calls_of_a_level(), 1):
            if call.endswith(" privlevel"):
                result = self.get("--vmpl=1", fault=f"{n}:{errno.EIO}")
                self.assert_failed(result, FOLDER + "/privlevel: Input/output error")

    def calls_of_a_level(self):
        self.assertEqual(self.get("--vmpl=1").code, MATCH)
        self.assertIn("write privlevel", self.guest.calls)
        return self.guest.calls

    def test_an_interruption_is_no_failure(self):
        for n, call in self.each_call():
            if call.split()[0] in ("open", "read", "write"):
                self.assert_got(self.get(fault=f"{n}:{errno.EINTR}"))

    def test_a_file_that_some_kernels_lack(self):
        for n, call in self.each_call():
            result = self.get(fault=f"{n}:{errno.ENOENT}")
            if call == "open privlevel_floor" or call in self.HARMLESS or call == "read privlevel_floor":
                self.assert_got(result)
            elif call.startswith("mkdir"):
                self.assert_failed(result, "there is neither")
            else:
                self.assert_failed(result, *(["--certs-out"] if call.endswith("auxblob") else []),
                                   left=call.startswith("rmdir"))

    def test_who_is_disturbed_begins_anew(self):
        """By a write of others: before the report is made, or after it, as the generation tells."""
        for late in {}, {"late": 1}:
            for times in 1, 2:
                self.assert_got(self.get(disturbed=times, **late), entries=times + 1)
            self.assert_failed(self.get(disturbed=3, **late), "another program wrote to the entry")
            self.assertEqual(self.guest.entries, (3, 0))
        for n, call in self.each_call():
            if not call.startswith(("mkdir", "rmdir")) and call not in self.HARMLESS:
                self.assert_got(self.get(fault=f"{n}:{errno.EBUSY}"), entries=2)

    def test_data_that_the_kernel_did_not_take(self):
        """Older kernels say nothing of it; newer ones, when the file is closed."""
        self.assert_got(self.get(loses=1), entries=2)
        self.assert_failed(self.get(loses=3), "another program wrote to the entry")

    def test_entries_of_others(self):
        for taken in 1, 15:
            self.assert_got(self.get(taken=taken))
        self.assert_failed(self.get(taken=16), FOLDER + ": File exists")
        self.assertEqual(self.guest.entries, (0, 0))

    def test_what_is_read_is_looked_at(self):
        self.assert_failed(self.get(provider="tdx_guest"), "/provider: this is no guest of SEV-SNP, but")
        self.assert_failed(self.get(provider="sev_guest" * 10), "/provider: File too large")
        for text in "", "x", "1x", "1" * 70:
            self.assert_failed(self.get(generation=text), "/generation: ")
        self.assert_failed(self.get(floor="x"), "/privlevel_floor: ")
        self.guest.expect(DATA, report=bytes(4096))
        self.assert_failed(self.get(), "/outblob: File too large")
        self.guest.expect(DATA)
        self.guest.give_table(bytes([1]) * 32768)  # as long as Linux has them
        self.assert_got(self.get())

    def test_no_provider(self):
        """The module tsm is loaded, and no driver."""
        self.assert_failed(self.get(fault=f"1:{errno.ENXIO}"), "there is neither")


class Device(Common, PortTest):
    WAY = "device"

    def test_every_call_that_fails_is_told(self):
        for n, call in self.each_call():
            for error in ERRORS:
                result = self.get(fault=f"{n}:{error}")
                if call.startswith("close"):
                    self.assert_got(result)
                elif call.startswith("mkdir"):
                    self.assert_failed(result, FOLDER, os.strerror(error))
                elif call.startswith("ioctl"):  # then there is a report without a table
                    self.assert_failed(result, "--certs-out: the host gave no certificates "
                                       "(/dev/sev-guest: " + os.strerror(error))
                else:
                    self.assert_failed(result, "/dev/sev-guest: " + os.strerror(error))
        for error in ERRORS:
            self.assert_failed(self.get(error=error), "/dev/sev-guest: " + os.strerror(error))

    def test_an_interruption_is_no_failure(self):
        for n, call in self.each_call():
            if call.split()[0] in ("open", "ioctl"):
                self.assert_got(self.get(fault=f"{n}:{errno.EINTR}"))

    def test_a_device_that_is_not_there(self):
        for error in errno.ENOENT, errno.ENXIO, errno.ENODEV:
            self.assert_failed(self.get(fault=f"2:{error}"), "there is neither")

    def test_what_firmware_and_host_refuse(self):
        for settings, text in (({"firmware": 0x16}, "with status 0x16, a parameter: "),
                               ({"firmware": 0x27}, "with status 0x27, a key: "),
                               ({"firmware": 3}, "with status 0x3\n"),
                               ({"firmware": 0, "host": 2}, "the host is busy: try again later"),
                               ({"host": 2}, "the host is busy: try again later"),
                               ({"host": 1}, "the host's certificates are longer"),
                               ({"host": 3}, os.strerror(errno.EIO)),
                               ({"firmware": 0xFFFFFFFF}, os.strerror(errno.EIO)),
                               ({"error": errno.ENOTTY}, "none any more")):
            self.assert_failed(self.get(**{"error": errno.EIO, **settings}),
                               "cannot get a report: /dev/sev-guest: ", text)
            self.assert_failed(self.get(**{"error": errno.EIO, "alone": 1, **settings}),
                               "--certs-out: the host gave no certificates (/dev/sev-guest: ",
                               text.strip())

    def test_the_status_of_an_answer(self):
        self.assert_failed(self.get(status=0x27), "/dev/sev-guest: ", "status 0x27, a key")
        self.assert_failed(self.get(status=0x99), "status 0x99\n")
        self.assert_failed(self.get(size=3969), "the answer is longer than there is room for")
        self.assert_failed(self.get(size=3968), "expected a report of 1184 bytes")


del Common  # which has no guest

if __name__ == "__main__":
    main()
