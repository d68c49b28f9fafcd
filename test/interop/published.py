# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Does `sevlaunch` print what other projects publish of SEV-SNP?

    published.py FOLDER

FOLDER is that of the published vectors; ends with 77 if it is not there.
"""
import base64
import json
import sys
from pathlib import Path

import model
from command import SKIPPED, PublishedTest
from runner import main

FOLDER = Path(sys.argv.pop(1))

# What is no launch of files that are here.
LEFT_OUT = {
    "snp:svsm": "an SVSM beside the firmware, which sevlaunch does not take",
    "snp:metadata": "metadata without an image, as --firmware-info: see cli.firmware_info",
    "ovmf_hash": "the digest of a firmware in its place, likewise",
}


def read(name):
    return json.loads((FOLDER / name).read_text())


def left_out(vector):
    if vector["mode"] in LEFT_OUT:
        return vector["mode"]
    return "ovmf_hash" if vector["ovmf_hash"] and "ovmf_hash" in LEFT_OUT else None


def launch(vector):
    """Firmware, CPUs, CPU, hashes of the kernel."""
    is_old = vector["ec2_rdx"] == 0  # before EC2 had 0x600 there
    cpu = model.Cpu(0 if is_old else vector["vcpu_signature"] or 0, vector["vmm"].lower(),
                    "init2" if vector["fpu"] else "legacy", vector["guest_features"], is_old)
    kernel = None if vector["kernel"] is None else [
        model.sha256(part.encode()) for part in (vector["kernel"], vector["initrd"],
                                                 vector["cmdline"] + "\0")]
    return FOLDER / "../sev" / vector["firmware"], vector["vcpus"], cpu, kernel


class Published(PublishedTest):
    def test_launch_digests(self):
        vectors = read("launch-digests.json")
        left = dict.fromkeys(LEFT_OUT, 0)
        for vector in vectors["vectors"] + vectors["must_fail"]:
            reason = left_out(vector)
            if reason:
                left[reason] += 1
                continue
            result = self.digest(*launch(vector))
            if "error" in vector:
                self.assert_no_place(result)
            else:
                self.assert_printed(result, vector["digest"])
        for reason, count in left.items():
            self.assertGreater(count, 0, reason)
            print(f"left out: {count} of {reason}, {LEFT_OUT[reason]}")

    def test_id_blocks(self):
        pages = {bytes.fromhex(vector["id_block"]): FOLDER / "id-block" / vector["auth"]
                 for vector in read("id-block/expected.json") if "auth" in vector}
        self.assertEqual(len(pages), 2)
        for vector in read("launch-digests.json")["id_blocks"]:
            block = base64.b64decode(vector["id_block"])
            keys = [(FOLDER / "id-block" / vector[f"{name}_key"],
                     base64.b64decode(vector[f"{name}_key_digest"])) for name in ("id", "author")]
            self.assert_block(block, keys)
            page = pages.pop(block, None)
            if page:
                self.assert_page(page.read_bytes(), block, keys)
        self.assertEqual(pages, {})


if __name__ == "__main__":
    if not FOLDER.exists():
        print(f"skipped: published vectors are not there: {FOLDER}")
        sys.exit(SKIPPED)
    main()
