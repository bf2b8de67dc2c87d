// SPDX-License-Identifier: Apache-2.0
// Where content is, and what stat() is made of.
#include "vfs/ntfs/content.h"

#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "fixtures/build/ntfs/ntfs_reparse.h"
#include "tests/support/matchers.h"
#include "tests/vfs/ntfs/counted_volume.h"
#include "vfs/ntfs/volume_info.h"

namespace casement::ntfs {
namespace {

using fixture::BuiltNtfs;
using fixture::NtfsBuilder;
using fixture::NtfsData;
using fixture::NtfsEntry;
using fixture::NtfsStorage;
using test::CountedVolume;
using test::is_status;
using test::must;
using test::packable;
using test::pattern;

/// A file "\f" that `make` completes.
struct OneFile {
  BuiltNtfs built;
  CountedVolume opened;

  template <class Make>
  explicit OneFile(const Make& make) {
    NtfsBuilder builder;
    make(builder.file("\\f"));
    built = builder.build_mapped();
    opened = test::open_counted(built.bytes);
  }

  NtfsNode node() const { return opened.node(built.find("\\f").number); }
  NodeInfo info() const { return node_info(node()); }
};

const NtfsData placeholder = {.bytes = {}, .storage = NtfsStorage::sparse, .size = 50'000};

BOOST_AUTO_TEST_SUITE(content)

BOOST_AUTO_TEST_CASE(an_ordinary_file) {
  const OneFile file([](const NtfsEntry& entry) {
    entry.data({.bytes = pattern(5000)})
        .attributes(file_attribute::hidden | file_attribute::archive)
        .times({.created = 11, .modified = 22, .changed = 33, .accessed = 44})
        .stream("side", "text");
  });
  const NodeInfo info = file.info();
  BOOST_TEST((info.kind == NodeKind::file));
  BOOST_TEST((info.content == ContentKind::stored));
  BOOST_TEST(info.attributes == (file_attribute::hidden | file_attribute::archive));
  BOOST_TEST(info.link_count == 1U);
  BOOST_TEST(info.reparse_tag == 0U);
  BOOST_TEST(info.size == 5000U);
  BOOST_TEST(info.allocated_size == 8192U);
  BOOST_TEST(info.created.ticks == 11U);
  BOOST_TEST(info.modified.ticks == 22U);
  BOOST_TEST(info.changed.ticks == 33U);
  BOOST_TEST(info.accessed.ticks == 44U);
  BOOST_TEST(!info.case_sensitive);
  BOOST_TEST((test::read_all(*must(open_content(file.node(), u""))) == pattern(5000)));
  BOOST_TEST(must(open_content(file.node(), u"side"))->size() == 4U);
  BOOST_TEST(is_status(open_content(file.node(), u"none"), Status::not_found));
}

BOOST_AUTO_TEST_CASE(a_directory) {
  NtfsBuilder builder;
  builder.directory("\\d").case_sensitive().stream("side", "text");
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\d").number);
  const NodeInfo info = node_info(node);
  BOOST_TEST((info.kind == NodeKind::directory));
  BOOST_TEST((info.attributes & file_attribute::directory) != 0U);
  BOOST_TEST(info.case_sensitive);
  BOOST_TEST(info.size == 0U);
  BOOST_TEST(is_status(open_content(node, u""), Status::not_found));
  BOOST_TEST(must(open_content(node, u"side"))->size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_file_with_no_attributes_is_normal) {
  const OneFile file([](const NtfsEntry& entry) { entry.attributes(0); });
  BOOST_TEST(file.info().attributes == file_attribute::normal);
}

BOOST_AUTO_TEST_CASE(short_names_are_no_links) {
  NtfsBuilder builder;
  const NtfsEntry file = builder.file("\\a long name", "x").short_name("ALONGN~1");
  file.link(builder.root(), "second");
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const NtfsNode node = opened.node(built.find("\\a long name").number);
  BOOST_TEST(node_info(node).link_count == 2U);
}

BOOST_AUTO_TEST_CASE(compressed_and_sparse_files_take_less_than_their_size) {
  const OneFile packed([](const NtfsEntry& entry) {
    entry.data({.bytes = packable(200'000), .storage = NtfsStorage::compressed});
  });
  BOOST_TEST((packed.info().content == ContentKind::compressed));
  BOOST_TEST(packed.info().size == 200'000U);
  BOOST_TEST(packed.info().allocated_size > 0U);
  BOOST_TEST(packed.info().allocated_size < 100'000U);
  const OneFile sparse([](const NtfsEntry& entry) {
    entry.data({.bytes = pattern(100), .storage = NtfsStorage::sparse, .size = 1'000'000});
  });
  BOOST_TEST(sparse.info().allocated_size == 4096U);
}

BOOST_AUTO_TEST_CASE(wof_files_have_their_plain_size) {
  const OneFile file(
      [](const NtfsEntry& entry) { entry.wof(fixture::WofAlgorithm::lzx, packable(200'000)); });
  const NodeInfo info = file.info();
  BOOST_TEST((info.kind == NodeKind::file));
  BOOST_TEST((info.content == ContentKind::wof));
  BOOST_TEST(info.reparse_tag == reparse_tag::wof);
  BOOST_TEST(info.size == 200'000U);
  BOOST_TEST(info.allocated_size > 0U);
  BOOST_TEST(info.allocated_size < 100'000U);
}

BOOST_AUTO_TEST_CASE(efs_gives_the_ciphertext) {
  const OneFile file([](const NtfsEntry& entry) { entry.encrypted(pattern(1024), 1000); });
  BOOST_TEST((file.info().content == ContentKind::encrypted));
  auto expected = pattern(1024);
  expected.resize(1000);
  BOOST_TEST((test::read_all(*must(open_content(file.node(), u""))) == expected));
}

struct Elsewhere {
  const char* name;
  std::vector<std::byte> reparse;
  std::uint32_t attributes;
  ContentKind kind;
  const char* mentions;
};

std::ostream& operator<<(std::ostream& out, const Elsewhere& elsewhere) {
  return out << elsewhere.name;
}

const std::vector<Elsewhere> elsewhere_kinds = {
    {"WIMBoot", fixture::wof_wim_reparse(1, 50'000, 20'000, 0), 0, ContentKind::wim_backed, "WIM"},
    {"deduplicated", fixture::dedup_reparse(), 0, ContentKind::deduplicated, "dedup"},
    {"a cloud placeholder", fixture::cloud_reparse(), file_attribute::recall_on_data_access,
     ContentKind::cloud_placeholder, "cloud"},
    {"a cloud placeholder of another provider", fixture::cloud_reparse(0x9000601A),
     file_attribute::offline, ContentKind::cloud_placeholder, "0x9000601a"},
    {"a cloud placeholder by its clusters alone", fixture::cloud_reparse(), 0,
     ContentKind::cloud_placeholder, "cloud"},
};

BOOST_DATA_TEST_CASE(content_that_is_elsewhere_is_never_zeros,
                     boost::unit_test::data::make(elsewhere_kinds), kind) {
  const OneFile file([&](const NtfsEntry& entry) {
    entry.data(placeholder).reparse(kind.reparse).attributes(kind.attributes);
  });
  BOOST_TEST((file.info().kind == NodeKind::file));
  BOOST_TEST((file.info().content == kind.kind));
  BOOST_TEST(file.info().size == 50'000U);
  const auto source = open_content(file.node(), u"");
  BOOST_TEST(is_status(source, Status::unsupported));
  BOOST_TEST(test::mentions(source.error().message(), {kind.mentions}));
}

BOOST_AUTO_TEST_CASE(a_cloud_file_that_is_here_is_read) {
  const OneFile file([](const NtfsEntry& entry) {
    entry.data({.bytes = pattern(5000)}).reparse(fixture::cloud_reparse());
  });
  BOOST_TEST((file.info().content == ContentKind::stored));
  BOOST_TEST((test::read_all(*must(open_content(file.node(), u""))) == pattern(5000)));
}

BOOST_AUTO_TEST_CASE(links_are_reparse_points) {
  NtfsBuilder builder;
  builder.directory("\\d").reparse(fixture::mount_point_reparse("\\??\\C:\\Users", "lie"));
  builder.file("\\s").reparse(fixture::symlink_reparse("..\\x", "..\\x", true));
  builder.file("\\other").reparse(fixture::app_exec_link_reparse("p", "e", "x"));
  const BuiltNtfs built = builder.build_mapped();
  const CountedVolume opened = test::open_counted(built.bytes);
  const auto info = [&](const char* path) {
    return node_info(opened.node(built.find(path).number));
  };
  BOOST_TEST((info("\\d").kind == NodeKind::reparse_point));
  BOOST_TEST((info("\\d").attributes & file_attribute::directory) != 0U);
  BOOST_TEST(info("\\d").reparse_tag == reparse_tag::mount_point);
  BOOST_TEST((info("\\s").kind == NodeKind::reparse_point));
  BOOST_TEST((info("\\other").kind == NodeKind::file));
  BOOST_TEST(info("\\other").reparse_tag == 0x8000001BU);
}

BOOST_AUTO_TEST_CASE(gives_the_reparse_buffer_as_stored) {
  const auto buffer = fixture::symlink_reparse("target", "print", false);
  const OneFile link([&](const NtfsEntry& entry) { entry.reparse(buffer); });
  BOOST_TEST((must(read_reparse_data(link.node())) == buffer));
  const OneFile plain([](const NtfsEntry&) {});
  BOOST_TEST(is_status(read_reparse_data(plain.node()), Status::not_a_reparse_point));
}

BOOST_AUTO_TEST_CASE(a_damaged_reparse_point_is_a_finding) {
  const OneFile file([](const NtfsEntry& entry) {
    entry.data({.bytes = pattern(100)}).reparse(std::vector<std::byte>(6));
  });
  BOOST_TEST((file.info().kind == NodeKind::file));
  BOOST_TEST(file.info().reparse_tag == 0U);
  BOOST_TEST(file.opened.has_finding("reparse-damaged"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(volume_info)

BOOST_AUTO_TEST_CASE(reads_label_version_and_flags) {
  const NtfsBuilder builder({.label = u"Système", .minor_version = 0, .volume_flags = 0x0001});
  const CountedVolume opened = test::open_counted(builder.build());
  const NtfsVolumeInfo info = read_volume_info(opened.volume);
  BOOST_TEST((info.label == u"Système"));
  BOOST_TEST(info.major_version == 3);
  BOOST_TEST(info.minor_version == 0);
  BOOST_TEST(info.dirty());
}

BOOST_AUTO_TEST_CASE(a_volume_may_have_no_label) {
  const NtfsBuilder builder({.label = u""});
  const NtfsVolumeInfo info = read_volume_info(test::open_counted(builder.build()).volume);
  BOOST_TEST(info.label.empty());
  BOOST_TEST(!info.dirty());
}

BOOST_AUTO_TEST_CASE(a_lost_volume_record_is_a_finding) {
  BuiltNtfs built = NtfsBuilder().build_mapped();
  for (const std::size_t place : {built.record(3).offset, built.mirror_offset + 3 * 1024}) {
    std::fill_n(built.bytes.begin() + static_cast<std::ptrdiff_t>(place), 1024, std::byte{0xEE});
  }
  const CountedVolume opened = test::open_counted(built.bytes);
  BOOST_TEST(read_volume_info(opened.volume).major_version == 0);
  BOOST_TEST(opened.has_finding("volume-info-damaged"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::ntfs
