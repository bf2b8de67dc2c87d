// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz target pe: write_pe_corpus FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "fixtures/build/pe_builder.h"
#include "fixtures/build/pe_version.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::fixture;  // NOLINT(google-build-using-namespace): a small program
using casement::test::write_file;

PeVersion version() {
  return {.file = {10, 0, 19041, 3803},
          .product = {10, 0, 19041, 1},
          .texts = {{u"CompanyName", u"Case Company"}, {u"FileDescription", u"Sample"}}};
}

std::vector<PeResource> all_kinds() {
  std::vector<PeResource> resources = string_resources(
      {{.number = 1, .text = u"one"}, {.number = 17, .text = u"seventeen"}}, 0x0407);
  resources.push_back(version_resource(version()));
  resources.push_back({.type = std::u16string(u"SETTINGS"),
                       .name = std::u16string(u"MAIN"),
                       .data = ascii_bytes("settings")});
  resources.push_back(
      {.type = std::uint16_t{0x266}, .name = std::uint16_t{1}, .data = ascii_bytes("base")});
  return resources;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_pe_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = std::filesystem::path(arguments[1]) / "pe";
  write_file(folder / "none.bin", build_pe());
  write_file(folder / "wide.bin", build_pe({.resources = all_kinds()}));
  write_file(folder / "narrow.bin",
             build_pe({.machine = PeMachine::x86, .resources = all_kinds()}));
  write_file(folder / "version.bin", build_version_info(version()));
  return 0;
}
