// SPDX-License-Identifier: Apache-2.0
// The messages of threads.
#include "engine/dismapi/last_error.h"

#include <boost/test/unit_test.hpp>
#include <functional>
#include <thread>

namespace casement::dismapi {
namespace {

BOOST_AUTO_TEST_SUITE(last_error)

/// Runs on a fresh thread, which has no message yet.
void on_new_thread(const std::function<void()>& work) {
  std::thread(work).join();
}

BOOST_AUTO_TEST_CASE(a_thread_begins_without_a_message) {
  on_new_thread([] { BOOST_TEST(!last_message().has_value()); });
}

BOOST_AUTO_TEST_CASE(the_last_message_stays) {
  on_new_thread([] {
    remember_message("first");
    remember_message("zweite \xC3\xA4");
    BOOST_TEST((last_message() == u"zweite \u00E4"));
    BOOST_TEST((last_message() == u"zweite \u00E4"));
  });
}

BOOST_AUTO_TEST_CASE(threads_do_not_see_each_other) {
  on_new_thread([] {
    remember_message("mine");
    on_new_thread([] {
      BOOST_TEST(!last_message().has_value());
      remember_message("other");
    });
    BOOST_TEST((last_message() == u"mine"));
  });
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf_8_hide_no_text) {
  on_new_thread([] {
    remember_message("open \xFFx");
    BOOST_TEST((last_message() == u"open \uFFFDx"));
  });
}

BOOST_AUTO_TEST_CASE(a_failure_without_words_has_a_message) {
  on_new_thread([] {
    remember_message("");
    BOOST_TEST(!last_message().value().empty());
  });
}

BOOST_AUTO_TEST_CASE(fixed_messages_replace_others) {
  on_new_thread([] {
    remember_message("before");
    remember_fixed(FixedMessage::out_of_memory);
    BOOST_TEST((last_message().value().find(u"memory") != std::u16string::npos));
    remember_fixed(FixedMessage::unexpected);
    BOOST_TEST((last_message().value().find(u"defect") != std::u16string::npos));
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace casement::dismapi
