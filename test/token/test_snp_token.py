# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does a token for SEV-SNP take the reports that its owner expects, and no others?

usage: test_snp_token.py IMAGE FOLDER    with reports of real processors in FOLDER, or none
"""
import itertools
import pathlib
import sys
import time
import unittest

import mailbox
import snp_case
from mailbox import launch, snp_request
from snp_case import (CHALLENGE, DIGEST, FORM, INTERMEDIATE, KIND, LEAF, REPORT, RESULTS, REVOKED,
                      ROOT, SIGNATURE, UNTRUSTED, amd, known_key)

PUBLISHED = pathlib.Path(sys.argv[2])
snp_case.Case.image_file = pathlib.Path(sys.argv[1]).resolve()
SIGNER, PRODUCT, TCB, CHIP, POINT, SIGNATURE_OF_REPORT = 2, 3, 4, 5, 6, 7


def changed(data, at, mask=1):
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1:]


class Matches(snp_case.Case):
    def test_products_and_signers(self):
        for product, kind in itertools.product(("Milan", "Genoa", "Turin"), ("vcek", "vlek")):
            with self.subTest(product=product, kind=kind):
                self.world = amd.Amd(product)
                self.provision()
                self.match(self.world.report(kind), self.chain(kind))

    def test_challenge(self):
        self.match(self.report, self.chain(), {"report-data"}, CHALLENGE)

    def test_all_that_is_expected(self):
        self.provision("--min-tcb=bl=4,tee=1,snp=27,ucode=219", "--min-version=1.55.29",
                       "--require=ecc,alias-check,policy-cxl-off", "--host-data",
                       bytes(range(50, 82)).hex(), "--id-key-digest", bytes(range(60, 108)).hex())
        self.match(self.report, self.chain(), {
            "host-data", "id-key-digest", "policy", "platform", "reported-tcb", "committed-tcb",
            "launch-tcb", "current-tcb", "firmware"})

    def test_each_of_several_measurements(self):
        digests = [bytes([value]) * 48 for value in range(1, 9)]
        self.provision(measurements=digests)
        for digest in (digests[0], digests[4], digests[7]):
            self.match(self.world.report(measurement=digest), self.chain())
        self.failed(["measurement"])

    def test_allowed(self):
        self.provision("--allow=debug,migration", "--vmpl=2")
        self.match(self.world.report(policy=0xF0000, vmpl=2), self.chain())

    def test_certificates_of_the_largest_size(self):
        """Extensions that are not critical can be of any length."""
        leaf = self.world.vcek()
        room = mailbox.CERTIFICATE_MAX - len(leaf.der)
        longer = [leaf.changed(extensions=(*leaf.extensions, ("1.2.3", bytes(room - less))))
                  for less in range(10, 30)]
        largest, = (each.der for each in longer if len(each.der) == mailbox.CERTIFICATE_MAX)
        self.match(self.report, [largest, *self.chain()[1:]])

    def test_dirty_memory(self):
        noise = launch.firmware(mailbox.RAM_SIZE)
        (self.folder / "noise").write_bytes(noise)
        self.match(self.report, self.chain(),
                   options=mailbox.machine.loaded(self.folder / "noise", mailbox.RAM))


class KnownKey(snp_case.Case):
    """A key is provisioned in place of certificates."""

    def use(self, key):
        self.provision(trust=self.key_words(key))

    def test_match(self):
        for product, kind in (("Milan", "vcek"), ("Genoa", "vlek"), ("Turin", "vcek")):
            self.world = amd.Amd(product)
            self.use(known_key(self.world, kind))
            self.match(self.world.report(kind), [b"", b"", b""])

    def test_certificates_do_not_count(self):
        self.use(known_key(self.world))
        for sizes in ((0, 0, 0), (0xFFFFFFFF, 2049, 1 << 31)):
            self.check("SEVL_MATCH", snp_request(self.report, [b"x", b"", b""], sizes=sizes))

    def test_other_reports(self):
        self.use(known_key(self.world))
        tcb = amd.tcb_bytes("Milan", bl=4, tee=1, snp=27, ucode=220)
        for report, reason in (
                (self.world.report("vlek"), SIGNER),
                (self.world.report(cpuid=amd.CPUIDS["Genoa"]), PRODUCT),
                (self.world.report(reported_tcb=tcb), TCB),
                (self.world.report(chip_id=bytes(64)), CHIP),
                (amd.report(amd.EcKey(99 << 300), **self.world.fields()), SIGNATURE_OF_REPORT)):
            self.check("SEVL_MISMATCH", snp_request(report, [b"", b"", b""]), REPORT | reason)

    def test_no_point(self):
        self.use(changed(known_key(self.world), 191))
        self.check("SEVL_MISMATCH", snp_request(self.report, [b"", b"", b""]), REPORT | POINT)

    def test_appraisal(self):
        self.use(known_key(self.world))
        self.check("SEVL_MISMATCH", snp_request(self.world.report(measurement=bytes(48)),
                                                [b"", b"", b""]), failed=["measurement"])


class Forgeries(snp_case.Case):
    def test_fields(self):
        """A bit of each field of a report, and of its signature."""
        for at in (*(offset for offset, _ in amd.FIELDS.values()), 0x8F, 0xBF, 0x2A0, 0x2CF,
                   0x2A0 + 72, 0x2A0 + 119):
            with self.subTest(at=hex(at)):
                name, findings = self.answer(snp_request(changed(self.report, at), self.chain()))
                self.assertIn(name, ("SEVL_MISMATCH", "TOKEN_UNREADABLE"))
                self.assertEqual(findings[0] & 0xF0, REPORT)

    def test_unreadable_report(self):
        for at in (0, 0x4C, 0x18B, 0x2D0, 0x49F):
            self.check("TOKEN_UNREADABLE",
                       snp_request(changed(self.report, at, 0x80), self.chain()), REPORT | FORM)

    def test_certificates(self):
        """A bit of some bytes of each certificate."""
        for which, part in enumerate((LEAF, INTERMEDIATE, ROOT)):
            chain = self.chain()
            good = chain[which]
            for at in (*range(7, len(good), 211), len(good) - 1):
                with self.subTest(part=hex(part), at=at):
                    chain[which] = changed(good, at, 1 << at % 8)
                    name, findings = self.answer(snp_request(self.report, chain))
                    self.assertIn(name, ("SEVL_MISMATCH", "TOKEN_UNREADABLE"))
                    self.assertEqual(findings[0] & 0xF0, part)

    def test_own_signatures(self):
        """An attacker's chain under the right names."""
        key = amd.RsaKey(2)
        self.check("SEVL_MISMATCH", snp_request(
            self.report, [*self.chain()[:2], self.world.ark.changed(key=key, signer=key).der]),
            ROOT | UNTRUSTED)
        self.check("SEVL_MISMATCH", snp_request(
            self.report, [*self.chain()[:2], self.world.ark.changed(signer=key).der]),
            ROOT | SIGNATURE)
        self.check("SEVL_MISMATCH", snp_request(
            self.report, [self.chain()[0], self.world.ask.changed(signer=key).der,
                          self.world.ark.der]), INTERMEDIATE | SIGNATURE)
        self.check("SEVL_MISMATCH", snp_request(
            self.report, [self.world.vcek().changed(signer=key).der, *self.chain()[1:]]),
            LEAF | SIGNATURE)

    def test_wrong_places(self):
        leaf, ask, ark = self.chain()
        vlek, asvk, _ = self.chain("vlek")
        genoa = amd.Amd("Genoa")
        for chain, fault in (((leaf, ask, ask), ROOT), ((leaf, ark, ark), INTERMEDIATE),
                             ((ask, ask, ark), LEAF), ((vlek, ask, ark), LEAF),
                             ((leaf, asvk, ark), LEAF), ((leaf, genoa.ask.der, ark), INTERMEDIATE),
                             ((genoa.vcek().der, ask, ark), LEAF)):
            self.check("SEVL_MISMATCH", snp_request(self.report, chain), fault | KIND)

    def test_report_of_another_chip(self):
        self.check("SEVL_MISMATCH", snp_request(self.world.report(chip_id=bytes(64)),
                                                self.chain()), REPORT | CHIP)


