#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares mounts with what the same program reads directly, by find, sha1sum, rsync and getfattr.

usage: fuse_mount.py CASEMENT CASEMENT_FIXTURE MAKE_MOUNT_DISK

Mounts a Windows 11 disk, a disk with everything that a mount shows in a way of its own, a directory
with 40,000 files and, where they are opened, a WIM and an ISO. Every path, kind, size, time, inode
number, link count and extended attribute must be what `ls`, `stat` and `cat` say of the image, to
which the kernel's list of mounts leads; copies made through the mount must be complete. Links must
stay inside. Unmounting must leave nothing, and what a killed server leaves must go away. All of it
as this user, the shortest way again as one without rights. Exit 77: there is no FUSE, or a tool is
missing.
"""
import datetime
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from mount_support import PATIENCE, Mount, kernel_mounts, run, servers, wait_for, why_not

NOBODY = 65534
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
LINKS = {"absolute": "../links/deep/target.txt", "another drive": "X:\\somewhere",
         "deep/relative": "../deep/target.txt", "from root": "../links/deep/target.txt",
         "junction": "../links/deep", "linux": "\\etc\\passwd", "nowhere": "not there",
         "outside": "../etc/passwd", "outside by junction": "../etc",
         "volume": "Volume{11111111-2222-4333-8444-555555555555}\\"}
REFUSED = {"encrypted": errno.EACCES, "wimboot": errno.EOPNOTSUPP, "cloud": errno.EOPNOTSUPP}
CROWD = 40000


def name_in_mount(entry):
    """The bytes of an entry's path below the mount, from its Windows path."""
    path = entry["path"]
    assert path.startswith("\\"), path
    if "name_utf16" in entry:  # no directory has such a name here
        name = bytes.fromhex(entry["name_utf16"]).decode("utf-16-le", "surrogatepass")
        path = path[:-len(entry["name"])] + name
    return path[1:].replace("\\", "/").encode("utf-8", "surrogatepass")


def ticks(text):
    """100 ns units since 1970; 0 for a time that is not set."""
    if text is None:
        return 0
    whole, fraction = text.rstrip("Z").split(".")
    moment = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc)
    return int((moment - EPOCH).total_seconds()) * 10**7 + int(fraction)


def found_ticks(text):
    """The same of what find prints: seconds, and a fraction of ten digits."""
    whole, fraction = text.split(".")
    return int(whole) * 10**7 + int(fraction[:7])


def entries_of(program, image):
    lines = run(program, "ls", image, "-r", "--jsonl").stdout.splitlines()
    return {name_in_mount(entry): entry for entry in map(json.loads, lines)}


