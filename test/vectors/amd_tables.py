#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""amd_tables.py TABLE prints a header for unit tests: signatures, certificates, revocation lists and reports of an
AMD whose keys are those of test/support/amd.py. Right ones, and wrong ones in every part.
"""
import hashlib
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import amd  # noqa: E402
from amd import BASIC, HARDWARE_ID, PROVIDER_ID, SPL, STRUCT_VERSION, USAGE, integer, seq, tlv  # noqa: E402


class Unsigned(amd.RsaKey):
    """Signatures that nobody verifies."""

    def sign(self, message, **changes):
        return bytes(512)


def octets(data):
    return ", ".join(map(str, data))


def array(name, data):
    return f"static const uint8_t {name}[{max(1, len(data))}] = {{{octets(data) or 0}}};\n"


def rsa_cases(key):
    """Whether it matches, hash and signature under a key."""
    message, hash_size = b"message", len(hashlib.new(key.hash).digest())
    digest = hashlib.new(key.hash, message).digest()

    def signed(**changes):
        return key.power(amd.pss_encode(digest, size=key.size, **changes)).to_bytes(key.size, "big")

    good = signed()
    yield "right", True, digest, good
    yield "a salt of zeros", True, digest, signed(salt=bytes(hash_size))
    yield "of another hash", False, hashlib.new(key.hash, b"other").digest(), good
    yield "of another key", False, digest, amd.RsaKey(1, 8 * key.size).sign(message)
    yield "a salt that is shorter", False, digest, signed(salt=amd.SALT[:hash_size - 1])
    yield "a salt that is longer", False, digest, signed(salt=bytes(hash_size + 1))
    yield "no salt", False, digest, signed(salt=b"")
    yield "another trailer", False, digest, signed(trailer=0xCC)
    yield "no 1 before the salt", False, digest, signed(one=3)
    yield "padding that is not 0", False, digest, signed(padding=b"\1")
    padding = bytes(key.size - 2 * hash_size - 3) + b"\x80"
    yield "padding whose last byte is not 0", False, digest, signed(padding=padding)
    yield "0", False, digest, bytes(key.size)
    yield "1", False, digest, bytes(key.size - 1) + b"\1"
    yield "the modulus", False, digest, key.modulus
    yield "the modulus less 1", False, digest, (key.n - 1).to_bytes(key.size, "big")
    yield "as large as can be", False, digest, b"\xff" * key.size
    salts = (bytes([number]) * hash_size for number in range(256))
    numbers = (int.from_bytes(signed(salt=salt), "big") + key.n for salt in salts)
    number = next(number for number in numbers if number < 1 << 8 * key.size)
    yield "the modulus more", False, digest, number.to_bytes(key.size, "big")
    top = amd.pss_encode(digest, size=key.size, top=1)
    if top < key.n:
        yield "a bit too long", False, digest, key.power(top).to_bytes(key.size, "big")


def rsa_tables():
    rows, arrays = "", ""
    for bits in (4096, 2048):
        key = amd.RsaKey(0, bits)
        arrays += array(f"rsa_{bits}_modulus", key.modulus)
        for i, (what, match, digest, signature) in enumerate(rsa_cases(key)):
            arrays += array(f"rsa_{bits}_hash_{i}", digest) + array(f"rsa_{bits}_signature_{i}", signature)
            result = "SEVL_MATCH" if match else "SEVL_MISMATCH"
            rows += (f'    {{"{what}", {result}, {bits}, rsa_{bits}_modulus, rsa_{bits}_hash_{i}, '
                     f"rsa_{bits}_signature_{i}}},\n")
    return arrays + f"""
