// SPDX-License-Identifier: Apache-2.0
// Volumes that others made, when they are there.
#include <map>

#include "tests/support/real_data.h"
#include "tests/vfs/exfat/exfat_support.h"
#include "tests/vfs/fat/oracle_support.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

FileSystemPtr open_real(const std::string& name) {
  const SourcePtr source = real_source(name);
  BOOST_TEST(must(probe_exfat(*source)));
  return must(open_exfat(source));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(real_exfat)

BOOST_AUTO_TEST_CASE(a_volume_of_windows_has_its_files) {
  if (!have_real_data()) {
    return;
  }
  const auto volume = open_real("disk/dissect_fat/exfat.bin");
  const std::map<std::string, std::string> files{
      {"System Volume Information/WPSettings.dat",
       "41cdbe481ddc3ecaf26f84c2d115fe60513ee8dbc0f0fc973a148642217274e2"},
      {"System Volume Information/IndexerVolumeGuid",
       "4b9e6d764ded8063bf9e6bf8cc24ad9c3079d05f5b4ef5ef86c9bd79bb8b483d"},
      {"find_me.txt", "0c47c071e8f5ebd89e5d328c9ef6dcfcee399b2f530450181e3988ba92e1d9f4"},
      {"cat.jpg", "97a7309f0d68373dff7352eb557733250b29c09d026d9e816841485c73eeee7c"},
      {"directory/putty.exe", "d857ab82e7b3f456e588fb0e110c461d569c502fccdb0084d1413b432b322c91"}};
  for (const auto& [path, digest] : files) {
    BOOST_TEST(sha256_of(content_at(*volume, path)) == digest);
  }
  BOOST_TEST(tree_of(volume).size() == 7U);
  const FileSystemInfo info = volume->info();
  BOOST_TEST((info.label == u"THESIS"));
  BOOST_TEST((info.serial == 0x6859A296U));
  BOOST_TEST((info.start_sector == 2048U));
  BOOST_TEST(volume->diagnostics().empty());
}

BOOST_AUTO_TEST_CASE(a_label_in_cyrillic_is_read) {
  if (!have_real_data()) {
    return;
  }
  const auto volume = open_real("disk/util-linux/exfat.img.xz");
  BOOST_TEST((volume->info().label == u"Новый том"));
  BOOST_TEST((volume->info().serial == 0x9C238877U));
  read_everything(volume);
}

BOOST_AUTO_TEST_SUITE_END()
