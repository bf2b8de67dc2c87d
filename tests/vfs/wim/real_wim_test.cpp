// SPDX-License-Identifier: Apache-2.0
// WIMs that other programs made: figures from their own tests and from wimlib-imagex.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/wim/wim_support.h"
#include "vfs/core/utf16.h"
#include "vfs/fs/tree_scan.h"
#include "vfs/wim/wim_file.h"

namespace casement::wim {
namespace {

using test::have_programs;
using test::have_real_data;
using test::mentions;
using test::must;
using test::open_host_wim;
using test::real_file;
using test::verified;

/// path -> SHA-1 of every file of an image; paths end with what is wrong where they cannot be read.
std::map<std::string, std::string> files_of(const WimFile& file, std::uint32_t image) {
  const FileSystemPtr tree = must(file.file_system(image));
  const auto scan = must(scan_tree(tree));
  std::map<std::string, std::string> files;
  std::vector<std::string> path;
  while (const auto entry = must(scan->next())) {
    path.resize(entry->depth - 1);
    path.push_back(to_utf8(entry->name));
    if (entry->info.kind != NodeKind::file) {
      continue;
    }
    std::string name;
    for (const std::string& part : path) {
      name += "/" + part;
    }
    const SourcePtr source = must(tree->open(entry->node, u""));
    std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
    BOOST_REQUIRE(test::is_ok(source->read(0, bytes)));
    files[name] = to_hex(sha1(bytes));
  }
  return files;
}

BOOST_AUTO_TEST_SUITE(real_wim)

struct Sample {
  const char* path;
  const char* compression;
  const char* guid;  // as wimlib-imagex prints it: the bytes in their order
  std::uint32_t images;
  std::uint32_t boot_index;
  std::size_t parts;
};
std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  return out << sample.path;
}
const std::vector<Sample> samples = {
    {"wim/managedwimlib/LZX.wim", "LZX", "6229b52c", 1, 0, 1},
    {"wim/managedwimlib/XPRESS.wim", "XPRESS", "23b76757", 1, 0, 1},
    {"wim/managedwimlib/LZMS.wim", "LZMS", "165668ec", 1, 0, 1},
    {"wim/managedwimlib/BootLZX.wim", "LZX", "c7e64761", 1, 1, 1},
    {"wim/managedwimlib/BootXPRESS.wim", "XPRESS", "8489d756", 1, 1, 1},
    {"wim/managedwimlib/MultiImage.wim", "LZX", "4995ce1e", 3, 0, 1},
    {"wim/managedwimlib/Split.swm", "LZX", "77cb41b0", 1, 0, 2},
    {"wim/managedwimlib/Split2.swm", "LZX", "77cb41b0", 1, 0, 2},
    {"wim/discutils/TestData.wim", "none", "381639d6db960512709691bb72a4fcc4", 1, 0, 1}};

BOOST_DATA_TEST_CASE(sound_samples_are_read_and_good, boost::unit_test::data::make(samples),
                     sample) {
  if (!have_real_data()) {
    return;
  }
  const WimFilePtr file = open_host_wim(real_file(sample.path));
  BOOST_TEST(to_string(file->header().compression) == sample.compression);
  BOOST_TEST(to_hex(file->header().guid.raw).starts_with(sample.guid));
  BOOST_TEST(file->images().size() == sample.images);
  BOOST_TEST(file->header().boot_index == sample.boot_index);
  BOOST_TEST(file->part_names().size() == sample.parts);
  BOOST_TEST(file->header().reparse_points_fixed);
  BOOST_TEST(file->diagnostics().empty(), test::finding_texts(file->diagnostics()));
  const VerifyReport report = verified(file);
  BOOST_TEST(report.good(), test::finding_texts(report.diagnostics));
  for (const ImageClaims& image : file->images()) {
    // What the writer counted is what there is.
    BOOST_TEST(files_of(*file, image.index).size() == image.file_count.value());
  }
}

BOOST_AUTO_TEST_CASE(one_tree_in_three_codecs_is_one_tree) {
  if (!have_real_data()) {
    return;
  }
  const auto lzx = files_of(*open_host_wim(real_file("wim/managedwimlib/LZX.wim")), 1);
  BOOST_TEST(lzx.size() == 10U);
  BOOST_TEST((lzx == files_of(*open_host_wim(real_file("wim/managedwimlib/XPRESS.wim")), 1)));
  BOOST_TEST((lzx == files_of(*open_host_wim(real_file("wim/managedwimlib/LZMS.wim")), 1)));
}

BOOST_AUTO_TEST_CASE(the_three_images_are_called_as_their_writer_called_them) {
  if (!have_real_data()) {
    return;
  }
  const WimFilePtr file = open_host_wim(real_file("wim/managedwimlib/MultiImage.wim"));
  BOOST_TEST(must(find_image(*file, "Base")).value() == 1U);
  BOOST_TEST(must(find_image(*file, "changes")).value() == 2U);
  BOOST_TEST(must(find_image(*file, "Delta")).value() == 3U);
}

BOOST_AUTO_TEST_CASE(integrity_tables_tell_good_from_bad) {
  if (!have_real_data()) {
    return;
  }
  const VerifyReport good =
      verified(open_host_wim(real_file("wim/managedwimlib/VerifySuccess.wim")));
  BOOST_TEST(good.good());
  BOOST_TEST(good.integrity_chunks == 1U);
  const VerifyReport bad = verified(open_host_wim(real_file("wim/managedwimlib/VerifyFail.wim")));
  BOOST_TEST(!bad.good());
  BOOST_TEST(bad.had_integrity_table);
  BOOST_REQUIRE_EQUAL(bad.damaged_chunks.size(), 1U);
  BOOST_TEST(bad.damaged_chunks[0].offset == 208U);
}

BOOST_AUTO_TEST_CASE(damaged_files_are_told_by_name) {
  if (!have_real_data()) {
    return;
  }
  const VerifyReport other = verified(open_host_wim(real_file("wim/wimlib/corrupted_file_1.wim")));
  BOOST_REQUIRE_EQUAL(other.damaged_blobs.size(), 1U);
  BOOST_TEST(other.damaged_blobs[0].found.has_value());
  BOOST_REQUIRE_EQUAL(other.damaged_blobs[0].uses.size(), 1U);
  BOOST_TEST((other.damaged_blobs[0].uses[0].path == u"\\file"));
  const VerifyReport undecodable =
      verified(open_host_wim(real_file("wim/wimlib/corrupted_file_2.wim")));
  BOOST_REQUIRE_EQUAL(undecodable.damaged_blobs.size(), 1U);
  BOOST_TEST(!undecodable.damaged_blobs[0].found.has_value());
  BOOST_TEST(mentions(undecodable.damaged_blobs[0].error.message(), {"LZX"}));
}

BOOST_AUTO_TEST_CASE(hostile_trees_are_not_good_but_readable) {
  if (!have_real_data()) {
    return;
  }
  for (const char* name : {"cyclic", "dotdot", "duplicate_names"}) {
    const WimFilePtr file = open_host_wim(real_file(std::string("wim/wimlib/") + name + ".wim"));
    const VerifyReport report = verified(file);
    BOOST_TEST(!report.good());
    BOOST_TEST(report.damaged_blobs.empty());
    BOOST_TEST(test::has_finding(report.diagnostics, "wim-metadata"));
  }
  for (const char* name : {"empty_dacl", "linux_xattrs_old", "longpaths"}) {
    BOOST_TEST(
        verified(open_host_wim(real_file(std::string("wim/wimlib/") + name + ".wim"))).good());
  }
}

// What WimBuilder cannot write, wimlib-imagex can. All its layouts: tests/oracle/wim_files.py.

struct Capture {
  const char* options;
  std::uint32_t chunk_size;
};
std::ostream& operator<<(std::ostream& out, const Capture& capture) {
  return out << capture.options;
}
const std::vector<Capture> captures = {{"--compress=lzms", 131072},
                                       {"--compress=lzms --chunk-size=32768", 32768},
                                       {"--compress=lzms --chunk-size=1048576", 1048576},
                                       {"--solid", 131072},  // LZMS in chunks of 64 MiB
                                       {"--solid --solid-chunk-size=131072 --check", 131072}};

BOOST_DATA_TEST_CASE(captures_with_lzms_are_read, boost::unit_test::data::make(captures), capture) {
  if (!have_programs({"wimlib-imagex"})) {
    return;
  }
  const test::TempDir directory;
  const std::vector<std::string> contents = {
      "small", test::text_of_size(131072, 1), test::text_of_size(700'001, 2),
      test::noise_of_size(200'000, 3), test::text_of_size(1'500'000, 4)};
  for (std::size_t i = 0; i < contents.size(); ++i) {
    directory.write("tree/" + std::to_string(i), std::string_view(contents[i]));
  }
  const std::string path = directory.file("captured.wim");
  (void)test::output_of("wimlib-imagex capture " + directory.path() + "/tree " + path + " img " +
                        capture.options + " 2>&1");
  const WimFilePtr file = open_host_wim(path);
  BOOST_TEST(file->header().chunk_size == capture.chunk_size);
  for (const std::string& content : contents) {
    BOOST_TEST((test::read_blob(*file, content) == content));
    BOOST_TEST((test::read_blob(*file, content, 100'000) == content));
  }
  BOOST_TEST(verified(file).good());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
