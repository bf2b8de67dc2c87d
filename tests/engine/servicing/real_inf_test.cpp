// SPDX-License-Identifier: Apache-2.0
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <ostream>
#include <string>

#include "engine/servicing/catalog.h"
#include "engine/servicing/inf_models.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/utf16.h"

namespace casement::test {
namespace {

constexpr InfTarget windows_8_1{.major = 6, .minor = 3, .build = 9600, .product_type = 1};

/// INFs of the integration services for virtual machines, and what they declare.
struct Expected {
  const char* folder;
  const char* inf;
  std::size_t models;  // of all processors
  std::size_t amd64;
  const char* service;  // of the last model
  int start_type;       // -1: none
};
std::ostream& operator<<(std::ostream& out, const Expected& expected) {
  return out << expected.inf;
}

constexpr std::array integration_infs = {
    Expected{"none_2269ec51bf8e79fa", "synth3dvsc.inf", 2, 1, "Synth3dVsc", 3},
    Expected{"none_530b7047ccb5f8ef", "wdmvsc.inf", 2, 1, "dmvsc", 3},
    Expected{"none_5e68773a3f3597e7", "wfcvsc.inf", 2, 1, "", -1},
    Expected{"none_dfd0cff77ce9a7a4", "wgencounter.inf", 2, 1, "gencounter", 3},
    Expected{"none_0a8554fd114b0a3d", "whyperkbd.inf", 1, 1, "hyperkbd", 3},
    Expected{"none_47cf9376a37ce70d", "wnetvsc.inf", 2, 1, "netvsc", 3},
    Expected{"none_8de8e6efb8dfd888", "wnetvsc_vfpp.inf", 2, 1, "", -1},
    Expected{"none_877954c11855849e", "ws3cap.inf", 4, 2, "s3cap", 3},
    Expected{"none_b1455647ec4e4ae0", "wstorflt.inf", 2, 1, "", -1},
    Expected{"none_17fb33fd3bed3da0", "wstorvsc.inf", 2, 1, "storvsc", 0},
    Expected{"none_2a320d4c7e0878c7", "wvmbus.inf", 2, 2, "", -1},
    Expected{"none_e16792698068bccc", "wvmbushid.inf", 2, 1, "VMBusHID", 3},
    Expected{"none_43e9d279b3361514", "wvmbusvideo.inf", 1, 1, "HyperVideo", 3},
    Expected{"none_f2932681206d93d7", "wvmic.inf", 14, 7, "", -1},
    Expected{"none_5187c0c7ce143303", "wvpcinull.inf", 1, 0, "", -1}};

}  // namespace

BOOST_AUTO_TEST_SUITE(real_inf)

BOOST_DATA_TEST_CASE(integration_services, boost::unit_test::data::make(integration_infs),
                     expected) {
  if (!have_real_data()) {
    return;
  }
  const std::string folder =
      std::string("amd64_") + expected.inf + "_31bf3856ad364e35_6.3.9600.18692_" + expected.folder;
  const Inf inf =
      must(parse_inf(real_bytes("servicing/extracted/windows6.x-"
                                "hypervintegrationservices-x64/" +
                                folder + "/" + expected.inf)));
  BOOST_TEST(inf.diagnostics().empty());
  const InfVersion version = read_inf_version(inf, InfArchitecture::amd64);
  BOOST_TEST(to_utf8(version.provider) == "Microsoft");
  BOOST_TEST(version.date.value().to_iso8601().substr(0, 10) == "2006-06-21");
  BOOST_TEST((version.version.value() == std::array<std::uint16_t, 4>{6, 3, 9600, 18692}));
  BOOST_TEST(version.class_guid.has_value());
  const InfModels read = read_inf_models(inf, windows_8_1);
  BOOST_TEST(read.diagnostics.empty());
  BOOST_TEST_REQUIRE(read.models.size() == expected.models);
  std::size_t amd64 = 0;
  for (const InfModel& model : read.models) {
    amd64 += model.architecture == InfArchitecture::amd64 ? 1U : 0U;
    BOOST_TEST(model.description.find(u'%') == std::u16string::npos);
    BOOST_TEST(!model.hardware_id.empty());
  }
  BOOST_TEST(amd64 == expected.amd64);
  BOOST_TEST(to_utf8(read.models.back().service) == expected.service);
  BOOST_TEST((read.models.back().start_type ? static_cast<int>(*read.models.back().start_type)
                                            : -1) == expected.start_type);
}

BOOST_AUTO_TEST_CASE(network_driver_of_windows_8_1) {
  if (!have_real_data()) {
    return;
  }
  const Inf inf = must(parse_inf(real_bytes(
      "servicing/extracted/Windows8.1-KB2938772-x64/"
      "amd64_netrasa.inf_31bf3856ad364e35_6.3.9600.17039_none_9968574d24ae0f79/netrasa.inf")));
  const InfModels read = read_inf_models(inf, windows_8_1);
  BOOST_TEST_REQUIRE(read.models.size() == 9U);
  BOOST_TEST(to_utf8(read.models[4].hardware_id) == "MS_NdisWanIp");
  BOOST_TEST(to_utf8(read.models[4].service) == "NdisWan");
}

BOOST_AUTO_TEST_CASE(an_extension_and_the_catalog_that_signs_it) {
  if (!have_real_data()) {
    return;
  }
  const auto bytes = real_bytes("drivers/signify/amdacpbtscoext.inf");
  const Inf inf = must(parse_inf(bytes));
  const InfVersion version = read_inf_version(inf, InfArchitecture::amd64);
  BOOST_TEST(to_utf8(version.class_name) == "Extension");
  BOOST_TEST(to_utf8(version.catalog_file) == "amdacpbtscoext.cat");
  const auto models = read_inf_models(inf, {}).models;
  BOOST_TEST_REQUIRE(models.size() == 1U);
  BOOST_TEST(to_utf8(models[0].hardware_id) == "USB\\VID_0489&PID_E0D6");
  // Its models section is for build 22000 and later; older ones are told of it all the same.
  BOOST_TEST(read_inf_models(inf, windows_8_1).models.size() == 1U);

  const Catalog catalog = must(parse_catalog(real_bytes("drivers/signify/oem89.cat")));
  BOOST_TEST(catalog.has_file(bytes));
  BOOST_TEST((catalog.seal == CatalogSeal::intact));
  BOOST_TEST(to_utf8(catalog.signer) == "Microsoft Windows Hardware Compatibility Publisher");
  BOOST_TEST_REQUIRE(catalog.members.size() == 1U);
  BOOST_TEST(to_hex(catalog.members[0].digest) == "b1e795b69b4c2a901a8bc8e8b36e988c6c05d836");
  auto changed = bytes;
  changed.back() ^= std::byte{1};
  BOOST_TEST(!catalog.has_file(changed));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
