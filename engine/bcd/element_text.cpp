// SPDX-License-Identifier: Apache-2.0
// Element values as text for people.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <span>
#include <string_view>

#include "engine/bcd/element.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::array<std::string_view, 4> nx = {"OptIn", "OptOut", "AlwaysOff", "AlwaysOn"};
constexpr std::array<std::string_view, 3> pae = {"Default", "ForceEnable", "ForceDisable"};
constexpr std::array<std::string_view, 2> boot_menu_policy = {"Legacy", "Standard"};
constexpr std::array<std::string_view, 3> safe_boot = {"Minimal", "Network", "DsRepair"};
constexpr std::array<std::string_view, 2> launch_type = {"Off", "Auto"};
constexpr std::array<std::string_view, 5> debug_type = {"Serial", "1394", "USB", "NET", "Local"};
constexpr std::array<std::string_view, 8> boot_status_policy = {
    "DisplayAllFailures",  "IgnoreAllFailures",        "IgnoreShutdownFailures",
    "IgnoreBootFailures",  "IgnoreCheckpointFailures", "DisplayShutdownFailures",
    "DisplayBootFailures", "DisplayCheckpointFailures"};

struct Enumeration {
  std::string_view element;
  Names names;
};

constexpr std::array<Enumeration, 8> enumerations = {{
    {"nx", nx},
    {"pae", pae},
    {"bootmenupolicy", boot_menu_policy},
    {"safeboot", safe_boot},
    {"hypervisorlaunchtype", launch_type},
    {"vsmlaunchtype", launch_type},
    {"debugtype", debug_type},
    {"bootstatuspolicy", boot_status_policy},
}};

std::string integer_text(std::string_view element, std::uint64_t value) {
  for (const Enumeration& row : enumerations) {
    if (row.element == element && value < row.names.size()) {
      return std::string(row.names[value]);
    }
  }
  return std::to_string(value);
}

/// One alternative of BcdValue each.
struct ItemText {
  std::string_view name;

  std::vector<std::string> operator()(const std::vector<std::byte>& raw) const {
    std::string text;
    for (const std::byte b : raw) {
      fmt::format_to(std::back_inserter(text), "{:02x}", std::to_integer<unsigned>(b));
    }
    return {text};
  }
  std::vector<std::string> operator()(const BcdDevice& device) const { return {describe(device)}; }
  std::vector<std::string> operator()(const std::u16string& text) const { return {to_utf8(text)}; }
  std::vector<std::string> operator()(const Guid& id) const { return {"{" + id.to_string() + "}"}; }
  std::vector<std::string> operator()(const std::vector<Guid>& ids) const {
    std::vector<std::string> items;
    for (const Guid& id : ids) {
      items.push_back("{" + id.to_string() + "}");
    }
    return items;
  }
  std::vector<std::string> operator()(std::uint64_t value) const {
    return {integer_text(name, value)};
  }
  std::vector<std::string> operator()(bool value) const { return {value ? "Yes" : "No"}; }
  std::vector<std::string> operator()(const std::vector<std::uint64_t>& values) const {
    std::vector<std::string> items;
    for (const std::uint64_t value : values) {
      items.push_back(fmt::format("{:#x}", value));
    }
    return items;
  }
};

}  // namespace

std::vector<std::string> describe_items(const BcdElement& element) {
  return std::visit(ItemText{element.name}, element.value);
}

std::string describe(const BcdElement& element) {
  return fmt::format("{}", fmt::join(describe_items(element), ", "));
}

}  // namespace casement
