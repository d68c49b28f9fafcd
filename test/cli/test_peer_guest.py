# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Do both commands measure direct boot and SEV-ES alike, and give a guest the
same secrets, but for the differences that differences.py gives reasons for?

Needs what test_peer.py needs, and Debian's ovmf.
"""
import base64
import os
import re
import stat
import time
import uuid
from pathlib import Path

import model as parts
from comparison import Case, Comparison, ComparisonTest, Peer, Spelling
from differences import GUEST_DIFFERENCES
from model import SEV_ES, Cpu, Guest, flip
from options import LIBVIRT, OWN
from runner import FAILED, MATCH, MISMATCH, OVMF, USAGE, main

RANDOM_CASES = 200
# Debian's images, and where all their CPUs but the first start: this depends on whether
# an image has metadata for SEV-SNP, as Debian 13's OVMF_CODE_4M.fd has.
SNP_METADATA = uuid.UUID("dc886566-984a-4798-a75e-5585a7bf67cc").bytes_le
IMAGES = {path: 0x80B004 if SNP_METADATA in path.read_bytes() else 0x808004
          for path in (OVMF, Path("/usr/share/OVMF/OVMF_CODE_4M.fd"))}
SKUS = [(23, 1, 2), (23, 49, 0), (25, 1, 1), (25, 17, 0), (26, 0, 0), (15, 107, 1), (6, 143, 8)]


class RandomGuests:
    """A random guest, given to the commands rightly or with one mistake."""

    def __init__(self, test, rng, names):
        self.test = test
        self.rng = rng
        self.spelling = Spelling(rng, names)

    def case(self):
        """Returns the next guest, with its files, and its case."""
        options = self.launch()
        kinds = [self.valid, self.valid, self.forged, self.forged, self.mistaken, self.missing]
        code, changes = self.rng.choice(kinds)(options)
        values = options | changes
        secrets = values.pop("inject_secret", None) or []
        arguments = self.spelling.arguments(self.test.values(**values), {})
        for secret in secrets:
            arguments += self.spelling.option("--inject-secret", secret)
        return Case(arguments, code, code)

    def launch(self):
        rng, test = self.rng, self.test
        firmware, reset = self.firmware()
        guest = Guest.random(rng, firmware)
        if rng.random() < 0.6:
            cmdlines = [None, b"", b"quiet", " é 日本\n\t".encode(), rng.randbytes(9).hex().encode()]
            guest = guest.changed(
                kernel=rng.randbytes(rng.choice([1, 4096, rng.randrange(1, 9999)])),
                initrd=rng.choice([None, rng.randbytes(rng.randrange(9999))]),
                cmdline=rng.choice(cmdlines)
            )
        count = rng.choice([1, 1, 2, 3, 8, 17, 100])
        guest, options = rng.choice([self.sku, self.files])(guest, count, reset)
        if rng.random() < 0.4:
            guest = guest.changed(policy=guest.policy & ~SEV_ES)
            if rng.random() < 0.5:
                options = {}
        test.use(guest)
        test.secrets = {}
        return options | (self.secrets() if rng.random() < 0.4 else {})

    def firmware(self):
        rng = self.rng
        if rng.random() < 0.3:
            path = rng.choice(list(IMAGES))
            return path.read_bytes(), IMAGES[path]
        reset = rng.randrange(1, 1 << 32)
        entries = parts.sev_entries(reset)
        rng.shuffle(entries)
        return parts.image(rng, entries, rng.randrange(300, 9999)), reset

    def sku(self, guest, count, reset):
        family, model, stepping = self.rng.choice(SKUS)
        guest = guest.launched(Cpu(parts.signature(family, model, stepping)), count, reset)
        sku = {"cpu_family": family, "cpu_model": model, "cpu_stepping": stepping}
        return guest, sku | {"num_cpus": count}

    def files(self, guest, count, reset):
        first, other = self.rng.randbytes(4096), self.rng.randbytes(4096)
        guest = guest.changed(policy=guest.policy | SEV_ES, pages=first + other * (count - 1))
        pages = {"vmsa_cpu0": self.file(first), "vmsa_cpu1": self.file(other)}
        return guest, pages | {"num_cpus": count}

    def secrets(self):
        rng = self.rng
        for _ in range(rng.randrange(1, 6)):
            name = rng.choice(["luks-key", str(uuid.UUID(int=rng.getrandbits(128)))])
            self.test.secrets[name] = rng.randbytes(rng.choice([1, 8, 24, rng.randrange(1, 300)]))
        words = [f"{name}:{self.file(data)}" for name, data in self.test.secrets.items()]
        return {
            "inject_secret": words, "secret_header": "header",
            "secret_payload": "payload",
        }

    def valid(self, options):
        return MATCH, {}

    def forged(self, options):
        guest, rng = self.test.guest, self.rng
        choices = [
            {"build_id": guest.build_id ^ 1},
            {"firmware": self.file(flip(guest.firmware, rng.randrange(64)))},
        ]
        for field in ("kernel", "initrd"):
            if getattr(guest, field):
                choices.append({field: self.file(flip(getattr(guest, field), 5))})
        if guest.kernel is not None:
            choices.append({"cmdline": (guest.cmdline or b"").decode() + "x"})
            choices.append({"kernel": None, "initrd": None, "cmdline": None})
        if guest.initrd:
            choices.append({"initrd": None})
        if guest.policy & SEV_ES:
            choices.append({"num_cpus": options["num_cpus"] + 1})
            choices.append({"policy": guest.policy ^ SEV_ES})
            for field in ("vmsa_cpu0", "cpu_stepping"):
                if options.get(field) is not None:
                    changed = 9 if field == "cpu_stepping" else self.file(rng.randbytes(4096))
                    choices.append({field: changed})
        return MISMATCH, rng.choice(choices)

    def mistaken(self, options):
        """What both refuse before they read any file, or any other file."""
        none = {"kernel": None, "initrd": None, "cmdline": None}
        page, short = self.file(bytes(4096)), self.file(bytes(4095))
        cpus = dict.fromkeys(
            ("num_cpus", "vmsa_cpu0", "vmsa_cpu1", "cpu_family", "cpu_model", "cpu_stepping")
        )
        sku = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1}
        es = cpus | {"policy": SEV_ES}
        quiet = {"inject_secret": None, "secret_header": None, "secret_payload": None}
        secret = [f"luks-key:{page}"]
        return USAGE, self.rng.choice(
            [
                none | {"initrd": page}, none | {"cmdline": "quiet"}, none | {"cmdline": ""},
                cpus | sku | {"cpu_family": None}, cpus | sku | {"cpu_model": None},
                cpus | sku | {"cpu_stepping": None}, cpus | {"cpu_model": 1},
                cpus | sku | {"vmsa_cpu0": page}, cpus | sku | {"vmsa_cpu1": page},
                cpus | {"vmsa_cpu1": page}, es, es | {"num_cpus": 1}, es | {"vmsa_cpu0": page},
                es | sku, es | {"vmsa_cpu0": page, "num_cpus": 2},
                cpus | {"vmsa_cpu0": short}, cpus | {"vmsa_cpu0": page, "vmsa_cpu1": short},
                {"num_cpus": "x"}, {"num_cpus": ""}, {"num_cpus": "1.0"},
                quiet | {"secret_header": "header"}, quiet | {"secret_payload": "payload"},
                quiet | {"inject_secret": secret},
                quiet | {"inject_secret": secret, "secret_header": "header"},
                quiet | {"inject_secret": secret, "secret_payload": "payload"},
            ]
        )

    def missing(self, options):
        path = self.rng.choice(["/no/such/file", "", "/", self.test.tik + "/x"])
        fields = ["firmware", "tik", "kernel"]
        fields += [name for name in ("vmsa_cpu0", "vmsa_cpu1") if options.get(name)]
        return FAILED, {self.rng.choice(fields): path}

    def file(self, content):
        return self.test.write(f"random-{self.rng.randrange(1 << 64):x}", content)


class GuestTest(ComparisonTest):
    def setUp(self):
        super().setUp()
        self.server = Peer(self.folder)
        self.addCleanup(self.server.end)
        self.outputs = [self.folder / "header", self.folder / "payload"]
        self.secrets = {}
        self.comparisons = []
        self.seen = {}

    def take_outputs(self):
        """Returns the files that a run left."""
        taken = {path.name: path.read_bytes() for path in self.outputs if path.exists()}
        for name in taken:
            (self.folder / name).unlink()
        return taken

    def compare(self, case):
        """Runs both; the peer gets the random IV of the command."""
        ours = self.command(case.arguments, cwd=self.folder)
        our_files = self.take_outputs()
        iv = base64.b64decode(our_files.get("header", b""))[4:20]
        theirs = self.server.run(case.arguments, iv)
        their_files = self.take_outputs()
        comparison = Comparison(case, ours, theirs)
        if case.code == case.peer_code:
            comparison.expect(our_files == their_files, "the packets differ")
        if our_files:
            self.check_packet(comparison, our_files, iv)
        self.comparisons.append(comparison)

    def check_packet(self, comparison, files, iv):
        tables = [
            parts.open_packet(self.guest, files["header"], files["payload"], decrypt)
            for decrypt in (parts.decrypt_with_openssl, self.server.decrypt)
        ]
        named = {parts.LUKS_KEY if name == "luks-key" else name: data
                 for name, data in self.secrets.items()}
        expected = parts.secret_table(named)
        expected += bytes(16 - len(expected) % 16)
        comparison.expect(tables == [expected, expected], "the packet does not open")
        self.seen["packets"] = self.seen.get("packets", 0) + 1

    def add(self, code, reason=None, peer_code=None, extra=(), **changes):
        peer_code = code if peer_code is None else peer_code
        self.compare(Case([*self.arguments(**changes), *extra], code, peer_code, reason))

    def test_answers_differ_only_for_a_reason(self):
        started = time.monotonic()
        their_help = self.server.run(["--help"]).out.decode()
        names = sorted({*LIBVIRT, *OWN, *re.findall(r"--[a-z][a-z0-9-]+", their_help)})
        generator = RandomGuests(self, self.rng, names)
        for _ in range(RANDOM_CASES):
            self.compare(generator.case())
        self.assertGreater(self.seen.pop("packets"), RANDOM_CASES // 20)

        self.secrets = {}
        self.use(Guest.booted(self.rng))
        self.add_own_options()
        self.add_order()
        self.add_counts()
        self.add_ranges()
        self.add_tables()
        self.add_secrets()
        self.compare_files()
        seconds = time.monotonic() - started
        self.report(GUEST_DIFFERENCES, self.comparisons, self.seen, seconds)

    def add_own_options(self):
        guest = self.guest
        none = {"kernel": None, "initrd": None, "cmdline": None}
        info = self.write("info", f"sev-measurement: {guest.measurement}\n".encode())
        for changes in (
            none | {"firmware": None, "launch_digest": guest.launch_digest.hex()},
            {"cmdline": None, "cmdline_file": self.write("cmdline", guest.cmdline)},
            {"cpu_type": "EPYC"}, {"cpu_signature": "1"}, {"vmsa_fpu": "init2"},
            {"sev_features": "0"}, {"vmm": "ec2"}, {"print_digest": "hex"}, {"print_measurement": "hex"},
            {"measurement": None, "launch_info": info},
            {"cpu_type": "EPYC", "vmsa_out": str(self.folder / "pages")},
        ):
            self.add(MATCH, "own-options", USAGE, **changes)
        for extra in (["--json"], ["--no-hints"]):
            self.add(MATCH, "own-options", USAGE, extra)
        padded = self.inject(f"luks-key:{self.tik}", secret_padding="minimal")
        self.secrets = {"luks-key": guest.tik}
        self.add(MATCH, "own-options", USAGE, **padded)
        self.secrets = {}
        nonce = {"measurement": None, "print_measurement": "hex", "nonce": guest.mnonce.hex()}
        self.add(MATCH, "own-options", USAGE, **nonce)
        for extra in (["--connect=none"], ["-i"], ["-g"]):
            self.add(USAGE, "host-options", MATCH, extra)
        self.add(USAGE, "host-options", FAILED, ["--connect=none:///", "-o", "guest"])
        self.compare(Case(["--self-test"], MATCH, USAGE, "own-options"))
        self.compare(Case(["--version"], MATCH, USAGE, "own-options"))

    def add_order(self):
        for changes in ({"num_cpus": None}, {"num_cpus": 2, "cpu_type": None}):
            self.add(
                USAGE, "checks-first", FAILED, policy=SEV_ES, firmware="/no/such/file", **changes
            )
        guest = self.guest
        raw = guest.changed(cmdline=b"\xff\xfe").measurement
        text = os.fsdecode(b"\xff\xfe")
        self.add(MATCH, "command-line-bytes", FAILED, measurement=raw, cmdline=text)

    def add_counts(self):
        guest = self.guest
        self.use(guest.launched(Cpu(parts.signature(25, 1, 1)), 1))
        sku = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1}
        page = self.write("page", self.guest.pages)
        self.add(MATCH, "one-cpu", FAILED, num_cpus=1, vmsa_cpu0=page)
        for count in (0, -1, -7):
            self.add(USAGE, "cpu-count", MATCH, num_cpus=count, **sku)
        self.use(guest.launched(Cpu(parts.signature(25, 1, 1)), 4097))
        self.add(USAGE, "cpu-count", MATCH, num_cpus=4097, **sku)
        self.use(guest)
        self.add(USAGE, "cpu-count", MATCH, num_cpus=0)
        self.add(USAGE, "cpu-pages", MATCH, num_cpus=2, vmsa_cpu0=page)
        joined = self.write("joined", bytes(8192))
        self.add(MATCH, "cpu-pages-joined", USAGE, num_cpus=2, vmsa_cpu0=joined)
        empty = guest.changed(kernel=b"")
        self.use(empty)
        self.add(USAGE, "empty-kernel", MATCH)
        self.use(guest)

    def add_ranges(self):
        guest = self.guest
        for field, value, cut in (
            ("cpu_family", 4096 + 25, 25), ("cpu_model", 257, 1), ("cpu_stepping", 17, 1),
            ("cpu_model", -255, 1),
        ):
            right = {"cpu_family": 25, "cpu_model": 1, "cpu_stepping": 1} | {field: cut}
            self.use(guest.launched(Cpu(parts.signature(*right.values())), 2))
            self.add(MATCH, num_cpus=2, **right)
            self.add(USAGE, "cpu-range", MATCH, num_cpus=2, **right | {field: value})
        self.use(guest)

    def add_tables(self):
        guest, rng = self.guest, self.rng
        cpu = Cpu(parts.signature(23, 1, 2))
        sku = {"cpu_family": 23, "cpu_model": 1, "cpu_stepping": 2}

        def add(code, peer_code, reason, firmware, count, reset=parts.RESET_ADDRESS):
            launched = guest.changed(firmware=firmware, kernel=None, initrd=None, cmdline=None)
            self.use(launched.launched(cpu, count, reset) if count else launched)
            self.add(code, reason, peer_code, num_cpus=count or None, **sku)

        for firmware in (rng.randbytes(4096), b"x", parts.image(rng, [])):
            add(MATCH, FAILED, "table-not-needed", firmware, 1)
            add(MATCH, FAILED, "table-not-needed", firmware, 0)
            add(FAILED, FAILED, None, firmware, 2)
        good = parts.sev_entries()
        address = parts.RESET_ADDRESS.to_bytes(5, "little")
        for entries in (
            [parts.reset_block(), *parts.sev_entries(reset=0x1234)],
            [parts.entry(parts.RESET_BLOCK, address)],
            [bytes(40) + bytes(2) + bytes(16), *good],
            [parts.area(parts.SECRET_AREA, 1, 2), *good],
        ):
            add(FAILED, MATCH, "table-malformed", parts.image(rng, entries), 2)
        add(FAILED, FAILED, None, parts.image(rng, good, length=0), 2)
        zero = parts.image(rng, parts.sev_entries(reset=0))
        add(FAILED, MATCH, "reset-address", zero, 2, 0)
        self.use(guest)

    def inject(self, *names, **changes):
        values = {"secret_header": "header", "secret_payload": "payload"} | changes
        return values | {"extra": [f"--inject-secret={name}" for name in names]}

    def add_secrets(self):
        self.secrets = {"luks-key": b"passphrase"}
        path = self.write("secret", b"passphrase")
        colon = self.write("a:b", b"passphrase")
        self.add(MATCH, **self.inject(f"luks-key:{path}"))
        self.add(MATCH, **self.inject())
        self.add(MATCH, "secret-colon", USAGE, **self.inject(f"luks-key:{colon}"))
        forged = {"build_id": self.guest.build_id ^ 1}
        for names in (["luks:x"], ["luks-key"], [f"luks-key:{path}"] * 2):
            self.add(USAGE, "secrets-checked-first", USAGE, **self.inject(*names))
            self.add(USAGE, "secrets-checked-first", MISMATCH, **self.inject(*names, **forged))
        self.add(MISMATCH, **self.inject(f"luks-key:{path}", **forged))
        self.add(FAILED, **self.inject("luks-key:/no/such/file"))
        guids = [uuid.UUID(int=number) for number in range(17)]
        self.add(USAGE, "secret-count", MATCH, **self.inject(*(f"{name}:{path}" for name in guids)))
        empty = self.write("empty", b"")
        self.add(USAGE, "secret-empty", MATCH, **self.inject(f"luks-key:{empty}"))
        for size in (16385, parts.SECRET_AREA_SIZE + 1):
            long = self.write("long", bytes(size))
            self.add(USAGE, "secret-length", MATCH, **self.inject(f"luks-key:{long}"))
        same = {"secret_header": "payload"}
        self.add(USAGE, "secret-names", MATCH, **self.inject(f"luks-key:{path}", **same))

    def compare_files(self):
        """The files that both leave, of a packet and of half a packet."""
        old = os.umask(0o022)
        self.addCleanup(os.umask, old)
        folder = self.folder / "files"
        folder.mkdir()
        for payload, ours, theirs in (
            (folder / "payload", {"header": 0o600, "payload": 0o600},
             {"header": 0o644, "payload": 0o644}),
            (folder / "none" / "payload", {}, {"header": 0o644}),
        ):
            outputs = {"secret_header": folder / "header", "secret_payload": payload}
            arguments = [*self.arguments(**outputs), f"--inject-secret=luks-key:{self.tik}"]
            for run, expected in ((self.command, ours), (self.run_peer, theirs)):
                run(arguments)
                modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
                self.assertEqual(expected, modes)
                for path in folder.iterdir():
                    path.unlink()
        self.seen["secret-files"] = 2

    def run_peer(self, arguments):
        server = Peer(self.folder)
        try:
            return server.run(arguments)
        finally:
            server.end()


if __name__ == "__main__":
    main()
