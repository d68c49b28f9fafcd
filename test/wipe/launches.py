# SPDX-License-Identifier: BSD-2-Clause-Patent
"""A launch with its own keys, the files that a guest owner has for it, and runs
of the command that end in every way."""
import base64
import random
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402
import runner  # noqa: E402
import traces  # noqa: E402

VERSIONS, POLICY = (1, 51, 13), 3
FIRMWARE = b"firmware" * 1000 + model.footer(model.sev_entries()) + bytes(32)
SECRETS = {name: random.Random(name).randbytes(size) for name, size in
           (("disk", 54), ("other", 94))}
INJECTED = ("--inject-secret", "luks-key:disk")
OTHER_GUID = "00112233-4455-6677-8899-aabbccddeeff"
PACKET = ("--secret-header", "header", "--secret-payload", "payload")
TWO_FILES = ("--tik", "tik", "--tek", "tek")
SWAPPED = ("--tik", "tek", "--tek", "tik")


def key_stream(payload):
    """Returns the key stream of a packet that has the secret "disk"."""
    clear = model.secret_table({model.LUKS_KEY: SECRETS["disk"]})
    return bytes(a ^ b for a, b in zip(base64.b64decode(payload), clear))


class Launch:
    def __init__(self, seed):
        rng = random.Random(seed)
        self.tek, self.tik, self.mnonce = rng.randbytes(16), rng.randbytes(16), rng.randbytes(16)

    def files(self):
        return {"tk": self.tek + self.tik, "tek": self.tek, "tik": self.tik, "fw": FIRMWARE,
                "long": self.tik + self.tek[:1], "longest": (self.tek + self.tik) * 4,
                "large": SECRETS["other"] * 1000, **SECRETS}

    def write(self, folder):
        for name, content in self.files().items():
            Path(folder, name).write_bytes(content)

    def message(self, firmware):
        return model.launch_message(VERSIONS, POLICY, model.sha256(firmware), self.mnonce)

    def blob(self, firmware):
        return model.launch_blob(self.tik, VERSIONS, POLICY, model.sha256(firmware),
                                 self.mnonce)

    def measure(self, firmware):
        return self.blob(firmware)[:32]

    def options(self, *options, launched=FIRMWARE, keys=("--tk", "tk")):
        return ["--measurement", model.encode(self.blob(launched)), "--api-major", "1", "--api-minor", "51",
                "--build-id", "13", "--policy", str(POLICY), "--firmware", "fw", *keys, *options]

    def match(self, *options, keys=("--tk", "tk")):
        return self.options(*options, keys=keys)

    def mismatch(self, *options, keys=("--tk", "tk")):
        return self.options(*options, launched=b"another", keys=keys)

    def traces(self):
        wanted = traces.Traces()
        wanted.add_tek(self.tek)
        for name, tik in (("TIK", self.tik), ("TEK", self.tek)):  # the diagnosis tries swapped keys
            wanted.add_tik(name, tik)
            wanted.add_message(name, tik, self.message(FIRMWARE))
        for name, content in SECRETS.items():
            wanted.add(f"secret {name}", content)
        return wanted

    def traces_of_mismatch(self):
        """Then the measurement that the owner computed is secret: it would be a forgery."""
        wanted = self.traces()
        wanted.add_words("computed MEASURE", self.measure(FIRMWARE))
        return wanted

    def runs(self):
        """Yields exit codes, arguments, and what must not be left."""
        usual, mismatch = self.traces(), self.traces_of_mismatch()
        yield 0, self.match(), usual
        yield 0, self.match(keys=TWO_FILES), usual
        yield 0, self.match("--print-measurement", "hex", "--debug"), usual
        yield 0, self.match("--json"), usual
        for options in ((), ("--no-hints",), ("--quiet",), ("--json",), (*INJECTED, *PACKET)):
            yield 1, self.mismatch(*options), mismatch
        yield 1, self.mismatch(keys=TWO_FILES), mismatch
        yield 1, self.match(keys=SWAPPED), usual
        yield 1, self.mismatch("--debug"), usual
        for keys in (("--tk", "long"), ("--tk", "longest"), ("--tik", "tik", "--tek", "long"),
                     ("--tik", "long", "--tek", "tek")):
            yield 2, self.match(keys=keys), usual
        yield 3, self.match(keys=("--tik", "tik", "--tek", "none")), usual
        yield 2, self.match(*INJECTED, "--inject-secret", f"{OTHER_GUID}:large", *PACKET), usual
        yield 3, self.match(*INJECTED, "--inject-secret", f"{OTHER_GUID}:none", *PACKET), usual


class TestCase(runner.FolderTest):
    """Has the files of its launch."""

    def setUp(self):
        super().setUp()
        self.launch = Launch(self.id())
        self.launch.write(".")
