// SPDX-License-Identifier: Apache-2.0
// Writes the disk that an image file holds to standard output: disk_bytes IMAGE.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <span>
#include <vector>

#include "vfs/core/result.h"
#include "vfs/open/disk_stack.h"
#include "vfs/open/image_folder.h"
#include "vfs/source/file_source.h"

namespace {

using namespace casement;

Result<void> copy_disk(const std::filesystem::path& path) {
  constexpr std::uint64_t step = std::uint64_t{1} << 20;
  ContainerFile file;
  file.source = CASEMENT_TRY(open_file_source(path.string()));
  file.name = path.filename().string();
  file.folder = make_host_folder(path.parent_path().string());
  const DiskStack stack = CASEMENT_TRY(open_disk_stack(file, {}));
  std::vector<std::byte> piece(step);
  for (std::uint64_t offset = 0; offset < stack.disk->size(); offset += step) {
    const std::uint64_t length = std::min(step, stack.disk->size() - offset);
    CASEMENT_TRY(stack.disk->read(offset, std::span(piece).first(length)));
    std::cout.write(reinterpret_cast<const char*>(piece.data()),  // NOLINT
                    static_cast<std::streamsize>(length));
  }
  return {};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: disk_bytes IMAGE\n";
    return 2;
  }
  const auto copied = copy_disk(argv[1]);
  if (!copied) {
    std::cerr << copied.error().message() << '\n';
    return 1;
  }
  return std::cout.flush() ? 0 : 1;
}
