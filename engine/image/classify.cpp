// SPDX-License-Identifier: Apache-2.0
// The rules of classification, in order.
#include "engine/image/classify.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "engine/image/node_lookup.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"

namespace casement {

const char* installation_class_name(InstallationClass kind) noexcept {
  switch (kind) {
    case InstallationClass::client:
      return "client";
    case InstallationClass::server:
      return "server";
    case InstallationClass::winpe:
      return "winpe";
    case InstallationClass::winre:
      return "winre";
    case InstallationClass::previous:
      return "previous";
    case InstallationClass::upgrade_stage:
      return "upgrade_stage";
    case InstallationClass::unknown:
      return "unknown";
  }
  return "unknown";
}

bool is_full_windows(InstallationClass kind) noexcept {
  return kind == InstallationClass::client || kind == InstallationClass::server;
}

namespace {

bool starts_with(std::u16string_view text, std::u16string_view prefix) {
  return text.size() >= prefix.size() && equals_folded(text.substr(0, prefix.size()), prefix);
}

constexpr std::u16string_view previous_prefix = u"Windows.old";

}  // namespace

bool is_previous_directory(std::u16string_view name) {
  if (!starts_with(name, previous_prefix)) {
    return false;
  }
  std::u16string_view number = name.substr(previous_prefix.size());
  if (number.empty()) {
    return true;
  }
  if (number.front() == u'(' && number.back() == u')' && number.size() > 2) {
    number = number.substr(1, number.size() - 2);
  } else if (number.front() == u'.' && number.size() > 1) {
    number.remove_prefix(1);
  } else {
    return false;
  }
  return std::ranges::all_of(number, is_ascii_digit<char16_t>);
}

std::optional<InstallationClass> class_of_place(std::u16string_view windows_directory) {
  if (starts_with(windows_directory, u"\\$WINDOWS.~BT\\") ||
      starts_with(windows_directory, u"\\$Windows.~WS\\")) {
    return InstallationClass::upgrade_stage;
  }
  // Only what lies below it: Windows.old may itself be a Windows directory that somebody renamed.
  const std::size_t end = windows_directory.find(u'\\', 1);
  if (end != std::u16string_view::npos &&
      is_previous_directory(windows_directory.substr(1, end - 1))) {
    return InstallationClass::previous;
  }
  return std::nullopt;
}

namespace {

class Classifier {
 public:
  Classifier(Installation& installation, const InstallationFacts& facts,
             const FileSystem& file_system)
      : installation_(installation), facts_(facts), file_system_(file_system) {}

  InstallationClass run() {
    find_preinstallation();
    find_place();
    find_product();
    return kind_.value_or(InstallationClass::unknown);
  }

 private:
  void matched(InstallationClass kind, std::string what, std::string where) {
    installation_.evidence.push_back({std::move(what), 0, std::move(where)});
    kind_ = kind_.value_or(kind);
  }

  bool has(std::u16string_view path) const {
    const auto found = find_below(file_system_, installation_.directory, path);
    return found && *found;
  }

  void find_preinstallation() {
    bool is_pe = facts_.mini_nt;
    std::string what = "Control\\MiniNT in SYSTEM";
    std::string where = to_utf8(facts_.control_set.key) + "\\Control\\MiniNT";
    if (!is_pe && facts_.winpe_key) {
      is_pe = true;
      what = "WinPE key in SOFTWARE";
      where = to_utf8(current_version_key) + "\\WinPE";
    }
    if (!is_pe && facts_.edition && equals_folded(*facts_.edition, u"WindowsPE")) {
      is_pe = true;
      what = "EditionID WindowsPE";
      where = to_utf8(current_version_key) + "!EditionID";
    }
    // The two files alone decide only where no hive says otherwise: full installations may keep
    // copies of them.
    if (!is_pe && !facts_.current_version && has(u"System32\\winpeshl.exe") &&
        has(u"System32\\startnet.cmd")) {
      is_pe = true;
      what = "winpeshl.exe and startnet.cmd";
      where = "System32";
    }
    if (!is_pe) {
      return;
    }
    const auto recovery =
        find_below(file_system_, file_system_.root(), u"sources\\recovery\\RecEnv.exe");
    if (recovery && *recovery) {
      matched(InstallationClass::winre, "recovery environment: RecEnv.exe",
              "\\" + to_utf8((*recovery)->path));
    }
    matched(InstallationClass::winpe, "Windows PE: " + what, where);
  }

  void find_place() {
    const std::u16string& path = installation_.windows_directory;
    if (const auto kind = class_of_place(path)) {
      matched(*kind,
              *kind == InstallationClass::previous ? "lies in the folder of a previous installation"
                                                   : "lies in the folder of an upgrade",
              to_utf8(path));
    }
  }

  void find_product() {
    if (facts_.installation_type) {
      const std::u16string& type = *facts_.installation_type;
      const bool client = equals_folded(type, u"Client");
      // "Server", "Server Core", "Nano Server".
      const bool server = starts_with(type, u"Server") || equals_folded(type, u"Nano Server");
      if (client || server) {
        matched(client ? InstallationClass::client : InstallationClass::server,
                fmt::format("InstallationType {}", to_utf8(type)),
                to_utf8(current_version_key) + "!InstallationType");
      }
    }
    if (facts_.product_type) {
      // Windows before Vista has no InstallationType.
      const std::u16string& type = *facts_.product_type;
      const bool client = equals_folded(type, u"WinNT");
      const bool server = equals_folded(type, u"ServerNT") || equals_folded(type, u"LanmanNT");
      if (client || server) {
        matched(client ? InstallationClass::client : InstallationClass::server,
                fmt::format("ProductType {}", to_utf8(type)),
                to_utf8(facts_.control_set.key) + "\\Control\\ProductOptions!ProductType");
      }
    }
  }

  Installation& installation_;
  const InstallationFacts& facts_;
  const FileSystem& file_system_;
  std::optional<InstallationClass> kind_;
};

}  // namespace

InstallationClass classify(Installation& installation, const InstallationFacts& facts,
                           const FileSystem& file_system) {
  return Classifier(installation, facts, file_system).run();
}

}  // namespace casement
