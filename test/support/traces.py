# SPDX-License-Identifier: BSD-2-Clause-Patent
"""The traces that keys and secrets would leave in memory, and the search for them.

Eight bytes in a row are no accident. Each find has a name.
"""
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "vectors"))
from tables import round_keys

WINDOW = 8
PAGE = 4096
INNER_PAD, OUTER_PAD = 0x36, 0x5c
START = (0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19)


def cube_roots(count):
    """SHA-256's constants: the first 32 fractional bits of the cube roots of primes."""
    primes = [n for n in range(2, 312) if all(n % d for d in range(2, n))][:count]
    for prime in primes:
        root = round((prime << 96) ** (1 / 3))
        while root ** 3 > prime << 96:
            root -= 1
        while (root + 1) ** 3 <= prime << 96:
            root += 1
        yield root & 0xffffffff


CONSTANTS = tuple(cube_roots(64))


def turn(word, *counts):
    result = 0
    for count in counts:
        result ^= word >> count | word << (32 - count)
    return result & 0xffffffff


def schedule(block):
    words = list(struct.unpack(">16I", block))
    for i in range(16, 64):
        a, b = words[i - 15], words[i - 2]
        words.append((words[i - 16] + (turn(a, 7, 18) ^ a >> 3) + words[i - 7]
                      + (turn(b, 17, 19) ^ b >> 10)) & 0xffffffff)
    return words


def rounds(state, block):
    """Yields the eight variables after each round."""
    a, b, c, d, e, f, g, h = state
    for constant, word in zip(CONSTANTS, schedule(block)):
        first = h + turn(e, 6, 11, 25) + (e & f ^ ~e & g) + constant + word
        second = turn(a, 2, 13, 22) + (a & b ^ a & c ^ b & c)
        a, b, c, d, e, f, g, h = ((first + second) & 0xffffffff, a, b, c,
                                  (d + first) & 0xffffffff, e, f, g)
        yield a, b, c, d, e, f, g, h


def added(state, words):
    return tuple((a + b) & 0xffffffff for a, b in zip(state, words))


def compress(state, block):
    *_, last = rounds(state, block)
    return added(state, last)


def pack(words):
    return struct.pack(f"<{len(words)}I", *words)


def padded(key, pad):
    return bytes(byte ^ pad for byte in key).ljust(64, bytes([pad]))


def blocks_of(message, before):
    """Returns it with the padding, if so many bytes came before."""
    size = before + len(message)
    whole = message + b"\x80" + bytes(-(size + 9) % 64) + struct.pack(">Q", 8 * size)
    return [whole[i:i + 64] for i in range(0, len(whole), 64)]


def swapped(data):
    """Returns each word in the other byte order."""
    return b"".join(data[i:i + 4][::-1] for i in range(0, len(data), 4))


def pairs(data):
    """Returns pairs of words with the second one first, as SHA instructions hold them."""
    for i in range(0, len(data) - 4, 4):
        yield data[i + 4:i + 8] + data[i:i + 4]


def without(blocks, memory, start, end):
    """Returns that part of the memory, with zeros in place of each whole block."""
    longest = max(len(block) for block in blocks)
    before = min(start, longest)
    part = memory[start - before:end + longest]
    for block in blocks:
        part = part.replace(block, bytes(len(block)))
    return part[before:before + end - start]


class Traces:
    def __init__(self):
        self.names = {}
        self.halves = {}
        self.clean = set()  # pages that need not be searched again

    def add(self, name, data):
        self.clean.clear()
        for i in range(len(data) - WINDOW + 1):
            part = data[i:i + WINDOW]
            if len(set(part)) > 2:
                self.names.setdefault(part, name)
                self.halves.setdefault(part[:WINDOW // 2], name)

    def add_words(self, name, data):
        for form in (data, swapped(data)):
            self.add(name, form)
            for pair in pairs(form):
                self.add(name, pair)

    def add_tik(self, key, tik):
        """A TIK, its pads, and all that SHA-256 makes of these alone."""
        self.add_words(key, tik)
        for pad, name in ((INNER_PAD, f"{key}'s inner pad"), (OUTER_PAD, f"{key}'s outer pad")):
            block = padded(tik, pad)
            self.add_words(name, block[:len(tik)])
            self.add_schedule(name, block)
            self.add_rounds(name, START, block)
            self.add_words(f"state after {name}", pack(compress(START, block)))

    def add_schedule(self, name, block):
        """With the constants as well, which are added before a round, and without
        the half of the block that is the same for every key."""
        words = schedule(block)
        for form in (words, added(words, CONSTANTS)):
            self.add_words(f"message schedule of {name}", pack((*form[:8], *form[16:])))

    def add_rounds(self, name, state, block):
        """From them and the state after the block, or its words, one can compute the state before.
        In four rounds each variable becomes another one."""
        for variables in [*rounds(state, block)][3::4]:
            self.add_words(f"rounds of {name}", pack(variables))

    def add_hash(self, name, state, message):
        """Returns the hash of the message that follows a block, from the state after that block."""
        for block in blocks_of(message, 64):
            self.add_rounds(name, state, block)
            state = compress(state, block)
        return struct.pack(">8I", *state)

    def add_message(self, key, tik, message):
        """Adds the inner hash, which gives the measurement with the key's outer pad."""
        inner, outer = (compress(START, padded(tik, pad)) for pad in (INNER_PAD, OUTER_PAD))
        hashed = self.add_hash(f"inner hash of {key}", inner, message)
        self.add_words(f"inner hash of {key}", hashed)
        self.add_schedule(f"inner hash of {key}", *blocks_of(hashed, 64))
        self.add_hash(f"outer hash of {key}", outer, hashed)

    def add_tek(self, tek):
        self.add_words("TEK", tek)
        self.add_words("round keys", round_keys(tek)[16:])

    def find(self, memory, blocks=()):
        """Returns the names of what is there, each with its first place, but not in
        these blocks, if one is there as a whole."""
        found = {}
        for start in range(0, len(memory), PAGE):
            page = memory[start:start + PAGE + WINDOW - 1]
            if page in self.clean or page.count(page[0]) == len(page):
                continue
            inside = self.find_in_page(page)
            if not inside:
                self.clean.add(page)
            elif blocks:
                inside = self.find_in_page(without(blocks, memory, start, start + len(page)))
            for name, place in inside.items():
                found.setdefault(name, start + place)
        return found

    def find_in_page(self, page):
        found = {}
        for i in range(len(page) - WINDOW + 1):
            name = self.names.get(page[i:i + WINDOW])
            if name is not None:
                found.setdefault(name, i)
        return found

    def find_in_register(self, value):
        """The same for a register's value, of which four bytes are enough."""
        size = WINDOW // 2
        return {self.halves[value[i:i + size]] for i in range(len(value) - size + 1)
                if value[i:i + size] in self.halves}