static const struct known_rsa {{
    const char *what;
    enum sevl_result result;
    unsigned bits;
    const uint8_t *modulus;
    const uint8_t *hash;
    const uint8_t *signature;
}} rsa_answers[] = {{
{rows}}};
"""


def replaced(der, old, new):
    assert der.count(old) == 1, (der.count(old), old.hex())
    return der.replace(old, new)


def wrong_in_form(vcek):
    """What no certificate is."""
    der = vcek.der
    yield "nothing", b""
    yield "an end too early", der[:-1]
    yield "more after it", der + b"\0"
    yield "another tag", b"\x31" + der[1:]
    yield "an empty sequence", seq()
    yield "a length of three bytes", b"\x30\x83\0" + der[2:]
    yield "an endless length", b"\x30\x80" + der[4:] + bytes(2)
    yield "unused bits in the signature", amd.seq(
        vcek.contents, amd.pss(vcek.trailer), tlv(3, b"\1" + bytes(512)))
    yield "a short signature", amd.seq(
        vcek.contents, amd.pss(vcek.trailer), tlv(3, b"\0" + bytes(511)))
    yield "a long signature", amd.seq(
        vcek.contents, amd.pss(vcek.trailer), tlv(3, b"\0" + bytes(513)))
    yield "a signature that ends too early", amd.seq(
        vcek.contents, amd.pss(vcek.trailer), tlv(3, bytes(513))[:-1])
    yield "a fourth part", amd.seq(
        vcek.contents, amd.pss(vcek.trailer), tlv(3, bytes(513)), tlv(5))
    yield "contents that are no sequence", amd.seq(
        tlv(0x31), amd.pss(vcek.trailer), tlv(3, bytes(513)))
    yield "version 1", vcek.changed(version=0).der
    yield "version 2", vcek.changed(version=1).der
    yield "other algorithms", vcek.changed(inner=amd.pss(not vcek.trailer)).der
    algorithm = amd.pss(True)
    yield "SHA-256", der.replace(amd.SHA384, seq(amd.oid("2.16.840.1.101.3.4.2.1"), tlv(5)))
    yield "a salt of 32 bytes", der.replace(tlv(0xA2, integer(48)), tlv(0xA2, integer(32)))
    yield "another trailer", der.replace(tlv(0xA3, integer(1)), tlv(0xA3, integer(2)))
    yield "RSA without PSS", der.replace(amd.oid("1.2.840.113549.1.1.10"), amd.oid("1.2.840.113549.1.1.12"))
    yield "PSS with more", der.replace(algorithm, seq(*([algorithm[2:], tlv(5)])))


def wrong_names(a):
    vcek, vlek, ask, ark = a.vcek(), a.vlek(), a.ask, a.ark
    milan = "-" + a.product
    for issuer in ("ARK" + milan, "SEV-VLEK" + milan, "SEV-Rome", "SEV-", "SEV-VCEK", "SEV" + milan + "2"):
        yield f"a VCEK of {issuer}", vcek.changed(issuer=issuer)
    yield "a VLEK of an ASK", vlek.changed(issuer="SEV" + milan)
    yield "a VLEK of an ARK", vlek.changed(issuer="ARK" + milan)
    yield "an ASK of an ASK", ask.changed(issuer="SEV" + milan)
    yield "an ASVK of an ASK", a.asvk.changed(issuer="SEV" + milan)
    yield "an ASK of another product", ask.changed(subject="SEV-" + ("Genoa" if a.product != "Genoa" else "Milan"))
    yield "an ARK of another product", ark.changed(subject="ARK-" + ("Genoa" if a.product != "Genoa" else "Milan"))
    for subject in ("", "AMD", "ARK", "XSEV-" + a.product):
        yield f"an authority called {subject}", ask.changed(subject=subject)
    good = amd.name("SEV-VCEK")
    last = tlv(0x31, seq(amd.oid("2.5.4.3"), tlv(0x0C, b"SEV-VCEK")))
    assert good.endswith(last)
    before = good[2:-len(last)]
    pair = seq(amd.oid("2.5.4.3"), tlv(0x0C, b"SEV-VCEK"))
    for i, wrong in enumerate((
        seq(), seq(before), seq(before, last, last), seq(last, before), seq(before, tlv(0x31, pair, pair)),
        seq(before, tlv(0x31)), seq(before, tlv(0x31, seq(amd.oid("2.5.4.3"), tlv(0x13, b"SEV-VCEK")))),
        seq(before, tlv(0x31, seq(amd.oid("2.5.4.4"), tlv(0x0C, b"SEV-VCEK")))), seq(before, pair),
        seq(before, tlv(0x31, seq(amd.oid("2.5.4.3"), tlv(0x0C, b"SEV-VCEK"), tlv(5)))),
        good.replace(b"Engineering", b"engineering"), tlv(0x31, before, last),
    )):
        yield f"the name {i}", vcek.changed(subject=wrong)
    for subject in ("", "SEV-VCEK" + milan, "SEV-VCEK ", "VCEK", "sev-vcek", "SEV-VLEK-"):
        yield f"a leaf called {subject}", vcek.changed(subject=subject)


def wrong_values(a):
    vcek, vlek, ask, ark = a.vcek(), a.vlek(), a.ask, a.ark
    for leaf in vcek, vlek:
        yield "a leaf with a serial", leaf.changed(serial=1)
        yield "a leaf with an RSA key", leaf.changed(key=a.root)
        yield "a leaf that is an authority", leaf.changed(
            extensions=(*leaf.extensions, (BASIC, seq(tlv(1, b"\xff")), True)))
        yield "a leaf with key usage", leaf.changed(
            extensions=(*leaf.extensions, (USAGE, tlv(3, b"\2\4"), True)))
        for kind, value, *_ in leaf.extensions:
            yield f"without {kind}", leaf.with_extension(kind)
            yield f"twice {kind}", leaf.changed(extensions=(*leaf.extensions, (kind, value)))
            yield f"more after {kind}", leaf.with_extension(kind, value + tlv(5))
        for kind in SPL.values():
            if kind in (each[0] for each in leaf.extensions):
                yield f"256 as {kind}", leaf.with_extension(kind, integer(256))
                yield f"no number as {kind}", leaf.with_extension(kind, tlv(4, b"\1"))
                yield f"a negative {kind}", leaf.with_extension(kind, tlv(2, b"\x80"))
                yield f"a long {kind}", leaf.with_extension(kind, tlv(2, b"\0\1"))
                yield f"an empty {kind}", leaf.with_extension(kind, tlv(2))
        for part in (part for part in amd.ORDERS[a.product].split() if part.startswith("spl")):
            yield f"{part} that is not 0", leaf.with_extension(SPL[part], integer(1))
        yield "another structure", leaf.with_extension(STRUCT_VERSION, integer(2))
        for name in (b"", b"Rome", a.product.encode() + b"2", a.product[:-1].encode(), b"Siena" * (a.product != "Genoa")):
            yield f"product {name}", leaf.with_extension(amd.PRODUCT_NAME, tlv(0x16, name))
        yield "a name of another kind", leaf.with_extension(amd.PRODUCT_NAME, tlv(0x0C, a.product.encode()))
        for wrong in (b"", b"\x2a\x86", b"\x80\x01", b"\x2a\x80\x01"):
            yield f"an identifier {wrong.hex()}", leaf.changed(extensions=(*leaf.extensions, (wrong, b"")))
        yield "an unknown critical one", leaf.changed(
            extensions=(*leaf.extensions, (amd.AMD + "6", tlv(5), True)))
    yield "of the other structure", vcek.with_extension(
        STRUCT_VERSION, integer(0 if a.product == "Turin" else 1))
    other = SPL["spl4" if a.product == "Turin" else "fmc"]
    yield "a part that the product has not", vcek.changed(
        extensions=(*vcek.extensions, (other, integer(0))))
    for size in (0, 7, 9, 63, 65, 72 - len(a.chip_id)):
        yield f"a chip id of {size}", vcek.with_extension(HARDWARE_ID, bytes(size))
    yield "a chip id in an element", vcek.with_extension(HARDWARE_ID, tlv(4, a.chip_id))
    yield "a chip id and a provider", vcek.changed(extensions=(*vcek.extensions, vlek.extensions[-1]))
    yield "a provider and a chip id", vlek.changed(extensions=(*vlek.extensions, vcek.extensions[-1]))
    yield "an empty provider", vlek.with_extension(PROVIDER_ID, tlv(0x16))
    yield "a provider of 65 bytes", vlek.with_extension(PROVIDER_ID, tlv(0x16, b"x" * 65))
    yield "a provider in no element", vlek.with_extension(PROVIDER_ID, b"CN=x")
    for authority in ark, ask, a.asvk:
        for kind, value in ((BASIC, seq(tlv(1, b"\xff"))), (USAGE, tlv(3, b"\2\4"))):
            yield f"more after {kind}", authority.with_extension(kind, value + tlv(5), True)
            yield f"twice {kind}", authority.changed(extensions=(*authority.extensions, (kind, value, True)))
        yield "an authority without a serial", authority.changed(serial=0)
        yield "an authority with a serial that is too long", authority.changed(serial=1 << 32)
        yield "an authority with a key on P-384", authority.changed(key=a.chip)
        for kind in BASIC, USAGE:
            yield f"an authority without {kind}", authority.with_extension(kind)
        yield "no authority", authority.with_extension(BASIC, seq(), True)
        yield "an authority that is none", authority.with_extension(BASIC, seq(tlv(1, b"\0")), True)
        yield "a path of 1", authority.with_extension(BASIC, seq(tlv(1, b"\xff"), integer(1)), True)
        yield "more in the constraints", authority.with_extension(
            BASIC, seq(tlv(1, b"\xff"), integer(0), tlv(5)), True)
        yield "constraints in no sequence", authority.with_extension(BASIC, tlv(1, b"\xff"), True)
        yield "no signer of certificates", authority.with_extension(USAGE, tlv(3, b"\1\2"), True)
        yield "a long usage", authority.with_extension(USAGE, tlv(3, b"\7\4\x80"), True)
        yield "a usage that is no bits", authority.with_extension(USAGE, tlv(4, b"\2\4"), True)


def wrong_times(vcek):
    for text in ("20250001000000", "20251301000000", "20250100000000", "20250132000000",
                 "20250229000000", "20250431000000", "20250101240000", "20250101006000",
                 "20250101000060", "2025010100000:", "202501010000/0"):
        yield f"a day {text}", vcek.changed(not_before=text).der
    good = tlv(0x17, b"250101000000Z")
    for time in (tlv(0x17, b"250101000000"), tlv(0x17, b"250101000000z"), tlv(0x17, b"2501010000Z"),
                 tlv(0x18, b"19990101000000Z"), tlv(0x18, b"20250101000000Z"),
                 tlv(0x18, b"20501301000000Z"), tlv(0x18, b"20500101000000z"),
                 tlv(0x18, b"20500101000000"), tlv(0x18, b"2O500101000000Z"),
                 tlv(0x18, b"20A00101000000Z"), tlv(0x18, b"20500101000000.0Z"), tlv(0x17, b"A50101000000Z"),
                 tlv(0x16, b"250101000000Z")):
        if len(time) == len(good):
            yield f"the time {time[2:].decode()}", replaced(vcek.der, good, time)
        else:
            yield f"the time {time[2:].decode()}", with_time(vcek, time)
    yield "a third time", amd.signed(
        replaced(vcek.contents, seq(good, amd.time(vcek.not_after)),
                 seq(good, amd.time(vcek.not_after), good)), vcek.signer, vcek.trailer)


def with_time(certificate, time):
    """In place of the first one; every length around it is made anew."""
    class Changed(amd.Certificate):
        @property
        def contents(self):
            return seq(
                tlv(0xA0, integer(2)), integer(self.serial), amd.pss(self.trailer),
                amd.name(self.issuer), seq(time, amd.time(self.not_after)), amd.name(self.subject),
                self.key.info, tlv(0xA3, seq(*(amd.extension(*each) for each in self.extensions))))
    return Changed(**vars(certificate)).der


def cut_short(certificate, size):
    """Its contents end in the middle of the key, or after the extensions there is more."""
    parts = [tlv(0xA0, integer(2)), integer(certificate.serial), amd.pss(certificate.trailer),
             amd.name(certificate.issuer), seq(amd.time("20250101000000"), amd.time("20270101000000")),
             amd.name(certificate.subject), certificate.key.info[:size]]
    if size is None:
        parts += [tlv(0xA3, seq(*(amd.extension(*each) for each in certificate.extensions))), tlv(5)]
    return amd.signed(seq(*parts), certificate.signer, certificate.trailer)


def wrong_certificates():
    for product in ("Milan", "Turin"):
        a = amd.Amd(product)
        a.root, a.middle = Unsigned(0), Unsigned(1)
        if product == "Milan":
            yield from wrong_in_form(a.vcek())
            yield from wrong_times(a.vcek())
            for each in a.vcek(), a.ask:
                for size in (10, 30, 60, len(each.key.info) - 1, None):
                    yield f"a key of {size} bytes", cut_short(each, size)
            siena = amd.Amd("Genoa")
            siena.middle = Unsigned(1)
            for product in b"Milan", b"Siena2", b"Bergam", b"":
                named = siena.vcek().with_extension(amd.PRODUCT_NAME, tlv(0x16, product))
                yield f"a Genoa called {product.decode()}", named.der
        yield from ((what, each.der) for what, each in wrong_names(a))
        yield from ((what, each.der) for what, each in wrong_values(a))


def reordered(certificate):
    return certificate.changed(extensions=certificate.extensions[::-1])


def right_certificates():
    """Forms that AMD uses, or may use without a change of their meaning."""
    for product in ("Milan", "Genoa", "Turin"):
        for trailer in (False, True):
            a = amd.Amd(product, trailer)
            a.root, a.middle = Unsigned(0), Unsigned(1)
            kinds = ("ARK", a.ark), ("ASK", a.ask), ("ASVK", a.asvk), ("VCEK", a.vcek()), ("VLEK", a.vlek())
            for kind, each in kinds:
                yield kind, product, each.der
                yield kind, product, reordered(each).der
                yield kind, product, each.changed(
                    extensions=(("1.2.3", b""), *each.extensions, (amd.AMD + "6", tlv(5)))).der
            named = a.vcek().with_extension(amd.PRODUCT_NAME, tlv(0x16, product.encode() + b"-B0"))
            yield "VCEK", product, named.der
            yield "ARK", product, a.ark.changed(not_before="19690101000000", not_after="99991231235959").der
            yield "ASK", product, a.ask.with_extension(BASIC, seq(tlv(1, b"\xff")), True).der
    genoa = amd.Amd("Genoa")
    genoa.middle = Unsigned(1)
    for provider in (b"x", b"x" * 64):
        yield "VLEK", "Genoa", genoa.vlek().with_extension(PROVIDER_ID, tlv(0x16, provider)).der
    for name in (b"Siena", b"Bergamo", b"Siena-A1"):
        yield "VCEK", "Genoa", genoa.vcek().with_extension(amd.PRODUCT_NAME, tlv(0x16, name)).der


def wrong_crls():
    key = Unsigned(0)
    good = amd.crl("ARK-Milan", key, [7])
    yield "nothing", b""
    yield "more after it", good + b"\0"
    for issuer in ("SEV-Milan", "SEV-VCEK", "ARK-Rome"):
        yield f"of {issuer}", amd.crl(issuer, key)
    yield "version 1", replaced(good, integer(1) + amd.pss(False), integer(0) + amd.pss(False))
    yield "other algorithms", with_entries(key, b"", algorithm=amd.pss(True))
    yield "no time", replaced(good, amd.time("20260101000000"), tlv(0x16, b"260101000000Z"))
    yield "no next time", replaced(good, amd.time("20270101000000"), tlv(0x16, b"270101000000Z"))
    yield "a critical extension", amd.crl("ARK-Milan", key, extensions=[("2.5.29.28", seq(), True)])
    for what, entry in (("in no sequence", tlv(0x31, integer(7), amd.time("20250601000000"))),
                        ("without a time", seq(integer(7))), ("without a serial", seq()),
                        ("negative", seq(tlv(2, b"\x80"), amd.time("20250601000000"))),
                        ("with more", seq(integer(7), amd.time("20250601000000"), seq(), tlv(5))),
                        ("with a number", seq(integer(7), amd.time("20250601000000"), integer(1))),
                        ("in an entry", seq(integer(7), amd.time("20250601000000"),
                                            seq(integer(1), amd.time("20250601000000")))),
                        ("with a critical extension", seq(
                            integer(7), amd.time("20250601000000"),
                            seq(amd.extension("2.5.29.29", seq(), True))))):
        yield f"an entry {what}", with_entries(key, seq(entry))
    yield "an empty list of entries", with_entries(key, seq())
    entry = seq(integer(7), amd.time("20250601000000"))
    for more in (b"\0", b"\x30", b"\x30\x01"):
        yield f"entries and {more.hex()}", with_entries(key, seq(entry, more))
    yield "no extensions", with_entries(key, b"", b"")
    for what, extensions in (("no sequence", tlv(0xA0, tlv(0x31))), ("two", tlv(0xA0, seq(), seq())),
                             ("no extension", tlv(0xA0, seq(tlv(5)))), ("no oid", tlv(0xA0, seq(seq(tlv(4))))),
                             ("no value", tlv(0xA0, seq(seq(amd.oid("1.2.3"))))),
                             ("much", tlv(0xA0, seq(seq(amd.oid("1.2.3"), tlv(4), tlv(5)))))):
        yield f"extensions with {what}", with_entries(key, b"", extensions)
    yield "more inside", with_entries(key, b"", tlv(0xA0, seq()) + tlv(5))


def with_entries(key, entries, extensions=tlv(0xA0, seq()), algorithm=amd.pss(False)):
    contents = seq(integer(1), algorithm, amd.name("ARK-Milan"), amd.time("20260101000000"),
                   amd.time("20270101000000"), entries, extensions)
    return amd.signed(contents, key, False)


def right_crls():
    """List, and the serials that it names."""
    key = Unsigned(0)
    yield amd.crl("ARK-Turin", key), ()
    yield amd.crl("ARK-Milan", key, [7], trailer=True), (7,)
    yield amd.crl("ARK-Genoa", key, [0x20001, 1, 0x7FFFFFFF, 0]), (0x20001, 1, 0x7FFFFFFF, 0)
    reason = seq(integer(5), amd.time("20250601000000"), seq(amd.extension("2.5.29.21", tlv(10, b"\1"))))
    yield with_entries(key, seq(reason)), (5,)


def list_of(kind, rows):
    """An array of what its fields say, with the bytes in arrays of their own."""
    arrays, lines = "", ""
    for i, (fields, der) in enumerate(rows):
        arrays += array(f"{kind}_{i}", der)
        lines += f"    {{{fields}, {kind}_{i}, {len(der)}}},\n"
    return arrays, lines


def text(what):
    return '"' + what.replace("\\", "\\\\").replace('"', "'") + '"'


def der_tables():
    wrong, wrong_lines = list_of("wrong_certificate", ((text(w), d) for w, d in wrong_certificates()))
    lists, lists_lines = list_of("wrong_crl", ((text(w), d) for w, d in wrong_crls()))
    right, right_lines = list_of("right_certificate", (
        (f"SEVL_SNP_{kind}, SEVL_SNP_{product.upper()}", der) for kind, product, der in right_certificates()))
    crls, crls_lines = list_of("right_crl", (
        (f"{len(serials)}, {{{octets(serials) or 0}}}", der) for der, serials in right_crls()))
    return f"""
{wrong}{lists}{right}{crls}
static const struct wrong_der {{
    const char *what;
    const uint8_t *der;
    size_t size;
}} wrong_certificates[] = {{
{wrong_lines}}}, wrong_crls[] = {{
{lists_lines}}};

