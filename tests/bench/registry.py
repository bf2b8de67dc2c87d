#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures reading a whole registry hive, side by side with reglookup, regfexport and hivexml.

usage: registry.py [--build DIR] [--runs N] [--hive FILE]

Each row is a whole process that reads every key and value; the programs take turns, so that they
share whatever else the machine is doing. Times are medians. Without --hive the 12.8 MB SYSTEM hive of
the real data (CASEMENT_REAL_DATA, default ../shared/data) is used, or else a hive of the synthetic
Windows 11 image.
"""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import measure


def default_hive(build, scratch):
    data = os.environ.get("CASEMENT_REAL_DATA", os.path.join(measure.SOURCE, "..", "shared", "data"))
    real = os.path.join(data, "registry", "regipy", "SYSTEM_B", "SYSTEM_B")
    if os.path.exists(real):
        return real
    tree = os.path.join(scratch, "image")
    subprocess.run([os.path.join(build, "bin/casement-fixture"), "windows_11", tree],
                   check=True, stdout=subprocess.DEVNULL)
    return os.path.join(tree, "Windows/System32/config/SYSTEM")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(measure.SOURCE, "build", "release"))
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--hive")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        hive = options.hive or default_hive(options.build, scratch)
        casement = os.path.join(options.build, "bin/casement")
        walker = os.path.join(options.build, "tests/bench/bench_hive_walk")
        print(subprocess.run([walker, hive], stdout=subprocess.PIPE, check=True).stdout.decode(),
              end="")
        rows = {
            "plain read (cat)": ["cat", hive],
            "casement: walk": [walker, hive],
            "casement reg -r, text": [casement, "reg", hive, "-r"],
            "casement reg -r, json": [casement, "reg", hive, "-r", "--json"],
            "reglookup": ["reglookup", hive],
            "regfexport": ["regfexport", hive],
            "hivexml": ["hivexml", hive],
        }
        rows = {name: command for name, command in rows.items() if shutil.which(command[0])}
        table = measure.side_by_side(options.build, rows, options.runs)
        measure.print_table(table, "casement: walk",
                            {name: measure.bytes_read(command) for name, command in rows.items()})
        if "reglookup" in table:
            ratio = table["reglookup"].seconds / table["casement reg -r, text"].seconds
            print(f"printing everything: {ratio:.1f} times faster than reglookup")
    return 0


if __name__ == "__main__":
    sys.exit(main())
