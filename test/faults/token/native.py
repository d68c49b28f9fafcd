# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What the inner arithmetic of SEV-SNP computes, for an emulator that has no time to run it.

Each takes a call and returns what the function writes, as addresses and bytes: first its
result, then the memory that it works in. For arguments that no right run gives it raises
Refused: then the image's own instructions have to run. test_native.py compares both.
"""
import ctypes
import ctypes.util
import functools
import struct

WORD, WORD_BITS = 4, 32
P384_WORDS = 12
MULTIPLY, ADD = 0, 1  # of the steps of a formula; else: subtract
COUNTS = {P384_WORDS, 128}
OPENSSL = ctypes.CDLL(ctypes.util.find_library("crypto"))


class Refused(Exception):
    """The arguments are not those of a right run."""


class Modulus:
    def __init__(self, number, count, inverse):
        self.number, self.count, self.bits = number, count, WORD_BITS * count
        self.mask = (1 << self.bits) - 1
        self.inverse = pow(-number, -1, 1 << self.bits)
        if self.inverse & (1 << WORD_BITS) - 1 != inverse:
            raise Refused

    def size(self):
        return WORD * self.count

    def product(self, a, b):
        """a b / R before the last subtraction: less than 2 R."""
        product = a * b
        return product + (product * self.inverse & self.mask) * self.number >> self.bits

    def reduced(self, number):
        return number - self.number & self.mask if number >= self.number else number

    def add(self, a, b):
        return self.reduced(a + b)

    def subtract(self, a, b):
        return a - b if a >= b else a - b + self.number & self.mask

    def text(self, number):
        return number.to_bytes(self.size(), "little")

    def work(self, product):
        """What a multiplication leaves in the memory that it works in."""
        return bytes(self.size()) + product.to_bytes(self.size() + WORD, "little")


@functools.lru_cache(maxsize=None)
def modulus_of(text, inverse):
    if len(text) // WORD not in COUNTS or text[0] & 1 == 0 or text[-1] & 0x80 == 0:
        raise Refused
    return Modulus(int.from_bytes(text, "little"), len(text) // WORD, inverse)


def read_modulus(call, at):
    limbs, count, inverse = struct.unpack("<3I", call.read(at, 12))
    if count not in COUNTS:
        raise Refused
    return modulus_of(call.read(limbs, WORD * count), inverse)


def addresses(call, count):
    """Returns arguments that are addresses of words."""
    found = call.arguments(count)
    if any(address % WORD for address in found):
        raise Refused
    return found


def read_number(call, m, at):
    return int.from_bytes(call.read(at, m.size()), "little")


def overlap(at, size, others):
    """Whether memory overlaps any other."""
    return any(at < other + length and other < at + size for other, length in others)


def montgomery_multiply(call):
    at, x, a, b, work = addresses(call, 5)
    m = read_modulus(call, at)
    product = m.product(read_number(call, m, a), read_number(call, m, b))
    return [(x, m.text(m.reduced(product))), (work, m.work(product))]


def montgomery_power(call):
    at, x, base, exponent, work = addresses(call, 5)
    m = read_modulus(call, at)
    number, bits = read_number(call, m, base), f"{read_number(call, m, exponent):b}"
    power = number
    for bit in bits[1:]:
        power = m.reduced(product := m.product(power, power))
        if bit == "1":
            power = m.reduced(product := m.product(power, number))
    if len(bits) < 2 or overlap(x, m.size(), [(base, m.size()), (exponent, m.size())]):
        raise Refused
    return [(x, m.text(power)), (work, m.work(product))]


def montgomery_square_of_r(call):
    at, x, work = addresses(call, 3)
    m = read_modulus(call, at)
    doublings, squarings, number = m.bits, 0, (1 << m.bits) - m.number
    while doublings > 64:
        doublings, squarings = doublings // 2, squarings + 1
    for _ in range(doublings):
        number = m.add(number, number)
    for _ in range(squarings):
        number = m.reduced(product := m.product(number, number))
    return [(x, m.text(number)), (work, m.work(product))]


@functools.lru_cache(maxsize=None)
def curve(b, steps):
    """Returns b of the curve, and the operation and three registers of each step."""
    return int.from_bytes(b, "little"), [
        (step >> 12, step >> 8 & 15, step >> 4 & 15, step & 15)
        for step, in struct.iter_unpack("<H", steps)]


def p384_add(call):
    at, sum_at, *points = addresses(call, 4)
    m = read_modulus(call, at)
    size, operands = m.size(), b"".join(call.read(point, 3 * m.size()) for point in points)
    b, steps = curve(call.constant("p384_b"), call.constant("p384_addition"))
    registers = [int.from_bytes(operands[i:i + size], "little") for i in range(0, 6 * size, size)]
    registers += [0] * 8 + [b]
    for operation, result, first, second in steps:
        if operation == MULTIPLY:
            product = m.product(registers[first], registers[second])
            registers[result] = m.reduced(product)
        elif operation == ADD:
            registers[result] = m.add(registers[first], registers[second])
        else:
            registers[result] = m.subtract(registers[first], registers[second])
    written = b"".join(map(m.text, registers))
    memory = at + 24  # two moduli come first
    return [(sum_at, written[6 * size:9 * size]), (memory, written + m.work(product))]


@functools.lru_cache(maxsize=None)
def sha512_block(state, block):
    """By OpenSSL, whose context begins with the state and has 216 bytes."""
    context = ctypes.create_string_buffer(state, 216)
    OPENSSL.SHA512_Transform(context, block)
    return context.raw[:len(state)]


def sha512_process(call):
    state, block = call.arguments(2)
    if state % WORD:
        raise Refused
    return [(state, sha512_block(call.read(state, 64), call.read(block, 128)))]


NATIVE = {"sevl_montgomery_multiply": montgomery_multiply,
          "sevl_montgomery_power": montgomery_power,
          "sevl_montgomery_square_of_r": montgomery_square_of_r,
          "sevl_p384_add": p384_add,
          "sevl_sha512_process_words": sha512_process}
