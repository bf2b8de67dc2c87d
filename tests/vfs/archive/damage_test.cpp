// SPDX-License-Identifier: Apache-2.0
// Archives that are cut off or changed: what is in front of the damage can be read.
#include <boost/test/unit_test.hpp>

#include "fixtures/build/archive/archive_bytes.h"
#include "fixtures/build/archive/cab_builder.h"
#include "fixtures/build/archive/rar_builder.h"
#include "fixtures/build/archive/zip_builder.h"
#include "tests/fuzz/volume_walk.h"
#include "tests/support/mutate.h"
#include "tests/vfs/archive/archive_support.h"

namespace casement::test {
namespace {

fx::ByteVector three_files() {
  fx::TarBuilder tar;
  (void)tar.add_file("one", "1");
  (void)tar.add_file("two", std::string(3000, '2'));
  (void)tar.add_file("three", "3");
  return tar.build();
}

/// Bytes that the host cannot read from some place on.
class FailingSource final : public ByteSource {
 public:
  FailingSource(fx::ByteVector bytes, std::uint64_t good)
      : inner_(as_source(std::move(bytes))), good_(good) {}
  std::uint64_t size() const noexcept override { return inner_->size(); }
  std::string describe() const override { return "failing"; }

 private:
  Result<void> do_read(std::uint64_t offset, MutableBytes out) const override {
    if (!in_range(good_, offset, out.size())) {
      return fail(Status::io_failed, "the disk is broken");
    }
    return inner_->read(offset, out);
  }

