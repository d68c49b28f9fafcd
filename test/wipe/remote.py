# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Stops, reads and changes a machine of QEMU through its gdb stub."""
import re
import socket

TIMEOUT = 240


class Remote:
    def __init__(self, path, next_instruction):
        """Stops the machine. Before 8.1, QEMU reported this like any other stop."""
        self.name_of_next_instruction = next_instruction
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(TIMEOUT)
        self.socket.connect(path)
        self.stream = self.socket.makefile("rb")
        self.send("qC")
        while not (answer := self.receive()).startswith("QC"):
            check_stop(answer)

    def close(self):
        self.stream.close()
        self.socket.close()

    def send(self, command):
        self.socket.sendall(b"$%s#%02x" % (command.encode(), sum(command.encode()) & 0xff))

    def take(self, size):
        data = self.stream.read(size)
        if len(data) < size:
            raise ConnectionError("the stub is gone")
        return data

    def receive(self):
        """Returns the next packet; '+' says that ours was right."""
        while (byte := self.take(1)) != b"$":
            if byte != b"+":
                raise ConnectionError(f"the stub sent {byte}")
        packet = b""
        while (byte := self.take(1)) != b"#":
            packet += byte
        self.take(2)
        self.socket.sendall(b"+")
        return packet.decode()

    def ask(self, command):
        self.send(command)
        return self.receive()

    def do(self, command):
        answer = self.ask(command)
        if answer != "OK":
            raise ConnectionError(f"{command}: {answer}")

    def monitor(self, command):
        """Returns the answer of QEMU's monitor."""
        said, answer = "", self.ask("qRcmd," + command.encode().hex())
        while answer != "OK":
            said += bytes.fromhex(answer[1:]).decode()
            answer = self.receive()
        return said

    def read(self, address, size):
        return bytes.fromhex(self.ask(f"m{address:x},{size:x}"))

    def write(self, address, data):
        self.do(f"M{address:x},{len(data):x}:{data.hex()}")

    def pointer(self, address):
        return int.from_bytes(self.read(address, 8), "little")

    def write_register(self, number, value):
        """Writes a register of eight bytes; gdb counts from RAX or X0."""
        all_of_them = bytearray.fromhex(self.ask("g"))
        all_of_them[8 * number:8 * number + 8] = value
        self.do(f"G{all_of_them.hex()}")

    def write_vector(self, number, value):
        """Writes a register of any size, by gdb's count in QEMU's description, which QEMU 7.2
        wants to be read before."""
        self.ask("qXfer:features:read:target.xml:0,ffb")
        self.do(f"P{number:x}={value.hex()}")

    def step(self):
        """QEMU may report a step if it has only checked for an interrupt."""
        before = self.next_instruction()
        while self.next_instruction() == before:
            self.send("s")
            self.wait()

    def next_instruction(self):
        return register(self.monitor("info registers"), self.name_of_next_instruction)

    def run_to(self, *places):
        """Runs until it reaches one of them; if it is at one, until it reaches one again."""
        self.step()
        for place in places:
            self.do(f"Z0,{place:x},1")
        self.send("c")
        self.wait()
        for place in places:
            self.do(f"z0,{place:x},1")

    def wait(self):
        check_stop(self.receive())


def check_stop(answer):
    if not re.match("T0[25]", answer):
        raise ConnectionError(f"the machine stopped by {answer}")


def register(registers, name):
    """Returns a value from QEMU's "info registers"."""
    return int(re.search(rf"\b{name}=([0-9a-f]+)", registers)[1], 16)


def values(registers):
    """Yields all registers of eight bytes, and those of sixteen as two of eight."""
    for value in re.findall("[0-9a-f]{16}", registers):
        yield int(value, 16).to_bytes(8, "little")
