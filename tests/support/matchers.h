// SPDX-License-Identifier: Apache-2.0
// Checks on Result that print the error they met.
#pragma once

#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "vfs/core/result.h"

namespace casement {

/// Boost.Test prints a Status by this.
std::ostream& operator<<(std::ostream& out, Status status);

namespace test {

boost::test_tools::assertion_result describe_ok(const Error* error);
boost::test_tools::assertion_result describe_status(const Error* error, Status expected);

/// BOOST_TEST(is_ok(r)): on failure prints Error::message().
template <class T>
boost::test_tools::assertion_result is_ok(const Result<T>& result) {
  return describe_ok(result ? nullptr : &result.error());
}

/// BOOST_TEST(is_status(r, Status::corrupt)).
template <class T>
boost::test_tools::assertion_result is_status(const Result<T>& result, Status expected) {
  return describe_status(result ? nullptr : &result.error(), expected);
}

/// The value, or a failed test that says why there is none.
template <class T>
T must(Result<T> result) {
  BOOST_REQUIRE(is_ok(result));
  return std::move(result).take();
}

/// The text contains each of the words; prints the text when not.
boost::test_tools::assertion_result mentions(const std::string& text,
                                             std::initializer_list<const char*> words);

}  // namespace test
}  // namespace casement
