#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares whole disk images with qemu-img, the Sleuth Kit and mtools.

usage: disk_image.py CASEMENT CASEMENT_FIXTURE DISK_BYTES

casement-fixture writes a Windows 11 disk in every container it knows. The disk in each of them must
be what qemu-img reads, byte by byte; the partitions must be those of mmls; every path, size and
SHA-1 on the Windows partition those of fls and icat, and on the EFI system partition those of
mtools. All of it as a user without rights, from a file that may only be read, which stays as it is.
Exit 77: a tool is missing.
"""
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

from ntfs_volumes import read, run, sha1

FORMATS = ["raw", "vhd", "vhd-fixed", "vhdx", "vhdx-fixed"]
QEMU_FORMATS = {"raw": "raw", "vhd": "vpc", "vhd-fixed": "vpc", "vhdx": "vhdx", "vhdx-fixed": "vhdx"}
TOOLS = {"mkntfs": "ntfs-3g", "wimlib-imagex": "wimtools", "mformat": "mtools", "mcopy": "mtools",
         "qemu-img": "qemu-utils", "mmls": "sleuthkit", "fls": "sleuthkit", "icat": "sleuthkit"}
SECTOR = 512
NOBODY = 65534
PIECE = 1 << 20
# The Sleuth Kit lists these by their named streams alone.
NAMELESS = {"\\$Secure", "\\$Extend\\$ObjId", "\\$Extend\\$Quota", "\\$Extend\\$Reparse",
            "\\$Extend\\$Deleted"}


def find_tool(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def without_rights():
    """What goes before a command so that permissions count."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


class Casement:
    """The program, as a user without rights."""

    def __init__(self, program, image):
        self.program = program
        self.image = image

    def bytes(self, verb, *arguments):
        command = [*without_rights(), self.program, verb, self.image, *arguments]
        result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if result.returncode != 0:
            raise AssertionError(f"{verb} {arguments}: exit {result.returncode}: "
                                 f"{result.stderr.decode(errors='replace')[-1000:]}")
        return result.stdout

    def info(self):
        return json.loads(self.bytes("info", "--json"))

    def entries(self, partition):
        """{path: entry} of everything on a partition."""
        lines = self.bytes("ls", "--volume", f"p{partition}", "-r", "--jsonl").splitlines()
        entries = {entry["path"]: entry for entry in map(json.loads, lines)}
        assert len(entries) == len(lines), "a path was given twice"
        names = self.bytes("ls", "--volume", f"p{partition}", "-r", "--names").decode()
        assert sorted(names.splitlines()) == sorted(entries), "--names and --jsonl differ"
        return entries

    def cat(self, partition, path):
        return self.bytes("cat", "--volume", f"p{partition}", path)


def state(path):
    """What must not change of a file."""
    facts = os.stat(path)
    return file_sha256(path), facts.st_mtime_ns, facts.st_ctime_ns, facts.st_mode, facts.st_size


def file_sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() if hasattr(
            hashlib, "file_digest") else stream_sha256(file)


def stream_sha256(stream):
    digest = hashlib.sha256()
    while piece := stream.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()


def disk_sha256(program, image):
    """Of the disk in an image, as we read it."""
    with subprocess.Popen([*without_rights(), program, image], stdout=subprocess.PIPE) as process:
        digest = stream_sha256(process.stdout)
    assert process.returncode == 0, f"{program}: exit {process.returncode}"
    return digest


def check_partitions(info, raw):
    """Places and sizes as mmls gives them; the partitions by role."""
    expected = set()
    for line in run("mmls", raw).splitlines():
        fields = line.split(None, 5)
        if len(fields) > 4 and fields[0].endswith(":") and fields[1].isdigit():
            expected.add((int(fields[2]) * SECTOR, int(fields[4]) * SECTOR))
    partitions = [volume["partition"] for volume in info["image"]["volumes"]]
    found = {(partition["offset"], partition["size"]) for partition in partitions}
    assert found == expected, f"partitions: {found}, mmls: {expected}"
    return {partition["role"]: partition for partition in partitions}


def check_installation(info, roles):
    volumes = {volume["index"]: volume for volume in info["image"]["volumes"]}
    chosen = [found for found in info["installations"] if found["chosen"]]
    assert len(info["installations"]) == 1, "the recovery partition was taken for a Windows"
    number = volumes[chosen[0]["volume"]]["partition"]["number"]
    assert number == roles["basic"]["number"], f"Windows on partition {number}"
    letter = [letter for letter in info["drive_letters"] if letter["letter"] == "C:"][0]
    assert letter["volume"] == chosen[0]["volume"] and letter["confidence"] == "exact", letter
    store = [store for store in info["boot_manager"]["stores"] if store["chosen"]][0]
    assert volumes[store["volume"]]["partition"]["role"] == "efi_system", store