def check_tree(program, mount, image, stable_numbers=True):
    """What find says of every path is what ls says. Gives the entries."""
    expected = entries_of(program, image)
    listing = run("find", ".", "-mindepth", "1", "-printf",
                  r"%y %s %i %n %#m %U %b %T@ %A@ %P\0", cwd=mount.directory).stdout
    found = {}
    for record in filter(None, listing.split(b"\0")):
        *facts, path = record.split(b" ", 9)
        assert path not in found, f"{path} was listed twice"
        found[path] = [fact.decode() for fact in facts]
    assert set(found) == set(expected), (
        f"only in the mount: {sorted(set(found) - set(expected))[:5]}, "
        f"only in ls: {sorted(set(expected) - set(found))[:5]}")
    for path, entry in expected.items():
        kind, size, number, links, mode, owner, blocks, modified, accessed = found[path]
        shown = {"file": "f", "directory": "d"}.get(entry["kind"], "l" if entry["target"] else "f")
        assert kind == shown, f"{path}: {kind}, a {entry['kind']}"
        assert mode == {"f": "0444", "d": "0555", "l": "0777"}[kind], f"{path}: mode {mode}"
        assert int(owner) == os.getuid(), f"{path}: owner {owner}"
        if stable_numbers:
            assert number == entry["node"], f"{path}: inode {number}, node {entry['node']}"
        if kind == "f":
            assert int(size) == entry["size"], f"{path}: size {size}, expected {entry['size']}"
            assert int(links) == entry["links"], f"{path}: {links} links"
            if entry["allocated_size"]:
                assert int(blocks) == -(-entry["allocated_size"] // 512), f"{path}: blocks {blocks}"
        assert found_ticks(modified) == ticks(entry["modified"]), f"{path}: modified {modified}"
        assert found_ticks(accessed) == ticks(entry["accessed"]), f"{path}: accessed {accessed}"
    return expected


def files_of(expected):
    return sorted(path for path, entry in expected.items()
                  if entry["kind"] == "file" and not path.startswith(b"refused/"))


def digests(directory, files):
    """What sha1sum says of each file."""
    output = run("xargs", "-0", "sha1sum", "-z", "--", cwd=directory, stdin=None,
                 input=b"\0".join(files)).stdout if files else b""
    return dict(reversed(line.split(b"  ", 1)) for line in filter(None, output.split(b"\0")))


def check_contents(program, mount, image, expected):
    """sha1sum through the mount, four at a time, is the SHA-1 of what cat gives."""
    files = files_of(expected)
    readers = []
    for _ in range(4):
        with tempfile.TemporaryFile() as names:
            names.write(b"\0".join(files))
            names.seek(0)
            readers.append(subprocess.Popen(["xargs", "-0", "sha1sum", "-z", "--"], stdin=names,
                                            cwd=mount.directory, stdout=subprocess.PIPE))
    outputs = [reader.communicate()[0] for reader in readers]
    assert all(reader.returncode == 0 for reader in readers), "sha1sum failed"
    assert len(set(outputs)) == 1, "four readers at a time read different bytes"
    found = dict(reversed(line.split(b"  ", 1)) for line in filter(None, outputs[0].split(b"\0")))
    empty = digests("/", [b"/dev/null"])[b"/dev/null"]
    for path in files:
        entry = expected[path]
        if entry["size"] == 0:
            assert found[path] == empty, f"{path}: not empty"
            continue
        direct = subprocess.Popen([program, "cat", image, "--node", entry["node"]],
                                  stdout=subprocess.PIPE)
        digest = subprocess.run(["sha1sum"], stdin=direct.stdout, stdout=subprocess.PIPE,
                                check=True).stdout.split()[0]
        assert direct.wait() == 0, f"cat {path} failed"
        assert found[path] == digest, f"{path}: other bytes than cat gives"
    return len(files)


def attribute(path, name):
    """One value, by getfattr; None: there is none."""
    result = run("getfattr", "-h", "--only-values", "--absolute-names", "-n", name, "--", path,
                 check=False)
    return result.stdout if result.returncode == 0 else None


def check_attributes(program, mount, image, expected, paths):
    """getfattr gives what stat says."""
    for path in paths:
        entry = expected[path]
        stat = json.loads(run(program, "stat", image, "--node", entry["node"], "--json").stdout)
        there = os.path.join(os.fsencode(mount.directory), path)
        value = attribute(there, "system.ntfs_attrib_be")
        assert value == stat["attributes"].to_bytes(4, "big"), f"{path}: attributes {value}"
        assert attribute(there, "system.ntfs_attrib") == stat["attributes"].to_bytes(
            4, sys.byteorder), path
        times = attribute(there, "system.ntfs_times_be")
        shown = [int.from_bytes(times[at:at + 8], "big") - 116444736000000000 if any(
            times[at:at + 8]) else 0 for at in range(0, 32, 8)]
        wanted = [ticks(stat[name]) for name in ("created", "modified", "accessed", "changed")]
        assert shown == wanted, f"{path}: times {shown}, expected {wanted}"
        assert attribute(there, "system.ntfs_crtime_be") == times[:8], path
        for name, member in (("system.ntfs_reparse_data", stat["reparse_data"]),
                             ("system.ntfs_acl", stat["security"] and stat["security"]["raw"])):
            value = attribute(there, name)
            assert value == (bytes.fromhex(member) if member else None), f"{path}: {name} {value}"
        value = attribute(there, "system.ntfs_dos_name")
        short = entry["short_name"]
        assert value == (short.encode() if short else None), f"{path}: 8.3 name {value}"
        check_streams(program, image, entry, stat, there)


def check_streams(program, image, entry, stat, there):
    named = {stream["name"]: stream["size"] for stream in stat["streams"] if stream["name"]}
    if stat["content"] == "wof":
        del named["WofCompressedData"]  # what the file is unpacked from
    listed = set(os.listxattr(there, follow_symlinks=False))
    if entry["kind"] == "reparse_point":
        return  # Linux keeps user attributes from links
    assert listed == {"user." + name for name in named}, f"{there}: {listed}, expected {set(named)}"
    for name, size in named.items():
        if size > 65536:
            try:
                os.getxattr(there, "user." + name)
            except OSError as error:
                assert error.errno == errno.E2BIG, f"{there}: {name}: {error}"
                continue
            raise AssertionError(f"{there}: {name}: {size} bytes were read as an attribute")
        value = attribute(there, "user." + name)
        content = run(program, "cat", image, "--node", entry["node"], ":" + name).stdout
        assert value == content and len(value) == size, f"{there}: stream {name} differs"


def check_copy(mount, folders, copy):
    """rsync with hard links and attributes copies everything, and finds nothing to do then."""
    os.mkdir(copy)
    sources = [mount.path(folder) for folder in folders]
    run("rsync", "-aHX", *sources, copy)
    again = run("rsync", "-aHXi", "--checksum", "--dry-run", *sources, copy).stdout
    assert again == b"", f"rsync would go on: {again[:500]}"
    for folder in folders:
        run("diff", "-r", "--no-dereference", mount.path(folder), os.path.join(copy, folder))


def check_links(mount):
    root = os.path.realpath(mount.directory)
    for name, text in LINKS.items():
        link = mount.path("links", name)
        assert os.readlink(link) == text, f"{name}: {os.readlink(link)}"
        assert os.lstat(link).st_size == len(text), f"{name}: size"
        where = os.path.realpath(link)
        assert where.startswith(root + "/"), f"{name} leads out: {where}"
    target = b"the target\n"
    for name in ("absolute", "deep/relative", "from root", "junction/target.txt"):
        with open(mount.path("links", name), "rb") as file:
            assert file.read() == target, name
    for name in ("outside", "outside by junction", "another drive", "linux", "nowhere", "volume"):
        assert not os.path.exists(mount.path("links", name)), f"{name} leads somewhere"


def expect_error(number, action, *arguments):
    try:
        action(*arguments)
    except OSError as error:
        assert error.errno == number, f"{arguments}: {error}, expected {os.strerror(number)}"
        return
    raise AssertionError(f"{arguments}: expected {os.strerror(number)}")


def read_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def check_names(mount):
    same = [mount.path("names", "A long file name.text"), mount.path("NAMES", "a LONG file NAME.text"),
            mount.path("names", "alongf~1.tex")]
    assert len({os.stat(path).st_ino for path in same}) == 1
    assert sorted(os.listdir(mount.path("sensitive"))) == ["SAME", "same"]
    assert read_bytes(mount.path("sensitive", "same")) == b"small"
    assert read_bytes(mount.path("SENSITIVE", "SAME")) == b"LARGE"
    assert os.stat(mount.path("names", "linked")).st_nlink == 3
    assert os.path.samefile(mount.path("names", "linked"), mount.path("content", "linked there"))
    for absent in ("nothing", "names/nothing", "lone\ud83d", "names/linked/below"):
        assert not os.path.exists(os.path.join(os.fsencode(mount.directory),
                                               absent.encode("utf-8", "surrogatepass"))), absent
    assert read_bytes(os.path.join(os.fsencode(mount.path("names")),
                                   "lone\ud83d".encode("utf-8", "surrogatepass"))) == b"a surrogate"
    assert "names" in os.listdir(mount.directory), "looking a name up in another case changed it"


def check_refusals(mount):
    for name, number in REFUSED.items():
        expect_error(number, read_bytes, mount.path("refused", name))
    expect_error(errno.EROFS, os.mkdir, mount.path("new"))
    expect_error(errno.EROFS, os.open, mount.path("names", "linked"), os.O_WRONLY)
    expect_error(errno.EROFS, os.remove, mount.path("names", "linked"))


def check_windows(program, fixture, work):
    image = f"{work}/windows.vhdx"
    run(fixture, "windows_11", image, "--format", "vhdx", "--windows-size", "64M")
    with Mount(program, image, f"{work}/m") as mount:
        kind, source, options = kernel_mounts()[mount.directory]
        assert kind == "fuse.casement" and {"ro", "nosuid", "nodev"} <= set(options), options
        assert re.fullmatch(re.escape(os.path.realpath(image)) + r"#p\d+", source), source
        expected = check_tree(program, mount, source)
        assert b"Windows/System32/config/SYSTEM" in expected, "not the volume of Windows"
        count = check_contents(program, mount, source, expected)
        paths = [path for path in expected if path.count(b"/") < 3]
        check_attributes(program, mount, source, expected, paths)
        check_copy(mount, ["Windows", "Users"], f"{work}/copy")
        direct, through = (json.loads(run(program, "info", path, "--json").stdout)
                           for path in (image, mount.directory))
        assert direct["identity"] == through["identity"], "info of the mount differs"
        listed = json.loads(run(program, "mount", "--json").stdout)["mounts"]
        ours = [each for each in listed if each["directory"] == mount.directory]
        assert ours == [{"directory": mount.directory, "image": source,
                         "image_path": os.path.realpath(image), "index": 1, "state": "ok"}], ours
        os.rename(image, image + ".away")
        assert state_of(program, mount.directory) == "needs_remount"
        os.rename(image + ".away", image)
    shutil.rmtree(f"{work}/copy")
    return f"{len(expected)} entries, {count} files, {len(paths)} with attributes"


def state_of(program, directory):
    listed = json.loads(run(program, "mount", "--json").stdout)["mounts"]
    return next((each["state"] for each in listed if each["directory"] == directory), None)


def check_everything(program, make_disk, work):
    image = f"{work}/it's, a \\disk#1.vhdx"  # what mount options and mountinfo have to escape
    run(make_disk, image)
    with Mount(program, image, f"{work}/m", "--volume", "p1") as mount:
        source = kernel_mounts()[mount.directory][1]
        assert source == f"{os.path.realpath(work)}/it's, a \\disk#1.vhdx#p1", source
        expected = check_tree(program, mount, source)
        count = check_contents(program, mount, source, expected)
        paths = [path for path in expected if not path.startswith((b"crowd/", b"$"))]
        check_attributes(program, mount, source, expected, paths)
        check_links(mount)
        check_names(mount)
        check_refusals(mount)
        check_copy(mount, ["content", "links", "sensitive"], f"{work}/copy")
    check_choices(program, image, work)
    return f"{len(expected)} entries, {count} files, {len(paths)} with attributes"


def check_choices(program, image, work):
    refused = run(program, "mount", image, f"{work}/m", check=False)
    assert refused.returncode == 2 and b"which volume?" in refused.stderr, refused
    with Mount(program, image + "#p1", f"{work}/m", "--case-sensitive", "--streams",
               "windows") as mount:
        assert not os.path.exists(mount.path("NAMES"))
        assert os.path.exists(mount.path("names", "linked"))
        large = read_bytes(mount.path("attributes", "streams:large"))
        direct = run(program, "cat", image + "#p1", "\\attributes\\streams:large").stdout
        assert len(large) == 100000 and large == direct, "the stream differs"
        assert os.readlink(mount.path("links", "junction")) == "../links/deep"
    with Mount(program, image, f"{work}/m", "--all") as mount:
        assert sorted(os.listdir(mount.directory)) == ["partition 1", "partition 2"]
        other = read_bytes(mount.path("partition 1", "links", "volume", "other.txt"))
        assert other == b"on the other volume\n"
        assert read_bytes(mount.path("partition 1", "links", "junction", "target.txt"))
        assert kernel_mounts()[mount.directory][1].endswith("#1.vhdx")
        run("find", ".", "-ls", cwd=mount.directory)


def check_crowd(program, work):
    """A directory of more entries than any answer to the kernel holds."""
    os.mkdir(f"{work}/crowd")
    names = {f"file {number}" for number in range(CROWD)}
    for name in names:
        os.close(os.open(f"{work}/crowd/{name}", os.O_CREAT | os.O_WRONLY))
    with Mount(program, f"{work}/crowd", f"{work}/m") as mount:
        for _ in range(2):
            listed = os.listdir(mount.directory)
            assert len(listed) == CROWD and set(listed) == names, "entries were lost or doubled"
        count = run("find", mount.directory, "-type", "f", "-size", "0").stdout.count(b"\n")
        assert count == CROWD, count
    inside = run(program, "mount", work, f"{work}/m", check=False)
    assert inside.returncode == 2 and b"lies in the image" in inside.stderr, inside
    shutil.rmtree(f"{work}/crowd")
    return f"{CROWD} entries"


def check_life(program, work):
    """Busy, killed, ended by signals."""
    image, directory = f"{work}/windows.vhdx", f"{work}/m"
    with Mount(program, image, directory) as mount:
        again = run(program, "mount", image, directory, check=False)
        assert again.returncode == 1 and b"already" in again.stderr, again
        with open(mount.path("Windows", "win.ini"), "rb") as file:
            busy = run(program, "umount", directory, check=False)
            assert busy.returncode == 1 and b"in use" in busy.stderr, busy
            assert file.read(), "the failed unmounting did harm"
    run(program, "mount", image, directory)
    with open(f"{directory}/Windows/win.ini", "rb") as file:
        run(program, "umount", "--lazy", directory)
        assert directory not in kernel_mounts() and file.read()
    Mount(program, image, directory).check_gone()
    run(program, "mount", image, directory)
    for process in servers(directory):
        os.kill(process, signal.SIGKILL)
    wait_for("the server lives", lambda: not servers(directory))
    assert state_of(program, directory) == "invalid"
    expect_error(errno.ENOTCONN, os.listdir, directory)
    again = run(program, "mount", image, directory, check=False)
    assert again.returncode == 1 and b"--dead" in again.stderr, again
    removed = run(program, "umount", "--dead").stdout.decode()
    assert removed == directory + "\n", removed
    Mount(program, image, directory).check_gone()
    for number in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen([program, "mount", image, directory, "--foreground"],
                                   stderr=subprocess.PIPE)
        wait_for("not mounted", lambda: directory in kernel_mounts())
        assert os.path.exists(f"{directory}/Windows")
        process.send_signal(number)
        _, said = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, f"signal {number}: {process.returncode}: {said}"
        Mount(program, image, directory).check_gone()
    nothing = run(program, "umount", directory, check=False)
    assert nothing.returncode == 1 and b"mounted nothing there" in nothing.stderr, nothing
    return "busy, lazy, killed, signals"


def check_other_image(program, image, work, what):
    """A WIM or an ISO: where this program opens it."""
    opened = run(program, "ls", image, check=False)
    if opened.returncode != 0:
        return f"SKIPPED: {what} is not opened: {opened.stderr.decode(errors='replace').strip()}"
    with Mount(program, image, f"{work}/m") as mount:
        source = kernel_mounts()[mount.directory][1]
        expected = check_tree(program, mount, source)
        count = check_contents(program, mount, source, expected)
        index = next(each["index"] for each in
                     json.loads(run(program, "mount", "--json").stdout)["mounts"]
                     if each["directory"] == mount.directory)
        number = re.search(r"#(\d+)$", source)
        assert index == (int(number[1]) if number else 1), f"{source}: index {index}"
    return f"{len(expected)} entries, {count} files of {source}"


def sample_tree(folder):
    os.makedirs(f"{folder}/Some Folder/below")
    for name, size in (("a.txt", 10), ("Some Folder/b.bin", 300000), ("Some Folder/below/c", 0)):
        with open(f"{folder}/{name}", "wb") as file:
            file.write(bytes(index * 7 % 251 for index in range(size)))
    return folder


def check_wim(program, work):
    if shutil.which("wimlib-imagex") is None:
        return "SKIPPED: no wimlib-imagex (package wimtools)"
    tree = sample_tree(f"{work}/tree")
    image = f"{work}/two.wim"
    run("wimlib-imagex", "capture", tree, image, "first", "--compress=LZX")
    os.remove(f"{tree}/a.txt")
    run("wimlib-imagex", "append", tree, image, "second")
    shutil.rmtree(tree)
    return check_other_image(program, image + "#2", work, "a WIM")


def check_windows_wim(program, fixture, work):
    image = f"{work}/windows.wim"
    run(fixture, "windows_11", image)
    found = check_other_image(program, image, work, "a WIM of Windows")
    os.remove(image)
    return found


def check_iso(program, work):
    if shutil.which("xorriso") is None:
        return "SKIPPED: no xorriso (package xorriso)"
    tree = sample_tree(f"{work}/tree")
    image = f"{work}/disc.iso"
    run("xorriso", "-as", "mkisofs", "-J", "-o", image, tree)
    shutil.rmtree(tree)
    return check_other_image(program, image, work, "an ISO")


def check_ordinary_user(program, work):
    """Root again as nobody, who sees a /dev/fuse of the usual mode."""
    if os.geteuid() != 0:
        return "this user is one"
    if shutil.which("setpriv") is None or shutil.which("unshare") is None:
        return "SKIPPED: no setpriv or unshare (package util-linux)"
    if not os.path.exists("/etc/mtab"):
        return "SKIPPED: fusermount3 unmounts nothing for a user where there is no /etc/mtab"
    directory = f"{work}/of nobody"
    os.mkdir(directory)
    os.chown(directory, NOBODY, NOBODY)
    script = """set -e
mknod "$1/fuse" c 10 229; chmod 666 "$1/fuse"; mount --bind "$1/fuse" /dev/fuse
nobody="setpriv --reuid=65534 --regid=65534 --clear-groups"
$nobody "$2" mount "$1/windows.vhdx" "$3"
grep fuse.casement /proc/self/mountinfo
$nobody stat -c '%u %a' "$3/Windows/win.ini"
$nobody cat "$3/Windows/win.ini" >/dev/null
$nobody "$2" umount "$3"
! grep fuse.casement.*nobody /proc/self/mountinfo"""
    os.chmod(f"{work}/windows.vhdx", 0o444)
    done = run("unshare", "-m", "sh", "-c", script, "sh", work, program, directory, check=False)
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode != 0 and ("mknod" in said or "unshare" in said or "bind" in said):
        return f"SKIPPED: {said}"
    assert done.returncode == 0, said
    lines = done.stdout.decode().splitlines()
    assert f"user_id={NOBODY}" in lines[0] and lines[1] == f"{NOBODY} 444", lines
    return "mounted, read and unmounted"


def main():
    program, fixture, make_disk = (os.path.abspath(path) for path in sys.argv[1:4])
    reason = why_not()
    if reason:
        print(f"SKIPPED: nothing was mounted and compared: {reason}")
        return 77
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        work = os.path.realpath(folder)
        os.chmod(work, 0o755)
        os.mkdir(f"{work}/m")
        checks = {"Windows 11": lambda: check_windows(program, fixture, work),
                  "everything": lambda: check_everything(program, make_disk, work),
                  "large directory": lambda: check_crowd(program, work),
                  "WIM": lambda: check_wim(program, work),
                  "WIM of Windows 11": lambda: check_windows_wim(program, fixture, work),
                  "ISO": lambda: check_iso(program, work),
                  "life and death": lambda: check_life(program, work),
                  "without rights": lambda: check_ordinary_user(program, work)}
        for name, check in checks.items():
            try:
                print(f"{name}: {check()}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as error:
                print(f"{name}: FAILED: {type(error).__name__}: {error}", flush=True)
                failed = True
                run(program, "umount", "--lazy", f"{work}/m", check=False)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
