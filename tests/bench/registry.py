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
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def measure(command):
    """(seconds, processor seconds, peak memory in MiB) of one run; nobody reads the output."""
    begin = time.perf_counter()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def default_hive(build, scratch):
    data = os.environ.get("CASEMENT_REAL_DATA", os.path.join(SOURCE, "..", "shared", "data"))
    real = os.path.join(data, "registry", "regipy", "SYSTEM_B", "SYSTEM_B")
    if os.path.exists(real):
        return real
    tree = os.path.join(scratch, "image")
    subprocess.run([os.path.join(build, "bin/casement-fixture"), "windows_11", tree],
                   check=True, stdout=subprocess.DEVNULL)
    return os.path.join(tree, "Windows/System32/config/SYSTEM")


def bytes_read(command):
    if not shutil.which("strace"):
        return None
    try:
        trace = subprocess.run(["strace", "-f", "-qq", "-e", "trace=read,pread64", *command],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False,
                               timeout=20)
    except subprocess.TimeoutExpired:
        return None  # readers that make a system call for every record
    counts = re.findall(rb"= (\d+)$", trace.stderr, re.MULTILINE)
    return sum(int(count) for count in counts)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=os.path.join(SOURCE, "build", "release"))
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
        samples = {name: [] for name in rows}
        processor = {name: [] for name in rows}
        memory = {}
        for _ in range(options.runs):
            for name, command in rows.items():
                seconds, busy, peak = measure(command)
                samples[name].append(seconds)
                processor[name].append(busy)
                memory[name] = max(memory.get(name, 0), peak)
        median = {name: statistics.median(times) for name, times in samples.items()}
        busy = {name: statistics.median(times) for name, times in processor.items()}
        walk = "casement: walk"
        print(f"{'':24}{'ms':>9}{'best':>8}{'x walk':>8}{'cpu ms':>9}{'x walk':>8}{'MiB':>7}"
              f"{'bytes read':>12}")
        for name, command in rows.items():
            read = bytes_read(command)
            print(f"{name:24}{median[name] * 1000:9.1f}{min(samples[name]) * 1000:8.1f}"
                  f"{median[name] / median[walk]:8.1f}{busy[name] * 1000:9.1f}"
                  f"{busy[name] / busy[walk]:8.1f}{memory[name]:7.1f}"
                  f"{read if read is not None else '-':>12}")
        if "reglookup" in median:
            ratio = median["reglookup"] / median["casement reg -r, text"]
            print(f"printing everything: {ratio:.1f} times faster than reglookup")
    return 0


if __name__ == "__main__":
    sys.exit(main())
