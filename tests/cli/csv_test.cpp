// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/render/csv.h"

#include <boost/test/unit_test.hpp>

using namespace casement::cli;

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(quotes_what_would_be_read_as_something_else) {
  std::string out;
  CsvWriter writer(out);
  writer.cell("plain text");
  writer.cell("a,b");
  writer.cell("say \"hi\"");
  writer.cell("two\nlines");
  writer.cell("");
  writer.end_record();
  BOOST_TEST(out == "plain text,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
}

BOOST_AUTO_TEST_CASE(ends_records_with_both_line_ends) {
  std::string out;
  CsvWriter writer(out);
  writer.cell("a");
  writer.end_record();
  writer.cell("b");
  writer.end_record();
  BOOST_TEST(out == "a\r\nb\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
