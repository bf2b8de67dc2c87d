// SPDX-License-Identifier: Apache-2.0
// Media of genisoimage and xorriso read like bsdtar and 7-Zip read them; ours please them too.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>

#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/fat/oracle_support.h"
#include "tests/vfs/iso9660/iso9660_support.h"
#include "tests/vfs/iso9660/media_oracle.h"
#include "vfs/iso9660/el_torito.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

constexpr const char* seven_zip = "7zz x -y -tiso %s";
constexpr const char* bsdtar = "bsdtar -xf %s";

struct Master {
  const char* name;
  const char* command;  // {0}: the tree, {1}: the image
  const char* version;
};

std::ostream& operator<<(std::ostream& out, const Master& master) {
  return out << master.name;
}

const std::array masters{
    Master{
        "genisoimage, Joliet in New York",
        "TZ=America/New_York genisoimage -quiet -input-charset utf-8 -J -joliet-long -D -o {1} {0}",
        "ISO 9660 with Joliet level 3"},
    Master{"genisoimage, Rock Ridge", "genisoimage -quiet -input-charset utf-8 -R -D -o {1} {0}",
           "ISO 9660 with Rock Ridge"},
    Master{"xorriso, Joliet and Rock Ridge",
           "xorriso -as mkisofs -quiet -J -joliet-long -R -o {1} {0} 2>/dev/null",
           "ISO 9660 with Joliet level 3"},
    Master{"xorriso, Rock Ridge in Kolkata",
           "TZ=Asia/Kolkata xorriso -as mkisofs -quiet -R -o {1} {0} 2>/dev/null",
           "ISO 9660 with Rock Ridge"},
};

