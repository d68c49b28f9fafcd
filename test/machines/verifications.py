# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Runs of `sevlaunch snp-verify` on reports of an AMD of the tests' own, and their files."""
import hashlib
import json
import struct

import launch  # which finds the modules of test/support
import amd

PRODUCTS = ("Milan", "Genoa", "Turin")
MILAN = amd.Amd("Milan")
CLAIMS = b'{"keys": [{"kid": "HCLAkPub"}]}'
TIME = ("--time", "2026-06-01")


def table(certificates):
    kinds = ("vcek", "ask", "ark")
    return amd.table([(amd.GUIDS[kind], each.der) for kind, each in zip(kinds, certificates)])


def bundle(certificates):
    return b"".join(amd.pem(each.der) for each in certificates)


def policy(a, **more):
    rules = {"measurement": a.fields()["measurement"].hex(), "ark-fingerprint": a.ark.fingerprint}
    return json.dumps({**rules, **more}).encode()


def files_of_products():
    """A chip's certificates as a table of its host, a cloud provider's as PEM."""
    for product in PRODUCTS:
        a = amd.Amd(product, trailer=product != "Genoa")
        yield f"{product}-vcek", a.report("vcek", 5)
        yield f"{product}-vcek-certs", table(a.chain("vcek"))
        yield f"{product}-vlek", a.report("vlek", 3).hex().encode()
        yield f"{product}-vlek-certs", bundle(a.chain("vlek"))
        yield f"{product}-crl", amd.pem(a.crl(), "X509 CRL")


def azure():
    digest = hashlib.sha256(CLAIMS).digest()
    head = struct.pack("<5I", 20 + len(CLAIMS), 1, 2, 1, len(CLAIMS))
    return b"HCLA" + bytes(28) + MILAN.report(report_data=digest) + head + CLAIMS


def files_of_milan():
    leaf, ask, ark = MILAN.chain()
    report = MILAN.report()
    stranger = amd.RsaKey(2)
    yield from (("policy", policy(MILAN)), ("report", report), ("certs", bundle((leaf, ask, ark))),
                ("crl", MILAN.crl()), ("azure", azure()), ("short", report[:-1]), ("no-certs", b"certs"))
    yield "strict", policy(MILAN, **{"min-tcb": "snp=28", "vmpl": 1, "require": ["tio-off", "tsme"]})
    yield "odd-policy", policy(MILAN, **{"no-such-rule": 1})
    yield "other", MILAN.report(measurement=bytes(48))
    yield "changed", report[:0x90] + b"\1" + report[0x91:]
    yield "forged", report[:0x2A0] + b"\1" + report[0x2A1:]
    yield "forged-leaf", bundle((leaf.changed(signer=stranger), ask, ark))
    yield "forged-ask", bundle((leaf, ask.changed(signer=stranger), ark))
    yield "other-root", bundle((leaf, ask, ark.changed(key=stranger, signer=stranger)))
    yield "long", bundle(each.changed(not_after="20560101000000") for each in (leaf, ask, ark))
    yield "until-2029", bundle((leaf.changed(not_after="20291231235959"), ask, ark))
    yield "expired", bundle((leaf.changed(not_after="20260531235959"), ask, ark))
    yield "revoked", MILAN.crl([ask.serial])
    yield "stale", MILAN.crl(following="20260501000000")


def files():
    return dict((*files_of_products(), *files_of_milan()))


def files_of_guide():
    """What port/efi/README.md names: valid by any clock up to 2056."""
    rules = policy(MILAN, **{"allow-unpinned-intermediate": True})
    return (("report.bin", MILAN.report()), ("certs.pem", files()["long"]), ("policy.json", rules))


def words(**files):
    """Options that name files: those of Milan, unless others are given."""
    given = {"report": "report", "certs": "certs", "crl": "crl", "policy-file": "policy", **files}
    return [word for option, name in given.items() for word in (f"--{option}", name)]


def undated(certs):
    """Without a time, and without a list, which would vouch for an intermediate in its year alone."""
    return ("--report", "report", "--certs", certs, "--policy-file", "policy",
            "--allow-unpinned-intermediate")


def right_ones():
    """What is run, exit code, and options."""
    for product in PRODUCTS:
        for kind in "vcek", "vlek":
            name = f"{product}-{kind}"
            given = words(report=name, certs=f"{name}-certs", crl=f"{product}-crl")
            yield f"report of {name}", 0, (*given, *TIME)
        yield f"report of {product} in JSON", 0, (*given, *TIME, "--json")
    yield "claims", 0, (*words(report="azure"), *TIME, "--claims-out", "claims")
    yield "the clock", 0, undated("long")


def wrong_ones():
    for option, name, code in (
        ("report", "other", 1), ("report", "changed", 1), ("report", "forged", 1), ("report", "short", 2),
        ("certs", "forged-leaf", 1), ("certs", "forged-ask", 1), ("certs", "other-root", 1),
        ("certs", "expired", 1), ("certs", "no-certs", 2), ("crl", "revoked", 1), ("crl", "stale", 1),
        ("policy-file", "strict", 1), ("policy-file", "odd-policy", 2),
    ):
        given = (*words(**{option: name}), *TIME)
        yield f"{name}, wrong", code, given
        yield f"{name}, wrong, in JSON", code, (*given, "--json")
    yield "nothing expected", 2, ("--report", "report", "--certs", "certs", *TIME)
