// SPDX-License-Identifier: Apache-2.0
// The table of functions as values.
#include "engine/dismapi/function_table.h"

#include <boost/test/unit_test.hpp>
#include <set>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(function_table)

BOOST_AUTO_TEST_CASE(rows_are_found_by_their_function) {
  std::set<std::string_view> names;
  for (const FunctionRow& row : function_rows) {
    BOOST_TEST(row_of(row.function).name == row.name);
    BOOST_TEST(names.insert(row.name).second);
  }
  BOOST_TEST(row_of(Function::DismOpenSession).name == "DismOpenSession");
}

BOOST_AUTO_TEST_CASE(messages_name_the_function_and_the_reason) {
  BOOST_TEST(unavailable_message(Function::DismAddPackage) ==
             "read-only engine: DismAddPackage is not available");
  BOOST_TEST(unavailable_message(Function::_DismSetEdition) ==
             "read-only engine: _DismSetEdition is not available");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
