#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Measures what each question to an installation costs, and all of them together.

usage: report.py [--build DIR] [--runs N] [--image PATH] [--markdown]

Each row is a whole process that prints JSON: its time, what it reads, its peak memory. Without --image the
synthetic Windows 11 image is used as `casement-fixture --bulk 2000,800,100` makes it: 2,000 packages, 800 drivers and a
SOFTWARE hive of 100 MB. The goal for `report` there is one second and 128 MiB.
"""
import argparse
import os
import subprocess
import sys
import tempfile

import measure

BULK = "2000,800,100"  # packages, drivers, MB of SOFTWARE
GOAL_SECONDS = 1.0
GOAL_MIB = 128.0


def questions(casement, image):
    """{name of the row: command}; the first one only opens the image."""
    rows = {
        "open (reg Select)": [casement, "reg", image, r"HKLM\SYSTEM\Select", "-q"],
        "info": [casement, "info", image, "--json"],
        "packages": [casement, "packages", image, "--json"],
        "packages --all": [casement, "packages", image, "--all", "--json"],
        "features": [casement, "features", image, "--json"],
        "capabilities": [casement, "capabilities", image, "--json"],
        "updates": [casement, "updates", image, "--json"],
        "drivers --all": [casement, "drivers", image, "--all", "--json"],
        "drivers --all --devices": [casement, "drivers", image, "--all", "--devices", "--json"],
        "apps": [casement, "apps", image, "--json"],
        "apps --msi": [casement, "apps", image, "--msi", "--json"],
        "editions": [casement, "editions", image, "--json"],
        "intl": [casement, "intl", image, "--json"],
        "report": [casement, "report", image],
        "report --devices": [casement, "report", image, "--devices"],
    }
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(measure.SOURCE, "build", "release"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--image")
    parser.add_argument("--markdown", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        image = options.image
        if not image:
            image = os.path.join(scratch, "image")
            subprocess.run([os.path.join(options.build, "bin/casement-fixture"), "windows_11", image,
                            "--bulk", BULK], check=True, stdout=subprocess.DEVNULL)
        rows = questions(os.path.join(options.build, "bin/casement"), image)
        table = measure.side_by_side(options.build, rows, options.runs)
        read = {name: measure.bytes_read(command) for name, command in rows.items()}
        if options.markdown:
            measure.print_markdown("Questions to an installation", table, "report", read)
        else:
            measure.print_table(table, "report", read)
        whole = table["report"]
        print(f"\nreport: {whole.seconds:.2f} s (goal {GOAL_SECONDS:.0f}), {whole.memory:.0f} MiB "
              f"(goal {GOAL_MIB:.0f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
