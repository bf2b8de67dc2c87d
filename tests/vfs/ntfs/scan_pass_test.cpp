// SPDX-License-Identifier: Apache-2.0
#include "vfs/ntfs/scan_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/volume_support.h"
#include "vfs/core/utf16.h"

namespace casement::ntfs {
namespace {

using boost::test_tools::per_element;
using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using test::must;

constexpr std::size_t file_count = 120;

fixture::ByteVector content(std::size_t size) {
  return {size, std::byte{'c'}};
}

/// Sound files, and damage of each kind in all parts of the MFT.
BuiltNtfs damaged_volume() {
  NtfsBuilder builder;
  const auto links = builder.directory("\\links");
  for (std::size_t i = 0; i < file_count; ++i) {
    const std::string path = fmt::format("\\directory {}\\file {}", i % 7, i);
    switch (i % 6) {
      case 0:
        builder.file(path, NtfsData{.bytes = content(9000), .in_extension = true});
        break;
      case 1:
        builder.file(path, "list").non_resident_list().link(links, fmt::format("link {}", i));
        break;
      case 2:
        builder.directory(path).reparse(fixture::mount_point_reparse("\\??\\C:\\target", "t"));
        break;
      case 3:
        builder.file(path, "deleted").deleted();
        break;
      default:
        builder.file(path, "plain").short_name(fmt::format("FILE~{}", i));
    }
  }
  builder.directory("\\own").parent_reference(fixture::ntfs_reference(900, 1)).not_indexed();
  BuiltNtfs built = builder.build_mapped();
  for (std::size_t i = 0; i < file_count; i += 5) {
    const auto& record = built.find(fmt::format("\\directory {}\\file {}", i % 7, i));
    if (i % 2 == 0) {
      built.bytes[record.offset + 510] ^= std::byte{1};  // torn
    } else if (i % 3 == 0) {
      built.bytes[record.offset] = std::byte{'B'};
    } else {
      built.edit_record(record.offset, [&](std::span<std::byte> bytes) {
        bytes[built.attribute_offset(record, 0x10) + 0x10] = std::byte{3};  // length of its value
      });
    }
  }
  bool damage = false;
  for (const BuiltNtfs::Record& record : built.records) {
    if (record.base != 0 && std::exchange(damage, !damage)) {
      built.bytes[record.offset] = std::byte{0};  // an extension record that is gone
    }
  }
  return built;
}

/// A source of which some reads take longer, so that parts of a pass are done out of their order.
class UnevenSource final : public ByteSource {
 public:
  explicit UnevenSource(SourcePtr base) : base_(std::move(base)) {}
  std::uint64_t size() const noexcept override { return base_->size(); }
  std::string describe() const override { return base_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (offset / 4096 % 3 == 0) {
      std::this_thread::sleep_for(std::chrono::microseconds(300));
    }
    return base_->read(offset, out);
  }

