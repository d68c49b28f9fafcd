# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is an initrd whose length takes more than 32 bits measured to its end, in
memory that does not grow with it?"""
import hashlib
import os
import unittest

import model as parts
import runner
from runner import main
from test_sources import MIB, SourceTest

SIZE = (1 << 32) + 1


class Huge(SourceTest):
    @unittest.skipIf(runner.is_sanitized(), "AddressSanitizer has memory of its own")
    def test_an_initrd_of_more_than_4_gib(self):
        initrd = self.write("initrd", b"")
        os.truncate(initrd, SIZE)
        with open(initrd, "r+b") as file:
            file.seek(SIZE - 1)
            file.write(b"x")
        firmware = parts.image(self.rng, parts.sev_entries())
        hashes = [parts.sha256(b"kernel"), self.hash_of_the_initrd(), parts.sha256(b"\0")]
        self.use(self.guest.changed(firmware=firmware + parts.hash_table(*hashes)))
        peak = self.peak_kib(
            firmware=self.write("OVMF.fd", firmware), initrd=initrd,
            kernel=self.write("kernel", b"kernel")
        )
        print(f"initrd of {SIZE} bytes: at most {peak} KiB resident", flush=True)
        self.assertLess(peak, 2048)

    def hash_of_the_initrd(self):
        digest = hashlib.sha256()
        zeros = bytes(MIB)
        for _ in range((SIZE - 1) // MIB):
            digest.update(zeros)
        digest.update(b"x")
        return digest.digest()


if __name__ == "__main__":
    main()
