# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do verifications use as much stack on a machine as make_table.py computes?

usage: test_stack.py PRESET FOLDER-OF-THE-BUILD
"""
import pathlib
import sys

import make_table

sys.path.append(str(pathlib.Path(__file__).parents[1] / "machines"))
import machine  # noqa: E402

# Bytes that alignment leaves unwritten at the end of the deepest frame, and a deeper frame
# that only a failing hash needs; none fails here.
UNWRITTEN_MAX = 15 + 112

preset, build = sys.argv[1], pathlib.Path(sys.argv[2])
for program in make_table.PROGRAMS:
    code, out, err = machine.run(machine.MACHINES[preset],
                                 build / f"test/sizes/painted_{program}.elf")
    computed = make_table.figures(program, preset, build)[2]
    if code != 0 or not computed - UNWRITTEN_MAX <= int(out) <= computed:
        sys.exit(f"{preset}: {program} ended with {code}, {err}{out.strip()} bytes were written, "
                 f"{computed} are computed")
