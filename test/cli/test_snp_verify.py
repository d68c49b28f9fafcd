# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-verify` take the reports that an AMD of the tests' own signed, in every form,
and no others; and does each of its checks fail where it should, alone?"""
import base64
import dataclasses
import hashlib
import json
import os
import struct
from pathlib import Path

import amd
from amd import HARDWARE_ID, SPL, Amd, integer, tlv
from runner import FAILED, MATCH, MISMATCH, USAGE, CommandTest, main, run

NOW = "2026-06-01T00:00:00Z"
ALWAYS = {"root", "intermediate", "certificate", "signer", "product", "certificate-tcb",
          "certificate-chip", "signature", "report-version", "vmpl", "policy-form", "policy-debug",
          "policy-migration", "tcb-order"}


@dataclasses.dataclass
class Case:
    """Files, by the option that names them, and other words; a report is verified with them."""

    report: bytes
    certs: list
    crls: list
    words: list

    def changed(self, **fields):
        return dataclasses.replace(self, **fields)


class VerifyTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        self.amd = Amd("Milan")

    def case(self, kind="vcek", a=None, words=("--no-measurement",), **changes):
        """All is right."""
        a = self.amd if a is None else a
        leaf, intermediate, root = a.chain(kind)
        return Case(a.report(kind, **changes), [leaf.der, intermediate.der, root.der], [a.crl()],
                    ["--ark-fingerprint", root.fingerprint, "--time", NOW, *words])

    def files(self, case):
        yield from ("--report", self.write("report", case.report))
        for option, files in ("--certs", case.certs), ("--crl", case.crls):
            for i, data in enumerate(files):
                yield from (option, self.write(f"{option[2:]}{i}", data))

    def verify(self, case, *words, **keywords):
        return self.command(["snp-verify", *self.files(case), *case.words, *words], **keywords)

    def errors(self, result):
        """The lines of it; hints may follow."""
        lines = result.err.splitlines()
        errors = [line for line in lines if line.startswith(b"ERROR: ")]
        for line in lines[len(errors):]:
            self.assertTrue(line.startswith(b"HINT: "), result)
        return errors

    def states(self, case, *words):
        """By the JSON object, which has each check once; the code and the errors fit it."""
        result = self.verify(case, "--json", *words)
        verdict = json.loads(result.out)
        states = {check["check"]: check["state"] for check in verdict["checks"]}
        self.assertEqual(len(states), len(verdict["checks"]))
        failed = {name for name, state in states.items() if state == "failed"}
        self.assertEqual(verdict["verdict"], "failed" if failed else "passed", result)
        self.assertEqual(result.code, MISMATCH if failed else MATCH, result)
        told = [line.split(b":")[1].strip().decode() for line in self.errors(result)]
        self.assertEqual(sorted(told), sorted(failed), result)
        return states

    def assert_good(self, case, *words, made=()):
        """All that is checked always passes, and what is named; nothing else is made."""
        states = self.states(case, *words)
        passed = {name for name, state in states.items() if state == "passed"}
        self.assertEqual(passed, ALWAYS | {"dates"} | set(made), states)
        result = self.verify(case, *words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        ok, *rest = result.out.decode().splitlines()
        self.assertTrue(ok.startswith("OK: the report is genuine, by the "), result)
        not_made = [name for name, state in states.items() if state == "not-made" and name != "claims"]
        self.assertEqual(rest[0], "Not checked: " + ", ".join(not_made), result)
        self.assert_silent(self.verify(case, "-q", *words), MATCH)
        return ok

    def assert_fails(self, case, *names, words=()):
        """These checks fail, and no other one: each is told in a line with both values."""
        states = self.states(case, *words)
        failed = {name for name, state in states.items() if state == "failed"}
        self.assertEqual(failed, set(names), states)
        result = self.verify(case, *words)
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        for line in self.errors(result):
            self.assertRegex(line, rb"\AERROR: [a-z-]+: expected [^ ].*, got [^ ].*")
        self.assert_silent(self.verify(case, "--quiet", *words), MISMATCH)
        return states

    def assert_unusable(self, case, *texts, words=(), code=USAGE):
        self.assert_one_line(self.verify(case, *words), code, *texts)
        self.assert_silent(self.verify(case, "-q", *words), code)
        self.assert_one_line(self.verify(case, "--json", *words), code, *texts)


class Genuine(VerifyTest):
    def test_products_kinds_and_versions(self):
        for product in "Milan", "Genoa", "Turin":
            for trailer in (False, True):
                a = Amd(product, trailer)
                for kind, name in ("vcek", "VCEK"), ("vlek", "VLEK"):
                    for version in range(2, 6):
                        case = self.case(kind, a, version=version)
                        ok = self.assert_good(case, made=["revocation"])
                        self.assertIn(f"by the {name} of a {product} processor", ok)

    def test_measurement(self):
        measured = self.amd.fields()["measurement"]
        others = [self.rng.randbytes(48).hex() for _ in range(3)]
        for words in (["-m", measured.hex()], ["-m", base64.b64encode(measured).decode()],
                      ["-m", others[0], "--measurement", measured.hex(), "-m", others[1]]):
            ok = self.assert_good(self.case(words=words), made=["revocation", "measurement"])
            self.assertTrue(ok.endswith("and is of the guest that was chosen"))
        ok = self.assert_good(self.case(), made=["revocation"])
        self.assertTrue(ok.endswith("and can be of any guest (--no-measurement)"))
        self.assert_fails(self.case(words=["-m", others[0]]), "measurement")
        self.assert_fails(self.case(words=["-m", others[0], "-m", others[1]]), "measurement")

    def test_trust(self):
        """An intermediate needs a list in date, or the user's word; a root is pinned."""
        case = self.case()
        self.assert_good(case, made=["revocation"])
        alone = case.changed(crls=[])
        self.assert_fails(alone, "intermediate")
        self.assert_good(alone, "--allow-unpinned-intermediate")
        in_certs = case.changed(crls=[], certs=[*case.certs, *case.crls])
        self.assert_good(in_certs, made=["revocation"])
        self.assert_fails(case.changed(words=["--no-measurement", "--time", NOW]), "root")
        other = hashlib.sha384(b"another key").hexdigest()
        self.assert_fails(case.changed(words=["--no-measurement", "--time", NOW,
                                              "--ark-fingerprint", other]), "root")
        self.assert_good(case, "--ark-fingerprint", other, made=["revocation"])

    def test_no_clock(self):
        """The clock of this machine, which is in a year for which there are certificates."""
        case = self.case(words=[])
        words = ["--no-measurement", "--allow-unpinned-intermediate", *case.words[:2]]
        states = self.states(case.changed(words=words, crls=[]))
        self.assertEqual(states["dates"], "passed")

    def test_every_right_certificate_is_found(self):
        """Among certificates of other chips, products and kinds, in any order, twice."""
        case = self.case()
        others = [each.der for product, kind in (("Milan", "vlek"), ("Genoa", "vcek"), ("Turin", "vlek"))
                  for each in Amd(product).chain(kind)]
        stranger = Amd("Milan")
        stranger.chip, stranger.chip_id = amd.EcKey(99), bytes(64)
        more = [stranger.vcek().der, self.amd.vcek(tcb={"bl": 1}).der,
                self.amd.vcek().changed(signer=amd.RsaKey(2)).der]
        for _ in range(3):
            certs = [*case.certs, *others, *more]
            self.rng.shuffle(certs)
            bundles = [b"".join(map(amd.pem, certs[i:i + 9])) for i in range(0, len(certs), 9)]
            self.assert_good(case.changed(certs=bundles), made=["revocation"])
        a = self.amd
        after = [a.authority("SEV", serial=0x10077, key=amd.RsaKey(2)).der, a.ark.changed(not_after="20460101000000").der]
        self.assert_good(case.changed(certs=[*case.certs, *after]), made=["revocation"])

    def test_a_revoked_intermediate_beside_a_good_one(self):
        """A second ASK signed the chip's key anew: the list names the first."""
        a = self.amd
        first = a.authority("SEV", serial=0x10077, key=amd.RsaKey(2))
        case = self.case()
        old = a.vcek().changed(signer=amd.RsaKey(2))
        crls = [a.crl([first.serial])]
        certs = [old.der, first.der, *case.certs]
        self.assert_good(case.changed(certs=certs, crls=crls), made=["revocation"])
        self.assert_fails(case.changed(certs=[old.der, first.der, a.ark.der], crls=crls), "revocation")


