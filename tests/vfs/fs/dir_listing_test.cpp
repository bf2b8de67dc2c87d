// SPDX-License-Identifier: Apache-2.0
#include "vfs/fs/dir_listing.h"

#include "tests/support/matchers.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

DirEntry named(std::u16string name, std::uint64_t node) {
  return {std::move(name), {}, {node}, NodeKind::file};
}

DirListingPtr listing_of(std::vector<DirListing::Item> items) {
  return std::make_shared<const DirListing>(std::move(items));
}

std::uint64_t found(const DirListing& listing, std::u16string_view name) {
  const auto entry = must(listing.find(name));
  return entry ? entry->node.value : 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dir_listing)

BOOST_AUTO_TEST_CASE(exact_match_wins_else_the_first) {
  const auto listing = listing_of({named(u"zeta", 1), named(u"Alpha", 2), named(u"ALPHA", 3),
                                   named(u"alpha", 4), named(u"ß", 5)});
  BOOST_TEST(found(*listing, u"ALPHA") == 3U);
  BOOST_TEST(found(*listing, u"alpha") == 4U);
  BOOST_TEST(found(*listing, u"aLPHA") == 2U);
  BOOST_TEST(found(*listing, u"Zeta") == 1U);
  BOOST_TEST(found(*listing, u"ss") == 0U);
  BOOST_TEST(found(*listing, u"") == 0U);
}

BOOST_AUTO_TEST_CASE(what_could_not_be_read_may_have_been_the_name) {
  const auto listing = listing_of(
      {named(u"a", 1), Error(Status::corrupt, "first"), Error(Status::truncated, "second")});
  BOOST_TEST(found(*listing, u"A") == 1U);
  BOOST_TEST(is_status(listing->find(u"b"), Status::corrupt));
}

BOOST_AUTO_TEST_CASE(reader_gives_entries_and_errors_in_their_order) {
  const auto reader = make_dir_reader(
      listing_of({named(u"b", 1), Error(Status::corrupt, "damaged"), named(u"a", 2)}));
  BOOST_TEST((must(reader->next())->name == u"b"));
  BOOST_TEST(is_status(reader->next(), Status::corrupt));
  BOOST_TEST((must(reader->next())->name == u"a"));
  BOOST_TEST(!must(reader->next()).has_value());
  BOOST_TEST(!must(reader->next()).has_value());
}

BOOST_AUTO_TEST_CASE(cache_makes_each_listing_once_while_there_is_room) {
  int made = 0;
  const auto make = [&]() -> Result<DirListingPtr> {
    ++made;
    return listing_of({named(std::u16string(1000, u'x'), 1)});
  };
  DirListingCache cache(5000);  // two of them
  for (const std::uint64_t directory : {1U, 2U, 1U, 2U, 1U}) {
    BOOST_TEST(is_ok(cache.get({directory}, make)));
  }
  BOOST_TEST(made == 2);
  BOOST_TEST(is_ok(cache.get({3}, make)));
  BOOST_TEST(is_ok(cache.get({1}, make)));  // used later than 2
  BOOST_TEST(made == 3);
  BOOST_TEST(is_ok(cache.get({2}, make)));
  BOOST_TEST(made == 4);
}

BOOST_AUTO_TEST_CASE(cache_keeps_no_errors) {
  DirListingCache cache(5000);
  int made = 0;
  const auto make = [&]() -> Result<DirListingPtr> {
    ++made;
    return fail(Status::corrupt, "damaged");
  };
  BOOST_TEST(is_status(cache.get({1}, make), Status::corrupt));
  BOOST_TEST(is_status(cache.get({1}, make), Status::corrupt));
  BOOST_TEST(made == 2);
}

BOOST_AUTO_TEST_SUITE_END()
