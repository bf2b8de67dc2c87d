// SPDX-License-Identifier: Apache-2.0
// The texts of the help.
#include "tools/dism/help_topics.h"

#include <array>

namespace casement::dism {
namespace {

using enum HelpGroup;

constexpr std::array topics = {
    HelpTopic{file, "Get-ImageInfo", " /ImageFile:<file> [{/Index:<n> | /Name:<name>}]",
              "Lists the images of a WIM, ESD, VHD or VHDX, or tells all of one.",
              "  /Get-WimInfo and /WimFile are the same. Times are UTC.\n"},
    HelpTopic{file, "List-Image", " /ImageFile:<file> {/Index:<n> | /Name:<name>}",
              "Lists the files and directories of an image.", ""},
    HelpTopic{file, "Get-MountedImageInfo", "", "Lists the images that Casement has mounted.", ""},
    HelpTopic{file, "Cleanup-Mountpoints", "", "Looks for mounts that nothing serves any more.",
              ""},
    HelpTopic{servicing, "Get-Packages", " [/Format:{Table | List}]", "Lists the packages.", ""},
    HelpTopic{servicing, "Get-PackageInfo", " {/PackageName:<identity> | /PackagePath:<path>} ...",
              "Tells all of a package.",
              "  <path> is a .cab, a folder with an unpacked one, or a .mum of this machine. Both\n"
              "  options may be given more than once.\n"},
    HelpTopic{servicing, "Get-Features",
              " [{/PackageName:<identity> | /PackagePath:<path>}] [/Format:{Table | List}]",
              "Lists the features of Windows or of one package.", ""},
    HelpTopic{servicing, "Get-FeatureInfo",
              " /FeatureName:<name> [{/PackageName:<identity> | /PackagePath:<path>}]",
              "Tells all of a feature.", ""},
    HelpTopic{
        servicing, "Get-Capabilities", " [/Format:{Table | List}]",
        "Lists the capabilities (features on demand).",
        "  /LimitAccess and /Source are accepted and mean nothing: only the image is asked.\n"},
    HelpTopic{servicing, "Get-CapabilityInfo", " /CapabilityName:<name>",
              "Tells all of a capability.",
              "  /LimitAccess and /Source are accepted and mean nothing.\n"},
    HelpTopic{servicing, "Get-Drivers", " [/All] [/Format:{Table | List}]",
              "Lists the driver packages of others, or with /All those of Windows too.", ""},
    HelpTopic{servicing, "Get-DriverInfo", " /Driver:{<published name> | <path>} ...",
              "Tells which devices a driver package serves.",
              "  A path names an INF of this machine.\n"},
    HelpTopic{servicing, "Get-CurrentEdition", "", "Tells the edition of Windows.", ""},
    HelpTopic{servicing, "Get-TargetEditions", "", "Lists the editions it can be changed to.", ""},
    HelpTopic{servicing, "Get-Intl", " [/Distribution:<path>]",
              "Tells languages, locales and keyboards.",
              "  <path> is a folder with the files of Windows Setup, or an ISO; its languages are\n"
              "  told too, and without /Image they alone.\n"},
    HelpTopic{servicing, "Get-ProvisionedAppxPackages", " [/Format:{Table | List}]",
              "Lists the apps that every new user gets.", ""},
    HelpTopic{servicing, "Get-NonRemovableAppPolicy", "", "Lists the apps that cannot be removed.",
              ""},
    HelpTopic{servicing, "Get-DefaultAppAssociations", "",
              "Prints the default app associations that were imported.", ""},
    HelpTopic{servicing, "Get-Apps", " [/ProductCode:<guid>]",
              "Lists what Windows Installer installed.", ""},
    HelpTopic{servicing, "Get-AppInfo", " [/ProductCode:<guid>]",
              "Tells all of what Windows Installer installed.", ""},
    HelpTopic{servicing, "Get-AppPatches", " [/ProductCode:<guid>]",
              "Lists the patches of Windows Installer.", ""},
    HelpTopic{servicing, "Check-AppPatch", " /PatchLocation:<file.msp> ...",
              "Says which products of Windows Installer patches are for and do not have.", ""},
    HelpTopic{servicing, "Get-AppPatchInfo", " [/PatchCode:<guid>] [/ProductCode:<guid>]",
              "Tells all of the patches of Windows Installer.", ""},
    HelpTopic{servicing, "Cleanup-Image", " {/CheckHealth | /ScanHealth | /AnalyzeComponentStore}",
              "Tells the health or the sizes of the component store.",
              "  /CheckHealth looks at the marks that servicing left, /ScanHealth at the store.\n"
              "  What would repair or clean up is refused.\n"},
    HelpTopic{servicing, "Get-ReservedStorageState", "", "Tells whether storage is reserved.", ""},
    HelpTopic{servicing, "Get-OSUninstallWindow", "",
              "Tells for how many days an upgrade can be taken back.", ""},
    HelpTopic{servicing, "Get-PESettings", "", "Tells the settings of Windows PE.", ""},
    HelpTopic{servicing, "Get-Profiling", "", "Tells whether Windows PE logs files.", ""},
    HelpTopic{servicing, "Get-ScratchSpace", "", "Tells the scratch space of Windows PE.", ""},
    HelpTopic{servicing, "Get-TargetPath", "", "Tells the target path of Windows PE.", ""},
    HelpTopic{option, "Image", ":<path>", "The image: a directory, a file or a mount.",
              "  A file may carry a selector: install.wim#2, disk.vhdx#p3.\n"},
    HelpTopic{option, "WinDir", ":<path>", "The Windows directory in the image.", ""},
    HelpTopic{option, "SysDriveDir", ":<drive>", "The drive of the boot manager, such as S:.",
              "  A directory is accepted and not needed.\n"},
    HelpTopic{option, "Online", "", "The running Windows, which is not there.", ""},
    HelpTopic{option, "English", "", "English output, as it always is.", ""},
    HelpTopic{option, "Format", ":{Table | List}", "How lists are printed; a list by default.", ""},
    HelpTopic{option, "LogPath", ":<file>", "Appends to a log file; there is none by default.", ""},
    HelpTopic{option, "LogLevel", ":{1 | 2 | 3 | 4}",
              "1 errors, 2 warnings too, 3 information too, 4 all.", ""},
    HelpTopic{option, "ScratchDir", ":<path>", "A directory that exists; it is not used.", ""},
    HelpTopic{option, "Quiet", "", "Prints nothing; the exit status tells.", ""},
    HelpTopic{option, "NoRestart", "", "Accepted; nothing restarts.", ""},
    HelpTopic{option, "Crlf", "", "Ends lines with CR LF, as Windows does.",
              "  DISM_CRLF=1 in the environment does the same.\n"},
    HelpTopic{option, "ExitCodeFile", ":<file>", "Writes the full exit code of DISM to a file.",
              "  DISM_EXIT_FILE in the environment does the same.\n"},
};

}  // namespace

std::span<const HelpTopic> help_topics() {
  return topics;
}

}  // namespace casement::dism