def hcl_of(a, claims, hash_type=1, **changes):
    """What Azure's vTPM keeps, of a report that vouches for the claims."""
    digest = amd.HASHES.get(hash_type, hashlib.sha256)(claims).digest()
    report = a.report(**{"report_data": digest.ljust(64, b"\0"), **changes})
    return amd.hcl(report, claims, hash_type)


class Forms(VerifyTest):
    def test_reports(self):
        case = self.case()
        answer = amd.answer(case.report)
        for data in (case.report, answer, answer.ljust(4000, b"\0")):
            for _, form in amd.forms(data):
                self.assert_good(case.changed(report=form), made=["revocation"])

    def test_reports_that_are_none(self):
        case = self.case()
        report = case.report
        for wrong in (report[:-1], report + b"\0", bytes(8) + report, b"hello", b"~~~~",
                      report.hex()[:-1].encode(), report.hex().encode() + b"0",
                      base64.b64encode(report)[:-4], base64.b64encode(report[:-1]),
                      base64.b64encode(report[:601]) + base64.b64encode(report[601:]),
                      b"=" + base64.b64encode(report)[1:],
                      report.hex().encode() + b"!", bytes([0x16, 0, 0, 0]) + bytes(3996),
                      struct.pack("<II", 0, 1183) + bytes(24) + report,
                      struct.pack("<II", 1, 1184) + bytes(24) + report, amd.pem(report)):
            self.assert_unusable(case.changed(report=wrong), "--report: expected a report of 1184 bytes")
        for version in (0, 1, 7, 0x10002):
            self.assert_unusable(self.case(version=version), "--report: expected a report of version")
        self.assert_unusable(case.changed(report=b""), "--report", "is not empty")
        self.assert_unusable(case.changed(report=bytes(40000)), "--report", "at most")

    def hcl(self, claims, *hash_type, **changes):
        return hcl_of(self.amd, claims, *hash_type, **changes)

    def test_azure(self):
        claims = b'{"keys": [{"kid": "HCLAkPub"}]}'
        for hash_type in 1, 2:
            data = self.hcl(claims, hash_type)
            for form in (data, data.ljust(2600, b"\0"), data.hex().encode(), base64.b64encode(data)):
                case = self.case().changed(report=form)
                self.assert_good(case, made=["revocation", "claims"])
                result = self.verify(case, "--claims-out", "claims")
                self.assertEqual(MATCH, result.code, result)
                self.assertIn(b"vTPM", result.out)
                self.assertEqual(Path("claims").read_bytes(), claims)
                Path("claims").unlink()

    def test_azure_that_is_wrong(self):
        claims = b'{"keys": []}'
        data = self.hcl(claims)
        case = self.case()
        changed = data[:-1] + b"!"
        self.assert_fails(case.changed(report=changed), "claims")
        self.verify(case.changed(report=changed), "--claims-out", "claims")
        self.assertFalse(Path("claims").exists())
        self.assert_one_line(self.verify(case.changed(report=data), "--claims-out", "no/claims"), FAILED,
                             "no/claims")
        late = self.hcl(claims, report_data=hashlib.sha256(claims).digest() + bytes(31) + b"\1")
        self.assert_fails(case.changed(report=late), "claims")
        for wrong in (data[:-1], data[:1235], self.hcl(claims, 3), self.hcl(claims, 0),
                      data[:1216 + 8] + b"\4" + data[1216 + 9:]):
            self.assert_unusable(case.changed(report=wrong), "--report: expected a report")
        self.assert_unusable(case, "--claims-out", "no HCL report", words=["--claims-out", "claims"])

    def test_claims_replace_no_certificate(self):
        folder, case = self.folder / "certs", self.case().changed(report=self.hcl(b"{}"))
        folder.mkdir()
        (folder / "vcek.der").write_bytes(self.amd.vcek().der)
        for path in "certs/vcek.der", folder / "vcek.der":
            self.assert_unusable(case, "'certs/vcek.der' is the file that --claims-out is to write",
                                 words=["--certs", "certs/", "--claims-out", path])
        self.assertEqual((folder / "vcek.der").read_bytes(), self.amd.vcek().der)

    def test_certificates(self):
        """DER, PEM one by one, a bundle with text and a key in it, a table of GHCB."""
        case = self.case()
        leaf, ask, ark = case.certs
        key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
        bundle = b"VCEK of a test\n" + amd.pem(leaf) + key + amd.pem(ask).replace(b"\n", b"\r\n") + amd.pem(ark)
        kinds = "vcek", "ask", "ark"
        table = amd.table([(amd.GUIDS[kind], der) for kind, der in zip(kinds, case.certs)])
        mixed = amd.table([(amd.GUIDS["other"], b"endorsement"), (amd.GUIDS["crl"], self.amd.crl()),
                           (amd.GUIDS["vlek"], leaf)])
        for certs in ([leaf, ask, ark], [ark, leaf, ask], [amd.pem(each) for each in case.certs],
                      [bundle], [table], [table.ljust(16384, b"\0")], [bundle, table],
                      [mixed, amd.pem(ask), ark]):
            self.assert_good(case.changed(certs=certs), made=["revocation"])
        in_pem = amd.pem(case.crls[0], "X509 CRL")
        self.assert_good(case.changed(crls=[in_pem]), made=["revocation"])
        self.assert_good(case.changed(certs=[bundle + in_pem], crls=[]), made=["revocation"])

    def test_folders(self):
        """As snpguest fills them; other files in them are left alone."""
        case, folder = self.case(), self.folder / "certs"
        folder.mkdir()
        self.assert_unusable(case, "certs", code=FAILED, words=["--certs", "certs"])
        self.assert_unusable(case, "--certs: the folder 'certs/' holds none", words=["--certs", "certs/"])
        for name in "notes.txt", "crl.der":
            (folder / name).write_bytes(b"no certificate")
        for name, der in zip(("vcek.pem", "ask.der", "ark.pem"), case.certs):
            (folder / name).write_bytes(amd.pem(der) if name.endswith("pem") else der)
        self.assert_good(case.changed(certs=[], words=[*case.words, "--certs", "certs/"]),
                         made=["revocation"])
        (folder / "vlek.pem").write_bytes(b"text")
        self.assert_unusable(case, "certs/vlek.pem", "neither DER nor PEM", words=["--certs", "certs/"])
        (folder / "vlek.pem").write_bytes(b"")
        self.assert_unusable(case, "certs/vlek.pem", "0 bytes", words=["--certs", "certs/"])
        for path in "x" * 1100, "":
            self.assert_unusable(case, f"cannot open '{path}'", code=FAILED, words=["--certs", path])
        self.assert_unusable(case, "/' holds none", words=["--certs", "x" * 1020 + "/"])

    def test_files_that_are_too_many(self):
        """48 are room enough for whoever needs a folder or two."""
        case, folder = self.case(), self.folder / "certs"
        folder.mkdir()
        for name, der in zip(("vcek.pem", "ask.pem", "ark.pem", "ask.der", "ark.der"),
                             [*case.certs, *case.certs[1:]]):
            (folder / name).write_bytes(der)
        words = [*case.words, "--allow-unpinned-intermediate", *["--certs", "certs/"] * 9]
        case = case.changed(certs=[], crls=[], words=words)
        self.assert_good(case, "--certs", "certs/ark.pem", "--certs", "certs/ask.pem")
        self.assert_unusable(case, "--certs: expected 48 files at most", words=["--certs", "certs/"])

    def test_standard_input(self):
        case = self.case()
        words = ["snp-verify", "--report", "-", *list(self.files(case))[2:], *case.words]
        result = run(words, input=case.report)
        self.assertEqual(MATCH, result.code, result)

    def test_certificates_that_are_none(self):
        case = self.case()
        leaf, ask, ark = case.certs
        for wrong, *texts in (
            (b"hello", "is neither DER nor PEM nor a table"),
            (b"", "--certs", "is not empty"),
            (leaf[:-1], "none of AMD's"), (leaf + b"\0", "none of AMD's"),
            (amd.pem(leaf)[:-20], "malformed PEM"), (amd.pem(leaf + b"\0"), "none of AMD's"),
            (amd.pem(leaf).replace(b"M", b"!", 1), "malformed PEM"),
            (amd.pem(bytes(5000)), "malformed PEM"),
            (amd.table([(amd.GUIDS["ask"], b"0")]), "none of AMD's"),
            (amd.table([(amd.GUIDS["ask"], b"0"), (amd.GUIDS["ark"], ark)]), "none of AMD's"),
            (amd.table([(amd.GUIDS["vcek"], leaf)])[:-1], "is neither DER nor PEM"),
            (struct.pack("<16sII", b"x" * 16, 0, 25), "is neither DER nor PEM"),
            (bytes(24), "expected the VCEK that signed the report, but no file holds one"),
        ):
            self.assert_unusable(case.changed(certs=[wrong]), *texts)
        self.assert_unusable(case.changed(crls=[leaf]), "--crl", "no revocation list")
        self.assert_unusable(case.changed(crls=[b"hello"]), "--crl", "neither")
        many = [amd.pem(self.amd.vcek().changed(not_after=f"20{year}0101000000").der)
                for year in range(20, 50)]
        self.assert_unusable(case.changed(certs=[*(b"".join(many[i:i + 10]) for i in (0, 10, 20)),
                                                 *case.certs]),
                             "more certificates than there is room for")
        lists = [self.amd.crl(following=f"20{year}0101000000") for year in range(30, 64)]
        self.assert_unusable(case.changed(crls=[b"".join(amd.pem(each, "X509 CRL") for each in lists[i:i + 17])
                                                for i in (0, 17)]), "more certificates than there is room for")

    def test_what_is_missing_is_named(self):
        case = self.case()
        leaf, ask, ark = case.certs
        vlek = self.case("vlek")
        for certs, text in (([ask, ark], "the VCEK that signed"), ([leaf, ask], "the root ARK-Milan"),
                            ([leaf, ark], "the certificate SEV-Milan"),
                            ([vlek.certs[0], ask, ark], "the VCEK that signed")):
            self.assert_unusable(case.changed(certs=certs), "--certs: expected " + text)
        self.assert_unusable(vlek.changed(certs=[vlek.certs[0], ask, ark]),
                             "--certs: expected the certificate SEV-VLEK-Milan")


