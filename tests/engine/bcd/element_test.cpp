// SPDX-License-Identifier: Apache-2.0
#include "engine/bcd/element.h"

#include <algorithm>

#include "engine/bcd/object.h"
#include "fixtures/build/bcd_device.h"
#include "fixtures/build/text.h"
#include "tests/support/matchers.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace fx = casement::fixture;

namespace {

using Blob = std::vector<std::byte>;

constexpr std::uint32_t string_type = 0x12000004;
constexpr std::uint32_t object_type = 0x23000003;
constexpr std::uint32_t object_list_type = 0x24000001;
constexpr std::uint32_t integer_type = 0x25000004;
constexpr std::uint32_t boolean_type = 0x26000020;
constexpr std::uint32_t integer_list_type = 0x1700000A;

Blob bytes(std::initializer_list<unsigned> values) {
  Blob out;
  for (const unsigned value : values) {
    out.push_back(static_cast<std::byte>(value));
  }
  return out;
}

Blob text(std::u16string_view units) {
  return fx::utf16le(fx::Text(units));
}

template <class T>
T undamaged(std::uint32_t type, const Blob& raw) {
  const DecodedElement decoded = decode_element(type, raw);
  BOOST_TEST(!decoded.damage.has_value());
  BOOST_REQUIRE(std::holds_alternative<T>(decoded.value));
  return std::get<T>(decoded.value);
}

/// The bytes are kept, and the status says why they are no value.
void check_kept_as_bytes(std::uint32_t type, const Blob& raw, Status status) {
  const DecodedElement decoded = decode_element(type, raw);
  BOOST_REQUIRE(decoded.damage.has_value());
  BOOST_TEST(decoded.damage->status() == status);
  BOOST_REQUIRE(std::holds_alternative<Blob>(decoded.value));
  BOOST_TEST((std::get<Blob>(decoded.value) == raw));
}

BcdElement element(std::uint32_t type, BcdValue value, std::uint32_t in_object = 0x10200003) {
  BcdElement made;
  made.type = type;
  made.value = std::move(value);
  made.name = element_name(type, in_object);
  return made;
}

const Guid& bootmgr() {
  return bcd_id::boot_manager;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bcd_element)

BOOST_AUTO_TEST_CASE(a_string_ends_at_its_terminator_or_with_the_data) {
  BOOST_TEST(
      (undamaged<std::u16string>(string_type, text({u"Windows 10\0", 11})) == u"Windows 10"));
  BOOST_TEST((undamaged<std::u16string>(string_type, text(u"Windows 10")) == u"Windows 10"));
  BOOST_TEST((undamaged<std::u16string>(string_type, text({u"a\0b\0", 4})) == u"a"));
  BOOST_TEST((undamaged<std::u16string>(string_type, {}).empty()));
  Blob odd = text(u"ab");
  odd.push_back(std::byte{0x41});
  BOOST_TEST((undamaged<std::u16string>(string_type, odd) == u"ab"));
  // A lone surrogate is a unit like any other.
  BOOST_TEST((undamaged<std::u16string>(string_type, bytes({0x00, 0xD8})) ==
              std::u16string(1, char16_t{0xD800})));
}

BOOST_AUTO_TEST_CASE(an_object_is_a_guid_as_text) {
  const std::u16string id = u"{9DEA862C-5cdd-4e70-acc1-f32b344d4795}";
  BOOST_TEST((undamaged<Guid>(object_type, text(id)) == bootmgr()));
  BOOST_TEST((undamaged<Guid>(object_type, text(id + u'\0')) == bootmgr()));
  BOOST_TEST((undamaged<Guid>(object_type, text(id.substr(1, 36))) == bootmgr()));
  check_kept_as_bytes(object_type, text(u"{bootmgr}"), Status::invalid_data);
  check_kept_as_bytes(object_type, {}, Status::invalid_data);
  check_kept_as_bytes(object_type, Blob(16), Status::invalid_data);
}

BOOST_AUTO_TEST_CASE(an_object_list_is_a_multi_string_with_or_without_terminators) {
  const std::u16string first = u"{9dea862c-5cdd-4e70-acc1-f32b344d4795}";
  const std::u16string second = u"{b2721d73-1db4-4c62-bf78-c548a880142d}";
  const std::vector<Guid> both = {bootmgr(), bcd_id::memory_tester};
  const std::u16string joined = first + u'\0' + second;
  for (const std::u16string& ending : {std::u16string(), std::u16string(1, u'\0'),
                                       std::u16string(2, u'\0'), std::u16string(5, u'\0')}) {
    BOOST_TEST((undamaged<std::vector<Guid>>(object_list_type, text(joined + ending)) == both));
  }
  BOOST_TEST((undamaged<std::vector<Guid>>(object_list_type, {}).empty()));
  BOOST_TEST((undamaged<std::vector<Guid>>(object_list_type, text({u"\0\0", 2})).empty()));
  // What lies behind the final empty string is not part of the list.
  BOOST_TEST((undamaged<std::vector<Guid>>(
                  object_list_type, text(joined + std::u16string(2, u'\0') + u"junk")) == both));
}

BOOST_AUTO_TEST_CASE(one_bad_item_does_not_hide_the_rest_of_an_object_list) {
  const std::u16string good = u"{9dea862c-5cdd-4e70-acc1-f32b344d4795}";
  const DecodedElement decoded =
      decode_element(object_list_type, text(u"{current}" + std::u16string(1, u'\0') + good));
  BOOST_REQUIRE(decoded.damage.has_value());
  BOOST_TEST(mentions(decoded.damage->message(), {"{current}", "GUID"}));
  BOOST_TEST((std::get<std::vector<Guid>>(decoded.value) == std::vector<Guid>{bootmgr()}));
}

BOOST_AUTO_TEST_CASE(integers_have_one_to_eight_bytes) {
  const Blob all = bytes({1, 2, 3, 4, 5, 6, 7, 8});
  std::uint64_t expected = 0;
  for (std::size_t size = 1; size <= 8; ++size) {
    expected |= std::uint64_t{size} << (8 * (size - 1));
    const Blob raw(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(size));
    BOOST_TEST(undamaged<std::uint64_t>(integer_type, raw) == expected);
  }
  check_kept_as_bytes(integer_type, {}, Status::invalid_data);
  check_kept_as_bytes(integer_type, Blob(9), Status::invalid_data);
}

BOOST_AUTO_TEST_CASE(booleans_are_a_byte_or_an_integer_of_another_tool) {
  BOOST_TEST(undamaged<bool>(boolean_type, bytes({1})));
  BOOST_TEST(undamaged<bool>(boolean_type, bytes({0xFF})));
  BOOST_TEST(!undamaged<bool>(boolean_type, bytes({0})));
  BOOST_TEST(undamaged<bool>(boolean_type, bytes({1, 0, 0, 0})));
  BOOST_TEST(undamaged<bool>(boolean_type, bytes({0, 1})));
  check_kept_as_bytes(boolean_type, {}, Status::invalid_data);
  check_kept_as_bytes(boolean_type, Blob(9), Status::invalid_data);
}

BOOST_AUTO_TEST_CASE(integer_lists_keep_what_is_whole) {
  const Blob two = bytes({1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x80});
  const std::vector<std::uint64_t> values = {1, 0x8000000000000000};
  BOOST_TEST((undamaged<std::vector<std::uint64_t>>(integer_list_type, two) == values));
  BOOST_TEST((undamaged<std::vector<std::uint64_t>>(integer_list_type, {}).empty()));
  Blob odd = two;
  odd.push_back(std::byte{7});
  const DecodedElement decoded = decode_element(integer_list_type, odd);
  BOOST_TEST(decoded.damage.has_value());
  BOOST_TEST((std::get<std::vector<std::uint64_t>>(decoded.value) == values));
}

BOOST_AUTO_TEST_CASE(devices_are_parsed_and_damaged_ones_kept_as_bytes) {
  const Blob blob = fx::device_at(fx::BootVolume{});
  BOOST_TEST((undamaged<BcdDevice>(bcd::device, blob).kind == BcdDevice::Kind::boot));
  check_kept_as_bytes(bcd::device, Blob(blob.begin(), blob.end() - 1), Status::truncated);
  Limits limits;
  limits.max_bcd_device_depth = 0;
  BOOST_TEST(decode_element(bcd::device, blob, limits).damage->status() == Status::limit_exceeded);
}

BOOST_AUTO_TEST_CASE(other_formats_are_bytes_without_complaint) {
  for (const std::uint32_t type : {0x18000001U, 0x10000001U, 0x1F000001U, 0U}) {
    BOOST_TEST((undamaged<Blob>(type, bytes({1, 2, 3})) == bytes({1, 2, 3})));
  }
}

BOOST_AUTO_TEST_CASE(application_elements_are_named_by_the_application) {
  constexpr std::uint32_t boot_manager = 0x10100002;
  constexpr std::uint32_t firmware_boot_manager = 0x10100001;
  constexpr std::uint32_t os_loader = 0x10200003;
  constexpr std::uint32_t resume = 0x10200004;
  constexpr std::uint32_t memory_tester = 0x10200005;
  BOOST_TEST(element_name(0x23000003, boot_manager) == "default");
  BOOST_TEST(element_name(0x23000003, os_loader) == "resumeobject");
  BOOST_TEST(element_name(0x24000001, firmware_boot_manager) == "displayorder");
  BOOST_TEST(element_name(0x21000001, os_loader) == "osdevice");
  BOOST_TEST(element_name(0x21000001, resume) == "filedevice");
  BOOST_TEST(element_name(0x26000004, os_loader) == "stampdisks");
  BOOST_TEST(element_name(0x26000004, resume) == "pae");
  BOOST_TEST(element_name(0x26000004, memory_tester) == "failuresenabled");
  BOOST_TEST(element_name(0x250000F0, 0x20200003) == "hypervisorlaunchtype");  // inherited by one
  BOOST_TEST(element_name(0x22000040, memory_tester) == "fverecoveryurl");     // of all
}

BOOST_AUTO_TEST_CASE(other_elements_have_one_name) {
  for (const std::uint32_t object : {0U, 0x10100002U, 0x20100000U, 0x30000000U}) {
    BOOST_TEST(element_name(0x11000001, object) == "device");
    BOOST_TEST(element_name(0x1700000A, object) == "badmemorylist");
    BOOST_TEST(element_name(0x32000004, object) == "ramdisksdipath");
    BOOST_TEST(element_name(0x46000010, object) == "recoveryos");
  }
}

BOOST_AUTO_TEST_CASE(elements_without_a_name_are_eight_digits) {
  BOOST_TEST(element_name(0x21000001, 0x20100000) == "21000001");  // no application's
  BOOST_TEST(element_name(0x21000001, 0) == "21000001");
  BOOST_TEST(element_name(0x2600ABCD, 0x10200003) == "2600abcd");
  BOOST_TEST(element_name(0x00000001, 0x10200003) == "00000001");
}

BOOST_AUTO_TEST_CASE(class_and_format_come_from_the_type) {
  BOOST_TEST((element_class(0x46000010) == BcdElementClass::setup));
  BOOST_TEST((element_format(0x46000010) == BcdFormat::boolean));
}

BOOST_AUTO_TEST_CASE(values_are_described_for_people) {
  BOOST_TEST(describe(element(bcd::description, std::u16string(u"Windows \u00e9"))) ==
             "Windows \xC3\xA9");
  BOOST_TEST(describe(element(bcd::resume_object, bootmgr())) ==
             "{9dea862c-5cdd-4e70-acc1-f32b344d4795}");
  BOOST_TEST(
      describe(element(bcd::display_order, std::vector<Guid>{bootmgr(), bcd_id::memory_tester})) ==
      "{9dea862c-5cdd-4e70-acc1-f32b344d4795}, {b2721d73-1db4-4c62-bf78-c548a880142d}");
  BOOST_TEST(describe(element(bcd::win_pe, true)) == "Yes");
  BOOST_TEST(describe(element(bcd::win_pe, false)) == "No");
  BOOST_TEST(describe(element(bcd::timeout, std::uint64_t{30})) == "30");
  BOOST_TEST(describe(element(bcd::nx, std::uint64_t{0})) == "OptIn");
  BOOST_TEST(describe(element(bcd::nx, std::uint64_t{4})) == "4");
  BOOST_TEST(describe(element(integer_list_type, std::vector<std::uint64_t>{1, 2})) == "0x1, 0x2");
  BOOST_TEST(describe(element(0x18000001, bytes({0, 0xAB}))) == "00ab");
  BOOST_TEST(describe(element(bcd::device, must(parse_device(fx::device_at(fx::BootVolume{}))))) ==
             "boot");
  BOOST_TEST(describe_items(element(bcd::display_order, std::vector<Guid>{})).empty());
}

BOOST_AUTO_TEST_SUITE_END()
