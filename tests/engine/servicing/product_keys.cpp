// SPDX-License-Identifier: Apache-2.0
// Keys from their fields, files from their texts.
#include "tests/engine/servicing/product_keys.h"

#include <array>

namespace casement::test {
namespace {

__extension__ typedef unsigned __int128 Wide;  // NOLINT(modernize-use-using): GNU extension

std::uint32_t shortened_crc(Wide number) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (int byte = 0; byte < 16; ++byte) {
    for (int bit = 7; bit >= 0; --bit) {
      const auto in = static_cast<std::uint32_t>(number >> (8 * byte + bit) & 1U);
      const std::uint32_t out = crc >> 31U;
      crc <<= 1U;
      if ((in ^ out) != 0) {
        crc ^= 0x04C11DB7U;
      }
    }
  }
  return (crc ^ 0xFFFFFFFFU) % 1024;
}

std::string element(std::string_view name, std::string_view text) {
  return "<" + std::string(name) + ">" + std::string(text) + "</" + std::string(name) + ">";
}

}  // namespace

std::u16string make_product_key(const KeyFields& fields) {
  Wide number = Wide{fields.group} | Wide{fields.serial} << 20U | Wide{fields.security} << 50U |
                Wide{fields.upgrade ? 1U : 0U} << 113U;
  number |= Wide{shortened_crc(number)} << 103U;
  std::u16string letters;
  for (int i = 0; i < 24; ++i) {
    letters.insert(letters.begin(), u"BCDFGHJKMPQRTVWXY2346789"[static_cast<int>(number % 24)]);
    number /= 24;
  }
  letters.insert(static_cast<std::size_t>(number), 1, u'N');
  for (const std::size_t dash : {5U, 11U, 17U, 23U}) {
    letters.insert(dash, 1, u'-');
  }
  return letters;
}

std::string to_base64(std::string_view text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string encoded;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    std::array<unsigned, 3> group{};
    const std::size_t count = std::min<std::size_t>(3, text.size() - i);
    for (std::size_t j = 0; j < count; ++j) {
      group[j] = static_cast<unsigned char>(text[i + j]);
    }
    const unsigned bits = group[0] << 16U | group[1] << 8U | group[2];
    for (std::size_t j = 0; j < 4; ++j) {
      encoded += j <= count ? alphabet[bits >> (18 - 6 * j) & 0x3FU] : '=';
    }
  }
  return encoded;
}

std::string licence_with(std::string_view inner_xml) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
         "<rg:licenseGroup xmlns:rg=\"urn:mpeg:mpeg21:2003:01-REL-R-NS\">"
         "<r:license xmlns:r=\"urn:mpeg:mpeg21:2003:01-REL-R-NS\" licenseId=\"{1}\">"
         "<r:title>keys</r:title>"
         "<r:otherInfo xmlns:r=\"urn:mpeg:mpeg21:2003:01-REL-R-NS\">"
         "<tm:infoTables xmlns:tm=\"http://www.microsoft.com/DRM/XrML2/TM/v2\">"
         "<tm:infoList tag=\"#global\">"
         "<tm:infoStr name=\"licenseType\">keys</tm:infoStr>"
         "<tm:infoBin name=\"other\">AAAA</tm:infoBin>"
         "<tm:infoBin name=\"pkeyConfigData\">" +
         to_base64(inner_xml) +
         "</tm:infoBin></tm:infoList></tm:infoTables></r:otherInfo></r:license>"
         "</rg:licenseGroup>";
}

std::string configuration_xml(std::string_view id, std::string_view group, std::string_view edition,
                              std::string_view key_type) {
  return element("Configuration",
                 element("ActConfigId", id) + element("RefGroupId", group) +
                     element("EditionId", edition) + element("ProductDescription", "A product") +
                     element("ProductKeyType", key_type) + element("IsRandomized", "false"));
}

std::string range_xml(std::string_view configuration, std::string_view start, std::string_view end,
                      std::string_view valid) {
  return element("KeyRange", element("RefActConfigId", configuration) +
                                 element("PartNumber", "X00-00001") +
                                 element("EulaType", "Retail") + element("IsValid", valid) +
                                 element("Start", start) + element("End", end));
}

std::string public_key_xml(std::string_view group, std::string_view algorithm) {
  return element("PublicKey", element("GroupId", group) + element("AlgorithmId", algorithm) +
                                  element("PublicKeyValue", "AAAA"));
}

std::string key_configuration(std::string_view configurations, std::string_view ranges,
                              std::string_view public_keys) {
  return "<?xml version=\"1.0\" encoding=\"utf-8\"?><ProductKeyConfiguration "
         "xmlns=\"http://www.microsoft.com/DRM/PKEY/Configuration/2.0\">" +
         element("Configurations", configurations) + element("KeyRanges", ranges) +
         element("PublicKeys", public_keys) + "</ProductKeyConfiguration>";
}

std::string small_key_configuration() {
  return key_configuration(configuration_xml("{aaaa}", "100", "Professional", "Retail") +
                               configuration_xml("{bbbb}", "101", "Enterprise", "Volume:GVLK"),
                           range_xml("{AAAA}", "0", "999") + range_xml("{bbbb}", "5000", "5999"),
                           public_key_xml("100", "msft:rm/algorithm/pkey/2009") +
                               public_key_xml("101", "msft:rm/algorithm/pkey/2009"));
}

}  // namespace casement::test