class Alone(VerifyTest):
    """Each check is made to fail, and no other one fails with it."""

    def test_root(self):
        case = self.case()
        leaf, ask, _ = case.certs
        forged = self.amd.ark.changed(signer=amd.RsaKey(2))
        self.assert_fails(case.changed(certs=[leaf, ask, forged.der]), "root")
        stranger = amd.RsaKey(3)
        other = self.amd.ark.changed(key=stranger, signer=stranger)
        states = self.assert_fails(case.changed(certs=[leaf, ask, other.der]), "root")
        self.assertEqual(states["intermediate"], "not-made")

    def test_intermediate(self):
        case = self.case()
        leaf, _, ark = case.certs
        forged = self.amd.ask.changed(signer=amd.RsaKey(2))
        states = self.assert_fails(case.changed(certs=[leaf, forged.der, ark]), "intermediate")
        self.assertEqual((states["root"], states["certificate"]), ("passed", "not-made"))

    def test_revocation(self):
        a, case = self.amd, self.case()
        self.assert_fails(case.changed(crls=[a.crl([a.ask.serial])]), "revocation")
        self.assert_fails(case.changed(crls=[a.crl([1, 2, a.ask.serial, 3])]), "revocation")
        self.assert_fails(case.changed(crls=[a.crl(), a.crl([a.ask.serial])]), "revocation")
        stale = a.crl(this="20240101000000", following="20250101000000")
        for certs in ([stale, *case.certs], [*case.certs, stale]):
            self.assert_good(case.changed(certs=certs), made=["revocation"])
            self.assert_good(case.changed(certs=[*certs, *case.crls], crls=[]), made=["revocation"])
        self.assert_good(case.changed(crls=[a.crl([a.asvk.serial, 0])]), made=["revocation"])
        stale = a.crl(this="20240101000000", following="20250101000000")
        early = a.crl(this="20260701000000")
        for crl in stale, early:
            self.assert_fails(case.changed(crls=[crl]), "revocation",
                              words=["--allow-unpinned-intermediate"])
            in_certs = case.changed(crls=[], certs=[*case.certs, crl])
            self.assert_fails(in_certs, "intermediate")
            self.assert_good(in_certs, "--allow-unpinned-intermediate")
        old = a.crl([a.ask.serial], this="20240101000000", following="20250101000000")
        self.assert_fails(case.changed(crls=[], certs=[*case.certs, old]), "revocation",
                          words=["--allow-unpinned-intermediate"])
        forged = amd.crl("ARK-Milan", amd.RsaKey(2))
        self.assert_fails(case.changed(crls=[forged]), "revocation")
        self.assert_fails(case.changed(crls=[a.crl(), forged]), "revocation")
        of_others = Amd("Genoa").crl([a.ask.serial])
        self.assert_fails(case.changed(crls=[of_others]), "intermediate")

    def test_crl_age(self):
        """Of the newest list in date, at NOW."""
        a, case = self.amd, self.case()
        for age in ("151d", "3624h", "217440m", "13046400s", "999999999d"):
            self.assert_good(case, "--max-age", age, made=["revocation", "crl-age"])
        for age in ("150d", "3623h", "217439m", "13046399s", "0s"):
            self.assert_fails(case, "crl-age", words=["--max-age", age])
        result = self.verify(case, "--max-age=30d")
        self.assertEqual(result.err.decode(), "ERROR: crl-age: expected a list in date that is of "
                         "2026-05-02T00:00:00Z or later, got 2026-01-01T00:00:00Z\n")
        newer = a.crl(this="20260531235959")
        for crls in ([newer], [newer, *case.crls], [*case.crls, newer]):
            self.assert_good(case.changed(crls=crls), "--max-age=1s", made=["revocation", "crl-age"])
        in_certs = case.changed(crls=[], certs=[*case.certs, newer])
        self.assert_good(in_certs, "--max-age=1s", made=["revocation", "crl-age"])
        words = ["--allow-unpinned-intermediate", "--max-age=9000d"]
        early = a.crl(this="20260701000000")
        for certs in (case.certs, [*case.certs, early]):
            none = case.changed(crls=[], certs=certs)
            self.assert_fails(none, "crl-age", words=words)
            self.assertIn(b"got none (--crl names one)", self.verify(none, *words).err)
        forged = case.changed(report=case.report[:0x2A0] + bytes(512))
        states = self.assert_fails(forged, "signature", words=["--max-age=1d"])
        self.assertEqual(states["crl-age"], "not-made")

    def test_certificate(self):
        case = self.case()
        leaf = self.amd.vcek()
        for forged in (leaf.changed(signer=amd.RsaKey(2)), leaf.changed(signer=self.amd.root)):
            states = self.assert_fails(case.changed(certs=[forged.der, *case.certs[1:]]), "certificate")
            self.assertEqual((states["intermediate"], states["signature"]), ("passed", "not-made"))

    def test_signer(self):
        case = self.case()
        for key_info in (2, 7 << 2, 3 << 2):
            self.assert_fails(case.changed(report=self.amd.report(key_info=key_info)), "signer")
        for algorithm in (0, 2):
            self.assert_fails(case.changed(report=self.amd.report(signature_algo=algorithm)), "signer")
        unsigned = amd.report(None, **{**self.amd.fields(), "key_info": 2})
        self.assert_fails(case.changed(report=unsigned), "signer")

    def test_product(self):
        for cpuid in (b"\x19\x11\x01", b"\x1a\x02\x00", b"\x17\x31\x00", b"\x1a\x50\x00"):
            self.assert_fails(self.case(cpuid=cpuid), "product")

    def test_certificate_tcb(self):
        for part in "bl", "tee", "snp", "ucode":
            for change in (-1, 1):
                tcb = amd.tcb_bytes("Milan", **{**self.amd.tcb, part: self.amd.tcb[part] + change})
                self.assert_fails(self.case(reported_tcb=tcb), "certificate-tcb")
        stranger = Amd("Milan")
        stranger.chip, stranger.chip_id = amd.EcKey(99), bytes(64)
        case = self.case()
        leaves = [stranger.vcek().der, self.amd.vcek(tcb={"bl": 1}).der]
        for certs in ([*leaves, *case.certs[1:]], [*leaves[::-1], *case.certs[1:]]):
            self.assert_fails(case.changed(certs=certs), "certificate-chip")
        turin = Amd("Turin")
        tcb = amd.tcb_bytes("Turin", **{**turin.tcb, "fmc": 2})
        self.assert_fails(self.case(a=turin, reported_tcb=tcb), "certificate-tcb")

    def test_certificate_chip(self):
        for chip_id in (bytes(64), self.rng.randbytes(64)):
            self.assert_fails(self.case(chip_id=chip_id), "certificate-chip")
        self.assert_fails(self.case("vlek", chip_id=b"\1".ljust(64, b"\0")), "certificate-chip")

    def test_signature(self):
        case, other = self.case(), self.case(report_data=bytes(64))
        self.assert_fails(case.changed(report=case.report[:0x2A0] + other.report[0x2A0:]), "signature")
        zeros = case.report[:0x2A0] + bytes(512)
        self.assert_fails(case.changed(report=zeros), "signature")
        beside = self.amd.vcek().changed(key=Beside(7))
        self.assert_fails(case.changed(certs=[beside.der, *case.certs[1:]]), "signature")

    def test_dates(self):
        a = self.amd
        for kind in "vcek", "vlek":
            case = self.case(kind)
            leaf, intermediate, root = a.chain(kind)
            expired, early = {"not_after": "20260531235959"}, {"not_before": "20260601000001"}
            for change in expired, early:
                for certs in ([leaf.changed(**change), intermediate, root],
                              [leaf, intermediate.changed(**change), root],
                              [leaf, intermediate, root.changed(**change)]):
                    self.assert_fails(case.changed(certs=[each.der for each in certs]), "dates")
        last = a.vcek().changed(not_after="20260601000000", not_before="20260601000000")
        self.assert_good(self.case().changed(certs=[last.der, a.ask.der, a.ark.der]), made=["revocation"])

    def test_report_version(self):
        for product in "Milan", "Genoa", "Turin":
            for kind in "vcek", "vlek":
                case = self.case(kind, Amd(product), version=6)
                self.assert_fails(case, "report-version")
                self.assert_good(case, "--allow", "version-6", made=["revocation"])

    def expectations(self):
        """Option, its check, the right value, and wrong ones."""
        fields = self.amd.fields()
        for option, field, size in (
            ("host-data", "host_data", 32), ("id-key-digest", "id_key_digest", 48),
            ("family-id", "family_id", 16), ("image-id", "image_id", 16), ("chip-id", "chip_id", 64),
            ("report-data", "report_data", 64), ("measurement", "measurement", 48),
        ):
            right = fields[field].ljust(size, b"\0")
            for bit in (0, 8 * size - 1):
                yield option, right.hex(), amd.model.flip(right, bit).hex()
            yield option, right.hex(), bytes(size).hex()

    def test_bytes(self):
        for option, right, wrong in self.expectations():
            words = [] if option == "measurement" else ["--no-measurement"]
            self.assert_good(self.case(words=[*words, f"--{option}={right}"]), made=["revocation", option])
            self.assert_fails(self.case(words=[*words, f"--{option}={wrong}"]), option)

    def test_nonce(self):
        data = b"nonce".ljust(64, b"\0")
        case = self.case(report_data=data)
        for right in (b"nonce", b"nonce\0", data):
            self.assert_good(case, "--nonce", right.hex(), made=["revocation", "report-data"])
        for wrong in (b"nonc", b"nonce!", b"x" * 64):
            self.assert_fails(case, "report-data", words=["--nonce", wrong.hex()])
        self.assert_fails(self.case(report_data=b"nonce".ljust(63, b"\0") + b"\1"), "report-data",
                          words=["--nonce", b"nonce".hex()])

    def test_hash_of_a_file(self):
        content = self.rng.randbytes(100000)
        path = self.write("key.der", content)
        for name in "sha256", "sha384", "sha512":
            digest = hashlib.new(name, content).digest()
            right = digest.ljust(64, b"\0")
            self.assert_good(self.case(report_data=right), "--report-data-hash", path,
                             made=["revocation", "report-data"])
            for wrong in (amd.model.flip(right, 3), right[:63] + bytes([right[63] ^ 1]), bytes(64)):
                self.assert_fails(self.case(report_data=wrong), "report-data",
                                  words=["--report-data-hash", path])
        for other in (["--nonce=00"], ["--report-data", bytes(64).hex()]):
            self.assert_unusable(self.case(), "--report-data-hash", words=["--report-data-hash", path, *other])
        self.assert_unusable(self.case(), "'missing'", words=["--report-data-hash=missing"], code=FAILED)
        case = self.case(report_data=hashlib.sha512(b"").digest())
        self.assert_unusable(case, "--report-data-hash", "0 bytes",
                             words=["--report-data-hash", self.write("empty", b"")])

    def test_author_key(self):
        digest = self.rng.randbytes(48)
        words = ["--author-key-digest", digest.hex()]
        self.assert_good(self.case(author_key_digest=digest, key_info=1), *words,
                         made=["revocation", "author-key-digest"])
        self.assert_fails(self.case(author_key_digest=digest), "author-key-digest", words=words)
        self.assert_fails(self.case(author_key_digest=bytes(48), key_info=1), "author-key-digest",
                          words=words)

    def test_numbers(self):
        self.assert_good(self.case(), "--min-guest-svn=2", made=["revocation", "guest-svn"])
        self.assert_fails(self.case(), "guest-svn", words=["--min-guest-svn=3"])
        for version in ("1.55.29", "1.54.255", "0.255.255"):
            self.assert_good(self.case(), "--min-version", version, made=["revocation", "firmware"])
        for version in ("1.55.30", "1.56.0", "2.0.0"):
            self.assert_fails(self.case(), "firmware", words=["--min-version", version])

    def test_vmpl(self):
        self.assert_fails(self.case(), "vmpl", words=["--vmpl=1"])
        for vmpl in (1, 3):
            self.assert_good(self.case(vmpl=vmpl), f"--vmpl={vmpl}", made=["revocation"])
            self.assert_fails(self.case(vmpl=vmpl), "vmpl")
        self.assert_fails(self.case(vmpl=0xFFFFFFFF), "vmpl")

    def test_chip_and_provider(self):
        turin = Amd("Turin")
        words = ["--chip-id", turin.chip_id.hex()]
        self.assert_good(self.case(a=turin), *words, made=["revocation", "chip-id"])
        self.assert_fails(self.case("vlek", a=turin), "chip-id", words=words)
        self.assert_fails(self.case("vlek"), "chip-id", words=["--chip-id", bytes(64).hex()])
        self.assert_good(self.case("vlek"), "--csp-id", Amd.PROVIDER, made=["revocation", "csp-id"])
        for wrong in (Amd.PROVIDER[:-1], Amd.PROVIDER + "m", 'a"b\\c', "\x01\u00e9"):
            self.assert_fails(self.case("vlek"), "csp-id", words=[f"--csp-id={wrong}"])
        self.assert_fails(self.case(), "csp-id", words=["--csp-id", Amd.PROVIDER])

    def test_policy(self):
        self.assert_fails(self.case(policy=0x10000), "policy-form")
        for bit in (26, 63):
            self.assert_fails(self.case(policy=0x30000 | 1 << bit), "policy-form")
        self.assert_good(self.case(policy=0x30000), "--allow=smt", made=["revocation"])
        self.assert_fails(self.case(policy=0xB0000), "policy-debug")
        self.assert_good(self.case(policy=0xB0000), "--allow=debug", made=["revocation"])
        self.assert_fails(self.case(policy=0x70000), "policy-migration")
        self.assert_good(self.case(policy=0x70000), "--allow=migration", made=["revocation"])
        both = self.case(policy=0xF0000)
        self.assert_fails(both, "policy-debug", "policy-migration")
        self.assert_fails(both, "policy-debug", words=["--allow=migration"])
        self.assert_good(both, "--allow", "debug,migration", made=["revocation"])

    def test_requirements(self):
        for word, bit, is_set in (
            ("policy-smt-off", 16, False), ("policy-single-socket", 20, True), ("policy-cxl-off", 21, False),
            ("policy-aes-256-xts", 22, True), ("policy-rapl-off", 23, True),
            ("policy-ciphertext-hiding", 24, True), ("policy-page-swap-off", 25, True),
        ):
            right = 0x20000 | (1 << bit if is_set else 0)
            self.assert_good(self.case(policy=right), "--require", word, made=["revocation", "policy"])
            self.assert_fails(self.case(policy=right ^ 1 << bit), "policy", words=["--require", word])
        for word, bit, is_set in (
            ("smt-off", 0, False), ("tsme", 1, True), ("ecc", 2, True), ("rapl-off", 3, True),
            ("ciphertext-hiding", 4, True), ("alias-check", 5, True), ("tio-off", 7, False),
        ):
            right = 1 << bit if is_set else 0
            self.assert_good(self.case(platform_info=right), "--require", word,
                             made=["revocation", "platform"])
            self.assert_fails(self.case(platform_info=0xFFFF & ~(1 << bit) if is_set else 1 << bit),
                              "platform", words=["--require", word])
        self.assert_good(self.case(platform_info=0x65), "--require=ecc,alias-check,policy-cxl-off",
                         made=["revocation", "platform", "policy"])

    def test_tcb(self):
        """Each part of each TCB, by its name, and in all."""
        a = self.amd
        for field in "committed", "launch", "current":
            for part in "bl", "tee", "snp", "ucode":
                tcb = amd.tcb_bytes("Milan", **{**a.tcb, part: a.tcb[part] - 1})
                case = self.case(**{f"{field}_tcb": tcb})
                minimum = ["--min-tcb", f"{part}={a.tcb[part]}"]
                order = ["tcb-order"] if field in ("committed", "current") else []
                self.assert_fails(case, f"{field}-tcb", *order, words=minimum)
                self.assert_fails(case, f"{field}-tcb", *order, words=[*minimum, f"--tcb={field}"])
                if not order:
                    self.assert_good(case, *minimum, "--tcb=reported,committed,current",
                                     made=["revocation", "reported-tcb", "committed-tcb", "current-tcb"])
        all_of_them = "bl=4,tee=1,snp=27,ucode=219"
        names = ["reported-tcb", "committed-tcb", "launch-tcb", "current-tcb"]
        for which in ([], ["--tcb=all"], ["--tcb=launch,all"]):
            self.assert_good(self.case(), "--min-tcb", all_of_them, *which, made=["revocation", *names])
        self.assert_fails(self.case(), "reported-tcb", words=["--min-tcb=snp=28", "--tcb=reported"])
        self.assert_fails(self.case(), *names, words=["--min-tcb=fmc=1"])
        turin = Amd("Turin")
        self.assert_good(self.case(a=turin), "--min-tcb=fmc=3", made=["revocation", *names])
        self.assert_fails(self.case(a=turin), *names, words=["--min-tcb=fmc=4"])

    def test_tcb_order(self):
        """The key of a TCB that the firmware can still leave, and one that it is not at."""
        a = self.amd
        low = amd.tcb_bytes("Milan", **{**a.tcb, "ucode": 218})
        self.assert_fails(self.case(committed_tcb=low), "tcb-order")
        self.assert_fails(self.case(current_tcb=low), "tcb-order")
        high = amd.tcb_bytes("Milan", **{**a.tcb, "ucode": 220})
        self.assert_good(self.case(current_tcb=high), made=["revocation"])
        self.assert_good(self.case(current_tcb=high, committed_tcb=high), made=["revocation"])
        self.assert_fails(self.case(committed_tcb=high), "tcb-order")
        self.assert_fails(self.case(current_tcb=b"\4\1\1" + low[3:]), "tcb-order")
        turin = Amd("Turin")
        low = amd.tcb_bytes("Turin", **{**turin.tcb, "fmc": 2})
        for kind in "vcek", "vlek":
            self.assert_fails(self.case(kind, turin, committed_tcb=low, current_tcb=low), "tcb-order")

    def test_several(self):
        case = self.case(policy=0xB0000, vmpl=2, words=["-m", bytes(48).hex()])
        self.assert_fails(case, "measurement", "vmpl", "policy-debug")


