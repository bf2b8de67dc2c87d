// SPDX-License-Identifier: Apache-2.0
// Volumes of mkfs.fat and mtools read like The Sleuth Kit reads them; ours please fsck.fat.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/fat/fat_support.h"
#include "tests/vfs/fat/oracle_support.h"
#include "vfs/core/utf16.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

struct Format {
  const char* name;
  const char* options;
  unsigned mebibytes;
  const char* tsk_type;
};

std::ostream& operator<<(std::ostream& out, const Format& format) {
  return out << format.name;
}

const std::array formats{
    Format{"FAT12, sectors of 512", "-F 12 -S 512", 4, "fat12"},
    Format{"FAT12, sectors of 4096", "-F 12 -S 4096", 12, "fat12"},
    Format{"FAT16, sectors of 512", "-F 16 -S 512 -s 4", 20, "fat16"},
    Format{"FAT16, sectors of 4096", "-F 16 -S 4096 -s 1", 32, "fat16"},
    Format{"FAT32, sectors of 512", "-F 32 -S 512 -s 1", 40, "fat32"},
    Format{"FAT32, sectors of 4096", "-F 32 -S 4096 -s 1", 300, "fat32"},
};

/// A volume of mkfs.fat with files by mtools.
class MadeVolume {
 public:
  explicit MadeVolume(const Format& format) : image_(folder_.path() + "/image") {
    (void)output_of(fmt::format("truncate -s {}M {} && mkfs.fat -n MADE -i 1234ABCD {} {}",
                                format.mebibytes, image_, format.options, image_));
    put("plain.txt", "plain");
    put("UPPER.TXT", "upper");
    put("Mixed Case and quite long.extension", "long");
    put("Ünïcödé – 漢字 – Привет.txt", "unicode");
    put("large.bin", text_of(pattern(300'000)));
    put("empty", "");
    mtools("mmd", "::/dir ::/dir/below ::/many");
    (void)output_of(copy("large.bin", "::/dir/below/copy of large.bin"));
    folder_.make_dir("many");
    for (int i = 0; i < 150; ++i) {
      folder_.write(fmt::format("many/a file with a number {}", i), std::to_string(i));
    }
    (void)output_of(
        fmt::format("{} mcopy -m -i {} {}/many/* ::/many/", environment, image_, folder_.path()));
    mtools("mattrib", "+r +h +s ::/plain.txt");
  }

  void put(const std::string& name, std::string_view content) {
    const std::string file = folder_.write(name, content);
    (void)output_of(fmt::format("touch -d '2021-03-04 05:06:08 UTC' '{}'", file));
    (void)output_of(copy(name, "::/" + name));
  }
  void mtools(const std::string& program, const std::string& arguments) {
    (void)output_of(fmt::format("{} {} -i {} {}", environment, program, image_, arguments));
  }
  const std::string& image() const { return image_; }
  FileSystemPtr open() const { return must(open_fat(must(open_file_source(image_)))); }

 private:
  static constexpr const char* environment = "LC_ALL=C.UTF-8 TZ=UTC MTOOLS_SKIP_CHECK=1";
  std::string copy(const std::string& name, const std::string& target) const {
    return fmt::format("{} mcopy -m -i {} '{}/{}' '{}'", environment, image_, folder_.path(), name,
                       target);
  }

  TempDir folder_;
  std::string image_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fat_oracle)

BOOST_DATA_TEST_CASE(made_volumes_have_the_tree_that_the_sleuth_kit_sees, bdata::make(formats),
                     format) {
  if (!have_programs({"mkfs.fat", "mcopy", "mmd", "mattrib", "fls", "icat", "sha256sum"})) {
    return;
  }
  const MadeVolume made(format);
  const auto volume = made.open();
  const auto ours = our_lines(volume);
  BOOST_TEST(ours.size() == 160U);
  BOOST_TEST(ours == tsk_lines(made.image(), format.tsk_type), boost::test_tools::per_element());
  BOOST_TEST(volume->diagnostics().empty());
  const auto info = volume->info();
  BOOST_TEST((info.label == u"MADE"));
  BOOST_TEST((info.serial == 0x1234ABCDU));
  BOOST_TEST(info.version == std::string(format.name).substr(0, 5));
  BOOST_TEST(must(volume->stat(entry_at(*volume, "PLAIN.TXT").node)).attributes == 0x27U);
  BOOST_TEST(content_at(*volume, "ünïcödé – 漢字 – привет.TXT") == "unicode");
}

BOOST_AUTO_TEST_CASE(deleted_files_are_those_that_the_sleuth_kit_sees) {
  if (!have_programs({"mkfs.fat", "mcopy", "mdel", "fls"})) {
    return;
  }
  MadeVolume made(formats[2]);
  made.mtools("mdel", "'::/Mixed Case and quite long.extension' ::/UPPER.TXT ::/large.bin");
  const auto volume = made.open();
  std::vector<std::string> ours;
  std::string large;
  const auto scan = must(volume->scan({.deleted = true}));
  while (const auto entry = must(scan->next())) {
    if (entry->deleted) {
      ours.push_back(to_utf8(entry->name));
    }
    if (entry->deleted && entry->info.size == 300'000U) {
      large = must(read_file(*volume, entry->node));
    }
  }
  std::ranges::sort(ours);
  const std::string listing = output_of(
      fmt::format("fls -f fat16 -r -d {} | sed 's/^[^\t]*\t//' | LC_ALL=C sort", made.image()));
  std::string expected;
  for (const std::string& name : ours) {
    expected += name + "\n";
  }
  BOOST_TEST(listing == expected);
  BOOST_TEST(sha256_of(large) == sha256_of(text_of(pattern(300'000))));
}

BOOST_AUTO_TEST_CASE(built_volumes_are_in_order_for_fsck_and_mtools) {
  if (!have_programs({"fsck.fat", "mcopy", "fls", "icat"})) {
    return;
  }
  for (const auto kind : {fx::FatKind::fat12, fx::FatKind::fat16, fx::FatKind::fat32}) {
    fx::FatOptions options{.kind = kind, .piece_clusters = 3};
    auto builder = sample(options);
    // The kit takes a slot without dates, size and cluster for garbage.
    builder.add_file("nothing", "", {.modified = {2020, 5, 6, 7, 8, 10}});
    builder.add_file("Ünïcödé name.txt", "unicode", {.modified = {2020, 5, 6, 7, 8, 10}});
    const auto built = builder.build();
    const TempDir folder;
    const std::string image = folder.write("image", built.bytes);
    const std::string report = output_of("fsck.fat -n " + image + " 2>&1; echo exit code $?");
    BOOST_TEST(report.ends_with("exit code 0\n"), report);
    const char* const type = kind == fx::FatKind::fat12   ? "fat12"
                             : kind == fx::FatKind::fat16 ? "fat16"
                                                          : "fat32";
    const auto volume = open_built(built);
    BOOST_TEST(our_lines(volume) == tsk_lines(image, type), boost::test_tools::per_element());
    (void)output_of(
        fmt::format("LC_ALL=C.UTF-8 mcopy -i {} ::/EFI/Microsoft/Boot/bootmgfw.efi {}/out", image,
                    folder.path()));
    BOOST_TEST(output_of("cat " + folder.path() + "/out") == text_of(pattern(1500)));
  }
}

BOOST_AUTO_TEST_SUITE_END()
