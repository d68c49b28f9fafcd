# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the campaign of SEV-SNP runs: a token with reference values, and a request that it must
not take; the whole of it, or one examination."""
import argparse
import dataclasses
import pathlib
import sys

from outcome import RESULTS, ToHalt, mailbox  # finds the folder of the next one, too
from snp_case import CHALLENGE, DIGEST, amd, known_key
from elf_image import ElfImage
from emulator import NOWHERE, PAGE, PSRAM, R0, REGISTERS, RESULT, SP, THUMB, State

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3] / "apps/token"))
import reference_values  # noqa: E402

ANY = 0x55555555
AMD, OTHER = amd.Amd(), amd.EcKey(0x5544332211 << 300)
REPORT = AMD.report()
LEAF, ASK, ROOT = AMD.chain()


def flipped(content, at, bit=0):
    return content[:at] + bytes([content[at] ^ 1 << bit]) + content[at + 1:]


def reference(tcb, **values):
    """What provision.py writes."""
    parser = argparse.ArgumentParser()
    reference_values.add_options(parser)
    given = parser.parse_args([f"--measurement={DIGEST.hex()}", "--min-tcb=" + ",".join(
        f"{part}={version}" for part, version in tcb.items())])
    for name, value in values.items():
        setattr(given, name, value)
    return reference_values.build(given)


@dataclasses.dataclass
class Case:
    """The mailbox holds the match of an earlier run."""

    reference: bytes
    report: bytes
    chain: tuple = (b"", b"", b"")
    wanted: str = "SEVL_MISMATCH"

    @property
    def mailbox(self):
        return mailbox.snp_request(self.report, self.chain, CHALLENGE,
                                   result=mailbox.results()["SEVL_MATCH"])


def of_key(report=REPORT, tcb=AMD.tcb, **changes):
    """The token has the chip's key."""
    return Case(reference(tcb, key=known_key(AMD)), report, **changes)


def of_chain(leaf=LEAF, ask=ASK, root=ROOT.fingerprint, middle=ASK.fingerprint, **changes):
    """The token has fingerprints of a root and an intermediate."""
    pins = {"ark_fingerprint": bytes.fromhex(root), "intermediate_fingerprint": bytes.fromhex(middle)}
    return Case(reference(AMD.tcb, **pins), REPORT, (leaf.der, ask.der, ROOT.der), **changes)


def changed(fingerprint):
    return flipped(bytes.fromhex(fingerprint), 47, 7).hex()


CASES = {
    "signed by another key": of_key(amd.report(OTHER, **AMD.fields())),
    "changed in one bit": of_key(flipped(REPORT, amd.FIELDS["report_id"][0])),
    "of another guest": of_key(AMD.report(measurement=flipped(DIGEST, 47, 7))),
    "below the minimum TCB": of_key(tcb={**AMD.tcb, "snp": AMD.tcb["snp"] + 1}),
    "right": of_key(wanted="SEVL_MATCH"),
    "of a root that is not pinned": of_chain(root=changed(ROOT.fingerprint)),
    "of an ASK that is not pinned": of_chain(middle=changed(ASK.fingerprint)),
    "of an ASK that the root did not sign": of_chain(ask=ASK.changed(signer=AMD.middle)),
    "of a leaf that the ASK did not sign": of_chain(leaf=LEAF.changed(signer=AMD.root)),
    "right, with certificates": of_chain(wanted="SEVL_MATCH"),
}


class Image(ElfImage):
    def __init__(self, path, case):
        super().__init__(path, [(mailbox.REFERENCE, case.reference),
                                (PSRAM + PAGE, case.mailbox[PAGE:])])


class Whole(ToHalt):
    # Of no single examination: what runs that a fault stopped, or made to disagree, may give.
    BROKEN = {"TOKEN_BROKEN", "TOKEN_BUSY", "CPU fault", "no end", "no result"}

    def __init__(self, image, case):
        super().__init__(image, case.mailbox[:PAGE])
        self.wanted = case.wanted

    def is_breach(self, outcome, page):
        """With a right report: that a fault made both examinations agree on another result, and
        did not change the request, which a host may do."""
        if self.wanted == "SEVL_MATCH":
            is_same = page[:RESULT] == self.start.page[:RESULT]
            return is_same and outcome != "SEVL_MATCH" and outcome not in self.BROKEN
        return outcome == "SEVL_MATCH"


class Once:
    """One examination, in a machine that has started."""

    def __init__(self, image, case):
        registers = [ANY] * SP + [image.symbols["stack_end"], NOWHERE | 1,
                                  image.symbols["examine_request"], THUMB]
        self.start, self.end = State(registers, image.started, case.mailbox[:PAGE]), NOWHERE
        self.wanted = case.wanted

    def is_breach(self, outcome, _):
        return outcome == "SEVL_MATCH" != self.wanted

    def result(self, machine, _):
        if machine.pc() != self.end:
            return "no end"
        return RESULTS.get(machine.cpu.reg_read(REGISTERS[R0]), "no result")
