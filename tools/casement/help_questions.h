// SPDX-License-Identifier: Apache-2.0
// What --help says below the options of the commands that ask an installation.
#pragma once

namespace casement::cli::help {

inline constexpr const char* packages_footer =
    R"(States: not_present, uninstall_pending, staged, removed, installed, install_pending,
superseded, partially_installed.

Examples:
  casement packages install.wim#6
  casement packages disk.vhdx --all --state installed --match '*LanguageFeatures*'
  casement packages disk.vhdx Package_for_RollupFix
  casement packages disk.vhdx --json | jq -r '.packages[].identity'

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such package, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* features_footer =
    R"(States: not_present, disable_pending, disabled, payload_removed, enabled, enable_pending,
superseded, partially_enabled.

Examples:
  casement features install.wim#6 --state enabled
  casement features disk.vhdx --parents
  casement features disk.vhdx TelnetClient
  casement features disk.vhdx --csv > features.csv

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such feature, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* capabilities_footer =
    R"(States: as of packages; those that are not there but could be added are not_present.

Examples:
  casement capabilities install.wim#6 --state installed
  casement capabilities disk.vhdx --match OpenSSH
  casement capabilities disk.vhdx OpenSSH.Client

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such capability, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* updates_footer =
    R"(The newest first. States: as of packages.

Examples:
  casement updates disk.vhdx
  casement updates disk.vhdx KB5030219
  casement updates disk.vhdx --state installed --json | jq -r '.updates[].knowledge_base'

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such update, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* drivers_footer =
    R"(Drivers of every architecture are read alike. The patterns of --class and --provider are as those of
--match.

Examples:
  casement drivers disk.vhdx
  casement drivers disk.vhdx oem0.inf
  casement drivers disk.vhdx --all --class Net --devices
  casement drivers disk.vhdx --devices --csv | grep -i 'VEN_1AF4'

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such driver, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* apps_footer =
    R"(Examples:
  casement apps install.wim#6
  casement apps install.wim#6 Microsoft.ZuneMusic
  casement apps disk.vhdx --msi
  casement apps disk.vhdx --msi --match office --json

Exit codes:
  0  it was done
  1  no such image, no Windows in it, no such app, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* editions_footer =
    R"(Examples:
  casement editions install.wim#6
  casement editions disk.vhdx --json | jq -r .current

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* intl_footer =
    R"(Examples:
  casement intl install.wim#6
  casement intl disk.vhdx --evidence

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* machine_footer =
    R"(The product keys are those that were typed at setup or came with the machine, as Windows keeps them
in its registry: who has one can install Windows with it, so treat what is printed as a secret. A
key is decoded, not checked; volume activation leaves a key that is public or only half there. That
a password is stored for an automatic sign-in is said; the password is not.

Examples:
  casement machine disk.vhdx
  casement machine disk.vhdx --evidence
  casement machine disk.vhdx --json | jq -r .machine_sid

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

inline constexpr const char* report_footer =
    R"(The document holds what the other commands print with --json, with hidden packages and the drivers
of Windows, and what is unfinished in servicing. Its JSON Schema is installed as
share/casement/report.schema.json.

Examples:
  casement report disk.vhdx > report.json
  casement report install.wim#6 --devices | jq '.drivers | length'

Exit codes:
  0  it was done
  1  no such image, no Windows in it, or it could not be opened
  2  the arguments make no sense
  3  it was done, but something in the image was damaged; see standard error
)";

}  // namespace casement::cli::help
