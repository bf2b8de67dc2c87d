// SPDX-License-Identifier: Apache-2.0
// Parsing registry paths.
#include "engine/image/registry_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::size_t max_names = 512;

enum class Hkey : std::uint8_t { machine, users, classes, user, config };

struct RootName {
  std::u16string_view name;
  Hkey root;
};

constexpr std::array<RootName, 10> root_names = {{{u"HKLM", Hkey::machine},
                                                  {u"HKEY_LOCAL_MACHINE", Hkey::machine},
                                                  {u"HKU", Hkey::users},
                                                  {u"HKEY_USERS", Hkey::users},
                                                  {u"HKCR", Hkey::classes},
                                                  {u"HKEY_CLASSES_ROOT", Hkey::classes},
                                                  {u"HKCU", Hkey::user},
                                                  {u"HKEY_CURRENT_USER", Hkey::user},
                                                  {u"HKCC", Hkey::config},
                                                  {u"HKEY_CURRENT_CONFIG", Hkey::config}}};

std::vector<std::u16string> split(std::u16string_view text) {
  std::vector<std::u16string> names;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(u'\\'), text.size());
    if (end != 0) {
      names.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return names;
}

bool is(const std::vector<std::u16string>& names, std::size_t at, std::u16string_view wanted) {
  return at < names.size() && equals_folded(names[at], wanted);
}

const RootName* find_root(std::u16string_view name) {
  if (!name.empty() && name.back() == u':') {
    name.remove_suffix(1);
  }
  const auto* found =
      std::find_if(root_names.begin(), root_names.end(),
                   [name](const RootName& root) { return equals_folded(root.name, name); });
  return found == root_names.end() ? nullptr : &*found;
}

Result<RegistryPath> below_root(Hkey root, std::vector<std::u16string> names) {
  switch (root) {
    case Hkey::machine:
      return RegistryPath{.root = RegistryRoot::local_machine, .names = std::move(names)};
    case Hkey::users:
      return RegistryPath{.root = RegistryRoot::users, .names = std::move(names)};
    case Hkey::classes:
      names.insert(names.begin(), {u"SOFTWARE", u"Classes"});
      return RegistryPath{.root = RegistryRoot::local_machine, .names = std::move(names)};
    case Hkey::user:
      return fail(Status::invalid_argument,
                  "HKCU is the registry of whoever is logged on, and nobody is in an image: name "
                  "the user with HKU\\<SID>");
    case Hkey::config:
      return fail(Status::invalid_argument,
                  "HKCC is made while Windows runs and is not in an image: use "
                  "HKLM\\SYSTEM\\CurrentControlSet\\Hardware Profiles\\0001");
  }
  return fail(Status::invalid_argument, "no such registry root");
}

}  // namespace

Result<RegistryPath> parse_registry_path(std::u16string_view text) {
  std::vector<std::u16string> names = split(text);
  if (names.size() > max_names) {
    return fail(Status::limit_exceeded,
                fmt::format("registry path of {} names: at most {}", names.size(), max_names));
  }
  if (is(names, 0, u"REGISTRY") && !text.empty() && text.front() == u'\\') {
    const bool machine = is(names, 1, u"MACHINE");
    if (machine || is(names, 1, u"USER")) {
      names.erase(names.begin(), std::next(names.begin(), 2));
      return below_root(machine ? Hkey::machine : Hkey::users, std::move(names));
    }
  }
  if (is(names, 0, u"Computer")) {
    names.erase(names.begin());
  }
  const RootName* root = names.empty() ? nullptr : find_root(names.front());
  if (root == nullptr) {
    return fail(
        Status::invalid_argument,
        fmt::format("registry path \"{}\": it must begin with HKLM, HKU or HKCR", to_utf8(text)));
  }
  names.erase(names.begin());
  return below_root(root->root, std::move(names));
}

}  // namespace casement
