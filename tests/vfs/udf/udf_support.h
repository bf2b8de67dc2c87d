// SPDX-License-Identifier: Apache-2.0
// UDF volumes for tests.
#pragma once

#include <vector>

#include "fixtures/build/iso/udf_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/fat/volume_support.h"
#include "vfs/udf/open_udf.h"

namespace casement::test {

inline Result<FileSystemPtr> try_open_udf(std::vector<std::byte> bytes, const Limits& limits = {}) {
  return open_udf(as_source(std::move(bytes)), limits);
}

inline FileSystemPtr open_built(const fx::BuiltUdf& built, const Limits& limits = {}) {
  return must(try_open_udf(built.bytes, limits));
}

/// A little of everything: nested directories, names of both widths, files in pieces and in their
/// entries.
inline fx::UdfBuilder udf_sample(fx::UdfOptions options = {}) {
  fx::UdfBuilder builder(std::move(options));
  builder.add_file("README.TXT", "short");
  builder.add_file("sources/install.wim", pattern(20'000), {.piece_blocks = 2});
  builder.add_file("sources/Ünïcödé – 漢字.txt", "wide");
  builder.add_file("boot/bcd", pattern(5000, 2),
                   {.allocation = fx::UdfAllocation::long_descriptors});
  builder.add_file("boot/tiny", "tiny", {.allocation = fx::UdfAllocation::in_entry});
  builder.add_directory("empty");
  builder.add_file("nothing", "");
  builder.add_file("gone", "gone", {.deleted = true});
  return builder;
}

/// What tree_of() says of it.
inline std::vector<std::string> udf_sample_tree() {
  return {"README.TXT=short",
          "boot/",
          "boot/bcd=" + text_of(pattern(5000, 2)),
          "boot/tiny=tiny",
          "empty/",
          "nothing=",
          "sources/",
          "sources/install.wim=" + text_of(pattern(20'000)),
          "sources/Ünïcödé – 漢字.txt=wide"};
}

}  // namespace casement::test
