// SPDX-License-Identifier: Apache-2.0
// exFAT volumes for tests.
#pragma once

#include <vector>

#include "fixtures/build/fat/exfat_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/exfat/open_exfat.h"

namespace casement::test {

inline Result<FileSystemPtr> try_open_exfat(std::vector<std::byte> bytes,
                                            const Limits& limits = {}) {
  return open_exfat(as_source(std::move(bytes)), limits);
}

inline FileSystemPtr open_built(const fx::BuiltExfat& built, const Limits& limits = {}) {
  return must(try_open_exfat(built.bytes, limits));
}

/// A little of everything: nested directories, long names, files with and without a FAT chain.
inline fx::ExfatBuilder exfat_sample(fx::ExfatOptions options = {}) {
  options.label = u"Дата";
  fx::ExfatBuilder builder(options);
  builder.add_file("README.TXT", "short");
  builder.add_file("A rather long name.text", "long");
  builder.add_file("dir/below/chained.bin", pattern(3000), {.fat_chain = true});
  builder.add_file("dir/below/BCD", pattern(700, 2));
  builder.add_directory("empty");
  builder.add_file("nothing", "");
  return builder;
}

}  // namespace casement::test
