#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares whole NTFS volumes with the Sleuth Kit, ntfs-3g and the files that were written to them.

usage: ntfs_volumes.py NTFS_LINES [REAL_DATA]

Volumes of many cluster and sector sizes are made by mkntfs and filled by wimlib-imagex; where a
volume can be mounted, ntfs-3g adds 8.3 names, named streams, compressed files and deletions. Paths,
sizes, times, streams and the SHA-1 of every file must agree, and a scan must give what a walk
gives. Exit 77: mkntfs, wimlib-imagex or a reader is missing.
"""
import contextlib
import gzip
import hashlib
import lzma
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

# (cluster size, sector size, volume size in MiB)
SHAPES = [(512, 512, 40), (1024, 512, 40), (2048, 512, 40), (4096, 512, 40), (4096, 4096, 40),
          (8192, 512, 60), (16384, 4096, 60), (65536, 512, 160), (65536, 4096, 160)]
COMPRESSIBLE = 4096  # LZNT1 needs clusters of at most this
EPOCH_SECONDS = 11644473600
NAMES = ["plain.txt", "straße", "STRASSE", "ıI dotless", "ÿŸ", "Ω omega ω.txt", "я Я.bin", "日本語",
         "\U0001F600 smile", "a" * 255, "trailing.", "semi;colon", "Ǆǅǆ", "ſ long s", "ﬀ ligature"]


def run(*command):
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if result.returncode != 0:
        raise RuntimeError(f"{command}: {result.stderr.decode(errors='replace')[-2000:]}")
    return result.stdout.decode("utf-8", "surrogateescape")


def sha1(data):
    return hashlib.sha1(data).hexdigest()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def make_tree(root, seed):
    """Files of all sizes around the borders of records, clusters and blocks."""
    dice = random.Random(seed)
    for name in NAMES:
        write(f"{root}/{name}", dice.randbytes(dice.randrange(3000)))
    for size in (0, 1, 511, 512, 700, 4095, 4096, 4097, 65535, 65536, 65537, 300001):
        write(f"{root}/size {size}", dice.randbytes(size))
    many = f"{root}/many"
    os.mkdir(many)
    for number in range(700):
        write(f"{many}/{dice.choice('abcdeXYZ')}{dice.randrange(10**9)} {number}",
              dice.randbytes(dice.randrange(2000)))
    deep = root
    for level in range(40):
        deep += f"/level {level}"
        os.mkdir(deep)
    write(f"{deep}/bottom", b"bottom")
    os.mkdir(f"{root}/links")
    for number in range(30):
        os.link(f"{root}/size 4097", f"{root}/links/{'link name of some length ' * 4}{number}")
    os.symlink("../size 4096", f"{root}/links/symbolic")
    with open(f"{root}/sparse", "wb") as file:
        file.seek(3_000_000)
        file.write(b"end")


class Entry:
    def __init__(self, line):
        (self.path, self.short, node, parent, kind, size, allocated, *times, attributes, tag, links,
         content) = line.split("\t")
        self.node = int(node)
        self.record = self.node & 0xFFFFFFFFFFFF
        self.parent = int(parent)
        self.kind = int(kind)
        self.size = int(size)
        self.allocated = int(allocated)
        self.created, self.modified, self.changed, self.accessed = map(int, times)
        self.attributes = int(attributes, 16)
        self.tag = int(tag, 16)
        self.links = int(links)
        self.content = content


class Volume:
    """Our own reading."""

    def __init__(self, program, path):
        self.program = program
        self.path = path
        scanned = sorted(run(program, path, "scan").splitlines())
        walked = sorted(run(program, path, "walk").splitlines())
        if scanned != walked:
            difference = sorted(set(scanned) ^ set(walked))
            raise AssertionError(f"scan and walk differ: {difference[:4]}")
        self.entries = {entry.path: entry for entry in map(Entry, scanned)}
        if len(self.entries) != len(scanned):
            raise AssertionError("a path was given twice")

    def deleted(self):
        lines = run(self.program, self.path, "deleted").splitlines()
        return [entry for entry in map(Entry, lines) if "deleted" in entry.content]

    def streams(self):
        """{path:name: size} of all but metadata files."""
        found = {}
        for line in run(self.program, self.path, "streams").splitlines():
            size, name = line.split("\t", 1)
            if not name.startswith("/$"):
                found[name] = int(size)
        return found

    def contents(self, folder):
        """{path: SHA-1} of the files."""
        shutil.rmtree(folder, ignore_errors=True)
        os.mkdir(folder)
        run(self.program, self.path, "extract", folder)
        return {path: sha1(read(f"{folder}/{entry.node}"))
                for path, entry in self.entries.items() if os.path.exists(f"{folder}/{entry.node}")}


def unix_seconds(ticks):
    return ticks // 10**7 - EPOCH_SECONDS


def check_against_fls(volume):
    """Every path, size and time of the Sleuth Kit, and no others."""
    seen = set()
    streams = {}
    for line in run("fls", "-r", "-m", "/", volume.path).split("\n"):
        if not line or "($FILE_NAME)" in line or "(deleted" in line or "/$OrphanFiles" in line:
            continue
        _, rest = line.split("|", 1)
        name, address, _, _, _, size, accessed, modified, changed, created = rest.rsplit("|", 9)
        name = re.sub(r" -> .*$", "", name)
        # Streams of directories are shown as those of "." and "..".
        path = "/" + name.lstrip("/").replace("/.:", ":")
        if "/..:" in path:
            continue
        record, kind = map(int, address.split("-")[:2])
        entry = volume.entries.get(path)
        if entry is None:
            # A named stream; indexes of views ($O, $Q) are shown as such too.
            if kind == 0x80 and not path.startswith("/$"):
                streams[path] = int(size)
            assert path.rsplit(":", 1)[0] in volume.entries, f"{path}: not found"
            continue
        assert entry.record == record, f"{path}: record {entry.record}, expected {record}"
        seen.add(path)
        if entry.kind != 1 and kind == 0x80:
            assert entry.size == int(size), f"{path}: size {entry.size}, expected {size}"
        if entry.modified != 0:  # mkntfs leaves the times of $MFT at 0
            times = [entry.accessed, entry.modified, entry.changed, entry.created]
            expected = list(map(int, (accessed, modified, changed, created)))
            assert [unix_seconds(ticks) for ticks in times] == expected, f"{path}: times {times}"
    # What the Sleuth Kit lists by its streams alone has no main stream.
    missing = {path for path in volume.entries if path not in seen}
    nameless = {"/$Secure", "/$Extend/$ObjId", "/$Extend/$Quota", "/$Extend/$Reparse",
                "/$Extend/$Deleted"}
    unseen = {path for path in missing - nameless if volume.entries[path].kind != 2}
    assert not unseen, f"not in fls: {sorted(unseen)[:5]}"
    ours = volume.streams()
    assert ours == streams, f"streams: {sorted(set(ours.items()) ^ set(streams.items()))[:5]}"


def check_contents(volume, tree, folder):
    """SHA-1 of every file that was written."""
    contents = volume.contents(folder)
    checked = 0
    for directory, _, names in os.walk(tree):
        for name in names:
            source = os.path.join(directory, name)
            if os.path.islink(source):
                continue
            path = "/" + os.path.relpath(source, tree)
            assert contents.get(path) == sha1(read(source)), f"{path}: content differs"
            checked += 1
    for name in ("$MFT", "$UpCase", "$Boot", "$AttrDef", "$Bitmap", "$LogFile"):
        path = "/" + name
        # ntfscat decodes the records of $MFT.
        command = (["icat", volume.path, str(volume.entries[path].record)] if name == "$MFT" else
                   ["ntfscat", "-f", volume.path, path])
        expected = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                  check=True).stdout
        assert contents[path] == sha1(expected), f"{name}: content differs"
    return checked


@contextlib.contextmanager
def mounted(volume, folder, options="rw"):
    os.makedirs(folder, exist_ok=True)
    run("ntfs-3g", "-o", options, volume, folder)
    try:
        yield folder
    finally:
        run("umount", folder)


def can_mount(volume, folder):
    if shutil.which("ntfs-3g") is None or not os.access("/dev/fuse", os.W_OK):
        return False
    try:
        with mounted(volume, folder):
            return True
    except (RuntimeError, OSError):
        return False


def change_by_mount(image, folder, cluster_size):
    """8.3 names, streams, compressed files, deletions. Gives {path: 8.3 name} and what was deleted
    as {name}."""
    short_names = {}
    with mounted(image, folder, "rw,compression") as root:
        os.mkdir(f"{root}/short")
        for number in range(40):
            name = f"a rather long name, number {number}.text"
            short = f"ARATH~{number}.TXT"
            write(f"{root}/short/{name}", name.encode())
            os.setxattr(f"{root}/short/{name}", "system.ntfs_dos_name", short.encode())
            short_names[f"/short/{name}"] = short
        os.setxattr(f"{root}/plain.txt", "user.small", b"stream")
        os.setxattr(f"{root}/plain.txt", "user.large", random.Random(5).randbytes(50_000))
        os.setxattr(f"{root}/many", "user.of a directory", b"too")
        if cluster_size <= COMPRESSIBLE:
            os.mkdir(f"{root}/packed")
            os.setxattr(f"{root}/packed", "system.ntfs_attrib_be", (0x810).to_bytes(4, "big"))
            for number in range(6):
                data = b"".join(b"%d of compressible text " % (i % 97) for i in range(number * 9000))
                write(f"{root}/packed/{number}", data)
        os.mkdir(f"{root}/gone")
        deleted = set()
        for number in range(20):
            write(f"{root}/gone/deleted {number}", b"x" * number * 100)
        for number in range(0, 20, 2):
            os.unlink(f"{root}/gone/deleted {number}")
            deleted.add(f"deleted {number}")
        for name in sorted(os.listdir(f"{root}/many"))[::3]:
            os.unlink(f"{root}/many/{name}")
    return short_names, deleted


def check_by_mount(program, image, folder, work, cluster_size):
    short_names, deleted = change_by_mount(image, folder, cluster_size)
    volume = Volume(program, image)
    check_against_fls(volume)
    for path, short in short_names.items():
        assert volume.entries[path].short == short, f"{path}: 8.3 name {volume.entries[path].short}"
    packed = [entry for entry in volume.entries.values() if entry.content == "compressed"]
    assert cluster_size > COMPRESSIBLE or len(packed) >= 5, "no compressed file"
    assert any(entry.allocated < entry.size for entry in packed) or not packed
    gone = {entry.path.rsplit("/", 1)[1] for entry in volume.deleted()}
    lost = deleted - gone
    assert len(lost) <= 2, f"deleted files that are not found: {sorted(lost)}"  # records used again
    contents = volume.contents(f"{work}/contents")
    with mounted(image, folder, "ro") as root:
        for directory, _, names in os.walk(root):
            for name in names:
                source = os.path.join(directory, name)
                path = "/" + os.path.relpath(source, root)
                if not os.path.islink(source):
                    assert contents.get(path) == sha1(read(source)), f"{path}: differs from mount"
                    links = os.stat(source).st_nlink
                    dos = 1 if volume.entries[path].short else 0
                    assert volume.entries[path].links == links - dos, f"{path}: links {links}"
        size = os.stat(f"{root}/many").st_size
        assert size > 0
    return len(contents)


def check_shape(program, shape, work):
    cluster_size, sector_size, size = shape
    tree, image = f"{work}/tree", f"{work}/image"
    shutil.rmtree(tree, ignore_errors=True)
    os.mkdir(tree)
    make_tree(tree, cluster_size + sector_size)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(image)
    with open(image, "wb") as file:
        file.truncate(size << 20)
    run("mkntfs", "-Q", "-F", "-q", "-s", str(sector_size), "-c", str(cluster_size), "-L", "Läbel",
        image)
    run("wimlib-imagex", "capture", tree, f"{work}/tree.wim", "--compress=none", "--no-acls")
    run("wimlib-imagex", "apply", f"{work}/tree.wim", "1", image)
    os.unlink(f"{work}/tree.wim")
    volume = Volume(program, image)
    check_against_fls(volume)
    checked = check_contents(volume, tree, f"{work}/contents")
    text = f"clusters of {cluster_size}, sectors of {sector_size}: {len(volume.entries)} entries, " \
           f"{checked} files"
    if can_mount(image, f"{work}/mount"):
        checked = check_by_mount(program, image, f"{work}/mount", work, cluster_size)
        text += f"; changed by ntfs-3g: {checked} files"
    print(text)


def real_volumes(data, work):
    """(name, path) of real volumes, expanded into `work`."""
    plain = ["colinfinck_ntfs/testfs1", "dissect_ntfs/ntfs.bin.gz", "util-linux/ntfs.img.xz"]
    for name in plain:
        source = os.path.join(data, "disk", name)
        if not os.path.exists(source):
            continue
        opener = {".gz": gzip.open, ".xz": lzma.open}.get(os.path.splitext(name)[1], open)
        target = f"{work}/real"
        with opener(source, "rb") as file:
            write(target, file.read())
        yield name, target


def main():
    program = sys.argv[1]
    data = sys.argv[2] if len(sys.argv) > 2 else ""
    missing = [tool for tool in ("mkntfs", "wimlib-imagex", "fls", "icat", "ntfscat") if
               shutil.which(tool) is None]
    if missing:
        print("skipped: no " + ", ".join(missing))
        return 77
    failed = False
    with tempfile.TemporaryDirectory() as work:
        for shape in SHAPES:
            try:
                check_shape(program, shape, work)
            except (AssertionError, RuntimeError) as error:
                print(f"clusters of {shape[0]}, sectors of {shape[1]}: {error}")
                failed = True
        for name, path in real_volumes(data, work):
            try:
                volume = Volume(program, path)
                check_against_fls(volume)
                print(f"{name}: {len(volume.entries)} entries")
            except (AssertionError, RuntimeError) as error:
                print(f"{name}: {error}")
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
