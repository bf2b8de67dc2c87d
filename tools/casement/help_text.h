// SPDX-License-Identifier: Apache-2.0
// What --help says below the options.
#pragma once

#include <string>

namespace casement::cli::help {

inline constexpr const char* program_footer =
    R"(Examples:
  casement info /mnt/c
  casement info /mnt/c --json
  casement ls /mnt/c 'C:\Windows'
  casement cat /mnt/c 'C:\Windows\win.ini'
  casement reg /mnt/c 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  casement reg NTUSER.DAT -r
  casement images install.wim
  casement info Win11.iso#6
  casement features Win11.iso#6 --state enabled
  casement drivers disk.vhdx --all --class Net
  casement report disk.vhdx > report.json
  casement mount disk.vhdx /mnt/c

Exit codes:
  0  it was done
  1  not found, or it could not be opened or written
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error

'casement COMMAND --help' explains one command.
)";

/// Of every command that takes IMAGE.
inline constexpr const char* image_footer =
    R"(IMAGE is a directory, a disk image of any kind, a WIM, ESD or SWM, an ISO, an archive (tar, zip,
7z, rar, cab), or a directory that one of them is mounted on. A selector may follow:
  disk.vhdx#p3                        partition 3
  install.wim#2, Win11.iso#2          image 2
  install.wim#'Windows 11 Pro'        the image of that name
  disk.vhdx#p3!/vm/child.vhdx         the disk image in that file; without #pN the only volume
  'Win11.iso!/sources/boot.wim#1'     image 1 of another WIM on the medium
A host file of that very name wins. Parents, segments and parts are found beside the file.

)";

/// What stands below the options of a command: its own footer after what is said of IMAGE.
inline std::string below_options(const char* footer) {
  return std::string(image_footer) + footer;
}

inline constexpr const char* info_footer =
    R"(Examples:
  casement info /mnt/c
  casement info /mnt/c --evidence
  casement info /mnt/c --windows-dir 'Windows.old\Windows'
  casement info /mnt/c --json | jq .identity.build

Without a Windows in the image its layers and volumes are printed, and the reason.

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see the findings
)";

inline constexpr const char* images_footer =
    R"(The facts of a WIM's images are what its XML data claims; 'casement info FILE#N' reads them from
the registry instead. A disk image has one, with the facts of the Windows in it.

Examples:
  casement images install.wim
  casement images Win11.iso --list
  casement images install.esd#6 --json | jq '.images[0].version'

Exit codes:
  0  it was done
  1  no such file, no image in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the file was damaged; see standard error
)";

inline constexpr const char* verify_footer =
    R"(Checks the integrity table, when there is one, and the SHA-1 of every blob of all parts. Each
damaged blob is named with the paths that use it. On a terminal a bar shows the progress.

Examples:
  casement verify install.wim
  casement verify Win11.iso --json
  casement verify install.swm && echo good

Exit codes:
  0  everything is as it was written
  1  it could not be opened, or is no WIM
  2  the arguments make no sense
  3  damage was found; it is listed
)";

inline constexpr const char* reg_footer =
    R"(KEY starts with HKLM, HKU or HKCR (or the long names) when IMAGE is an image. Quote it, for the
shell takes backslashes away; or separate with '/', which stands for '\' in a KEY without '\'.
A hive file is shown with the changes in the logs (.LOG, .LOG1, .LOG2) that lie beside it.

Formats:
  text   for people; control characters and lone surrogates as \u{1B}
  reg    Windows Registry Editor 5.00: UTF-16LE with a byte order mark and CRLF
  json   one document, keys nested
  jsonl  one key a line, each with its path

Examples:
  casement reg /mnt/c 'HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters'
  casement reg /mnt/c HKLM/SOFTWARE/Microsoft/Windows/CurrentVersion/Run
  casement reg SYSTEM -r | grep -i usbstor
  casement reg SOFTWARE 'Microsoft\Windows NT\CurrentVersion' --value ProductName
  casement reg SYSTEM 'Select' --value Current --raw | xxd
  casement reg SOFTWARE -r --format reg > software.reg
  casement reg NTUSER.DAT -r --jsonl | jq -r .path

