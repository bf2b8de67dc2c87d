// SPDX-License-Identifier: Apache-2.0
// JSON through Boost.PropertyTree, which is slow to compile: in this file alone.
#define BOOST_BIND_GLOBAL_PLACEHOLDERS  // its own use of them would give a note otherwise
#include "tests/cli/parse_json.h"

#include <boost/property_tree/json_parser.hpp>
#include <sstream>

namespace casement::test {

boost::property_tree::ptree parse_json(const std::string& text) {
  std::istringstream in(text);
  boost::property_tree::ptree document;
  boost::property_tree::read_json(in, document);
  return document;
}

std::string json_text(const boost::property_tree::ptree& document, const char* path) {
  return document.get<std::string>(path);
}

}  // namespace casement::test
