// SPDX-License-Identifier: Apache-2.0
// Calling libarchive.
#include "vfs/archive/archive_handle.h"

#include <archive.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <tuple>
#include <utility>

namespace casement {
namespace {

/// Bytes asked of the source at a time.
constexpr std::size_t window_size = std::size_t{64} << 10;
/// The least that is asked of a source that failed to give more.
constexpr std::size_t sector_size = 512;

/// One compression, and the library that libarchive was built with for it. Without one it would
/// start a program of the host; archive_read_support_filter_all() would do so for others as well.
struct Filter {
  Compression compression;
  int code;
  const char* (*library)();
};

constexpr std::array filters{
    Filter{Compression::gzip, ARCHIVE_FILTER_GZIP, archive_zlib_version},
    Filter{Compression::bzip2, ARCHIVE_FILTER_BZIP2, archive_bzlib_version},
    Filter{Compression::xz, ARCHIVE_FILTER_XZ, archive_liblzma_version},
    Filter{Compression::lzip, ARCHIVE_FILTER_LZIP, archive_liblzma_version},
    Filter{Compression::lzma, ARCHIVE_FILTER_LZMA, archive_liblzma_version},
    Filter{Compression::zstd, ARCHIVE_FILTER_ZSTD, archive_libzstd_version},
    Filter{Compression::lz4, ARCHIVE_FILTER_LZ4, archive_liblz4_version},
};

void support_format(archive* library, ArchiveFormat format) {
  switch (format) {
    case ArchiveFormat::tar:
      (void)archive_read_support_format_tar(library);
      return;
    case ArchiveFormat::zip:
      // The directory at the end is read elsewhere: here are single members, and what is left of
      // archives that lost it.
      (void)archive_read_support_format_zip_streamable(library);
      (void)archive_read_set_format_option(library, "zip", "ignorecrc32", "1");
      return;
    case ArchiveFormat::seven_zip:
      (void)archive_read_support_format_7zip(library);
      return;
    case ArchiveFormat::rar:
      (void)archive_read_support_format_rar(library);
      (void)archive_read_support_format_rar5(library);
      return;
    case ArchiveFormat::cab:
      (void)archive_read_support_format_cab(library);
      return;
  }
}

/// What other people's text may hold, as text for people.
std::string printable(const char* text) {
  std::string out = text == nullptr ? "" : text;
  std::replace_if(out.begin(), out.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return out;
}

/// Nothing was read. "Retry" is between "ok" and "warn", and means: not this time.
bool has_failed(int code) noexcept {
  return code == ARCHIVE_RETRY || code < ARCHIVE_WARN;
}

}  // namespace

struct ArchiveHandle::Library {
  archive* reader = archive_read_new();

