#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Proves the tables of operations and the constants in core/crypto/p384.c and port/cpu/bignum.

usage: p384_formulas.py [P384.C [ECDSA_WINDOWS.C]]

The tables are run on polynomials with integer coefficients, not on numbers: what is equal then
is equal for every point. The table of the addition gives, on the curve y^2 = x^3 - 3 x + b,

- polynomials of degree 2 in each point, so that affine points stand for all but 0 : 1 : 0;
- the affine sum and the affine double, where these are defined;
- for P + Q, as Z, (x2 - x1)^3 times the y of P - Q; for P + P, 8 y^3; for P - P, as Y,
  8 y^3 times the y of 2 P; for P + neutral, P times y. So its result is never 0 : 0 : 0 if no
  point has y = 0;
- and none has: x^3 - 3 x + b has no root modulo p.

In Jacobian coordinates, where x = X / Z^2 and y = Y / Z^3, the table of the doubling gives the
affine double with Z = 2 y z, which is not 0, either; those beside it lead there and back.

Then each entry of the tables is changed, to each value that it may have: every change must make
this fail.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT / "core/crypto/p384.c", ROOT / "port/cpu/bignum/ecdsa_windows.c"
REGISTERS = ROOT / "core/crypto/p384_formula.h"

# NIST SP 800-186, section 3.2.1.4.
P = 2**384 - 2**128 - 2**96 + 2**32 - 1
N = 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973
B = 0xb3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef
G = (0xaa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7,
     0x3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f)
R = 2**384  # of Montgomery's form

OPERATIONS = {"MULTIPLY": lambda a, b: a * b, "ADD": lambda a, b: a + b,
              "SUBTRACT": lambda a, b: a - b}


