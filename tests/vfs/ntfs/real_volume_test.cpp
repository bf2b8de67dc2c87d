// SPDX-License-Identifier: Apache-2.0
// Volumes that Windows and mkntfs made, against the listings of The Sleuth Kit.
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/core/utf16.h"
#include "vfs/ntfs/open_ntfs.h"
#include "vfs/source/slice_source.h"

namespace casement::ntfs {
namespace {

namespace bdata = boost::unit_test::data;
using test::find_node;
using test::have_real_data;
using test::must;

/// A volume, where it lies in its file, and the listing of it.
struct Sample {
  const char* file;
  std::uint64_t offset;
  std::uint64_t size;  // 0: the whole file
  const char* listing;
  std::size_t least_entries;
};

std::ostream& operator<<(std::ostream& out, const Sample& sample) {
  return out << sample.file;
}

const std::vector<Sample> samples = {
    {"disk/colinfinck_ntfs/testfs1", 0, 0, "colinfinck_ntfs__testfs1.txt", 500},
    {"disk/dissect_ntfs/ntfs.bin.gz", 0, 0, "dissect_ntfs__ntfs.bin.gz.txt", 2000},
    {"disk/util-linux/ntfs.img.xz", 0, 0, "util-linux__ntfs.img.xz.txt", 14},
    {"disk/dissect_hypervisor/fixed.vhd.gz", 128 * 512, 14336 * 512,
     "dissect_hypervisor__fixed.vhd.gz.txt", 20},
};

FileSystemPtr open_sample(const Sample& sample) {
  SourcePtr source = test::real_source(sample.file);
  if (sample.size != 0) {
    source = must(make_slice_source(source, sample.offset, sample.size, "partition"));
  }
  return must(open_ntfs(source));
}

/// Paths of files and directories from the "fls -rp" part of a listing; no streams, nothing that
/// has no name. Deleted ones end in " deleted".
std::set<std::string> expected_paths(const char* listing) {
  std::ifstream file(*test::real_data_dir() + "/disk/_expect_tsk/" + listing);
  BOOST_REQUIRE(file);
  std::set<std::string> paths;
  bool in_list = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("##")) {
      in_list = line.starts_with("## fls");
    }
    const std::size_t tab = line.find('\t');
    if (!in_list || tab == std::string::npos || line.find("$OrphanFiles") != std::string::npos) {
      continue;
    }
    std::string path = "/" + line.substr(tab + 1);
    // What is listed by its streams alone is a file too.
    path.resize(std::min(path.find(':'), path.size()));
    std::replace(path.begin(), path.end(), '/', '\\');
    const bool deleted = line.substr(0, tab).find(" * ") != std::string::npos;
    paths.insert(path + (deleted ? " deleted" : ""));
  }
  return paths;
}

std::set<std::string> given_paths(const FileSystem& volume) {
  std::set<std::string> paths;
  std::vector<std::string> path;
  const auto scan = must(volume.scan({.deleted = true}));
  while (const auto entry = must(scan->next())) {
    path.resize(entry->depth - 1);
    path.push_back(to_utf8(entry->name));
    std::string text;
    for (const std::string& name : path) {
      text += "\\" + name;
    }
    paths.insert(text + (entry->deleted ? " deleted" : ""));
  }
  return paths;
}

std::string text_of(const FileSystem& volume, std::u16string_view path) {
  const SourcePtr source = must(volume.open(find_node(volume, path), u""));
  std::vector<std::byte> bytes(static_cast<std::size_t>(source->size()));
  must(source->read(0, bytes));
  std::string text;
  for (const std::byte byte : bytes) {
    text += std::to_integer<char>(byte);
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(real_volume)

BOOST_DATA_TEST_CASE(has_the_paths_that_the_sleuth_kit_lists, bdata::make(samples), sample) {
  if (!have_real_data()) {
    return;
  }
  const FileSystemPtr volume = open_sample(sample);
  const std::set<std::string> expected = expected_paths(sample.listing);
  BOOST_TEST(expected.size() >= sample.least_entries);
  std::set<std::string> given = given_paths(*volume);
  // Its listing leaves out files without any stream, of which these are made with each volume.
  for (const std::string& path : given) {
    const bool has_no_stream = path.starts_with("\\$Extend\\");
    BOOST_TEST((expected.contains(path) || has_no_stream), path);
  }
  for (const std::string& path : expected) {
    BOOST_TEST(given.contains(path), path);
  }
}

BOOST_DATA_TEST_CASE(is_scanned_as_it_is_walked, bdata::make(samples), sample) {
  if (!have_real_data()) {
    return;
  }
  const FileSystemPtr volume = open_sample(sample);
  BOOST_TEST((test::scan_lines(*volume) == test::walk_lines(volume)));
  BOOST_TEST(test::finding_codes(*volume).empty());
}

BOOST_DATA_TEST_CASE(has_descriptors, bdata::make(samples), sample) {
  if (!have_real_data()) {
    return;
  }
  const FileSystemPtr volume = open_sample(sample);
  const auto scan = must(volume->scan({}));
  std::size_t found = 0;
  while (const auto entry = must(scan->next())) {
    // Files in $Extend that mkntfs made have none.
    const auto descriptor = must(volume->security_descriptor(entry->node));
    if (!descriptor.empty()) {
      BOOST_TEST(descriptor.size() >= 20);
      BOOST_TEST(std::to_integer<int>(descriptor[0]) == 1);
      ++found;
    }
  }
  BOOST_TEST(found + 10 >= sample.least_entries);
}

BOOST_AUTO_TEST_CASE(of_windows_gives_its_files) {
  if (!have_real_data()) {
    return;
  }
  const FileSystemPtr volume = open_sample(samples[1]);
  BOOST_TEST((volume->info().label == u"New Volume"));
  BOOST_TEST(volume->info().version == "NTFS 3.1");
  BOOST_TEST(*volume->info().serial == 0x9C60667F60665FCEU);
  BOOST_TEST(text_of(*volume, u"\\FILE.TXT") == "Contents here");
  BOOST_TEST((find_node(*volume, u"\\file.txt").value & 0xFFFF'FFFF) == 41U);
  BOOST_TEST((find_node(*volume, u"\\large.txt").value & 0xFFFF'FFFF) == 44U);
  BOOST_TEST((text_of(*volume, u"\\large.txt") == std::string(2'097'152, 'A')));
  BOOST_TEST(test::exists(*volume, u"\\large directory\\DIRECTORY 1999"));
  BOOST_TEST(!test::exists(*volume, u"\\large directory\\DIRECTORY 9999"));
}

BOOST_AUTO_TEST_CASE(gives_a_label_in_another_script) {
  if (!have_real_data()) {
    return;
  }
  const FileSystemPtr volume = open_sample(samples[2]);
  BOOST_TEST(to_utf8(volume->info().label) == "\u041D\u043E\u0432\u044B\u0439 \u0442\u043E\u043C");
  BOOST_TEST(*volume->info().serial == 0x09CB'B6DE'30C8'7310U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
