# SPDX-License-Identifier: Apache-2.0
"""What the benchmark scripts share: timing processes side by side and counting what they read."""
import os
import re
import shutil
import statistics
import subprocess
import time

SOURCE = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))


def run_once(command):
    """(seconds, processor seconds) of one run; nobody reads the output."""
    begin = time.perf_counter()
    with open(os.devnull, "wb") as null:
        process = subprocess.Popen(command, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"exit code {process.returncode}: {' '.join(command)}")
    return seconds, usage.ru_utime + usage.ru_stime


def peak_memory(build, command):
    """Peak resident memory in MiB; by a small program, because this one would be counted in."""
    runner = os.path.join(build, "tests/bench/bench_peak_memory")
    done = subprocess.run([runner, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                          check=True)
    return int(done.stderr.splitlines()[-1]) / 1024


def bytes_read(command, path=None):
    """Bytes that the command reads; of the file `path` alone when it is given. None: no strace, or
    a program that makes a system call for every record and would take for ever."""
    if not shutil.which("strace"):
        return None
    select = ["-P", path] if path else []
    try:
        trace = subprocess.run(["strace", "-f", "-qq", "-e", "trace=read,pread64", *select,
                                *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                               check=False, timeout=20)
    except subprocess.TimeoutExpired:
        return None
    return sum(int(count) for count in re.findall(rb"= (\d+)$", trace.stderr, re.MULTILINE))


class Row:
    """Median and best of one command's runs, and its peak memory."""

    def __init__(self, samples, memory):
        self.seconds = statistics.median(sample[0] for sample in samples)
        self.best = min(sample[0] for sample in samples)
        self.processor = statistics.median(sample[1] for sample in samples)
        self.memory = memory


def side_by_side(build, commands, runs, slow=(), slow_runs=3):
    """{name: Row}. The programs take turns, so that they share whatever else the machine does;
    those named in `slow` run `slow_runs` times only."""
    samples = {name: [] for name in commands}
    for turn in range(runs):
        for name, command in commands.items():
            if name not in slow or turn < slow_runs:
                samples[name].append(run_once(command))
    return {name: Row(rows, peak_memory(build, commands[name])) for name, rows in samples.items()}


def print_table(rows, base, read=None):
    """One line a row; "x" is the ratio to the row `base`."""
    read = read or {}
    print(f"{'':34}{'ms':>9}{'best':>9}{'x':>7}{'cpu ms':>9}{'x':>7}{'MiB':>7}{'bytes read':>13}")
    for name, row in rows.items():
        count = read.get(name)
        print(f"{name:34}{row.seconds * 1000:9.1f}{row.best * 1000:9.1f}"
              f"{row.seconds / rows[base].seconds:7.1f}{row.processor * 1000:9.1f}"
              f"{row.processor / rows[base].processor:7.1f}{row.memory:7.1f}"
              f"{count if count is not None else '-':>13}")


def print_markdown(title, rows, base, read=None, note=None):
    """The same as a table of Markdown; `note` gives a last column: {name: text}. Without a row
    `base` there are no ratios."""
    read = read or {}
    note = note or {}
    reference = rows.get(base)
    print(f"\n**{title}**\n")
    print("| | ms | best | x | cpu ms | x | MiB | bytes read | |")
    print("|---|--:|--:|--:|--:|--:|--:|--:|---|")
    for name, row in rows.items():
        ratio = f"{row.seconds / reference.seconds:.2f}" if reference else "-"
        processor = f"{row.processor / reference.processor:.2f}" if reference else "-"
        count = read.get(name)
        print(f"| `{name}` | {row.seconds * 1000:.1f} | {row.best * 1000:.1f} | {ratio} "
              f"| {row.processor * 1000:.1f} | {processor} | {row.memory:.1f} "
              f"| {f'{count:,}' if count is not None else '-'} | {note.get(name, '')} |")
