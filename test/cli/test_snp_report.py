# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-report` hand on the report that was asked for, and nothing else; and does
snp-verify then verify it? No guest of SEV-SNP is at hand: fake_guest.c plays one."""
import hashlib
import os
import struct

from amd import GUIDS, table
from fake_guest import WAYS, FakeGuest
from runner import FAILED, MATCH, USAGE, CommandTest, main, uncounted

NONCE = bytes.fromhex("6e6f6e6365")
DATA = NONCE.ljust(64, b"\0")
ASKED = "--nonce", NONCE.hex(), "--out"
NEXT = ("NOT VERIFIED: who has to trust the guest does this, by 'sevlaunch snp-verify', on a machine "
        "that the host does not control\n")


class ReportTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.out, self.certs = self.folder / "report.bin", self.folder / "certs.bin"
        self.guests = [FakeGuest(self.folder / way, way) for way in WAYS]
        for guest in self.guests:
            guest.report = guest.expect(DATA)

    def assert_no_files(self):
        self.assertFalse(self.out.exists() or self.certs.exists())

    def assert_summary(self, result, guest, version=3, vmpl=0, size=None, written=True):
        size = len(guest.table) if size is None else size
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        self.assertEqual(f"Report: version {version}, VMPL {vmpl}, by {WAYS[guest.way]}\n"
                         f"Certificates of the host: {size} bytes{'' if written else ', not written'}\n"
                         + NEXT, result.out.decode())

    def assert_refused_by(self, guest, *texts, words=(), code=FAILED, **settings):
        """One line, and no file, with --quiet too; what was there before is there still."""
        words = [*ASKED, self.out, "--certs-out", self.certs, *words]
        self.assert_one_line(guest.run(*words, **settings), code, *texts)
        self.assertEqual(guest.entries[1], 0, guest.calls)
        self.assert_silent(guest.run("-q", *words, **settings), code)
        self.assert_no_files()


class Answers(ReportTest):
    def test_a_report_is_written(self):
        for guest in self.guests:
            self.assert_summary(guest.run(*ASKED, self.out), guest, written=False)
            self.assertEqual(self.out.read_bytes(), guest.report)
            self.assertFalse(self.certs.exists())
            self.assert_silent(guest.run("--quiet", *ASKED, self.out), MATCH)

    def test_a_table_is_written(self):
        for guest in self.guests:
            result = guest.run(*ASKED, self.out, "--certs-out", self.certs)
            self.assert_summary(result, guest)
            self.assertEqual(self.out.read_bytes(), guest.report)
            self.assertEqual(self.certs.read_bytes(), guest.table)

    def test_what_the_report_binds(self):
        """Each option as snp-verify takes it."""
        bound = self.folder / "key.pem"
        bound.write_bytes(self.rng.randbytes(5000))
        hashed = hashlib.sha512(bound.read_bytes()).digest()
        whole = self.rng.randbytes(64)
        for guest in self.guests:
            for data, words in ((whole, ["--report-data", whole.hex()]),
                                (whole, ["--nonce", whole.hex()]),
                                (hashed, ["--report-data-hash", bound])):
                report = guest.expect(data)
                self.assert_summary(guest.run(*words, "--out", self.out), guest, written=False)
                self.assertEqual(self.out.read_bytes(), report)
        told = guest.run("--debug", *ASKED, self.out).err.decode()
        self.assertIn(DATA.hex(), told)

    def test_levels(self):
        for guest in self.guests:
            report = guest.expect(DATA, vmpl=2)
            self.assert_summary(guest.run(*ASKED, self.out, "--vmpl", 2), guest, vmpl=2, written=False)
            self.assertEqual(self.out.read_bytes(), report)
        configfs, device = self.guests
        result = configfs.run(*ASKED, self.out, floor=2)
        self.assert_summary(result, configfs, vmpl=2, written=False)
        self.assert_summary(configfs.run(*ASKED, self.out, floor=""), configfs, written=False)
        self.out.unlink()
        self.assert_refused_by(configfs, "privlevel_floor: this guest may ask for VMPL 2 or above",
                               words=["--vmpl=1"], floor=2)
        self.assert_refused_by(configfs, "outblob: Invalid argument", words=["--vmpl=1"])
        self.assert_refused_by(device, "the firmware refused the request with status 0x16, a parameter: "
                               "most often, a VMPL that this guest may not ask for", words=["--vmpl=1"])

    def test_versions(self):
        for guest in self.guests:
            for version in range(2, 6):
                guest.expect(DATA, version=version)
                self.assert_summary(guest.run(*ASKED, self.out), guest, version, written=False)


class Flow(ReportTest):
    def test_a_verifier_takes_what_a_guest_wrote(self):
        """From a nonce to a verdict; one of another day is refused."""
        for guest in self.guests:
            guest.run(*ASKED, self.out, "--certs-out", self.certs)
            root = guest.amd.chain()[-1]
            words = ["snp-verify", "--report", self.out, "--certs", self.certs, "--time=2026-06-01",
                     "-m", guest.amd.fields()["measurement"].hex(), "--allow-unpinned-intermediate",
                     "--ark-fingerprint", root.fingerprint]
            good = self.command([*map(str, words), "--nonce", NONCE.hex()])
            self.assertTrue(good.out.startswith(b"OK: the report is genuine, "), good)
            self.assertEqual(MATCH, good.code)
            old = self.command([*map(str, words), "--nonce", "00"])
            self.assertIn(b"ERROR: report-data: ", old.err)

    def test_a_bound_file_is_one_for_the_verifier(self):
        bound = self.folder / "key.pem"
        bound.write_bytes(self.rng.randbytes(500))
        guest = self.guests[0]
        guest.expect(hashlib.sha512(bound.read_bytes()).digest())
        guest.run("--report-data-hash", bound, "--out", self.out, "--certs-out", self.certs)
        words = ["snp-verify", "--report", self.out, "--certs", self.certs, "--no-measurement",
                 "--allow-unpinned-intermediate", "--time=2026-06-01", "--ark-fingerprint",
                 guest.amd.chain()[-1].fingerprint, "--report-data-hash", bound]
        self.assertEqual(MATCH, self.command([*map(str, words)]).code)
        bound.write_bytes(b"another key")
        self.assertIn(b"report-data", self.command([*map(str, words)]).err)


class Refusals(ReportTest):
    def assert_usage(self, *texts, words):
        guest = self.guests[0]
        self.assert_one_line(guest.run(*words), USAGE, *texts)
        self.assertEqual(guest.calls, [])
        self.assert_no_files()

    def test_options(self):
        self.assert_usage("--nonce HEX is required", "an old report", words=["--out", self.out])
        self.assert_usage("--out PATH is required", words=["--nonce", "00"])
        for nonce in "", "0", "0x", "00" * 65:
            self.assert_usage("--nonce: expected 2 to 128", words=["--nonce", nonce, "--out", self.out])
        self.assert_usage("--report-data: expected 128",
                          words=["--report-data", "00", "--out", self.out])
        self.assert_usage("--report-data is mutually exclusive with --nonce", words=[*ASKED, self.out, "--report-data", "00"])
        self.assert_usage("--vmpl: expected a number from 0 to 3",
                          words=[*ASKED, self.out, "--vmpl", "4"])
        self.assert_usage("--out and --certs-out name the same file",
                          words=[*ASKED, self.out, "--certs-out", self.out])
        self.assert_usage("name the same file", words=["--report-data-hash", self.firmware, "--out",
                                                       self.firmware])
        self.assert_usage("--nonsense", words=["--nonsense"])
        missing = self.guests[0].run("--report-data-hash", self.folder / "none", "--out", self.out)
        self.assert_one_line(missing, FAILED, "No such file")

    def test_help(self):
        self.assertIn(b"--certs-out PATH", self.guests[0].run("--help").out)

    def test_another_answer_is_not_handed_on(self):
        """Whatever the kernel, or who plays it, answers."""
        good = self.guests[0].report
        other = b"\1" + DATA[1:]
        for guest in self.guests:
            for report, text in ((guest.amd.report(report_data=other), "has other REPORT_DATA than"),
                                 (guest.amd.report(report_data=DATA, vmpl=1), "is of another VMPL"),
                                 (good[:-1], "expected a report of 1184 bytes, of version 2 to 6"),
                                 (good + b"\0", "expected a report of 1184 bytes"),
                                 (b"\7" + good[1:], "expected a report of 1184 bytes"),
                                 (b"", "expected a report of 1184 bytes")):
                guest.expect(DATA, report=report)
                self.assert_refused_by(guest, f"{WAYS[guest.way]}: ", text)

    def test_no_table(self):
        """All or none: without a table, no report either. Without --certs-out, it does not count."""
        configfs, device = self.guests
        for guest in self.guests:
            for data in b"", table([]):
                guest.give_table(data if guest is device else b"")
                self.assert_refused_by(guest, "--certs-out: the host gave no certificates "
                                       f"({WAYS[guest.way]}): leave it out")
                result = guest.run(*ASKED, self.out)
                self.assert_summary(result, guest, size=0, written=False)
                self.out.unlink()
        self.assert_refused_by(configfs, "the host gave no certificates", no_table=1)
        device.give_table(bytes([1]) * 16385)
        self.assert_refused_by(device, "gave no certificates (/dev/sev-guest: the host's certificates "
                               "are longer than there is room for)")
        self.assert_refused_by(device, "gave no certificates (/dev/sev-guest: the driver takes no "
                               "request", alone=1, error=25)
        result = device.run(*ASKED, self.out, alone=1, error=25)
        self.assert_summary(result, device, size=0, written=False)

    def test_tables_of_any_form(self):
        """A table is the host's: it is handed on as it is, up to its end where it has one."""
        device = self.guests[1]
        def entry(offset, length):
            return bytes([1]) * 16 + struct.pack("<II", offset, length)

        for data, size in ((table([(GUIDS["other"], b"")]), 48), (bytes([1]) * 16384, 16384),
                           (entry(0, 10), 48), (entry(16000, 384), 16384), (entry(100, 50), 150),
                           (entry(16000, 385), 16384), (entry(2**32 - 1, 2), 16384)):
            device.give_table(data)
            result = device.run(*ASKED, self.out, "--certs-out", self.certs)
            self.assert_summary(result, device, size=size)
            self.assertEqual(self.certs.read_bytes(), data.ljust(size, b"\0")[:size])

    def test_no_guest(self):
        guest = FakeGuest(self.folder / "none", "")
        self.assert_refused_by(guest, "cannot get a report: there is neither "
                               "/sys/kernel/config/tsm/report nor /dev/sev-guest: this is no guest "
                               "of SEV-SNP, or configfs or the driver sev-guest is not loaded")

    @uncounted
    def test_files_that_cannot_be_written(self):
        guest = self.guests[0]
        result = guest.run(*ASKED, self.folder / "none" / "report.bin", "--certs-out", self.certs)
        self.assert_one_line(result, FAILED, "cannot write")
        result = guest.run(*ASKED, self.out, "--certs-out", self.folder / "none" / "certs.bin")
        self.assert_one_line(result, FAILED, "cannot write")
        self.assert_no_files()
        self.assertEqual([], [name for name in os.listdir(self.folder) if "." in name and
                              name.startswith(("report", "certs"))])


if __name__ == "__main__":
    main()