def windows_of_fls(raw, start):
    """{path: (MFT address, size)} of files, and the set of directories."""
    files, directories = {}, set()
    for line in run("fls", "-r", "-p", "-m", "/", "-o", str(start), raw).splitlines():
        if "($FILE_NAME)" in line or "(deleted" in line or "/$OrphanFiles" in line:
            continue
        _, rest = line.split("|", 1)
        name, address, _, _, _, size, *_ = rest.rsplit("|", 9)
        path = "\\" + name.lstrip("/").replace("/", "\\")
        kind = int(address.split("-")[1])
        if kind == 0x80 and ":" not in path:
            files[path] = (address, int(size))
        elif kind == 0x90 and ":" not in path:
            directories.add(path)
    return files, directories


def check_windows(casement, raw, partition):
    number, start = partition["number"], partition["offset"] // SECTOR
    entries = casement.entries(number)
    files, directories = windows_of_fls(raw, start)
    ours = {path for path, entry in entries.items() if entry["kind"] == "directory"}
    assert ours - NAMELESS == directories - NAMELESS, f"directories: {ours ^ directories}"
    ours = {path for path, entry in entries.items() if entry["kind"] == "file"}
    assert ours - NAMELESS == set(files) - NAMELESS, f"files: {ours ^ set(files)}"
    assert "\\Windows\\System32\\config\\SYSTEM" in files, "no Windows was compared"
    for path, (address, size) in files.items():
        assert entries[path]["size"] == size, f"{path}: size {entries[path]['size']}, fls: {size}"
        expected = subprocess.run(["icat", "-o", str(start), raw, address], stdout=subprocess.PIPE,
                                  check=True).stdout
        assert sha1(casement.cat(number, path)) == sha1(expected), f"{path}: content differs"
    return len(files)


def check_efi_system(casement, raw, partition, folder):
    os.mkdir(folder)
    # mtools compares the geometry with that of the whole file otherwise.
    os.environ["MTOOLS_SKIP_CHECK"] = "1"
    run("mcopy", "-s", "-Q", "-n", "-i", f"{raw}@@{partition['offset']}", "::*", folder)
    expected, directories = {}, set()
    for root, names, files in os.walk(folder):
        inner = "\\" + os.path.relpath(root, folder).replace("/", "\\") + "\\"
        inner = inner.replace("\\.\\", "\\")
        directories |= {inner + name for name in names}
        expected.update({inner + name: read(os.path.join(root, name)) for name in files})
    entries = casement.entries(partition["number"])
    assert set(entries) == set(expected) | directories, f"{set(entries) ^ set(expected)}"
    assert "\\EFI\\Microsoft\\Boot\\BCD" in expected, "no boot store was compared"
    for path, content in expected.items():
        assert entries[path]["size"] == len(content), f"{path}: size"
        assert sha1(casement.cat(partition["number"], path)) == sha1(content), f"{path}: differs"
    shutil.rmtree(folder)
    return len(expected)


def check_format(programs, image_format, work):
    program, fixture, disk_bytes = programs
    folder = f"{work}/{image_format}"
    os.mkdir(folder)
    image, raw = f"{folder}/disk", f"{work}/reference.raw"  # no extension: content decides
    run(fixture, "windows_11", image, "--format", image_format, "--windows-size", "64M")
    run("qemu-img", "convert", "-f", QEMU_FORMATS[image_format], "-O", "raw", image, raw)
    os.chmod(image, 0o444)
    os.chmod(folder, 0o555)
    before = state(image)
    ours, expected = disk_sha256(disk_bytes, image), file_sha256(raw)
    assert ours == expected, f"SHA-256 of the disk: {ours}, qemu-img: {expected}"
    casement = Casement(program, image)
    info = casement.info()
    roles = check_partitions(info, raw)
    check_installation(info, roles)
    windows = check_windows(casement, raw, roles["basic"])
    efi = check_efi_system(casement, raw, roles["efi_system"], f"{work}/efi")
    assert state(image) == before, "the image was changed"
    assert os.listdir(folder) == ["disk"], "something was written beside the image"
    os.chmod(folder, 0o755)
    shutil.rmtree(folder)
    return f"disk of {os.path.getsize(raw)} bytes, {windows} files on NTFS, {efi} files on the ESP"


def main():
    programs = [os.path.abspath(program) for program in sys.argv[1:4]]
    needed = dict(TOOLS, **({"setpriv": "util-linux"} if os.geteuid() == 0 else {}))
    missing = [f"{name} (package {package})" for name, package in needed.items()
               if find_tool(name) is None]
    if missing:
        print("SKIPPED: disk images are compared with nothing: no " + ", ".join(missing))
        return 77
    failed = False
    with tempfile.TemporaryDirectory() as work:
        os.chmod(work, 0o755)
        for image_format in FORMATS:
            try:
                print(f"{image_format}: {check_format(programs, image_format, work)}", flush=True)
            except (AssertionError, RuntimeError, subprocess.CalledProcessError) as error:
                print(f"{image_format}: FAILED: {error}", flush=True)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