class Trust(snp_case.Case):
    def test_root_that_nobody_took(self):
        self.provision(trust=["--product=milan,genoa,turin"])
        self.check("SEVL_MISMATCH", snp_request(self.report, self.chain()), ROOT | UNTRUSTED)

    def test_intermediate_for_which_nobody_vouches(self):
        ark = ["--ark-fingerprint", self.world.ark.fingerprint]
        other = ["--intermediate-fingerprint", amd.Certificate("", "", amd.RsaKey(2), None, 0,
                                                               ()).fingerprint]
        for trust in (ark, ark + other):
            self.provision(trust=trust)
            self.check("SEVL_MISMATCH", snp_request(self.report, self.chain()),
                       INTERMEDIATE | UNTRUSTED)

    def test_fingerprints_in_each_other_s_place(self):
        self.provision(trust=["--ark-fingerprint", self.world.ask.fingerprint,
                              "--intermediate-fingerprint", self.world.ark.fingerprint])
        self.check("SEVL_MISMATCH", snp_request(self.report, self.chain()), ROOT | UNTRUSTED)


class Expectations(snp_case.Case):
    """Reports that are genuine, and not as the owner expects."""

    def test_measurement(self):
        for measurement in (bytes(48), changed(DIGEST, 47), changed(DIGEST, 0, 128)):
            self.failed(["measurement"], self.world.report(measurement=measurement))

    def test_challenge(self):
        for challenge in (bytes(64), changed(CHALLENGE, 63), changed(CHALLENGE, 0, 128)):
            self.failed(["report-data"], challenge=challenge)

    def test_policy(self):
        for policy, check in ((0xB0000, "policy-debug"), (0x70000, "policy-migration"),
                              (0x10000, "policy-form"), (0x4030000, "policy-form")):
            self.failed([check], self.world.report(policy=policy))
        self.failed(["vmpl"], self.world.report(vmpl=1))

    def test_bits(self):
        self.provision("--require=policy-smt-off,policy-single-socket,tsme")
        self.failed(["policy", "platform"])

    def test_tcb(self):
        for part, value in self.world.tcb.items():
            self.provision(f"--min-tcb={part}={value + 1}")
            self.failed(["reported-tcb", "committed-tcb", "launch-tcb", "current-tcb"])
        self.provision("--min-tcb=snp=28", "--tcb=launch")
        self.failed(["launch-tcb"])

    def test_tcb_order(self):
        lower = amd.tcb_bytes("Milan", bl=4, tee=1, snp=26, ucode=219)
        self.failed(["tcb-order"], self.world.report(committed_tcb=lower))

    def test_values(self):
        for option, size, check in (("--host-data", 32, "host-data"),
                                    ("--id-key-digest", 48, "id-key-digest")):
            self.provision(option, (bytes(size - 1) + b"\1").hex())
            self.failed([check])
        self.provision("--min-version=1.55.30")
        self.failed(["firmware"])


