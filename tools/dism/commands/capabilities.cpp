// SPDX-License-Identifier: Apache-2.0
// /Get-Capabilities and /Get-CapabilityInfo: features on demand.
#include "engine/inspect/capabilities.h"

#include <fmt/format.h>

#include <string>

#include "tools/dism/commands/commands.h"
#include "tools/dism/context.h"
#include "tools/dism/list.h"
#include "tools/dism/open_session.h"
#include "tools/dism/table.h"
#include "tools/dism/values.h"

namespace casement::dism {
namespace {

/// "OpenSSH.Client" of "OpenSSH.Client~~~~0.0.1.0".
std::u16string short_name(const std::u16string& identity) {
  return identity.substr(0, identity.find(u'~'));
}

/// Unverified: the fields are documented, their order and the heading are not.
void add_capability(std::string& out, const Capability& capability) {
  out += "Capability Information:\n\n";
  add_field(out, "Capability Identity", capability.identity);
  add_field(out, "Name", short_name(capability.identity));
  add_field(out, "State", package_state_name(capability.state));
  add_field(out, "Display Name", capability.display_name);
  add_field(out, "Description", capability.description);
  add_field(out, "Download Size", short_size(capability.download_size));
  add_field(out, "Install Size", short_size(capability.install_size));
}

}  // namespace

Result<void> get_capabilities(Context& context) {
  const CapabilityList list = read_capabilities(context.packages());
  std::string& out = context.text();
  out += "Capability listing:\n";
  if (context.request().global.table && !list.capabilities.empty()) {
    Table table({"Capability Identity", "State"});
    for (const Capability& capability : list.capabilities) {
      table.add_row({printable(capability.identity), package_state_name(capability.state)});
    }
    out += "\n\n";
    table.append_to(out);
  } else {
    for (const Capability& capability : list.capabilities) {
      out += '\n';
      add_field(out, "Capability Identity", capability.identity);
      add_field(out, "State", package_state_name(capability.state));
    }
  }
  if (list.capabilities.empty()) {
    out += "\n(No capabilities found in the image)\n";
  }
  context.note(list.diagnostics);
  return {};
}

Result<void> get_capability_info(Context& context) {
  if (!context.request().has("CapabilityName")) {
    return context.refuse(wrong_usage,
                          usage::missing_option("Get-CapabilityInfo", "/CapabilityName"),
                          "no capability was named");
  }
  const CapabilityList list = read_capabilities(context.packages());
  std::string& out = context.text();
  bool first = true;
  for (const GivenOption& option : context.request().options) {
    if (option.rule->name != "CapabilityName") {
      continue;
    }
    const std::u16string name = CASEMENT_TRY(wide(option.value, "the capability name"));
    const Capability* capability = find_capability(list, name);
    if (capability == nullptr) {
      context.note(list.diagnostics);
      return context.refuse(wrong_usage,
                            {.before = {},
                             .lines = {"A Windows capability name was not "
                                       "recognized."}},
                            fmt::format("the image knows no capability {}", option.value));
    }
    out += first ? "" : "\n";
    first = false;
    add_capability(out, *capability);
  }
  context.note(list.diagnostics);
  return {};
}

}  // namespace casement::dism
