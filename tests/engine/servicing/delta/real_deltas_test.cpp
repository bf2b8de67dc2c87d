// SPDX-License-Identifier: Apache-2.0
// Deltas and compressed manifests that Windows made, against what Windows makes of them.
#include <algorithm>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/servicing/component_manifest.h"
#include "engine/servicing/compressed_manifest.h"
#include "engine/servicing/delta/delta.h"
#include "tests/support/matchers.h"
#include "tests/support/real_data.h"
#include "vfs/core/digest.h"

namespace casement::test {
namespace {

const std::string deltas_folder = "servicing/dcm_pa30/deltas/";
const std::string base_path = "servicing/dcm_pa30/base_manifest.bin";

struct RealDelta {
  const char* delta;
  const char* source;
  const char* target;
  std::uint64_t flags;
};
std::ostream& operator<<(std::ostream& out, const RealDelta& row) {
  return out << row.delta;
}

const std::vector<RealDelta> raw_deltas = {
    {"cmd__to__where__raw.pa30", "cmd.exe", "where.exe", 0},
    {"cmd__to__notepad__raw.pa30", "cmd.exe", "notepad.exe", 0},
    {"cmd__to__notepad__raw_flag0x20000.pa30", "cmd.exe", "notepad.exe", 0x20000},
    {"cmd__to__notepad__raw_bsdiff_flag0x100.pa30", "cmd.exe", "notepad.exe", 0x100},
    {"advapi32_raw.pa30", "advapi32_old.dll", "advapi32_new.dll", 0},
};

/// The manifests of packages, and the digest that each has after decoding, as the package's signed
/// catalog lists it.
struct ListedManifest {
  std::string path;
  std::string sha256;
};

std::vector<ListedManifest> listed_manifests() {
  const std::filesystem::path root = *real_data_dir();
  std::map<std::string, std::string> digests;
  std::ifstream list(root / "servicing/DCM_ORACLE.tsv");
  for (std::string line; std::getline(list, line);) {
    std::istringstream fields(line);
    std::vector<std::string> row;
    for (std::string field; std::getline(fields, field, '\t');) {
      row.push_back(field);
    }
    if (row.size() > 5 && !line.starts_with('#')) {
      digests[row[1]] = row[5];
    }
  }
  std::vector<ListedManifest> manifests;
  const auto folder = root / "servicing/extracted";
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const auto digest = digests.find(entry.path().filename().string());
    if (digest != digests.end()) {
      manifests.push_back({std::filesystem::relative(entry.path(), root).string(), digest->second});
    }
  }
  return manifests;
}

std::string sha256_hex(Bytes bytes) {
  Digest digest(DigestKind::sha256);
  digest.update(bytes);
  return to_hex(digest.finish());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_deltas)

BOOST_DATA_TEST_CASE(makes_what_windows_makes, boost::unit_test::data::make(raw_deltas), row) {
  if (!have_real_data()) {
    return;
  }
  const auto delta = real_bytes(deltas_folder + row.delta);
  const auto source = real_bytes(deltas_folder + "sources/" + row.source);
  const auto target = real_bytes(deltas_folder + "sources/" + row.target);
  const DeltaHeader header = must(read_delta_header(delta));
  BOOST_TEST(header.file_type == delta_file_type_raw);
  BOOST_TEST(header.flags == row.flags);
  BOOST_TEST((must(apply_delta(delta, source, target.size())) == target));
}

BOOST_AUTO_TEST_CASE(deltas_of_programs_are_refused_with_the_reason) {
  if (!have_real_data()) {
    return;
  }
  for (const char* const name :
       {"amd64_kbdwol", "amd64_provdiagnostics", "wow64_kbdmaori", "x86_mscordbi"}) {
    const std::string folder = std::string("servicing/dcm_pa30/pe-decode/") + name;
    const auto delta = real_bytes(folder + "/delta.pa30");
    const auto target = real_bytes(folder + "/target.bin");
    const DeltaHeader header = must(read_delta_header(delta));
    BOOST_TEST(header.target_size == target.size());
    BOOST_TEST(to_hex(header.target_hash) == sha256_hex(target));
    const auto applied = apply_delta(delta, real_bytes(folder + "/base.bin"), header.target_size);
    BOOST_TEST(is_status(applied, Status::unsupported));
    BOOST_TEST(mentions(applied.error().message(), {"programs"}));
  }
}

BOOST_AUTO_TEST_CASE(manifests_of_windows_10_have_the_digests_of_their_catalogs) {
  if (!have_real_data()) {
    return;
  }
  const auto base = real_bytes(base_path);
  const auto manifests = listed_manifests();
  BOOST_TEST(manifests.size() == 64U);
  for (const ListedManifest& manifest : manifests) {
    BOOST_TEST_CONTEXT(manifest.path) {
      const auto xml = must(decode_manifest(real_bytes(manifest.path), base));
      BOOST_TEST(sha256_hex(xml) == manifest.sha256);
      BOOST_TEST(is_ok(parse_component_manifest(xml)));
    }
  }
}

BOOST_AUTO_TEST_CASE(manifests_of_server_2025_decode_to_the_last_byte) {
  if (!have_real_data()) {
    return;
  }
  const auto base = real_bytes(base_path);
  const std::filesystem::path root = *real_data_dir();
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(root / "servicing/dcm_pa30")) {
    if (entry.path().extension() != ".manifest") {
      continue;
    }
    const std::string name = entry.path().filename().string();
    const bool largest = name.starts_with("wow64_");
    const auto expected = real_bytes(largest ? "servicing/dcm_pa30/wow64_golden.xml"
                                             : "servicing/dcm_decoded_xml/" + name + ".xml");
    const auto stored = real_bytes("servicing/dcm_pa30/" + name);
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST((must(decode_manifest(stored, base)) == expected));
    }
    ++count;
  }
  BOOST_TEST(count == 7U);
}

BOOST_AUTO_TEST_CASE(a_manifest_without_its_base_is_no_manifest) {
  if (!have_real_data()) {
    return;
  }
  for (const ListedManifest& manifest : listed_manifests()) {
    const auto xml = decode_manifest(real_bytes(manifest.path), {});
    BOOST_TEST(!xml);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace casement::test
