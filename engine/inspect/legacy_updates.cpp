// SPDX-License-Identifier: Apache-2.0
// Updates of systems before Windows Vista: the keys HotFix and Updates.
#include <array>
#include <charconv>
#include <utility>

#include "engine/image/registry_read.h"
#include "engine/inspect/fact_reader.h"
#include "engine/inspect/key_items.h"
#include "engine/inspect/knowledge_base.h"
#include "engine/inspect/update_groups.h"
#include "vfs/core/civil_time.h"
#include "vfs/core/utf16.h"

namespace casement {
namespace {

constexpr std::u16string_view hotfix_key = u"Microsoft\\Windows NT\\CurrentVersion\\HotFix";
constexpr std::u16string_view updates_key = u"Microsoft\\Updates";

/// Keys of updates lie two or three levels below Updates: product, service pack, update.
constexpr std::uint32_t update_levels = 3;

/// "Q147222" of Windows NT 4 and 2000: what became "KB147222" later.
std::optional<std::u16string> number_of(std::u16string_view name) {
  if (auto number = knowledge_base_in(name)) {
    return number;
  }
  if (!name.empty() && (name.front() == u'Q' || name.front() == u'q')) {
    if (auto number = knowledge_base_in(u"KB" + std::u16string(name.substr(1)))) {
      return u"Q" + number->substr(2);
    }
  }
  return std::nullopt;
}

/// "7/22/2012", as the installer writes it whatever the language is. The zone is not stored.
std::optional<FileTime> installed_date(std::u16string_view text) {
  const std::string date = to_utf8(text);
  std::array<unsigned, 3> numbers = {};
  const char* at = date.data();
  const char* const end = at + date.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto outcome = std::from_chars(at, end, numbers.at(i));
    const bool last = i + 1 == numbers.size();
    if (outcome.ec != std::errc() ||
        (last ? outcome.ptr != end : outcome.ptr == end || *outcome.ptr != '/')) {
      return std::nullopt;
    }
    at = last ? end : outcome.ptr + 1;
  }
  const auto [month, day, year] = numbers;
  if (year > 9999) {
    return std::nullopt;
  }
  const FileTime time =
      from_civil_time({.year = static_cast<int>(year), .month = month, .day = day}, 0);
  return time.is_set() ? std::optional(time) : std::nullopt;
}

/// The kind by what a description begins with: "Security Update for Windows XP (KB2115168)".
std::optional<ReleaseType> kind_of(std::u16string_view description) {
  return parse_release_type(description.substr(0, description.find(u" for ")));
}

class LegacyReader {
 public:
  LegacyReader(const Image& image, UpdateGroups& groups, Diagnostics& findings)
      : facts_(image, findings), groups_(groups) {}

  void read_hotfixes() {
    for_each_below(hotfix_key, [this](const Key& key) { add_hotfix(key); });
  }
  void read_updates() { read_level(std::u16string(updates_key), update_levels); }

 private:
  template <class Use>
  void for_each_below(std::u16string_view path, Use&& use) {
    const HivePtr software = facts_.hive(HiveId::software);
    if (!software) {
      return;
    }
    const Result<std::optional<Key>> parent = software->find(path);
    if (!parent) {
      facts_.findings().add("damaged", parent.error());
      return;
    }
    if (*parent) {
      for_each_subkey(
          **parent, facts_.findings(), [&] { return "SOFTWARE " + to_utf8(path); }, use);
    }
  }

  std::u16string text(std::u16string_view key, std::u16string_view name) {
    auto fact = facts_.text(HiveId::software, key, name);
    return fact ? std::move(fact->value) : std::u16string();
  }

  void add_hotfix(const Key& key) {
    const std::u16string name = key.name().to_u16string();
    auto number = number_of(name);
    if (!number) {
      return;  // "ServicePackUninstall"
    }
    const std::u16string path = join_key(hotfix_key, name);
    UpdateSource source;
    source.is_whole = true;
    source.update.knowledge_base = *std::move(number);
    const auto installed = facts_.dword(HiveId::software, path, u"Installed");
    source.update.state =
        installed && installed->value != 0 ? PackageState::installed : PackageState::not_present;
    source.update.description = text(path, u"Fix Description");
    if (source.update.description.empty()) {
      source.update.description = text(path, u"Comments");
    }
    source.update.release_type = kind_of(source.update.description);
    source.update.packages = {name};
    source.update.evidence = facts_.evidence(HiveId::software, path, u"Installed");
    groups_.add(std::move(source));
  }

  void read_level(const std::u16string& path, std::uint32_t levels) {
    for_each_below(path, [&](const Key& key) {
      const std::u16string name = key.name().to_u16string();
      if (auto number = knowledge_base_in(name)) {
        add_update(join_key(path, name), name, *std::move(number));
      } else if (levels > 1) {
        read_level(join_key(path, name), levels - 1);
      }
    });
  }

  void add_update(const std::u16string& path, const std::u16string& name, std::u16string number) {
    UpdateSource source;
    source.update.knowledge_base = std::move(number);
    source.update.state = PackageState::installed;  // the key goes when the update does
    source.update.description = text(path, u"Description");
    source.update.version = text(path, u"PackageVersion");
    source.update.release_type = parse_release_type(text(path, u"ReleaseType"));
    if (!source.update.release_type) {
      source.update.release_type = kind_of(source.update.description);
    }
    source.update.install_time = installed_date(text(path, u"InstalledDate"));
    source.update.packages = {name};
    source.update.evidence = facts_.evidence(HiveId::software, path, u"InstalledDate");
    groups_.add(std::move(source));
  }

  FactReader facts_;
  UpdateGroups& groups_;
};

}  // namespace

void add_legacy_updates(const Image& image, UpdateGroups& groups, Diagnostics& findings) {
  LegacyReader reader(image, groups, findings);
  reader.read_hotfixes();
  reader.read_updates();
}

}  // namespace casement
