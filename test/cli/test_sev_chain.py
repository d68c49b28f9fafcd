# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch sev-chain` take the certificates of a platform in every form and order, and no
others; does each link fail where it should, alone; and is it told what is missing, and where it is?

SEVLAUNCH_VECTORS is the folder of published vectors, which need not be there.
"""
import base64
import hashlib
import itertools
import json
import os
import unittest
from pathlib import Path

import amd
import sev_platform
from runner import FAILED, MATCH, MISMATCH, USAGE, CommandTest, main
from sev_platform import ASK, CEK, ECDSA_SHA256, EMPTY, OCA, PDH, PEK, RSA_SHA384, Platform

VECTORS = Path(os.environ.get("SEVLAUNCH_VECTORS", "none")) / "../sev/sev-platform"
LINKS = "ark", "ask", "cek", "oca", "pek", "pdh"
ISSUERS = {"ask": ["ark"], "cek": ["ask"], "pek": ["cek", "oca"], "pdh": ["pek"]}
NEVER = {"owner", "chip-id", "revocation"}
PLATFORM, NAPLES = Platform(), Platform(b"naples", 2048)
KDS = "https://kdsintf.amd.com/cek/id/"
AUTHORITIES = "https://download.amd.com/developer/eula/sev/ask_ark_naples.cert"


def below(*links):
    """The links that cannot be made under these."""
    found = set()
    for link in LINKS:
        if any(issuer in found or issuer in links for issuer in ISSUERS.get(link, [])):
            found.add(link)
    return found - set(links)


class ChainTest(CommandTest):
    SUBCOMMAND = "sev-chain"

    def files(self, *contents):
        for i, content in enumerate(contents):
            yield from ("--chain", self.write(f"file{i}", content))

    def trust(self, platform=PLATFORM):
        return ["--ark-fingerprint", platform.ark.fingerprint]

    def chain(self, *contents, words=(), **keywords):
        words = [self.SUBCOMMAND, *self.files(*contents), *self.trust(), *words]
        return self.command(words, **keywords)

    def verdict(self, result):
        """The object, and its checks by their names. The code and the errors fit them."""
        verdict = json.loads(result.out)
        states = {check["check"]: check["state"] for check in verdict["checks"]}
        self.assertEqual(len(states), len(verdict["checks"]))
        failed = {name for name, state in states.items() if state == "failed"}
        good = verdict["verdict"] == "passed"
        self.assertEqual(result.code, MATCH if good else MISMATCH, result)
        self.assertEqual(good, not failed, result)
        errors = result.err.decode().splitlines()
        for line in errors:
            self.assertRegex(line, r"\AERROR: [a-z-]+: expected [^ ].*, got [^ ].*")
        self.assertEqual({line.split(":")[1].strip() for line in errors}, failed, result)
        return verdict, states

    def assert_good(self, *contents, words=(), passed=(), made=LINKS):
        """Links pass, and what is named; nothing else is made."""
        verdict, states = self.verdict(self.chain(*contents, words=["--json", *words]))
        self.assertEqual({name for name, state in states.items() if state == "passed"},
                         {*made, *passed}, states)
        result = self.chain(*contents, words=words)
        self.assertEqual((MATCH, b""), (result.code, result.err), result)
        lines = result.out.decode().splitlines()
        self.assertTrue(lines[0].startswith("OK: "), result)
        self.assertIn("Not checked: " + ", ".join(
            name for name, state in states.items() if state == "not-made"), lines)
        self.assert_silent(self.chain(*contents, words=["-q", *words]), MATCH)
        return verdict, lines

    def assert_fails(self, contents, failed, not_made=(), words=()):
        """These checks fail, and what depends on them is not made."""
        verdict, states = self.verdict(self.chain(*contents, words=["--json", *words]))
        self.assertEqual({name for name, state in states.items() if state == "failed"}, set(failed))
        self.assertEqual({name for name, state in states.items() if state == "not-made"} - NEVER,
                         set(not_made), states)
        result = self.chain(*contents, words=words)
        self.assertEqual((MISMATCH, b""), (result.code, result.out), result)
        self.assert_silent(self.chain(*contents, words=["--quiet", *words]), MISMATCH)
        return {check["check"]: check["actual"] for check in verdict["checks"]}

    def assert_bad(self, contents, *texts, words=(), code=USAGE):
        for more in [], ["--json"], ["--debug"]:
            self.assert_one_line(self.chain(*contents, words=[*words, *more]), code, *texts)
        self.assert_silent(self.chain(*contents, words=["-q", *words]), code)

    def full(self, platform=PLATFORM, **parts):
        """All certificates, some of them other ones."""
        named = dict(zip(("pdh", "pek", "oca", "cek", "ask", "ark"), platform.chain)) | parts
        return [part if isinstance(part, bytes) else part.bytes for part in named.values()]


class Forms(ChainTest):
    def test_files_after_one_option(self):
        """`--chain A B` is `--chain A --chain B`, up to the next option."""
        first, *others = [self.write(f"part{i}", part) for i, part in enumerate(
            (PLATFORM.capabilities.encode(), PLATFORM.ask.bytes + PLATFORM.ark.bytes, PLATFORM.cek.bytes))]
        for start in (["--chain", first], ["--chain=" + first]):
            for words in ([*start, *others, *self.trust()], [*self.trust(), *start, *others],
                          [*start, others[0], "--debug", "--chain", others[1], *self.trust()]):
                self.assertEqual(self.command(["sev-chain", *words]).code, MATCH)
        for words, error in (([first, *self.trust(), *others], "belongs to no option"),
                             ([first] * 60, "belongs to no option"),
                             ([first] * 20, "given too often"),
                             ([first, "--chains", first], "'--chains' is not an option")):
            self.assert_one_line(self.command(["sev-chain", "--chain", *words]), USAGE, error)

    def test_forms(self):
        files = PLATFORM.files
        authorities, cek = files["ask_ark.cert"], files["cek.cert"]
        singles = [files[name + ".cert"] for name in LINKS]
        forms = [[files["export-full.cert"]], [files["export-cek.cert"], authorities],
                 [files["export.cert"], authorities, cek], [cek, authorities, files["export.cert"]],
                 [files["cert-chain.cert"], files["pdh.cert"], cek, authorities],
                 [PLATFORM.capabilities.encode(), authorities, cek],
                 [cek, b"\n " + PLATFORM.capabilities.encode(), authorities],
                 [PLATFORM.node_info.encode(), authorities, cek],
                 [PLATFORM.node_info.replace(" :", "\t:\t").encode(), authorities, cek],
                 [b"\xef\xbb\xbf" + PLATFORM.node_info.encode(), authorities, cek],
                 [b"\xef\xbb\xbf" + PLATFORM.capabilities.encode(), authorities, cek],
                 [b"> \n" + PLATFORM.node_info.replace("\n", "\n \t").encode(), authorities, cek],
                 [PLATFORM.capabilities.encode(), PLATFORM.node_info.encode(), authorities, cek],
                 [PLATFORM.node_info.replace("\n", "\r\n").encode().rstrip(), authorities, cek],
                 singles, singles[::-1], [*singles, *singles], [b"".join(singles)]]
        encoded = [[base64.b64encode(part) for part in forms[2]], [part.hex().encode() for part in forms[1]],
                   [base64.encodebytes(part) for part in forms[0]]]
        for form in forms + encoded:
            self.assert_good(*form)
        result = self.command(["sev-chain", "--chain", "-", *self.trust()],
                              input=files["export-full.cert"])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)

    def test_naples(self):
        """The ARK that AMD's file has, without its signature, and the one with it."""
        files = NAPLES.files
        platform, short, long = files["export-cek.cert"], NAPLES.ark.body, NAPLES.ark.bytes
        self.assertEqual((len(files["export-full.cert"]), len(short), len(long)), (10000, 576, 832))
        words = self.trust(NAPLES)
        for form in ([files["export-full.cert"]], [platform, NAPLES.ask.bytes + short],
                     [platform, NAPLES.ask.bytes, short], [platform, NAPLES.ask.bytes, short, long],
                     [platform, NAPLES.ask.bytes, long, short]):
            self.assert_good(*form, words=words)
        broken = NAPLES.ark.changed(signer=amd.RsaKey(1, 2048)).bytes
        for arks in [broken, short], [short, broken]:
            self.assert_fails([platform, NAPLES.ask.bytes, *arks], ["ark"], below("ark"), words=words)
        other = Platform(b"other", 2048).ark.changed(id=bytes(16), issuer_id=bytes(16)).bytes
        self.assert_bad([short, other], "file1' and '", "file0' hold different ARKs")
        self.assert_bad([NAPLES.ark.bytes, PLATFORM.ark.bytes], "hold different ARKs")

    def test_cek(self):
        """The one that AMD signed counts, wherever it stands."""
        cek, own = PLATFORM.files["cek.cert"], PLATFORM.files["cek-unsigned.cert"]
        rest = self.full()
        rest.remove(cek)
        for order in itertools.permutations([cek, own, cek]):
            self.assert_good(*rest, *order)
        other = Platform(b"other")
        for pair in [cek, other.unsigned_cek], [own, other.cek], [cek, other.cek], [own, other.unsigned_cek], [
                cek, PLATFORM.cek.changed(api=(1, 1))]:
            contents = [part if isinstance(part, bytes) else part.bytes for part in pair]
            self.assert_bad(contents, "--chain: '", "file1' and '", "file0' hold different CEKs")

    def test_signature_places(self):
        """In either order."""
        pek = PLATFORM.pek
        self.assert_good(*self.full(pek=pek.changed(slots=pek.slots[::-1])))
        for name in "oca", "pdh", "cek":
            part = getattr(PLATFORM, name)
            self.assert_good(*self.full(**{name: part.changed(slots=part.slots[::-1])}))


