# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch show` tell all that is in reports, certificates, revocation lists and tables of
an AMD of the tests' own, in every form; and from where the certificates of a report come?"""
import datetime
import re
import struct

import amd
from amd import PROVIDER_ID, Amd, tlv
from runner import main
from test_show import UNKNOWN, ShowTest

PRODUCTS = "Milan", "Genoa", "Turin"
POLICY = {16: "SMT", 17: "reserved, always 1", 18: "MIGRATE_MA", 19: "DEBUG", 20: "SINGLE_SOCKET",
          21: "CXL_ALLOW", 22: "MEM_AES_256_XTS", 23: "RAPL_DIS", 24: "CIPHERTEXT_HIDING",
          25: "PAGE_SWAP_DISABLE"}
PLATFORM = {0: "SMT_EN", 1: "TSME_EN", 2: "ECC_EN", 3: "RAPL_DIS", 4: "CIPHERTEXT_HIDING_DRAM_EN",
            5: "ALIAS_CHECK_COMPLETE", 6: "not documented; Turin sets it", 7: "TIO_EN"}
UNVERIFIED = "nothing is verified here, and anyone can write this: see snp-verify"
TCBS = {"reported-tcb": 0x180, "committed-tcb": 0x1E0, "launch-tcb": 0x1F0, "current-tcb": 0x38}
ITEMS = {"policy-bits": "policy-bit", "platform-bits": "platform-bit", "parts": "part",
         "entries": "entry", "notes": "note"}
CHIP_ID = 0x1A0


def bits(number, names):
    return [{"bit": bit, "name": names.get(bit, UNKNOWN)} for bit in range(64) if number >> bit & 1]


def moment(text):
    return datetime.datetime.strptime(text, "%Y%m%d%H%M%S").strftime("%Y-%m-%dT%H:%M:%SZ")


def value_of(field, data):
    offset, form = amd.FIELDS[field]
    return struct.unpack_from(form, data, offset)[0]


def version_at(data, at):
    return f"{data[at + 2]}.{data[at + 1]}.{data[at]}"


def digest_or_none(data):
    return data.hex() if any(data) else None


class SnpTest(ShowTest):
    def snp(self, content):
        """The document of a file. The lines have its members, and no longer ones than 80."""
        document, lines = self.shown(content)
        for line in lines:
            if "https://" not in line:
                self.assertLessEqual(len(line), 80, line)
        named = {re.match(r" *([a-z0-9-]+):", line)[1] for line in lines if ":" in line}
        joined = re.sub(r": |\n  ", lambda found: ":" if found[0] == ": " else "", "\n".join(lines))
        lists = {name for name, value in document.items() if isinstance(value, list)}
        plain = {name for name in document if name not in lists}
        self.assertEqual(plain - named, set())
        for name in lists - {"addresses"}:
            self.assertEqual(sum(line.startswith(ITEMS[name] + ":") for line in lines),
                             len(document[name]), (name, lines))
        for name, value in document.items():
            if isinstance(value, str):
                self.assertIn(f"{name}:{value}", joined)
        return document, lines


