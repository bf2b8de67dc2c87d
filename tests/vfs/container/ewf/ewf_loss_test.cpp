// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "tests/vfs/container/ewf/ewf_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

MemoryFolder::Files without(MemoryFolder::Files files, const char* name) {
  BOOST_REQUIRE_EQUAL(files.erase(name), 1U);
  return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(container_ewf_loss)

BOOST_AUTO_TEST_CASE(the_first_segment_needs_a_number) {
  const auto built = fx::build_ewf({}, small_disk());
  const auto zero = mutate(built.segments.front(), 9, std::array<std::uint8_t, 1>{0});
  BOOST_TEST(is_status(EwfFolder(zero).open(), Status::corrupt));
  const auto other = mutate(built.segments.front(), 9, std::array<std::uint8_t, 1>{7});
  const auto unknown = EwfFolder(other).open();
  BOOST_TEST(is_status(unknown, Status::not_found));
  BOOST_TEST(mentions(unknown.error().message(), {"image.E01", "segment 7"}));
  const auto alone = EwfFolder(MemoryFolder::Files{{"image.E07", other}}).open("image.E07");
  BOOST_TEST(is_status(alone, Status::not_found));
  BOOST_TEST(mentions(alone.error().message(), {"image.E01", "memory/"}));
}

BOOST_AUTO_TEST_CASE(a_damaged_chunk_fails_and_hides_no_other) {
  for (const auto packing : {fx::EwfPacking::plain, fx::EwfPacking::compressed}) {
    const auto built = fx::build_ewf({.packing = packing}, small_disk());
    const fx::EwfChunkSpot& spot = built.chunks.at(3);
    for (const std::size_t at : {std::size_t{0}, spot.size / 2, spot.size - 1}) {
      ByteVector image = built.segments.front();
      image[spot.offset + at] ^= std::byte{0x10};
      const auto opened = must(EwfFolder(image).open());
      BOOST_TEST(readable(*opened.disk, small_disk()) == "yyycyyyyyyy");
      for (int i = 0; i < 2; ++i) {
        std::array<std::byte, 8> bytes{};
        const auto failed = opened.disk->read(3 * chunk_size + 5, bytes);
        BOOST_TEST(is_status(failed, Status::corrupt));
        BOOST_TEST(
            mentions(failed.error().message(), {"image.E01", "chunk 3", "disk offset 0xc00"}));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(where_both_tables_are_damaged_only_the_chunk_of_the_entry_is_lost) {
  for (const auto packing : {fx::EwfPacking::plain, fx::EwfPacking::compressed}) {
    const auto built = fx::build_ewf({.packing = packing}, small_disk());
    for (const std::size_t entry : {0U, 4U, 10U}) {
      ByteVector image = built.segments.front();
      for (const char* table : {"table", "table2"}) {
        image[built.section(table).offset + descriptor + 24 + 4 * entry] ^= std::byte{0x08};
      }
      const auto opened = must(EwfFolder(image).open());
      BOOST_TEST(has_finding(opened, "ewf-table"));
      std::string expected(11, 'y');
      expected[entry] = 'c';
      BOOST_TEST(readable(*opened.disk, small_disk()) == expected);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_table_that_is_lost_takes_only_its_chunks) {
  const auto built = fx::build_ewf({.chunks_per_table = 3}, small_disk());
  const auto lose = [&](ByteVector& image, std::size_t n) {
    for (const char* table : {"table", "table2"}) {
      fixture::put_u32(image, built.section(table, n).offset + descriptor, 0x0100'0003);
    }
  };
  ByteVector image = built.segments.front();
  lose(image, 1);
  const auto opened = must(EwfFolder(image).open());
  BOOST_TEST(has_finding(opened, "ewf-table"));
  BOOST_TEST(has_finding(opened, "ewf-chunks"));
  // Those behind it are counted from the end.
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyycccyyyyy");
  lose(image, 2);
  BOOST_TEST(readable(*must(EwfFolder(image).open()).disk, small_disk()) == "yyyccccccyy");
  // What lies between two gaps could be anywhere.
  ByteVector other = built.segments.front();
  lose(other, 0);
  lose(other, 2);
  BOOST_TEST(readable(*must(EwfFolder(other).open()).disk, small_disk()) == "cccccccccyy");
  // The volume section contradicts itself: nothing is counted from the end.
  ByteVector unsure = mutate(image, built.section("volume").offset + descriptor + 4,
                             std::array<std::uint8_t, 1>{12});
  fx::fix_ewf_checksums(unsure);
  lose(unsure, 1);
  BOOST_TEST(readable(*must(EwfFolder(unsure).open()).disk, small_disk()) == "yyycccccccc");
}

BOOST_AUTO_TEST_CASE(a_missing_segment_in_the_middle_is_named_and_takes_only_its_chunks) {
  const auto files = files_of(fx::build_ewf(in_segments(), small_disk()));
  const auto opened = must(EwfFolder(without(files, "image.E02")).open());
  BOOST_TEST(has_finding(opened, "ewf-segments"));
  BOOST_TEST(mentions(findings_of(opened),
                      {"segment image.E02 is missing in memory/", "may be there is image.E03",
                       "chunks 4-7 of 11", "from the end"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyttttyyy");
  std::array<std::byte, 1> byte{};
  const auto failed = opened.disk->read(5 * chunk_size, byte);
  BOOST_TEST(mentions(failed.error().message(), {"chunk 5", "0x1400", "image.E02 is missing"}));
  BOOST_TEST(opened.other_files == std::vector<std::string>{"image.E03"});
}

BOOST_AUTO_TEST_CASE(missing_segments_at_the_end_are_named) {
  const auto files = files_of(fx::build_ewf(in_segments(), small_disk()));
  const auto opened = must(EwfFolder(without(files, "image.E03")).open());
  BOOST_TEST(
      mentions(findings_of(opened),
               {"ewf-segments: segment image.E03 is missing in memory/\n", "chunks 8-10 of 11"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyyyyyttt");
  const auto first = must(EwfFolder(without(without(files, "image.E03"), "image.E02")).open());
  BOOST_TEST(mentions(findings_of(first), {"image.E02 is missing"}));
  BOOST_TEST(readable(*first.disk, small_disk()) == "yyyyttttttt");
  const auto none = EwfFolder(without(files, "image.E01")).open("image.E03");
  BOOST_TEST(is_status(none, Status::not_found));
  BOOST_TEST(mentions(none.error().message(), {"image.E03 is segment 3", "image.E01, is not in"}));
}

BOOST_AUTO_TEST_CASE(a_renamed_first_segment_does_not_lead_to_the_others) {
  auto files = files_of(fx::build_ewf(in_segments(), small_disk()));
  files.emplace("evidence", files.at("image.E01"));
  const auto opened = must(EwfFolder(files).open("evidence"));
  BOOST_TEST(mentions(findings_of(opened), {"segment 2 is missing", "name evidence"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyttttttt");
}

BOOST_AUTO_TEST_CASE(segments_under_the_wrong_name_are_not_taken) {
  auto files = files_of(fx::build_ewf(in_segments(), small_disk()));
  files["image.E02"] = files.at("image.E03");
  const auto opened = must(EwfFolder(files).open());
  BOOST_TEST(
      mentions(findings_of(opened), {"segment image.E02 says that it is segment 3, expected 2"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyccccyyy");
  files["image.E02"] = pattern(3000, 9);
  const auto rubbish = must(EwfFolder(files).open());
  BOOST_TEST(mentions(findings_of(rubbish), {"segment image.E02: no signature"}));
  std::array<std::byte, 1> byte{};
  const auto failed = rubbish.disk->read(4 * chunk_size, byte);
  BOOST_TEST(is_status(failed, Status::bad_format));
  BOOST_TEST(is_ok(rubbish.disk->read(8 * chunk_size, byte)));
}

BOOST_AUTO_TEST_CASE(segments_of_another_acquisition_are_a_finding) {
  fx::EwfOptions options = in_segments();
  options.set_id = {1};
  auto files = files_of(fx::build_ewf(options, small_disk()));
  BOOST_TEST(must(EwfFolder(files).open()).diagnostics.empty());
  options.set_id = {2};
  const auto other = files_of(fx::build_ewf(options, small_disk()));
  files["image.E02"] = other.at("image.E02");
  const auto opened = must(EwfFolder(files).open());
  BOOST_TEST(has_finding(opened, "ewf-mixed"));
  BOOST_TEST(mentions(findings_of(opened), {"image.E02 is of another image"}));
}

BOOST_AUTO_TEST_CASE(a_cut_segment_keeps_the_chunks_of_its_tables) {
  const auto built = fx::build_ewf({.chunks_per_table = 4}, small_disk());
  const ByteVector& image = built.segments.front();
  const auto cut = prefix(image, built.chunks.at(9).offset);
  const auto opened = must(EwfFolder(cut).open());
  BOOST_TEST(
      mentions(findings_of(opened), {"ewf-section", "the file ends at", "chunks 8-10 of 11"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyyyyyttt");
}

BOOST_AUTO_TEST_CASE(a_damaged_segment_hides_no_other) {
  const auto built = fx::build_ewf({.chunks_per_table = 2, .chunks_per_segment = 4}, small_disk());
  auto files = files_of(built);
  ByteVector& second = files.at("image.E02");
  second[built.section("sectors", 3).offset + 1] ^= std::byte{0xFF};  // its second half
  const auto opened = must(EwfFolder(files).open());
  BOOST_TEST(mentions(findings_of(opened),
                      {"ewf-section: image.E02: section at", "no section descriptor"}));
  BOOST_TEST(readable(*opened.disk, small_disk()) == "yyyyyyccyyy");
}

BOOST_AUTO_TEST_CASE(a_segment_that_changes_while_it_is_read_is_an_error) {
  // The folder that the test sees is the one of the image: it forgets the segments.
  class Forgetful final : public ImageFolder {
   public:
    explicit Forgetful(ImageFolderPtr folder) : folder_(std::move(folder)) {}
    Result<SourcePtr> find(std::string_view name) const override {
      return is_empty ? SourcePtr{} : CASEMENT_TRY(folder_->find(name));
    }
    ImageFolderPtr folder_of(std::string_view) const override { return folder_; }
    std::string describe() const override { return "forgetful"; }
    std::optional<std::string> host_path(std::string_view) const override { return std::nullopt; }
    bool is_empty = false;

   private:
    ImageFolderPtr folder_;
  };
  const fx::EwfOptions options{.chunks_per_segment = 1};
  const ByteVector disk = pattern(40 * 1024, 2);
  const EwfFolder inner(fx::build_ewf(options, disk));
  const auto folder = std::make_shared<Forgetful>(inner.folder);
  const auto opened = must(inner.opener.open(folder, "image.E01"));
  std::array<std::byte, 1> byte{};
  folder->is_empty = true;
  const auto failed = opened.disk->read(1024, byte);
  BOOST_TEST(is_status(failed, Status::not_found));
  BOOST_TEST(mentions(failed.error().message(), {"chunk 1", "segment image.E02", "any more"}));
  BOOST_TEST(is_ok(opened.disk->read(0, byte)));  // the one that was named stays open
  BOOST_TEST(is_ok(opened.disk->read(39 * 1024, byte)));
  folder->is_empty = false;
  BOOST_TEST(is_ok(opened.disk->read(1024, byte)));
}

BOOST_AUTO_TEST_SUITE_END()