class Polynomial:
    """Coefficients by the powers of the variables, which are pairs of name and exponent."""

    def __init__(self, terms):
        self.terms = {powers: number for powers, number in terms.items() if number != 0}

    def __add__(self, other):
        terms = dict(self.terms)
        for powers, number in of(other).terms.items():
            terms[powers] = terms.get(powers, 0) + number
        return Polynomial(terms)

    def __mul__(self, other):
        terms = {}
        for powers_a, a in self.terms.items():
            for powers_b, b in of(other).terms.items():
                powers = dict(powers_a)
                for name, exponent in powers_b:
                    powers[name] = powers.get(name, 0) + exponent
                key = tuple(sorted(powers.items()))
                terms[key] = terms.get(key, 0) + a * b
        return Polynomial(terms)

    def __sub__(self, other):
        return self + of(other) * -1

    def __pow__(self, exponent):
        result = of(1)
        for _ in range(exponent):
            result *= self
        return result

    __radd__, __rmul__ = __add__, __mul__

    def __eq__(self, other):
        return not (self - other).terms

    def substitute(self, name, value):
        result = of(0)
        for powers, number in self.terms.items():
            rest = tuple(pair for pair in powers if pair[0] != name)
            result += Polynomial({rest: number}) * of(value) ** dict(powers).get(name, 0)
        return result

    def reduce_square(self, name, square):
        """Replaces each square of a variable: the rest is 0 only if the polynomial was."""
        result = of(0)
        for powers, number in self.terms.items():
            exponent = dict(powers).get(name, 0)
            rest = [pair for pair in powers if pair[0] != name] + [(name, 1)] * (exponent % 2)
            result += Polynomial({tuple(sorted(rest)): number}) * of(square) ** (exponent // 2)
        return result


def of(value):
    return value if isinstance(value, Polynomial) else Polynomial({(): value})


def variable(name):
    return Polynomial({((name, 1),): 1})


def run(table, registers):
    registers = dict(registers)
    for operation, result, a, b in table:
        registers[result] = OPERATIONS[operation](registers[a], registers[b])
    return registers


def add(table, first, second, b):
    start = dict(zip(("X1", "Y1", "Z1", "X2", "Y2", "Z2"), (*first, *second))) | {"B": b}
    end = run(table, start)
    return [of(end[name]) for name in ("X3", "Y3", "Z3")]


X1, Y1, Z1, X2, Y2, Z2, CURVE_B = map(variable, ("x1", "y1", "z1", "x2", "y2", "z2", "b"))
ZERO, ONE = of(0), of(1)


def on_curve(polynomial):
    """For affine points: b is what the first makes of it, and the second is on that curve."""
    b = Y1 ** 2 - X1 ** 3 + 3 * X1
    return polynomial.substitute("b", b).reduce_square("y2", X2 ** 3 - 3 * X2 + b)


def chord(x1, y1, x2, y2):
    """The affine sum, its x times d^2 and its y times d^3, with d."""
    d, n = x2 - x1, y2 - y1
    x = n ** 2 - (x1 + x2) * d ** 2
    return d, x, n * (x1 * d ** 2 - x) - y1 * d ** 3


def tangent(x, y):
    d, n = 2 * y, 3 * x ** 2 - 3
    doubled = n ** 2 - 2 * x * d ** 2
    return d, doubled, n * (x * d ** 2 - doubled) - y * d ** 3


def is_homogeneous(polynomial):
    return all(sum(e for name, e in powers if name in names) == 2
               for powers in polynomial.terms for names in (("x1", "y1", "z1"), ("x2", "y2", "z2")))


def is_sum(result, d, x, y):
    return (on_curve(result[0] * d ** 2 - result[2] * x) == 0 and
            on_curve(result[1] * d ** 3 - result[2] * y) == 0)


def wrong_with_addition(table):
    """Yields what does not hold of a table."""
    any_result = add(table, (X1, Y1, Z1), (X2, Y2, Z2), CURVE_B)
    if not all(map(is_homogeneous, any_result)):
        yield "a degree is not 2"
    first = (X1, Y1, ONE)
    result = add(table, first, (X2, Y2, ONE), CURVE_B)
    if not is_sum(result, *chord(X1, Y1, X2, Y2)):
        yield "the sum is not the affine one"
    _, _, y = chord(X1, Y1, X2, Y2 * -1)  # of P - Q, times (x2 - x1)^3
    if on_curve(result[2] - y) != 0:
        yield "Z of a sum is another"
    result = add(table, first, first, CURVE_B)
    if not is_sum(result, *tangent(X1, Y1)):
        yield "the double is not the affine one"
    if on_curve(result[2] - 8 * Y1 ** 3) != 0:
        yield "Z of a double is another"
    result = add(table, first, (X1, Y1 * -1, ONE), CURVE_B)
    _, _, y = tangent(X1, Y1)  # of 2 P, times 8 y^3
    if on_curve(result[0]) != 0 or on_curve(result[2]) != 0 or on_curve(result[1] - y) != 0:
        yield "P - P is not the neutral point"
    neutral = (ZERO, ONE, ZERO)
    for result in (add(table, first, neutral, CURVE_B), add(table, neutral, first, CURVE_B)):
        if any(on_curve(got - part * Y1) != 0 for got, part in zip(result, first)):
            yield "P + neutral is not P"
    if any(got != part for got, part in zip(add(table, neutral, neutral, CURVE_B), neutral)):
        yield "neutral + neutral is not neutral"


def wrong_with_equation(table):
    end = run(table, {"X1": X1, "Y1": Y1, "Z1": ONE, "B": CURVE_B})
    if of(end["T0"]) != Y1 ** 2 - (X1 ** 3 - 3 * X1 + CURVE_B):
        yield "T0 is not the curve's equation"


def run_on_sum(table, x, y, z):
    """Of a table that works in place."""
    end = run(table, {"X3": x, "Y3": y, "Z3": z})
    return [end[name] for name in ("X3", "Y3", "Z3")]


def wrong_with_doubling(table):
    x, y, z = X1, Y1, Z1
    d, doubled, doubled_y = tangent(x, y)
    if run_on_sum(table, x, y, ONE) != [doubled, doubled_y, d]:
        yield "the Jacobian double is not the affine one"
    if not is_weighted(run_on_sum(table, x, y, z)):
        yield "the Jacobian double depends on Z"


def is_weighted(result):
    """Of degree 8, 12 and 4, where X, Y and Z have 2, 3 and 1: any Z gives what 1 gives."""
    weights = {"x1": 2, "y1": 3, "z1": 1}
    return all(sum(weights[name] * exponent for name, exponent in powers) == weight
               for polynomial, weight in zip(result, (8, 12, 4)) for powers in polynomial.terms)


def wrong_with_to_jacobian(table):
    """x = X / Z becomes X Z / Z^2, y = Y / Z becomes Y Z^2 / Z^3."""
    if run_on_sum(table, X1, Y1, Z1) != [X1 * Z1, Y1 * Z1 ** 2, Z1]:
        yield "the way to Jacobian coordinates leads elsewhere"


def wrong_with_from_jacobian(table):
    """x = X / Z^2 becomes X Z / Z^3, y = Y / Z^3 stays."""
    if run_on_sum(table, X1, Y1, Z1) != [X1 * Z1, Y1, Z1 ** 3]:
        yield "the way back from Jacobian coordinates leads elsewhere"


def wrong_with_negation(table):
    end = run(table, {"X2": X2, "Y2": Y2, "Z2": ONE, "T0": ZERO})
    if [end[name] for name in ("X2", "Y2", "Z2")] != [X2, Y2 * -1, ONE]:
        yield "the negative is another point"


def multiply_modulo(a, b, cubic):
    """Products of polynomials of degree 2 at most, modulo x^3 + cubic, modulo p."""
    product = [0] * 5
    for i, x in enumerate(a):
        for k, y in enumerate(b):
            product[i + k] = (product[i + k] + x * y) % P
    for i in (4, 3):
        for k in range(3):
            product[i - 3 + k] = (product[i - 3 + k] - product[i] * cubic[k]) % P
    return product[:3]


def has_root():
    """Whether x^3 - 3 x + b has one modulo p: a common divisor with x^p - x."""
    cubic = [B, -3, 0]
    power = [1, 0, 0]
    for bit in bin(P)[2:]:
        power = multiply_modulo(power, power, cubic)
        if bit == "1":
            power = multiply_modulo(power, [0, 1, 0], cubic)
    power[1] -= 1
    a, b = [*cubic, 1], power
    while any(number % P for number in b):
        a, b = b, remainder(a, b)
    return degree(a) > 0


def degree(polynomial):
    return max((i for i, number in enumerate(polynomial) if number % P), default=-1)


def remainder(a, b):
    a = list(a)
    inverse = pow(b[degree(b)], -1, P)
    while degree(a) >= degree(b):
        shift, factor = degree(a) - degree(b), a[degree(a)] * inverse
        for i in range(degree(b) + 1):
            a[i + shift] = (a[i + shift] - factor * b[i]) % P
    return a


def affine_multiple(k, point):
    result = None
    for bit in bin(k)[2:]:
        result = affine_sum(result, result)
        if bit == "1":
            result = affine_sum(result, point)
    return result


def affine_sum(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    d, x, y = tangent(*a) if a == b else chord(*a, *b)
    inverse = pow(d, -1, P)
    return x * inverse ** 2 % P, y * inverse ** 3 % P


def wrong_with_constants(text):
    words = [int(high + low, 16) for high, low in
             re.findall(r"SEVL_LIMBS_OF\(0x([0-9a-f]{8}), 0x([0-9a-f]{8})\)", text)]
    numbers = [sum(word << 64 * i for i, word in enumerate(words[at:at + 6]))
               for at in range(0, len(words), 6)]
    expected = [P, N, R * R % P, B * R % P, G[0] * R % P, G[1] * R % P, R % P]
    if numbers != expected:
        yield "a constant is another"
    inverses = [int(number, 16) for number in re.findall(r"UINT64_C\(0x([0-9a-f]{16})\)", text)]
    if inverses != [-pow(modulus, -1, 2**64) % 2**64 for modulus in (P, N)]:
        yield "an inverse is another"
    if (G[1] ** 2 - (G[0] ** 3 - 3 * G[0] + B)) % P != 0 or affine_multiple(N, G) is not None:
        yield "the generator has another order"
    if has_root():
        yield "a point has y = 0"


def read_table(text, name):
    body = re.search(rf"{name}\[\w*\] = \{{(.*?)\}};", text, re.S).group(1)
    table = [tuple(step) for step in re.findall(r"STEP\((\w+), (\w+), (\w+), (\w+)\)", body)]
    if len(table) != body.count("STEP"):
        sys.exit(f"{name}: a step is not understood")
    return table


def changed_tables(table, registers):
    """Yields each table in which one entry is another."""
    for at, step in enumerate(table):
        for field, values in enumerate((OPERATIONS, registers, registers, registers)):
            for value in values:
                if value != step[field]:
                    changed = (*step[:field], value, *step[field + 1:])
                    yield (at, changed), [*table[:at], changed, *table[at + 1:]]


class Number(int):
    """Modulo p."""

    def __add__(self, other):
        return Number(int.__add__(self, other) % P)

    def __sub__(self, other):
        return Number(int.__sub__(self, other) % P)

    def __mul__(self, other):
        return Number(int.__mul__(self, other) % P)


def is_seen_in_addition(table):
    """A pair of points shows it, or else what was proved does not hold any more."""
    points = []
    for scale, k in ((3, 5), (7, 9)):
        x, y = affine_multiple(k, G)
        points.append([Number(part * scale % P) for part in (x, y, 1)])
    try:
        x, y, z = (int(part.terms.get((), 0)) for part in add(table, *points, Number(B)))
    except KeyError:  # reads a register that has no value yet
        return True
    right = affine_multiple(14, G)
    return z % P == 0 or (x - right[0] * z) % P != 0 or (y - right[1] * z) % P != 0 or (
        any(wrong_with_addition(table)))


def is_seen(wrong_with, table):
    try:
        return any(wrong_with(table))
    except KeyError:  # reads a register that has no value yet
        return True


# What does not hold of each table; the addition's takes long.
TABLES = {"addition": wrong_with_addition, "equation": wrong_with_equation,
          "doubling": wrong_with_doubling, "to_jacobian": wrong_with_to_jacobian,
          "from_jacobian": wrong_with_from_jacobian, "negation": wrong_with_negation}


def is_seen_in(name, table):
    return is_seen_in_addition(table) if name == "addition" else is_seen(TABLES[name], table)


def main():
    sources = [*map(pathlib.Path, sys.argv[1:]), *SOURCES[len(sys.argv) - 1:]]
    text, windows = (source.read_text() for source in sources)
    registers = re.search(r"enum p384_register \{(.*?)\}", REGISTERS.read_text(), re.S)
    registers = registers.group(1).replace(",", "").split()
    tables = {name: read_table(text + windows, f"p384_{name}") for name in TABLES}
    wrong = [*(what for name, table in tables.items() for what in TABLES[name](table)),
             *wrong_with_constants(text)]
    if wrong:
        sys.exit("\n".join(wrong))
    print("hold:", ", ".join(f"{name} ({len(table)} steps)" for name, table in tables.items()))
    changes = 0
    for name, table in tables.items():
        for (at, step), changed in changed_tables(table, registers):
            changes += 1
            if not is_seen_in(name, changed):
                sys.exit(f"nothing shows step {at} of {name} as {step}")
    print(f"each of {changes} changes of an entry is seen")


if __name__ == "__main__":
    main()
