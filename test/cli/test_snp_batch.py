# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch snp-verify --batch` give each line the verdict that its report has alone, in order,
whatever stands before it; and does it go on after bad lines, in memory that does not grow?"""
import base64
import json
import os
import re
import subprocess
import unittest
from pathlib import Path

import amd
from amd import Amd
from runner import (COMMAND, EMULATOR, FAILED, MATCH, MISMATCH, USAGE, CommandTest, is_sanitized, main,
                    run)

NOW = "2026-06-01T00:00:00Z"
LINE_MAX = 65536


def encode(data):
    return base64.b64encode(data).decode()


def line(name="x", report=None, certs=None, **members):
    """A line; members are as they stand, but for underscores."""
    parts = {"id": name, "report": report, "certs": certs,
             **{key.replace("_", "-"): value for key, value in members.items()}}
    return json.dumps({key: value for key, value in parts.items() if value is not None}).encode()


class BatchTest(CommandTest):
    def setUp(self):
        super().setUp()
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)
        self.amd = Amd("Milan")

    def shared(self, *makers, crls=True, leaves=()):
        """The options of what all lines share."""
        for a in makers or [self.amd]:
            for name, certificate in ("ark", a.ark), ("ask", a.ask), ("asvk", a.asvk):
                yield from ("--certs", self.write(f"{name}-{a.product}", certificate.der))
            if crls:
                yield from ("--crl", self.write(f"crl-{a.product}", a.crl()))
            yield from ("--ark-fingerprint", a.ark.fingerprint)
        for i, leaf in enumerate(leaves):
            yield from ("--certs", self.write(f"leaf{i}", leaf.der))

    def good(self, name="x", kind="vcek", a=None, changes=None, **members):
        a = self.amd if a is None else a
        return line(name, encode(a.report(kind, **(changes or {}))), encode(a.chain(kind)[0].der), **members)

    def batch(self, lines, *words, makers=(), time=NOW, measurement="--no-measurement", **keywords):
        """Returns the verdicts, of which each line has one; the counts and the exit code fit them."""
        data = b"".join(each + b"\n" for each in lines)
        words = [*self.shared(*makers, **keywords), *(["--time", time] if time else []), measurement, *words]
        result = self.command(["snp-verify", "--batch", self.write("lines", data), *words])
        self.assertEqual(result.out.count(b"\n"), len(lines), result)
        verdicts = [json.loads(each) for each in result.out.splitlines()]
        counts = {name: sum(each["verdict"] == name for each in verdicts) for name in ("passed", "failed", "error")}
        told = re.fullmatch(rb"lines: (\d+), passed: (\d+), failed: (\d+), bad: (\d+), "
                            rb"keys from the cache: (\d+)\n", result.err)
        self.assertIsNotNone(told, result)
        *numbers, self.known = map(int, told.groups())
        self.assertEqual(numbers, [len(lines), *counts.values()], result)
        self.assertEqual(result.code, MATCH if counts["passed"] == len(lines) else MISMATCH, result)
        return verdicts

    def assert_passed(self, lines, *words, **keywords):
        verdicts = self.batch(lines, *words, **keywords)
        for verdict in verdicts:
            self.assertEqual(("passed", []), (verdict["verdict"], verdict.get("failed")), verdict)
        return verdicts

    def failed(self, verdict):
        self.assertEqual("failed", verdict["verdict"], verdict)
        return [check["check"] for check in verdict["failed"]]


class Lines(BatchTest):
    def test_products_kinds_and_versions(self):
        makers = [Amd(product, trailer=product == "Milan") for product in ("Milan", "Genoa", "Turin")]
        lines, names = [], []
        for a in makers:
            for kind in "vcek", "vlek":
                for version in range(2, 6):
                    names.append(f"{a.product} {kind} {version}")
                    lines.append(self.good(names[-1], kind, a, {"version": version}))
        verdicts = self.assert_passed(lines, makers=makers)
        self.assertEqual([verdict["id"] for verdict in verdicts], names)
        self.assertEqual(self.known, len(lines) - 6)
        for verdict in verdicts:
            self.assertEqual((verdict["schema"], verdict["time"]), (1, NOW))
            self.assertNotIn("key", verdict)
            self.assertIn("report-data", verdict["not-made"])

    def test_forms(self):
        a = self.amd
        report, (leaf, ask, ark) = a.report(), a.chain()
        table = amd.table([(amd.GUIDS["vcek"], leaf.der), (amd.GUIDS["ask"], ask.der), (amd.GUIDS["other"], b"x")])
        bundle = b"".join(amd.pem(each.der) for each in (ark, leaf, ask))
        certs = [encode(leaf.der), leaf.der.hex(), [encode(leaf.der)], amd.pem(leaf.der).decode(), encode(table),
                 bundle.decode(), encode(bundle), [encode(ask.der), encode(leaf.der)],
                 encode(leaf.der)[:70] + "\r\n\t " + encode(leaf.der)[70:]]
        answer = bytes([0, 0, 0, 0, 160, 4, 0, 0]).ljust(32, b"\0") + report
        for form in certs:
            self.assert_passed([line("x", encode(report), form)])
        for form in encode(report), report.hex(), report.hex().upper(), encode(answer):
            self.assert_passed([line("x", form, certs[0])])
        plain = line("x", encode(report), certs[0])
        self.assertIn(b"/", plain)
        for old, new in ((b"/", b"\\/"), (b"A", b"\\u0041"), (b"+", b"\\u002B"), (b"{", b" \t{ "), (b"}", b"} \r")):
            self.assert_passed([plain.replace(old, new)])
        odd = "\\\"\\\\\\/\\b\\f\\n\\r\\t\\u20ac ~"
        verdict, = self.assert_passed([plain.replace(b'"x"', b'"%s"' % odd.encode())])
        self.assertEqual(verdict["id"], json.loads(f'"{odd}"'))
        self.assert_passed([line("x", encode(report))], leaves=[leaf])

    def test_report_data(self):
        data = self.amd.fields()["report_data"]
        nonce = b"nonce".ljust(64, b"\0")
        lines = [self.good(report_data=data.hex()), self.good(nonce=data.hex().upper()), self.good(),
                 self.good(changes={"report_data": nonce}, nonce=b"nonce".hex()),
                 self.good(nonce="00"), self.good(report_data=bytes(64).hex()), self.good()]
        verdicts = self.batch(lines)
        for i, verdict in enumerate(verdicts):
            self.assertEqual("report-data" in verdict["not-made"], i in (2, 6), verdict)
            if i not in (4, 5):
                self.assertEqual("passed", verdict["verdict"])
                continue
            self.assertEqual(verdict["failed"], [
                {"check": "report-data", "expected": bytes(64).hex(), "actual": data.hex()}])

    def test_values(self):
        """One value is told; of a fleet's, the number."""
        measured = self.amd.fields()["measurement"]
        good = self.good()

        def reference(values):
            document = {"type": "sevlaunch-reference-values", "schema": 1, "technology": "sev-snp",
                        "values": [{"measurement": value} for value in values]}
            return "--reference=" + self.write("reference", json.dumps(document).encode())

        others = [bytes([i & 255, i >> 8]).ljust(48, b"\1").hex() for i in range(4096)]
        self.assert_passed([good], measurement="-m" + measured.hex())
        for values in ([measured.hex()], others[1:] + [measured.hex()], [measured.hex()] + others[1:]):
            self.assert_passed([good, good], measurement=reference(values))
        self.assert_passed([good], reference(others[:4095]), measurement="-m" + measured.hex())
        verdict, = self.batch([good], measurement=reference(others[:1]))
        self.assertEqual(verdict["failed"], [{"check": "measurement", "expected": others[0],
                                              "actual": measured.hex()}])
        verdict, = self.batch([good], measurement=reference(others))
        self.assertEqual(verdict["failed"][0]["expected"], "one of 4096 values")
        words = ["snp-verify", "--batch", self.write("lines", good), *self.shared(), "--time", NOW]
        self.assert_one_line(self.command([*words, "-m", measured.hex(), reference(others)]), USAGE,
                             "--reference: expected at most 4096 values")
        self.assert_one_line(self.command([*words, reference(others[:3] + ["xy"])]), USAGE, "--reference")


    def test_everything_is_wrong(self):
        """Such a verdict is longer than what is written at once."""
        zeros = {name: bytes(size).hex() for name, size in (
            ("host-data", 32), ("id-key-digest", 48), ("author-key-digest", 48), ("family-id", 16),
            ("image-id", 16), ("chip-id", 64))}
        words = [f"--{name}={value}" for name, value in zeros.items()]
        every = "smt-off,tsme,ecc,rapl-off,ciphertext-hiding,alias-check,tio-off"
        policy = "smt-off,single-socket,cxl-off,aes-256-xts,rapl-off,ciphertext-hiding,page-swap-off"
        words += ["--require", ",".join([every, *("policy-" + word for word in policy.split(","))]),
                  "--csp-id=x", "--min-guest-svn=9", "--min-version=9.9.9", "--vmpl=3",
                  "--min-tcb=bl=255,tee=255,snp=255,ucode=255"]
        changes = {"author_key_digest": bytes([1]) * 48, "policy": 0xFFFFFFFFFFFFFFFF, "version": 6,
                   "committed_tcb": bytes(8)}
        verdict, = self.batch([self.good("x" * 128, changes=changes, nonce="00")], *words, "--known-keys",
                              measurement="-m" + bytes(48).hex(), time="2040-01-01", crls=False)
        self.assertEqual(self.failed(verdict), ["intermediate"])
        verdict, = self.batch([self.good("x" * 128, changes=changes, nonce="00")], *words, "--known-keys",
                              "--allow-unpinned-intermediate", measurement="-m" + bytes(48).hex(),
                              time="2040-01-01", crls=False)
        self.assertEqual(len(self.failed(verdict)), 24)
        self.assertGreater(len(json.dumps(verdict)), 4096)


