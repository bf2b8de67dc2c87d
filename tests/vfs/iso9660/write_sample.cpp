// SPDX-License-Identifier: Apache-2.0
// Writes a small bridge as Windows media are: write_iso_sample FILE.
#include <cstdio>
#include <span>

#include "fixtures/build/iso/udf_builder.h"
#include "tests/support/write_file.h"

int main(int argc, char** argv) {
  using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_iso_sample FILE\n", stderr);
    return 2;
  }
  UdfBuilder builder({.label = u"SAMPLE"});
  builder.add_file("sources/install.wim", ByteVector(10'000, std::byte{1}));
  Iso9660Builder front({.label = "SAMPLE",
                        .boot_images = {{.platform = 0, .content = ByteVector(4096)},
                                        {.platform = 0xEF, .content = ByteVector(8192)}}});
  front.add_file("README.TXT", "This disc holds a UDF file system.");
  builder.set_front(std::move(front));
  casement::test::write_file(arguments[1], builder.build().bytes);
  return 0;
}
