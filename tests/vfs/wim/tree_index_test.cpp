// SPDX-License-Identifier: Apache-2.0
#include "vfs/wim/tree_index.h"

#include <boost/test/unit_test.hpp>

namespace casement::wim {
namespace {

BOOST_AUTO_TEST_SUITE(tree_index)

BOOST_AUTO_TEST_CASE(an_index_larger_than_the_cache_is_kept_alone) {
  DirectoryIndexCache cache(1);
  int made = 0;
  const auto make = [&] {
    ++made;
    return DirectoryIndex();
  };
  const DirectoryIndexPtr first = cache.get(8, make);
  BOOST_TEST((cache.get(8, make) == first));
  BOOST_TEST(made == 1);
  (void)cache.get(16, make);
  BOOST_TEST((cache.get(8, make) != first));
  BOOST_TEST(made == 3);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::wim
