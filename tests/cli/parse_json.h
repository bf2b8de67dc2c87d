// SPDX-License-Identifier: Apache-2.0
// Reading back what the JSON writers wrote.
#pragma once

#include <boost/property_tree/ptree.hpp>
#include <string>

namespace casement::test {

/// The document; every value is text ("null", "true", "12"). Throws when it is no JSON.
boost::property_tree::ptree parse_json(const std::string& text);

/// The value at a path such as "partition.role"; throws when it is not there.
std::string json_text(const boost::property_tree::ptree& document, const char* path);

}  // namespace casement::test