FileSystemPtr open_file(const std::string& path) {
  return must(open_iso9660(must(open_file_source(path))));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(iso9660_oracle)

BOOST_DATA_TEST_CASE(mastered_media_have_the_tree_that_was_put_in, bdata::make(masters), master) {
  if (!have_programs({"genisoimage", "xorriso", "bsdtar"})) {
    return;
  }
  const MediaSource source;
  const TempDir folder;
  const std::string image = folder.path() + "/image.iso";
  (void)output_of(fmt::format(fmt::runtime(master.command), source.path(), image));
  const auto volume = open_file(image);
  BOOST_TEST(volume->info().version == master.version);
  const auto ours = our_lines(volume);
  BOOST_TEST(ours == host_lines(source.path()), boost::test_tools::per_element());
  BOOST_TEST(files_of(ours) == files_of(unpacked_lines(bsdtar, image)),
             boost::test_tools::per_element());
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(directories_that_rock_ridge_moved_are_where_they_belong) {
  if (!have_programs({"genisoimage"})) {
    return;
  }
  const MediaSource source;
  const TempDir folder;
  const std::string image = folder.path() + "/image.iso";
  (void)output_of(fmt::format("genisoimage -quiet -input-charset utf-8 -R -o {} {} 2>/dev/null",
                              image, source.path()));
  const auto volume = open_file(image);
  BOOST_TEST(content_at(*volume, "deep/1/2/3/4/5/6/7/8/file.txt") == "deep");
  BOOST_TEST(names_in(*volume, entry_at(*volume, "rr_moved").node).empty());
}

BOOST_AUTO_TEST_CASE(plain_names_are_those_that_seven_zip_sees) {
  if (!have_programs({"genisoimage", "7zz"})) {
    return;
  }
  const MediaSource source;
  const TempDir folder;
  const std::string image = folder.path() + "/image.iso";
  (void)output_of(
      fmt::format("genisoimage -quiet -input-charset utf-8 -D -iso-level 2 -o {} {} "
                  "2>/dev/null",
                  image, source.path()));
  const auto volume = open_file(image);
  BOOST_TEST(volume->info().version == "ISO 9660");
  BOOST_TEST(our_lines(volume) == unpacked_lines(seven_zip, image),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(boot_catalog_is_that_which_xorriso_sees) {
  if (!have_programs({"xorriso"})) {
    return;
  }
  const MediaSource source;
  const TempDir folder;
  const std::string image = folder.path() + "/image.iso";
  const std::string tree = folder.make_dir("tree");
  folder.write("tree/etfsboot.com", pattern(4096));
  folder.write("tree/efisys.bin", pattern(1'474'560, 2));
  (void)output_of(fmt::format(
      "xorriso -as mkisofs -quiet -J -b etfsboot.com -no-emul-boot -boot-load-size 8 "
      "-eltorito-alt-boot -eltorito-platform efi -b efisys.bin -no-emul-boot -o {} {} 2>/dev/null",
      image, tree));
  const auto catalog = must(read_boot_catalog(*must(open_file_source(image))));
  BOOST_REQUIRE(catalog.has_value());
  const std::string report =
      output_of(fmt::format("xorriso -indev {} -report_el_torito plain 2>/dev/null", image));
  BOOST_TEST(report.find(fmt::format("El Torito cat path : /boot.cat")) != std::string::npos);
  BOOST_REQUIRE_EQUAL(catalog->entries.size(), 2U);
  for (const BootCatalogEntry& entry : catalog->entries) {
    // "El Torito boot img :   1  BIOS  y   none  0x0000  0x00      8          38"
    const std::string line =
        fmt::format("{}  y   none  0x{:04x}  0x{:02x} {:6} {:11}\n",
                    entry.platform == boot_platform::efi ? "UEFI" : "BIOS", entry.load_segment,
                    entry.system_type, entry.sector_count, entry.load_block);
    BOOST_TEST(report.find(line) != std::string::npos, report << "has no line " << line);
  }
  BOOST_TEST(catalog->checksum_valid);
}

BOOST_AUTO_TEST_CASE(built_media_are_read_by_bsdtar_and_seven_zip) {
  if (!have_programs({"bsdtar", "7zz", "isoinfo"})) {
    return;
  }
  const std::vector<fx::Iso9660Options> options{{},
                                                {.short_names = true},
                                                {.joliet = true},
                                                {.joliet = true, .max_extent = 8192},
                                                {.rock_ridge = true}};
  for (const fx::Iso9660Options& each : options) {
    auto builder = iso9660_sample(each);
    if (each.short_names) {
      builder = fx::Iso9660Builder(each);
      builder.add_file("Readme.txt", "short");
      builder.add_file("Sources/install.wim", pattern(20'000));
    }
    const TempDir folder;
    const std::string image = folder.write("image.iso", builder.build().bytes);
    const auto ours = our_lines(open_file(image));
    BOOST_TEST(ours == unpacked_lines(seven_zip, image), boost::test_tools::per_element());
    BOOST_TEST(files_of(ours) == files_of(unpacked_lines(bsdtar, image)),
               boost::test_tools::per_element());
    const std::string report = output_of("isoinfo -d -i " + image);
    BOOST_TEST(report.find("CD-ROM is in ISO 9660 format") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(large_file_has_the_size_that_seven_zip_sees) {
  if (!have_programs({"7zz"})) {
    return;
  }
  const std::uint64_t size = (std::uint64_t{5} << 30) + 77;
  const TempDir folder;
  const std::string image = folder.path() + "/large.iso";
  fx::Iso9660Builder builder({.joliet = true});
  builder.add_file("install.wim", fx::sparse_disk(size, {{size - 4, fx::ascii_bytes("last")}}));
  fx::FileSink sink(image);
  (void)builder.write(sink);
  sink.close();
  const std::string listing = output_of("7zz l -slt -tiso " + image);
  BOOST_TEST(listing.find(fmt::format("Size = {}\n", size)) != std::string::npos);
  BOOST_TEST(must(open_file(image)->stat(entry_at(*open_file(image), "install.wim").node)).size ==
             size);
}

BOOST_AUTO_TEST_CASE(media_of_others_have_their_files) {
  if (!have_real_data()) {
    return;
  }
  const std::string plain = real_file("disk/dfvfs/iso9660.raw");
  const auto volume = open_file(plain);
  BOOST_TEST((volume->info().label == u"CDROM"));
  const auto lines = our_lines(volume);
  BOOST_TEST(lines.size() == 5U);
  const std::string joliet = real_file("disk/util-linux/iso-joliet.img.xz");
  const auto other = open_file(joliet);
  BOOST_TEST((other->info().label == u"ThisWonderfulLab"));
  const auto names = names_in(*other, other->root());
  BOOST_REQUIRE_EQUAL(names.size(), 4U);
  BOOST_TEST(names[0] == "v2.13-ReleaseNotes");
  if (have_programs({"bsdtar", "7zz"})) {
    for (const std::string& image : {plain, joliet}) {
      BOOST_TEST(files_of(our_lines(open_file(image))) == files_of(unpacked_lines(bsdtar, image)),
                 boost::test_tools::per_element());
      BOOST_TEST(our_lines(open_file(image)) == unpacked_lines(seven_zip, image),
                 boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
