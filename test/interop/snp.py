#!/usr/bin/python3 -BE
# SPDX-License-Identifier: BSD-2-Clause-Patent
"""Are the launch digests of SEV-SNP guests those of the model, and are both those that other
projects publish?
    snp.py DUMP_SNP             random launches against the model
    snp.py DUMP_SNP PUBLISHED   the folder of published vectors; ends with 77 if it is not there
"""

import itertools
import json
import pathlib
import random
import subprocess
import sys

sys.path.append(str(pathlib.Path(__file__).resolve().parents[1] / "support"))
import model  # noqa: E402

VMMS, FPUS = ("qemu", "ec2", "gce", "krun"), ("legacy", "init2")


def dump(program, launches):
    """A line for each launch: cpu, CPUs, hashes of the kernel, digest and size of the firmware,
    image, piece."""
    data = bytearray()
    for cpu, cpus, hashes, firmware, size, image, piece in launches:
        data += b"%d %d %d %d %d %d %d %s %d %d %d\n" % (
            VMMS.index(cpu.vmm), FPUS.index(cpu.fpu), cpu.signature, cpu.own_rdx,
            cpu.sev_features, cpus, bool(hashes), (firmware or "-").encode(), size, len(image),
            piece)
        data += b"".join(hashes or ()) + image
    lines = subprocess.run([program], input=data, stdout=subprocess.PIPE,
                           check=True).stdout.decode().splitlines()
    assert len(lines) == len(launches), len(lines)
    return lines


def expected(cpu, cpus, hashes, firmware, size, image):
    entries = model.footer_entries(image)
    reset, base, length = (int.from_bytes(data, "little") for data in (
        entries[model.RESET_BLOCK], entries[model.HASH_AREA][:4], entries[model.HASH_AREA][4:]))
    return model.SnpGuest(
        bytes.fromhex(firmware) if firmware else model.snp_firmware(image),
        size if firmware else len(image), model.metadata_sections(image), (base, length),
        (cpu.page(), cpu.page(reset)), cpus, cpu.vmm, model.hash_table(*hashes) if hashes else None).launch_digest


def compare(program, launches):
    for launch, line in zip(launches, dump(program, launches)):
        wanted = expected(*launch[:-1])
        if line != wanted:
            sys.exit(f"{launch[0]}, {launch[1]} CPUs\n{line}, expected {wanted}")


def random_sections(rng):
    """In any order, apart from each other, or not."""
    at, sections = 0x800000, []
    kinds = [1, 1, 2, 3, 4, 16] if rng.random() < 0.9 else rng.choices(range(18), k=rng.randrange(9))
    for kind in kinds:
        at += 0x1000 * rng.randrange(3)
        size = 0x1000 * (1 if kind == 16 and rng.random() < 0.9 else rng.randrange(1, 4))
        sections.append((at, size, kind))
        at += size
    if rng.random() < 0.1:  # beside the firmware, or under it
        sections.append((model.GIB_4 - 0x1000 * rng.randrange(1, 8), 0x1000, 1))
    rng.shuffle(sections)
    return sections


def random_launch(rng):
    sections = random_sections(rng)
    places = [base for base, _, kind in sections if kind == 16] or [0x810000]
    base = rng.choice(places) + rng.choice([0, 0xc00, 0xf50, 0xf51, rng.randrange(4096)])
    entries = [model.area(model.HASH_AREA, base, rng.choice([0x400, 176, 175, 0x400])),
               model.reset_block(rng.choice([0x80b004, rng.getrandbits(32)]))]
    rng.shuffle(entries)
    cpu = model.Cpu(rng.getrandbits(32), rng.choice(VMMS), rng.choice(FPUS), rng.getrandbits(64),
                    rng.random() < 0.5)
    hashes = rng.random() < 0.7 and [rng.randbytes(32) for _ in range(3)]
    image = model.snp_image(rng, sections, entries, 4096 * rng.randrange(1, 5))
    cpus = rng.choice([1, 2, 3, rng.randrange(1, 513)])
    return cpu, cpus, hashes, None, 0, image, rng.randrange(1, 9000)