static const struct right_der {{
    enum sevl_snp_certificate_kind kind;
    enum sevl_snp_product product;
    const uint8_t *der;
    size_t size;
}} right_certificates[] = {{
{right_lines}}};

static const struct right_crl {{
    size_t count;
    uint32_t serials[4];
    const uint8_t *der;
    size_t size;
}} right_crls[] = {{
{crls_lines}}};
"""


PRODUCTS = ("Milan", "Genoa", "Turin")


def whole(product):
    """A struct known_amd and its bytes."""
    a = amd.Amd(product, trailer=product != "Genoa")
    parts = {"ark": a.ark.der, "ask": a.ask.der, "asvk": a.asvk.der, "vcek": a.vcek().der,
             "vlek": a.vlek().der, "crl": a.crl([amd.SERIALS[product] + 7]), "crl_of_ask": a.crl([a.ask.serial])}
    arrays = "".join(array(f"{product}_{part}", der) for part, der in parts.items())
    ders = ", ".join(f".{part} = {{{product}_{part}, {len(der)}}}" for part, der in parts.items())
    tcb = [a.tcb.get(part, 0) for part in ("fmc", "bl", "tee", "snp", "ucode")]
    reports = ", ".join(f"{{{octets(a.report(kind, version))}}}"
                        for kind in ("vcek", "vlek") for version in range(2, 7))
    return arrays + f"""static const uint8_t {product}_reports[][1184] = {{{reports}}};