class Beside(amd.EcKey):
    """A key that is no point of the curve."""

    @property
    def bytes(self):
        x, y = self.point
        return x.to_bytes(48, "big") + (y ^ 1).to_bytes(48, "big")


class Reference(VerifyTest):
    """Values as snp-digest prints them: how many there are makes no difference."""

    def manifest(self, *values, **changes):
        return {"type": "sevlaunch-reference-values", "schema": 1,
                "tool": {"name": "sevlaunch", "list": [1, [2], {"measurement": "no"}]},
                "technology": "sev-snp", "vmm": "qemu",
                "values": [{"measurement": value.hex(), "num-cpus": i, "cpu-type": None,
                            "more": [{"measurement": "0"}]} for i, value in enumerate(values)],
                **changes}

    def check(self, document, case=None):
        text = document if isinstance(document, bytes) else json.dumps(document).encode()
        case = self.case(words=[]) if case is None else case
        return case.changed(words=[*case.words, "--reference", self.write("manifest", text)])

    def test_values(self):
        right = self.amd.fields()["measurement"]
        others = [self.rng.randbytes(48) for _ in range(1500)]
        for values in ([right], [right, *others], [*others, right], [*others[:9], right, right, *others]):
            self.assert_good(self.check(self.manifest(*values)), made=["revocation", "measurement"])
        for values in (others[:1], others):
            case = self.check(self.manifest(*values))
            self.assert_fails(case, "measurement")
            said = values[0].hex() if len(values) == 1 else "one of 1500 values"
            self.assertIn(f"expected {said}, got {right.hex()}".encode(), self.verify(case).err)
            self.assert_good(case, "-m", right.hex(), made=["revocation", "measurement"])
            self.assert_fails(case, "measurement", words=["-m", others[5].hex()])

    def test_of_snp_digest(self):
        """What the command itself prints, with the value of one of the guests in it."""
        image = amd.model.snp_image(self.rng, [(0x800000, 0x1000, 1)], [amd.model.reset_block()], 8192)
        done = run(["snp-digest", "-f", self.write("fw", image), "-n", "1-9", "--cpu-type", "EPYC", "--json"])
        measured = json.loads(done.out)["values"][4]["measurement"]
        case = self.case(words=[], measurement=bytes.fromhex(measured))
        self.assert_good(self.check(done.out, case), made=["revocation", "measurement"])
        self.assert_fails(self.check(done.out), "measurement")

    def test_documents_that_are_none(self):
        right = self.amd.fields()["measurement"]
        good = self.manifest(right)
        text = json.dumps(good).encode()
        without = [{name: value for name, value in good.items() if name != left}
                   for left in ("type", "schema", "technology", "values")]
        for wrong in (
            *without, self.manifest(right, type="other"), self.manifest(right, schema=2),
            self.manifest(right, technology="sev"), self.manifest(), self.manifest(right, values={}),
            self.manifest(right, values=right.hex()), self.manifest(right, schema=[1]),
            self.manifest(right, type={}), self.manifest(right, values=[[right.hex()]]),
            self.manifest(right, values=[right.hex()]), self.manifest(right[:47]),
            self.manifest(right, values=[{"measurement": 1}]), self.manifest(right, values=[{"other": ""}]),
            self.manifest(right, values=[{"measurement": [right.hex()]}]),
            self.manifest(right, values=[{"measurement": "x" * 600}]), [good], right.hex(), 7, None,
            text[:-1], text + b"{}", b"hello", b"", text.replace(b'"schema"', b'"schema": 1, "schema"'),
            text.replace(b'"values"', b'"values": [], "values"'), text.replace(b", ", b",, ", 1),
            text.replace(b": ", b" ", 1), text.replace(b"null", b"nil"), text.replace(b'"num-cpus": 0', b'"num-cpus": 00'),
            text.replace(b'"qemu"', b'"q\\x"'), text.replace(b'"qemu"', b'"\n"'),
            text.replace(b'"qemu"', b"[" * 40 + b"]" * 40), text.replace(b'"qemu"', b'"\\u12g4"'),
        ):
            self.assertNotEqual(wrong, text)
            self.assert_unusable(self.check(wrong), "--reference")
        for old, new in (("]}", "}"), ("}", "]"), ('"vmm"', "vmm"), (', "vmm"', ", vmm"),
                         ('{"type"', '{1: 2, "type"'), ("null", "Null"), ("null", "n" * 600),
                         ('"qemu"', '"\\\0"')):
            self.assertIn(old.encode(), text)
            changed = text.replace(old.encode(), new.encode())
            self.assert_unusable(self.check(changed), "--reference")
        odd = text.replace(b": ", b" \t:\r\n", 3)
        self.assert_good(self.check(odd), made=["revocation", "measurement"])
        for old, new in ((b'"qemu"', b"~"), (b', "vmm"', b", 2")):
            self.assert_unusable(self.check(text.replace(old, new)), "--reference")
        odd = text.replace(b'"cpu-type"', b'"' + b"x" * 600 + b'"')
        self.assert_good(self.check(odd), made=["revocation", "measurement"])
        long_type = text.replace(b"sevlaunch-reference-values", b"x" * 600)
        self.assert_unusable(self.check(long_type), "--reference")
        long_name = text.replace(b'"technology"', b'"' + b"x" * 600 + b'": 1, "technology"')
        self.assert_good(self.check(long_name), made=["revocation", "measurement"])
        for right_text in (b'"\\u12fA\\"\\n"', b"-1.5E+07", b"0.0e-1", b"[[], {}, true, false, null, 0]",
                           b"[" * 30 + b"]" * 30, b'"' + b"x" * 9999 + b'"'):
            changed = text.replace(b'"qemu"', right_text)
            self.assert_good(self.check(changed), made=["revocation", "measurement"])
        for number in (b"01", b"1.", b".5", b"-", b"1e", b"1e+", b"+1", b"truer", b"x", b"0x1", b"1" * 600):
            self.assert_unusable(self.check(text.replace(b'"qemu"', number)), "--reference")


