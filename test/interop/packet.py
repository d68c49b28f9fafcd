# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Packets of secrets as the secure processor and the guest take them: AMD 55766,
section 6.6, and the table that EDK2 and Linux know. `keys` has tek, tik and measure.
"""

import struct
import subprocess
import uuid

TABLE = uuid.UUID("1e74f542-71dd-4d66-963e-ef4287ff173b")
LUKS_KEY = uuid.UUID("736869e5-84f0-4973-92ec-06879ce3da0b")


def message(keys, header, data):
    """What the secure processor authenticates."""
    flags, iv = header[:4], header[4:20]
    lengths = struct.pack("<II", len(data), len(data))
    return b"\x01" + flags + iv + lengths + data + keys.measure


def openssl(*arguments, data):
    return subprocess.run(["openssl", *arguments], input=data, stdout=subprocess.PIPE,
                          check=True).stdout


def open_by_openssl(keys, header, data):
    mac = openssl("dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + keys.tik.hex(),
                  "-binary", data=message(keys, header, data))
    assert mac == header[20:], "HMAC"
    return openssl("enc", "-d", "-aes-128-ctr", "-K", keys.tek.hex(), "-iv", header[4:20].hex(),
                   data=data)


def parse(table):
    """The secrets of a table that holds nothing else, as EDK2 and Linux walk it."""
    assert table[:16] == TABLE.bytes_le
    length, = struct.unpack_from("<I", table, 16)
    at, secrets = 20, {}
    while at < length:
        key = uuid.UUID(bytes_le=table[at:at + 16])
        size, = struct.unpack_from("<I", table, at + 16)
        assert size >= 20 and at + size <= length and key not in secrets
        secrets[key] = table[at + 20:at + size]
        at += size
    assert at == length
    return secrets, length
