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
PDH, ZERO_D = amd.point_of(0x5E55), 0x17
FIRST = "any values"

# All that is drawn, in its order: see core/sev/session_random.h.
SIZES = {"d": 48, "TEK": 16, "TIK": 16, "nonce": 16, "IV": 16, "blinding of Z": 48,
         "blinding of GODH": 48}


def drawn(what, d=None, iv=None):
    parts = {name: hashlib.sha512(f"{what} {name}".encode()).digest()[:size]
             for name, size in SIZES.items()}
    given = {"d": d.to_bytes(48, "big")} if d else {}
    return {**parts, **given, **({"IV": iv} if iv else {})}


def octets(data):
    return "{" + ", ".join(map(str, data)) + "}"


def row(what, policy, **given):
    """What is drawn, and what comes of it."""
    parts = drawn(what, **given)
    d, tek, tik, nonce, iv, *_ = parts.values()
    number = int.from_bytes(d, "big")
    godh, blob = secure_processor.owner_session(PDH, number, nonce, iv, tek, tik, policy)
    pdh = b"".join(part.to_bytes(48, "big") for part in PDH)
    shared = secure_processor.agree(number, PDH)
    secrets = shared, *secure_processor.derive(shared, nonce)
    values = policy, *map(octets, (pdh, b"".join(parts.values()), godh, blob, *secrets))
    return f'{{"{what}", {", ".join(map(str, values))}}},\n'


def main():
    assert secure_processor.agree(ZERO_D, PDH)[0] == 0
    rows = [row(FIRST, 5),
            row("a counter that wraps, and Z with a zero at its start", 0x16000003, d=ZERO_D, iv=b"\xff" * 16),
            row("the largest d, and all bits of the policy", 0xFFFFFFFF, d=model.P384_N - 1)]
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
    uint8_t z[48], master[16], kek[16], kik[16];
}} known_sessions[] = {{
{"".join(rows)}}};""")


if __name__ == "__main__":
    main()
