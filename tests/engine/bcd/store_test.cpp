// SPDX-License-Identifier: Apache-2.0
#include "engine/bcd/store.h"

#include "fixtures/build/bcd_builder.h"
#include "tests/engine/bcd/store_support.h"
#include "tests/support/matchers.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

/// {bootmgr} with three loaders: `first` and `second` in the display order, `third` not.
struct ThreeLoaders {
  fx::BcdBuilder builder;
  fx::Guid first = fx::derived_guid("first");
  fx::Guid second = fx::derived_guid("second");
  fx::Guid third = fx::derived_guid("third");
  fx::BcdObjectBuilder manager =
      builder.object(fx::bcd_id::boot_manager, fx::bcd_object::boot_manager);

  ThreeLoaders() {
    for (const fx::Guid& id : {first, second, third}) {
      builder.object(id, fx::bcd_object::os_loader)
          .set_string(fx::bcd_element::description, id.text());
    }
    manager.set_object_list(fx::bcd_element::display_order, {first, second});
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(bcd_store)

BOOST_AUTO_TEST_CASE(reads_a_store_as_setup_leaves_it) {
  fx::BcdEntry entry;
  entry.os_device = fx::device_at(fx::MbrPartition{.byte_offset = 1048576, .disk_signature = 7});
  entry.recovery_place = fx::MbrPartition{.byte_offset = 2097152, .disk_signature = 7};
  const auto store = open_store(fx::build_bcd_store({.uefi = true, .entries = {entry}}));
  BOOST_TEST(store->diagnostics().empty());
  const BcdObject* manager = store->boot_manager();
  BOOST_REQUIRE(manager != nullptr);
  BOOST_TEST(describe(*manager->find(bcd::device)) == "boot");
  BOOST_TEST(*manager->find(bcd::timeout)->integer() == 30U);
  BOOST_TEST(manager->find(bcd::timeout)->name == "timeout");

  const BcdObject* loader = store->default_entry();
  BOOST_REQUIRE(loader != nullptr);
  BOOST_TEST((loader->kind() == BcdObjectKind::os_loader));
  BOOST_TEST((*loader->find(bcd::description)->string() == u"Windows 10"));
  BOOST_TEST(describe(*loader->find(bcd::os_device)) == "partition at 1048576 on disk 00000007");
  BOOST_TEST(loader->find(bcd::os_device)->registry_type == reg_type::binary);
  BOOST_TEST(loader->find(bcd::recovery_enabled)->boolean() != nullptr);

  const BcdObject* resume = store->find(*loader->find(bcd::resume_object)->object());
  BOOST_REQUIRE(resume != nullptr);
  BOOST_TEST((*resume->find(bcd::hiberfil_path)->string() == u"\\hiberfil.sys"));
  BOOST_TEST(store->os_loaders().size() == 2U);  // and the recovery environment
}

BOOST_AUTO_TEST_CASE(a_hive_without_objects_is_no_store) {
  fx::HiveBuilder hive;
  hive.key("Description").set_string("KeyName", "BCD00000000");
  BOOST_TEST(is_status(try_open_store(hive.build()), Status::bad_format));
}

BOOST_AUTO_TEST_CASE(an_empty_store_answers_nothing) {
  fx::HiveBuilder hive;
  hive.key("Objects");
  const auto store = must(try_open_store(hive.build()));
  BOOST_TEST(store->objects().empty());
  BOOST_TEST(store->boot_manager() == nullptr);
  BOOST_TEST(store->default_entry() == nullptr);
  BOOST_TEST(store->boot_order().empty());
  BOOST_TEST(store->find(bcd_id::default_entry) == nullptr);
  BOOST_TEST(store->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(the_name_of_the_root_key_does_not_matter) {
  ThreeLoaders loaders;
  loaders.builder.hive().root(u"\u4410\u00df");
  BOOST_TEST(open_store(loaders.builder)->objects().size() == 4U);
}

BOOST_FIXTURE_TEST_CASE(boot_order_is_the_display_order, ThreeLoaders) {
  const auto store = open_store(builder);
  const std::vector<const BcdObject*> expected = {store->find(id(first)), store->find(id(second))};
  BOOST_TEST((store->boot_order() == expected));
}

BOOST_FIXTURE_TEST_CASE(the_one_time_boot_sequence_comes_first_and_nothing_twice, ThreeLoaders) {
  manager.set_object_list(fx::bcd_element::boot_sequence, {second, third});
  const auto store = open_store(builder);
  const std::vector<const BcdObject*> expected = {store->find(id(second)), store->find(id(third)),
                                                  store->find(id(first))};
  BOOST_TEST((store->boot_order() == expected));
}

BOOST_FIXTURE_TEST_CASE(boot_order_leaves_out_what_is_not_stored, ThreeLoaders) {
  manager.set_object_list(fx::bcd_element::display_order,
                          {fx::derived_guid("gone"), second, second});
  const auto store = open_store(builder);
  BOOST_REQUIRE_EQUAL(store->boot_order().size(), 1U);
  BOOST_TEST((store->boot_order().front()->id == id(second)));
}

BOOST_AUTO_TEST_CASE(without_a_boot_manager_every_loader_is_offered) {
  fx::BcdBuilder builder;
  builder.object(fx::derived_guid("a"), fx::bcd_object::os_loader);
  builder.object(fx::derived_guid("b"), fx::bcd_object::resume);
  builder.object(fx::derived_guid("c"), fx::bcd_object::os_loader);
  const auto store = open_store(builder);
  BOOST_TEST((store->boot_order() == store->os_loaders()));
  BOOST_TEST(store->boot_order().size() == 2U);
  BOOST_TEST(store->default_entry() == nullptr);
}

BOOST_AUTO_TEST_CASE(the_only_loader_is_the_default_when_nothing_says_so) {
  fx::BcdBuilder builder;
  builder.object(fx::derived_guid("a"), fx::bcd_object::os_loader);
  const auto store = open_store(builder);
  BOOST_TEST(store->default_entry() == &store->objects().front());
}

BOOST_FIXTURE_TEST_CASE(the_default_is_what_the_boot_manager_says, ThreeLoaders) {
  manager.set_object(fx::bcd_element::default_entry, third);
  const auto store = open_store(builder);
  BOOST_TEST((store->default_entry()->id == id(third)));
  BOOST_TEST(store->find(bcd_id::default_entry) == store->default_entry());
}

BOOST_FIXTURE_TEST_CASE(without_a_default_it_is_the_first_that_is_shown, ThreeLoaders) {
  BOOST_TEST((open_store(builder)->default_entry()->id == id(first)));
  manager.set_object(fx::bcd_element::default_entry, fx::derived_guid("gone"));
  BOOST_TEST((open_store(builder)->default_entry()->id == id(first)));
}

BOOST_FIXTURE_TEST_CASE(a_default_that_names_itself_is_no_endless_search, ThreeLoaders) {
  const fx::Guid alias = fx::Guid::parse("1cae1eb7-a0df-4d4d-9851-4860e34ef535");
  manager.set_object(fx::bcd_element::default_entry, alias);
  const auto store = open_store(builder);
  BOOST_TEST((store->default_entry()->id == id(first)));
}

BOOST_AUTO_TEST_CASE(another_boot_manager_serves_when_the_known_one_is_missing) {
  fx::BcdBuilder builder;
  builder.object(fx::derived_guid("manager"), fx::bcd_object::boot_manager);
  const auto store = open_store(builder);
  BOOST_TEST(store->boot_manager() == &store->objects().front());
}

BOOST_AUTO_TEST_CASE(settings_are_inherited_depth_first_in_listed_order) {
  fx::BcdBuilder builder;
  const fx::Guid left = fx::derived_guid("left");
  const fx::Guid below_left = fx::derived_guid("below left");
  const fx::Guid right = fx::derived_guid("right");
  const fx::Guid loader = fx::derived_guid("loader");
  builder.object(loader, fx::bcd_object::os_loader)
      .set_object_list(fx::bcd_element::inherit, {left, right})
      .set_boolean(fx::bcd_element::test_signing, false);
  builder.object(left, fx::bcd_object::inherit_os_loader)
      .set_object_list(fx::bcd_element::inherit, {fx::derived_guid("gone"), below_left})
      .set_boolean(fx::bcd_element::test_signing, true);
  builder.object(below_left, fx::bcd_object::inherit_os_loader).set_integer(fx::bcd_element::nx, 1);
  builder.object(right, fx::bcd_object::inherit_os_loader)
      .set_integer(fx::bcd_element::nx, 2)
      .set_integer(fx::bcd_element::timeout, 9);
  const auto store = open_store(builder);
  const BcdObject& object = *store->find(id(loader));
  BOOST_TEST(!*store->effective(object, bcd::test_signing)->boolean());  // its own
  BOOST_TEST(*store->effective(object, bcd::nx)->integer() == 1U);       // left before right
  BOOST_TEST(*store->effective(object, bcd::timeout)->integer() == 9U);  // right at last
  BOOST_TEST(store->effective(object, bcd::description) == nullptr);
}

BOOST_AUTO_TEST_CASE(objects_that_inherit_from_each_other_end_the_search) {
  fx::BcdBuilder builder;
  const fx::Guid a = fx::derived_guid("a");
  const fx::Guid b = fx::derived_guid("b");
  builder.object(a, fx::bcd_object::inherit_any).set_object_list(fx::bcd_element::inherit, {b, a});
  builder.object(b, fx::bcd_object::inherit_any)
      .set_object_list(fx::bcd_element::inherit, {a, b})
      .set_integer(fx::bcd_element::nx, 3);
  const auto store = open_store(builder);
  BOOST_TEST(*store->effective(*store->find(id(a)), bcd::nx)->integer() == 3U);
  BOOST_TEST(store->effective(*store->find(id(a)), bcd::timeout) == nullptr);
}

BOOST_AUTO_TEST_CASE(inheritance_is_followed_eight_deep) {
  fx::BcdBuilder builder;
  const auto link = [](std::size_t i) { return fx::derived_guid("link " + std::to_string(i)); };
  for (std::size_t i = 0; i < 12; ++i) {
    const auto object = builder.object(link(i), fx::bcd_object::inherit_any);
    object.set_object_list(fx::bcd_element::inherit, {link(i + 1)});
    if (i == 8) {
      object.set_integer(fx::bcd_element::nx, 1);
    }
    if (i == 9) {
      object.set_integer(fx::bcd_element::timeout, 1);
    }
  }
  const auto store = open_store(builder);
  const BcdObject& object = *store->find(id(link(0)));
  BOOST_TEST(store->effective(object, bcd::nx) != nullptr);
  BOOST_TEST(store->effective(object, bcd::timeout) == nullptr);
  BOOST_TEST(store->effective(*store->find(id(link(1))), bcd::timeout) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_shorter_way_to_a_settings_object_leads_further) {
  // start -> a -> b -> c (two deep allowed), and start -> b at once.
  fx::BcdBuilder builder;
  const fx::Guid start = fx::derived_guid("start");
  const fx::Guid a = fx::derived_guid("a");
  const fx::Guid b = fx::derived_guid("b");
  const fx::Guid c = fx::derived_guid("c");
  builder.object(start, fx::bcd_object::inherit_any)
      .set_object_list(fx::bcd_element::inherit, {a, b});
  builder.object(a, fx::bcd_object::inherit_any).set_object_list(fx::bcd_element::inherit, {b});
  builder.object(b, fx::bcd_object::inherit_any).set_object_list(fx::bcd_element::inherit, {c});
  builder.object(c, fx::bcd_object::inherit_any).set_integer(fx::bcd_element::nx, 1);
  Limits limits;
  limits.max_bcd_inherit = 2;
  const auto store = must(try_open_store(builder.build(), limits));
  BOOST_TEST(store->effective(*store->find(id(start)), bcd::nx) != nullptr);
}

BOOST_AUTO_TEST_CASE(a_device_to_locate_gets_the_path_of_its_object) {
  fx::BcdBuilder builder;
  builder.object(fx::derived_guid("a"), fx::bcd_object::os_loader)
      .set_device(fx::bcd_element::device, fx::device_locate(fx::bcd_element::path))
      .set_string(fx::bcd_element::path, "\\Windows\\system32\\winload.efi")
      .set_device(fx::bcd_element::os_device, fx::device_locate(fx::bcd_element::system_root));
  const auto store = open_store(builder);
  const BcdObject& object = store->objects().front();
  BOOST_TEST(describe(*object.find(bcd::device)) == "locate \\Windows\\system32\\winload.efi");
  BOOST_TEST(describe(*object.find(bcd::os_device)) == "locate by element 22000002");
}

BOOST_AUTO_TEST_CASE(the_newest_key_tells_when_a_store_was_written) {
  fx::HiveOptions options;
  options.default_key_time = 1000;
  fx::BcdBuilder builder(options);
  const auto object = builder.object(fx::derived_guid("a"), fx::bcd_object::os_loader);
  object.set_integer(fx::bcd_element::nx, 1);
  object.key().key("Elements\\25000020").last_written(3000);
  builder.object(fx::derived_guid("b"), fx::bcd_object::os_loader).key().last_written(2000);
  const auto store = open_store(builder);
  BOOST_TEST(store->last_written().ticks == 3000U);
  BOOST_TEST(store->find(id(object.id()))->last_written.ticks == 3000U);
  BOOST_TEST(store->find(id(fx::derived_guid("b")))->last_written.ticks == 2000U);
}

BOOST_AUTO_TEST_SUITE_END()
