// SPDX-License-Identifier: Apache-2.0
// Session numbers, and a table that many threads use.
#include "engine/session/session_table.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <set>
#include <thread>
#include <vector>

#include "tests/engine/image/image_support.h"
#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

struct Host {
  TempDir dir;
  SessionRequest good;

  Host() {
    fixture::write_tree(small_windows(), dir.path() + "/image");
    good.image_path = *from_utf8(dir.path() + "/image");
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(session_table, Host)

BOOST_AUTO_TEST_CASE(the_first_session_is_number_two) {
  SessionTable table;
  BOOST_TEST(must(table.open(good)) == 2U);
  BOOST_TEST(must(table.open(good)) == 3U);
  BOOST_TEST(table.size() == 2U);
}

BOOST_AUTO_TEST_CASE(a_closed_session_is_gone_and_its_number_is_not_used_again_soon) {
  SessionTable table;
  const SessionTable::Id id = must(table.open(good));
  const SessionPtr kept = must(table.find(id));
  must(table.close(id));
  BOOST_TEST(is_status(table.find(id), invalid_session));
  BOOST_TEST(is_status(table.close(id), invalid_session));
  BOOST_TEST(must(table.open(good)) != id);
  BOOST_TEST((kept->image().installation().windows_directory == u"\\Windows"));
}

BOOST_AUTO_TEST_CASE(numbers_that_were_never_given_out_are_no_sessions) {
  SessionTable table;
  must(table.open(good));
  for (const SessionTable::Id id : {0U, 1U, 77U, 0xFFFFFFFFU}) {
    BOOST_TEST(is_status(table.find(id), invalid_session));
  }
}

BOOST_AUTO_TEST_CASE(numbers_wrap_around_zero_and_all_ones) {
  SessionTable table(0xFFFFFFFC);
  BOOST_TEST(must(table.open(good)) == 0xFFFFFFFDU);
  BOOST_TEST(must(table.open(good)) == 0xFFFFFFFEU);
  BOOST_TEST(must(table.open(good)) == 1U);
  BOOST_TEST(must(table.open(good)) == 2U);
  SessionTable at_the_end(0xFFFFFFFF);
  BOOST_TEST(must(at_the_end.open(good)) == 1U);
}

BOOST_AUTO_TEST_CASE(a_number_in_use_is_passed_over_after_a_wrap) {
  SessionTable table(0, 3);
  BOOST_TEST(must(table.open(good)) == 1U);
  BOOST_TEST(must(table.open(good)) == 2U);
  BOOST_TEST(must(table.open(good)) == 3U);
  must(table.close(2));
  BOOST_TEST(must(table.open(good)) == 2U);
}

BOOST_AUTO_TEST_CASE(says_when_every_number_is_in_use) {
  SessionTable table(0, 2);
  must(table.open(good));
  must(table.open(good));
  BOOST_TEST(is_status(table.open(good), open_session_handles));
  must(table.close(1));
  BOOST_TEST(must(table.open(good)) == 1U);
}

BOOST_AUTO_TEST_CASE(a_handle_holds_one_image) {
  SessionTable table;
  const SessionTable::Id id = must(table.open(good));
  BOOST_TEST(is_status(table.open(good, id), Status::already_exists));
  BOOST_TEST(table.size() == 1U);
  must(table.close(id));
  BOOST_TEST(is_ok(table.open(good, id)));
}

BOOST_AUTO_TEST_CASE(a_failure_leaves_nothing_behind) {
  SessionTable table;
  SessionRequest bad = good;
  bad.image_path += u"/nowhere";
  BOOST_TEST(is_status(table.open(bad), Status::not_found));
  BOOST_TEST(table.size() == 0U);
  BOOST_TEST(must(table.open(good)) == 2U);
}

BOOST_AUTO_TEST_CASE(clear_closes_all) {
  SessionTable table;
  const SessionTable::Id id = must(table.open(good));
  table.clear();
  BOOST_TEST(table.size() == 0U);
  BOOST_TEST(is_status(table.find(id), invalid_session));
}

BOOST_AUTO_TEST_CASE(eight_threads_open_ask_and_close) {
  SessionTable table;
  const SessionTable::Id shared = must(table.open(good));
  std::atomic<int> good_rounds = 0;
  std::vector<std::vector<SessionTable::Id>> ids(8);
  std::vector<std::thread> threads;
  for (std::size_t thread = 0; thread < ids.size(); ++thread) {
    threads.emplace_back([&, thread] {
      for (int round = 0; round < 10; ++round) {
        const auto id = table.open(good);
        const auto common = table.find(shared);
        if (!id || !common) {
          continue;
        }
        ids[thread].push_back(*id);
        const auto own = table.find(*id);
        const bool asked = own && read_identity((*own)->image()).hostname &&
                           read_identity((*common)->image()).hostname;
        const bool closed = table.close(*id).has_value();
        good_rounds += asked && closed ? 1 : 0;
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  BOOST_TEST(good_rounds == 80);
  std::set<SessionTable::Id> distinct;
  for (const auto& of_thread : ids) {
    distinct.insert(of_thread.begin(), of_thread.end());
  }
  BOOST_TEST(distinct.size() == 80U);
  BOOST_TEST(table.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
