// SPDX-License-Identifier: Apache-2.0
// Whole WIM files: u8 which one (7: the input itself), then changes of u16 offset, u8 length,
// bytes.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/build/wim/wim_builder.h"
#include "tests/fuzz/disk_read.h"
#include "vfs/source/memory_source.h"
#include "vfs/wim/verify.h"
#include "vfs/wim/wim_file.h"

namespace {

using namespace casement;  // NOLINT(google-build-using-namespace): one target
using fixture::ByteVector;
using enum fixture::WimCompression;

const std::array<std::string, 3> contents = {"short", std::string(9000, 'x') + "end",
                                             std::string(50'000, 'y') + "other end"};

std::vector<ByteVector> make_files() {
  const std::vector<fixture::WimOptions> layouts = {
      {.integrity_table = true, .integrity_chunk_size = 1000},
      {.compression = xpress, .chunk_size = 4096, .compressed_blob_table = true},
      {.compression = lzx},
      {.compression = xpress, .pipable = true},
      {.compression = lzx,
       .solid = fixture::WimSolid{.compression = xpress, .chunk_size = 4096, .resources = 2}}};
  std::vector<ByteVector> files;
  for (const fixture::WimOptions& layout : layouts) {
    fixture::WimBuilder builder(layout);
    builder.file("\\a", contents[0]);
    builder.file("\\dir\\b", contents[1]).stream("stream", contents[2]);
    files.push_back(builder.build());
  }
  return files;
}

ByteVector changed_file(std::span<const std::byte> in) {
  static const std::vector<ByteVector> files = make_files();
  const auto which = std::to_integer<std::size_t>(in[0]) % 8;
  if (which >= files.size()) {
    return to_vector(in.subspan(1));
  }
  ByteVector file = files[which];
  Cursor changes(in.subspan(1), 0);
  while (changes.remaining() > 3) {
    const std::uint64_t offset = changes.u16() % file.size();
    const std::uint64_t length = changes.u8();
    const Bytes bytes = changes.bytes(std::min(length, changes.remaining()));
    std::copy_n(bytes.begin(), std::min<std::uint64_t>(bytes.size(), file.size() - offset),
                file.begin() + static_cast<std::ptrdiff_t>(offset));
  }
  return file;
}

/// A blob that a verification finds sound must be read, and have its hash.
void check_blobs(const wim::WimFile& file, const wim::VerifyReport& report) {
  std::set<Sha1> damaged;
  for (const wim::DamagedBlob& blob : report.damaged_blobs) {
    damaged.insert(blob.expected);
  }
  for (const std::string& content : contents) {
    const Sha1 hash = sha1(std::as_bytes(std::span(content)));
    const auto info = file.find(hash);
    if (!info || !*info || (*info)->part != 1 || (*info)->size > content.size() * 2 ||
        damaged.contains(hash)) {
      continue;
    }
    const auto source = file.open(hash);
    if (!source) {
      std::abort();
    }
    std::vector<std::byte> bytes(static_cast<std::size_t>((*source)->size()));
    if (!(*source)->read(0, bytes) || sha1(bytes) != hash) {
      std::abort();
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) {
    return 0;
  }
  const SourcePtr source =
      make_memory_source(changed_file(std::as_bytes(std::span(data, size))), "fuzz.wim");
  Limits limits;
  limits.max_table_size = 1U << 20;
  limits.max_cache_size = 1U << 20;
  const auto file = wim::WimFile::open({.source = source,
                                        .name = "fuzz.swm",
                                        .folder = std::make_shared<fuzz::OneFileFolder>(source)},
                                       limits);
  if (!file) {
    return 0;
  }
  const auto& images = (*file)->images();
  for (std::size_t i = 0; i < std::min<std::size_t>(images.size(), 4); ++i) {
    (void)(*file)->file_system(images[i].index);
    (void)wim::find_image(**file, images[i].name);
  }
  // What plain bytes a file may claim is bounded by its size, but a chunk of 64 MiB of zeros takes
  // a few bytes only: those are left to the tests.
  const auto report =
      wim::verify(*file, {.threads = 1, .progress = [](const wim::VerifyProgress& progress) {
                            return progress.total < (16U << 20);
                          }});
  if (!report) {
    std::abort();
  }
  if (!report->stopped) {
    check_blobs(**file, *report);
  }
  return 0;
}
