// SPDX-License-Identifier: Apache-2.0
// Opening a session: the arguments, the path, the image.
#include "engine/session/session.h"

#include <fmt/format.h>

#include <memory>
#include <string_view>
#include <utility>

#include "engine/session/host_path.h"
#include "vfs/core/ascii.h"
#include "vfs/core/upcase.h"
#include "vfs/core/utf16.h"
#include "vfs/open/opener.h"

namespace casement {
namespace {

constexpr std::size_t max_units = 32'767;  // of a path, as in Windows

Result<void> check_text(std::u16string_view text, const char* what) {
  if (text.size() > max_units) {
    return fail(Status::invalid_argument, fmt::format("{} has {} units, at most {} are possible",
                                                      what, text.size(), max_units));
  }
  if (text.find(u'\0') != std::u16string_view::npos) {
    return fail(Status::invalid_argument, fmt::format("{} has a NUL in it", what));
  }
  if (!is_well_formed(text)) {
    return fail(Status::invalid_argument,
                fmt::format("{} is not UTF-16: \"{}\"", what, to_utf8(text)));
  }
  return {};
}

/// An empty optional text is the same as none.
std::u16string text_or_empty(const std::optional<std::u16string>& text) {
  return text.value_or(std::u16string());
}

Result<void> check_request(const SessionRequest& request) {
  if (request.image_path.empty()) {
    return fail(Status::invalid_argument, "the image path is empty");
  }
  CASEMENT_TRY(check_text(request.image_path, "the image path"));
  CASEMENT_TRY(check_text(text_or_empty(request.windows_directory), "the Windows directory"));
  CASEMENT_TRY(check_text(text_or_empty(request.system_drive), "the system drive"));
  if (!equals_folded(request.image_path, online_image_name)) {
    return {};
  }
  if (!text_or_empty(request.windows_directory).empty() ||
      !text_or_empty(request.system_drive).empty()) {
    return fail(Status::invalid_argument,
                "the online image takes no Windows directory and no system drive: they are those "
                "of the running system");
  }
  return fail(Status::unsupported,
              "the online image is the running Windows, which this version cannot open: give the "
              "path of an image");
}

bool is_separator(char c) {
  return c == '/' || c == '\\';
}

/// "/mnt/image" for "/mnt/image\"; the root stays.
std::string without_trailing_separators(std::string path) {
  while (path.size() > 1 && is_separator(path.back())) {
    path.pop_back();
  }
  return path;
}

/// "C:" and "C:\x" name drives of another system; say so instead of "no such file".
bool has_drive_letter(std::string_view path) {
  return path.size() >= 2 && is_ascii_letter(path[0]) && path[1] == ':';
}

Result<OpenedImage> open_path(std::u16string_view image_path, const Limits& limits) {
  const std::string as_given = to_utf8(image_path);
  Result<OpenedImage> opened =
      with_host_path(without_trailing_separators(as_given),
                     [&](const std::string& path) { return open_image(path, limits); });
  if (!opened && is_missing(opened.error()) && has_drive_letter(as_given)) {
    return fail(Status::path_not_found,
                fmt::format("image {}: this system has no drive letters; give the path of the "
                            "directory where the image is",
                            as_given));
  }
  return opened;
}

}  // namespace

Result<std::shared_ptr<const Session>> Session::open(const SessionRequest& request,
                                                     const Limits& limits) {
  OpenedImage opened = CASEMENT_TRY(open_volumes(request, limits));
  return complete(std::move(opened), request, limits);
}

Result<OpenedImage> Session::open_volumes(const SessionRequest& request, const Limits& limits) {
  CASEMENT_TRY(check_request(request));
  return open_path(request.image_path, limits);
}

Result<std::shared_ptr<const Session>> Session::complete(OpenedImage opened,
                                                         const SessionRequest& request,
                                                         const Limits& limits) {
  const ImageChoice choice{.windows_directory = text_or_empty(request.windows_directory),
                           .system_drive = text_or_empty(request.system_drive)};
  ImagePtr image = CASEMENT_TRY(Image::open(std::move(opened), choice, limits));
  return std::shared_ptr<const Session>(new Session(std::move(image)));
}

const PackageStore& Session::packages() const {
  std::call_once(packages_once_, [this] { packages_ = PackageStore::read(image_); });
  return *packages_;
}

const DriverList& Session::drivers() const {
  std::call_once(drivers_once_, [this] { drivers_ = read_drivers(*image_); });
  return drivers_;
}

}  // namespace casement
