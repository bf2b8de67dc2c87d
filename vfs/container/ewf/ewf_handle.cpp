// SPDX-License-Identifier: Apache-2.0
// The only file that knows libewf.
#include "vfs/container/ewf/ewf_handle.h"

#include <fmt/format.h>
#include <libewf.h>

#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "vfs/container/referenced_file.h"

namespace casement {
namespace {

/// EWF chunks have at most 32,768 sectors; with sectors of 4096 bytes that is 128 MiB.
constexpr std::uint32_t max_chunk_size = std::uint32_t{128} << 20;
/// Longest text of a case that is shown.
constexpr std::size_t max_text = 200;

/// Takes libewf's error apart and frees it.
class EwfError {
 public:
  EwfError() = default;
  EwfError(const EwfError&) = delete;
  EwfError& operator=(const EwfError&) = delete;
  ~EwfError() { libewf_error_free(&error_); }

  libewf_error_t** operator&() noexcept { return &error_; }  // NOLINT: as the C functions want it

  std::string text() const {
    std::array<char, 512> buffer{};
    if (error_ == nullptr || libewf_error_sprint(error_, buffer.data(), buffer.size() - 1) < 0) {
      return "libewf gives no reason";
    }
    return printable_text(std::string_view(buffer.data()));
  }

  /// Whether the system refused to open one more file. libewf keeps the reason as a text only.
  bool is_too_many_files() const {
    std::array<char, 4096> buffer{};
    if (error_ == nullptr ||
        libewf_error_backtrace_sprint(error_, buffer.data(), buffer.size() - 1) < 0) {
      return false;
    }
    const std::string_view all(buffer.data());
    const auto mentions = [all](std::errc code) {
      return all.contains(std::make_error_code(code).message());
    };
    return mentions(std::errc::too_many_files_open) ||
           mentions(std::errc::too_many_files_open_in_system);
  }

 private:
  libewf_error_t* error_ = nullptr;
};

/// File names that libewf found.
struct Names {
  Names() = default;
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;
  ~Names() {
    if (found != nullptr) {
      libewf_glob_free(found, count, nullptr);
    }
  }

  char** found = nullptr;
  int count = 0;
};

/// The segments of the set; `path` alone when its name does not follow the naming of segments.
std::vector<std::string> find_segments(const std::string& path) {
  Names names;
  EwfError ignored;
  if (libewf_glob(path.c_str(), path.size(), LIBEWF_FORMAT_UNKNOWN, &names.found, &names.count,
                  &ignored) != 1 ||
      names.count < 1) {
    return {path};
  }
  return {names.found, names.found + names.count};
}

const char* format_name(std::uint8_t format) noexcept {
  switch (format) {
    case LIBEWF_FORMAT_ENCASE1:
      return "EnCase 1";
    case LIBEWF_FORMAT_ENCASE2:
      return "EnCase 2";
    case LIBEWF_FORMAT_ENCASE3:
      return "EnCase 3";
    case LIBEWF_FORMAT_ENCASE4:
      return "EnCase 4";
    case LIBEWF_FORMAT_ENCASE5:
      return "EnCase 5";
    case LIBEWF_FORMAT_ENCASE6:
      return "EnCase 6";
    case LIBEWF_FORMAT_ENCASE7:
      return "EnCase 7";
    case LIBEWF_FORMAT_SMART:
      return "SMART";
    case LIBEWF_FORMAT_FTK_IMAGER:
      return "FTK Imager";
    case LIBEWF_FORMAT_LINEN5:
    case LIBEWF_FORMAT_LINEN6:
    case LIBEWF_FORMAT_LINEN7:
      return "linen";
    case LIBEWF_FORMAT_EWF:
      return "EWF";
    case LIBEWF_FORMAT_EWFX:
      return "EWFX";
    default:
      return "EWF of a kind that is not known";
  }
}

using TextGetter = int (*)(libewf_handle_t*, const std::uint8_t*, std::size_t, std::uint8_t*,
                           std::size_t, libewf_error_t**);

std::string read_text(libewf_handle_t* handle, TextGetter getter, std::string_view name) {
  std::array<std::uint8_t, 4096> buffer{};
  EwfError ignored;
  const auto* const key = reinterpret_cast<const std::uint8_t*>(name.data());  // NOLINT: chars
  if (getter(handle, key, name.size(), buffer.data(), buffer.size() - 1, &ignored) != 1) {
    return {};
  }
  const std::string_view text(reinterpret_cast<const char*>(buffer.data()));  // NOLINT: chars
  return printable_text(text.substr(0, max_text));
}

}  // namespace

struct EwfHandle::Library {
  Library() { libewf_handle_initialize(&handle, nullptr); }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    if (handle != nullptr) {
      libewf_handle_close(handle, nullptr);
      libewf_handle_free(&handle, nullptr);
    }
  }

  libewf_handle_t* handle = nullptr;
};

