// SPDX-License-Identifier: Apache-2.0
// Looking variables up in the registry and expanding them.
#include "engine/image/environment.h"

#include <algorithm>
#include <array>

#include "engine/image/registry_read.h"
#include "vfs/core/upcase.h"

namespace casement {
namespace {

constexpr std::size_t max_units = 32'767;  // of an expanded string, as in Windows
constexpr int max_depth = 8;               // values within values; real ones nest twice

constexpr const char16_t* folders_key = u"Microsoft\\Windows\\CurrentVersion";
constexpr const char16_t* profiles_key = u"Microsoft\\Windows NT\\CurrentVersion\\ProfileList";

struct FolderVariable {
  std::u16string_view name;
  const char16_t* key;
  std::u16string_view value;
  std::u16string_view otherwise;  // where Windows has it when SOFTWARE does not say
};

constexpr std::array<FolderVariable, 9> folder_variables = {{
    {u"ProgramFiles", folders_key, u"ProgramFilesDir", u"%SystemDrive%\\Program Files"},
    {u"ProgramFiles(x86)", folders_key, u"ProgramFilesDir (x86)", u""},
    {u"ProgramW6432", folders_key, u"ProgramW6432Dir", u""},
    {u"CommonProgramFiles", folders_key, u"CommonFilesDir",
     u"%SystemDrive%\\Program Files\\Common Files"},
    {u"CommonProgramFiles(x86)", folders_key, u"CommonFilesDir (x86)", u""},
    {u"CommonProgramW6432", folders_key, u"CommonW6432Dir", u""},
    {u"ProgramData", profiles_key, u"ProgramData", u""},
    {u"ALLUSERSPROFILE", profiles_key, u"ProgramData", u""},
    {u"PUBLIC", profiles_key, u"Public", u""},
}};

/// A damaged value is as good as none: the path then keeps the variable's name.
std::optional<std::u16string> value_of(const HivePtr& hive, std::u16string_view key,
                                       std::u16string_view name) {
  if (!hive) {
    return std::nullopt;
  }
  Result<std::optional<std::u16string>> value = read_string(*hive, key, name);
  return value && *value && !(*value)->empty() ? *std::move(value) : std::nullopt;
}

/// Before Vista: the folder's name below the profiles.
std::optional<std::u16string> old_all_users(const HivePtr& software) {
  const auto parent = value_of(software, profiles_key, u"ProfilesDirectory");
  const auto name = value_of(software, profiles_key, u"AllUsersProfile");
  if (!parent || !name) {
    return std::nullopt;
  }
  return *parent + u"\\" + *name;
}

std::optional<std::u16string> folder_variable(const EnvironmentSources& sources,
                                              std::u16string_view name) {
  const auto* found =
      std::find_if(folder_variables.begin(), folder_variables.end(),
                   [name](const FolderVariable& known) { return equals_folded(known.name, name); });
  if (found == folder_variables.end()) {
    return std::nullopt;
  }
  if (auto value = value_of(sources.software, found->key, found->value)) {
    return value;
  }
  if (equals_folded(name, u"ALLUSERSPROFILE")) {
    return old_all_users(sources.software);
  }
  return found->otherwise.empty() ? std::nullopt : std::optional(std::u16string(found->otherwise));
}

Result<void> append_expanded(std::u16string& out, std::u16string_view text,
                             const VariableLookup& lookup, int depth) {
  while (!text.empty()) {
    const std::size_t open = std::min(text.find(u'%'), text.size());
    const std::size_t close =
        open < text.size() ? text.find(u'%', open + 1) : std::u16string_view::npos;
    out += text.substr(0, open);
    if (out.size() > max_units) {
      return fail(Status::limit_exceeded, "expanded path is longer than 32,767 units");
    }
    if (close == std::u16string_view::npos) {
      out += text.substr(open);
      break;
    }
    const std::u16string_view name = text.substr(open + 1, close - open - 1);
    const auto value = name.empty() || depth >= max_depth ? std::nullopt : lookup(name);
    if (value) {
      CASEMENT_TRY(append_expanded(out, *value, lookup, depth + 1));
      text.remove_prefix(close + 1);
    } else {
      // The second sign may open the next variable.
      out += text.substr(open, close - open);
      text.remove_prefix(close);
    }
  }
  if (out.size() > max_units) {
    return fail(Status::limit_exceeded, "expanded path is longer than 32,767 units");
  }
  return {};
}

}  // namespace

Result<std::u16string> expand_variables(std::u16string_view text, const VariableLookup& lookup) {
  std::u16string out;
  CASEMENT_TRY(append_expanded(out, text, lookup, 0));
  return out;
}

std::optional<std::u16string> find_variable(const EnvironmentSources& sources,
                                            std::u16string_view name) {
  if (equals_folded(name, u"SystemRoot") || equals_folded(name, u"windir")) {
    return sources.system_root;
  }
  if (equals_folded(name, u"SystemDrive")) {
    return sources.system_root.substr(0, 2);
  }
  if (auto folder = folder_variable(sources, name)) {
    return folder;
  }
  if (sources.control_set.empty()) {
    return std::nullopt;
  }
  return value_of(sources.system,
                  join_key(sources.control_set, u"Control\\Session Manager\\Environment"), name);
}

}  // namespace casement
