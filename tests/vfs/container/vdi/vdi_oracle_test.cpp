// SPDX-License-Identifier: Apache-2.0
// Images that qemu-img writes hold exactly the disk that it was given.
#include <algorithm>
#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>

#include "fixtures/build/disk/vdi_builder.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"
#include "vfs/container/vdi/open_vdi.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)
namespace bdata = boost::unit_test::data;
namespace fx = casement::fixture;

namespace {

void compare(const TempDir& dir) {
  const DiskOpener opener({vdi_format});
  const auto opened = must(opener.open(host_folder(dir.path()), "image.vdi"));
  check_same_as_file(*opened.disk, dir.file("disk.raw"));
}

const std::array options{"static=off", "static=on"};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_vdi_oracle)

BOOST_DATA_TEST_CASE(reads_what_qemu_img_writes, bdata::make(options), option) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  ByteVector disk((std::size_t{7} << 20) + 5 * 512);
  std::ranges::copy(pattern(300'000, 1), disk.begin());
  std::ranges::copy(pattern(2'000'000, 2), disk.begin() + 3'500'003);
  std::ranges::copy(pattern(700, 3), disk.end() - 700);
  dir.write("disk.raw", disk);
  output_of("cd '" + dir.path() + "' && qemu-img convert -f raw -O vdi -o " + option +
            " disk.raw image.vdi");
  compare(dir);
}

BOOST_AUTO_TEST_CASE(qemu_img_reads_what_the_builder_writes) {
  if (!have_programs({"qemu-img"})) {
    return;
  }
  const TempDir dir;
  constexpr std::size_t block = std::size_t{1} << 20;  // qemu-img takes no other size
  dir.write("image.vdi", fx::build_vdi({.block_size = block, .backwards = true},
                                       {{fx::VdiBlockKind::data, pattern(block, 1)},
                                        {},
                                        {fx::VdiBlockKind::zero},
                                        {fx::VdiBlockKind::data, pattern(block, 4)}}));
  output_of("cd '" + dir.path() + "' && qemu-img convert -f vdi -O raw image.vdi disk.raw");
  compare(dir);
}

BOOST_AUTO_TEST_SUITE_END()
