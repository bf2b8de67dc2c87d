// SPDX-License-Identifier: Apache-2.0
// The names of the registry's roots, and separators.
#include "tools/casement/registry_path.h"

#include <algorithm>
#include <array>

#include "vfs/core/upcase.h"

namespace casement::cli {
namespace {

struct RootName {
  std::u16string_view short_name;
  std::u16string_view long_name;
};

constexpr std::array<RootName, 5> roots{{
    {u"HKLM", u"HKEY_LOCAL_MACHINE"},
    {u"HKU", u"HKEY_USERS"},
    {u"HKCR", u"HKEY_CLASSES_ROOT"},
    {u"HKCC", u"HKEY_CURRENT_CONFIG"},
    {u"HKCU", u"HKEY_CURRENT_USER"},
}};

}  // namespace

std::u16string normalise_key(std::u16string_view typed) {
  std::u16string key{typed};
  if (key.find(u'\\') == std::u16string::npos) {
    for (char16_t& unit : key) {
      unit = unit == u'/' ? u'\\' : unit;
    }
  }
  while (!key.empty() && key.back() == u'\\') {
    key.pop_back();
  }
  return key;
}

std::optional<std::u16string> as_bare_root(std::u16string_view key) {
  if (key.empty()) {
    return std::u16string();
  }
  for (const RootName& root : {roots[0], roots[1]}) {
    if (equals_folded(key, root.short_name) || equals_folded(key, root.long_name)) {
      return std::u16string(root.short_name);
    }
  }
  return std::nullopt;
}

std::u16string with_long_root(std::u16string_view path) {
  const std::size_t end = std::min(path.find(u'\\'), path.size());
  for (const RootName& root : roots) {
    if (path.substr(0, end) == root.short_name) {
      return std::u16string(root.long_name).append(path.substr(end));
    }
  }
  return std::u16string(path);
}

std::vector<std::u16string_view> root_names() {
  std::vector<std::u16string_view> names;
  for (const RootName& root : roots) {
    names.push_back(root.long_name);
    names.push_back(root.short_name);
  }
  return names;
}

}  // namespace casement::cli
