// SPDX-License-Identifier: Apache-2.0
#include "engine/bcd/object.h"

#include "tests/support/matchers.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

BOOST_AUTO_TEST_SUITE(bcd_object)

BOOST_AUTO_TEST_CASE(kinds_come_from_the_type_word) {
  using Kind = BcdObjectKind;
  BOOST_TEST((object_kind(0x10100001) == Kind::firmware_boot_manager));
  BOOST_TEST((object_kind(0x10100002) == Kind::boot_manager));
  BOOST_TEST((object_kind(0x10200003) == Kind::os_loader));
  BOOST_TEST((object_kind(0x10200004) == Kind::resume));
  BOOST_TEST((object_kind(0x10200005) == Kind::memory_tester));
  BOOST_TEST((object_kind(0x10300006) == Kind::legacy_loader));
  BOOST_TEST((object_kind(0x10400007) == Kind::setup_loader));
  BOOST_TEST((object_kind(0x10400008) == Kind::boot_sector));
  BOOST_TEST((object_kind(0x10400009) == Kind::startup_module));
  BOOST_TEST((object_kind(0x101FFFFF) == Kind::firmware_application));
  BOOST_TEST((object_kind(0x20100000) == Kind::inherited_settings));
  BOOST_TEST((object_kind(0x20200003) == Kind::inherited_settings));
  BOOST_TEST((object_kind(0x30000000) == Kind::device_options));
  BOOST_TEST((object_kind(0x1020000A) == Kind::unknown));
  BOOST_TEST((object_kind(0x10200000) == Kind::unknown));
  BOOST_TEST((object_kind(0x00000003) == Kind::unknown));
  BOOST_TEST((object_kind(0xF0200003) == Kind::unknown));
}

BOOST_AUTO_TEST_CASE(inherited_settings_know_their_application) {
  BOOST_TEST((application_kind(0x20200003) == BcdObjectKind::os_loader));
  BOOST_TEST((application_kind(0x20200004) == BcdObjectKind::resume));
  BOOST_TEST((application_kind(0x20100000) == BcdObjectKind::unknown));
  BOOST_TEST((application_kind(0x30000000) == BcdObjectKind::unknown));
}

BOOST_AUTO_TEST_CASE(an_object_without_a_type_is_of_unknown_kind) {
  BcdObject object;
  BOOST_TEST((object.kind() == BcdObjectKind::unknown));
  BOOST_TEST(object_kind_name(object.kind()) == std::string("Unknown Object"));
  object.type = 0x10200003;
  BOOST_TEST(object_kind_name(object.kind()) == std::string("Windows Boot Loader"));
}

BOOST_AUTO_TEST_CASE(known_objects_have_names_both_ways) {
  BOOST_TEST(bcd_id::boot_manager.to_string() == "9dea862c-5cdd-4e70-acc1-f32b344d4795");
  BOOST_TEST(bcd_id::firmware_boot_manager.to_string() == "a5a30fa2-3d06-4e9f-b5f4-a01df9d1fcba");
  BOOST_TEST(bcd_id::memory_tester.to_string() == "b2721d73-1db4-4c62-bf78-c548a880142d");
  BOOST_TEST(bcd_id::legacy_loader.to_string() == "466f5a88-0af2-4f76-9038-095b170dc21c");
  BOOST_TEST(bcd_id::ram_disk_options.to_string() == "ae5534e0-a924-466c-b836-758539a3ee3a");
  BOOST_TEST(bcd_id::global_settings.to_string() == "7ea2e1ac-2e61-4728-aaa3-896d9d0a9f0e");
  BOOST_TEST(bcd_id::boot_loader_settings.to_string() == "6efb52bf-1766-41db-a6b3-0ee5eff72bd7");
  BOOST_TEST(bcd_id::resume_loader_settings.to_string() == "1afa9c49-16ab-4a5c-901b-212802da9460");
  BOOST_TEST(bcd_id::hypervisor_settings.to_string() == "7ff607e0-4395-11db-b0de-0800200c9a66");
  BOOST_TEST(bcd_id::default_entry.to_string() == "1cae1eb7-a0df-4d4d-9851-4860e34ef535");
  BOOST_TEST(bcd_id::current_entry.to_string() == "fa926493-6f1c-4193-a414-58f0b2456d1e");
  BOOST_TEST(well_known_name(bcd_id::boot_manager).value() == "{bootmgr}");
  BOOST_TEST(!well_known_name(Guid{}).has_value());
}

BOOST_AUTO_TEST_CASE(identifiers_are_shown_by_name_or_in_braces) {
  BOOST_TEST(display_id(bcd_id::memory_tester) == "{memdiag}");
  BOOST_TEST(display_id(Guid{}) == "{00000000-0000-0000-0000-000000000000}");
}

BOOST_AUTO_TEST_CASE(finds_elements_by_type) {
  BcdObject object;
  for (const std::uint32_t type : {bcd::device, bcd::path, bcd::nx}) {
    BcdElement element;
    element.type = type;
    object.elements.push_back(element);
  }
  BOOST_TEST(object.find(bcd::path) == &object.elements[1]);
  BOOST_TEST(object.find(bcd::device) == &object.elements[0]);
  BOOST_TEST(object.find(bcd::description) == nullptr);
  BOOST_TEST(object.find(0xFFFFFFFF) == nullptr);
  BOOST_TEST(BcdObject{}.find(bcd::path) == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