class Alone(BatchTest):
    """The same files are an oracle: whatever is remembered, a line has the verdict of its report alone."""

    def alone(self, report, certs, words):
        """What a run of its own tells: the checks that failed, and those not made."""
        files = ["--report", self.write("report", report)]
        for i, der in enumerate(certs):
            files += ["--certs", self.write(f"alone{i}", der)]
        result = self.command(["snp-verify", *files, *words, "--json"])
        self.assertIn(result.code, (MATCH, MISMATCH), result)
        verdict = json.loads(result.out)
        by_state = {state: [check for check in verdict["checks"] if check["state"] == state]
                    for state in ("failed", "not-made")}
        return ([{name: check[name] for name in ("check", "expected", "actual")} for check in by_state["failed"]],
                [check["check"] for check in by_state["not-made"]])

    def cases(self):
        a, report = self.amd, self.amd.report()
        leaf = a.vcek()
        stranger = Amd("Milan")
        stranger.chip, stranger.chip_id = amd.EcKey(99), bytes(range(64))
        yield report, [leaf.der]
        for changes in ({"policy": 0xB0000}, {"vmpl": 1}, {"measurement": bytes(48)}, {"chip_id": bytes(64)},
                        {"reported_tcb": bytes(8)}, {"cpuid": b"\x19\x11\1"}, {"signature_algo": 0},
                        {"version": 6}, {"committed_tcb": bytes(8)}):
            yield a.report(**changes), [leaf.der]
        yield a.report(key_info=4), [leaf.der, a.vlek().der]
        yield amd.model.flip(report, 8 * 0x50), [leaf.der]
        yield amd.model.flip(report, 8 * 0x2A0), [leaf.der]
        yield stranger.report(), [leaf.der]
        yield stranger.report(), [stranger.vcek().der]
        yield report, [stranger.vcek().der]
        yield report, [stranger.vcek().der, leaf.der]
        yield report, [leaf.changed(signer=amd.RsaKey(2)).der]
        yield amd.report(stranger.chip, **a.fields()), [leaf.der]
        yield report, [amd.model.flip(leaf.der, 8 * len(leaf.der) - 8)]
        yield report, [a.vcek(tcb={"bl": 1}).der]
        yield report, [leaf.changed(not_after="20260201000000").der]
        yield report, [leaf.der]
        yield a.report("vlek"), [a.vlek().der]
        yield a.report("vlek", chip_id=a.chip_id), [a.vlek().der]

    def check(self, *words, time=NOW, **keywords):
        cases = list(self.cases())
        shared = list(self.shared(**keywords))
        measured = "-m" + self.amd.fields()["measurement"].hex()
        alone = [self.alone(report, certs, [*shared, "--time", time, measured, *words]) for report, certs in cases]
        lines = [line(str(i), encode(report), list(map(encode, certs))) for i, (report, certs) in enumerate(cases)]
        order = [*range(len(lines)), *range(len(lines))]
        self.rng.shuffle(order)
        answers = set()
        for cache in "0", "1", "2", "4096":
            verdicts = self.batch([lines[i] for i in order], "--cache", cache, *words, time=time,
                                  measurement=measured, **keywords)
            for i, verdict in zip(order, verdicts):
                self.assertEqual(verdict["id"], str(i))
                self.assertEqual((verdict["failed"], verdict["not-made"]), alone[i], verdict)
                self.assertEqual(verdict["verdict"], "failed" if verdict["failed"] else "passed")
            answers.add(json.dumps(verdicts))
        self.assertEqual(len(answers), 1)
        return [not failed for failed, _ in alone]

    def test_lines_are_judged_as_alone(self):
        passed = self.check()
        self.assertEqual(passed.count(True), 5)
        self.assertTrue(passed[0])

    def test_without_trust(self):
        self.assertNotIn(True, self.check(crls=False))

    def test_with_a_list_that_is_not_in_date(self):
        self.assertNotIn(True, self.check(time="2027-06-01"))

    def test_two_roots_of_one_key(self):
        """A second certificate of the root, which expired."""
        old = self.amd.ark.changed(not_before="20200101000000", not_after="20250101000000")
        words = ["--certs", self.write("old", old.der)]
        self.assertIn(True, self.check(*words, "--certs", self.write("ark", self.amd.ark.der)))

    def test_two_intermediates_of_one_key(self):
        words = ["--certs", self.write("other", self.amd.authority("SEV", serial=0x10077).der)]
        self.assertIn(True, self.check(*words))


