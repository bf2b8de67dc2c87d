// SPDX-License-Identifier: Apache-2.0
// Memory that is handed out and taken back.
#include "engine/dismapi/allocation.h"

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <new>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(allocation)

DismString* hand_out_string(Allocations& allocations, std::u16string_view text) {
  Answer answer;
  auto* string = answer.make<DismString>();
  string->Value = answer.text(text);
  return allocations.hand_out(std::move(answer), string);
}

BOOST_AUTO_TEST_CASE(keeps_an_answer_until_it_is_taken_back) {
  Allocations allocations;
  DismString* string = hand_out_string(allocations, u"text");
  BOOST_TEST(allocations.size() == 1U);
  BOOST_TEST((std::u16string_view(string->Value) == u"text"));
  BOOST_TEST(allocations.take_back(string));
  BOOST_TEST(allocations.size() == 0U);
  BOOST_TEST(!allocations.take_back(string));
}

BOOST_AUTO_TEST_CASE(refuses_pointers_that_it_does_not_have) {
  Allocations allocations;
  const DismString* string = hand_out_string(allocations, u"text");
  const int foreign = 0;
  BOOST_TEST(!allocations.take_back(&foreign));
  BOOST_TEST(!allocations.take_back(nullptr));
  BOOST_TEST(!allocations.take_back(string->Value));
  BOOST_TEST(!allocations.take_back(string + 1));
  BOOST_TEST(allocations.take_back(string));
}

BOOST_AUTO_TEST_CASE(an_array_and_its_strings_are_one_answer) {
  Allocations allocations;
  Answer answer;
  auto* features = answer.make<DismFeature>(3);
  for (std::size_t i = 0; i < 3; ++i) {
    BOOST_TEST((features[i].FeatureName == nullptr));
    BOOST_TEST(features[i].State == DismStateNotPresent);
    features[i].FeatureName = answer.text(std::u16string(i, u'x'));
  }
  allocations.hand_out(std::move(answer), features);
  BOOST_TEST((std::u16string_view(features[2].FeatureName) == u"xx"));
  BOOST_TEST(allocations.take_back(features));
  BOOST_TEST(allocations.size() == 0U);
}

BOOST_AUTO_TEST_CASE(an_empty_array_is_null_and_not_recorded) {
  Allocations allocations;
  Answer answer;
  auto* features = answer.make<DismFeature>(0);
  BOOST_TEST((features == nullptr));
  allocations.hand_out(std::move(answer), features);
  BOOST_TEST(allocations.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_size_that_has_no_number_is_out_of_memory) {
  Answer answer;
  BOOST_CHECK_THROW(answer.make<DismFeature>(std::numeric_limits<std::size_t>::max() / 2),
                    std::bad_alloc);
}

BOOST_AUTO_TEST_CASE(one_of_many_threads_takes_an_answer_back) {
  Allocations allocations;
  std::vector<DismString*> strings(200);
  std::generate(strings.begin(), strings.end(), [&] { return hand_out_string(allocations, u"x"); });
  std::atomic<std::size_t> taken = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (DismString* string : strings) {
        taken += allocations.take_back(string) ? 1U : 0U;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(taken.load() == strings.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
