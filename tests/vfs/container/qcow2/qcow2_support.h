// SPDX-License-Identifier: Apache-2.0
// Built QCOW2 images in a folder in memory.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fixtures/build/disk/qcow2_builder.h"
#include "tests/vfs/container/disk_opener.h"
#include "tests/vfs/container/disk_support.h"
#include "vfs/container/qcow2/open_qcow2.h"

namespace casement::test {

namespace fx = casement::fixture;

inline fx::Qcow2Cluster data_cluster(std::uint32_t seed, std::size_t size = 512) {
  return {fx::Qcow2ClusterKind::data, pattern(size, seed)};
}

inline fx::Qcow2Cluster compressed_cluster(std::uint32_t seed, std::size_t size = 512) {
  return {fx::Qcow2ClusterKind::compressed, pattern(size, seed)};
}

inline fx::Qcow2Cluster zero_cluster() {
  return {fx::Qcow2ClusterKind::zero, {}};
}

/// One image of each kind of cluster: data, data, absent, zero, compressed.
inline fx::BuiltQcow2 mixed_image(const fx::Qcow2Options& options = {}) {
  const std::size_t size = std::size_t{1} << options.cluster_bits;
  return fx::build_qcow2(options, {data_cluster(1, size), data_cluster(2, size), fx::Qcow2Cluster(),
                                   options.version == 2 ? fx::Qcow2Cluster() : zero_cluster(),
                                   compressed_cluster(5, size)});
}

inline ByteVector mixed_disk(std::size_t size = 512) {
  return join({pattern(size, 1), pattern(size, 2), ByteVector(2 * size), pattern(size, 5)});
}

/// Opens "disk.qcow2" of a folder in memory.
struct Qcow2Folder {
  explicit Qcow2Folder(MemoryFolder::Files files, const Limits& limits = {})
      : folder(std::make_shared<MemoryFolder>(std::move(files))),
        opener(std::vector<ContainerFormat>{qcow2_format}, limits) {}
  explicit Qcow2Folder(ByteVector image)
      : Qcow2Folder(MemoryFolder::Files{{"disk.qcow2", std::move(image)}}) {}

  Result<OpenedContainer> open() const { return opener.open(folder, "disk.qcow2"); }

  ImageFolderPtr folder;
  DiskOpener opener;
};

}  // namespace casement::test