class Reports(SnpTest):
    def expected(self, a, data, layout, is_told):
        """Without notes. `layout`: the product whose TCBs these are, or None."""
        version, policy, platform = (value_of(field, data) for field in ("version", "policy", "platform_info"))
        tcb = {"fmc": 3} if layout == "Turin" else {}
        tcb = {**tcb, **Amd.TCB} if layout else {"bytes": data[0x38:0x40].hex()}
        chip_id = data[CHIP_ID:CHIP_ID + (8 if layout == "Turin" else 64)]
        shown = {
            "kind": "report", "encoding": "binary", "wrapper": None, "version": version,
            "product": layout if is_told else None,
            **dict(zip(("cpuid-family", "cpuid-model", "cpuid-stepping"),
                       data[0x188:0x18B] if version > 2 else [None] * 3)),
            **{field.replace("_", "-"): value_of(field, data).hex() for field in (
                "measurement", "report_data", "host_data", "family_id", "image_id", "report_id", "report_id_ma")},
            "policy": policy, "policy-abi": f"{policy >> 8 & 255}.{policy & 255}",
            "policy-bits": bits(policy >> 16 << 16, POLICY), "vmpl": value_of("vmpl", data),
            "guest-svn": value_of("guest_svn", data), "author-key": bool(data[0x48] & 1),
            **{field.replace("_", "-"): digest_or_none(value_of(field, data))
               for field in ("id_key_digest", "author_key_digest")},
            "platform-info": platform, "platform-bits": bits(platform, PLATFORM),
            **{name: tcb for name in TCBS},
            "current-version": version_at(data, 0x1E8), "committed-version": version_at(data, 0x1EC),
            **dict(zip(("launch-mitigations", "current-mitigations"),
                       struct.unpack_from("<QQ", data, 0x1F8) if version > 3 else [None] * 2)),
            "chip-id": digest_or_none(chip_id), "signer": "VLEK" if data[0x48] & 4 else "VCEK",
            "mask-chip-key": bool(data[0x48] & 2), "signature-algorithm": "ECDSA P-384 with SHA-384",
            "signature-r": digest_or_none(data[0x2A0:0x2D0][::-1]),
            "signature-s": digest_or_none(data[0x2E8:0x318][::-1]),
        }
        if version > 5:
            shown.update((name, data[at:at + 32].hex()) for name, at in (
                ("current-etcb", 0x220), ("launch-etcb", 0x240), ("committed-etcb", 0x260)))
        return shown

    def test_versions_products_and_kinds(self):
        for product in PRODUCTS:
            a = Amd(product)
            for kind in "vcek", "vlek":
                for version in range(2, 7):
                    data = a.report(kind, version)
                    shown, lines = self.snp(data)
                    self.assertEqual(shown.pop("notes")[0], UNVERIFIED)
                    told = [product]
                    if version == 2:
                        told = [] if kind == "vlek" else ["Turin"] if product == "Turin" else ["Milan", "Genoa"]
                    addresses = [amd.addresses(data, each) for each in told]
                    self.assertEqual(shown.pop("addresses"), addresses)
                    layout = product if told else None
                    self.assertEqual(shown, self.expected(a, data, layout, version > 2))
                    for name in "vcek", "chain", "crl":
                        self.assertEqual([line for line in lines if line.startswith(name + "-address:")],
                                         [f"{name}-address: {each[name] or 'none'}" for each in addresses])

    def test_text(self):
        _, lines = self.snp(Amd("Turin").report(version=5))
        for line in ("product: Turin", "cpuid-family: 0x1a", "policy: 0x30000", "policy-abi: 0.0",
                     "policy-bit: bit 16, SMT", "reported-tcb: fmc=3,bl=4,tee=1,snp=27,ucode=219",
                     "current-version: 1.55.29", "chip-id: " + Amd("Turin").chip_id.hex(), "wrapper: none",
                     "platform-bit: bit 5, ALIAS_CHECK_COMPLETE", "author-key: no", "signer: VCEK"):
            self.assertIn(line, lines)
        data = bytes(range(64)).hex()
        at = lines.index("report-data:")
        self.assertEqual(lines[at + 1:at + 3], ["  " + data[:64], "  " + data[64:]])

    def test_forms(self):
        data = Amd().report()
        plain, _ = self.snp(data)
        answer, claims = amd.answer(data), b'{"keys": []}'
        for content, wrapper, members in (
            (data, None, {}), (answer, "sev-guest", {}), (answer.ljust(4000, b"\0"), "sev-guest", {}),
            *((amd.hcl(data, claims, kind).ljust(2600, b"\0"), "azure-hcl",
               {"claims-hash": name, "claims-size": len(claims)}) for kind, name in ((1, "SHA-256"), (2, "SHA-384"))),
        ):
            for encoding, form in amd.forms(content):
                shown, _ = self.snp(form)
                self.assertEqual(shown, {**plain, "encoding": encoding, "wrapper": wrapper, **members})

    def assert_notes(self, *texts, kind="vcek", a=None, change=lambda data: None, **fields):
        """One note has each of the texts; no other ones are there but the first."""
        data = bytearray((a or Amd()).report(kind, **fields))
        change(data)
        shown, lines = self.snp(bytes(data))
        first, *notes = shown["notes"]
        self.assertEqual((first, len(notes)), (UNVERIFIED, len(texts)), shown)
        for note, text in zip(notes, texts):
            self.assertIn(text, note)
        return shown, lines

    def test_what_is_not_known(self):
        self.assert_notes()
        shown, _ = self.assert_notes("no product that is known", cpuid=b"\x1a\x50\x00")
        self.assertEqual((shown["product"], shown["cpuid-model"], shown["addresses"]), (None, 0x50, []))
        self.assertEqual(shown["current-tcb"], {"bytes": Amd().fields()["current_tcb"].hex()})
        for product, text in ("Milan", "try both"), ("Genoa", "try both"), ("Turin", "size of Turin's"):
            self.assert_notes("does not tell the product", text, a=Amd(product), version=2)
        self.assert_notes("does not tell the product", "cloud provider", kind="vlek", version=2)
        self.assert_notes("no report of version 6", version=6)

    def test_what_cannot_be_fetched(self):
        for kind, text in ("vlek", "cloud provider gives"), ("vcek", "masked"):
            shown, lines = self.assert_notes(text, kind=kind, chip_id=bytes(64))
            self.assertEqual((shown["chip-id"], shown["addresses"][0]["vcek"]), (None, None))
            self.assertIn("vcek-address: none", lines)
        short, long = bytes(range(8)).ljust(64, b"\0"), bytes(range(64))
        for product, chip_id in ("Milan", short), ("Turin", long):
            shown, _ = self.assert_notes("another size", a=Amd(product), chip_id=chip_id)
            self.assertIsNone(shown["addresses"][0]["vcek"])
        odd = Amd().fields()["current_tcb"][:2] + b"\1" + bytes(5)
        shown, _ = self.assert_notes("no part of it", reported_tcb=odd)
        self.assertEqual((shown["reported-tcb"], shown["addresses"][0]["vcek"]), ({"bytes": odd.hex()}, None))
        shown, lines = self.assert_notes("does not tell", "try both", version=2, reported_tcb=bytes([0, 9, 0, 0, 0, 0, 10, 255]))
        self.assertTrue(shown["addresses"][1]["vcek"].endswith("?blSPL=00&teeSPL=09&snpSPL=10&ucodeSPL=255"))

    def test_signers(self):
        for key_info, signer, notes in ((0x1C, "no key", ["not signed"]), (8, "a reserved number", []),
                                        (2, "VCEK", ["not signed"])):
            shown, _ = self.assert_notes(*notes, key_info=key_info)
            self.assertEqual((shown["signer"], shown["mask-chip-key"]), (signer, key_info == 2))
        for algorithm, name in (0, "none"), (2, "a reserved number"):
            self.assertEqual(self.assert_notes(signature_algo=algorithm)[0]["signature-algorithm"], name)
        unsigned = amd.report(None, **Amd().fields())
        self.assertIsNone(self.snp(unsigned)[0]["signature-r"])
        author = self.rng.randbytes(48)
        shown, _ = self.assert_notes(key_info=1, author_key_digest=author)
        self.assertEqual((shown["author-key"], shown["author-key-digest"]), (True, author.hex()))

    def test_bits_and_levels(self):
        shown, lines = self.assert_notes("no bit 17", "DEBUG", "MIGRATE_MA", policy=0xFFFFFFFFFFFD1234)
        self.assertEqual((shown["policy-abi"], shown["policy-bits"]),
                         ("18.52", bits(0xFFFFFFFFFFFD0000, POLICY)))
        self.assertIn("policy-bit: bit 26, " + UNKNOWN, lines)
        shown, _ = self.assert_notes(platform_info=2**64 - 1)
        self.assertEqual(shown["platform-bits"], bits(2**64 - 1, PLATFORM))
        shown, lines = self.assert_notes("the host asked", vmpl=0xFFFFFFFF)
        self.assertIsNone(shown["vmpl"])
        self.assertIn("vmpl: none", lines)
        self.assertEqual(self.assert_notes(vmpl=3)[0]["vmpl"], 3)

    def test_version_5_and_6(self):
        vectors = struct.pack("<QQ", 0x3F, 1 << 63)
        for version in 4, 5:
            shown, lines = self.assert_notes(version=version, mitigations=vectors)
            self.assertEqual((shown["launch-mitigations"], shown["current-mitigations"]), (0x3F, 1 << 63))
            self.assertIn("launch-mitigations: 0x3f", lines)

        def extend(data):
            data[0x220:0x280] = bytes(range(96))
        shown, _ = self.assert_notes("version 6", version=6, change=extend)
        self.assertEqual(shown["launch-etcb"], bytes(range(32, 64)).hex())

    def test_wrong_reports(self):
        report = bytearray(Amd().report())
        report[0x18C] = 1
        for wrong in (bytes(report), bytes(1184), bytes(report).hex().encode(), amd.answer(bytes(report)),
                      Amd().report(version=7)):
            self.assert_bad([self.write("wrong", wrong)], "of no version from 2 to 6")
        for wrong in (Amd().report()[1:], b"HCLA" + bytes(2596), amd.answer(bytes(1183))):
            self.assert_bad([self.write("wrong", wrong)], "no kind")

    def test_a_report_that_looks_like_a_certificate(self):
        """Its guest chooses what it holds."""
        line = b"-----BEGIN CERTIFICATE-----\n".ljust(64, b"\0")
        self.assertEqual(self.snp(Amd().report(report_data=line))[0]["report-data"], line.hex())


