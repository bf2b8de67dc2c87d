// SPDX-License-Identifier: Apache-2.0
// Compressed manifests of components.
#include "engine/servicing/compressed_manifest.h"

#include <boost/test/unit_test.hpp>

#include "engine/servicing/component_manifest.h"
#include "tests/engine/servicing/delta/delta_support.h"
#include "tests/support/matchers.h"

namespace casement::test {

BOOST_AUTO_TEST_SUITE(compressed_manifests)

BOOST_AUTO_TEST_CASE(a_manifest_comes_back_as_it_was) {
  const auto stored = fixture::build_compressed_manifest(bytes_of(base_xml), bytes_of(target_xml));
  BOOST_TEST(is_compressed_manifest(stored));
  BOOST_TEST((stored_form(stored) == StoredForm::compressed));
  BOOST_TEST(stored.size() < target_xml.size() / 2);
  const auto xml = must(decode_manifest(stored, bytes_of(base_xml)));
  BOOST_TEST((xml == to_vector(bytes_of(target_xml))));
  BOOST_TEST(must(parse_component_manifest(xml)).files.size() == 2U);
}

BOOST_AUTO_TEST_CASE(only_the_first_form_is_a_compressed_manifest) {
  BOOST_TEST(is_compressed_manifest(bytes_of("DCM\1")));
  for (const char* const other : {"", "DCM", "DCM\2PA30", "DCS\1", "PA30", "<?xml"}) {
    BOOST_TEST(!is_compressed_manifest(bytes_of(other)));
    BOOST_TEST(is_status(decode_manifest(bytes_of(other), {}), Status::bad_format));
  }
  BOOST_TEST(is_status(decode_manifest(bytes_of("DCM\1<?xml"), {}), Status::bad_format));
}

BOOST_AUTO_TEST_CASE(a_manifest_longer_than_manifests_are_is_refused) {
  fixture::DeltaOptions options;
  options.target_size = max_component_manifest_size + 1;
  auto stored = fixture::ascii_bytes("DCM\1");
  fixture::append_bytes(stored, small_delta(options));
  BOOST_TEST(is_status(decode_manifest(stored, bytes_of(base_xml)), Status::limit_exceeded));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