def every_order(rng):
    """Of a table with a section of every kind, by every launcher, with a kernel and without."""
    base, kinds = 0x800000, (1, 2, 3, 4, 16, 1)
    sections = [(base + 0x1000 * n, 0x1000, kind) for n, kind in enumerate(kinds)]
    entries = [model.area(model.HASH_AREA, base + 0x4c00, 0x400), model.reset_block()]
    for order in itertools.permutations(sections):
        image = model.snp_image(rng, order, entries, 4096)
        for vmm in VMMS:
            cpu = model.Cpu(rng.getrandbits(32), vmm, rng.choice(FPUS), rng.getrandbits(64))
            hashes = rng.random() < 0.5 and [rng.randbytes(32) for _ in range(3)]
            yield cpu, rng.randrange(1, 4), hashes, None, 0, image, 4096


def published_image(vector, folder):
    if vector["mode"] != "snp:metadata":
        return (folder / "../sev" / vector["firmware"]).read_bytes()
    sections = [(int(section["GPA"], 16), int(section["Size"], 16), section["SectionTypeInt"])
                for section in vector["metadata"]]
    entries = [model.area(model.HASH_AREA, 0, 0), model.reset_block(int(vector["reset_eip"], 16))]
    return model.snp_image(random.Random(1), sections, entries, 4096)


def published_launch(vector, folder):
    is_old = vector["ec2_rdx"] == 0  # before EC2 had 0x600 there
    cpu = model.Cpu(0 if is_old else vector["vcpu_signature"] or 0, vector["vmm"].lower(),
                    FPUS[bool(vector["fpu"])], vector["guest_features"], is_old)
    image = published_image(vector, folder)
    kernel, initrd, cmdline = (vector.get(name) for name in ("kernel", "initrd", "cmdline"))
    assert not kernel and not initrd  # none, or an empty file
    hashes = None if kernel is None else [model.sha256(part) for part in (
        kernel.encode(), initrd.encode(), cmdline.encode() + b"\0")]
    return (cpu, vector["vcpus"], hashes, vector["ovmf_hash"], 4096, image,
            4096)


def check_updates(updates):
    """Pages alone, as Google's tests have them."""
    for update in updates:
        kind = {"normal": model.NORMAL, "zero": model.ZERO}[update["type"]]
        data = b"LGTM" * 4 + bytes(3 * 4096 - 32) + b"LGTM" * 4
        size = 4096 * update["pages"] if "pages" in update else None
        digest = model.snp_update(bytes(48), kind, int(update["gpa"], 16),
                                  data if size is None else b"", size)
        assert digest.hex() == update["digest"], update


def check_published(program, folder):
    vectors = json.loads((folder / "launch-digests.json").read_text())
    check_updates(vectors["page_updates"])
    served = [vector for vector in vectors["vectors"] + vectors["must_fail"]
              if "firmware" not in vector or (folder / "../sev" / vector["firmware"]).exists()]
    launches = [published_launch(vector, folder) for vector in served]
    compare(program, launches)
    for vector, line in zip(served, dump(program, launches)):
        assert line == vector.get("digest", "absent"), vector
    print(len(served), "launches are those of", folder.name)
    for vector in vectors["vectors"]:
        if vector not in served:
            print("not served:", vector["mode"], vector["source"], "for want of",
                  vector["firmware"])


def main():
    program = sys.argv[1]
    if len(sys.argv) > 2:
        folder = pathlib.Path(sys.argv[2])
        if not folder.exists():
            print(f"skipped: published vectors are not there: {folder}")
            sys.exit(77)
        check_published(program, folder)
        return
    rng = random.Random(56860)
    launches = [random_launch(rng) for _ in range(400)]
    compare(program, launches)
    ordered = [*every_order(rng)]
    compare(program, ordered)
    print(len(ordered), "launches of", len({launch[5] for launch in ordered}), "images")
    words = [expected(*launch[:-1]) for launch in launches]
    print({word: words.count(word) for word in ("absent", "encoding")}, "of", len(words))


if __name__ == "__main__":
    main()
