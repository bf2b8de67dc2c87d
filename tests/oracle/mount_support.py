# SPDX-License-Identifier: Apache-2.0
"""Mounting for tests: what the kernel says of it, and that nothing is left behind."""
import contextlib
import os
import re
import shutil
import subprocess
import time

PATIENCE = 30  # seconds that a process may take to end
TOOLS = {"fusermount3": "fuse3", "rsync": "rsync", "find": "findutils", "sha1sum": "coreutils",
         "getfattr": "attr"}


def run(*command, check=True, **options):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False,
                            stdin=options.pop("stdin", subprocess.DEVNULL), **options)
    if check and result.returncode != 0:
        raise AssertionError(f"{command}: exit {result.returncode}: "
                             f"{result.stderr.decode(errors='replace')[-1500:]}")
    return result


def why_not():
    """Why nothing can be mounted here, or None."""
    missing = [f"{name} (package {package})" for name, package in TOOLS.items()
               if shutil.which(name) is None]
    if missing:
        return "no " + ", ".join(missing)
    try:
        os.close(os.open("/dev/fuse", os.O_RDWR))
    except OSError as error:
        return f"/dev/fuse: {error.strerror}"
    return None


def wait_for(what, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"after {PATIENCE} s: {what}"
        time.sleep(0.02)


def unescape(text):
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)


def kernel_mounts():
    """{directory: (type, source, options)} of /proc/self/mountinfo."""
    mounts = {}
    with open("/proc/self/mountinfo", encoding="utf-8", errors="surrogateescape") as file:
        for line in file:
            front, back = line.rstrip("\n").split(" - ", 1)
            kind, source, _ = back.split(" ", 2)
            fields = front.split(" ")
            mounts[unescape(fields[4])] = (kind, unescape(source), fields[5].split(","))
    return mounts


def servers(directory):
    """Processes that were started to mount on `directory`, and live."""
    found = []
    for name in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError):
            with open(f"/proc/{name}/cmdline", "rb") as file:
                words = file.read().split(b"\0")
            with open(f"/proc/{name}/stat", "rb") as file:
                state = file.read().rsplit(b")", 1)[1].split()[0]
            if b"mount" in words and os.fsencode(directory) in words and state != b"Z":
                found.append(int(name))
    return found


class Mount:
    """An image on a directory, unmounted at the end; then nothing may be left of it."""

    def __init__(self, program, image, directory, *options):
        self.program = program
        self.directory = directory
        self.command = [program, "mount", image, directory, *options]

    def __enter__(self):
        run(*self.command)
        assert self.directory in kernel_mounts(), f"{self.command}: not mounted"
        return self

    def __exit__(self, kind, error, trace):
        if kind is not None:
            run(self.program, "umount", "--lazy", self.directory, check=False)
            return
        run(self.program, "umount", self.directory)
        self.check_gone()

    def check_gone(self):
        assert self.directory not in kernel_mounts(), "still in mountinfo"
        assert os.listdir(self.directory) == [], "the directory is not empty"
        wait_for("its server still runs", lambda: not servers(self.directory))

    def path(self, *names):
        return os.path.join(self.directory, *names)
