// SPDX-License-Identifier: Apache-2.0
// Writes the seeds of the fuzz targets inf, catalog and compound_file: write_servicing_corpus
// FOLDER.
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>

#include "fixtures/build/compound_builder.h"
#include "tests/engine/servicing/catalog_support.h"
#include "tests/engine/servicing/inf_support.h"
#include "tests/support/write_file.h"

namespace {

using namespace casement::test;  // NOLINT(google-build-using-namespace): a small program

void write_infs(const std::filesystem::path& folder) {
  const std::u16string wide(example_inf.begin(), example_inf.end());
  write_file(folder / "driver.bin", bytes_of(example_inf));
  write_file(folder / "utf16.bin", utf16_bytes(u"\uFEFF" + wide));
  write_file(folder / "big_endian.bin", utf16_bytes(u"\uFEFF" + wide, true));
  write_file(folder / "code_page_932.bin",
             bytes_of("[Strings]\nName = \x83\x76\x83\x8A\x83\x93\x83\x5E \x88\xF3\x8D\xFC\xB6\n"));
  write_file(folder / "windows_1252.bin", bytes_of("[A]\nb = %c%\n[Strings]\nc = Ger\xE4t \x80\n"));
  write_file(folder / "decorations.bin",
             bytes_of("[Manufacturer]\n%M%=S,NTamd64.6.0.1,NTx86.5.1..2,NT,NTarm64.10.0...22000\n"
                      "[S]\na=I,X\n[S.NTamd64.6.0.1]\nb=\"J\",\"Y\"\"\",Z,\\\nW\n[S.NT]\nc=K\n"));
}

void write_catalogs(const std::filesystem::path& folder) {
  const auto list = catalog_list(
      {catalog_member({.file = "first", .name = u"first.sys"}),
       catalog_member({.file = "second", .sha256 = true, .tag = TestMember::Tag::word}),
       catalog_member({.file = "third",
                       .sha256 = true,
                       .tag = TestMember::Tag::digest,
                       .has_indirect_data = false})});
  write_file(folder / "unsigned.bin", unsigned_catalog(list));
  write_file(folder / "signed.bin", signed_catalog(list));
  write_file(folder / "no_certificate.bin", signed_catalog(list, false));
  write_file(folder / "empty.bin", unsigned_catalog(catalog_list({})));
}

void write_compound_files(const std::filesystem::path& folder) {
  const std::string code = "{11111111-2222-3333-4444-555555555555}";
  write_file(folder / "patch.bin",
             casement::fixture::build_installer_patch(code + code, code + ";" + code));
  write_file(folder / "version_4.bin",
             casement::fixture::build_compound_file(
                 {{.name = u"A", .data = casement::fixture::ByteVector(100, std::byte{1})}},
                 {.version = 4}));
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  if (arguments.size() != 2) {
    std::fputs("usage: write_servicing_corpus FOLDER\n", stderr);
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  write_infs(folder / "inf");
  write_catalogs(folder / "catalog");
  write_compound_files(folder / "compound_file");
  return 0;
}
