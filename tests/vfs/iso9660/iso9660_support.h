// SPDX-License-Identifier: Apache-2.0
// ISO 9660 volumes for tests.
#pragma once

#include <vector>

#include "fixtures/build/iso/iso9660_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/iso9660/open_iso9660.h"

namespace casement::test {

inline Result<FileSystemPtr> try_open_iso9660(std::vector<std::byte> bytes,
                                              const Limits& limits = {}) {
  return open_iso9660(as_source(std::move(bytes)), limits);
}

inline FileSystemPtr open_built(const fx::BuiltIso9660& built, const Limits& limits = {}) {
  return must(try_open_iso9660(built.bytes, limits));
}

/// Nested directories, long and wide names, a directory of several sectors.
inline fx::Iso9660Builder iso9660_sample(fx::Iso9660Options options = {}) {
  fx::Iso9660Builder builder(std::move(options));
  builder.add_file("Readme.txt", "short");
  builder.add_file("Sources/install.wim", pattern(20'000));
  builder.add_file("Sources/boot", "no extension");
  builder.add_directory("empty");
  builder.add_file("nothing", "");
  for (int i = 0; i < 60; ++i) {
    builder.add_file("Many/file number " + std::to_string(i), std::to_string(i));
  }
  return builder;
}

}  // namespace casement::test