class Certificates(SnpTest):
    ISSUERS = {"ARK": "ARK-", "ASK": "ARK-", "ASVK": "ARK-", "VCEK": "SEV-", "VLEK": "SEV-VLEK-"}

    def parts(self, *contents, kind="certificates"):
        """Of the document of one file; what each part is for is told."""
        shown, lines = self.snp(b"".join(contents))
        self.assertEqual((shown["kind"], shown["notes"]), (kind, ["no signature is verified here: see snp-verify"]))
        for part in shown["parts"]:
            self.assertIn(f"  use: {part.pop('use')}", lines)
        return shown["parts"], lines

    def expected(self, a, kind, certificate):
        """As `show` tells a certificate of this AMD."""
        part = {"part": kind, "product": a.product, "issuer": self.ISSUERS[kind] + a.product,
                "serial": certificate.serial, "not-before": moment(certificate.not_before),
                "not-after": moment(certificate.not_after), "key-fingerprint": certificate.fingerprint,
                "notes": []}
        if kind in ("VCEK", "VLEK"):
            name, value = ("chip-id", a.chip_id.hex()) if kind == "VCEK" else ("csp-id", a.PROVIDER)
            return {**part, name: value, "tcb": a.tcb}
        return {**part, "pinned": False,
                "notes": ["the fingerprint is none of AMD's that snp-verify knows"]}

    def all(self, a):
        return {"ARK": a.ark, "ASK": a.ask, "ASVK": a.asvk, "VCEK": a.vcek(), "VLEK": a.vlek()}

    def test_kinds_and_products(self):
        for product in PRODUCTS:
            for a in Amd(product), Amd(product, trailer=False):
                for kind, certificate in self.all(a).items():
                    for content in certificate.der, amd.pem(certificate.der):
                        parts, lines = self.parts(content)
                        self.assertEqual(parts, [self.expected(a, kind, certificate)])
                        self.assertIn(f"part: {kind}", lines)
                        self.assertIn(f"  serial: {certificate.serial:#x}", lines)

    def test_lists(self):
        a = Amd("Genoa")
        for revoked in (), (0x20001,), (7, 0x7FFFFFFF):
            der = a.crl(revoked)
            for content in der, amd.pem(der, "X509 CRL"):
                parts, lines = self.parts(content)
                self.assertEqual(parts, [{
                    "part": "CRL", "product": "Genoa", "issuer": "ARK-Genoa", "notes": [],
                    "this-update": "2026-01-01T00:00:00Z", "next-update": "2027-01-01T00:00:00Z",
                    "revoked": [{"serial": serial, "time": "2025-06-01T00:00:00Z"} for serial in revoked]}])
                self.assertEqual([line for line in lines if "revoked:" in line],
                                 [f"  revoked: {serial:#x} since 2025-06-01T00:00:00Z" for serial in revoked]
                                 or ["  revoked: none"])

    def test_bundles(self):
        """What is no certificate is left out, and the same one twice is one."""
        a = Amd()
        certificates = self.all(a)
        key = amd.pem(b"key", "PRIVATE KEY")
        bundle = b"text\n" + key.join(amd.pem(each.der) for each in certificates.values())
        for content in bundle, bundle.replace(b"\n", b"\r\n"), bundle + bundle:
            parts, _ = self.parts(content, amd.pem(a.crl(), "X509 CRL"))
            self.assertEqual([part["part"] for part in parts], [*certificates, "CRL"])
            self.assertEqual(parts[:-1], [self.expected(a, kind, each) for kind, each in certificates.items()])

    def test_tables(self):
        a = Amd("Turin")
        entries = [("vcek", a.vcek().der), ("other", b"endorsement"), ("ask", a.ask.der), ("ark", a.ark.der),
                   ("crl", a.crl())]
        names = {"vcek": "VCEK", "ask": "ASK or ASVK", "ark": "ARK", "crl": "CRL", "other": "Google's endorsement"}
        table = amd.table([*((amd.GUIDS[kind], data) for kind, data in entries), ("0" * 32, b"x")])
        for content in table, table.ljust(16384, b"\0"):
            parts, lines = self.parts(content, kind="certificate-table")
            self.assertEqual([part["part"] for part in parts], ["VCEK", "ASK", "ARK", "CRL"])
            shown = self.document(self.write("table", content))["entries"]
            self.assertEqual([(entry["guid"], entry["name"], content[entry["offset"]:][:entry["size"]])
                              for entry in shown],
                             [*((amd.GUIDS[kind], names[kind], data) for kind, data in entries),
                              ("00000000-0000-0000-0000-000000000000", UNKNOWN, b"x")])
            self.assertIn(f"entry: {amd.GUIDS['other']}, 11 bytes, Google's endorsement", lines)
        parts, _ = self.parts(amd.table([(amd.GUIDS["other"], b"x")]), kind="certificate-table")
        self.assertEqual(parts, [])

    def test_odd_bytes(self):
        """No escape sequence, quotation mark or NUL of a provider's id gets through."""
        odd = b'\x1b[31m"\\\x00\x7f\x80\xe2\x80\xae~ '
        leaf = Amd().vlek().with_extension(PROVIDER_ID, tlv(0x16, odd))
        parts, lines = self.parts(leaf.der)
        self.assertEqual(parts[0]["csp-id"], "?[31m????????~ ")
        self.assertIn("  csp-id: ?[31m????????~ ", lines)
        longest = Amd().vlek().with_extension(PROVIDER_ID, tlv(0x16, b"x" * 64))
        self.assertEqual(self.parts(longest.der)[0][0]["csp-id"], "x" * 64)

    def test_wrong_certificates(self):
        leaf = Amd().vcek().der
        for wrong, text in (
            (leaf[:-1], "none of AMD's"), (leaf + b"\0", "none of AMD's"),
            (amd.pem(leaf)[:-20], "malformed PEM"), (amd.pem(leaf) + amd.pem(leaf[1:]), "none of AMD's"),
            (amd.table([(amd.GUIDS["ask"], b"0")]), "none of AMD's"),
            (amd.pem(b"key", "PUBLIC KEY"), "no certificate and no revocation list"),
            (amd.table([("1" * 32, leaf)]), "no kind"), (b"\0" + amd.pem(leaf), "no kind"),
            (amd.table([(amd.GUIDS["vcek"], leaf)])[:-1], "no kind"), (b"\x30\x82", "no kind"),
            (b"\x30\x76" + bytes(118), "no kind"), (bytes(24), "no kind"),
            (amd.pem(leaf) + b" " * 40000, "no kind"), (leaf.ljust(40000, b"\0"), "no kind"),
        ):
            self.assert_bad([self.write("wrong", wrong)], text)


if __name__ == "__main__":
    main()