class Answers(ChainTest):
    def test_members(self):
        chip = PLATFORM.chip_id
        contents = [PLATFORM.capabilities.encode(), PLATFORM.files["ask_ark.cert"], PLATFORM.files["cek.cert"]]
        verdict, lines = self.assert_good(*contents)
        self.assertEqual([verdict[name] for name in ("type", "schema", "technology", "verdict")],
                         ["sevlaunch-verdict", 1, "sev", "passed"])
        self.assertEqual(verdict["inputs"], [
            {"option": "chain", "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for content in contents])
        fingerprints = {name: getattr(PLATFORM, name).fingerprint for name in LINKS}
        self.assertEqual(verdict["fingerprints"], fingerprints)
        self.assertEqual(verdict["platform"], {
            "product": None, "pek-api": "0.22", "oca-api": "0.22", "oca-made-by": "platform",
            "cek-address": KDS + chip.hex()})
        got = {check["check"]: check["actual"] for check in verdict["checks"]}
        self.assertEqual(got["ark"], "a root whose fingerprint was given, and that signed itself")
        self.assertEqual(got["ask"], "one that the ARK signed; not AMD's")
        self.assertEqual(got["chip-id"], "nothing: no certificate tells the chip's id")
        for name, fingerprint in fingerprints.items():
            self.assertIn(f"{name.upper()}: {got[name]}; fingerprint {fingerprint}", lines)
        self.assertIn("of your own root's, not of AMD's", lines[0])
        self.assertNotIn(chip.hex(), "".join(lines))
        result = self.chain(*contents, words=["--debug", "-q"])
        for name, fingerprint in fingerprints.items():
            self.assertIn(f"[DEBUG]: {name.upper()}(sha384): {fingerprint}\n".encode(), result.err)

    def test_owner(self):
        owned = Platform(b"owned", owned=True)
        later = PLATFORM.oca.changed(api=(1, 0))
        for changed, api, maker, words in (
                (self.full(oca=later), "1.0", "platform", "the platform probably made it itself"),
                (self.full(), "0.22", "platform", "the platform probably made it itself"),
                (self.full(owned), "0.0", "owner", "an owner probably brought it")):
            verdict, lines = self.assert_good(*changed)
            self.assertIn(f"Owner: not checked. The OCA has API {api}: {words}", lines)
            self.assertEqual(verdict["platform"]["oca-made-by"], maker)
        for platform in PLATFORM, owned:
            for text in platform.oca.fingerprint, base64.b64encode(
                    bytes.fromhex(platform.oca.fingerprint)).decode():
                _, lines = self.assert_good(*self.full(platform), words=["--oca-fingerprint", text],
                                            passed=["owner"])
                self.assertIn("Owner: the one that is expected, by the OCA's fingerprint", lines)
        other = ["--oca-fingerprint", PLATFORM.oca.fingerprint]
        got = self.assert_fails(self.full(owned), ["owner"], below("oca"), words=other)
        self.assertEqual(got["owner"], f"OCA {owned.oca.fingerprint}")
        result = self.chain(*self.full(owned), words=other)
        self.assert_one_line(result, MISMATCH, f"owner: expected OCA {PLATFORM.oca.fingerprint}, got OCA ")
        broken = PLATFORM.oca.changed(slots=((OCA, ECDSA_SHA256, PLATFORM.chip), EMPTY))
        got = self.assert_fails(self.full(oca=broken), ["oca"], below("oca"), words=other)
        self.assertEqual(got["owner"], "nothing: the OCA did not hold")

    def test_roots(self):
        other = ["--ark-fingerprint", hashlib.sha384(b"another key").hexdigest()]
        self.assert_good(*self.full(), words=other)
        result = self.command(["sev-chain", *self.files(*self.full()), *other])
        self.assert_one_line(result, MISMATCH, "ark: expected a root of AMD's or one whose fingerprint is given",
                             f", got {PLATFORM.ark.fingerprint}, which is none of AMD's (--ark-fingerprint trusts")
        texts = base64.b64encode(bytes.fromhex(PLATFORM.ark.fingerprint)).decode()
        result = self.command(["sev-chain", *self.files(*self.full()), "--ark-fingerprint", texts])
        self.assertEqual((MATCH, b""), (result.code, result.err), result)


class Links(ChainTest):
    def test_signers(self):
        """Another key signed; or the issuer's id is another one."""
        other = Platform(b"other")
        key = other.chip
        p, wrong = PLATFORM, amd.RsaKey(2)
        for name, changed in (
            ("ark", p.ark.changed(signer=wrong)), ("ask", p.ask.changed(signer=wrong)),
            ("ask", p.ask.changed(issuer_id=bytes(16))),
            ("cek", p.cek.changed(slots=((ASK, RSA_SHA384, wrong), EMPTY))),
            ("oca", p.oca.changed(slots=((OCA, ECDSA_SHA256, key), EMPTY))),
            ("pek", p.pek.changed(slots=((OCA, ECDSA_SHA256, key), p.pek.slots[1]))),
            ("pek", p.pek.changed(slots=(p.pek.slots[0], (CEK, ECDSA_SHA256, key)))),
            ("pdh", p.pdh.changed(slots=((PEK, ECDSA_SHA256, key), EMPTY))),
            ("pdh", other.pdh),
        ):
            got = self.assert_fails(self.full(**{name: changed}), [name], below(name))
            self.assertIn("did not sign", got[name])
            if name == "pdh":
                self.assertIn(": it is changed, old, or of another platform", got[name])
            if name == "cek":
                self.assertIn(": it is changed, or of another product", got[name])
            for link in below(name):
                self.assertTrue(got[link].startswith("nothing: the "), got)
                self.assertTrue(got[link].endswith(" not verified"), got)

    def test_two_at_once(self):
        changed = {name: getattr(Platform(b"other"), name) for name in ("oca",)}
        changed["ask"] = PLATFORM.ask.changed(signer=amd.RsaKey(2))
        changed["oca"] = PLATFORM.oca.changed(slots=((OCA, ECDSA_SHA256, PLATFORM.chip), EMPTY))
        self.assert_fails(self.full(**changed), ["ask", "oca"], below("ask", "oca"))

    def test_no_signature(self):
        p = PLATFORM
        for name, slots in ("oca", (EMPTY, EMPTY)), ("pek", (p.pek.slots[0], EMPTY)), (
                "pek", (p.pek.slots[1], EMPTY)):
            changed = getattr(p, name).changed(slots=slots)
            got = self.assert_fails(self.full(**{name: changed}), [name], below(name))
            self.assertEqual(got[name], "one without a signature that it must have")

    def test_own_root_without_signature(self):
        """As Naples' has none, an own one needs none: it is pinned."""
        _, lines = self.assert_good(NAPLES.files["export-cek.cert"], NAPLES.ask.bytes, NAPLES.ark.body,
                                    words=self.trust(NAPLES))
        self.assertIn("ARK: a root whose fingerprint was given; this form has no signature; fingerprint "
                      + NAPLES.ark.fingerprint, lines)

    def test_malformed_places(self):
        """What is no signature of this algorithm, one by another kind of key, and one twice."""
        p = PLATFORM
        for name in "cek", "oca", "pek", "pdh":
            part = getattr(p, name)
            usage, algorithm, _ = part.slots[0]
            twice = part.slots[name == "pek"]
            for slots in (((usage, algorithm | 4, b"\xff" * 512), EMPTY), (twice, twice),
                          ((usage, algorithm ^ 0x100, part.slots[0][2]), EMPTY),
                          (part.slots[0], (PDH, ECDSA_SHA256, p.dh)), ((0x10, 1, b""), part.slots[0])):
                got = self.assert_fails(self.full(**{name: part.changed(slots=slots)}), [name], below(name))
                self.assertTrue(got[name].startswith("one that is malformed, or with a signature"), got)

    @unittest.skipUnless(VECTORS.exists(), f"published vectors are not there: {VECTORS}")
    def test_published(self):
        """Naples and Rome as they were shipped; one's chip is not the other's."""
        def part(product, name):
            return (VECTORS / f"{product}-{name}.cert").read_bytes()

        for product, other in ("naples", "rome"), ("rome", "naples"):
            parts = {name: part(product, name) for name in LINKS}
            result = self.command(["sev-chain", *self.files(*parts.values())])
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            for text in (f"is a {product.title()} processor of AMD's", "ASK: one that the ARK signed, and AMD's own",
                         "ARK: a root of AMD's that is pinned, and that signed itself"):
                self.assertIn(text.encode(), result.out)
            for name in "ask", "cek":
                words = self.files(*(parts | {name: part(other, name)}).values())
                self.assert_one_line(self.command(["sev-chain", *words]), MISMATCH,
                                     f"{name}: expected one that the ")
            verdict, _ = self.verdict(self.command(["sev-chain", "--json", *self.files(*parts.values())]))
            self.assertEqual(verdict["platform"]["product"], product.title())
        parts = {name: part("naples", name) for name in LINKS}
        short = part("naples", "ark-other-encoding")
        for ark in parts["ark"], short, parts["ask"] + short:
            result = self.command(["sev-chain", *self.files(*(parts | {"ark": ark}).values())])
            self.assertEqual((MATCH, b""), (result.code, result.err), result)
            self.assertEqual(ark != parts["ark"], b"AMD's that is pinned; this form has no signature" in result.out)


class Missing(ChainTest):
    def test_each(self):
        """Every one that is not there is named; and where it is."""
        p = PLATFORM.files
        for name in LINKS:
            rest = [p[other + ".cert"] for other in LINKS if other != name]
            place = AUTHORITIES if name in ("ark", "ask") else KDS if name == "cek" else "'virsh nodesevinfo'"
            self.assert_bad(rest, f"--chain: no file holds {name.upper()}; ", place)
        self.assert_bad([p["pek.cert"]], "no file holds ARK, ASK, CEK, OCA, PDH; ", AUTHORITIES, KDS,
                        "virsh nodesevinfo")
        self.assert_bad([p["export.cert"]], "no file holds ARK, ASK, CEK that AMD signed; ", KDS + " and ",
                        "'cpu0-id' on the host (--chip-id tells the address)",
                        "(or _rome, _milan; none is known here for Genoa and Turin)")
        self.assert_bad([PLATFORM.capabilities.encode(), p["ask_ark.cert"]],
                        "no file holds CEK that AMD signed; AMD's CEK is ", KDS + PLATFORM.chip_id.hex())

    def test_chip_id(self):
        chip = PLATFORM.chip_id
        rest, cek = [PLATFORM.files["export.cert"], PLATFORM.files["ask_ark.cert"]], PLATFORM.files["cek.cert"]
        for text in chip.hex(), chip.hex().upper(), base64.b64encode(chip).decode():
            words = ["--chip-id", text]
            self.assert_bad(rest, KDS + chip.hex(), words=words)
            verdict, _ = self.assert_good(*rest, cek, words=words)
            self.assertEqual(verdict["platform"]["cek-address"], KDS + chip.hex())
            self.assert_bad([PLATFORM.capabilities.encode(), *rest], KDS + chip.hex(), words=words)
        for text in chip.hex()[:-1], chip.hex() + "0", "", base64.b64encode(chip).decode()[:-1]:
            self.assert_bad([*rest, cek], "--chip-id: expected 128 hexadecimal digits", words=["--chip-id", text])
        wrong = bytes([*chip[:-1], chip[-1] ^ 1])
        bad = f": expected the id of a chip, a point on secp256k1, got '{wrong.hex()}': it may be mistyped"
        self.assert_bad([*rest, cek], "ERROR: --chip-id" + bad, words=["--chip-id", wrong.hex()])
        other = sev_platform.secp256k1_point(7)
        self.assert_bad([PLATFORM.capabilities.encode(), *rest], "--chip-id: '", "tells another id of the chip",
                        words=["--chip-id", other.hex()])
        told = json.loads(PLATFORM.capabilities)["return"] | {"cpu0-id": base64.b64encode(wrong).decode()}
        self.assert_bad([json.dumps(told).encode(), *rest, cek], "ERROR: --chain: '", "file0': cpu0-id" + bad)
        told["cpu0-id"] = base64.b64encode(other).decode()
        self.assert_bad([PLATFORM.capabilities.encode(), json.dumps(told).encode()],
                        "file1' and '", "file0' have different values of 'cpu0-id'")
        for value in "AAAA", "?", "":
            self.assert_bad([json.dumps(told | {"cpu0-id": value}).encode()], "a 'cpu0-id' that is not of 64 bytes")


class Unusable(ChainTest):
    def test_options(self):
        self.assert_bad([], "--chain PATH is required")
        for option in "--ark-fingerprint", "--oca-fingerprint":
            for text in "", "00", "g" * 96, "0" * 64:
                self.assert_bad([], f"{option}: expected 96 hexadecimal digits", f"got '{text}'",
                                words=["--chain", "none", option, text])
        result = self.command(["sev-chain", "--chain", "none", "--ark-fingerprint", "00", *self.trust()])
        self.assert_one_line(result, USAGE, "--ark-fingerprint: expected 96 hex", "got '00'")
        self.assert_bad([], "standard input", words=["--chain", "-", "--chain", "-"])
        self.assert_bad([], "cannot open 'none/none'", words=["--chain", "none/none"], code=FAILED)
        result = self.command(["sev-chain", "--help"])
        self.assertEqual((MATCH, b""), (result.code, result.err))
        self.assertLessEqual(max(map(len, result.out.decode().splitlines())), 79)

    def test_other_files(self):
        """What they look like."""
        signed = sev_platform.godh(PLATFORM.dh.point)
        for content, text in (
            (b"", "is not empty"), (bytes(128), "is of 128 bytes, as the blob of a launch session is"),
            (base64.b64encode(bytes(128)), "is of 128 bytes, as the blob"),
            (bytes(16), "of 16 bytes, as a TIK or a TEK is"), (bytes(32), "of 32 bytes, as a TEK and a TIK are"),
            (PLATFORM.report(bytes(16), bytes(32), 1), "of 208 bytes, as an attestation report of SEV is"),
            (bytes(1184), "of 1184 bytes, as an attestation report of SEV-SNP is"),
            (amd.Amd("Milan").chain("vcek")[0].der, "is X.509, as the certificates of SEV-SNP are"),
            (amd.pem(amd.Amd("Milan").chain("vcek")[0].der), "is X.509"),
            (b"Hello, certificates!", "is a text that is neither base64 nor"),
            (b"AAAAA", "is a text that is neither base64 nor"),
            (b"\x7fELF" + bytes(100), "is an ELF file"), (bytes(100), "is of no kind that is known here"),
            (b"\x1f" + bytes(2), "is of no kind"), (b"\x30\x01\x02\x03", "is of no kind"),
            (b"\x01\0\0\0" + bytes(59), "is of no kind"), (b"\x01\0\0\0" + b"\xff" * 60, "is of no kind"),
            (signed.bytes, "holds a PDH that nobody signed, as the owner's part of a session (GODH) is"),
            (base64.b64encode(signed.bytes), "holds a PDH that nobody signed"),
        ):
            self.assert_bad([content], "--chain: ", text)
            if content:
                self.assert_bad([PLATFORM.files["export-full.cert"], content], "file1' ", text)
                self.assert_bad([content, PLATFORM.files["export-full.cert"]], "file0' ", text)

    def test_broken_files(self):
        pek, ask = PLATFORM.pek, PLATFORM.ask
        for content, text in (
            (pek.bytes[:-1], "is cut short: of the PEK, of 2084 bytes, it has 2083"),
            (pek.bytes + ask.bytes[:100], "is cut short: of the ASK, of 1600 bytes, it has 100"),
            (NAPLES.ark.bytes[:577], "is cut short: of the ARK, of 832 bytes, it has 577"),
            (pek.bytes + b"\n", "holds something else after 2084 bytes of certificates"),
            (pek.changed(curve=1).bytes, "holds a certificate of usage PEK that is not in the form of one"),
            (PLATFORM.pdh.changed(curve=1).bytes, "of usage PDH that is not in the form"),
            (pek.changed(padding=b"\1" + bytes(879)).bytes, "of usage PEK that is not in the form"),
            (ask.changed(exponent=3).bytes, "of usage ASK that is not in the form of one: RSA"),
            (PLATFORM.ark.changed(issuer_id=bytes(16)).bytes, "of usage ARK that is not in the form"),
        ):
            self.assert_bad([content], "--chain: '", text)
        other = Platform(b"other")
        for name in "pdh", "pek", "oca", "ask":
            part = getattr(other, name)
            if name == "ask":
                part = part.changed(id=bytes(16))
            self.assert_bad([getattr(PLATFORM, name).bytes, part.bytes], "file1' and '",
                            f"file0' hold different {name.upper()}s")

    def test_texts(self):
        told = json.loads(PLATFORM.capabilities)["return"]
        for content in b"{}", b"{", b'{"return": {"data": "AAAA"}}', b'{"pdh": 7, "cert-chain": [true]}', b'{"pdh": "":}':
            text = "is no JSON with the members 'pdh' and 'cert-chain'"
            if content.endswith(b":}"):
                text = "has a 'pdh' that is no base64 text"
            self.assert_bad([content], text)
        for value in "", "not base64", "A" * 40000:
            self.assert_bad([json.dumps({"pdh": value}).encode()[:60000]],
                            "expected at most" if len(value) > 30000 else "has a 'pdh' that is no base64 text")
        self.assert_bad([json.dumps(told | {"cert-chain": "QUJD"}).encode()],
                        "is a text that is neither")
        self.assert_bad([json.dumps(told).encode()[:-1]], "is no JSON with")
        for rest in b"", b"cert-chain: QUJD\n":
            self.assert_bad([b"pdh : \n" + rest], "has a 'pdh' that is no base64 text")
        self.assert_bad([b" \n"], "is a text that is neither")
        for line in b"pdh", b"pdh ", b"pdhx : QUJD", b"pd", b" pd: QUJD", b"\xef\xbb pdh: QUJD", b"\xefpdh: QUJD":
            self.assert_bad([line + b"\n"], "is ")

    def test_too_many(self):
        self.assert_bad([PLATFORM.pek.bytes] * 17, "--chain")


if __name__ == "__main__":
    main()