class Memory(BatchTest):
    def chips(self, count):
        for i in range(count):
            a = Amd("Milan")
            a.chip, a.chip_id = amd.EcKey(i + 99), bytes([i]).ljust(64, b"\2")
            yield a

    def test_keys_that_are_known(self):
        lines = [self.good(a=a) for a in self.chips(3)]
        for order, cache, known in (("AAAA", 0, 0), ("AAAA", 1, 3), ("ABAB", 1, 0), ("ABAB", 2, 2),
                                    ("ABACAB", 2, 2), ("ABCABC", 3, 3), ("ABCABC", 2, 0)):
            self.assert_passed([lines["ABC".index(each)] for each in order], f"--cache={cache}")
            self.assertEqual(self.known, known, (order, cache))

    @unittest.skipIf(is_sanitized() or EMULATOR, "their memory is not that of the command")
    def test_memory_is_constant(self):
        chips = list(self.chips(20))
        good = [self.good(a=a) for a in chips]
        words = ["snp-verify", "--batch", "-", *self.shared(), "--time", NOW, "--no-measurement"]
        with subprocess.Popen([COMMAND, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL) as worker:
            peaks = []
            for i in range(5000):
                worker.stdin.write(good[i % 20] if i % 50 < 2 else b'{"id": "bad", "certs": "%d"}' % i)
                worker.stdin.write(b"\n")
                worker.stdin.flush()
                self.assertIn(b'"passed"' if i % 50 < 2 else b'"error"', worker.stdout.readline())
                if i in (9, 4999):
                    status = Path(f"/proc/{worker.pid}/status").read_text()
                    peaks.append(int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]))
            worker.stdin.close()
        print(f"peak: {peaks[0]} KiB after 10 lines, {peaks[1]} KiB after 5000")
        self.assertLess(peaks[1] - peaks[0], 128)


