// SPDX-License-Identifier: Apache-2.0
// Facts about real stores, as another registry reader printed them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace casement::test {

/// One element: "12000002='\\Windows...\x00'", "14000006=['{...}\x00', '\x00']",
/// "25000020='0000000000000000'" (bytes in hexadecimal), "11000001='devtype=6(...) len=88 ...'".
struct ElementFact {
  std::uint32_t type = 0;
  std::vector<std::string> values;  // UTF-8, unescaped, each up to its first NUL
};

struct ObjectFact {
  std::string key;  // "{guid}", or what else the key is called
  std::uint32_t type = 0;
  std::vector<ElementFact> elements;
};

struct StoreFact {
  std::string path;  // below the folder of the facts file: "./uefi_x/BCD"
  std::uint32_t primary_sequence = 0;
  std::uint32_t secondary_sequence = 0;
  std::vector<ObjectFact> objects;
};

/// Fails the running test at a line that it does not understand.
std::vector<StoreFact> parse_bcd_facts(const std::string& text);

/// The number after `key=` in a device's text, or the text of it: word("partoff", ...) of
/// "MBR disksig=63f07796 partoff=32256" is "32256". Empty: not there.
std::string device_word(const std::string& text, const std::string& key);

}  // namespace casement::test
