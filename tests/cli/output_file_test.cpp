// SPDX-License-Identifier: Apache-2.0
#include "tools/casement/commands/output_file.h"

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/matchers.h"
#include "tests/support/temp_dir.h"
#include "vfs/source/file_source.h"

using namespace casement;
using namespace casement::cli;
using casement::test::is_ok;
using casement::test::is_status;
using casement::test::must;

namespace {

namespace fs = std::filesystem;

/// A host directory with an image file, an image directory and a file to be replaced.
struct Place {
  test::TempDir directory;
  std::string root = directory.path();
  std::string image = root + "/disk.img";
  std::string old = root + "/old";

  Place() {
    put(image, "the image");
    put(old, "the old file");
    fs::create_directories(root + "/tree/Windows");
  }

  static void put(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
  }
  static std::string get(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(root), fs::directory_iterator()));
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(output_file, Place)

BOOST_AUTO_TEST_CASE(makes_a_new_file) {
  OutputFile file = must(OutputFile::create(root + "/new", image, false));
  BOOST_TEST(is_ok(file.write("abc")));
  BOOST_TEST(is_ok(file.write("def")));
  BOOST_TEST(is_ok(file.commit()));
  BOOST_TEST(get(root + "/new") == "abcdef");
}

BOOST_AUTO_TEST_CASE(leaves_an_existing_file_alone_unless_told) {
  BOOST_TEST(is_status(OutputFile::create(old, image, false), Status::already_exists));
  BOOST_TEST(get(old) == "the old file");
}

BOOST_AUTO_TEST_CASE(replaces_a_file_at_the_end_and_not_before) {
  OutputFile file = must(OutputFile::create(old, image, true));
  BOOST_TEST(is_ok(file.write("new")));
  BOOST_TEST(get(old) == "the old file");
  BOOST_TEST(is_ok(file.commit()));
  BOOST_TEST(get(old) == "new");
}

BOOST_AUTO_TEST_CASE(leaves_nothing_behind_when_a_replacement_is_given_up) {
  const std::size_t before = files();
  {
    OutputFile file = must(OutputFile::create(old, image, true));
    BOOST_TEST(is_ok(file.write("half")));
    BOOST_TEST(files() == before + 1);
  }
  BOOST_TEST(files() == before);
  BOOST_TEST(get(old) == "the old file");
}

BOOST_AUTO_TEST_CASE(never_replaces_the_image_under_any_of_its_names) {
  fs::create_hard_link(image, root + "/hard");
  fs::create_symlink("disk.img", root + "/soft");
  for (const std::string& name : {image, root + "/hard", root + "/soft"}) {
    BOOST_TEST(is_status(OutputFile::create(name, image, true), Status::invalid_argument), name);
    BOOST_TEST(is_status(OutputFile::create(name, image, false), Status::invalid_argument), name);
  }
  BOOST_TEST(get(image) == "the image");
}

BOOST_AUTO_TEST_CASE(never_replaces_a_file_that_is_being_read) {
  const std::string parent = root + "/parent.vhdx";
  put(parent, "the parent disk");
  const SourcePtr source = must(open_file_source(parent));
  BOOST_TEST(is_status(OutputFile::create(parent, image, true), Status::invalid_argument));
  BOOST_TEST(get(parent) == "the parent disk");
}

BOOST_AUTO_TEST_CASE(never_replaces_a_segment_of_an_image_that_may_have_closed_it) {
  const std::string segment = root + "/disk.E02";
  put(segment, "EVF\x09\r\n\xFF a segment");
  BOOST_TEST(is_status(OutputFile::create(segment, image, true, ImageParts::ewf_segments),
                       Status::invalid_argument));
  BOOST_TEST(get(segment).ends_with("a segment"));
  BOOST_TEST(is_ok(OutputFile::create(old, image, true, ImageParts::ewf_segments)));
  BOOST_TEST(is_ok(OutputFile::create(root + "/new.E03", image, false, ImageParts::ewf_segments)));
  BOOST_TEST(is_ok(OutputFile::create(segment, image, true, ImageParts::open)));
}

BOOST_AUTO_TEST_CASE(writes_to_no_other_name_of_a_file_that_it_replaces) {
  fs::create_hard_link(old, root + "/other-name");
  OutputFile file = must(OutputFile::create(old, image, true));
  BOOST_TEST(is_ok(file.write("new")));
  BOOST_TEST(is_ok(file.commit()));
  BOOST_TEST(get(root + "/other-name") == "the old file");
}

BOOST_AUTO_TEST_CASE(makes_no_file_in_the_directory_of_an_image) {
  const std::string tree = root + "/tree";
  fs::create_symlink("tree/Windows", root + "/way-in");
  for (const std::string& name :
       {tree + "/new", tree + "/Windows/new", root + "/way-in/new", tree + "/../tree/new"}) {
    BOOST_TEST(is_status(OutputFile::create(name, tree, true), Status::invalid_argument), name);
  }
  BOOST_TEST(fs::is_empty(tree + "/Windows"));
  BOOST_TEST(is_ok(OutputFile::create(root + "/tree-beside", tree, false)));
}

BOOST_AUTO_TEST_CASE(refuses_directories_and_says_what_the_host_says) {
  BOOST_TEST(is_status(OutputFile::create(root, image, true), Status::invalid_argument));
  BOOST_TEST(is_status(OutputFile::create(root + "/none/x", image, true), Status::not_found));
}

BOOST_AUTO_TEST_CASE(writes_to_what_is_no_regular_file_when_told) {
  OutputFile file = must(OutputFile::create("/dev/null", image, true));
  BOOST_TEST(is_ok(file.write("nothing")));
  BOOST_TEST(is_ok(file.commit()));
  BOOST_TEST(fs::is_character_file("/dev/null"));
}

BOOST_AUTO_TEST_SUITE_END()