  Library() = default;
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() { archive_read_free(reader); }
};

/// What libarchive calls.
struct ArchiveHandle::Callbacks {
  static la_ssize_t read(archive* library, void* data, const void** bytes) {
    auto& self = *static_cast<ArchiveHandle*>(data);
    // No exception may pass through the frames of a C library.
    try {
      return self.read_window(library, bytes);
    } catch (...) {
      self.thrown_ = std::current_exception();
      self.broken_ = true;
      archive_set_error(library, EIO, "the source cannot be read");
      return -1;
    }
  }
  static la_int64_t skip(archive* /*library*/, void* data, la_int64_t request) {
    auto& self = *static_cast<ArchiveHandle*>(data);
    const std::uint64_t count =
        std::min<std::uint64_t>(request < 0 ? 0 : static_cast<std::uint64_t>(request),
                                self.source_->size() - self.position_);
    self.position_ += count;
    return static_cast<la_int64_t>(count);
  }
  static la_int64_t seek(archive* /*library*/, void* data, la_int64_t offset, int whence) {
    auto& self = *static_cast<ArchiveHandle*>(data);
    const auto size = static_cast<la_int64_t>(self.source_->size());
    la_int64_t from = 0;
    if (whence == SEEK_CUR) {
      from = static_cast<la_int64_t>(self.position_);
    } else if (whence == SEEK_END) {
      from = size;
    }
    la_int64_t target = 0;
    if (__builtin_add_overflow(from, offset, &target) || target < 0 || target > size) {
      return ARCHIVE_FATAL;
    }
    self.position_ = static_cast<std::uint64_t>(target);
    return target;
  }
};

/// The next bytes for libarchive; -1: there is a source_error_.
std::ptrdiff_t ArchiveHandle::read_window(archive* library, const void** bytes) {
  if (position_ >= read_limit_) {
    source_error_ = Error(Status::limit_exceeded,
                          fmt::format("the first {} bytes were not enough", read_limit_));
    archive_set_error(library, EIO, "the source cannot be read");
    return -1;
  }
  auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>(window_size, source_->size() - position_));
  MutableBytes window = MutableBytes(window_).first(count);
  auto done = source_->read(position_, window);
  // One sector that cannot be read must not hide those in front of it.
  while (!done && count > sector_size) {
    count /= 2;
    window = window.first(count);
    done = source_->read(position_, window);
  }
  if (!done) {
    source_error_ = done.error();
    archive_set_error(library, EIO, "the source cannot be read");
    return -1;
  }
  position_ += count;
  *bytes = window.data();
  return static_cast<std::ptrdiff_t>(count);
}

/// Goes on with what was thrown below libarchive.
void ArchiveHandle::rethrow() {
  if (thrown_) {
    std::rethrow_exception(std::exchange(thrown_, nullptr));
  }
}

ArchiveHandle::ArchiveHandle(SourcePtr source, NameLocale locale)
    : source_(std::move(source)),
      locale_(locale),
      library_(std::make_unique<Library>()),
      window_(window_size) {}

ArchiveHandle::~ArchiveHandle() = default;

Result<std::unique_ptr<ArchiveHandle>> ArchiveHandle::open(SourcePtr source,
                                                           const ArchiveShape& shape) {
  // tar stores bytes, the others say what they store.
  const NameLocale locale = shape.format == ArchiveFormat::tar ? NameLocale::raw : NameLocale::utf8;
  std::unique_ptr<ArchiveHandle> handle(new ArchiveHandle(std::move(source), locale));
  archive* const library = handle->library_->reader;
  if (library == nullptr) {
    throw std::bad_alloc();
  }
  support_format(library, shape.format);
  CASEMENT_TRY(handle->add_layers(shape.layers));
  handle->is_tar_ = shape.format == ArchiveFormat::tar;
  handle->is_zip_ = shape.format == ArchiveFormat::zip;
  CASEMENT_TRY(handle->start());
  return handle;
}

Result<std::unique_ptr<ArchiveHandle>> ArchiveHandle::open_unpacked(SourcePtr source,
                                                                    const CompressionLayers& layers,
                                                                    std::uint64_t read_limit) {
  std::unique_ptr<ArchiveHandle> handle(new ArchiveHandle(std::move(source), NameLocale::raw));
  archive* const library = handle->library_->reader;
  if (library == nullptr) {
    throw std::bad_alloc();
  }
  (void)archive_read_support_format_raw(library);
  handle->read_limit_ = read_limit;
  CASEMENT_TRY(handle->add_layers(layers));
  CASEMENT_TRY(handle->start());
  return handle;
}

/// Names every layer: libarchive, when it finds them itself, undoes up to 25, and what is between
/// them may be huge.
Result<void> ArchiveHandle::add_layers(const CompressionLayers& layers) {
  archive* const library = library_->reader;
  for (const Compression layer : layers) {
    if (layer == Compression::none) {
      continue;
    }
    if (layer == Compression::compress) {
      // It cannot be added by name.
      (void)archive_read_support_filter_compress(library);
      continue;
    }
    const auto filter =
        std::ranges::find_if(filters, [&](const Filter& f) { return f.compression == layer; });
    if (filter == filters.end() || filter->library() == nullptr ||
        archive_read_append_filter(library, filter->code) != ARCHIVE_OK) {
      return fail(Status::unsupported, "a compression that was not built in");
    }
  }
  return {};
}

Result<void> ArchiveHandle::start() {
  const ScopedNameLocale scope(locale_);
  archive* const library = library_->reader;
  (void)archive_read_set_callback_data(library, this);
  (void)archive_read_set_read_callback(library, Callbacks::read);
  (void)archive_read_set_skip_callback(library, Callbacks::skip);
  (void)archive_read_set_seek_callback(library, Callbacks::seek);
  const int code = archive_read_open1(library);
  rethrow();
  if (has_failed(code)) {
    broken_ = true;
    return std::unexpected(failure(code, "begin"));
  }
  constexpr int most_filters = std::tuple_size_v<CompressionLayers> + 1;  // and the file itself
  if (archive_filter_count(library) > most_filters) {
    broken_ = true;
    return fail(Status::unsupported, "more than two layers of compression");
  }
  return {};
}

/// The Error for a code of libarchive.
Error ArchiveHandle::failure(int code, const char* what) {
  broken_ = broken_ || code <= ARCHIVE_FATAL;
  if (source_error_) {
    broken_ = true;
    return *source_error_;
  }
  archive* const library = library_->reader;
  const std::string text = printable(archive_error_string(library));
  const auto mentions = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  Status status = Status::corrupt;
  if (mentions("ncrypt") || mentions("upported") || mentions("passphrase")) {
    status = Status::unsupported;
  } else if (mentions("runcated") || mentions("nexpected end")) {
    status = Status::truncated;
  } else if (archive_errno(library) == ENOMEM) {
    status = Status::limit_exceeded;
  }
  return {status, fmt::format("{}: {}", what, text)};
}

Result<std::optional<EntryHeader>> ArchiveHandle::next() {
  pending_error_.reset();
  const ScopedNameLocale scope(locale_);
  archive* const library = library_->reader;
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(library, &entry);
  rethrow();
  if (code == ARCHIVE_EOF) {
    return std::optional<EntryHeader>();
  }
  if (has_failed(code)) {
    return std::unexpected(failure(code, "header"));
  }
  if (code != ARCHIVE_OK) {
    std::string text = printable(archive_error_string(library));
    // The names of a tar are taken as they are, whatever the locale.
    if (locale_ != NameLocale::raw || !text.ends_with("to current locale.")) {
      warning_ = std::move(text);
    }
  }
  const int format = archive_format(library);
  const bool clock_readings = format == ARCHIVE_FORMAT_CAB || format == ARCHIVE_FORMAT_RAR;
  EntryHeader header = read_entry_header(entry, clock_readings, !is_tar_);
  header.header_offset = header_offset();
  header.content_offset = static_cast<std::uint64_t>(archive_filter_bytes(library, 0));
  return std::optional(std::move(header));
}

Result<std::optional<ContentBlock>> ArchiveHandle::read_block() {
  if (pending_error_) {
    return std::unexpected(*std::exchange(pending_error_, std::nullopt));
  }
  const ScopedNameLocale scope(locale_);
  archive* const library = library_->reader;
  const void* bytes = nullptr;
  std::size_t size = 0;
  la_int64_t offset = 0;
  const int code = archive_read_data_block(library, &bytes, &size, &offset);
  rethrow();
  if (code == ARCHIVE_EOF) {
    return std::optional<ContentBlock>();
  }
  if (has_failed(code)) {
    Error error = failure(code, "content");
    // The zip reader finds fault with what comes behind the last piece, and gives both at once.
    if (!is_zip_ || bytes == nullptr || size == 0) {
      return std::unexpected(std::move(error));
    }
    pending_error_ = std::move(error);
  } else if (code != ARCHIVE_OK) {
    warning_ = printable(archive_error_string(library));
  }
  if (offset < 0 || (bytes == nullptr && size != 0)) {
    return fail(Status::corrupt, fmt::format("content: a piece at {}", offset));
  }
  ContentBlock block;
  block.bytes = Bytes(static_cast<const std::byte*>(bytes), size);
  block.offset = static_cast<std::uint64_t>(offset);
  return std::optional(block);
}

std::optional<std::string> ArchiveHandle::take_warning() {
  return std::exchange(warning_, std::nullopt);
}

std::uint64_t ArchiveHandle::header_offset() const {
  return static_cast<std::uint64_t>(
      std::max<la_int64_t>(0, archive_read_header_position(library_->reader)));
}

std::uint64_t ArchiveHandle::unpacked_bytes() const {
  archive* const library = library_->reader;
  std::uint64_t sum = 0;
  // The last one gives the file as it is.
  for (int i = 0; i + 1 < archive_filter_count(library); ++i) {
    sum += static_cast<std::uint64_t>(std::max<la_int64_t>(0, archive_filter_bytes(library, i)));
  }
  return sum;
}

std::string ArchiveHandle::format_name() const {
  return printable(archive_format_name(library_->reader));
}

std::string ArchiveHandle::filter_name() const {
  // Filter 0 is the one nearest to the format; without a compression it is "none".
  return printable(archive_filter_name(library_->reader, 0));
}

}  // namespace casement
