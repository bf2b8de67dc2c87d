// SPDX-License-Identifier: Apache-2.0
// Opening disk images without vfs/open.
#include "tests/vfs/container/vhd/disk_support.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/filesystem.hpp>
#include <boost/test/unit_test.hpp>
#include <cctype>
#include <cstring>
#include <fstream>
#include <span>

#include "fixtures/build/disk/disk_content.h"
#include "tests/support/matchers.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "vfs/container/split/split_container.h"
#include "vfs/container/vhd/vhd_container.h"
#include "vfs/container/vhdx/vhdx_container.h"
#include "vfs/source/file_source.h"
#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

namespace bfs = boost::filesystem;

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  });
  return out;
}

constexpr std::array formats = {ContainerFormat{"split", probe_split, open_split},
                                ContainerFormat{"vhdx", probe_vhdx, open_vhdx},
                                ContainerFormat{"vhd", probe_vhd, open_vhd}};

Result<OpenedContainer> open_with(const ContainerFile& file, const ContainerContext& context) {
  if (file.chain > context.limits.max_parent_chain) {
    return fail(Status::limit_exceeded, "the chain is too long");
  }
  for (const ContainerFormat& format : formats) {
    if (CASEMENT_TRY(format.probe(file))) {
      return format.open(file, context);
    }
  }
  return fail(Status::bad_format, file.name + ": no disk image");
}

}  // namespace

void MemoryFolder::add(const std::string& name, std::vector<std::byte> bytes) {
  add(name, make_memory_source(std::move(bytes), name));
}

void MemoryFolder::add(const std::string& name, SourcePtr source) {
  (*files_)[lower(name)] = std::move(source);
}

Result<SourcePtr> MemoryFolder::find(std::string_view relative) const {
  std::string path = lower(relative);
  std::ranges::replace(path, '\\', '/');
  const auto at = files_->find(path);
  return at == files_->end() ? SourcePtr() : at->second;
}

std::shared_ptr<const ImageFolder> MemoryFolder::folder_of(std::string_view) const {
  auto same = std::make_shared<MemoryFolder>();
  same->files_ = files_;
  return same;
}

ContainerFile MemoryFolder::file(const std::string& name) const {
  SourcePtr source = must(find(name));
  BOOST_REQUIRE(source);
  return {std::move(source), name, folder_of(""), 1};
}

Result<SourcePtr> HostFolder::find(std::string_view relative) const {
  std::string path(relative);
  std::ranges::replace(path, '\\', '/');
  Result<SourcePtr> source = open_file_source((bfs::path(path_) / path).string());
  if (!source && (source.error().status() == Status::not_found ||
                  source.error().status() == Status::path_not_found)) {
    return SourcePtr();
  }
  return source;
}

std::shared_ptr<const ImageFolder> HostFolder::folder_of(std::string_view relative) const {
  return std::make_shared<HostFolder>(
      (bfs::path(path_) / std::string(relative)).parent_path().string());
}

std::optional<std::string> HostFolder::host_path(std::string_view relative) const {
  return (bfs::path(path_) / std::string(relative)).string();
}

ContainerFile host_image(const std::string& path) {
  const bfs::path host(path);
  return {must(open_file_source(path)), host.filename().string(),
          std::make_shared<HostFolder>(host.parent_path().string()), 1};
}

ContainerContext make_context(const Limits& limits) {
  const auto context = std::make_shared<ContainerContext>();
  const auto owners = std::make_shared<std::atomic<std::uint64_t>>(0);
  ContainerContext outer;
  outer.limits = limits;
  outer.cache = std::make_shared<BlockCache>(limits.max_cache_size);
  outer.next_owner = [owners] { return ++*owners; };
  *context = outer;
  // The copy that parents are opened with refers to itself weakly, to end with `outer`.
  const std::weak_ptr<ContainerContext> weak = context;
  context->open_disk = [weak](const ContainerFile& file) { return open_with(file, *weak.lock()); };
  outer.open_disk = [context](const ContainerFile& file) { return open_with(file, *context); };
  return outer;
}

Result<OpenedContainer> open_image_file(const ContainerFile& file, const Limits& limits) {
  return make_context(limits).open_disk(file);
}

std::vector<std::byte> read_all(const ByteSource& disk) {
  std::vector<std::byte> bytes(disk.size());
  must(disk.read(0, bytes));
  return bytes;
}

std::string sha256(const ByteSource& disk) {
  const TempDir dir;
  const std::string raw = dir.file("disk.raw");
  fixture::FileSink sink(raw);
  sink.extend(disk.size());
  std::vector<std::byte> piece(std::size_t{256} << 10);
  const std::vector<std::byte> zeros(piece.size());
  for (std::uint64_t offset = 0; offset < disk.size(); offset += piece.size()) {
    const auto bytes =
        std::span(piece).first(std::min<std::uint64_t>(piece.size(), disk.size() - offset));
    must(disk.read(offset, bytes));
    if (std::memcmp(bytes.data(), zeros.data(), bytes.size()) != 0) {  // holes cost nothing
      sink.write(offset, bytes);
    }
  }
  sink.close();
  return output_of(fmt::format("sha256sum '{}'", raw)).substr(0, 64);
}

Result<void> PatchedSource::do_read(std::uint64_t offset, MutableBytes out) const {
  CASEMENT_TRY(base_->read(offset, out));
  for (const auto& [start, bytes] : patches_) {
    const std::uint64_t from = std::max(start, offset);
    const std::uint64_t to = std::min(start + bytes.size(), offset + out.size());
    if (from < to) {
      std::ranges::copy(std::span(bytes).subspan(from - start, to - from),
                        out.begin() + static_cast<std::ptrdiff_t>(from - offset));
    }
  }
  return {};
}

bool has_finding(const Diagnostics& diagnostics, std::string_view code) {
  return std::ranges::any_of(diagnostics.items(),
                             [&](const Diagnostic& finding) { return finding.code == code; });
}

std::string all_findings(const Diagnostics& diagnostics) {
  std::string text;
  for (const Diagnostic& finding : diagnostics.items()) {
    text += fmt::format("{}: {}\n", finding.code, finding.text);
  }
  return text;
}

}  // namespace casement::test