  SourcePtr inner_;
  std::uint64_t good_;
};

/// Opens, walks and reads whatever comes out.
void exercise(fx::ByteVector bytes) {
  ArchiveOptions small;
  small.free_unpacked = std::uint64_t{1} << 20;
  small.max_ratio = 10;
  small.max_entries = 1000;
  if (const auto archive = open_archive_with(as_source(std::move(bytes)), small)) {
    fuzz::walk_volume(*archive);
  }
}

std::vector<fx::ByteVector> bases() {
  const fx::ByteVector content = fx::ascii_bytes("some content");
  fx::TarBuilder tar;
  (void)tar.add({.name = "p", .content = content, .pax = {{"path", "d/long"}, {"mtime", "1.5"}}});
  tar.add_symlink("l", "d");
  tar.add_hard_link("h", "d/long");
  return {tar.build(),
          fx::gzip_stored(tar.build()),
          fx::build_zip({{.name = "a/b", .content = content, .method = 8},
                         {.name = "s", .content = content, .zip64 = true}})
              .bytes,
          fx::build_rar4({{.name = "a/b", .content = content}}),
          fx::build_rar5({{.name = "a/b", .content = content}}),
          fx::build_cab({{.name = "a\\b", .content = content}})};
}

BOOST_AUTO_TEST_SUITE(damage)

BOOST_AUTO_TEST_CASE(a_tar_that_is_cut_off_keeps_what_is_there) {
  // In the content of "two": 512 + 512 + 512 bytes, then 1000 of 3000.
  const FileSystemPtr archive = open_bytes(prefix(three_files(), 512 * 3 + 1000));
  BOOST_TEST(content_at(*archive, "one") == "1");
  const SourcePtr two = must(archive->open(entry_at(*archive, "two").node, {}));
  BOOST_TEST(two->size() == 3000U);
  std::vector<std::byte> there(1000);
  BOOST_TEST(is_ok(two->read(0, there)));
  BOOST_TEST((there == fx::ByteVector(1000, std::byte{'2'})));
  const auto beyond = two->read(500, there);
  BOOST_TEST(is_status(beyond, Status::truncated));
  BOOST_TEST(mentions(beyond.error().message(), {"two", "0x3e8"}));
  BOOST_TEST(findings_of(*archive).contains("archive-damaged"));
}

BOOST_AUTO_TEST_CASE(a_compressed_tar_that_is_cut_off_keeps_what_is_there) {
  fx::TarBuilder tar;
  (void)tar.add_file("one", "1");
  (void)tar.add_file("two", std::string(500'000, '2'));
  (void)tar.add_file("three", "3");
  const FileSystemPtr archive = open_bytes(prefix(fx::gzip_stored(tar.build()), 400'000));
  BOOST_TEST(content_at(*archive, "one") == "1");
  const SourcePtr two = must(archive->open(entry_at(*archive, "two").node, {}));
  std::vector<std::byte> there(200'000);
  BOOST_TEST(is_ok(two->read(100'000, there)));
  BOOST_TEST((there == fx::ByteVector(200'000, std::byte{'2'})));
  BOOST_TEST(!two->read(300'000, there).has_value());
  BOOST_TEST(findings_of(*archive).contains("archive-damaged"));
  BOOST_TEST(findings_of(*archive).contains("archive-member-damaged"));
}

BOOST_AUTO_TEST_CASE(a_damaged_tar_header_hides_one_member) {
  fx::ByteVector bytes = three_files();
  bytes[1024] ^= std::byte{0xFF};  // the name of "two", which the checksum covers
  const FileSystemPtr archive = open_bytes(bytes);
  BOOST_TEST(tree_text(archive) == "one=1 three=3");
  BOOST_TEST(findings_of(*archive).contains("archive-damaged-header"));
}

BOOST_AUTO_TEST_CASE(a_bomb_in_a_tar_ends_the_list) {
  fx::TarBuilder tar;
  const std::size_t size = 258 * 20'000 + 1;
  (void)tar.add_file("first", "1");
  (void)tar.add({.name = "zeros", .content = fx::ByteVector(size)});
  (void)tar.add_file("last", "1");
  ArchiveOptions tight;
  tight.free_unpacked = 1'000'000;
  tight.max_ratio = 0;
  const FileSystemPtr archive = open_bytes(fx::gzip_stored(tar.build()), tight);
  BOOST_TEST(mentions(finding(*archive, "archive-expands"), {"1000000"}));
  BOOST_TEST(content_at(*archive, "first") == "1");
  BOOST_TEST(!must(archive->lookup(archive->root(), u"last")).has_value());
}

BOOST_AUTO_TEST_CASE(nothing_to_be_read_is_an_error) {
  for (const std::size_t size : {40U, 100U}) {
    fx::ByteVector bytes = prefix(fx::build_zip({{.name = std::string(200, 'n')}}).bytes, size);
    const auto opened = open_archive_with(as_source(std::move(bytes)), {});
    BOOST_TEST(!opened.has_value());
  }
  const auto seven = open_archive_with(as_source(fx::ascii_bytes("7z\xBC\xAF\x27\x1C...")), {});
  BOOST_TEST(!seven.has_value());
  BOOST_TEST(mentions(seven.error().message(), {"7z archive"}));
}

BOOST_AUTO_TEST_CASE(what_the_host_cannot_read_is_said) {
  const auto failing = [](fx::ByteVector bytes, std::uint64_t good) {
    return std::make_shared<FailingSource>(std::move(bytes), good);
  };
  const fx::ByteVector tar = three_files();
  BOOST_TEST(is_status(probe_archive(*failing(tar, 100)), Status::io_failed));
  BOOST_TEST(is_status(probe_archive(*failing(fx::gzip_stored(tar), 600)), Status::io_failed));
  const auto first = must(open_archive_with(failing(tar, 1000), {}));
  BOOST_TEST(tree_text(first) == "one=1");
  BOOST_TEST(mentions(finding(*first, "archive-damaged"), {"the disk is broken"}));
  fx::TarBuilder large;
  (void)large.add_file("one", "1");
  (void)large.add_file("two", std::string(300'000, '2'));
  (void)large.add_file("three", "3");
  const auto some = must(open_archive_with(failing(large.build(), 200'000), {}));
  BOOST_TEST(content_at(*some, "one") == "1");
  BOOST_TEST(mentions(finding(*some, "archive-damaged"), {"the disk is broken"}));
}

BOOST_AUTO_TEST_CASE(survives_truncation_anywhere) {
  for (const fx::ByteVector& base : bases()) {
    for (std::size_t size = 0; size < base.size(); size += size < 700 ? 7 : 61) {
      exercise(prefix(base, size));
    }
  }
}

BOOST_AUTO_TEST_CASE(survives_changed_bytes) {
  for (const fx::ByteVector& base : bases()) {
    for (std::size_t at = 0; at < base.size(); at += base.size() > 2000 ? 13 : 3) {
      fx::ByteVector bytes = base;
      bytes[at] ^= std::byte{0xFF};
      exercise(std::move(bytes));
    }
  }
}

BOOST_AUTO_TEST_CASE(headers_of_members_that_are_left_out_count) {
  fx::TarBuilder tar;
  (void)tar.add_file("first", "1");
  for (int i = 0; i < 50; ++i) {
    tar.add_directory("./");
  }
  (void)tar.add_file("last", "1");
  ArchiveOptions few;
  few.max_entries = 10;
  const FileSystemPtr archive = open_bytes(tar.build(), few);
  BOOST_TEST(tree_text(archive) == "first=1");
  BOOST_TEST(mentions(finding(*archive, "archive-too-many-entries"), {"20 headers"}));
}

BOOST_AUTO_TEST_CASE(headers_that_unpack_to_much_end_the_list) {
  fx::TarBuilder tar;
  (void)tar.add_file("first", "1");
  for (int i = 0; i < 3000; ++i) {
    tar.add_directory("./");
  }
  (void)tar.add_file("last", "1");
  ArchiveOptions tight;
  tight.free_unpacked = 1'000'000;
  tight.max_ratio = 0;
  const FileSystemPtr archive = open_bytes(fx::gzip_stored(tar.build()), tight);
  BOOST_TEST(tree_text(archive) == "first=1");
  BOOST_TEST(mentions(finding(*archive, "archive-expands"), {"1000000"}));
}

/// A 7z archive with this header, or one that claims another size for it.
fx::ByteVector seven_zip(const fx::ByteVector& header, std::optional<std::uint64_t> size = {}) {
  fx::ByteVector bytes = fx::ascii_bytes("7z\xBC\xAF\x27\x1C");
  bytes.resize(32);
  fx::put_u64(bytes, 20, size.value_or(header.size()));
  fx::append_bytes(bytes, header);
  return bytes;
}

BOOST_AUTO_TEST_CASE(headers_of_7z_that_ask_for_too_much_are_refused) {
  const auto open = [](fx::ByteVector bytes) {
    return open_archive_with(as_source(std::move(bytes)), {});
  };
  BOOST_TEST(is_status(open(seven_zip({}, std::uint64_t{1} << 40)), Status::limit_exceeded));
  // 10 million files in a header of some bytes.
  fx::ByteVector many(12);
  fx::put_u16(many, 0, 0x0501);
  many[2] = std::byte{0xF0};
  fx::put_u32(many, 3, 10'000'000);
  const auto claimed = open(seven_zip(many));
  BOOST_TEST(is_status(claimed, Status::corrupt));
  BOOST_TEST(mentions(claimed.error().message(), {"10000000 files"}));
  // A packed header: one stream, one folder of one coder without properties, 1 TiB.
  fx::ByteVector packed;
  for (const int byte : {0x17, 0x06, 0, 1, 9, 1, 0, 7, 0x0B, 1, 0, 1, 1, 0x21, 0x0C, 0xFC}) {
    packed.push_back(static_cast<std::byte>(byte));
  }
  packed.resize(32, std::byte{1});
  BOOST_TEST(is_status(open(seven_zip(packed)), Status::limit_exceeded));
  packed[8] = std::byte{0};
  BOOST_TEST(is_status(open(seven_zip(packed)), Status::corrupt));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
