// SPDX-License-Identifier: Apache-2.0
// Setup's WIM, once sound, once damaged, once on a medium.
#include "tests/cli/make_cli_media.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "fixtures/build/disk/disk_content.h"
#include "fixtures/build/iso/udf_builder.h"
#include "fixtures/build/text.h"
#include "fixtures/build/wim/wim_builder.h"
#include "fixtures/recipes/image_recipe.h"
#include "fixtures/recipes/windows_wim.h"

namespace casement::test {
namespace {

void write_bytes(const std::filesystem::path& path, const fixture::ByteVector& bytes) {
  fixture::FileSink sink(path.string());
  sink.write(0, bytes);
  sink.close();
}

fixture::ByteVector install_wim() {
  fixture::WimOptions options;
  options.compression = fixture::WimCompression::xpress;
  options.integrity_table = true;
  return fixture::windows_wim(fixture::find_recipe("windows_11").value(), {"Core", "Professional"},
                              options)
      .build();
}

/// Two images use the content that is damaged.
fixture::ByteVector damaged_wim() {
  constexpr std::string_view content = "what a disk error changed";
  fixture::WimBuilder wim;
  wim.add_image({.name = "one"}).file("\\Windows\\a.txt", content);
  wim.add_image({.name = "two"}).file("\\b.txt", content);
  wim.image(2).file("\\sound.txt", "sound");
  fixture::ByteVector bytes = wim.build();
  const fixture::ByteVector wanted = fixture::ascii_bytes(content);
  const auto at = std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end());
  *at ^= std::byte{1};
  return bytes;
}

}  // namespace

void write_cli_media(const std::filesystem::path& directory) {
  const fixture::ByteVector wim = install_wim();
  write_bytes(directory / "install.wim", wim);
  write_bytes(directory / "damaged.wim", damaged_wim());
  fixture::UdfBuilder medium({.label = u"CASEMENT_X64"});
  medium.add_file("sources/install.wim", wim);
  medium.add_file("setup.exe", std::string_view("MZ"));
  write_bytes(directory / "media.iso", medium.build().bytes);
}

}  // namespace casement::test
