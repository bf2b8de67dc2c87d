// SPDX-License-Identifier: Apache-2.0
// Built volumes please fsck.exfat and read like The Sleuth Kit reads them; made ones open.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"
#include "tests/vfs/exfat/exfat_support.h"
#include "tests/vfs/fat/oracle_support.h"
#include "vfs/source/file_source.h"

using namespace casement;        // NOLINT(google-build-using-namespace): test file
using namespace casement::test;  // NOLINT(google-build-using-namespace)

namespace {

fx::BuiltExfat rich(std::uint32_t sector_shift, std::uint32_t cluster_shift) {
  fx::ExfatOptions options{.sector_shift = sector_shift, .cluster_shift = cluster_shift};
  options.cluster_count = 3000;
  options.piece_clusters = 2;
  auto builder = exfat_sample(options);
  builder.add_file("Ünïcödé – 漢字.txt", "unicode",
                   {.modified = {2021, 3, 4, 5, 6, 8}, .zone = 0x80});
  builder.add_file("large.bin", pattern(200'000), {.fat_chain = true});
  for (int i = 0; i < 100; ++i) {
    builder.add_file(fmt::format("many/a file with a number {}", i), std::to_string(i));
  }
  return builder.build();
}

/// An image mounted for writing through FUSE, directly or, as exfat-fuse asks of root, through a
/// loop device.
class Mounted {
 public:
  Mounted(const std::string& image, std::string at) : at_(std::move(at)) {
    mounted_ = mount(image);
    if (!mounted_ && succeeds("losetup -f >/dev/null 2>&1")) {
      loop_ = output_of("losetup -f --show " + image + " 2>/dev/null || true");
      loop_ = loop_.substr(0, loop_.find('\n'));
      mounted_ = !loop_.empty() && mount(loop_);
    }
  }
  Mounted(const Mounted&) = delete;
  Mounted& operator=(const Mounted&) = delete;
  ~Mounted() { release(); }

  explicit operator bool() const { return mounted_; }
  /// Unmounts: everything is written then.
  void release() {
    if (mounted_) {
      BOOST_TEST(succeeds("fusermount -u " + at_));
      mounted_ = false;
    }
    if (!loop_.empty()) {
      BOOST_TEST(succeeds("losetup -d " + loop_));
      loop_.clear();
    }
  }

 private:
  bool mount(const std::string& what) const {
    return succeeds(fmt::format("mount.exfat-fuse {} {} >/dev/null 2>&1", what, at_));
  }

  std::string at_;
  std::string loop_;
  bool mounted_ = false;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exfat_oracle)

BOOST_AUTO_TEST_CASE(built_volumes_are_in_order_and_have_the_tree_that_the_sleuth_kit_sees) {
  if (!have_programs({"fsck.exfat", "fls", "icat", "sha256sum"})) {
    return;
  }
  for (const std::uint32_t sector_shift : {9U, 12U}) {
    for (const std::uint32_t cluster_shift : {0U, 3U}) {
      const TempDir folder;
      const std::string image = folder.write("image", rich(sector_shift, cluster_shift).bytes);
      const std::string report = output_of("fsck.exfat -n " + image + " 2>&1; echo exit code $?");
      BOOST_TEST(report.ends_with("exit code 0\n"), report);
      const auto volume = must(open_exfat(must(open_file_source(image))));
      BOOST_TEST(volume->diagnostics().empty());
      const auto ours = our_lines(volume, 2);
      BOOST_TEST(ours.size() == 111U);
      BOOST_TEST(ours == tsk_lines(image, "exfat"), boost::test_tools::per_element());
    }
  }
}

BOOST_AUTO_TEST_CASE(dump_exfat_reads_the_same_geometry) {
  if (!have_programs({"dump.exfat"})) {
    return;
  }
  const auto built = rich(9, 3);
  const TempDir folder;
  const std::string report = output_of(
      fmt::format("dump.exfat {} 2>&1 | tr -s '\\t' ' '", folder.write("image", built.bytes)));
  BOOST_TEST(mentions(report, {"Volume label: Дата", "Volume Serial: 0x1234abcd",
                               "Root Cluster (cluster offset): 4", "Free Clusters: 2836"}));
}

BOOST_AUTO_TEST_CASE(volumes_of_mkfs_exfat_open_without_a_finding) {
  if (!have_programs({"mkfs.exfat"})) {
    return;
  }
  for (const char* const options : {"-c 512", "-c 4K", "-c 32K"}) {
    const TempDir folder;
    const std::string image = folder.path() + "/image";
    (void)output_of(
        fmt::format("truncate -s 16M {0} && mkfs.exfat -L Etikett {1} {0}", image, options));
    const SourcePtr source = must(open_file_source(image));
    BOOST_TEST(must(probe_exfat(*source)));
    const auto volume = must(open_exfat(source));
    BOOST_TEST((volume->info().label == u"Etikett"));
    BOOST_TEST(names_in(*volume, volume->root()).empty());
    BOOST_TEST(volume->diagnostics().empty());
  }
}

BOOST_AUTO_TEST_CASE(files_written_through_a_mount_are_read) {
  if (!have_programs({"mkfs.exfat", "mount.exfat-fuse", "fusermount"})) {
    return;
  }
  const TempDir folder;
  const std::string image = folder.path() + "/image";
  const std::string mount = folder.make_dir("mount");
  (void)output_of(fmt::format("truncate -s 16M {0} && mkfs.exfat {0}", image));
  Mounted mounted(image, mount);
  if (!mounted) {
    BOOST_TEST_MESSAGE("SKIPPED files_written_through_a_mount_are_read: FUSE does not work here");
    return;
  }
  const TempDir outside;
  const std::string large = outside.write("large", pattern(500'000));
  const bool written = succeeds(fmt::format(
      "mkdir -p '{0}/Ein Verzeichnis/unten' && cp {1} '{0}/Ein Verzeichnis/unten/große Datei' && "
      "for i in $(seq 200); do echo $i > \"{0}/Ein Verzeichnis/file number $i\"; done && "
      "truncate -s 100000 {0}/sparse && rm '{0}/Ein Verzeichnis/file number 7'",
      mount, large));
  mounted.release();
  BOOST_REQUIRE(written);
  const auto volume = must(open_exfat(must(open_file_source(image))));
  BOOST_TEST(content_at(*volume, "ein verzeichnis/UNTEN/Große Datei") == text_of(pattern(500'000)));
  BOOST_TEST(content_at(*volume, "Ein Verzeichnis/file number 200") == "200\n");
  BOOST_TEST(content_at(*volume, "sparse") == std::string(100'000, '\0'));
  BOOST_TEST(names_in(*volume, entry_at(*volume, "Ein Verzeichnis").node).size() == 200U);
  BOOST_TEST(our_lines(volume, 2) == tsk_lines(image, "exfat"), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