class Policy(VerifyTest):
    """Expectations in a file say the same as options."""

    def check(self, rules, case=None, **changes):
        text = rules if isinstance(rules, bytes) else json.dumps(rules).encode()
        case = self.case(words=[], **changes) if case is None else case
        return case.changed(words=[*case.words, "--policy-file", self.write("policy", text)])

    def test_every_expectation(self):
        fields = self.amd.fields()
        tcbs = ["reported-tcb", "committed-tcb", "launch-tcb", "current-tcb"]
        policy = {
            "measurement": [bytes(48).hex(), fields["measurement"].hex()], "min-guest-svn": 2, "vmpl": 0,
            "host-data": fields["host_data"].hex(), "id-key-digest": fields["id_key_digest"].hex(),
            "family-id": fields["family_id"].hex(), "image-id": fields["image_id"].hex(),
            "min-tcb": ["bl=4", "tee=1", "snp=27", "ucode=219"], "min-version": "1.55.29",
            "require": ["ecc", "alias-check", "policy-cxl-off"], "allow": "debug,migration",
            "report-data": fields["report_data"].hex(), "chip-id": fields["chip_id"].hex(),
            "tcb": ["reported", "committed", "launch", "current"],
        }
        made = ["revocation", "measurement", "guest-svn", "host-data", "id-key-digest", "family-id",
                "image-id", "firmware", "platform", "policy", "report-data", "chip-id", *tcbs]
        self.assert_good(self.check(policy), made=made)
        self.assert_good(self.check(policy, policy=0xF0000), made=made)
        for name, value, check in (
            ("measurement", bytes(48).hex(), "measurement"), ("min-guest-svn", 3, "guest-svn"),
            ("vmpl", 1, "vmpl"), ("host-data", bytes(32).hex(), "host-data"),
            ("min-version", "1.55.30", "firmware"), ("require", ["smt-off"], "platform"),
            ("min-tcb", "snp=28", tcbs), ("min-tcb", ["fmc=1"], tcbs), ("image-id", bytes(16).hex(), "image-id"),
        ):
            checks = [check] if isinstance(check, str) else check
            self.assert_fails(self.check({**policy, name: value}), *checks)

    def test_trust(self):
        case = self.case(words=[])
        policy = {"ark-fingerprint": self.amd.ark.fingerprint, "max-age": "151d", "no-measurement": True}
        self.assert_good(self.check(policy, case.changed(words=["--time", NOW])), made=["revocation", "crl-age"])
        policy = {"ark-fingerprint": self.amd.ark.fingerprint, "allow-unpinned-intermediate": True,
                  "no-measurement": True, "csp-id": Amd.PROVIDER}
        vlek = self.case("vlek", words=[])
        words = ["--time", NOW]
        self.assert_good(self.check(policy, vlek.changed(words=words, crls=[])), made=["csp-id"])
        del policy["allow-unpinned-intermediate"]
        self.assert_fails(self.check(policy, vlek.changed(words=words, crls=[])), "intermediate")
        self.assert_fails(self.check({"no-measurement": True}, case.changed(words=words)), "root")
        self.assert_unusable(self.check({}, case), "--measurement HEX is required")

    def test_files_that_are_none(self):
        for policy, *texts in (
            ({"other": 1}, "'other'", "is no option"), ({"time": NOW}, "'time'", "is no option"),
            ({"report": "x"}, "'report'"), ({"firmware": "x"}, "'firmware'", "is no option"),
            ({"kernel": "x"}, "'kernel'"), ({"cmdline-file": "x"}, "'cmdline-file'"), ({"reference": "x"}, "'reference'"), ({"json": True}, "'json'"),
            ({"--vmpl": 1}, "'--vmpl'"), ({"x" * 600: 1}, "''", "is no option"),
            ({"x" * 100: 1}, "'" + "x" * 63 + "'"), ({"\\n": 1}, "is no option"),
            ({"vmpl": None}, "'vmpl'", "must be a string"), ({"vmpl": True}, "'vmpl'"),
            ({"vmpl": {}}, "'vmpl'", "must be a string"), ({"vmpl": ["1"]}, "'vmpl'", "is no list"),
            ({"vmpl": "x" * 600}, "is too long"), ({"csp-id": 'a"b'}, "has escapes"),
            ({"no-measurement": False}, "must be true"), ({"no-measurement": "true"}, "must be true"),
            ({"no-measurement": []}, "is no list"), ({"measurement": []}, "is an empty list"),
            ({"require": []}, "is an empty list"), ({"require": [["ecc"]]}, "is no list of strings"),
            ({"require": [1]}, "is no list of strings"), ({"require": [{"ecc": 1}]}, "is no list of strings"),
            ({"measurement": [bytes(48).hex()] * 30}, "is given too often"),
            ({"require": ["ecc"] * 300}, "is too long"), ({"require": ["ecc", "x"]}, "--require: expected"),
            ({"min-tcb": ["bl=1", "bl=1"]}, "--min-tcb"), ({"vmpl": 9}, "--vmpl: expected"),
            ({"vmpl": -1}, "must be a string"), ([], "expected a JSON object"), (7, "expected a JSON object"),
            (b"{", "expected a JSON object"), (b"{} {}", "expected a JSON object"), (b"hello", "expected"),
            (b'{"vmpl": 1, "vmpl": 1}', "'vmpl'", "is given twice"), (b"", "--policy-file", "is not empty"),
        ):
            case = self.case(words=[] if "measurement" in str(policy) else ["--no-measurement"])
            self.assert_unusable(self.check(policy, case), *texts)
        self.assert_unusable(self.check({"vmpl": 1}), "'vmpl'", "is given twice", words=["--vmpl=1"])