class Bad(BatchTest):
    def test_a_bad_line_is_not_the_end(self):
        a, good = self.amd, self.good("good")
        report, cert = encode(a.report()), encode(a.vcek().der)
        whole = {"id": "bad", "report": report, "certs": cert}

        def other(**members):
            changed = {**whole, **{name.replace("_", "-"): value for name, value in members.items()}}
            return json.dumps({name: value for name, value in changed.items() if value is not None}).encode()

        not_json = "the line is no JSON object"
        for wrong, name, reason in (
            (b"", None, not_json), (b"   ", None, not_json), (b"hello", None, not_json), (b"7", None, not_json),
            (b"[]", None, not_json), (b'"x"', None, not_json), (b"{}{}", None, not_json), (b"\xff\0", None, not_json),
            (other()[:-1], "bad", not_json), (other() + b"x", "bad", not_json),
            (other(id=None), None, "'id' is missing"), (other(id=""), None, "'id' must be 1 to 128"),
            (other(id="x" * 129), None, "'id' must be 1 to 128"), (other(id=7), None, "'id' must be a string"),
            (other(id=None)[:-1] + ', "id": "é"}'.encode(), None, "'id' must be 1 to 128 characters of ASCII"),
            (other(id=None)[:-1] + b', "id": "\x7f"}', None, "'id' must be 1 to 128 characters of ASCII"),
            (other(id=None)[:-1] + b', "id": null}', None, "'id' must be a string"),
            (other(id={"a": "b"}), None, "'id' must be a string"), (other(id=["a"]), None, "'id' must be a string"),
            (other()[:-1] + b', "id": "again"}', "bad", "'id' is given twice"),
            (b'{"reports": 1, ' + other()[1:], "bad", "'reports' is no member of a line"),
            (b'{"' + b"x" * 600 + b'": {"id": "no"}, ' + other()[1:], "bad", "'" + "x" * 63 + "' is no member"),
            (b'{"a\\"b": [], ' + other()[1:], "bad", "'a??b' is no member of a line"),
            (b'{"\x7f\xc3\xa9": [], ' + other()[1:], "bad", "'???' is no member of a line"),
            (other(report=None), "bad", "'report' is missing"),
            (other(report=report[:-4]), "bad", "'report' must be a report of 1184 bytes"),
            (other(report=report[:-3]), "bad", "'report' must be a report"), (other(report="~"), "bad", "'report' must"),
            (other(report=""), "bad", "'report' must be a report"), (other(report=[report]), "bad", "'report' must be a string"),
            (other(report="\u20ac"), "bad", "'report' has escapes"), (other(report="\0"), "bad", "'report' has escapes"),
            (other(report="\x80"), "bad", "'report' has escapes"),
            (other(report=encode(a.report(version=7))), "bad", "'report' has another version"),
            (other(certs=""), "bad", "'certs' is neither DER nor PEM"), (other(certs="~"), "bad", "'certs' is neither"),
            (other(certs=cert[:-1]), "bad", "'certs' is neither"), (other(certs=cert[:-4]), "bad", "'certs' holds a certificate"),
            (other(certs="\u20ac"), "bad", "'certs' has escapes"), (other(certs={"a": cert}), "bad", "'certs' must be a string"),
            (other(certs=[[cert]]), "bad", "'certs' must be a string or a list"), (other(certs=True), "bad", "'certs' must"),
            (other(certs="-----BEGIN CERTIFICATE-----"), "bad", "'certs' is malformed PEM"),
            (other(certs=encode(a.crl())), "bad", "'certs' holds a revocation list, which --crl alone takes"),
            (other(certs=[encode(a.vcek(tcb={"bl": i}).der) for i in range(9)]), "bad", "'certs' holds more certificates"),
            (other(report_data="00"), "bad", "'report-data' must be 128 hexadecimal digits"),
            (other(report_data=""), "bad", "'report-data' must be"), (other(nonce=""), "bad", "'nonce' must be 2 to 128"),
            (other(nonce="0"), "bad", "'nonce' must"), (other(nonce="00" * 65), "bad", "'nonce' must"),
            (other(nonce="0g"), "bad", "'nonce' must"),
            (other(nonce="00", report_data=bytes(64).hex()), "bad", "'nonce' and 'report-data' exclude each other"),
            (other(key="00"), "bad", "'key' needs --known-keys"),
            (other(certs=None), "bad", "expected the VCEK that signed the report, but neither 'certs' nor --certs"),
            (other(report=encode(a.report("vlek"))), "bad", "expected the VLEK that signed the report"),
            (self.good("bad", a=Amd("Genoa")), "bad", "expected the root ARK-Genoa, but no file of --certs holds it"),
        ):
            with self.subTest(wrong=wrong[:200], reason=reason):
                before, verdict, after = self.batch([good, wrong, good])
                self.assertEqual(("passed", "passed"), (before["verdict"], after["verdict"]))
                self.assertEqual(sorted(verdict), ["id", "line", "reason", "schema", "verdict"])
                self.assertEqual((name, "error", 2), (verdict["id"], verdict["verdict"], verdict["line"]))
                self.assertTrue(verdict["reason"].startswith(reason), verdict)
                self.assertEqual(self.known, 1)

    def test_an_intermediate_that_is_missing(self):
        files = [word for name, each in (("ark", self.amd.ark), ("ask", self.amd.ask))
                 for word in ("--certs", self.write(name, each.der))]
        lines = self.write("lines", self.good(kind="vlek"))
        result = self.command(["snp-verify", "--batch", lines, *files, "--no-measurement", "--time", NOW,
                               "--ark-fingerprint", self.amd.ark.fingerprint])
        self.assertEqual(result.code, MISMATCH)
        self.assertIn(b"expected the certificate SEV-VLEK-Milan, which signs a VLEK, but no file", result.out)

    def test_long_lines(self):
        good = self.good("good")
        longest = good + b" " * (LINE_MAX - len(good))
        late = b" " * (LINE_MAX - len(good) + 1) + good
        self.assert_passed([longest, good])
        for wrong, name in ((longest + b" ", "good"), (late, "good"), (longest * 30, "good"), (b"x" * 10**6, None)):
            before, verdict, after = self.batch([good, wrong, good])
            self.assertEqual(("passed", "error", "passed"), tuple(each["verdict"] for each in (before, verdict, after)))
            self.assertEqual(verdict["id"], name)
            self.assertEqual(verdict["reason"], "the line is longer than 65536 bytes")

    def test_no_bit_of_a_line_is_unsigned(self):
        """Of the signed part, of the signature, and of the certificate."""
        a = self.amd
        report, leaf = a.report(), a.vcek().der
        lines = [self.good()]
        for _ in range(60):
            lines.append(line("x", encode(amd.model.flip(report, self.rng.randrange(8 * (672 + 48)))), encode(leaf)))
            lines.append(line("x", encode(report), encode(amd.model.flip(leaf, self.rng.randrange(8 * len(leaf))))))
        first, *others = self.batch(lines)
        self.assertEqual(first["verdict"], "passed")
        self.assertNotIn("passed", [each["verdict"] for each in others])


