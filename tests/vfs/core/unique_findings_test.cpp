// SPDX-License-Identifier: Apache-2.0
#include "vfs/core/unique_findings.h"

#include <string>
#include <thread>
#include <vector>

#include "tests/support/matchers.h"

using namespace casement;  // NOLINT(google-build-using-namespace): test file

BOOST_AUTO_TEST_SUITE(unique_findings)

BOOST_AUTO_TEST_CASE(a_place_is_reported_once_for_each_code_and_the_list_has_a_bound) {
  UniqueFindings findings;
  int texts = 0;
  const auto text = [&texts] {
    ++texts;
    return std::string("text");
  };
  for (int round = 0; round < 3; ++round) {
    findings.add(Severity::warning, "one", 5, text);
    findings.add(Severity::warning, "two", 5, text);
  }
  BOOST_TEST(findings.snapshot().items().size() == 2U);
  BOOST_TEST(texts == 2);
  for (std::uint64_t place = 0; place < 2 * Diagnostics::max_kept; ++place) {
    findings.add(Severity::warning, "many", place, text);
  }
  BOOST_TEST(findings.snapshot().items().size() == Diagnostics::max_kept);
  BOOST_TEST(findings.snapshot().dropped() != 0U);
  BOOST_TEST(texts == static_cast<int>(Diagnostics::max_kept));
}

BOOST_AUTO_TEST_CASE(texts_and_errors_are_findings_too) {
  UniqueFindings findings;
  findings.add(Severity::note, "one", 1, "text");
  findings.add(Severity::note, "one", 1, "another text");
  findings.add("two", 1, Error(Status::corrupt, "why"));
  const Diagnostics all = findings.snapshot();
  BOOST_REQUIRE(all.items().size() == 2U);
  BOOST_TEST(all.items()[0].text == "text");
  BOOST_TEST((all.items()[1].severity == Severity::error));
  BOOST_TEST(test::mentions(all.items()[1].text, {"why"}));
}

BOOST_AUTO_TEST_CASE(findings_are_taken_over_in_their_order_and_once) {
  UniqueFindings all;
  all.add(Severity::note, "one", 1, "first");
  UniqueFindings part;
  part.add(Severity::warning, "two", 1, "second");
  part.add(Severity::warning, "one", 1, "not again");
  part.add(Severity::error, "one", 2, "third");
  all.take_over(part);
  BOOST_TEST(part.snapshot().empty());
  part.add(Severity::error, "one", 2, "not again either");
  part.add(Severity::error, "two", 2, "fourth");
  all.take_over(part);
  const Diagnostics taken = all.snapshot();
  BOOST_REQUIRE(taken.items().size() == 4U);
  BOOST_TEST(taken.items()[1].text == "second");
  BOOST_TEST((taken.items()[1].severity == Severity::warning));
  BOOST_TEST(taken.items()[2].text == "third");
  BOOST_TEST(taken.items()[3].text == "fourth");
}

BOOST_AUTO_TEST_CASE(what_is_taken_over_is_bounded_too) {
  UniqueFindings part;
  for (std::uint64_t place = 0; place < Diagnostics::max_kept + 5; ++place) {
    part.add(Severity::warning, "many", place, "text");
  }
  UniqueFindings all;
  all.add(Severity::note, "one", 1, "first");
  all.take_over(part);
  BOOST_TEST(all.snapshot().items().size() == Diagnostics::max_kept);
  BOOST_TEST(all.snapshot().items().front().text == "first");
  BOOST_TEST(all.snapshot().dropped() == 6U);
}

BOOST_AUTO_TEST_CASE(threads_add_to_one_list) {
  UniqueFindings findings;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&findings] {
      for (std::uint64_t place = 0; place < 50; ++place) {
        findings.add(Severity::warning, "code", place, "text");
      }
    });
  }
  threads.clear();
  BOOST_TEST(findings.snapshot().items().size() == 50U);
}

BOOST_AUTO_TEST_SUITE_END()