class Bits(VerifyTest):
    def test_a_flipped_bit_of_any_file_is_refused(self):
        case = self.case()
        files = {"report": case.report, **{f"certs{i}": der for i, der in enumerate(case.certs)},
                 "crl0": case.crls[0]}
        words = ["snp-verify", *self.files(case), *case.words, "-q"]
        self.assert_silent(self.command(words), MATCH)
        for name, data in files.items():
            for _ in range(40):
                bit = self.rng.randrange(8 * len(data))
                self.write(name, amd.model.flip(data, bit))
                result = self.command(words)
                self.assertIn(result.code, (MISMATCH, USAGE), f"{name} {bit}: {result}")
            self.write(name, data)
        self.assert_silent(self.command(words), MATCH)


    def test_a_flipped_bit_around_them_changes_no_answer(self):
        """What is not signed carries what is: without it, there is an error, or the same answer."""
        case = self.case()
        answer = struct.pack("<II", 0, 1184) + bytes(24) + case.report + bytes(100)
        azure = hcl_of(self.amd, b'{"keys": []}').ljust(1400, b"\0")
        table = amd.table([(amd.GUIDS[kind], der) for kind, der in zip(("vcek", "ask", "ark"), case.certs)])
        for name, data, inside in (("report", answer, range(32, 1216)), ("report", azure, range(32, 1216)),
                                   ("certs", table, range(96, len(table)))):
            right = self.verify(self.with_file(case, name, data))
            self.assertEqual(right.code, MATCH, right)
            around = [i for i in range(len(data)) if i not in inside]
            for _ in range(40):
                changed = amd.model.flip(data, 8 * self.rng.choice(around) + self.rng.randrange(8))
                result = self.verify(self.with_file(case, name, changed))
                self.assertIn((result.code, result.out), ((MATCH, right.out), (MISMATCH, b""), (USAGE, b"")))

    @staticmethod
    def with_file(case, name, data):
        return case.changed(**{name: [data] if name == "certs" else data})