class Refusals(snp_case.Case):
    """With a match already in the mailbox."""

    def refused(self, name, **changes):
        given = {"report": self.report, "chain": self.chain(), "result": RESULTS["SEVL_MATCH"]}
        fault = changes.pop("fault", 0)
        self.check(name, snp_request(**{**given, **changes}), fault)

    def test_unprovisioned(self):
        self.image.write_bytes(self.image_file.read_bytes())
        self.refused("TOKEN_UNPROVISIONED")
        for content in (bytes(mailbox.REFERENCE_SIZE), b"\xff" * 4, b"\0\0\0\0"):
            self.provision()
            self.patch(0, content, is_hashed=False)
            self.refused("TOKEN_UNPROVISIONED")

    def test_damaged(self):
        for at in (4, 0x1C, 0xF8, 0x277, 0x337, 0x338, 0x367):
            self.provision()
            self.patch(at, b"\x5a", is_hashed=False)
            self.refused("TOKEN_DAMAGED")

    def test_values_that_no_owner_writes(self):
        """Their hash is right."""
        for at, content in (
                (0x04, b"\1\0\0\0"),  # no trust
                (0x08, b"\1\0\0\0"), (0x08, b"\0\0\1\0"),  # no product
                (0x0C, b"\4\0\0\0"), (0x0C, b"\0\0\0\0"),  # no such pin, and no root at all
                (0x10, b"\1\0\0\0"), (0x10, b"\0\0\0\1"),  # dates, and a check that is none
                (0x14, b"\4\0\0\0"), (0x1C, b"\0\0\0\0"), (0x1C, b"\x09\0\0\0"),
                (0x1C, b"\1\0\0\x80"), (0x04, b"\xe3\xd5\x44\x41")):  # a key, which is zeros
            with self.subTest(at=hex(at), content=content):
                self.provision()
                self.patch(at, content)
                self.refused("TOKEN_DAMAGED")

    def test_known_answer(self):
        """This image has one wrong answer in its self-test: SHA-384 of nothing."""
        elf, answer = self.image.read_bytes(), bytes.fromhex("38b060a751ac9638")
        self.assertEqual(elf.count(answer), 1)
        self.image.write_bytes(elf.replace(answer, changed(answer, 5)))
        self.refused("TOKEN_BROKEN")

    def test_magic(self):
        for magic in (0, 0xFFFFFFFF, mailbox.MAGIC, mailbox.SNP_MAGIC ^ 1 << 31):
            self.refused("TOKEN_NO_REQUEST", magic=magic)

    def test_kind_of_challenge(self):
        for kind in (0, 1, 0xFFFFFFFF, mailbox.CHALLENGE ^ 1, mailbox.NO_CHALLENGE ^ 1 << 30):
            self.refused("TOKEN_NO_REQUEST", kind=kind, challenge=CHALLENGE)

    def test_sizes(self):
        for which in range(3):
            for size in (0, 2049, 4096, 0x10000800, 0x7FFFFFFF, 0x80000001, 0xFFFFFFFF):
                sizes = [len(der) for der in self.chain()]
                sizes[which] = size
                with self.subTest(sizes=sizes):
                    self.refused("TOKEN_OUT_OF_RANGE", sizes=sizes)

    def test_truncated(self):
        for which, part in enumerate((LEAF, INTERMEDIATE, ROOT)):
            for size in (1, 2, 500, len(self.chain()[which]) - 1, len(self.chain()[which]) + 1, 2048):
                sizes = [len(der) for der in self.chain()]
                sizes[which] = size
                with self.subTest(sizes=sizes):
                    self.refused("TOKEN_UNREADABLE", sizes=sizes, fault=part | FORM)


