// SPDX-License-Identifier: Apache-2.0
// Settings of Windows PE, reserved storage, the window to go back to an older Windows.
#include "engine/inspect/deployment.h"

#include <fmt/format.h>

#include <string>

#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"

namespace casement::dism {
namespace {

// What Windows PE starts with when nothing was set.
constexpr std::uint32_t default_scratch_space = 32;
constexpr const char16_t* default_target_path = u"X:\\";

Result<PeSettings> pe_settings(Context& context) {
  PeSettings settings = read_pe_settings(context.image());
  context.note(settings.diagnostics);
  if (!settings.windows_pe) {
    return context.refuse(
        Status::unsupported,
        {.before = {}, .lines = {"This command can only be used with a Windows PE image."}},
        "the image is not one of Windows PE");
  }
  return settings;
}

void add_profiling(std::string& out, const PeSettings& settings) {
  const bool enabled = settings.profiling && settings.profiling->value;
  add_field(out, "Profiling", enabled ? "Enabled" : "Disabled");
}

void add_scratch_space(std::string& out, const PeSettings& settings) {
  add_field(out, "Scratch Space",
            fmt::format("{}MB", settings.scratch_space ? settings.scratch_space->value
                                                       : default_scratch_space));
}

void add_target_path(std::string& out, const PeSettings& settings) {
  add_field(
      out, "Target Path",
      settings.target_path ? settings.target_path->value : std::u16string(default_target_path));
}

using AddSetting = void (*)(std::string&, const PeSettings&);

/// Unverified: the heading. Programs that take the scratch space from its line rely on there being
/// one and a blank line.
Result<void> print_setting(Context& context, AddSetting add) {
  const PeSettings settings = CASEMENT_TRY(pe_settings(context));
  context.text() += "Windows PE settings:\n\n";
  add(context.text(), settings);
  return {};
}

}  // namespace

Result<void> get_pe_settings(Context& context) {
  return print_setting(context, [](std::string& out, const PeSettings& settings) {
    add_profiling(out, settings);
    add_scratch_space(out, settings);
    add_target_path(out, settings);
  });
}

Result<void> get_profiling(Context& context) {
  return print_setting(context, add_profiling);
}

Result<void> get_scratch_space(Context& context) {
  return print_setting(context, add_scratch_space);
}

Result<void> get_target_path(Context& context) {
  return print_setting(context, add_target_path);
}

Result<void> get_reserved_storage_state(Context& context) {
  const ReservedStorage storage = read_reserved_storage(context.image());
  context.note(storage.diagnostics);
  const bool enabled = storage.enabled && storage.enabled->value;
  context.text() += fmt::format("Reserved storage is {}.\n", enabled ? "enabled" : "disabled");
  return {};
}

Result<void> get_os_uninstall_window(Context& context) {
  const UninstallWindow window = read_uninstall_window(context.image());
  context.note(window.diagnostics);
  if (!window.days) {
    return context.refuse(element_not_found, {},
                          "the image keeps no older Windows to go back to: UninstallWindow is not "
                          "set");
  }
  add_field(context.text(), "Uninstall Window", std::to_string(window.days->value));
  return {};
}

}  // namespace casement::dism
