// SPDX-License-Identifier: Apache-2.0
// What --help says below the options.
#pragma once

namespace casement::cli::help {

inline constexpr const char* program_footer =
    R"(Examples:
  casement info /mnt/c
  casement info /mnt/c --json
  casement reg /mnt/c 'HKLM\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
  casement reg NTUSER.DAT -r

Exit codes:
  0  it was done
  1  not found, or it could not be opened or written
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error

'casement COMMAND --help' explains one command.
)";

inline constexpr const char* info_footer =
    R"(Examples:
  casement info /mnt/c
  casement info /mnt/c --evidence
  casement info /mnt/c --windows-dir 'Windows.old\Windows'
  casement info /mnt/c --json | jq .identity.build

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see the findings
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

}  // namespace casement::cli::help
