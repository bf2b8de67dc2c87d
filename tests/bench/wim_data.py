#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the WIM that wim.py measures: a Windows with a component store of 160,000 files, about 1 GB.

usage: wim_data.py DIRECTORY [--build DIR] [--files N] [--size BYTES] [--threads N]

DIRECTORY/install.wim: LZX, chunks of 32 KiB, by wimlib-imagex. Names are like those of WinSxS, one
file in eight has a second name where Windows has it, sizes are log-normal with a few large ones. Contents are
slices of this machine's own programs and texts, so that they shrink as real ones do, and some noise.
The same machine gives the same tree. What is there already is kept.
"""
import argparse
import os
import random
import shutil
import string
import subprocess
import sys
import tempfile

import measure

POOL_SIZE = 600 << 20
LARGE_FILES = 24
LARGEST = 32 << 20
MEDIAN_SIZE = 1400
BINARY_PLACES = ("/usr/lib", "/usr/bin")
TEXT_PLACES = ("/usr/share", "/usr/include", "/usr/lib/python3")
TEXT_ENDINGS = (".txt", ".py", ".h", ".xml", ".html", ".json", ".pl", ".pm", ".po", ".rst")


def random_component(chance):
    """A name like those of WinSxS, which are most of the names of a real installation."""
    letters = string.ascii_lowercase + string.digits
    part = "-".join("".join(chance.choices(letters, k=7)) for _ in range(3))
    token = "".join(chance.choices("0123456789abcdef", k=16))
    build = chance.randrange(1, 4000)
    return (f"amd64_microsoft-windows-{part}_31bf3856ad364e35_10.0.22621.{build}_none_{token}")


def random_file_name(chance, text):
    ending = chance.choice((".xml", ".inf", ".txt", ".mof", ".psd1") if text else
                           (".dll", ".dll", ".dll", ".sys", ".exe", ".mui", ".cat"))
    return "".join(chance.choices(string.ascii_lowercase, k=chance.randrange(5, 13))) + ending


class Pool:
    """Slices of files of this machine."""

    def __init__(self, places, wanted, chance):
        files = []
        for place in places:
            for directory, directories, names in os.walk(place):
                directories.sort()
                files += [os.path.join(directory, name) for name in sorted(names) if wanted(name)]
        chance.shuffle(files)
        self.bytes = bytearray()
        for path in files:
            if len(self.bytes) >= POOL_SIZE // 2:
                break
            if os.path.isfile(path) and not os.path.islink(path) and os.access(path, os.R_OK):
                with open(path, "rb") as file:
                    self.bytes += file.read(16 << 20)

    def slice(self, chance, size):
        if size >= len(self.bytes):
            return bytes(self.bytes) or chance.randbytes(size)
        start = chance.randrange(len(self.bytes) - size)
        return bytes(self.bytes[start:start + size])


class Contents:
    def __init__(self, chance):
        self.chance = chance
        self.text = Pool(TEXT_PLACES, lambda name: name.endswith(TEXT_ENDINGS), chance)
        self.binary = Pool(BINARY_PLACES, lambda name: ".so" in name or "." not in name, chance)

    def make(self, size, text):
        if text:
            return self.text.slice(self.chance, size)
        if self.chance.random() < 0.1:
            return self.chance.randbytes(size)
        return (b"MZ\x90\0" + self.binary.slice(self.chance, size))[:size]


def sizes_of(chance, files, total):
    """Log-normal, scaled so that all together give what the large files leave."""
    large = [chance.randrange(LARGEST // 8, LARGEST) for _ in range(LARGE_FILES)]
    drawn = [chance.lognormvariate(0, 1.4) for _ in range(files)]
    rest = max(total - sum(large), files * MEDIAN_SIZE // 2)
    scale = rest / sum(drawn)
    return [int(size * scale) for size in drawn], large


def write_file(path, content):
    with open(path, "wb") as file:
        file.write(content)


def second_place(chance, windows):
    """Where Windows has the other name of a file of the store: about 4,500 of 20,000 lie in System32
    itself, as on a Windows 11."""
    roll = chance.random()
    for share, place in ((0.22, "System32"), (0.37, "SysWOW64"), (0.47, "System32/en-US"),
                         (0.55, "SysWOW64/en-US"), (0.58, "System32/drivers")):
        if roll < share:
            return os.path.join(windows, place)
    return os.path.join(windows, "System32/DriverStore/FileRepository",
                        f"driver{chance.randrange(500)}.inf_amd64")


def write_tree(root, files, total):
    chance = random.Random(20_240_115)
    contents = Contents(chance)
    small, large = sizes_of(chance, files, total)
    store = os.path.join(root, "Windows", "WinSxS")
    system = os.path.join(root, "Windows", "System32")
    os.makedirs(system, exist_ok=True)
    place = None
    left = 0
    for number, size in enumerate(small):
        if left == 0:
            left = chance.randrange(1, 16)
            place = os.path.join(store, random_component(chance))
            os.makedirs(place, exist_ok=True)
        left -= 1
        text = chance.random() < 0.3
        path = os.path.join(place, f"{number}{random_file_name(chance, text)}")
        write_file(path, contents.make(size, text))
        if number % 8 == 0:
            other = second_place(chance, os.path.join(root, "Windows"))
            os.makedirs(other, exist_ok=True)
            os.link(path, os.path.join(other, os.path.basename(path)))
    for number, size in enumerate(large):
        write_file(os.path.join(system, f"large{number}.dll"), contents.make(size, False))


def make(directory, build, files=160_000, total=1_000_000_000, threads=1):
    """The path of the WIM, made when it is not there."""
    wim = os.path.join(directory, "install.wim")
    if os.path.exists(wim):
        return wim
    os.makedirs(directory, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=directory) as scratch:
        tree = os.path.join(scratch, "tree")
        subprocess.run([os.path.join(build, "bin/casement-fixture"), "windows_11", tree],
                       check=True, stdout=subprocess.DEVNULL)
        write_tree(tree, files, total)
        unfinished = os.path.join(scratch, "install.wim")
        subprocess.run(["wimlib-imagex", "capture", tree, unfinished, "Windows 11 Pro",
                        "--compress=LZX:20", "--no-acls", f"--threads={threads}"], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(tree)
        os.rename(unfinished, wim)
    return wim


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("directory")
    parser.add_argument("--build", default=os.path.join(measure.SOURCE, "build", "release"))
    parser.add_argument("--files", type=int, default=160_000)
    parser.add_argument("--size", type=int, default=1_000_000_000)
    parser.add_argument("--threads", type=int, default=1, help="of the compressor")
    options = parser.parse_args()
    print(make(options.directory, options.build, options.files, options.size, options.threads))
    return 0


if __name__ == "__main__":
    sys.exit(main())