  SourcePtr base_;
};

/// Rows, names, errors and findings of a pass, a line each, in their order.
std::vector<std::string> pass_lines(const BuiltNtfs& built, const ScanPassOptions& options) {
  const auto source = std::make_shared<UnevenSource>(test::to_source(built.bytes));
  const NtfsVolumePtr volume = must(NtfsVolume::open(source, {}));
  const auto table = must(read_scan_table(volume, true, options));
  std::vector<std::string> lines;
  for (ScanTable::Index i = 0; i < table->record_count(); ++i) {
    const ScanRecord& row = table->record(i);
    lines.push_back(fmt::format("{:x} {} {} {} {} {:x} {:x} {} {} {} {}", table->reference(i).value,
                                row.size, row.allocated_size, row.created.ticks, row.modified.ticks,
                                row.attributes, row.reparse_tag, row.link_count,
                                static_cast<int>(row.kind), static_cast<int>(row.content),
                                row.is_directory + 2 * row.in_use + 4 * row.has_names));
  }
  for (ScanTable::Index i = 0; i < table->name_count(); ++i) {
    const ScanName& name = table->name(i);
    lines.push_back(fmt::format("name {} {:x} {} {}", name.record, name.parent.value,
                                to_utf8(table->text(name)), to_utf8(table->short_text(name))));
  }
  for (const Error& error : table->errors()) {
    lines.push_back("error " + error.message());
  }
  const Diagnostics findings = volume->findings().snapshot();
  for (const Diagnostic& finding : findings.items()) {
    lines.push_back(fmt::format("finding {}: {}", finding.code, finding.text));
  }
  return lines;
}

std::size_t count_of(const std::vector<std::string>& lines, std::string_view start) {
  return static_cast<std::size_t>(std::ranges::count_if(
      lines, [start](const std::string& line) { return line.starts_with(start); }));
}

class ThrowingSource final : public ByteSource {
 public:
  ThrowingSource(SourcePtr base, const bool& armed) : base_(std::move(base)), armed_(armed) {}
  std::uint64_t size() const noexcept override { return base_->size(); }
  std::string describe() const override { return base_->describe(); }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (armed_ && offset % 8192 == 0) {
      throw std::bad_alloc();
    }
    return base_->read(offset, out);
  }

  SourcePtr base_;
  const bool& armed_;
};

BOOST_AUTO_TEST_SUITE(scan_pass)

BOOST_AUTO_TEST_CASE(many_threads_give_what_one_gives) {
  const BuiltNtfs built = damaged_volume();
  const auto expected = pass_lines(built, {.threads = 1, .request_size = std::uint64_t{1} << 20});
  BOOST_TEST(count_of(expected, "name") > file_count);
  BOOST_TEST(count_of(expected, "error") > 0U);
  for (const char* code : {"record-torn", "standard-information-missing", "extension-missing"}) {
    BOOST_TEST(count_of(expected, std::string("finding ") + code) > 1U, code);
  }
  for (const unsigned threads : {1U, 2U, 4U, 7U}) {
    for (const std::uint64_t request_size : {std::uint64_t{1}, std::uint64_t{5000}}) {
      BOOST_TEST(pass_lines(built, {.threads = threads, .request_size = request_size}) == expected,
                 per_element());
    }
  }
}

// Which lists still have room depends on all that were read before, by whichever thread.
BOOST_AUTO_TEST_CASE(the_lists_that_are_left_out_do_not_depend_on_threads) {
  const BuiltNtfs built = damaged_volume();
  const auto unlimited = pass_lines(built, {.threads = 1});
  BOOST_TEST(count_of(unlimited, "finding attribute-lists-left-out") == 0U);
  for (const std::uint64_t list_bytes : {0U, 700U, 2000U}) {
    const auto expected = pass_lines(
        built, {.threads = 1, .request_size = std::uint64_t{1} << 20, .list_bytes = list_bytes});
    BOOST_TEST(count_of(expected, "finding attribute-lists-left-out") == 1U);
    BOOST_TEST((expected != unlimited));
    for (const unsigned threads : {1U, 2U, 5U}) {
      BOOST_TEST(
          pass_lines(built, {.threads = threads, .request_size = 3000, .list_bytes = list_bytes}) ==
              expected,
          per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(what_a_thread_throws_ends_the_pass) {
  const BuiltNtfs built = damaged_volume();
  bool armed = false;
  const auto source = std::make_shared<ThrowingSource>(test::to_source(built.bytes), armed);
  const NtfsVolumePtr volume = must(NtfsVolume::open(source, {}));
  armed = true;
  for (const unsigned threads : {1U, 4U}) {
    BOOST_CHECK_THROW((void)read_scan_table(volume, true, {.threads = threads, .request_size = 1}),
                      std::bad_alloc);
  }
  armed = false;
  BOOST_TEST(test::is_ok(read_scan_table(volume, true, {.threads = 4})));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
