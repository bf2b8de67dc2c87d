// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz target wim_metadata: write_wim_metadata_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "fixtures/build/wim/wim_builder.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program

/// Metadata of image 1. Precondition: nothing is compressed.
ByteVector metadata_of(const WimBuilder& wim) {
  const BuiltWim built = wim.build_mapped();
  const WimResource place = built.metadata().resource;
  const auto begin = built.bytes().begin() + static_cast<std::ptrdiff_t>(place.offset);
  return {begin, begin + static_cast<std::ptrdiff_t>(place.size)};
}

WimBuilder sound() {
  WimBuilder wim;
  wim.root().security(ByteVector(20, std::byte{1}));
  wim.file("\\one", "1").short_name("ONE~1").security(ByteVector(24, std::byte{2}));
  wim.file("\\two", "2").stream("s", "stream").object_id(derived_guid("two"));
  wim.file("\\dir\\three", "3").link(wim.root(), "four");
  wim.file("\\link", "").reparse_buffer(symlink_reparse("\\??\\C:\\dir", "", false));
  return wim;
}

WimBuilder odd() {
  WimBuilder wim;
  const auto a = wim.directory("\\a");
  wim.directory("\\a\\b").same_children_as(a);
  wim.directory("\\c").same_children_as(a);
  wim.root().another_file("..");
  wim.root().another_file("x", "1");
  wim.root().another_file("x", "2");
  wim.root().another_file("X", "3");
  wim.file("\\e", "?").attributes(0x4020).unnamed_extra("more");
  return wim;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_wim_metadata_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  casement::test::write_file(folder / "wim_metadata/sound.bin", metadata_of(sound()));
  casement::test::write_file(folder / "wim_metadata/odd.bin", metadata_of(odd()));
  return 0;
}
