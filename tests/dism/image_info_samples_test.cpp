// SPDX-License-Identifier: Apache-2.0
// Published outputs of /Get-ImageInfo, made again from WIMs that say the same of themselves.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "fixtures/build/wim/wim_builder.h"
#include "tests/dism/dism_support.h"
#include "tests/dism/samples.h"
#include "tests/support/real_data.h"
#include "tests/support/temp_dir.h"

using namespace casement;
using namespace casement::test;

namespace {

/// A folder as current directory, for as long as this object lives.
class WorkingDirectory {
 public:
  explicit WorkingDirectory(const std::string& directory)
      : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(directory);
  }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory() {
    std::error_code ignored;
    std::filesystem::current_path(before_, ignored);
  }

 private:
  std::filesystem::path before_;
};

std::string without(std::string text, char unwanted) {
  std::erase(text, unwanted);
  return text;
}

std::string element(const std::string& name, const std::string& value) {
  return "<" + name + ">" + value + "</" + name + ">";
}

std::string time_element(const std::string& name, fixture::FileTicks time) {
  return element(name, element("HIGHPART", fmt::format("0x{:08X}", time >> 32U)) +
                           element("LOWPART", fmt::format("0x{:08X}", time & 0xFFFFFFFFU)));
}

struct Times {
  fixture::FileTicks created = 0;
  fixture::FileTicks modified = 0;
};

/// An <IMAGE> that says what the block says.
std::string image_xml(const Block& facts, const std::string& language, const Times& times) {
  const std::string& version = facts.at("Version");
  const std::size_t minor = version.find('.');
  const std::size_t build = version.rfind('.');
  const std::string size = facts.at("Size");
  std::string windows;
  windows += element("ARCH", "9");
  windows += element("EDITIONID", facts.at("Edition"));
  windows += element("INSTALLATIONTYPE", facts.at("Installation"));
  windows += element("PRODUCTTYPE", facts.at("ProductType"));
  windows += element("PRODUCTSUITE", facts.at("ProductSuite"));
  windows += element("LANGUAGES", element("LANGUAGE", language) + element("DEFAULT", language));
  windows += element("VERSION", element("MAJOR", version.substr(0, minor)) +
                                    element("MINOR", version.substr(minor + 1, build - minor - 1)) +
                                    element("BUILD", version.substr(build + 1)) +
                                    element("SPBUILD", facts.at("ServicePack Build")) +
                                    element("SPLEVEL", facts.at("ServicePack Level")));
  windows += element("SYSTEMROOT", facts.at("System Root"));
  std::string image;
  image += element("DIRCOUNT", facts.at("Directories"));
  image += element("FILECOUNT", facts.at("Files"));
  image += element("TOTALBYTES", without(size.substr(0, size.find(' ')), ','));
  image += time_element("CREATIONTIME", times.created);
  image += time_element("LASTMODIFICATIONTIME", times.modified);
  image += element("WINDOWS", windows);
  image += element("NAME", facts.at("Name"));
  image += element("DESCRIPTION", facts.at("Description"));
  return fmt::format("<IMAGE INDEX=\"{}\">{}</IMAGE>", facts.at("Index"), image);
}

/// A WIM under the very name that the sample has, whose last image says what the sample says.
std::string image_info(const std::string& expected, const std::string& language,
                       const Times& times) {
  const Block facts = blocks_with(expected, "Index").at(0);
  const unsigned long index = std::stoul(facts.at("Index"));
  std::string xml = "<WIM>";
  fixture::WimBuilder wim;
  for (unsigned long i = 1; i < index; ++i) {
    wim.add_image().file("\\a.txt", "content");
    xml += fmt::format("<IMAGE INDEX=\"{}\">{}</IMAGE>", i, element("NAME", "other"));
  }
  wim.add_image().file("\\a.txt", "content");
  xml += image_xml(facts, language, times) + "</WIM>";
  wim.options().raw_xml = fixture::wim_xml_bytes(std::u16string(xml.begin(), xml.end()));
  const fixture::ByteVector bytes = wim.build();

  const std::string heading = "Details for image : ";
  const std::size_t start = expected.find(heading) + heading.size();
  const std::string name = expected.substr(start, expected.find('\n', start) - start);
  const TempDir temp;
  (void)temp.write(name, std::as_bytes(std::span(bytes)));
  const WorkingDirectory here(temp.path());
  const LocalZone zone("UTC0");
  return run_dism({"/Get-ImageInfo", "/ImageFile:" + name, "/index:" + facts.at("Index")}).output;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dism_image_info_samples)

BOOST_AUTO_TEST_CASE(windows_11_pro_n) {
  if (!have_real_data()) {
    return;
  }
  std::string expected = sample("transcribed/win11_24H2_26100.1742_get-imageinfo_index7.txt");
  const std::string shown = image_info(expected, "en-GB",
                                       {.created = fixture::ticks_at(2024, 9, 6, 4, 26, 57),
                                        .modified = fixture::ticks_at(2024, 9, 6, 5, 6, 35)});
  // Of a British host; the page has spaces in place of a TAB. There are samples with and without
  // the blank line at the end: most have it.
  expected = replaced(expected, "06/09/2024 - 04:26:57", "9/6/2024 - 4:26:57 AM");
  expected = replaced(expected, "06/09/2024 - 05:06:35", "9/6/2024 - 5:06:35 AM");
  expected = replaced(expected, "        en-GB (Default)\nThe", "\ten-GB (Default)\n\nThe");
  BOOST_TEST(shown == expected);
}

BOOST_AUTO_TEST_CASE(windows_10_home) {
  if (!have_real_data()) {
    return;
  }
  std::string expected = sample("transcribed/get-wiminfo_win10_1903_index1.txt");
  const std::string shown = image_info(expected, "en-US",
                                       {.created = fixture::ticks_at(2019, 4, 1, 20, 9, 2),
                                        .modified = fixture::ticks_at(2019, 5, 21, 17, 19, 7)});
  // The page has joined the lines of the language.
  expected = replaced(expected, "Languages : en-US (Default)", "Languages :\n\ten-US (Default)");
  BOOST_TEST(shown == expected);
}

BOOST_AUTO_TEST_SUITE_END()
