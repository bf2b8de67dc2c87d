// SPDX-License-Identifier: Apache-2.0
// Volumes of genisoimage and mkudffs read like 7-Zip and udfinfo read them; ours please them too.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>

#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/fat/oracle_support.h"
#include "tests/vfs/iso9660/media_oracle.h"
#include "tests/vfs/udf/udf_support.h"
#include "vfs/core/utf16.h"
#include "vfs/iso9660/open_iso9660.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;

namespace {

constexpr const char* seven_zip = "7zz x -y -tudf %s";

FileSystemPtr open_file(const std::string& path) {
  return must(open_udf(must(open_file_source(path))));
}

/// "winserialnum" and the like of udfinfo.
std::string fact(const std::string& report, const std::string& name) {
  const std::size_t at = report.find("\n" + name + "=");
  BOOST_REQUIRE(at != std::string::npos);
  const std::size_t start = at + name.size() + 2;
  return report.substr(start, report.find('\n', start) - start);
}

void compare_with_udfinfo(const std::string& image) {
  const std::string report = output_of("udfinfo --utf8 " + image + " 2>/dev/null");
  const FileSystemInfo info = open_file(image)->info();
  BOOST_TEST(to_utf8(info.label) == fact(report, "lvid"));
  BOOST_TEST(fmt::format("0x{:08x}", info.serial.value_or(0)) == fact(report, "winserialnum"));
  BOOST_TEST(std::to_string(info.cluster_size) == fact(report, "blocksize"));
}

struct Format {
  const char* media;
  const char* revision;
  unsigned block;
};

std::ostream& operator<<(std::ostream& out, const Format& format) {
  return out << format.media << ", revision " << format.revision << ", blocks of " << format.block;
}

const std::array formats{
    Format{"hd", "1.02", 512},      Format{"hd", "2.01", 512},    Format{"hd", "2.01", 1024},
    Format{"hd", "2.01", 4096},     Format{"hd", "2.01", 32'768}, Format{"dvd", "1.02", 2048},
    Format{"cdr", "1.50", 2048},    Format{"cdr", "2.01", 2048},  Format{"cdrw", "1.50", 2048},
    Format{"cdrw", "2.01", 2048},   Format{"dvdr", "1.50", 2048}, Format{"bdr", "2.60", 2048},
    Format{"dvdram", "2.00", 2048},
};

/// With a directory, files in pieces, in their entries and with wide names; but nothing that 7-Zip
/// does not know.
fx::UdfBuilder for_others(fx::UdfOptions options) {
  fx::UdfBuilder builder(std::move(options));
  builder.add_file("README.TXT", "short", {.modified = {2019, 5, 6, 7, 8, 9, 0, 60}});
  builder.add_file("sources/install.wim", pattern(300'000), {.piece_blocks = 7});
  builder.add_file("sources/Ünïcödé – 漢字.txt", "wide");
  builder.add_file("boot/bcd", pattern(5000, 2),
                   {.allocation = fx::UdfAllocation::long_descriptors});
  builder.add_file("boot/tiny", "tiny", {.allocation = fx::UdfAllocation::in_entry});
  builder.add_directory("empty");
  builder.add_file("gone", "gone", {.deleted = true});
  return builder;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(udf_oracle)

BOOST_AUTO_TEST_CASE(mastered_bridge_has_the_tree_that_was_put_in) {
  if (!have_programs({"genisoimage", "7zz", "udfinfo"})) {
    return;
  }
  const MediaSource source;
  const TempDir folder;
  const std::string image = folder.path() + "/image.iso";
  (void)output_of(
      fmt::format("genisoimage -quiet -input-charset utf-8 -udf -J -joliet-long -R -D "
                  "-V BRIDGE -o {} {}",
                  image, source.path()));
  const auto volume = open_file(image);
  const auto ours = our_lines(volume);
  BOOST_TEST(ours == host_lines(source.path()), boost::test_tools::per_element());
  BOOST_TEST(files_of(ours) == files_of(unpacked_lines(seven_zip, image)),
             boost::test_tools::per_element());
  BOOST_TEST(volume->info().version == "UDF 1.02");
  BOOST_TEST(volume->diagnostics().empty());
  compare_with_udfinfo(image);
  // Both halves of the bridge lead to the same files.
  const auto other = must(open_iso9660(must(open_file_source(image))));
  BOOST_TEST(ours == our_lines(other), boost::test_tools::per_element());
}

BOOST_DATA_TEST_CASE(formatted_media_are_those_that_udfinfo_sees, bdata::make(formats), format) {
  if (!have_programs({"mkudffs", "udfinfo"})) {
    return;
  }
  const TempDir folder;
  const std::string image = folder.path() + "/image.udf";
  (void)output_of(
      fmt::format("mkudffs --utf8 --new-file --label 'Дата ß' --media-type={} --udfrev={} "
                  "--blocksize={} {} 4096 >{}/log 2>&1",
                  format.media, format.revision, format.block, image, folder.path()));
  BOOST_TEST(must(probe_udf(*must(open_file_source(image)))));
  compare_with_udfinfo(image);
  const auto volume = open_file(image);
  std::vector<std::string> tree = tree_of(volume);
  std::erase(tree, "Non-Allocatable Space=");  // of media with sparing tables before 2.00
  BOOST_TEST(tree.empty());
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(built_volumes_are_read_by_seven_zip_and_udfinfo) {
  if (!have_programs({"7zz", "udfinfo"})) {
    return;
  }
  const std::vector<fx::UdfOptions> options{
      {},
      {.revision = 0x0150, .block_size = 2048, .wide_names = true},
      {.revision = 0x0201, .extended_entries = true, .directories_in_entry = true},
      {.revision = 0x0201, .block_size = 512, .extended_entries = true},
      {.revision = 0x0250, .extended_entries = true, .metadata_partition = true}};
  for (const fx::UdfOptions& each : options) {
    const TempDir folder;
    const std::string image = folder.write("image.udf", for_others(each).build().bytes);
    auto theirs = unpacked_lines(seven_zip, image);
    auto ours = our_lines(open_file(image));
    if (each.block_size == 512) {
      // The many pieces go on in another block there, which 7-Zip does not follow.
      const auto is_large = [](const std::string& line) { return line.contains("install.wim"); };
      std::erase_if(theirs, is_large);
      std::erase_if(ours, is_large);
    }
    BOOST_TEST(ours == theirs, boost::test_tools::per_element());
    compare_with_udfinfo(image);
  }
}

BOOST_AUTO_TEST_CASE(built_bridge_with_a_boot_catalog_is_read_by_seven_zip) {
  if (!have_programs({"7zz", "isoinfo"})) {
    return;
  }
  auto builder = for_others({.label = u"CCCOMA_X64FRE"});
  fx::Iso9660Builder front({.label = "CCCOMA_X64FRE",
                            .boot_images = {{.platform = 0, .content = pattern(4096)},
                                            {.platform = 0xEF, .content = pattern(8192)}}});
  front.add_file("README.TXT", "This disc holds a UDF file system.");
  builder.set_front(std::move(front));
  const TempDir folder;
  const std::string image = folder.write("image.iso", builder.build().bytes);
  BOOST_TEST(our_lines(open_file(image)) == unpacked_lines(seven_zip, image),
             boost::test_tools::per_element());
  compare_with_udfinfo(image);
  BOOST_TEST(output_of("isoinfo -d -i " + image).find("El Torito VD") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(volume_of_windows_has_its_label) {
  if (!have_real_data()) {
    return;
  }
  const std::string image = real_file("disk/util-linux/udf-hdd-win7.img.xz");
  const auto volume = open_file(image);
  const FileSystemInfo info = volume->info();
  BOOST_TEST((info.label == u"My volume label"));
  BOOST_TEST(info.version == "UDF 2.01");
  BOOST_TEST(info.cluster_size == 512U);
  BOOST_TEST(tree_of(volume).empty());
  BOOST_TEST(volume->diagnostics().empty());
  if (have_programs({"udfinfo"})) {
    compare_with_udfinfo(image);
    compare_with_udfinfo(real_file("disk/util-linux/udf.img.xz"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