class Options(VerifyTest):
    def test_what_is_required(self):
        path = self.write("any", b"any")
        for words, text in (([], "--report PATH is required"), (["--nope"], "'--nope' is not an option"),
                            (["--report", path], "--certs PATH is required"),
                            (["--report", path, "--certs", path], "--measurement HEX is required"),
                            (["--report", "-", "--certs", "-", "--no-measurement"], "standard input")):
            result = self.command(["snp-verify", *words])
            self.assert_one_line(result, USAGE, text)

    def test_files_that_cannot_be_read(self):
        case = self.case()
        words = list(self.files(case))
        for i in range(1, len(words), 2):
            missing = [*words[:i], "missing", *words[i + 1:]]
            self.assert_one_line(self.command(["snp-verify", *missing, *case.words]), FAILED, "'missing'")

    def test_values(self):
        digest = bytes(48).hex()
        for words, *texts in (
            (["--measurement=00"], "--measurement: expected 96 hexadecimal digits"),
            (["-m", digest, "--no-measurement"], "--no-measurement"),
            (["-m", digest, "--ark-fingerprint=xy"], "--ark-fingerprint: expected 96"),
            (["-m", digest, "--report-data=00"], "--report-data: expected 128 hexadecimal digits"),
            (["-m", digest, "--nonce="], "--nonce: expected 2 to 128"),
            (["-m", digest, "--nonce=123"], "--nonce: expected 2 to 128"),
            (["-m", digest, "--nonce=" + 65 * "00"], "--nonce: expected 2 to 128"),
            (["-m", digest, "--nonce=zz"], "--nonce: expected 2 to 128"),
            (["-m", digest, "--nonce=00", "--report-data=00"], "--report-data"),
            (["-m", digest, "--host-data=00"], "--host-data: expected 64"),
            (["-m", digest, "--id-key-digest=00"], "--id-key-digest: expected 96"),
            (["-m", digest, "--author-key-digest=00"], "--author-key-digest: expected 96"),
            (["-m", digest, "--family-id=00"], "--family-id: expected 32"),
            (["-m", digest, "--image-id=00"], "--image-id: expected 32"),
            (["-m", digest, "--chip-id=00"], "--chip-id: expected 128 hexadecimal digits, or 16"),
            (["-m", digest, "--csp-id="], "--csp-id: expected 1 to 64 characters"),
            (["-m", digest, "--csp-id=" + 65 * "x"], "--csp-id: expected 1 to 64 characters"),
            (["-m", digest, "--min-guest-svn=x"], "--min-guest-svn: expected a number"),
            (["-m", digest, "--vmpl=4"], "--vmpl: expected a number from 0 to 3"),
            (["-m", digest, "--min-tcb=bl"], "--min-tcb: expected bl=N"),
            (["-m", digest, "--min-tcb=bl=256"], "--min-tcb: expected bl=N"),
            (["-m", digest, "--min-tcb=bl=1,bl=2"], "--min-tcb: expected each part once"),
            (["-m", digest, "--min-tcb=b=1"], "--min-tcb: expected bl=N"),
            (["-m", digest, "--min-tcb="], "--min-tcb: expected bl=N"),
            (["-m", digest, "--tcb=launch"], "--tcb", "--min-tcb"),
            (["-m", digest, "--min-tcb=bl=1", "--tcb=none"], "--tcb: expected reported"),
            (["-m", digest, "--require=smt"], "--require: expected smt-off"),
            (["-m", digest, "--allow=all"], "--allow: expected debug"),
            (["-m", digest, "--allow=smt", "--require=policy-smt-off"], "--allow smt and --require"),
            *((["-m", digest, f"--max-age={value}"], "--max-age: expected a number of days")
              for value in ("", "d", "30", "30D", "30 d", "-1d", "1.5d", "1d1h", "1000000000s", "30days")),
            (["-m", digest, "--claims-out=any"], "--claims-out"),
            (["--reference=any", "--no-measurement"], "--no-measurement"),
            *((["-m", digest, f"--min-version={value}"], "--min-version: expected a version")
              for value in ("1", "1.55", "1.55.256", "1.55.", ".55.1", "1.55.1.1", "1.55.1.", "1.x.2", "1000.1.1")),
            *((["-m", digest, f"--time={value}"], "--time: expected seconds")
              for value in ("", "now", "2026-13-01", "2026-02-30", "1969-12-31", "2026-06-01T24:00:00Z",
                            "2026-06-01T00:60:00Z", "2026-06-01T00:00:60Z", "2026-06-01T00:00:00",
                            "2026-06-01 00:00:00Z", "253402300800", "2026/06/01", "2026-00-01",
                            "2026-06-00", "2026-1-01")),
        ):
            path = self.write("any", b"any")
            words = ["snp-verify", "--report", path, "--certs", path, *words]
            self.assert_one_line(self.command(words), USAGE, *texts)
            self.assert_silent(self.command([*words, "-q"]), USAGE)

    def test_times(self):
        case = self.case()
        for time in ("2026-06-01", "1780272000", "2026-06-01T00:00:00Z", "0x6a1ccb80"):
            result = self.verify(case.changed(words=case.words[:2]), "--no-measurement", "--json",
                                 "--time", time)
            self.assertEqual(json.loads(result.out)["time"], "2026-06-01T00:00:00Z", result)
        leap = self.verify(case, "--json", "--time=2028-02-29T23:59:59Z")
        self.assertEqual(json.loads(leap.out)["time"], "2028-02-29T23:59:59Z")
        century = self.verify(case, "--json", "--time=2100-03-01")
        self.assertEqual(json.loads(century.out)["time"], "2100-03-01T00:00:00Z")
        last = self.verify(case, "--json", "--time=9999-12-31T23:59:59Z")
        self.assertEqual(json.loads(last.out)["time"], "9999-12-31T23:59:59Z")

    def test_inputs(self):
        """Each file with its size and hash, in the order in which they are read."""
        case = self.case()
        inputs = json.loads(self.verify(case, "--json").out)["inputs"]
        files = [("report", case.report), *(("crl", each) for each in case.crls),
                 *(("certs", each) for each in case.certs)]
        self.assertEqual(inputs, [{"option": option, "size": len(data),
                                   "sha256": hashlib.sha256(data).hexdigest()} for option, data in files])

    def test_debug(self):
        result = self.verify(self.case(), "--debug")
        fields = self.amd.fields()
        self.assertIn(b"[DEBUG]: Measurement: " + fields["measurement"].hex().encode(), result.err)


