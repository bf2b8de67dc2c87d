// SPDX-License-Identifier: Apache-2.0
// Every object, element and device of real stores, against the facts of another reader.
#include <boost/filesystem.hpp>
#include <map>
#include <set>

#include "engine/bcd/store.h"
#include "tests/engine/bcd/bcd_facts.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

using Kind = BcdDevice::Kind;

std::shared_ptr<const BcdStore> open_real(const std::string& relative) {
  return must(BcdStore::open(must(Hive::open(real_source(relative)))));
}

/// "./uefi_x/BCD" and "../registry/regipy/BCD" of the facts file, below the data folder.
std::string relative_path(const std::string& fact_path) {
  return boost::filesystem::path("bcd/" + fact_path).lexically_normal().generic_string();
}

std::vector<StoreFact> facts_that_are_here() {
  const std::vector<std::byte> raw = real_bytes("bcd/FACTS_yarp.txt");
  std::string text(raw.size(), '\0');
  std::transform(raw.begin(), raw.end(), text.begin(),
                 [](std::byte b) { return static_cast<char>(b); });
  std::vector<StoreFact> here;
  for (StoreFact& store : parse_bcd_facts(text)) {
    if (boost::filesystem::exists(*real_data_dir() + "/" + relative_path(store.path))) {
      here.push_back(std::move(store));
    }
  }
  return here;
}

std::uint64_t number(const std::string& digits, int base) {
  return std::stoull(digits, nullptr, base);
}

void check_device(const BcdDevice& device, const std::string& fact) {
  BOOST_TEST(device.parsed);
  BOOST_TEST(device.type == number(device_word(fact, "devtype"), 10));
  BOOST_TEST(device.raw.size() == number(device_word(fact, "len"), 10));
  if (const std::string partition = device_word(fact, "part"); !partition.empty()) {
    BOOST_TEST((device.scheme == BcdPartitionScheme::gpt));
    BOOST_TEST(device.partition_id.to_string() == partition);
    BOOST_TEST(device.disk_id.to_string() == device_word(fact, "disk"));
  }
  if (const std::string signature = device_word(fact, "disksig"); !signature.empty()) {
    BOOST_TEST((device.scheme == BcdPartitionScheme::mbr));
    BOOST_TEST(device.mbr_signature == number(signature, 16));
    BOOST_TEST(device.mbr_offset == number(device_word(fact, "partoff"), 10));
  }
}

std::string in_braces(const Guid& id) {
  return "{" + id.to_string() + "}";
}

void check_element(const BcdElement& element, const ElementFact& fact) {
  BOOST_REQUIRE(!fact.values.empty());
  const std::string& first = fact.values.front();
  switch (element.format()) {
    case BcdFormat::device:
      BOOST_REQUIRE(element.device() != nullptr);
      check_device(*element.device(), first);
      break;
    case BcdFormat::string:
      BOOST_REQUIRE(element.string() != nullptr);
      BOOST_TEST(to_utf8(*element.string()) == first);
      break;
    case BcdFormat::object:
      BOOST_REQUIRE(element.object() != nullptr);
      BOOST_TEST(in_braces(*element.object()) == first);
      break;
    case BcdFormat::object_list: {
      BOOST_REQUIRE(element.objects() != nullptr);
      std::vector<std::string> ids;
      for (const Guid& id : *element.objects()) {
        ids.push_back(in_braces(id));
      }
      BOOST_TEST(ids == fact.values, boost::test_tools::per_element());
      break;
    }
    default: {
      std::string hex;
      for (const std::byte b : element.raw) {
        constexpr const char* digits = "0123456789abcdef";
        hex += digits[std::to_integer<unsigned>(b) >> 4];
        hex += digits[std::to_integer<unsigned>(b) & 15];
      }
      BOOST_TEST(hex == first);
      BOOST_TEST(!std::holds_alternative<std::vector<std::byte>>(element.value));
    }
  }
}

/// The facts hold elements of some types only; `covered` are those.
void check_object(const BcdObject& object, const ObjectFact& fact,
                  const std::set<std::uint32_t>& covered) {
  BOOST_TEST(object.type.value() == fact.type);
  std::set<std::uint32_t> expected;
  for (const ElementFact& element_fact : fact.elements) {
    expected.insert(element_fact.type);
    BOOST_TEST_CONTEXT("element " << std::hex << element_fact.type) {
      const BcdElement* element = object.find(element_fact.type);
      BOOST_REQUIRE(element != nullptr);
      check_element(*element, element_fact);
    }
  }
  for (const BcdElement& element : object.elements) {
    BOOST_TEST(covered.contains(element.type) == expected.contains(element.type));
  }
}

/// Objects under keys that are no GUID are left out and reported.
void check_left_out(const BcdStore& store, const std::string& key) {
  const auto& findings = store.diagnostics().items();
  BOOST_TEST(std::any_of(findings.begin(), findings.end(), [&](const Diagnostic& finding) {
    return finding.text.starts_with("Objects\\" + key + ":");
  }));
}

void check_store(const StoreFact& fact, const std::set<std::uint32_t>& covered) {
  const auto store = open_real(relative_path(fact.path));
  BOOST_TEST(store->hive()->state().primary_sequence == fact.primary_sequence);
  BOOST_TEST(store->hive()->state().secondary_sequence == fact.secondary_sequence);
  std::size_t left_out = 0;
  for (const ObjectFact& object_fact : fact.objects) {
    BOOST_TEST_CONTEXT(object_fact.key) {
      const std::optional<Guid> id = Guid::parse(object_fact.key);
      if (!id) {
        check_left_out(*store, object_fact.key);
        ++left_out;
        continue;
      }
      const BcdObject* object = store->find(*id);
      BOOST_REQUIRE(object != nullptr);
      check_object(*object, object_fact, covered);
    }
  }
  BOOST_TEST(store->objects().size() == fact.objects.size() - left_out);
  BOOST_TEST(store->diagnostics().items().size() == left_out);
  BOOST_TEST(store->last_written().is_set());
}

