#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares WIM files of every layout with wimlib-imagex.

usage: wim_files.py WIM_LINES

wimlib-imagex captures one tree with every compression, chunk size and layout that it knows: solid,
pipable, split, delta, with integrity tables. What we say of the file must be what `info` says, what
we say of each blob what `info --blobs` says; each blob must have its SHA-1, whatever the size of
the reads; and a verification must be good, or find exactly what was damaged, as `verify` does.
Exit 77: wimlib-imagex is missing.
"""
import hashlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

LAYOUTS = [
    "--compress=none", "--compress=none --check", "--compress=xpress", "--compress=lzx",
    "--compress=lzms", "--compress=xpress --chunk-size=4096", "--compress=xpress --chunk-size=8192",
    "--compress=xpress --chunk-size=65536", "--compress=lzx --chunk-size=65536",
    "--compress=lzx --chunk-size=2097152 --check", "--compress=lzms --chunk-size=32768",
    "--compress=lzms --chunk-size=2097152", "--compress=none --pipable",
    "--compress=xpress --pipable --check", "--compress=lzx --pipable",
    "--compress=lzms --pipable", "--solid", "--solid --check --solid-chunk-size=131072",
    "--solid --solid-compress=lzx", "--solid --solid-compress=lzx --solid-chunk-size=32768",
    "--solid --solid-compress=xpress --solid-chunk-size=4096", "--wimboot",
]
READS = [0, 4096, 100_003]  # bytes at a time; 0: all


def run(*command, check=True, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                            **options)
    if check and result.returncode != 0:
        raise RuntimeError(f"{command}: {result.stderr.decode(errors='replace')[-2000:]}")
    return result


def text_of(*command, **options):
    return run(*command, **options).stdout.decode()


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def make_tree(root, seed):
    """Files around the borders of chunks, of all kinds of content."""
    dice = random.Random(seed)
    words = [bytes(dice.choices(b"abcdefghijklmnop \n", k=dice.randrange(2, 9)))
             for _ in range(400)]

    def text(size):
        return b"".join(dice.choices(words, k=size // 3 + 2))[:size]

    for size in (1, 2, 3, 100, 4095, 4096, 4097, 32767, 32768, 32769, 65535, 65536, 65537, 131072,
                 131073, 300_001, 2097151, 2097153):
        write(f"{root}/text/{size}", text(size))
        write(f"{root}/noise/{size}", dice.randbytes(size))
        write(f"{root}/zeros/{size}", bytes(size))
    write(f"{root}/mixed", b"".join(text(40_000) + dice.randbytes(40_000) for _ in range(8)))
    write(f"{root}/empty", b"")
    for number in range(150):
        content = text(dice.randrange(1, 3000))
        write(f"{root}/many/{number}", content)
        if number % 10 == 0:
            write(f"{root}/copies/{number}", content)


def blobs_of(path, *references):
    """{SHA-1: facts} of the blobs of files, as wimlib-imagex tells them."""
    blobs = {}
    listing = text_of("wimlib-imagex", "info", path, "--blobs")
    for record in re.split(r"\n(?=Hash )", listing):
        facts = dict(re.findall(r"^(\S[^=\n]*?)\s*= (.*?)\s*$", record, re.MULTILINE))
        if "Hash" not in facts or "METADATA" in facts["Flags"]:
            continue
        solid = "Solid resource" in facts
        blobs[facts["Hash"].removeprefix("0x")] = (
            int(facts["Uncompressed size"].split()[0]),
            0 if solid else int(facts["Compressed size"].split()[0]),
            int(facts["Reference Count"]), int(facts["Part Number"]),
            solid or "COMPRESSED" in facts["Flags"], solid)
    return blobs


def facts_of(path):
    """What `info` says, in the names of wim_lines."""
    listing = text_of("wimlib-imagex", "info", path)
    facts = dict(re.findall(r"^([A-Z][^:\n]*?):\s+(.*?)\s*$", listing.split("Available")[0],
                            re.MULTILINE))
    raw = bytes.fromhex(facts["GUID"].removeprefix("0x"))
    guid = (f"{raw[3::-1].hex()}-{raw[5:3:-1].hex()}-{raw[7:5:-1].hex()}-{raw[8:10].hex()}-"
            f"{raw[10:].hex()}")
    return {"guid": guid, "images": facts["Image Count"],
            "compression": facts["Compression"].split()[0].replace("None", "none"),
            "chunk size": facts["Chunk Size"].split()[0].replace("N/A", "0"),
            "part": facts["Part Number"], "boot index": facts["Boot Index"],
            "version": facts["Version"],
            "integrity": str("Integrity info" in facts["Attributes"]).lower(),
            "pipable": str("Pipable" in facts["Attributes"]).lower(),
            "rpfix": str("Relative path junction" in facts["Attributes"]).lower()}


def images_of(path):
    listing = text_of("wimlib-imagex", "info", path)
    images = []
    for record in re.split(r"\n(?=Index: )", listing)[1:]:
        facts = dict(re.findall(r"^([A-Z][^:\n]*?): *(.*?)\s*$", record, re.MULTILINE))
        images.append([facts["Index"], facts["Name"], facts.get("Description", ""),
                       facts["Directory Count"], facts["File Count"], facts["Total Bytes"]])
    return images


class Reader:
    """wim_lines on one file."""

    def __init__(self, program, path):
        self.program = program
        self.path = path

    def info(self):
        lines = [line.split("\t") for line in
                 text_of(self.program, self.path, "info").splitlines()]
        facts = {line[0]: line[1] for line in lines if line[0] not in ("image", "file")}
        return facts, [line[1:7] for line in lines if line[0] == "image"]

    def blobs(self, hashes, piece):
        """{SHA-1: facts}, after their contents were compared with it."""
        result = run(self.program, self.path, "blobs", str(piece),
                     input="\n".join(hashes).encode())
        blobs = {}
        for line in result.stdout.decode().splitlines():
            name, *facts = line.split("\t")
            if facts == ["missing"]:
                continue
            size, stored, references, part, compressed, solid, found = facts
            assert found == name, f"{self.path}: blob {name} has the SHA-1 {found}"
            blobs[name] = (int(size), int(stored), int(references), int(part),
                           compressed == "true", solid == "true")
        return blobs

    def verify(self, threads=0):
        """Exit code and lines of a verification."""
        result = run(self.program, self.path, "verify", str(threads), check=False)
        assert result.returncode in (0, 1), result.stderr.decode()
        return result.returncode, [line.split("\t") for line in
                                   result.stdout.decode().splitlines()]


def check_file(program, path, parts=()):
    reader = Reader(program, path)
    facts, images = reader.info()
    expected = facts_of(path)
    ours = {key: facts[key] for key in expected}
    assert ours == expected, f"{path}: {ours}, wimlib-imagex: {expected}"
    assert images == images_of(path), f"{path}: {images}, wimlib-imagex: {images_of(path)}"
    blobs = {}
    for part in parts or [path]:
        blobs.update(blobs_of(part))
    assert len(blobs) > 100, "too few blobs were compared"
    for piece in READS:
        found = reader.blobs(blobs, piece)
        assert found == blobs, f"{path}: {set(found.items()) ^ set(blobs.items())}"
    for threads in (1, 2, 5):
        code, lines = reader.verify(threads)
        assert code == 0, f"{path}: {lines[:10]}"
    assert run("wimlib-imagex", "verify", path, *(f"--ref={part}" for part in parts if part != path),
               check=False).returncode == 0
    return len(blobs)


def check_damage(program, path, work, seed):
    """One changed byte in each of some blobs: exactly those are found."""
    blobs = []
    for record in re.split(r"\n(?=Hash )", text_of("wimlib-imagex", "info", path, "--blobs")):
        facts = dict(re.findall(r"^(\S[^=\n]*?)\s*= (.*?)\s*$", record, re.MULTILINE))
        if "Hash" in facts and "METADATA" not in facts["Flags"] and "Solid resource" not in facts:
            blobs.append((facts["Hash"].removeprefix("0x"), int(facts["Offset in WIM"].split()[0]),
                          int(facts["Compressed size"].split()[0])))
    dice = random.Random(seed)
    chosen = dice.sample(blobs, 5)
    damaged = f"{work}/damaged.wim"
    shutil.copy(path, damaged)
    with open(damaged, "r+b") as file:
        for _, offset, size in chosen:
            at = offset + size - 1 - dice.randrange(min(size, 20))
            file.seek(at)
            byte = file.read(1)[0]
            file.seek(at)
            file.write(bytes([byte ^ 0x80]))
    code, lines = Reader(program, damaged).verify()
    found = {line[1] for line in lines if line[0] == "damaged"}
    wanted = {name for name, _, _ in chosen}
    # The last bits of a chunk may be padding: then nothing is damaged, and wimlib-imagex agrees.
    assert found <= wanted, f"{path}: sound blobs were said to be damaged: {found - wanted}"
    theirs = run("wimlib-imagex", "verify", damaged, "--nocheck", check=False).returncode
    assert (code == 0) == (theirs == 0) or "chunk" in {line[0] for line in lines}, \
        f"{path}: we say {code}, wimlib-imagex {theirs}"
    uses = [line for line in lines if line[0] == "use"]
    assert len(uses) >= len(found), f"{path}: {len(uses)} uses of {len(found)} blobs"
    return len(found)


def check_delta(program, base, work, tree):
    write(f"{tree}/only in the delta", b"delta" * 1000)
    delta = f"{work}/delta.wim"
    run("wimlib-imagex", "capture", tree, delta, "delta", f"--delta-from={base}")
    os.remove(f"{tree}/only in the delta")
    code, lines = Reader(program, delta).verify()
    missing = {line[1] for line in lines if line[0] == "missing"}
    expected = set(blobs_of(base)) - set(blobs_of(delta))
    assert code == 1 and missing == expected, f"delta: {len(missing)}, expected {len(expected)}"
    assert hashlib.sha1(b"delta" * 1000).hexdigest() not in missing
    return len(missing)


def check_split(program, base, work):
    run("wimlib-imagex", "split", base, f"{work}/split.swm", "2")
    parts = sorted(f"{work}/{name}" for name in os.listdir(work) if name.startswith("split"))
    assert len(parts) > 2, parts
    blobs = {}
    for part in parts:
        blobs.update(blobs_of(part))
    for part in parts:
        reader = Reader(program, part)
        assert reader.blobs(blobs, 0).keys() == blobs.keys(), part
        code, lines = reader.verify()
        assert code == 0, f"{part}: {lines[:10]}"
    os.remove(f"{work}/split3.swm")
    code, lines = Reader(program, f"{work}/split.swm").verify()
    assert code == 1 and any(line[0] == "missing" for line in lines), lines[:10]
    return len(parts)


def main():
    program = sys.argv[1]
    if shutil.which("wimlib-imagex") is None:
        print("skipped: wimlib-imagex is not installed")
        return 77
    work = tempfile.mkdtemp(prefix="casement-wim-")
    try:
        tree = f"{work}/tree"
        make_tree(tree, 7)
        for number, layout in enumerate(LAYOUTS):
            path = f"{work}/{number}.wim"
            run("wimlib-imagex", "capture", tree, path, "The Tree", "its description",
                *layout.split())
            count = check_file(program, path)
            damaged = check_damage(program, path, work, number) if "solid" not in layout else "-"
            print(f"{layout}: {count} blobs, {damaged} damaged ones found")
            if number != 3:
                os.remove(path)
        base = f"{work}/3.wim"
        print(f"delta: {check_delta(program, base, work, tree)} blobs missing")
        print(f"split: {check_split(program, base, work)} parts")
    finally:
        shutil.rmtree(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
