# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What tests with published data ask of the command `sevlaunch`; SEVLAUNCH_COMMAND names it."""
import struct
import subprocess

import model
from runner import MATCH, USAGE, CommandTest

SKIPPED = 77
SIGNERS = {"ID": 0x40, "Author": 0x680}  # where the page has their signatures


def raw_signature(numbers):
    """r and s of the page, 72 bytes each, as PKCS#11 has them: the most significant byte first."""
    return b"".join(number[47::-1] for number in (numbers[:72], numbers[72:144]))


def kernel_words(kernel):
    names = ("kernel", "initrd", "cmdline")
    return [f"--{name}-sha256={sha256.hex()}" for name, sha256 in zip(names, kernel or ())]


def cpu_words(cpu):
    signature = [f"--cpu-signature={cpu.signature:#x}"]
    return ["--vmm", cpu.vmm, "--vmsa-fpu", cpu.fpu, f"--sev-features={cpu.sev_features:#x}",
            *(signature if cpu.vmm == "qemu" or cpu.own_rdx else [])]


class PublishedTest(CommandTest):
    def digest(self, firmware, cpus, cpu, kernel=None):
        return self.command(["snp-digest", "-f", str(firmware), "-n", str(cpus), *cpu_words(cpu),
                             *kernel_words(kernel)])

    def assert_printed(self, result, *lines):
        said = [" ".join(line.split()) for line in result.out.decode().splitlines()]
        self.assertEqual((MATCH, [*lines], b""), (result.code, said, result.err), result)

    def assert_no_place(self, result):
        """The firmware does not take the hashes of a kernel."""
        self.assert_one_line(result, USAGE, "--kernel", "no place")

    def id_block(self, block, *words):
        """The options that make this block, and more."""
        version, svn, policy = struct.unpack("<IIQ", block[80:])
        self.assertEqual((len(block), version), (96, 1))
        return self.command(["snp-id-block", "--measurement", block[:48].hex(),
                             "--family-id", block[48:64].hex(), "--image-id", block[64:80].hex(),
                             "--guest-svn", str(svn), "--policy", str(policy), *words])

    def public_half(self, private_key):
        """Of a key that its project publishes."""
        path = self.folder / f"{private_key.name}.pub"
        subprocess.run(["openssl", "pkey", "-in", private_key, "-pubout", "-out", path], check=True)
        return path

    def assert_block(self, block, keys):
        """It is written; `keys`: private key and digest, of the ID key and of the author's."""
        out = self.folder / "block"
        for private_key, digest in keys:
            result = self.id_block(block, f"--id-key={self.public_half(private_key)}",
                                   f"--out={out}")
            self.assert_printed(result, f"ID key digest: {digest.hex()}")
            self.assertEqual(out.read_bytes(), block)

    def assert_page(self, page, block, keys):
        """It is made, byte by byte, of the signatures in it."""
        words, lines = [], []
        for (label, at), (private_key, digest) in zip(SIGNERS.items(), keys):
            signature = self.write(f"{label}.sig", raw_signature(page[at:at + 144]))
            words += [f"--{label.lower()}-key={self.public_half(private_key)}",
                      f"--{label.lower()}-signature={signature}"]
            lines.append(f"{label} key digest: {digest.hex()}")
        out = self.folder / "page"
        self.assert_printed(self.id_block(block, *words, f"--id-auth={out}"), *lines)
        self.assertEqual(out.read_bytes(), page)
