// SPDX-License-Identifier: Apache-2.0
// What is kept of unpacked members.
#include "vfs/archive/content_cache.h"

#include <boost/test/unit_test.hpp>

#include "vfs/source/memory_source.h"

namespace casement::test {
namespace {

Unpacked in_memory(std::uint64_t size) {
  return {make_memory_source(std::vector<std::byte>(size), "m"), size, 0};
}
Unpacked spilled(std::uint64_t size) {
  return {make_memory_source({}, "s"), 0, size};
}

ArchiveOptions options() {
  ArchiveOptions options;
  options.max_kept_in_memory = 100 + 3 * ContentCache::entry_cost;
  options.max_spilled = 1000;
  return options;
}

BOOST_AUTO_TEST_SUITE(content_cache)

BOOST_AUTO_TEST_CASE(drops_what_was_not_used_for_longest) {
  ContentCache cache(options());
  cache.put(1, in_memory(40));
  cache.put(2, in_memory(40));
  BOOST_TEST((cache.find(1) != nullptr));
  cache.put(3, in_memory(40));
  BOOST_TEST((cache.find(1) != nullptr));
  BOOST_TEST((cache.find(2) == nullptr));
  BOOST_TEST((cache.find(3) != nullptr));
}

BOOST_AUTO_TEST_CASE(memory_and_temporary_files_have_budgets_of_their_own) {
  ContentCache cache(options());
  cache.put(1, spilled(600));
  cache.put(2, in_memory(90));
  cache.put(3, spilled(600));
  BOOST_TEST((cache.find(1) == nullptr));
  BOOST_TEST((cache.find(2) != nullptr));
  BOOST_TEST((cache.find(3) != nullptr));
  BOOST_TEST(cache.has_room(10));
  BOOST_TEST(!cache.has_room(11));
}

BOOST_AUTO_TEST_CASE(a_member_larger_than_the_budget_is_kept_alone) {
  ContentCache cache(options());
  cache.put(1, in_memory(50));
  cache.put(2, in_memory(5000));
  BOOST_TEST((cache.find(1) == nullptr));
  BOOST_TEST((cache.find(2) != nullptr));
  BOOST_TEST(!cache.has_room(0));
  cache.put(2, in_memory(1));  // there already
  BOOST_TEST(cache.find(2)->size() == 5000U);
}

BOOST_AUTO_TEST_CASE(empty_members_cost_their_entries) {
  ContentCache cache(options());
  for (std::uint32_t i = 0; i < 10; ++i) {
    cache.put(i, in_memory(0));
  }
  BOOST_TEST((cache.find(6) == nullptr));
  BOOST_TEST((cache.find(7) != nullptr));
  BOOST_TEST(!cache.has_room(0));
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace
}  // namespace casement::test