const BcdDevice& device_of(const BcdStore& store, const char* id, std::uint32_t type) {
  const BcdObject* object = store.find(Guid::parse(std::string_view(id)).value());
  BOOST_REQUIRE(object != nullptr);
  const BcdElement* element = object->find(type);
  BOOST_REQUIRE(element != nullptr && element->device() != nullptr);
  return *element->device();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bcd_real_stores)

BOOST_AUTO_TEST_CASE(agree_with_another_reader_in_every_object_element_and_device) {
  if (!have_real_data()) {
    return;
  }
  const std::vector<StoreFact> stores = facts_that_are_here();
  std::set<std::uint32_t> covered;
  std::map<std::string, std::size_t> counts;
  for (const StoreFact& store : stores) {
    for (const ObjectFact& object : store.objects) {
      ++counts["objects"];
      for (const ElementFact& element : object.elements) {
        ++counts["elements"];
        counts["devices"] += element_format(element.type) == BcdFormat::device ? 1U : 0U;
        covered.insert(element.type);
      }
    }
  }
  for (const StoreFact& store : stores) {
    BOOST_TEST_CONTEXT(store.path) {
      check_store(store, covered);
    }
  }
  BOOST_TEST_MESSAGE(stores.size()
                     << " stores, " << counts["objects"] << " objects, " << counts["elements"]
                     << " elements, " << counts["devices"] << " devices compared");
  BOOST_TEST(counts["devices"] > 0U);
}

BOOST_AUTO_TEST_CASE(a_store_of_windows_10_on_uefi) {
  if (!have_real_data()) {
    return;
  }
  const auto store = open_real("registry/regipy/BCD");
  BOOST_TEST(must(store->hive()->root()).name().to_utf8() == "NewStoreRoot");
  const BcdObject* manager = store->boot_manager();
  BOOST_REQUIRE(manager != nullptr);
  BOOST_TEST((manager->id == bcd_id::boot_manager));
  const BcdObject* entry = store->default_entry();
  BOOST_REQUIRE(entry != nullptr);
  BOOST_TEST((entry->kind() == BcdObjectKind::os_loader));
  BOOST_TEST((store->find(bcd_id::default_entry) == entry));
  BOOST_REQUIRE(!store->boot_order().empty());
  BOOST_TEST((*entry->find(bcd::system_root)->string() == u"\\Windows"));
}

BOOST_AUTO_TEST_CASE(a_store_that_starts_windows_from_a_vhd) {
  if (!have_real_data()) {
    return;
  }
  const auto store = open_real("bcd/bios_dell7050/BCD");
  const BcdDevice& device =
      device_of(*store, "fa9684f7-5c99-11e9-9efd-b596fe2f5680", bcd::os_device);
  BOOST_TEST(describe(device) ==
             "partition at 1048576 on disk a3f1d6df in VHD \\1809.402.vhd in partition "
             "e9c8d6b2-eb70-4c67-8af5-5a7aa93e6ae7 on disk c9c18ffe-b248-4138-b5e6-a0bcefd1d306");
}

BOOST_AUTO_TEST_CASE(stores_that_start_a_recovery_image) {
  if (!have_real_data()) {
    return;
  }
  const auto store = open_real("bcd/bios_komalw20/BCD");
  const BcdDevice& device = device_of(*store, "c77a2611-6d5b-11eb-9ff2-e9f459e1e131", bcd::device);
  BOOST_TEST((device.path == u"\\Recovery\\WindowsRE\\Winre.wim"));
  BOOST_REQUIRE(device.parent != nullptr);
  BOOST_TEST(device.parent->mbr_offset == 608174080U);
  const BcdObject* options = store->find(device.options);
  BOOST_REQUIRE(options != nullptr);
  BOOST_TEST((options->kind() == BcdObjectKind::device_options));
  BOOST_TEST(
      (*options->find(bcd::ram_disk_sdi_path)->string() == u"\\Recovery\\WindowsRE\\boot.sdi"));
}

BOOST_AUTO_TEST_CASE(installation_media_start_a_ram_disk_from_the_boot_device) {
  if (!have_real_data()) {
    return;
  }
  const auto store = open_real("bcd/media_win10_22h2/efi_bcd");
  const BcdObject* entry = store->default_entry();
  BOOST_REQUIRE(entry != nullptr);
  BOOST_TEST(entry->id.to_string() == "7619dcc9-fafe-11d9-b411-000476eba25f");
  BOOST_TEST(describe(*entry->find(bcd::os_device)) == "[\\sources\\boot.wim] in boot");
}

BOOST_AUTO_TEST_CASE(a_device_to_locate_takes_its_path_from_the_element_that_it_names) {
  if (!have_real_data()) {
    return;
  }
  const auto store = open_real("bcd/ntloader_templates/bcdvhd");
  std::size_t located = 0;
  for (const BcdObject& object : store->objects()) {
    for (const std::uint32_t type : {bcd::device, bcd::os_device}) {
      const BcdElement* element = object.find(type);
      if (element == nullptr || element->device()->kind != Kind::locate) {
        continue;
      }
      ++located;
      const BcdElement* path = object.find(element->device()->locate_element);
      BOOST_REQUIRE(path != nullptr);
      BOOST_TEST((element->device()->path == *path->string()));
      BOOST_REQUIRE(element->device()->parent != nullptr);
      BOOST_TEST((element->device()->parent->kind == Kind::vhd));
    }
  }
  BOOST_TEST(located == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
