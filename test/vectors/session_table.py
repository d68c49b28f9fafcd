#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""session_table.py prints a header for unit tests: sessions that an owner apart from the C code makes."""
import hashlib
import pathlib
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import amd  # noqa: E402
import model  # noqa: E402
import secure_processor  # noqa: E402

# With this PDH, the first byte of what both sides agree on is 0 for a d of ZERO_D.
PDH, ZERO_D = 0x5E55, 0x17


def random(text, size):
    return hashlib.sha512(text.encode()).digest()[:size]


def octets(data):
    return "{" + ", ".join(map(str, data)) + "}"


def row(what, policy, d=None, iv=None):
    """All that is drawn, in its order, and what comes of it."""
    parts = {name: random(f"{what} {name}", size) for name, size in (
        ("d", 48), ("tek", 16), ("tik", 16), ("nonce", 16), ("iv", 16), ("shared", 48), ("godh", 48))}
    parts.update({"d": d.to_bytes(48, "big")} if d else {}, **({"iv": iv} if iv else {}))
    point = amd.point_of(PDH)
    godh, blob = secure_processor.owner_session(
        point, int.from_bytes(parts["d"], "big"), *(parts[name] for name in ("nonce", "iv", "tek", "tik")), policy)
    pdh = b"".join(part.to_bytes(48, "big") for part in point)
    values = policy, *map(octets, (pdh, b"".join(parts.values()), godh, blob))
    return f'{{"{what}", {", ".join(map(str, values))}}},\n'


def main():
    assert secure_processor.agree(ZERO_D, amd.point_of(PDH))[0] == 0
    rows = [row("any values", 5), row("a counter that wraps, and Z with a zero at its start", 0x16000003, ZERO_D, b"\xff" * 16),
            row("the largest d, and all bits of the policy", 0xFFFFFFFF, model.P384_N - 1)]
    print(f"""/* SPDX-License-Identifier: BSD-2-Clause-Patent */
/* Made by test/vectors/session_table.py. */
#include <stdint.h>

static const struct known_session {{
    const char *what;
    uint32_t policy;
    uint8_t pdh[96];
    uint8_t random[208];
    uint8_t godh[2084];
    uint8_t blob[128];
}} known_sessions[] = {{
{"".join(rows)}}};""")


if __name__ == "__main__":
    main()
