// SPDX-License-Identifier: Apache-2.0
// Events that stop calls, by handle.
#include "engine/dismapi/cancel_events.h"

#include <boost/test/unit_test.hpp>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(cancel_events)

BOOST_AUTO_TEST_CASE(an_event_is_seen_by_those_that_were_given_it) {
  CancelEvents events;
  const HANDLE one = events.create();
  const HANDLE other = events.create();
  const CancelEvents::View seen = events.find(one);
  BOOST_TEST(!is_cancelled(seen));
  BOOST_TEST(events.set(one));
  BOOST_TEST(is_cancelled(seen));
  BOOST_TEST(is_cancelled(events.find(one)));
  BOOST_TEST(!is_cancelled(events.find(other)));
}

BOOST_AUTO_TEST_CASE(a_call_outlives_the_closing_of_its_event) {
  CancelEvents events;
  const HANDLE handle = events.create();
  const CancelEvents::View seen = events.find(handle);
  BOOST_TEST(events.close(handle));
  BOOST_TEST(!is_cancelled(seen));
  BOOST_TEST(!events.close(handle));
  BOOST_TEST(!events.set(handle));
}

BOOST_AUTO_TEST_CASE(handles_of_others_name_nothing) {
  CancelEvents events;
  int place = 0;
  for (const HANDLE handle : {static_cast<HANDLE>(nullptr), static_cast<HANDLE>(&place)}) {
    BOOST_TEST((events.find(handle) == nullptr));
    BOOST_TEST(!is_cancelled(events.find(handle)));
    BOOST_TEST(!events.set(handle));
    BOOST_TEST(!events.close(handle));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
