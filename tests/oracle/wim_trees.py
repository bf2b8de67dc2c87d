#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the trees of WIM images with what wimlib-imagex shows of them.

usage: wim_trees.py WIM_TREE_LINES [REAL_DATA]

Images are captured from NTFS volumes made by mkntfs (hard links, 8.3 names where a volume can be
mounted, named streams, security descriptors), from directories with links, and changed by
`wimlib-imagex update`; every codec is used. Paths, attributes, times, short names, descriptors,
tags, link counts, streams, their sizes and the SHA-1 of the bytes that are read must agree, and a
scan must give what a walk gives. Exit 77: wimlib-imagex or mkntfs is missing.
"""
import calendar
import contextlib
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

EPOCH_SECONDS = 11644473600
NO_HASH = "0" * 40
EMPTY_HASH = "da39a3ee5e6b4b0d3255bfef95601890afd80709"
NAMES = ["plain.txt", "straße", "ÿŸ", "Ω omega ω.txt", "я Я.bin", "日本語", "\U0001F600 smile",
         "a" * 255, "trailing.", "semi;colon", "ﬀ ligature"]
# Samples that must not be taken for sound, and what a scan says of them.
BAD_SAMPLES = {"wimlib/cyclic.wim": "a directory that it lies in",
               "wimlib/dotdot.wim": "the name of the directory itself",
               "wimlib/duplicate_names.wim": "the name of an entry before it",
               "managedwimlib/VerifyFail.wim": "no LZX chunk"}
DAMAGED_CONTENT = {"wimlib/corrupted_file_1.wim", "wimlib/corrupted_file_2.wim"}


def run(*command, check=True):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if check and result.returncode != 0:
        raise RuntimeError(f"{command}: {result.stderr.decode(errors='replace')[-2000:]}")
    return result.stdout.decode("utf-8", "surrogateescape")


def ticks(text):
    """Whole seconds of "Sun Nov 22 14:45:35 2026 UTC" as 100 ns since 1601; the rest is not shown."""
    return (calendar.timegm(time.strptime(text, "%a %b %d %H:%M:%S %Y UTC")) + EPOCH_SECONDS)


class Stream:
    def __init__(self, kind, name):
        self.kind = kind  # "data", "reparse"
        self.name = name
        self.hash = NO_HASH
        self.size = 0


class Entry:
    """One block of `wimlib-imagex dir --detailed`."""

    def __init__(self, block):
        self.streams = []
        self.security = ""
        self.tag = 0
        for line in block.split("\n"):
            line = line.strip()
            if match := re.fullmatch(r'(Full Path|Short Name) += "(.*)"', line, re.DOTALL):
                if match[1] == "Full Path":
                    self.path = match[2]
                else:
                    self.short = match[2]
            elif match := re.fullmatch(r"Named data stream \"(.*)\":", line):
                self.streams.append(Stream("data", match[1]))
            elif line in ("Unnamed data stream:", "Raw encrypted data stream:"):
                self.streams.append(Stream("data", ""))
            elif line == "Reparse point stream:":
                self.streams.append(Stream("reparse", ""))
            elif match := re.fullmatch(r"([A-Za-z -]+?) += (.*)", line):
                self.take(match[1], match[2])

    def take(self, key, value):
        if key == "Attributes":
            self.attributes = int(value, 16)
        elif key == "Security Descriptor":
            self.security = value
        elif key == "Creation Time":
            self.created = ticks(value)
        elif key == "Last Write Time":
            self.modified = ticks(value)
        elif key == "Last Access Time":
            self.accessed = ticks(value)
        elif key == "Reparse Tag":
            self.tag = int(value, 16)
        elif key == "Link Count":
            self.links = int(value)
        elif key == "Hash":
            self.streams[-1].hash = value.removeprefix("0x")
        elif key == "Uncompressed size":
            self.streams[-1].size = int(value.split()[0])

    @property
    def is_directory(self):
        return self.attributes & 0x10 != 0

    def line(self):
        """As wim_tree_lines prints it, with seconds for times."""
        size = 0 if self.is_directory else sum(s.size for s in self.streams
                                               if s.kind == "data" and s.name == "")
        return (self.path, self.short, self.attributes or 0x80, self.created, self.modified,
                self.accessed, self.tag, self.links, size, self.security)

    def content(self):
        """The streams as wim_tree_lines prints them."""
        lines = set()
        if not self.is_directory and not any(s.kind == "data" and s.name == ""
                                             for s in self.streams):
            lines.add((EMPTY_HASH, 0, f"{self.path}:"))
        for stream in self.streams:
            digest = EMPTY_HASH if stream.hash == NO_HASH else stream.hash
            if stream.kind == "reparse":
                lines.add((digest, stream.size, f"{self.path}\treparse"))
            elif stream.name or not self.is_directory:
                lines.add((digest, stream.size, f"{self.path}:{stream.name}"))
        return lines


def entries_of_wimlib(wim, image, references):
    text = run("wimlib-imagex", "dir", wim, str(image), "--detailed",
               *(f"--ref={name}" for name in references))
    blocks = re.split(r"^-{76}\n", text, flags=re.MULTILINE)[1:]
    return [Entry(block) for block in blocks]


def compare(what, ours, theirs):
    if ours != theirs:
        raise AssertionError(f"{what}: only here {sorted(ours - theirs)[:4]}, "
                             f"only there {sorted(theirs - ours)[:4]}")


class Checker:
    def __init__(self, program):
        self.program = program
        self.images = 0
        self.entries = 0

    def lines(self, wim, image, mode):
        return [line.split("\t") for line in
                run(self.program, wim, str(image), mode).splitlines()]

    def check(self, wim, image=1, references=(), content=True, reparse=True):
        theirs = entries_of_wimlib(wim, image, references)
        scanned = self.lines(wim, image, "scan")
        walked = self.lines(wim, image, "walk")
        if sorted(scanned) != sorted(walked):
            raise AssertionError(f"{wim}: scan and walk differ")
        def seconds(text):
            return int(text) // 10**7

        ours = {(path, short, int(attributes, 16), seconds(created), seconds(modified),
                 seconds(accessed), int(tag, 16), int(links), int(size), security)
                for (path, short, attributes, created, modified, accessed, tag, links, size, _,
                     security) in scanned}
        compare(f"{wim} image {image}", ours, {entry.line() for entry in theirs})
        self.check_streams(wim, image, theirs, content, reparse)
        found = int(run(self.program, wim, str(image), "lookup"))
        if found != len(theirs) - 1:
            raise AssertionError(f"{wim}: {found} of {len(theirs) - 1} entries were found by name")
        self.images += 1
        self.entries += len(theirs)

    def check_streams(self, wim, image, theirs, content, reparse):
        ours = set()
        for digest, size, path, *kind in self.lines(wim, image, "content"):
            ours.add((digest, int(size), f"{path}\treparse" if kind else path))
        expected = set().union(*(entry.content() for entry in theirs))

        def drop(lines):
            kept = {line for line in lines if reparse or not line[2].endswith("\treparse")}
            return kept if content else {line[1:] for line in kept}

        compare(f"{wim} image {image}, streams", drop(ours), drop(expected))


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def make_tree(root, seed):
    dice = random.Random(seed)
    for name in NAMES:
        write(f"{root}/{name}", dice.randbytes(dice.randrange(3000)))
    for size in (0, 1, 32767, 32768, 32769, 100_001):
        write(f"{root}/size {size}", dice.randbytes(size))
    many = f"{root}/many"
    os.mkdir(many)
    for number in range(500):
        write(f"{many}/{dice.choice('abcdeXYZ')}{dice.randrange(10**9)} {number}",
              dice.randbytes(dice.randrange(200)))
    deep = root
    for level in range(60):
        deep += f"/level {level}"
        os.mkdir(deep)
    write(f"{deep}/bottom", b"bottom")
    os.mkdir(f"{root}/links")
    for number in range(20):
        os.link(f"{root}/size 32769", f"{root}/links/link {number}")
    os.symlink("../plain.txt", f"{root}/links/relative")
    os.symlink("/many", f"{root}/links/outside")
    os.symlink(f"{root}/many", f"{root}/links/inside")
    os.mkdir(f"{root}/empty")


@contextlib.contextmanager
def mounted(volume, directory):
    os.mkdir(directory)
    result = subprocess.run(["ntfs-3g", "-o", "streams_interface=windows", volume, directory],
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    try:
        yield result.returncode == 0
    finally:
        if result.returncode == 0:
            subprocess.run(["umount", directory], check=True)
        os.rmdir(directory)


def make_volume(path, tree, work):
    """An NTFS volume with the tree in it, 8.3 names and named streams."""
    with open(path, "wb") as file:
        file.truncate(80 << 20)
    run("mkntfs", "-q", "-F", path)
    run("wimlib-imagex", "capture", tree, f"{work}/tree.wim", "--compress=none", "--norpfix")
    run("wimlib-imagex", "apply", f"{work}/tree.wim", path)
    write(f"{work}/stream", b"[ZoneTransfer]\r\n" * 100)
    for target in ("plain.txt", "many", "size 0", "links/link 3"):
        run("ntfscp", "-q", "-N", "Zone.Identifier", path, f"{work}/stream", target)
    with mounted(path, f"{work}/mount") as usable:
        if usable:
            for number, name in enumerate(NAMES):
                # Refused for names that are 8.3 names themselves.
                subprocess.run(["setfattr", "-n", "system.ntfs_dos_name", "-v", f"NAME~{number}",
                                f"{work}/mount/{name}"], stderr=subprocess.DEVNULL, check=False)


def check_captures(checker, work):
    tree = f"{work}/tree"
    os.mkdir(tree)
    make_tree(tree, 7)
    volume = f"{work}/volume.img"
    make_volume(volume, tree, work)
    for codec in ("none", "xpress", "lzx", "lzms"):
        wim = f"{work}/{codec}.wim"
        run("wimlib-imagex", "capture", volume, wim, "volume", f"--compress={codec}", "--norpfix")
        run("wimlib-imagex", "append", tree, wim, "tree", "--rpfix", "--unix-data")
        checker.check(wim, 1)
        # Link targets inside the image are made relative to its root; the data differ then.
        checker.check(wim, 2, reparse=False)
    targets = {path: kind[0].removeprefix("reparse ")
               for _, _, path, *kind in checker.lines(f"{work}/lzx.wim", 2, "content") if kind}
    if targets["/links/inside"] != "\\many" or targets["/links/relative"] != "..\\plain.txt":
        raise AssertionError(f"link targets: {targets}")
    check_changed(checker, f"{work}/lzx.wim", work)


def check_changed(checker, wim, work):
    """What `update` writes, a solid file, a pipable one and a split one."""
    commands = "delete /many --recursive\nrename '/size 1' '/Size One'\n" \
               f"add '{work}/stream' '/level 0/added'\nadd '{work}/tree/many' '/again'\n"
    subprocess.run(["wimlib-imagex", "update", wim, "1"], input=commands.encode(),
                   stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    checker.check(wim, 1)
    run("wimlib-imagex", "export", wim, "1", f"{work}/solid.esd", "--solid")
    checker.check(f"{work}/solid.esd")
    run("wimlib-imagex", "export", wim, "1", f"{work}/pipe.wim", "--pipable")
    checker.check(f"{work}/pipe.wim")
    run("wimlib-imagex", "split", wim, f"{work}/part.swm", "0.05")
    parts = f"{work}/part*.swm"
    checker.check(f"{work}/part.swm", 1, references=(parts,))


def check_samples(checker, folder):
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(place, name)
            sample = os.path.relpath(path, folder)
            if name.endswith("2.swm") or not name.endswith((".wim", ".swm", ".esd")):
                continue
            if sample in BAD_SAMPLES:
                result = subprocess.run([checker.program, path, "1", "scan"],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                                        check=False)
                if result.returncode != 1 or BAD_SAMPLES[sample] not in result.stderr.decode():
                    raise AssertionError(f"{sample}: {result.stderr.decode()}")
                continue
            images = int(re.search(r"Image Count: +(\d+)", run("wimlib-imagex", "info", path))[1])
            references = (path.removesuffix(".swm") + "*.swm",) if name.endswith(".swm") else ()
            for image in range(1, images + 1):
                checker.check(path, image, references, content=sample not in DAMAGED_CONTENT)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if not all(shutil.which(tool) for tool in ("wimlib-imagex", "mkntfs", "ntfscp")):
        print("wimlib-imagex, mkntfs or ntfscp is not installed")
        sys.exit(77)
    checker = Checker(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        check_captures(checker, work)
    folder = os.path.join(sys.argv[2], "wim") if len(sys.argv) > 2 else ""
    if os.path.isdir(folder):
        check_samples(checker, folder)
    print(f"{checker.images} images with {checker.entries} entries agree")


if __name__ == "__main__":
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    main()
