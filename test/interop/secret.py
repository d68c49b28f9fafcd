#!/usr/bin/python3 -BE
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Can other code open the packets and find the secrets in them, and does libvirt's tool make
the same bytes?   secret.py DUMP_SECRET
"""

import base64
import collections
import hashlib
import hmac
import pathlib
import random
import struct
import subprocess
import sys
import unittest.mock
import uuid

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

import libvirt_tool

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402

LUKS_KEY = uuid.UUID(model.LUKS_KEY)

LIBVIRT, MINIMAL = range(2)

Case = collections.namedtuple("Case", "padding capacity tek tik measure iv secrets")


def make_case(rng, padding, sizes, iv=None):
    keys = [LUKS_KEY] + [uuid.UUID(int=rng.getrandbits(128)) for _ in sizes[1:]]
    secrets = {key: rng.randbytes(size) for key, size in zip(keys, sizes)}
    # The size with libvirt's padding; the table must have room for it in both cases.
    capacity = (20 + sum(20 + size for size in sizes)) // 16 * 16 + 16
    return Case(padding, capacity, rng.randbytes(16), rng.randbytes(16), rng.randbytes(32),
                iv or rng.randbytes(16), secrets)


def make_cases(rng):
    """Yields every remainder of 16; counters that carry; the largest packet; then random ones."""
    for padding in (LIBVIRT, MINIMAL):
        for size in range(64):
            yield make_case(rng, padding, [size])
        for carried in range(1, 17):
            iv = rng.randbytes(16 - carried) + b"\xff" * carried
            yield make_case(rng, padding, [300], iv)
        yield make_case(rng, padding, [])
        yield make_case(rng, padding, [16384 - 41])
        for _ in range(100):
            count = rng.randrange(1, 8)
            yield make_case(rng, padding, [rng.choice((0, 1, rng.randrange(2000)))
                                           for _ in range(count)])


def line(case):
    words = [str(case.padding), str(case.capacity), case.tek.hex(), case.tik.hex(),
             case.measure.hex(), case.iv.hex(), str(len(case.secrets))]
    for key, secret in case.secrets.items():
        words += [str(key), str(len(secret)), secret.hex()]
    return " ".join(words) + "\n"


def dump(program, cases):
    text = "".join(map(line, cases)).encode()
    output = subprocess.run([program], input=text, stdout=subprocess.PIPE, check=True).stdout
    packets = []
    while output:
        size, = struct.unpack_from("<I", output, 52)
        packets.append((output[:52], output[56:56 + size]))
        output = output[56 + size:]
    assert len(packets) == len(cases)
    return packets


def openssl(*arguments, data):
    return subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE,
                          check=True).stdout


def open_by_openssl(case, header, data):
    message = model.packet_message(header, data, case.measure)
    mac = openssl("dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + case.tik.hex(),
                  "-binary", data=message)
    assert mac == header[20:], "HMAC"
    return openssl("enc", "-d", "-aes-128-ctr", "-K", case.tek.hex(), "-iv", header[4:20].hex(),
                   data=data)


def open_by_python(case, header, data):
    message = model.packet_message(header, data, case.measure)
    mac = hmac.new(case.tik, message, hashlib.sha256).digest()
    assert mac == header[20:], "HMAC"
    cipher = Cipher(algorithms.AES(case.tek), modes.CTR(header[4:20])).decryptor()
    return cipher.update(data) + cipher.finalize()


def check(case, header, data, opener):
    assert header[:20] == bytes(4) + case.iv, "FLAGS and IV"
    table = opener(case, header, data)
    secrets, length = model.secrets_in(table)
    assert list(secrets.items()) == list(case.secrets.items()), "secrets"
    padding = 16 - length % 16 if case.padding == LIBVIRT else -length % 16
    assert table[length:] == bytes(padding), "padding"


def build_by_libvirt(tool, case):
    machine = tool.OfflineConfidentialVM()
    machine.tek, machine.tik = case.tek, case.tik
    machine.secrets_table.secrets = dict(case.secrets)
    with unittest.mock.patch.object(tool.os, "urandom", lambda size: case.iv[:size]), \
            unittest.mock.patch.object(machine, "get_measurements", lambda: (case.measure, None)):
        return [base64.b64decode(text) for text in machine.build_secrets()]


def main():
    program, tool = sys.argv[1], libvirt_tool.load()
    cases = list(make_cases(random.Random(55766)))
    counts = collections.Counter()
    for number, (case, (header, data)) in enumerate(zip(cases, dump(program, cases))):
        check(case, header, data, open_by_python)
        counts["opened by Python"] += 1
        if number % 8 == 0:
            check(case, header, data, open_by_openssl)
            counts["opened by OpenSSL"] += 1
        if case.padding == LIBVIRT and case.secrets:  # without secrets, the tool makes no table
            assert build_by_libvirt(tool, case) == [header, data], "libvirt's packet"
            counts["as libvirt's"] += 1
    print(dict(counts))


main()