class KnownKeys(BatchTest):
    def known_key(self, a, kind="vcek"):
        verdict, = self.assert_passed([self.good(kind=kind, a=a)], "--known-keys", makers=[a])
        return verdict["key"]

    def under(self, key, report, *words, **members):
        """Without any certificate."""
        path = self.write("lines", line("x", encode(report), key=key, **members))
        result = self.command(["snp-verify", "--known-keys", "--batch", path, "--no-measurement",
                               "--time", NOW, *words])
        return result, json.loads(result.out)

    def test_a_key_that_a_verdict_told(self):
        for product in "Milan", "Genoa", "Turin":
            a = Amd(product)
            for kind in "vcek", "vlek":
                key = self.known_key(a, kind)
                self.assertEqual(len(base64.b64decode(key)), 192)
                for form in key, base64.b64decode(key).hex():
                    result, verdict = self.under(form, a.report(kind))
                    self.assertEqual((MATCH, "passed", None), (result.code, verdict["verdict"], verdict["key"]), result)
                    self.assertEqual(verdict["not-made"][:6], ["root", "intermediate", "revocation",
                                                               "crl-age", "certificate", "claims"])
                    self.assertIn(b", keys from the cache: 0\n", result.err)
                for wrong, check in ((a.report(kind, vmpl=1), "vmpl"),
                                     (a.report("vlek" if kind == "vcek" else "vcek"), "signer"),
                                     (a.report(kind, signature_algo=0), "signer"),
                                     (amd.model.flip(a.report(kind), 5400), "signature")):
                    result, verdict = self.under(key, wrong)
                    self.assertEqual((MISMATCH, [check]), (result.code, self.failed(verdict)), result)
                result, verdict = self.under(key, a.report(kind), "--time", "2040-01-01")
                self.assertEqual(self.failed(verdict), ["dates"])
                result, verdict = self.under(key, a.report(kind), "--max-age=1d")
                self.assertEqual((verdict["failed"][0]["check"], verdict["failed"][0]["actual"]),
                                 ("crl-age", "none: no list is looked at for a key that is known"))

    def test_a_key_is_told_only_under_a_list_that_is_young_enough(self):
        a = Amd()
        for age, told in ("1d", False), ("30000d", True):
            result = self.batch([self.good(a=a)], "--known-keys", "--max-age", age, makers=[a])
            verdict, = result
            self.assertEqual(verdict["key"] is not None, told, verdict)

    def test_every_byte_of_a_key_counts(self):
        a = Amd("Turin")
        key = bytearray(base64.b64decode(self.known_key(a)))
        for at in range(len(key)):
            changed = bytes(key[:at]) + bytes([key[at] ^ 0x80]) + bytes(key[at + 1:])
            result, verdict = self.under(encode(changed), a.report())
            in_dates = at in range(16, 32)
            self.assertEqual(result.code, MISMATCH if not in_dates or verdict["verdict"] != "passed" else MATCH, result)
            self.assertEqual(verdict["verdict"] == "passed", verdict["verdict"] == "passed" and in_dates, result)

    def test_keys_that_are_none(self):
        milan, turin = (base64.b64decode(self.known_key(Amd(product))) for product in ("Milan", "Turin"))
        vlek = base64.b64decode(self.known_key(self.amd, "vlek"))

        def put(key, at, *values):
            return key[:at] + bytes(values) + key[at + len(values):]

        for wrong in (milan[:-1], milan + b"\0", b"", put(milan, 0, 0), put(milan, 7, 2), put(milan, 8, 0), put(milan, 8, 3),
                      put(milan, 9, 0), put(milan, 9, 4), put(milan, 10, 1), put(milan, 15, 8), put(milan, 15, 65),
                      put(milan, 9, 3), put(turin, 15, 64), put(turin, 15, 7), put(turin, 95, 1), put(vlek, 15, 0),
                      put(vlek, 15, 65), put(milan, 16, *milan[24:32], *milan[16:24])):
            result, verdict = self.under(encode(wrong), self.amd.report())
            self.assertEqual((MISMATCH, "error"), (result.code, verdict["verdict"]), result)
            self.assertTrue(verdict["reason"].startswith("'key' must be a key of 192 bytes"), verdict)
        for form in "~", "\u20ac":
            self.assertTrue(self.under(form, self.amd.report())[1]["reason"].startswith("'key' must be"))
        key = encode(milan)
        verdict = self.under(key, self.amd.report(), certs=encode(self.amd.vcek().der))[1]
        self.assertEqual(verdict["reason"], "'key' and 'certs' exclude each other")
        wrong, = self.batch([self.good(changes={"chip_id": bytes(64)})], "--known-keys")
        self.assertIsNone(wrong["key"])
        self.assertEqual(self.failed(wrong), ["certificate-chip"])


