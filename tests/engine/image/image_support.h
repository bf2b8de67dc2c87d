// SPDX-License-Identifier: Apache-2.0
// Small Windows trees and images in memory for the tests of images and what is asked of them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/image/image.h"
#include "fixtures/build/hive_builder.h"
#include "fixtures/build/tree_writer.h"
#include "fixtures/recipes/image_recipe.h"
#include "tests/engine/image/tree_file_system.h"

namespace casement::test {

/// SYSTEM with Select and the control sets 1 to `sets`; `current` is what Select says.
fixture::HiveBuilder small_system(std::uint32_t current = 1, std::uint32_t sets = 1);
/// SOFTWARE with CurrentVersion.
fixture::HiveBuilder small_software(const std::string& system_root = "C:\\Windows",
                                    const std::string& installation_type = "Client");

/// Both hives, a kernel and a kernel32.dll below `directory` ("Windows").
void add_small_windows(fixture::Tree& tree, const std::string& directory,
                       const fixture::HiveBuilder& system, const fixture::HiveBuilder& software);
fixture::Tree small_windows();

/// The tree of a recipe by name, built once.
const fixture::Tree& recipe_tree(std::string_view name);

/// An image of these volumes, which are named "volume 1", "volume 2", ...
OpenedImage image_of(std::vector<std::shared_ptr<const TreeFileSystem>> volumes);
OpenedImage image_of(const fixture::Tree& tree);
std::shared_ptr<TreeFileSystem> volume_of(const fixture::Tree& tree);

/// Opens it, or fails the test.
ImagePtr open_tree(const fixture::Tree& tree, const ImageChoice& choice = {});

/// A hive in memory, or a failed test.
HivePtr open_hive(const fixture::HiveBuilder& builder);

/// A finding with that code whose text contains `word`.
bool has_finding(const Diagnostics& findings, std::string_view code, std::string_view word = {});

/// Evidence that contains `word`, and its points; nullopt: no such evidence.
std::optional<int> points_for(const std::vector<ScoreItem>& evidence, std::string_view word);

}  // namespace casement::test
