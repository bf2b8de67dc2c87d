// SPDX-License-Identifier: Apache-2.0
// Building and damaging for the tests of verifications.
#include "tests/vfs/wim/verify_support.h"

#include <algorithm>
#include <utility>

namespace casement::test {

using enum fixture::WimCompression;

const VerifyContents& verify_contents() {
  static const VerifyContents contents = {.small = text_of_size(20'000, 1),
                                          .large = text_of_size(1'200'000, 2),
                                          .other = text_of_size(600'000, 3)};
  return contents;
}

fixture::WimBuilder verify_builder(fixture::WimOptions options) {
  fixture::WimBuilder builder(std::move(options));
  builder.add_image({.name = "one"});
  builder.add_image({.name = "two"});
  builder.image(1).file("\\small", verify_contents().small);
  builder.image(1).file("\\large", verify_contents().large);
  builder.image(1).file("\\dir\\other", verify_contents().other);
  builder.image(1).file("\\dir\\streams", "main").stream("named", verify_contents().small);
  builder.image(2).file("\\again", verify_contents().small);
  for (unsigned i = 0; i < 40; ++i) {
    builder.image(2).file("\\many\\" + std::to_string(i), text_of_size(3000 + i * 100, i + 10));
  }
  return builder;
}

std::ostream& operator<<(std::ostream& out, const VerifyLayout& layout) {
  return out << layout.name;
}

const std::vector<VerifyLayout>& verify_layouts() {
  static const std::vector<VerifyLayout> layouts = {
      {"uncompressed", {}},
      {"LZX", {.compression = lzx}},
      {"XPRESS in chunks of 4 KiB", {.compression = xpress, .chunk_size = 4096}},
      {"LZX in chunks of 2 MiB", {.compression = lzx, .chunk_size = 2U << 20}},
      {"pipable", {.compression = xpress, .pipable = true}},
      {"solid", {.compression = lzx, .solid = fixture::WimSolid{.resources = 2}}},
      {"solid in chunks of 2 MiB",
       {.compression = lzx, .solid = fixture::WimSolid{.chunk_size = 2U << 20}}}};
  return layouts;
}

std::size_t place_of(const fixture::BuiltWim& built, const std::string& content) {
  const auto& blob = built.blob(content);
  return blob.resource.offset + blob.resource.size_in_wim / 2;
}

void flip(fixture::BuiltWim& built, std::size_t offset) {
  built.bytes()[offset] ^= std::byte{0x55};
}

std::vector<std::string> uses_of(const wim::DamagedBlob& blob) {
  std::vector<std::string> uses;
  for (const wim::BlobUse& use : blob.uses) {
    uses.push_back(std::to_string(use.image) + " " + std::string(use.path.begin(), use.path.end()));
  }
  std::ranges::sort(uses);
  return uses;
}

}  // namespace casement::test
