// SPDX-License-Identifier: Apache-2.0
#include "vfs/container/split/split_container.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/disk/vhd_builder.h"
#include "tests/support/matchers.h"
#include "tests/vfs/container/vhd/disk_support.h"
#include "vfs/container/split/segment_names.h"
#include "vfs/container/vhd/vhd_container.h"

namespace {

using namespace casement;        // NOLINT(google-build-using-namespace)
using namespace casement::test;  // NOLINT(google-build-using-namespace)
using Names = std::vector<std::string>;

std::vector<std::byte> filled(std::size_t size, int value) {
  return std::vector<std::byte>(size, static_cast<std::byte>(value));
}

/// Segments of `full` bytes, the last of `last`; each byte is the segment's number.
std::shared_ptr<MemoryFolder> folder_of(const Names& names, std::size_t full = 100,
                                        std::size_t last = 30) {
  auto folder = std::make_shared<MemoryFolder>();
  for (std::size_t i = 0; i < names.size(); ++i) {
    folder->add(names[i], filled(i + 1 < names.size() ? full : last, static_cast<int>(i + 1)));
  }
  return folder;
}

Result<OpenedContainer> open_named(const std::shared_ptr<MemoryFolder>& folder,
                                   const std::string& name, const Limits& limits = {}) {
  return open_split(folder->file(name), make_context(limits));
}

bool has_error(const Diagnostics& diagnostics) {
  return std::ranges::any_of(diagnostics.items(), [](const Diagnostic& found) {
    return found.severity == Severity::error;
  });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(split_container)

BOOST_AUTO_TEST_CASE(joins_segments_of_every_naming) {
  const std::vector<Names> sets = {
      {"disk.001", "disk.002", "disk.003"},
      {"disk.000", "disk.001", "disk.002"},
      {"disk.dd.001", "disk.dd.002", "disk.dd.003"},
      {"disk.raw.000", "disk.raw.001", "disk.raw.002"},
      {"disk.01", "disk.02", "disk.03"},
      {"disk.aa", "disk.ab", "disk.ac"},
      {"disk.img.aaa", "disk.img.aab", "disk.img.aac"},
      {"image-00001", "image-00002", "image-00003"},
  };
  for (const Names& names : sets) {
    const auto folder = folder_of(names);
    BOOST_TEST(must(probe_split(folder->file(names[0]))), names[0]);
    const auto opened = must(open_named(folder, names[0]));
    BOOST_TEST(opened.format == "split");
    BOOST_TEST(opened.detail == "3 segments of 100 bytes");
    BOOST_TEST(opened.other_files == Names({names[1], names[2]}), boost::test_tools::per_element());
    BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
    const auto disk = read_all(*opened.disk);
    BOOST_REQUIRE_EQUAL(disk.size(), 230U);
    BOOST_TEST(std::to_integer<int>(disk[99]) == 1);
    BOOST_TEST(std::to_integer<int>(disk[100]) == 2);
    BOOST_TEST(std::to_integer<int>(disk[229]) == 3);
  }
}

BOOST_AUTO_TEST_CASE(another_segment_leads_to_the_first) {
  for (const char* name : {"disk.002", "disk.003"}) {
    const auto folder = folder_of({"disk.001", "disk.002", "disk.003"});
    BOOST_TEST(must(probe_split(folder->file(name))));
    const auto opened = must(open_named(folder, name));
    BOOST_TEST(has_finding(opened.diagnostics, "split-not-first"));
    BOOST_TEST(mentions(all_findings(opened.diagnostics), {name, "disk.001"}));
    BOOST_TEST(opened.disk->size() == 230U);
    BOOST_TEST(opened.other_files.size() == 2U);
  }
}

BOOST_AUTO_TEST_CASE(what_only_looks_like_a_segment_is_none) {
  const auto is_split = [](const std::shared_ptr<MemoryFolder>& folder, const char* name) {
    return must(probe_split(folder->file(name)));
  };
  BOOST_TEST(!is_split(folder_of({"disk.001"}), "disk.001"));
  BOOST_TEST(!is_split(folder_of({"disk.003"}), "disk.003"));
  BOOST_TEST(!is_split(folder_of({"disk.001", "disk.003"}, 100, 101), "disk.001"));
  BOOST_TEST(!is_split(folder_of({"disk.001", "disk.003"}, 100, 0), "disk.001"));
  BOOST_TEST(!is_split(folder_of({"disk.002", "disk.003"}, 100, 101), "disk.002"));
  BOOST_TEST(!is_split(folder_of({"host.2023", "host.2024"}), "host.2023"));
  BOOST_TEST(!is_split(folder_of({"disk.001", "disk.002"}, 100, 101), "disk.001"));
  BOOST_TEST(!is_split(folder_of({"disk.001", "disk.002"}, 100, 0), "disk.001"));
  BOOST_TEST(!is_split(folder_of({"windows-10", "windows-11"}), "windows-10"));
  BOOST_TEST(!is_split(folder_of({"disk.1", "disk.2"}), "disk.1"));
  BOOST_TEST(!is_split(folder_of({"disk.vhd", "disk.vhe"}), "disk.vhd"));
  BOOST_TEST(!is_split(folder_of({"disk", "disk.002"}), "disk"));
  BOOST_TEST(is_status(open_named(folder_of({"disk.001"}), "disk.001"), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_zeroth_segment_that_does_not_fit_is_left_out) {
  const auto folder = folder_of({"disk.001", "disk.002"});
  folder->add("disk.000", filled(3, 9));
  const auto opened = must(open_named(folder, "disk.001"));
  BOOST_TEST(opened.disk->size() == 130U);
  BOOST_TEST(opened.diagnostics.empty(), all_findings(opened.diagnostics));
}

BOOST_AUTO_TEST_CASE(an_image_of_any_format_may_be_split) {
  const auto content = fixture::sparse_disk(64 * 512, {{1000, filled(9000, 0x5A)}});
  const auto image = build_vhd(content, {.block_size = 4096});
  MemoryFolder folder;
  const auto middle = image.begin() + static_cast<std::ptrdiff_t>(image.size() / 2 + 100);
  folder.add("disk.vhd.001", std::vector<std::byte>(image.begin(), middle));
  folder.add("disk.vhd.002", std::vector<std::byte>(middle, image.end()));
  const auto joined = must(open_split(folder.file("disk.vhd.001"), make_context()));
  ContainerFile file = folder.file("disk.vhd.001");
  file.source = joined.disk;
  const auto disk = read_all(*must(open_vhd(file, make_context())).disk);
  std::vector<std::byte> expected(content.size);
  content.read(0, expected);
  BOOST_TEST((disk == expected));
}

BOOST_AUTO_TEST_CASE(a_gap_ends_the_disk) {
  const auto folder = folder_of({"disk.001", "disk.002", "disk.004"}, 100, 100);
  for (const char* name : {"disk.001", "disk.004"}) {
    const auto opened = must(open_named(folder, name));
    BOOST_TEST(has_finding(opened.diagnostics, "split-gap"));
    BOOST_TEST(mentions(all_findings(opened.diagnostics), {"disk.003 is missing", "disk.004"}));
    BOOST_TEST(opened.disk->size() == 200U);
  }
}

BOOST_AUTO_TEST_CASE(a_gap_behind_the_first_segment_is_told) {
  const auto folder = folder_of({"disk.001", "disk.003", "disk.004"});
  for (const char* name : {"disk.001", "disk.003", "disk.004"}) {
    BOOST_TEST(must(probe_split(folder->file(name))));
    const auto opened = must(open_named(folder, name));
    BOOST_TEST(has_error(opened.diagnostics));
    BOOST_TEST(has_finding(opened.diagnostics, "split-gap"));
    BOOST_TEST(mentions(all_findings(opened.diagnostics), {"disk.002 is missing"}));
    BOOST_TEST(opened.detail == "1 segment of 100 bytes");
    BOOST_TEST((read_all(*opened.disk) == filled(100, 1)));
  }
  BOOST_TEST(has_finding(must(open_named(folder, "disk.003")).diagnostics, "split-not-first"));
}

BOOST_AUTO_TEST_CASE(a_segment_without_the_first_is_read_alone_and_says_what_is_wanted) {
  const auto check = [](const Names& names, const std::string& name, int value,
                        const std::string& wanted) {
    const auto folder = folder_of(names, 100, 100);
    BOOST_TEST(must(probe_split(folder->file(name))), name);
    const auto opened = must(open_named(folder, name));
    BOOST_TEST(has_error(opened.diagnostics));
    BOOST_TEST(has_finding(opened.diagnostics, "split-first-missing"));
    BOOST_TEST(
        mentions(all_findings(opened.diagnostics), {(wanted + " missing before " + name).c_str()}));
    BOOST_TEST(opened.other_files.empty());
    BOOST_TEST((read_all(*opened.disk) == filled(100, value)));
  };
  check({"disk.003", "disk.004"}, "disk.003", 1, "disk.001, disk.002");
  check({"disk.003", "disk.004"}, "disk.004", 2, "disk.001, disk.002");
  check({"disk.002", "disk.003"}, "disk.003", 2, "disk.001");
  check({"disk.ab", "disk.ac"}, "disk.ab", 1, "disk.aa");
}

BOOST_AUTO_TEST_CASE(only_the_last_segment_may_be_shorter) {
  const auto folder = folder_of({"disk.001", "disk.002", "disk.003"});
  folder->add("disk.002", filled(99, 2));
  const auto shorter = open_named(folder, "disk.001");
  BOOST_TEST(is_status(shorter, Status::corrupt));
  BOOST_TEST(mentions(shorter.error().message(), {"disk.002", "99 bytes", "disk.003 follows"}));
  folder->add("disk.002", filled(100, 2));
  folder->add("disk.003", filled(101, 3));
  BOOST_TEST(is_status(open_named(folder, "disk.001"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(the_number_of_segments_is_limited) {
  const auto folder = folder_of({"disk.001", "disk.002", "disk.003"});
  Limits limits;
  limits.max_segments = 2;
  BOOST_TEST(is_status(open_named(folder, "disk.001", limits), Status::limit_exceeded));
  limits.max_segments = 3;
  BOOST_TEST(is_ok(open_named(folder, "disk.001", limits)));
}

BOOST_AUTO_TEST_CASE(counters_carry_and_grow) {
  const auto next = [](const char* name) {
    const auto parsed = SegmentName::parse(name);
    BOOST_REQUIRE(parsed.has_value());
    return parsed->at(parsed->index() + 1).value_or("none");
  };
  BOOST_TEST(next("disk.009") == "disk.010");
  BOOST_TEST(next("disk.999") == "disk.1000");
  BOOST_TEST(next("disk.az") == "disk.ba");
  BOOST_TEST(next("disk.zz") == "none");
  BOOST_TEST(next("DISK.AZ") == "DISK.BA");
  BOOST_TEST(next("disk-00099") == "disk-00100");
  BOOST_TEST(next("a.b-c.aaa") == "a.b-c.aab");
}

BOOST_AUTO_TEST_CASE(names_without_a_counter_are_refused) {
  for (const char* name :
       {"", ".", ".001", "001", "disk", "disk.", "disk.1", "disk.0a", "disk.aA", "disk.abcde",
        "disk.1234567890", "disk-01", "disk-aa", "disk.\xC3\xA4"}) {
    BOOST_TEST(!SegmentName::parse(name).has_value(), name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