""", f"""    {{{ders}, .product = SEVL_SNP_{product.upper()},
     .fingerprint = {{{octets(bytes.fromhex(a.ark.fingerprint))}}},
     .key = {{{octets(a.chip.bytes)}}}, .tcb = {{{octets(tcb)}}},
     .chip_id = {{{octets(a.chip_id)}}}, .chip_id_size = {len(a.chip_id)},
     .provider = "{a.PROVIDER}",
     .first = {amd.seconds(a.ark.not_before)}, .last = {amd.seconds(a.vcek().not_after)},
     .reports = {product}_reports}},
"""


# SHA-384 of the SubjectPublicKeyInfo of what AMD publishes, as openssl computes it. The last one is
# the first ASK of Genoa, which AMD revoked.
PINNED = (
    ("ARK", "Milan",
     "1249f67f15cf229a4069195e1a9ce537d1765ef706a1f4a1"
     "23c36be9518786515d25ecc007f366b564d2b3f31c48082e"),
    ("ASK", "Milan",
     "0da5ad91621218b2c3090e33011ea5e6ab48aa0162e0b967"
     "4a4ba261a1e4061ffcde394b92bccab2145e969db1510cdf"),
    ("ASVK", "Milan",
     "efbf89acfe5040a71dbb26a9ed0776d2e285f11f4d4e8188"
     "80b6b83cbd2e4fe183d6817bd9488cb01c23ac31196916de"),
    ("ARK", "Genoa",
     "32ab53a6ce5ec14926207396e5c475ae768a6a9831b7e860"
     "b5acf2e1c1dff222bc5a8bfc43eb5e06393189c1f246d880"),
    ("ASK", "Genoa",
     "ca6398b9336507617411201aa3979cadfc2a336c27d19f48"
     "714f42d5de522696c899c2269143d123b8b9187eadf72f1f"),
    ("ASVK", "Genoa",
     "68a1028df3d0cbf943bf9f0c5c15dfcced7b560f7d3cdc09"
     "ae6727d9463ebd839927e0f04939abb0ccd97169756b5ed4"),
    ("ARK", "Turin",
     "3475f08a9727f8ac9a1deaea5f2a2097aa59d64d05c2a678"
     "c229c873e6359d3a6926287a2a22cd5f88a385e333a2fcc5"),
    ("ASK", "Turin",
     "12f5c8f8f2d876c51f6200df2b9fba7d28889eb4db070d8e"
     "f83f954cf536f4ad0775b392edc696db45328de55fd2b3d8"),
    ("ASVK", "Turin",
     "b53689b09f21a7d01b73efe4cb3759b921083cf6f133ed66"
     "5839d16068ed8921e700c3005f8bff9740bcb11b322cbcb4"),
    (None, "Genoa",
     "b2136cc142d79204cab43f26137499454a3baf2fdfedf56b"
     "e65214d83a433cbbb4fb03cb775bd20c55ccd8bd294568f1"),
)


def pin_table():
    rows = "".join(
        f"    {{{'0' if kind is None else 'SEVL_SNP_' + kind}, SEVL_SNP_{product.upper()}, "
        f"{{{octets(bytes.fromhex(sha384))}}}}},\n" for kind, product, sha384 in PINNED)
    return f"""