class Course(snp_case.Case):
    def test_busy(self):
        """While it computes there is no verdict, whatever was in the mailbox before."""
        request = snp_request(self.report, self.chain(), result=RESULTS["SEVL_MATCH"])
        slow = ("-icount", "shift=5,align=off,sleep=on")
        with self.token(request, options=slow) as token:
            while token.result() == RESULTS["SEVL_MATCH"]:
                time.sleep(0.02)
            self.assertEqual(token.result(), RESULTS["TOKEN_BUSY"])
            self.assertEqual(token.line(), snp_case.OK)
            self.assertEqual(token.result(), RESULTS["SEVL_MATCH"])

    def test_fault(self):
        """It withdraws a verdict that was in the mailbox."""
        nowhere = ("-device", "loader,addr=0xf0000000,cpu-num=0")
        request = snp_request(self.report, self.chain(), result=RESULTS["SEVL_MATCH"])
        with self.token(request, options=nowhere) as token:
            self.assertRegex(token.line(), r"^ERROR: CPU fault 0x0*3 at 0xf0000000\n$")
            time.sleep(0.2)  # the line comes first
            self.assertEqual(token.result(), RESULTS["TOKEN_BROKEN"])

    def test_stack_is_wiped(self):
        with self.token(snp_request(self.report, self.chain())) as token:
            self.assertEqual(token.line(), snp_case.OK)
            stack = token.memory(mailbox.RAM + 0x400, 8 << 10)
        self.assertGreater(stack.rfind(bytes(7 << 10)), -1)


