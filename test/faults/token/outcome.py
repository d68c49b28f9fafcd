# SPDX-License-Identifier: BSD-2-Clause-Patent
"""What a run of a token from its reset tells the reader of its mailbox and of its console."""
import pathlib
import sys

sys.path[1:1] = [str(pathlib.Path(__file__).parents[2] / folder) for folder in ("token", "machines")]
import mailbox  # noqa: E402

RESULTS = {value: name for name, value in mailbox.results().items()}
OK = "OK: Looks good to me\n"
# What may replace an earlier run's match: all but an answer to this request.
WITHDRAWN = {"TOKEN_BUSY", "TOKEN_BROKEN", "no result"}


class ToHalt:
    """The image, from its reset until it halts. The mailbox holds the match of an earlier run."""

    def __init__(self, image, request):
        self.start, self.end = image.reset(request), image.symbols["machine_halt"]

    def result(self, machine, is_fault):
        """A match is what any reader of the mailbox or of the console could take for one. A
        fault's handler withdraws the earlier one: see test/token."""
        results = [RESULTS.get(result, "no result") for result in machine.results]
        is_withdrawn = results[0] in WITHDRAWN if results else is_fault
        if not is_withdrawn or "SEVL_MATCH" in results or OK in machine.printed:
            return "SEVL_MATCH"
        return results[-1] if machine.pc() == self.end else "no end"