class Odd(VerifyTest):
    def test_extensions_and_forms_that_amd_does_not_use(self):
        """They are signed as they should be, and refused all the same."""
        case, leaf = self.case(), self.amd.vcek()
        for wrong in (leaf.with_extension(SPL["snp"]), leaf.with_extension(HARDWARE_ID, tlv(4, self.amd.chip_id)),
                      leaf.changed(extensions=(*leaf.extensions, (SPL["snp"], integer(27)))),
                      leaf.changed(serial=1), leaf.changed(inner=amd.pss(False)), leaf.changed(version=0)):
            self.assert_unusable(case.changed(certs=[wrong.der, *case.certs[1:]]), "none of AMD's")
        reordered = leaf.changed(extensions=leaf.extensions[::-1])
        self.assert_good(case.changed(certs=[reordered.der, *case.certs[1:]]), made=["revocation"])

    def test_the_kind_of_signer_agrees_three_times(self):
        """The report, the leaf and its issuer tell it; whoever signed it, two of them do not do."""
        a, chip, provider = self.amd, self.case(), self.case("vlek")
        says_chip, says_provider = a.fields("vcek"), a.fields("vlek")
        self.assert_fails(chip.changed(report=amd.report(a.provider, **says_chip)), "signature")
        self.assert_fails(provider.changed(report=amd.report(a.chip, **says_provider)), "signature")
        for case, report, kind in ((chip, provider.report, "VLEK"), (provider, chip.report, "VCEK")):
            self.assert_unusable(case.changed(report=report), f"--certs: expected the {kind} that signed")
        for leaf, issuer, case in ((a.vcek(), "SEV-VLEK-Milan", chip), (a.vlek(), "SEV-Milan", provider)):
            certs = [leaf.changed(issuer=issuer).der, *case.certs[1:]]
            self.assert_unusable(case.changed(certs=certs), "none of AMD's")
        other = a.asvk.changed(key=amd.RsaKey(2))
        self.assert_fails(provider.changed(certs=[a.vlek().der, other.der, a.ark.der]), "certificate")

    def test_both_forms_of_the_algorithm_in_one_chain(self):
        leaf, ask, ark = self.amd.chain()
        for trailers in (False, True, True), (True, False, True), (False, False, True), (True, True, False):
            certs = [each.changed(trailer=with_it).der for each, with_it in zip((leaf, ask, ark), trailers)]
            for trailer in (False, True):
                crl = self.amd.crl(trailer=trailer)
                self.assert_good(self.case().changed(certs=certs, crls=[crl]), made=["revocation"])

    def test_two_serials_that_are_equal(self):
        """That of an ASK on a list counts for no certificate of another product, but for an ASVK."""
        genoa = Amd("Genoa")
        case = self.case(a=genoa)
        ask = genoa.ask.changed(serial=self.amd.ask.serial)
        crls = [genoa.crl(), self.amd.crl([self.amd.ask.serial])]
        self.assert_good(case.changed(certs=[case.certs[0], ask.der, case.certs[2]], crls=crls),
                         made=["revocation"])
        vlek = self.case("vlek")
        asvk = self.amd.asvk.changed(serial=self.amd.ask.serial)
        revoked = vlek.changed(certs=[vlek.certs[0], asvk.der, vlek.certs[2]],
                               crls=[self.amd.crl([self.amd.ask.serial])])
        self.assert_fails(revoked, "revocation")


if __name__ == "__main__":
    main()
