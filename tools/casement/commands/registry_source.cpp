// SPDX-License-Identifier: Apache-2.0
// Opening what `casement reg` reads.
#include "tools/casement/commands/registry_source.h"

#include <sys/stat.h>

#include <array>
#include <filesystem>
#include <set>
#include <utility>

#include "tools/casement/commands/hive_file.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

constexpr std::array<std::u16string_view, 7> machine_hives{
    u"HKLM\\SYSTEM",  u"HKLM\\SOFTWARE",   u"HKLM\\SAM",        u"HKLM\\SECURITY",
    u"HKLM\\DRIVERS", u"HKLM\\COMPONENTS", u"HKLM\\BCD00000000"};

bool is_regular_file(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

/// Registry editors name a hive file's keys by where it is loaded; the file's own name is the usual
/// place of the machine's hives.
std::u16string default_prefix(const std::string& path) {
  const auto name = from_utf8(std::filesystem::path(path).filename().string());
  return u"HKEY_LOCAL_MACHINE\\" + name.value_or(u"HIVE");
}

}  // namespace

Result<SessionRequest> to_request(const ImageOptions& options) {
  const auto convert = [](const std::string& text) -> Result<std::u16string> {
    auto converted = from_utf8(text);
    if (!converted) {
      return fail(Status::invalid_argument, "an argument is not UTF-8");
    }
    return *std::move(converted);
  };
  SessionRequest request;
  request.image_path = CASEMENT_TRY(convert(options.image));
  if (options.windows_directory) {
    request.windows_directory = CASEMENT_TRY(convert(*options.windows_directory));
  }
  if (options.system_drive) {
    request.system_drive = CASEMENT_TRY(convert(*options.system_drive));
  }
  return request;
}

Result<RegistrySource> RegistrySource::open(const RegOptions& options) {
  RegistrySource source;
  if (is_regular_file(options.image.image)) {
    SourcePtr file = CASEMENT_TRY(open_file_source(options.image.image));
    if (looks_like_hive(*file)) {
      if (options.image.windows_directory || options.image.system_drive) {
        return fail(Status::invalid_argument,
                    "--windows-dir and --system-drive are for images, and this is a hive file");
      }
      source.hive_ =
          CASEMENT_TRY(open_hive_file(options.image.image, std::move(file), !options.no_logs));
      source.reg_prefix_ = default_prefix(options.image.image);
      return source;
    }
  }
  if (options.no_logs || options.prefix) {
    return fail(
        Status::invalid_argument,
        options.image.image + " is no hive file: --no-logs and --prefix are for hive files");
  }
  const SessionRequest request = CASEMENT_TRY(to_request(options.image));
  source.session_ = CASEMENT_TRY(Session::open(request));
  return source;
}

Result<std::optional<RegStart>> RegistrySource::find(std::u16string_view path) const {
  if (hive_) {
    const std::optional<Key> key = CASEMENT_TRY(hive_->find(path));
    if (!key) {
      return std::nullopt;
    }
    std::u16string stored = u"\\" + CASEMENT_TRY(key->path());
    return RegStart{hive_, *key, std::move(stored)};
  }
  auto located = CASEMENT_TRY(session_->image().find_key(path));
  if (!located) {
    return std::nullopt;
  }
  return RegStart{std::move(located->hive), located->key, std::move(located->path)};
}

std::vector<std::u16string> RegistrySource::user_names() const {
  std::vector<std::u16string> names{u".DEFAULT"};
  const auto profiles = session_->image().find_key(
      u"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList");
  if (!profiles || !*profiles) {
    return names;
  }
  SubkeyReader reader = (*profiles)->key.subkeys();
  while (true) {
    const auto profile = reader.next();
    if (!profile || !*profile) {
      return names;  // a damaged list is reported when the key itself is asked for
    }
    names.push_back((*profile)->name().to_u16string());
  }
}

std::vector<Result<RegStart>> RegistrySource::tops(std::u16string_view root) const {
  std::vector<Result<RegStart>> found;
  std::set<std::u16string> seen;  // HKU\\S-1-5-18 is HKU\\.DEFAULT
  const auto add = [&](std::u16string_view path) {
    Result<std::optional<RegStart>> start = find(path);
    if (!start) {
      found.emplace_back(
          std::unexpected(std::move(start).error().context("hive " + to_utf8(path))));
    } else if (*start && seen.insert((*start)->path).second) {
      found.emplace_back(std::move(**start));
    }
  };
  if (hive_) {
    add(u"");
    return found;
  }
  if (root != u"HKU") {
    for (const std::u16string_view path : machine_hives) {
      add(path);
    }
  }
  if (root != u"HKLM") {
    for (const std::u16string& user : user_names()) {
      add(u"HKU\\" + user);
    }
  }
  return found;
}

}  // namespace casement::cli
