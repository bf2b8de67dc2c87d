#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures disk images side by side with the programs that people use today.

usage: disk.py [--build DIR] [--runs N] [--files N] [--keep DIR]

Three questions, each on images that the script makes itself (mkntfs, wimlib-imagex and mtools, no root):
* listing every path with its size, on an NTFS volume of 160,000 files: fls, 7zz, and the bare pass
  over the MFT, which is the floor;
* opening a session on a 3 GB disk: time, memory, and bytes read of the image;
* reading one large file: cat from an ntfs-3g mount (where FUSE works), icat, 7zz.
--keep DIR keeps the images there and uses them again. Times are medians of whole processes.
"""
import argparse
import contextlib
import os
import random
import shutil
import string
import subprocess
import sys
import tempfile

import measure

LARGE_FILE_SIZE = 512 << 20
VOLUME_SIZE = 3 << 30


def quiet(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def random_name(chance):
    """A name like those of WinSxS, which are most of the names of a real installation."""
    letters = string.ascii_lowercase + string.digits
    part = "".join(chance.choices(letters, k=20))
    token = "".join(chance.choices(letters, k=16))
    return f"amd64_{part}_31bf3856ad364e35_10.0.{chance.randrange(10000, 29999)}.1_none_{token}"


def write_tree(root, files):
    chance = random.Random(1)
    directories = max(1, files // 8)
    per_directory = files // directories
    for number in range(directories):
        place = os.path.join(root, "Windows", "WinSxS", random_name(chance))
        os.makedirs(place)
        for item in range(per_directory):
            with open(os.path.join(place, f"file{number}_{item}.dll"), "wb") as file:
                file.write(b"x" * chance.randrange(0, 2000))


def make_volume(path, files, scratch):
    """An NTFS volume with that many files and one large one."""
    tree = os.path.join(scratch, "tree")
    write_tree(tree, files)
    with open(os.path.join(tree, "large.bin"), "wb") as file:
        for _ in range(LARGE_FILE_SIZE >> 20):
            file.write(os.urandom(1 << 20))
    wim = os.path.join(scratch, "tree.wim")
    quiet("wimlib-imagex", "capture", tree, wim, "--compress=none", "--no-acls")
    shutil.rmtree(tree)
    with open(path, "wb") as file:
        file.truncate(VOLUME_SIZE)
    quiet("mkntfs", "-F", "-q", "-Q", path)
    quiet("wimlib-imagex", "apply", wim, "1", path)
    os.remove(wim)


@contextlib.contextmanager
def mounted(volume, scratch):
    """The mount point of an ntfs-3g mount, or None where FUSE does not work."""
    point = os.path.join(scratch, "mount")
    os.makedirs(point, exist_ok=True)
    made = shutil.which("ntfs-3g") and subprocess.run(
        ["ntfs-3g", "-o", "ro", volume, point], stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, check=False).returncode == 0
    try:
        yield point if made else None
    finally:
        if made:
            subprocess.run(["fusermount", "-u", point], check=False)


def installed(commands):
    return {name: command for name, command in commands.items() if shutil.which(command[0])}


def seven_zip():
    return shutil.which("7zz") or shutil.which("7z") or "7zz"


def measure_listing(options, volume):
    casement = os.path.join(options.build, "bin/casement")
    rows = installed({
        "bare pass over the MFT": [os.path.join(options.build, "tests/bench/bench_mft_pass"), volume],
        "casement ls -r": [casement, "ls", "-r", volume],
        "casement ls -r --jsonl": [casement, "ls", "-r", "--jsonl", volume],
        "7zz l": [seven_zip(), "l", volume],
        "fls -r -p": ["fls", "-r", "-p", volume],
    })
    table = measure.side_by_side(options.build, rows, options.runs, slow=("fls -r -p", "7zz l"))
    count = subprocess.run([casement, "ls", "-r", "--names", volume], check=True,
                           stdout=subprocess.PIPE).stdout.count(b"\n")
    print(f"Listing {count} paths with their sizes")
    measure.print_table(table, "casement ls -r",
                        {name: measure.bytes_read(command, volume)
                         for name, command in rows.items() if name not in ("fls -r -p",)})
    print(f"resident memory of ls -r: {table['casement ls -r'].memory * (1 << 20) / count:.0f} "
          "bytes a path\n")


def measure_open(options, disk):
    casement = os.path.join(options.build, "bin/casement")
    rows = {"casement info": [casement, "info", disk]}
    print(f"Opening a session on a disk of {os.path.getsize(disk) / 1e9:.1f} GB")
    measure.print_table(measure.side_by_side(options.build, rows, options.runs), "casement info",
                        {"casement info": measure.bytes_read(rows["casement info"], disk)})
    print()


def measure_reading(options, volume, scratch):
    casement = os.path.join(options.build, "bin/casement")
    listing = subprocess.run(["fls", volume], check=True, stdout=subprocess.PIPE).stdout.decode()
    inode = next(line.split()[1].rstrip(":") for line in listing.splitlines()
                 if line.endswith("\tlarge.bin"))
    with mounted(volume, scratch) as point:
        rows = installed({
            "casement cat": [casement, "cat", volume, "\\large.bin"],
            "icat": ["icat", volume, inode],
            "7zz e -so": [seven_zip(), "e", "-so", volume, "large.bin"],
        })
        if point:
            rows["cat from an ntfs-3g mount"] = ["cat", os.path.join(point, "large.bin")]
        table = measure.side_by_side(options.build, rows, max(3, options.runs // 3))
    print(f"Reading a file of {LARGE_FILE_SIZE >> 20} MiB")
    measure.print_table(table, "casement cat")
    for name, row in table.items():
        print(f"{name}: {LARGE_FILE_SIZE / row.seconds / 1e9:.2f} GB/s")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(measure.SOURCE, "build", "release"))
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--files", type=int, default=160_000)
    parser.add_argument("--keep", help="directory for the images")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = options.keep or scratch
        os.makedirs(place, exist_ok=True)
        volume = os.path.join(place, "volume.ntfs")
        disk = os.path.join(place, "windows_11.raw")
        if not os.path.exists(volume):
            make_volume(volume, options.files, scratch)
        if not os.path.exists(disk):
            quiet(os.path.join(options.build, "bin/casement-fixture"), "windows_11", disk,
                  "--windows-size", "3G")
        measure_listing(options, volume)
        measure_open(options, disk)
        measure_reading(options, volume, scratch)
    return 0


if __name__ == "__main__":
    sys.exit(main())