class Run(BatchTest):
    def words(self, path):
        return ["snp-verify", "--batch", path, *self.shared(), "--time", NOW, "--no-measurement"]

    def test_a_worker_answers_each_line_before_the_next_one(self):
        with subprocess.Popen([*EMULATOR, COMMAND, *self.words("-")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as worker:
            for i in range(3):
                text = self.good(str(i)) + b"\n"
                for part in text[:100], text[100:]:
                    worker.stdin.write(part)
                    worker.stdin.flush()
                self.assertEqual(json.loads(worker.stdout.readline())["id"], str(i))
            out, err = worker.communicate(self.good("without an end"))
            self.assertEqual(json.loads(out)["id"], "without an end")
            self.assertEqual((worker.returncode, err),
                             (MATCH, b"lines: 4, passed: 4, failed: 0, bad: 0, keys from the cache: 3\n"))

    def test_quiet_and_debug(self):
        path = self.write("lines", self.good() + b"\n{}\n")
        loud, quiet, debug = (self.command([*self.words(path), *more]) for more in ([], ["-q"], ["--debug"]))
        self.assertEqual((loud.code, loud.out), (quiet.code, quiet.out))
        self.assertEqual(quiet.err, b"")
        self.assertEqual(loud.out, debug.out)
        self.assertIn(b"[DEBUG]: Measurement: " + self.amd.fields()["measurement"].hex().encode(), debug.err)

    def test_the_clock(self):
        """That of this machine, which is in a year for which there are certificates."""
        words = [*self.shared(crls=False), "--no-measurement", "--allow-unpinned-intermediate"]
        result = self.command(["snp-verify", "--batch", self.write("lines", self.good()), *words])
        verdict = json.loads(result.out)
        self.assertEqual((MATCH, "passed"), (result.code, verdict["verdict"]), result)
        self.assertRegex(verdict["time"], r"\A20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")

    def test_policy(self):
        policy = json.dumps({"no-measurement": True, "vmpl": 1, "ark-fingerprint": self.amd.ark.fingerprint}).encode()
        path = self.write("lines", self.good(changes={"vmpl": 1}))
        words = [word for word in self.shared() if word not in ("--ark-fingerprint", self.amd.ark.fingerprint)]
        result = self.command(["snp-verify", "--batch", path, *words, "--time", NOW,
                               "--policy-file", self.write("policy", policy)])
        self.assertEqual(result.code, MATCH, result)

    def test_options(self):
        path = self.write("lines", self.good())
        words = self.words(path)
        for more, text in ((["--report", path], "--batch is mutually exclusive with --report"),
                           (["--json"], "--json"), (["--nonce=00"], "--nonce"), (["--claims-out=x"], "--claims-out"),
                           (["--report-data=" + 128 * "0"], "--report-data"),
                           (["--report-data-hash", path], "--report-data-hash"),
                           (["--cache=4097"], "--cache: expected a number from 0 to 4096"),
                           (["--cache=-1"], "--cache"), (["--certs=-", "--batch=-"], "standard input"),
                           (["--policy-file", self.write("policy", b'{"nonce": "00"}')], "--nonce"),
                           (["--policy-file", self.write("batch", b'{"batch": "x"}')], "'batch'")):
            self.assert_one_line(self.command([*words, *more]), USAGE, text)
            self.assert_silent(self.command([*words, *more, "-q"]), USAGE)
        for words, text in ((["--batch", path], "--certs PATH is required"),
                            (["--batch", path, "--known-keys"], "--measurement HEX is required"),
                            (["--report", path, "--cache=1"], "--cache requires --batch"),
                            (["--report", path, "--known-keys"], "--known-keys requires --batch")):
            self.assert_one_line(self.command(["snp-verify", *words]), USAGE, text)

    def test_files(self):
        self.assert_one_line(self.command(self.words(self.write("lines", b""))), USAGE, "--batch", "not empty")
        self.assert_one_line(self.command(self.words("missing")), FAILED, "cannot open 'missing'")
        self.assert_one_line(self.command(self.words(".")), FAILED, "cannot read '.'")
        with open("/dev/full", "wb") as full:
            result = run(self.words(self.write("lines", self.good())), stdout=full)
        self.assertEqual((FAILED, b"ERROR: cannot write to standard output\n"), (result.code, result.err))


if __name__ == "__main__":
    main()
