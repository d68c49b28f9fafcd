# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch sev-report` take the reports that a platform of the tests' own made, in every
form, and no others; does each check fail where it should, alone; and does it always say what a
report does not tell?"""
import base64
import json

import sev_platform
from runner import FAILED, MATCH, MISMATCH, USAGE, main
from sev_platform import OCA, Platform
from test_sev_chain import NAPLES, PLATFORM, ChainTest, below

LINKS = "ark", "ask", "cek", "oca", "pek"
NONCE, DIGEST, POLICY = bytes(range(16)), bytes(range(100, 132)), 0x16000007
NEVER = {"owner", "chip-id", "revocation", "session", "nonce", "launch-digest", "policy"}
WARNING = ("The report binds no session: a host can answer with that of another guest of this digest. "
           "It is never a ground to release a secret.")
CHAIN = [PLATFORM.files["cert-chain.cert"], PLATFORM.files["cek.cert"], PLATFORM.files["ask_ark.cert"]]


class ReportTest(ChainTest):
    SUBCOMMAND = "sev-report"

    def setUp(self):
        super().setUp()
        self.set_report(PLATFORM.report(NONCE, DIGEST, POLICY))

    def set_report(self, content):
        self.report = self.write("report", content)

    def trust(self, platform=PLATFORM):
        return ["--report", self.report, *super().trust(platform)]


class Genuine(ReportTest):
    def test_forms(self):
        report = PLATFORM.report(NONCE, DIGEST, POLICY)
        text = base64.b64encode(report)
        self.assertEqual(len(text), 280)
        answer = {"return": {"data": text.decode()}, "id": "libvirt-1"}
        for form in (report, text, text + b"\n", base64.encodebytes(report), report.hex().encode(),
                     json.dumps(answer).encode(), json.dumps(answer["return"], indent=1).encode()):
            self.set_report(form)
            self.assert_good(*CHAIN, made=[*LINKS, "signature"])
        for chain in [PLATFORM.files["export-full.cert"]], self.full()[1:]:
            self.assert_good(*chain, made=[*LINKS, "signature"])

    def test_naples(self):
        self.set_report(NAPLES.report(NONCE, DIGEST, POLICY))
        self.assert_good(NAPLES.files["export-full.cert"], words=super().trust(NAPLES)[2:],
                         made=[*LINKS, "signature"])

    def test_answer(self):
        verdict, lines = self.assert_good(*CHAIN, made=[*LINKS, "signature"])
        self.assertEqual(lines, [
            "OK: the report is genuine, by the PEK of a platform of your own root's, not of AMD's",
            f"Nonce: {NONCE.hex()}", f"Launch digest: {DIGEST.hex()}", "Policy: 0x16000007",
            "Not checked: owner, chip-id, revocation, nonce, launch-digest, policy, session", WARNING])
        self.assertEqual(verdict["report"], {"nonce": NONCE.hex(), "launch-digest": DIGEST.hex(),
                                             "policy": POLICY, "binds-session": False})
        self.assertEqual([entry["option"] for entry in verdict["inputs"]], ["report", *["chain"] * 3])
        self.assertEqual(set(verdict["fingerprints"]), {*LINKS, "pdh"})
        self.assertIsNone(verdict["fingerprints"]["pdh"])
        got = {check["check"]: check["actual"] for check in verdict["checks"]}
        for name in "nonce", "launch-digest", "policy":
            self.assertEqual(got[name], "nothing: no value is expected")

    def test_expected(self):
        text = base64.b64encode
        for words, name in (
            (["--nonce", NONCE.hex()], "nonce"), (["--nonce", text(NONCE).decode()], "nonce"),
            (["--launch-digest", DIGEST.hex()], "launch-digest"), (["--policy", hex(POLICY)], "policy"),
            (["--launch-digest", text(DIGEST).decode()], "launch-digest"), (["--policy", str(POLICY)], "policy"),
            (["--oca-fingerprint", PLATFORM.oca.fingerprint], "owner"),
        ):
            self.assert_good(*CHAIN, words=words, made=[*LINKS, "signature", name])
        others = {"--nonce": bytes(16).hex(), "--launch-digest": bytes(32).hex(), "--policy": "0"}
        for option, value in others.items():
            name = option[2:]
            got = self.assert_fails(CHAIN, [name], not_made=set(), words=[option, value])
            self.assertEqual(got[name], {"nonce": NONCE.hex(), "launch-digest": DIGEST.hex(),
                                         "policy": "0x16000007"}[name])
        words = [word for pair in others.items() for word in pair]
        self.assert_fails(CHAIN, ["nonce", "launch-digest", "policy"], words=words)

    def assert_fails(self, contents, failed, not_made=(), words=()):
        asked = {word[2:] for word in words if word[2:] in NEVER} - set(not_made)
        self.never = NEVER - asked
        verdict, states = self.verdict(self.chain(*contents, words=["--json", *words]))
        self.assertEqual({name for name, state in states.items() if state == "failed"}, set(failed))
        self.assertEqual({name for name, state in states.items() if state == "not-made"},
                         set(not_made) | self.never, states)
        result = self.chain(*contents, words=words)
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        self.assert_silent(self.chain(*contents, words=["--quiet", *words]), MISMATCH)
        return {check["check"]: check["actual"] for check in verdict["checks"]}

    def test_forged(self):
        """Every byte that is signed counts; what is compared of a forged one is not told."""
        report = PLATFORM.report(NONCE, DIGEST, POLICY)
        for at in (0, 15, 16, 47, 48, 51, 64, 136):
            self.set_report(bytes([*report[:at], report[at] ^ 1, *report[at + 1:]]))
            words = ["--nonce", NONCE.hex()]
            got = self.assert_fails(CHAIN, ["signature"], not_made=["nonce"], words=words)
            self.assertEqual(got["nonce"], "nothing: the report is not genuine")
        self.set_report(Platform(b"other").report(NONCE, DIGEST, POLICY))
        got = self.assert_fails(CHAIN, ["signature"])
        self.assertEqual(got["signature"], "one that the PEK did not sign")

    def test_chain(self):
        """A genuine report under a chain that does not hold is not looked at."""
        other = PLATFORM.ask.changed(issuer_id=bytes(16))
        got = self.assert_fails(self.full(ask=other)[1:], ["ask"], [*below("ask") - {"pdh"}, "signature"])
        self.assertEqual(got["signature"], "nothing: the PEK was not verified")
        owner = ["--oca-fingerprint", bytes(48).hex()]
        self.never = NEVER - {"owner"}
        verdict, states = self.verdict(self.chain(*CHAIN, words=["--json", *owner]))
        self.assertEqual((states["owner"], states["signature"], verdict["verdict"]),
                         ("failed", "not-made", "failed"))


class Unusable(ReportTest):
    def test_options(self):
        self.assert_bad([], "--chain PATH is required")
        self.assert_one_line(self.command(["sev-report", *self.files(*CHAIN)]), USAGE, "--report PATH is required")
        for option, text, expected in (
            ("--nonce", "00", "expected 32 hexadecimal digits"), ("--policy", "4294967296", "a number"),
            ("--launch-digest", "00" * 48, "expected 64 hexadecimal digits"),
            ("--ark-fingerprint", "00", "expected 96 hex"), ("--oca-fingerprint", "", "expected 96 hex"),
        ):
            self.assert_bad(CHAIN, f"{option}: ", expected, words=[option, text])
        self.assert_bad([], "standard input", words=["--chain", "-", "--report", "-"])
        self.assert_bad([], "'--nonsense'", words=["--nonsense"])
        self.assert_bad([], "cannot open", words=["--chain", "none/none"], code=FAILED)
        result = self.command(["sev-report", "--help"])
        self.assertEqual((MATCH, b""), (result.code, result.err))
        self.assertLessEqual(max(map(len, result.out.decode().splitlines())), 79)

    def test_missing(self):
        p = PLATFORM.files
        self.assert_bad([p["cert-chain.cert"], p["ask_ark.cert"]], "no file holds CEK that AMD signed; ")
        self.assert_bad([p["export-full.cert"][:-1]], "is cut short: of the ARK")
        self.assert_bad([p["pdh.cert"]], "no file holds ARK, ASK, CEK, OCA, PEK; ")

    def test_other_files(self):
        report = PLATFORM.report(NONCE, DIGEST, POLICY)
        for content, text in (
            (b"", "is not empty"), (report[:-1], "is of no kind that is known here"),
            (PLATFORM.pek.bytes, "a certificate of a platform"), (bytes(1184), "of SEV-SNP"),
            (b"{}", "no JSON with a member 'data'"), (b'{"data": "AAAA"}', "is of no kind"),
            (b'{"data": "?"}', "neither base64"), (b"Hello, report, hello", "neither base64"),
        ):
            self.set_report(content)
            self.assert_bad(CHAIN, "--report: expected a ", text)
        make = PLATFORM.report
        for content in (make(NONCE, DIGEST, POLICY, usage=OCA), make(NONCE, DIGEST, POLICY, algorithm=0x102),
                        make(NONCE, DIGEST, POLICY, reserved=1), report[:112] + b"\1" + report[113:]):
            self.set_report(content)
            self.assert_bad(CHAIN, "of 208 bytes, does not say that a PEK signed it")
        self.report = "none/none"
        self.assert_bad(CHAIN, "cannot open 'none/none'", code=FAILED)


if __name__ == "__main__":
    main()