static const struct pinned_key {{
    int kind; /* 0: revoked */
    enum sevl_snp_product product;
    uint8_t sha384[48];
}} pinned_keys[] = {{
{rows}}};
"""


def whole_tables():
    pairs = [whole(product) for product in PRODUCTS]
    return "".join(arrays for arrays, _ in pairs) + f"""
/* Reports of versions 2 to 6, signed by the chip, then by the cloud provider. */
#define AMD_VERSIONS 5
static const struct known_amd {{
    struct sevl_bytes ark, ask, asvk, vcek, vlek, crl, crl_of_ask;
    enum sevl_snp_product product;
    uint8_t fingerprint[48];
    uint8_t key[96];
    struct sevl_snp_tcb tcb;
    uint8_t chip_id[64];
    size_t chip_id_size;
    const char *provider;
    uint64_t first;
    uint64_t last;
    const uint8_t (*reports)[1184];
}} amds[] = {{
{"".join(row for _, row in pairs)}}};
"""


TABLES = {"rsa": ("sha384.h", rsa_tables), "der": ("snp/certificate.h", der_tables),
          "whole": ("snp/chain.h", whole_tables), "pins": ("snp/chain.h", pin_table)}


def main():
    header, make = TABLES[sys.argv[1]]
    print(f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/amd_tables.py. */
#include <sevlaunch/{header}>

{make()}""")


if __name__ == "__main__":
    main()