EwfHandle::EwfHandle(std::unique_ptr<Library> library, std::vector<std::string> segments,
                     EwfFacts facts)
    : library_(std::move(library)), segments_(std::move(segments)), facts_(std::move(facts)) {}

EwfHandle::~EwfHandle() = default;

Result<std::unique_ptr<EwfHandle>> EwfHandle::open(const std::string& path, const Limits& limits) {
  std::vector<std::string> segments = find_segments(path);
  if (segments.size() > limits.max_segments) {
    return fail(Status::limit_exceeded, fmt::format("{}: {} segment files, at most {} are taken",
                                                    path, segments.size(), limits.max_segments));
  }
  auto library = std::make_unique<Library>();
  if (library->handle == nullptr) {
    return fail(Status::io_failed, fmt::format("{}: libewf gives no handle", path));
  }
  std::vector<char*> names;
  for (std::string& segment : segments) {
    names.push_back(segment.data());
  }
  // All segments stay open: with a maximum number of open files libewf 20140813 reads wrong bytes
  // when it comes back to a segment that it had closed.
  EwfError error;
  if (libewf_handle_open(library->handle, names.data(), static_cast<int>(names.size()),
                         LIBEWF_OPEN_READ, &error) != 1) {
    if (error.is_too_many_files()) {
      return fail(Status::limit_exceeded,
                  fmt::format("EWF {}: its {} segments must be open at the same time, and the "
                              "system allows fewer open files; raise the limit (ulimit -n)",
                              path, segments.size()));
    }
    return fail(Status::corrupt, fmt::format("EWF {}: libewf cannot open the {} segments: {}", path,
                                             segments.size(), error.text()));
  }
  std::unique_ptr<EwfHandle> opened(
      new EwfHandle(std::move(library), std::move(segments), EwfFacts{}));
  CASEMENT_TRY(opened->read_facts().with_context([&] { return path; }));
  return opened;
}

Result<void> EwfHandle::read_facts() {
  libewf_handle_t* const handle = library_->handle;
  size64_t media_size = 0;
  size32_t chunk_size = 0;
  std::uint8_t format = 0;
  EwfError error;
  if (libewf_handle_get_media_size(handle, &media_size, &error) != 1 ||
      libewf_handle_get_chunk_size(handle, &chunk_size, &error) != 1 ||
      libewf_handle_get_bytes_per_sector(handle, &facts_.bytes_per_sector, &error) != 1 ||
      libewf_handle_get_format(handle, &format, &error) != 1) {
    return fail(Status::corrupt,
                fmt::format("EWF: size and format of the medium: {}", error.text()));
  }
  if (media_size == 0) {
    // libewf opens what has no more than a signature.
    return fail(Status::corrupt, "EWF: no medium: the segments have no usable volume section");
  }
  if (chunk_size == 0 || chunk_size > max_chunk_size) {
    return fail(Status::corrupt, fmt::format("EWF volume section: chunks of {} bytes, expected 1 "
                                             "to {}",
                                             chunk_size, max_chunk_size));
  }
  facts_.media_size = media_size;
  facts_.chunk_size = chunk_size;
  facts_.format = format_name(format);
  facts_.segments_missing = libewf_handle_segment_files_corrupted(handle, nullptr) == 1;
  libewf_handle_set_header_values_date_format(handle, LIBEWF_DATE_FORMAT_ISO8601, nullptr);
  const auto header = [handle](std::string_view name) {
    return read_text(handle, libewf_handle_get_utf8_header_value, name);
  };
  facts_.case_number = header("case_number");
  facts_.evidence_number = header("evidence_number");
  facts_.description = header("description");
  facts_.examiner = header("examiner_name");
  facts_.acquired = header("acquiry_date");
  facts_.md5 = read_text(handle, libewf_handle_get_utf8_hash_value, "MD5");
  facts_.sha1 = read_text(handle, libewf_handle_get_utf8_hash_value, "SHA1");
  return {};
}

Result<void> EwfHandle::read_chunk(std::uint64_t index, MutableBytes out) const {
  const std::lock_guard lock(mutex_);
  libewf_handle_t* const handle = library_->handle;
  std::string reason = "the checksum is wrong, or its segment is missing";
  if (!bad_chunks_.contains(index)) {
    std::uint32_t errors_before = 0;
    std::uint32_t errors_after = 0;
    libewf_handle_get_number_of_checksum_errors(handle, &errors_before, nullptr);
    EwfError error;
    const ssize_t got = libewf_handle_read_random(
        handle, out.data(), out.size(), static_cast<off64_t>(index * facts_.chunk_size), &error);
    libewf_handle_get_number_of_checksum_errors(handle, &errors_after, nullptr);
    if (got == static_cast<ssize_t>(out.size()) && errors_after == errors_before) {
      return {};
    }
    bad_chunks_.insert(index);
    if (got < 0) {
      reason = error.text();
    }
  }
  return fail(Status::corrupt, fmt::format("EWF chunk {} (medium offset 0x{:x}): {}", index,
                                           index * facts_.chunk_size, reason));
}

}  // namespace casement
