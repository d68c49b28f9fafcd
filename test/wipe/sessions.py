# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What making a session of a launch would leave, by the model of the other side."""
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(TESTS / "support"), str(TESTS / "vectors")]
import model  # noqa: E402
import secure_processor  # noqa: E402
import traces  # noqa: E402


def add_scalar(wanted, d):
    """As numbers of limbs, too: the multiplication adds the order, once or twice."""
    number = int.from_bytes(d, "big")
    for times in range(3):
        data = ((number + times * model.P384_N) % (1 << 384)).to_bytes(48, "big")
        wanted.add_words("d", data)
        wanted.add_words("d", data[::-1])


def traces_of(parts, pdh, keys=("TEK", "TIK")):
    """Of what was drawn, by its names in session_table.py, for a PDH's point."""
    z = secure_processor.agree(int.from_bytes(parts["d"], "big"), pdh)
    master, kek, kik = secure_processor.derive(z, parts["nonce"])
    stream = secure_processor.aes_ctr(kek, parts["IV"], bytes(32))
    wanted = traces.Traces()
    add_scalar(wanted, parts["d"])
    for name in ("blinding of Z", "blinding of GODH"):
        wanted.add_words(name, parts[name])
    for name, key in (("Z", z), ("master", master), ("KIK", kik)):
        wanted.add_tik(name, key)
    wanted.add_words("Z", z[::-1])
    wanted.add_words("KEK", kek)
    wanted.add_words("round keys", traces.round_keys(kek)[16:])
    wanted.add_words("key stream", stream)
    if "TEK" in keys:
        wanted.add_words("TEK", parts["TEK"])
    if "TIK" in keys:
        wanted.add_tik("TIK", parts["TIK"])
    return wanted
