#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures WIM files side by side with wimlib-imagex and 7zz.

usage: wim.py [--build DIR] [--runs N] [--keep DIR] [--wim FILE [--file PATH] [--large PATH]]

Questions: opening an image and listing one directory; listing every path; reading a small and a large
file; checking every content. Each row is a whole process with a warm page cache; the programs take
turns; times are medians. The WIM is made by wim_data.py (160,000 files, 1 GB; --keep DIR keeps it
there and uses it again), or is FILE, of which image 1 is measured. Rows whose program is missing or
fails are left out, with a line that says so. Prints Markdown.
"""
import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

import measure
import wim_data

DIRECTORY = "\\Windows\\System32\\config"
SMALL_FILE = "\\Windows\\System32\\config\\SOFTWARE"
LARGE_FILE = "\\Windows\\System32\\large0.dll"
SLOW_RUNS = 3


def works(command):
    """Whether the row can be measured; says why not. One run, which also warms the cache."""
    if not shutil.which(command[0]):
        print(f"left out, not installed: {command[0]}")
        return False
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        last = done.stderr.decode(errors="replace").strip().splitlines()[-1:] or [""]
        print(f"left out, exit code {done.returncode}: {' '.join(command)}: {last[0]}")
    return done.returncode == 0


def slashes(path):
    return path.replace("\\", "/")


def seven_zip():
    return shutil.which("7zz") or shutil.which("7z") or "7zz"


class Bench:
    def __init__(self, options, wim):
        self.options = options
        self.wim = wim
        self.casement = os.path.join(options.build, "bin/casement")

    def table(self, title, commands, base, slow=(), runs=None, note=None):
        rows = {name: command for name, command in commands.items() if works(command)}
        if not rows:
            return {}
        table = measure.side_by_side(self.options.build, rows, runs or self.options.runs, slow,
                                     SLOW_RUNS)
        read = {name: measure.bytes_read(command, self.wim) for name, command in rows.items()}
        measure.print_markdown(title, table, base, read, note(table) if note else None)
        return table

    def opening(self):
        self.table("Opening, and listing one directory", {
            "casement info": [self.casement, "info", self.wim],
            "casement ls DIRECTORY": [self.casement, "ls", self.wim, self.options.directory],
            "wimlib-imagex info": ["wimlib-imagex", "info", self.wim],
            "wimlib-imagex dir": ["wimlib-imagex", "dir", self.wim, "1"],
            "wimlib-imagex dir --path": ["wimlib-imagex", "dir", self.wim, "1",
                                         f"--path={slashes(self.options.directory)}"],
            "7zz l DIRECTORY": [seven_zip(), "l", self.wim,
                                slashes(self.options.directory).lstrip("/")],
        }, "casement info")
        self.metadata_decoded()

    def metadata_decoded(self):
        """What the engine says of its own work, where it does."""
        done = subprocess.run([self.casement, "info", "--json", self.wim], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
        try:
            found = find_key(json.loads(done.stdout), self.options.metadata_key)
        except ValueError:
            found = None
        if found is not None:
            print(f"\nmetadata bytes decoded by `casement info`: {found:,}")

    def listing(self):
        table = self.table("Listing every path", {
            "casement ls -r": [self.casement, "ls", "-r", self.wim],
            "casement ls -r --names": [self.casement, "ls", "-r", "--names", self.wim],
            "casement ls -r --jsonl": [self.casement, "ls", "-r", "--jsonl", self.wim],
            "wimlib-imagex dir": ["wimlib-imagex", "dir", self.wim, "1"],
            "7zz l": [seven_zip(), "l", self.wim],
        }, "casement ls -r", slow=("7zz l",))
        if "casement ls -r --names" in table:
            names = subprocess.run([self.casement, "ls", "-r", "--names", self.wim], check=True,
                                   stdout=subprocess.PIPE).stdout.count(b"\n")
            memory = table["casement ls -r --names"].memory * (1 << 20) / names
            print(f"\n{names:,} paths; {memory:.0f} bytes of resident memory a path")

    def reading(self, title, path):
        # Nobody reads what wimlib and 7zz print, so that all write to the same place.
        rows = {
            "casement cat": [self.casement, "cat", self.wim, path],
            "wimlib-imagex extract": ["wimlib-imagex", "extract", self.wim, "1", slashes(path),
                                      "--to-stdout"],
            "7zz e -so": [seven_zip(), "e", "-so", self.wim, slashes(path).lstrip("/")],
        }
        size = self.size_of(path)

        def speed(table):
            return {name: f"{size / row.seconds / 1e6:.0f} MB/s" for name, row in table.items()}

        self.table(f"{title}: {size:,} bytes", rows, "casement cat",
                   note=speed if size > 1 << 20 else None)

    def size_of(self, path):
        return len(subprocess.run(["wimlib-imagex", "extract", self.wim, "1", slashes(path),
                                   "--to-stdout"], check=True, stdout=subprocess.PIPE,
                                  stderr=subprocess.DEVNULL).stdout)

    def checking(self):
        size = os.path.getsize(self.wim)

        def speed(table):
            return {name: f"{size / row.seconds / 1e6:.0f} MB/s of the file"
                    for name, row in table.items()}

        self.table("Checking every content", {
            "casement verify": [self.casement, "verify", self.wim],
            "wimlib-imagex verify": ["wimlib-imagex", "verify", self.wim],
            "7zz t": [seven_zip(), "t", self.wim],
        }, "casement verify", runs=SLOW_RUNS, note=speed)


def find_key(value, key):
    """The first value of that name anywhere in a JSON document."""
    if isinstance(value, dict):
        if key in value:
            return value[key]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            found = find_key(item, key)
            if found is not None:
                return found
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(measure.SOURCE, "build", "release"))
    parser.add_argument("--runs", type=int, default=11)
    parser.add_argument("--keep", help="directory of the generated WIM")
    parser.add_argument("--wim", help="another WIM to measure")
    parser.add_argument("--directory", default=DIRECTORY)
    parser.add_argument("--file", default=SMALL_FILE)
    parser.add_argument("--large", help="a large file (default: one of the generated WIM)")
    parser.add_argument("--metadata-key", default="metadata_bytes_decoded",
                        help="the field of casement info --json to print where it is there")
    parser.add_argument("--only", choices=("opening", "listing", "reading", "checking"))
    options = parser.parse_args()
    large = options.large or (None if options.wim else LARGE_FILE)
    with tempfile.TemporaryDirectory() as scratch:
        wim = options.wim or wim_data.make(options.keep or scratch, options.build)
        bench = Bench(options, wim)
        print(f"{os.path.basename(wim)}: {os.path.getsize(wim):,} bytes; "
              f"{os.cpu_count()} processors")
        steps = {
            "opening": bench.opening,
            "listing": bench.listing,
            "reading": lambda: [bench.reading(title, path) for title, path in
                                (("Reading a small file", options.file),
                                 ("Reading a large file", large)) if path],
            "checking": bench.checking,
        }
        for name, step in steps.items():
            if options.only in (None, name):
                step()
    return 0


if __name__ == "__main__":
    sys.exit(main())
