// SPDX-License-Identifier: Apache-2.0
// The tables of options and commands.
#include "tools/dism/rules.h"

#include <algorithm>
#include <array>

#include "tools/dism/command_line.h"
#include "tools/dism/commands/commands.h"

namespace casement::dism {
namespace {

constexpr std::array globals = {
    OptionRule{.name = "Image"},
    OptionRule{.name = "Online", .argument = Argument::none},
    OptionRule{.name = "English", .argument = Argument::none},
    OptionRule{.name = "Format"},
    OptionRule{.name = "LogPath"},
    OptionRule{.name = "LogLevel"},
    OptionRule{.name = "ScratchDir"},
    OptionRule{.name = "Quiet", .argument = Argument::none},
    OptionRule{.name = "NoRestart", .argument = Argument::none},
    OptionRule{.name = "SysDriveDir"},
    OptionRule{.name = "WinDir"},
    OptionRule{.name = "Crlf", .argument = Argument::none},
    OptionRule{.name = "ExitCodeFile"},
};

constexpr std::array image_info_options = {OptionRule{.name = "ImageFile", .alias = "WimFile"},
                                           OptionRule{.name = "Index"}, OptionRule{.name = "Name"}};
constexpr std::array package_info_options = {OptionRule{.name = "PackageName", .repeatable = true},
                                             OptionRule{.name = "PackagePath", .repeatable = true}};
constexpr std::array feature_options = {OptionRule{.name = "PackageName"},
                                        OptionRule{.name = "PackagePath"}};
constexpr std::array feature_info_options = {OptionRule{.name = "FeatureName", .repeatable = true},
                                             OptionRule{.name = "PackageName"},
                                             OptionRule{.name = "PackagePath"}};
constexpr std::array driver_options = {OptionRule{.name = "All", .argument = Argument::none}};
constexpr std::array driver_info_options = {OptionRule{.name = "Driver", .repeatable = true}};
constexpr std::array capability_options = {
    OptionRule{.name = "LimitAccess", .argument = Argument::none},
    OptionRule{.name = "Source", .repeatable = true}};
constexpr std::array capability_info_options = {
    OptionRule{.name = "CapabilityName", .repeatable = true},
    OptionRule{.name = "LimitAccess", .argument = Argument::none},
    OptionRule{.name = "Source", .repeatable = true}};
constexpr std::array intl_options = {OptionRule{.name = "Distribution"}};
constexpr std::array product_options = {OptionRule{.name = "ProductCode"}};
constexpr std::array patch_options = {OptionRule{.name = "PatchCode"},
                                      OptionRule{.name = "ProductCode"}};
constexpr std::array patch_file_options = {OptionRule{.name = "PatchLocation", .repeatable = true}};
constexpr std::array cleanup_image_options = {
    OptionRule{.name = "CheckHealth", .argument = Argument::none},
    OptionRule{.name = "ScanHealth", .argument = Argument::none},
    OptionRule{.name = "AnalyzeComponentStore", .argument = Argument::none},
    OptionRule{.name = "RestoreHealth", .argument = Argument::none},
    OptionRule{.name = "StartComponentCleanup", .argument = Argument::none},
    OptionRule{.name = "RevertPendingActions", .argument = Argument::none},
    OptionRule{.name = "SPSuperseded", .argument = Argument::none},
    OptionRule{.name = "ResetBase", .argument = Argument::none},
    OptionRule{.name = "Defer", .argument = Argument::none},
    OptionRule{.name = "HideSP", .argument = Argument::none},
    OptionRule{.name = "LimitAccess", .argument = Argument::none},
    OptionRule{.name = "Source", .repeatable = true}};

const std::array reading = {
    CommandRule{"Get-ImageInfo", "Get-WimInfo", Target::none, image_info_options, get_image_info},
    CommandRule{"List-Image", {}, Target::none, image_info_options, list_image},
    CommandRule{
        "Get-MountedImageInfo", "Get-MountedWimInfo", Target::none, {}, get_mounted_image_info},
    CommandRule{"Cleanup-Mountpoints", "Cleanup-Wim", Target::none, {}, clean_up_mount_points},
    CommandRule{"Get-Packages", {}, Target::image, {}, get_packages},
    CommandRule{"Get-PackageInfo", {}, Target::image, package_info_options, get_package_info},
    CommandRule{"Get-Features", {}, Target::image, feature_options, get_features},
    CommandRule{"Get-FeatureInfo", {}, Target::image, feature_info_options, get_feature_info},
    CommandRule{"Get-Capabilities", {}, Target::image, capability_options, get_capabilities},
    CommandRule{
        "Get-CapabilityInfo", {}, Target::image, capability_info_options, get_capability_info},
    CommandRule{"Get-Drivers", {}, Target::image, driver_options, get_drivers},
    CommandRule{"Get-DriverInfo", {}, Target::image, driver_info_options, get_driver_info},
    CommandRule{"Get-CurrentEdition", {}, Target::image, {}, get_current_edition},
    CommandRule{"Get-TargetEditions", {}, Target::image, {}, get_target_editions},
    CommandRule{"Get-Intl", {}, Target::image_if_given, intl_options, get_intl},
    CommandRule{
        "Get-ProvisionedAppxPackages", {}, Target::image, {}, get_provisioned_appx_packages},
    CommandRule{"Get-NonRemovableAppPolicy",
                "Get-NonRemovableAppsPolicy",
                Target::image,
                {},
                get_non_removable_app_policy},
    CommandRule{"Get-DefaultAppAssociations", {}, Target::image, {}, get_default_app_associations},
    CommandRule{"Get-Apps", {}, Target::image, product_options, get_apps},
    CommandRule{"Get-AppInfo", {}, Target::image, product_options, get_app_info},
    CommandRule{"Get-AppPatches", {}, Target::image, product_options, get_app_patches},
    CommandRule{"Get-AppPatchInfo", {}, Target::image, patch_options, get_app_patch_info},
    CommandRule{"Check-AppPatch", {}, Target::image, patch_file_options, check_app_patch},
    CommandRule{"Cleanup-Image", {}, Target::image, cleanup_image_options, clean_up_image},
    CommandRule{"Get-ReservedStorageState", {}, Target::image, {}, get_reserved_storage_state},
    CommandRule{"Get-OSUninstallWindow", {}, Target::image, {}, get_os_uninstall_window},
    CommandRule{"Get-PESettings", {}, Target::image, {}, get_pe_settings},
    CommandRule{"Get-Profiling", {}, Target::image, {}, get_profiling},
    CommandRule{"Get-ScratchSpace", {}, Target::image, {}, get_scratch_space},
    CommandRule{"Get-TargetPath", {}, Target::image, {}, get_target_path},
};

constexpr CommandRule change(std::string_view name) {
  return {.name = name, .target = Target::image_if_given, .run = refuse_change, .changes = true};
}

/// What changes an image or the machine, what exports, and what has no public description of its
/// output (/Get-ProvisioningPackageInfo, /Get-WIMBootEntry).
const std::array changing = {change("Mount-Image"),
                             change("Mount-Wim"),
                             change("Unmount-Image"),
                             change("Unmount-Wim"),
                             change("Commit-Image"),
                             change("Commit-Wim"),
                             change("Remount-Image"),
                             change("Remount-Wim"),
                             change("Capture-Image"),
                             change("Append-Image"),
                             change("Apply-Image"),
                             change("Export-Image"),
                             change("Split-Image"),
                             change("Delete-Image"),
                             change("Capture-FFU"),
                             change("Apply-FFU"),
                             change("Split-FFU"),
                             change("Optimize-FFU"),
                             change("Capture-CustomImage"),
                             change("Apply-CustomDataImage"),
                             change("Update-WIMBootEntry"),
                             change("Get-WIMBootEntry"),
                             change("Optimize-Image"),
                             change("Add-Package"),
                             change("Remove-Package"),
                             change("Enable-Feature"),
                             change("Disable-Feature"),
                             change("Add-Driver"),
                             change("Remove-Driver"),
                             change("Export-Driver"),
                             change("Add-Capability"),
                             change("Remove-Capability"),
                             change("Export-Source"),
                             change("Set-Edition"),
                             change("Set-ProductKey"),
                             change("Add-ProvisionedAppxPackage"),
                             change("Remove-ProvisionedAppxPackage"),
                             change("Optimize-ProvisionedAppxPackages"),
                             change("Set-ProvisionedAppxDataFile"),
                             change("Set-NonRemovableAppPolicy"),
                             change("Set-NonRemovableAppsPolicy"),
                             change("Import-DefaultAppAssociations"),
                             change("Export-DefaultAppAssociations"),
                             change("Remove-DefaultAppAssociations"),
                             change("Set-UILang"),
                             change("Set-UILangFallback"),
                             change("Set-SysUILang"),
                             change("Set-SysLocale"),
                             change("Set-UserLocale"),
                             change("Set-InputLocale"),
                             change("Set-AllIntl"),
                             change("Set-TimeZone"),
                             change("Set-SKUIntlDefaults"),
                             change("Set-LayeredDriver"),
                             change("Gen-LangINI"),
                             change("Set-SetupUILang"),
                             change("Apply-Unattend"),
                             change("Enable-Profiling"),
                             change("Disable-Profiling"),
                             change("Apply-Profiles"),
                             change("Set-ScratchSpace"),
                             change("Set-TargetPath"),
                             change("Set-OSUninstallWindow"),
                             change("Initiate-OSUninstall"),
                             change("Remove-OSUninstall"),
                             change("Set-ReservedStorageState"),
                             change("Apply-SiloedPackage"),
                             change("Add-ProvisioningPackage"),
                             change("Get-ProvisioningPackageInfo")};

template <class Rule>
const Rule* find_rule(std::span<const Rule> rules, std::string_view name) noexcept {
  const auto found = std::ranges::find_if(rules, [name](const Rule& rule) {
    return same_name(rule.name, name) || (!rule.alias.empty() && same_name(rule.alias, name));
  });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace

std::span<const OptionRule> global_options() {
  return globals;
}

const OptionRule* find_option(std::span<const OptionRule> options, std::string_view name) noexcept {
  return find_rule(options, name);
}

const CommandRule* find_command(std::string_view name) noexcept {
  const CommandRule* reader = find_rule(std::span<const CommandRule>(reading), name);
  return reader != nullptr ? reader : find_rule(std::span<const CommandRule>(changing), name);
}

std::span<const CommandRule> reading_commands() {
  return reading;
}

}  // namespace casement::dism