Exit codes:
  0  it was done; also when the reader of a pipe stopped reading
  1  no such image, key or value, or it could not be opened or written
  2  the arguments make no sense
  3  it was done, but something in the hive was damaged; see standard error
)";

inline constexpr const char* ls_footer =
    R"(PATH has '\' or '/' between its names; put '\' in quotes. '\Windows' is on the volume of
Windows; 'D:\x' is on the drive that this Windows calls D:. Other volumes are chosen by --volume.

Columns: attributes, size in bytes, time of the last change in UTC, name. Links end in '@', and
'->' tells where they lead. With --deleted two columns come first: 'deleted', or 'orphan' when the
directory is gone too, and the number for cat --node.
Attributes: Directory, Read-only, Hidden, System, Archive, Compressed, Encrypted, sParse,
Link or other reparse point, Offline.

Examples:
  casement ls disk.vhdx
  casement ls disk.vhdx 'C:\Users' -r --names | grep -i ntuser
  casement ls disk.vhdx --volume 1 '\EFI'
  casement ls disk.vhdx -r --jsonl | jq -r 'select(.size > 1e9) | .path'
  casement ls disk.vhdx -r --deleted | grep ^deleted

Exit codes:
  0  it was done; also when the reader of a pipe stopped reading
  1  no such image, volume or path, or it could not be opened or written
  2  the arguments make no sense, or do not say which volume is meant
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* cat_footer =
    R"(PATH is as for 'casement ls'. The bytes are those that Windows would read: compressed files
are decompressed. What cannot be read ends the output, and the message says at which offset.
FILE is never one that the image consists of.

Below Windows\WinSxS\Manifests most files are compressed against a manifest within wcp.dll of the
same Windows. --decode finds that and prints the XML; other files are printed as they are.

Examples:
  casement cat disk.vhdx 'C:\Windows\win.ini'
  casement cat disk.vhdx 'C:\Users\me\setup.exe:Zone.Identifier'
  casement cat disk.vhdx '\Windows\System32\config\SYSTEM' -o SYSTEM
  casement cat disk.vhdx '\pagefile.sys' --range 0x100000:4096 | xxd
  casement cat disk.vhdx --decode '\Windows\WinSxS\Manifests\NAME.manifest'
  casement cat disk.vhdx --volume 3 --node 281474976710701 > recovered

Exit codes:
  0  it was done; also when the reader of a pipe stopped reading
  1  no such image, volume, path or stream, or not all of it could be read or written
  2  the arguments make no sense, or do not say which volume is meant
  3  it was done, but the volume is damaged; see standard error
)";

inline constexpr const char* stat_footer =
    R"(PATH is as for 'casement ls'.

Examples:
  casement stat disk.vhdx 'C:\Windows\explorer.exe'
  casement stat disk.vhdx 'C:\Documents and Settings' --json | jq -r .target

Exit codes:
  0  it was done
  1  no such image, volume or path, or it could not be opened
  2  the arguments make no sense, or do not say which volume is meant
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* mount_footer =
    R"(The mount is read-only, and needs FUSE but no rights. Everything belongs to you and can be read.
Names are found in any case. Links lead to where they would in Windows, and never out of DIR. What
NTFS keeps besides is in extended attributes: user.STREAM, system.ntfs_attrib, system.ntfs_times,
system.ntfs_acl, system.ntfs_reparse_data, system.ntfs_dos_name.

Examples:
  casement mount disk.vhdx /mnt/c
  casement mount disk.vhdx#p3 /mnt/c
  casement mount disk.vhdx /mnt/disk --all
  casement mount
  casement umount /mnt/c

Exit codes:
  0  it is mounted, or was unmounted after --foreground
  1  no such image, volume or directory, or it could not be mounted
  2  the arguments make no sense, or do not say which volume is meant
  3  --foreground: something in the image was damaged; see standard error
)";

inline constexpr const char* umount_footer =
    R"(Examples:
  casement umount /mnt/c
  casement umount --dead

Exit codes:
  0  it is unmounted
  1  nothing is mounted there, it is in use, or it is another user's
  2  the arguments make no sense
)";

}  // namespace casement::cli::help
