#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Archives that other programs write hold what was put into them; real ones read as others read them.

usage: archives.py ARCHIVE_LINES [REAL_DATA]

Exit code 77: a program that is needed is missing.
"""

import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile

EPOCH = 11644473600  # seconds from 1601 to 1970
BASE_TIME = 1_600_000_000


def run(*command, cwd=None, env=None, ok=(0,)):
    done = subprocess.run(command, cwd=cwd, env=env, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode not in ok:
        raise RuntimeError(f"{' '.join(command)}: {done.stdout.decode(errors='replace')[-2000:]}")
    return done.stdout


def sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


class Entry:
    def __init__(self, line):
        kind, size, ticks, attributes, links, content, path = line.split("\t", 6)
        self.kind = kind
        self.size = int(size)
        self.time = int(ticks) - EPOCH * 10**7  # 100 ns since 1970
        self.attributes = int(attributes, 16)
        self.links = int(links)
        self.content = content
        self.path = path


def read_archive(program, archive, *options, ok=(0,)):
    """({path: Entry}, standard error), in another locale and zone than other programs are run in."""
    env = dict(os.environ, LC_ALL="C", TZ="Asia/Kolkata")
    done = subprocess.run([program, archive, *options], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=env, check=False)
    errors = done.stderr.decode(errors="replace")
    if done.returncode not in ok:
        raise AssertionError(f"{os.path.basename(archive)}: exit code {done.returncode}: {errors}")
    entries = [Entry(line) for line in done.stdout.decode().splitlines()]
    return {entry.path: entry for entry in entries}, errors


def write(path, data, time):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)
    # 100 ns: what Windows keeps.
    os.utime(path, ns=(time * 10**9 + 123456700,) * 2)


def make_tree(root):
    rng = random.Random(7)
    for number in range(200):
        size = rng.choice([0, 1, 511, 512, 513, 5000, 70000])
        data = rng.randbytes(size) if number % 2 else b"%d " % number * (size // 3)
        write(f"{root}/Windows/System32/drivers/d{number % 7}/file {number}.sys", data,
              BASE_TIME + number)
    write(f"{root}/Windows/Ünïcödé – 漢字 – Привет.txt", b"unicode", BASE_TIME)
    write(f"{root}/Windows/WinSxS/{'l' * 70}/{'m' * 60}/n.manifest", b"long", BASE_TIME)
    write(f"{root}/large zeros.bin", bytes(20 << 20), BASE_TIME)
    write(f"{root}/large random.bin", rng.randbytes(18 << 20), BASE_TIME)
    write(f"{root}/small.txt", b"small", BASE_TIME)
    os.makedirs(f"{root}/empty")


def add_unix(root):
    """What not every format holds."""
    os.link(f"{root}/small.txt", f"{root}/hard link.txt")
    os.symlink("Windows", f"{root}/link")
    with open(f"{root}/sparse.bin", "wb") as file:
        file.seek(3 << 20)
        file.write(b"data")
        file.truncate(9 << 20)


class Tree:
    """What is in a directory, read by Python."""

    def __init__(self, root):
        self.files = {}
        self.links = {}
        self.directories = set()
        self.times = {}
        for directory, directories, names in os.walk(root):
            for name in directories + names:
                path = os.path.join(directory, name)
                inside = "/" + os.path.relpath(path, root)
                if os.path.islink(path):
                    self.links[inside] = os.readlink(path)
                elif os.path.isdir(path):
                    self.directories.add(inside)
                else:
                    self.files[inside] = (os.path.getsize(path), sha256(path))
                    self.times[inside] = os.stat(path).st_mtime_ns // 100


def compare(name, tree, entries, precision, links=True):
    """`precision`: of times, in 100 ns; None: not compared."""
    files = {path: entry for path, entry in entries.items() if entry.kind == "file"}
    missing = set(tree.files) ^ set(files)
    assert not missing, f"{name}: files on one side only: {sorted(missing)[:5]}"
    for path, (size, digest) in tree.files.items():
        entry = files[path]
        assert entry.size == size, f"{name}: {path}: size {entry.size}, expected {size}"
        assert entry.content == digest, f"{name}: {path}: content differs"
        if precision is not None:
            difference = abs(entry.time - tree.times[path])
            assert difference < precision, f"{name}: {path}: time {entry.time}, {tree.times[path]}"
    assert tree.directories <= {path for path, entry in entries.items()
                                if entry.kind == "directory"}, f"{name}: a directory is missing"
    if links:
        found = {path: entry.content for path, entry in entries.items() if entry.kind == "link"}
        assert found == tree.links, f"{name}: links {found}"


SECOND = 10**7
EXACT = 1


def tar_archives(root, work):
    """(name, path, precision, has links) of tars."""
    for style, precision in (("pax", EXACT), ("ustar", SECOND), ("gnutar", SECOND)):
        archive = f"{work}/bsd-{style}.tar"
        run("bsdtar", "-cf", archive, f"--format={style}", ".", cwd=root)
        yield f"bsdtar {style}", archive, precision
    for option in ("-z", "-j", "-J", "--zstd", "--lz4"):
        archive = f"{work}/bsd{option}"
        run("bsdtar", option, "-cf", archive, "--format=pax", ".", cwd=root)
        yield f"bsdtar {option}", archive, EXACT
    for style, precision in (("gnu", SECOND), ("oldgnu", SECOND), ("posix", EXACT)):
        archive = f"{work}/gnu-{style}.tar"
        run("tar", "-cf", archive, f"--format={style}", ".", cwd=root)
        yield f"tar {style}", archive, precision
        run("tar", "-czSf", archive, f"--format={style}", ".", cwd=root)
        yield f"tar {style}, sparse and gzip", archive, precision
        run("tar", "-cSf", archive, f"--format={style}", ".", cwd=root)
        yield f"tar {style}, sparse", archive, precision


def zip_archives(root, work):
    archive = f"{work}/python.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for directory, directories, names in os.walk(root):
            for name in directories + names:
                path = os.path.join(directory, name)
                file.write(path, os.path.relpath(path, root))
    yield "zipfile", archive, 2 * SECOND
    archive = f"{work}/bsd.zip"
    run("bsdtar", "-cf", archive, "--format=zip", ".", cwd=root)
    yield "bsdtar zip", archive, SECOND
    for method in ("Copy", "Deflate", "BZip2", "LZMA", "PPMd"):
        archive = f"{work}/7zz-{method}.zip"
        run("7zz", "a", "-tzip", f"-mm={method}", "-mx=1", archive, ".", cwd=root)
        yield f"7zz zip {method}", archive, EXACT
    if shutil.which("zip"):
        archive = f"{work}/info.zip"
        run("zip", "-qr", archive, ".", cwd=root)
        yield "zip", archive, SECOND


def seven_zip_archives(root, work):
    for name, options in (("solid", ["-mx=1"]), ("not solid", ["-mx=1", "-ms=off"]),
                          ("small blocks", ["-mx=1", "-ms=1m"]), ("LZMA", ["-m0=LZMA", "-mx=1"]),
                          ("PPMd", ["-m0=PPMd", "-mx=1"]), ("BZip2", ["-m0=BZip2", "-mx=1"]),
                          ("Copy", ["-m0=Copy"]), ("Deflate", ["-m0=Deflate", "-mx=1"]),
                          ("plain header", ["-mhc=off", "-mx=1"])):
        archive = f"{work}/{name}.7z"
        run("7zz", "a", *options, archive, ".", cwd=root)
        yield f"7zz {name}", archive, EXACT


def check_made(program, work):
    root = f"{work}/tree"
    os.makedirs(root)
    make_tree(root)
    checked = 0

    def check(archives, tree, links):
        nonlocal checked
        for name, archive, precision in archives:
            for options in ([], ["reverse"]):
                entries, errors = read_archive(program, archive, *options)
                assert not errors, f"{name}: {errors}"
                compare(name, tree, entries, precision, links)
            os.unlink(archive)
            checked += 1

    tree = Tree(root)
    # DOS times are in the zone of the writer, which is UTC here.
    check(zip_archives(root, work), tree, False)
    check(seven_zip_archives(root, work), tree, False)
    add_unix(root)
    tree = Tree(root)
    check(tar_archives(root, work), tree, True)
    return f"{checked} archives of {len(tree.files)} files"


def check_refused(program, work):
    """Encrypted archives say so."""
    root = f"{work}/secret"
    write(f"{root}/a.txt", b"secret" * 100, BASE_TIME)
    for name, options in (("zip", ["-tzip"]), ("zip with AES", ["-tzip", "-mem=AES256"]),
                          ("7z", []), ("7z with its header", ["-mhe=on"])):
        archive = f"{work}/encrypted"
        run("7zz", "a", "-ppassword", *options, archive, ".", cwd=root)
        made = archive if os.path.exists(archive) else archive + (".zip" if "zip" in name else ".7z")
        _, errors = read_archive(program, made, ok=(1,))
        assert "ncrypt" in errors, f"{name}: {errors}"
        os.unlink(made)
    return "encrypted archives say so"


def check_real(program, data, work):
    """Real archives against another program."""
    checked = []
    for inside in ("servicing/cab", "servicing/cab_lzx"):
        folder = os.path.join(data, inside)
        for name in sorted(os.listdir(folder) if os.path.isdir(folder) else []):
            if name.startswith(("split", "mixed")):
                continue  # in several files; Quantum
            target = f"{work}/real"
            shutil.rmtree(target, ignore_errors=True)
            run("cabextract", "-q", "-d", target, os.path.join(folder, name))
            entries, errors = read_archive(program, os.path.join(folder, name))
            assert not errors, f"{name}: {errors}"
            tree = Tree(target)
            compare(name, tree, entries, 2 * SECOND)
            checked.append(f"{name} ({len(tree.files)})")
    for inside, command in (("disk/velociraptor/test.vhdx.zip", ["7zz", "x"]),
                            ("disk/cryptsetup_bitlk/bitlk-images.tar.xz", ["tar", "-xSf"])):
        path = os.path.join(data, inside)
        if not os.path.exists(path):
            continue
        target = f"{work}/real"
        shutil.rmtree(target, ignore_errors=True)
        os.mkdir(target)
        run(*command, path, cwd=target)
        entries, errors = read_archive(program, path)
        assert not errors, f"{inside}: {errors}"
        tree = Tree(target)
        compare(inside, tree, entries, 2 * SECOND)
        checked.append(f"{os.path.basename(path)} ({len(tree.files)})")
    return "real: " + (", ".join(checked) or "none here")


def main():
    program = os.path.abspath(sys.argv[1])
    data = sys.argv[2] if len(sys.argv) > 2 else ""
    missing = [tool for tool in ("bsdtar", "tar", "7zz", "cabextract") if shutil.which(tool) is None]
    if missing:
        print("skipped: no " + ", ".join(missing))
        return 77
    os.environ.update(TZ="UTC", LC_ALL="C.UTF-8")
    failed = False
    with tempfile.TemporaryDirectory() as work:
        for check in (check_made, check_refused, lambda p, w: check_real(p, data, w)):
            try:
                print(check(program, work))
            except (AssertionError, RuntimeError) as error:
                print(error)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
