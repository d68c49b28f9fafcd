# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Is every launch but the owner's own refused, down to a single bit?"""
import itertools

from model import Guest, encode, flip
from runner import OVMF, CommandTest, main


class Forgery(CommandTest):
    def refuse(self, what, changes):
        """Requires that all of the arguments are refused, and only because of their one change."""
        self.assert_ok(self.command(self.arguments()))
        for bit, change in changes:
            with self.subTest(what=what, bit=bit):
                self.assert_mismatch(self.command(self.arguments(**change)))

    def firmware_bits(self, size):
        return [0, 7, size * 8 - 8, size * 8 - 1, *self.rng.sample(range(size * 8), 64)]

    def flip_firmware(self):
        for bit in self.firmware_bits(len(self.guest.firmware)):
            yield bit, {"firmware": self.write("forged.fd", flip(self.guest.firmware, bit))}

    def test_every_bit_of_the_measurement(self):
        def changes():
            for bit in range(384):
                blob = flip(self.guest.blob, bit)
                yield bit, {"measurement": encode(blob)}

        self.refuse("measurement", changes())

    def test_every_bit_of_the_tik(self):
        def changes():
            for bit in range(128):
                forged = flip(self.guest.tik, bit)
                alone = {"tik": self.write("forged", forged)}
                both = {"tk": self.write("forged.tk", self.guest.tek + forged)}
                yield bit, alone if bit % 2 else both

        self.refuse("TIK", changes())

    def test_every_bit_of_the_numbers(self):
        for field, bits in (("api_major", 8), ("api_minor", 8), ("build_id", 8), ("policy", 32)):
            value = getattr(self.guest, field)
            # A policy with ES needs options for CPUs; a launch digest does not.
            digest = {"firmware": None, "launch_digest": self.guest.launch_digest.hex()}
            self.refuse(field, ((bit, {field: value ^ 1 << bit} | digest) for bit in range(bits)))

    def test_every_bit_of_the_launch_digest(self):
        def changes():
            for bit in range(256):
                digest = flip(self.guest.launch_digest, bit).hex()
                yield bit, {"firmware": None, "launch_digest": digest}

        self.refuse("launch digest", changes())

    def test_bits_of_the_firmware(self):
        self.refuse("firmware", self.flip_firmware())

    def test_bits_of_a_real_firmware(self):
        self.use(self.guest.changed(firmware=OVMF.read_bytes()))
        self.refuse("OVMF", self.flip_firmware())

    def test_firmware_of_another_length(self):
        firmware = self.guest.firmware
        self.refuse(
            "length",
            (
                (text, {"firmware": self.write("forged.fd", content)})
                for text, content in {
                    "one byte less": firmware[:-1], "one byte more": firmware + b"\0",
                    "first byte missing": firmware[1:], "twice": firmware * 2,
                    "half": firmware[:2048],
                }.items()
            ),
        )

    def test_every_other_order_of_the_numbers(self):
        fields = ("api_major", "api_minor", "build_id")
        values = [getattr(self.guest, field) for field in fields]
        for order in list(itertools.permutations(values))[1:]:
            self.refuse("order", [(order, dict(zip(fields, order)))])

    def test_swapped_keys(self):
        self.refuse(
            "keys",
            [
                ("files", {"tik": self.tek, "tek": self.tik}),
                ("TIK first", {"tk": self.write("swapped", self.guest.tik + self.guest.tek)}),
                ("TEK for both", {"tik": self.tek}),
            ],
        )

    def test_the_tek_is_not_measured(self):
        for bit in range(0, 128, 17):
            tek = self.write("other", flip(self.guest.tek, bit))
            self.assert_ok(self.command(self.arguments(tek=tek)))

    def test_measurements_that_anyone_can_make(self):
        guest = self.guest
        self.refuse(
            "made up",
            (
                (text, {"measurement": encode(blob)})
                for text, blob in {
                    "zeros": bytes(48), "ones": b"\xff" * 48,
                    "zeros and the nonce": bytes(32) + guest.mnonce,
                    "zero key": guest.changed(tik=bytes(16)).blob,
                    "the TEK": guest.changed(tik=guest.tek).blob,
                    "the launch digest": guest.launch_digest + guest.mnonce,
                    "nonce first": guest.mnonce + guest.measure,
                    "another nonce": guest.measure + bytes(16),
                    "another guest's nonce": guest.measure + self.rng.randbytes(16),
                }.items()
            ),
        )

    def test_many_guests(self):
        guests = [Guest.random(self.rng, self.rng.randbytes(size)) for size in range(1, 300, 13)]
        for guest, other in zip(guests, guests[1:] + guests[:1]):
            self.use(guest)
            self.assert_match(self.command(self.arguments()))
            self.assert_mismatch(self.command(self.arguments(measurement=other.measurement)))


if __name__ == "__main__":
    main()
