// SPDX-License-Identifier: Apache-2.0
// What is damaged in a store is reported with its key path, and hides nothing else.
#include <algorithm>
#include <span>

#include "engine/bcd/store.h"
#include "fixtures/build/bcd_builder.h"
#include "tests/engine/bcd/store_support.h"
#include "tests/support/matchers.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// One object that is in order, beside which each test puts a damaged one.
struct OneGoodObject {
  fx::BcdBuilder builder;
  fx::Guid good = fx::derived_guid("good");
  fx::Guid bad = fx::derived_guid("bad");
  fx::BcdObjectBuilder damaged = builder.object(bad, fx::bcd_object::os_loader);

  OneGoodObject() {
    builder.object(good, fx::bcd_object::os_loader)
        .set_string(fx::bcd_element::description, "Windows");
    damaged.set_string(fx::bcd_element::description, "still here");
  }

  std::string path(const std::string& below) const { return "Objects\\" + bad.braced() + below; }

  /// Opens the store, and finds exactly one finding, about `below` the damaged object.
  std::shared_ptr<const BcdStore> open_with_finding(const std::string& below,
                                                    const char* word) const {
    auto store = open_store(builder);
    const auto& findings = store->diagnostics().items();
    BOOST_REQUIRE_EQUAL(findings.size(), 1U);
    BOOST_TEST(findings.front().code == "bcd-damaged");
    BOOST_TEST(findings.front().text.starts_with(path(below) + ": "));
    BOOST_TEST(mentions(findings.front().text, {word}));
    const BcdObject* untouched = store->find(id(good));
    BOOST_REQUIRE(untouched != nullptr);
    BOOST_TEST((*untouched->find(bcd::description)->string() == u"Windows"));
    const BcdObject* object = store->find(id(bad));
    BOOST_REQUIRE(object != nullptr);
    BOOST_TEST((*object->find(bcd::description)->string() == u"still here"));
    return store;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(bcd_store_damage, OneGoodObject)

BOOST_AUTO_TEST_CASE(objects_whose_keys_are_no_guid_in_braces_are_left_out) {
  for (const std::string& name : {std::string("{Default}"), bad.text(), std::string("{}")}) {
    OneGoodObject store;
    store.builder.hive().key(fx::Text("Objects\\" + name + "\\Description"));
    const auto opened = open_store(store.builder);
    BOOST_TEST(opened->objects().size() == 2U);
    BOOST_REQUIRE_EQUAL(opened->diagnostics().items().size(), 1U);
    BOOST_TEST(opened->diagnostics().items().front().text.starts_with("Objects\\" + name + ": "));
  }
}

BOOST_AUTO_TEST_CASE(of_two_objects_with_one_guid_the_first_counts) {
  fx::BuiltHive hive = builder.hive().build_mapped();
  constexpr std::size_t name_offset = 76;  // in a key node
  const auto name_of = [&](const fx::Guid& object) {
    const auto& cell = hive.find(fx::HiveCell::key, "Objects\\" + object.braced());
    return std::span(hive.bytes).subspan(cell.file_offset + name_offset, object.braced().size());
  };
  std::ranges::copy(name_of(good), name_of(bad).begin());
  const auto store = must(try_open_store(hive.bytes));
  BOOST_TEST(store->objects().size() == 1U);
  BOOST_REQUIRE_EQUAL(store->diagnostics().items().size(), 1U);
  BOOST_TEST(mentions(store->diagnostics().items().front().text, {"same GUID"}));
}

BOOST_AUTO_TEST_CASE(an_object_without_a_description_has_no_type) {
  damaged.key().key("Description").mark_deleted();
  const auto store = open_with_finding("\\Description", "no type");
  BOOST_TEST(!store->find(id(bad))->type.has_value());
  BOOST_TEST((store->find(id(bad))->kind() == BcdObjectKind::unknown));
  BOOST_TEST(store->os_loaders().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_object_without_a_type_value_has_no_type) {
  const fx::Guid other = fx::derived_guid("other");
  builder.hive().key(fx::Text("Objects\\" + other.braced() + "\\Description"));
  const auto store = open_store(builder);
  BOOST_TEST(!store->find(id(other))->type.has_value());
  BOOST_REQUIRE_EQUAL(store->diagnostics().items().size(), 1U);
  BOOST_TEST(mentions(store->diagnostics().items().front().text, {"Description!Type: is not"}));
}

BOOST_AUTO_TEST_CASE(the_type_is_a_number_whatever_its_registry_type) {
  const auto description = damaged.key().key("Description");
  description.set_binary("Type", {0x04, 0x00, 0x20, 0x10});
  BOOST_TEST((open_store(builder)->find(id(bad))->kind() == BcdObjectKind::resume));
  description.set_qword("Type", 0x10200003);
  const auto store = open_with_finding("\\Description!Type", "8 bytes");
  BOOST_TEST(!store->find(id(bad))->type.has_value());
}

BOOST_AUTO_TEST_CASE(an_object_without_elements_is_one) {
  builder.object(fx::derived_guid("empty"), fx::bcd_object::inherit_any);
  const auto store = open_store(builder);
  BOOST_TEST(store->diagnostics().empty());
  BOOST_TEST(store->find(id(fx::derived_guid("empty")))->elements.empty());
}

BOOST_AUTO_TEST_CASE(element_keys_that_are_not_eight_digits_are_left_out) {
  for (const char* name :
       {"1200000", "120000021", "1200000g", "0x120002", "-2000002", "zzzzzzzz"}) {
    OneGoodObject store;
    store.damaged.key().key(fx::Text(std::string("Elements\\") + name)).set_string("Element", "x");
    BOOST_TEST_CONTEXT(name) {
      const auto opened =
          store.open_with_finding(std::string("\\Elements\\") + name, "eight hexadecimal");
      BOOST_TEST(opened->find(id(bad))->elements.size() == 1U);
    }
  }
}

BOOST_AUTO_TEST_CASE(element_keys_may_be_in_either_case) {
  damaged.key().key("Elements\\1200004a").set_string("Element", "lower");
  damaged.key().key("Elements\\2200004A").set_string("Element", "upper");
  const auto store = open_store(builder);
  BOOST_TEST(store->diagnostics().empty());
  BOOST_TEST((*store->find(id(bad))->find(0x1200004A)->string() == u"lower"));
  BOOST_TEST((*store->find(id(bad))->find(0x2200004A)->string() == u"upper"));
}

BOOST_AUTO_TEST_CASE(an_element_without_a_value_is_left_out) {
  damaged.key().key("Elements\\12000002");
  const auto store = open_with_finding("\\Elements\\12000002", "Element");
  BOOST_TEST(store->find(id(bad))->find(bcd::path) == nullptr);
}

BOOST_AUTO_TEST_CASE(values_are_read_by_format_whatever_their_registry_type) {
  const fx::ByteVector text = fx::utf16le_z(u"\\Windows");
  const fx::ByteVector seconds = {std::byte{30}, std::byte{0}};
  damaged.set_raw(fx::bcd_element::system_root, fx::RegType::binary, text)
      .set_raw(fx::bcd_element::timeout, fx::RegType::dword, seconds)
      .set_raw(fx::bcd_element::win_pe, fx::RegType::sz, fx::ByteVector(1, std::byte{1}))
      .set_raw(fx::bcd_element::default_entry, fx::RegType::expand_sz,
               fx::utf16le(fx::Text(good.braced())))
      .set_raw(fx::bcd_element::device, fx::RegType::none, fx::device_at(fx::BootVolume{}));
  const auto store = open_store(builder);
  BOOST_TEST(store->diagnostics().empty());
  const BcdObject& object = *store->find(id(bad));
  BOOST_TEST((*object.find(bcd::system_root)->string() == u"\\Windows"));
  BOOST_TEST(object.find(bcd::system_root)->registry_type == reg_type::binary);
  BOOST_TEST(*object.find(bcd::timeout)->integer() == 30U);
  BOOST_TEST(*object.find(bcd::win_pe)->boolean());
  BOOST_TEST((*object.find(bcd::default_object)->object() == id(good)));
  BOOST_TEST((object.find(bcd::device)->device()->kind == BcdDevice::Kind::boot));
}

BOOST_AUTO_TEST_CASE(a_value_that_contradicts_its_format_keeps_its_bytes) {
  const fx::ByteVector nine(9, std::byte{1});
  damaged.set_raw(fx::bcd_element::timeout, fx::RegType::binary, nine);
  const auto store = open_with_finding("\\Elements\\25000004", "9 bytes");
  const BcdElement* element = store->find(id(bad))->find(bcd::timeout);
  BOOST_REQUIRE(element != nullptr);
  BOOST_TEST(element->integer() == nullptr);
  BOOST_TEST((std::get<std::vector<std::byte>>(element->value) == nine));
  BOOST_TEST((element->raw == nine));
}

BOOST_AUTO_TEST_CASE(a_damaged_device_keeps_its_bytes) {
  fx::ByteVector blob = fx::device_at(fx::RawDisk{1});
  blob.resize(blob.size() / 2);
  damaged.set_raw(fx::bcd_element::os_device, fx::RegType::binary, blob);
  const auto store = open_with_finding("\\Elements\\21000001", "0x48");
  BOOST_TEST(store->find(id(bad))->find(bcd::os_device)->device() == nullptr);
  BOOST_TEST((store->find(id(bad))->find(bcd::os_device)->raw == blob));
}

BOOST_AUTO_TEST_CASE(a_device_nested_too_deep_is_only_this_element_lost) {
  damaged.set_device(fx::bcd_element::os_device,
                     fx::device_vhd(fx::RawDisk{}, fx::BootVolume{}, "\\a.vhd"));
  Limits limits;
  limits.max_bcd_device_depth = 2;
  const auto store = must(try_open_store(builder.build(), limits));
  BOOST_REQUIRE_EQUAL(store->diagnostics().items().size(), 1U);
  BOOST_TEST(mentions(store->diagnostics().items().front().text, {"21000001", "2 deep"}));
  BOOST_TEST(store->objects().size() == 2U);
}

BOOST_AUTO_TEST_CASE(more_subkeys_than_the_limit_are_left_out_and_reported) {
  Limits limits;
  limits.max_key_entries = 1;
  const fx::ByteVector hive = builder.build();
  const auto opened = Hive::open(make_memory_source(hive, "BCD"));
  const auto store = must(BcdStore::open(must(opened), limits));
  BOOST_TEST(store->objects().size() == 1U);
  BOOST_TEST(!store->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_key_cell_does_not_hide_its_neighbours) {
  fx::BuiltHive hive = builder.hive().build_mapped();
  const auto& cell = hive.find(fx::HiveCell::key, "Objects\\" + bad.braced());
  hive.bytes[cell.file_offset] = std::byte{'x'};  // of "nk"
  const auto store = must(try_open_store(hive.bytes));
  BOOST_REQUIRE_EQUAL(store->objects().size(), 1U);
  BOOST_TEST((store->objects().front().id == id(good)));
  BOOST_TEST(!store->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_value_cell_loses_that_element_alone) {
  damaged.set_string(fx::bcd_element::path, "\\a");
  fx::BuiltHive hive = builder.hive().build_mapped();
  const std::string key = "Objects\\" + bad.braced() + "\\Elements\\12000002";
  hive.bytes[hive.find(fx::HiveCell::value, key, "Element").file_offset] = std::byte{'x'};
  const auto store = must(try_open_store(hive.bytes));
  BOOST_TEST(store->objects().size() == 2U);
  BOOST_TEST(store->find(id(bad))->find(bcd::path) == nullptr);
  BOOST_TEST(store->find(id(bad))->find(bcd::description) != nullptr);
  BOOST_TEST(!store->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(survives_every_flipped_byte_of_a_small_store) {
  const fx::ByteVector hive = builder.build();
  std::size_t opened = 0;
  for (std::size_t i = 4096; i < hive.size(); ++i) {  // the base block is the hive's own matter
    fx::ByteVector flipped = hive;
    flipped[i] ^= std::byte{0xFF};
    const auto store = try_open_store(std::move(flipped));
    if (store) {
      ++opened;
      (void)(*store)->boot_order();
      BOOST_TEST((*store)->objects().size() <= 2U);
    }
  }
  BOOST_TEST(opened > hive.size() / 4);
}

BOOST_AUTO_TEST_SUITE_END()