class Values(unittest.TestCase):
    def test_distances(self):
        """Those of requests and of reference values, and memory that nobody wrote, differ enough."""
        blank = [0, 1, 0xFFFFFFFF]
        values = [*RESULTS.values(), mailbox.SNP_MAGIC, mailbox.CHALLENGE, mailbox.NO_CHALLENGE,
                  mailbox.REFERENCE_MAGIC, 0x70282377, 0x4144D5E3, *blank]
        for one, other in itertools.combinations(values, 2):
            if one not in blank or other not in blank:
                self.assertGreaterEqual(bin(one ^ other).count("1"), 12)


@unittest.skipUnless(PUBLISHED.is_dir(), "there are no reports of real processors")
class Published(snp_case.Case):
    """AMD's own keys, and reports of its processors."""

    def read(self, *names):
        return [(PUBLISHED / name).read_bytes() for name in names]

    def test_reports(self):
        for report, leaf, intermediate, product, words in (
                ("r01_milan_v2", "r01_vcek", "ask", "milan", ["--allow=debug"]),
                ("r02_milan_v2", "r02_vcek", "ask", "milan", []),
                ("r04_milan_v3_vlek_aws", "r04_vlek", "asvk", "milan", ["--vmpl=1"]),
                ("r05_milan_v3", "r05_vcek", "ask", "milan", []),
                ("r07_turin_v5", "r07_vcek", "ask", "turin", ["--require=alias-check"]),
                ("r09_genoa_v5", "r09_vcek", "ask", "genoa", []),
                ("r11_milan_v3", "r11_vcek", "ask", "milan", [])):
            data, *chain = self.read(f"reports/{report}.bin", f"reports/{leaf}.der",
                                     f"roots/{intermediate}_{product}.der", f"roots/ark_{product}.der")
            request = snp_request(data, chain, data[0x50:0x90])
            with self.subTest(report=report):
                self.provision(*words, trust=["--product", product], measurements=[data[0x90:0xC0]])
                self.check("SEVL_MATCH", request)
                self.check("SEVL_MISMATCH", snp_request(changed(data, 0x90), chain),
                           REPORT | SIGNATURE_OF_REPORT)
                self.provision(*words, trust=["--product", product], measurements=[bytes(47) + b"\1"])
                self.check("SEVL_MISMATCH", request, failed=["measurement"])
                other = "genoa" if product == "milan" else "milan"
                self.provision(*words, trust=["--product", other], measurements=[data[0x90:0xC0]])
                self.check("SEVL_MISMATCH", request, ROOT | UNTRUSTED)

    def test_revoked_intermediate(self):
        """AMD's first ASK of Genoa. It is refused even if its owner takes it."""
        report, leaf, ask, ark = self.read(
            "reports/r09_genoa_v5.bin", "reports/r09_vcek.der",
            "roots/ask_genoa_revoked_20001.der", "roots/ark_genoa.der")
        fingerprint = amd.hashlib.sha384(ask[ask.index(b"\x30\x82\x02\x22"):][:0x226]).hexdigest()
        for words in ([], ["--intermediate-fingerprint", fingerprint]):
            self.provision(*words, trust=["--product=genoa"], measurements=[report[0x90:0xC0]])
            self.check("SEVL_MISMATCH", snp_request(report, [leaf, ask, ark]), INTERMEDIATE | REVOKED)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
