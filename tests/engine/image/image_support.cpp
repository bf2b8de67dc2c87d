// SPDX-License-Identifier: Apache-2.0
// Building what the image tests look at.
#include "tests/engine/image/image_support.h"

#include <boost/test/unit_test.hpp>
#include <map>

#include "fixtures/build/pe_builder.h"
#include "tests/support/matchers.h"
#include "vfs/source/memory_source.h"

namespace casement::test {

fixture::HiveBuilder small_system(std::uint32_t current, std::uint32_t sets) {
  fixture::HiveBuilder hive;
  hive.key("Select")
      .set_dword("Current", current)
      .set_dword("Default", current)
      .set_dword("LastKnownGood", current)
      .set_dword("Failed", 0);
  for (std::uint32_t set = 1; set <= sets; ++set) {
    const std::string name = "ControlSet00" + std::to_string(set);
    hive.key(name + "\\Control\\ComputerName\\ComputerName")
        .set_string("ComputerName", "SET" + std::to_string(set));
    hive.key(name + "\\Control\\ProductOptions").set_string("ProductType", "WinNT");
  }
  return hive;
}

fixture::HiveBuilder small_software(const std::string& system_root,
                                    const std::string& installation_type) {
  fixture::HiveBuilder hive;
  hive.key("Microsoft\\Windows NT\\CurrentVersion")
      .set_string("ProductName", "Windows 10 Pro")
      .set_string("SystemRoot", system_root)
      .set_string("InstallationType", installation_type);
  return hive;
}

void add_small_windows(fixture::Tree& tree, const std::string& directory,
                       const fixture::HiveBuilder& system, const fixture::HiveBuilder& software) {
  const std::string system32 =
      directory.empty() ? std::string("System32") : directory + "/System32";
  tree.add_file(system32 + "/config/SYSTEM", system.build());
  tree.add_file(system32 + "/config/SOFTWARE", software.build());
  tree.add_file(system32 + "/ntoskrnl.exe", fixture::build_pe());
  tree.add_file(system32 + "/kernel32.dll", fixture::build_pe({.dll = true}));
}

fixture::Tree small_windows() {
  fixture::Tree tree;
  add_small_windows(tree, "Windows", small_system(), small_software());
  return tree;
}

const fixture::Tree& recipe_tree(std::string_view name) {
  static std::map<std::string, fixture::Tree, std::less<>> built;
  const auto known = built.find(name);
  if (known != built.end()) {
    return known->second;
  }
  const auto recipe = fixture::find_recipe(name);
  BOOST_REQUIRE(recipe.has_value());
  return built.emplace(std::string(name), fixture::build_image(*recipe)).first->second;
}

std::shared_ptr<TreeFileSystem> volume_of(const fixture::Tree& tree) {
  return std::make_shared<TreeFileSystem>(tree);
}

OpenedImage image_of(std::vector<std::shared_ptr<const TreeFileSystem>> volumes) {
  OpenedImage image;
  image.path = "/images/test";
  for (auto& file_system : volumes) {
    Volume volume;
    volume.index = static_cast<std::uint32_t>(image.volumes.size() + 1);
    volume.name = "volume " + std::to_string(volume.index);
    volume.file_system = std::move(file_system);
    image.volumes.push_back(std::move(volume));
  }
  return image;
}

OpenedImage image_of(const fixture::Tree& tree) {
  return image_of({volume_of(tree)});
}

ImagePtr open_tree(const fixture::Tree& tree, const ImageChoice& choice) {
  return must(Image::open(image_of(tree), choice));
}

HivePtr open_hive(const fixture::HiveBuilder& builder) {
  return must(Hive::open(make_memory_source(builder.build(), "hive")));
}

bool has_finding(const Diagnostics& findings, std::string_view code, std::string_view word) {
  for (const Diagnostic& finding : findings.items()) {
    if (finding.code == code && finding.text.find(word) != std::string::npos) {
      return true;
    }
  }
  return false;
}

std::optional<int> points_for(const std::vector<ScoreItem>& evidence, std::string_view word) {
  for (const ScoreItem& item : evidence) {
    if (item.what.find(word) != std::string::npos) {
      return item.points;
    }
  }
  return std::nullopt;
}

}  // namespace casement::test
