// SPDX-License-Identifier: Apache-2.0
// From reparse data to a resource.
#include "vfs/wim/tree_wof.h"

#include <fmt/format.h>

#include <array>
#include <memory>
#include <utility>

#include "vfs/wim/read_state.h"
#include "vfs/wim/resource.h"
#include "vfs/wim/wof_layout.h"

namespace casement::wim {
namespace {

/// By algorithm number.
constexpr std::array<ResourceFormat, 4> formats = {{
    {Compression::xpress, 4U << 10, ChunkTableKind::leading},
    {Compression::lzx, 32U << 10, ChunkTableKind::leading},
    {Compression::xpress, 8U << 10, ChunkTableKind::leading},
    {Compression::xpress, 16U << 10, ChunkTableKind::leading},
}};

}  // namespace

Result<ResourceFormat> parse_wof_data(Bytes reparse_data) {
  const auto header = CASEMENT_TRY(load<wof_layout::Header>(reparse_data, 0, "WOF reparse data"));
  if (header.version.value() == 1 && header.provider.value() == wof_layout::provider_wim) {
    return fail(Status::unsupported,
                "its content is in a WIM outside of the volume that was captured (WIMBoot)");
  }
  if (header.version.value() != 1 || header.provider.value() != wof_layout::provider_file) {
    return fail(Status::unsupported,
                fmt::format("WOF reparse data of version {}, provider {}; known are version 1 with "
                            "provider 1 (WIM) or 2 (file)",
                            header.version.value(), header.provider.value()));
  }
  const auto file = CASEMENT_TRY(
      load<wof_layout::FileProvider>(reparse_data, sizeof(header), "WOF reparse data of a file"));
  if (file.version.value() != 1 || file.algorithm.value() >= formats.size()) {
    return fail(Status::unsupported,
                fmt::format("WOF file provider of version {}, algorithm {}; known are version 1 "
                            "with algorithms 0 to 3",
                            file.version.value(), file.algorithm.value()));
  }
  return formats[file.algorithm.value()];
}

Result<SourcePtr> open_wof_stream(SourcePtr packed, const ResourceFormat& format,
                                  std::uint64_t plain_size, const Limits& limits) {
  ResourceSpec spec;
  spec.location.stored_size = packed->size();
  spec.location.size = plain_size;
  spec.location.flags = wim_layout::resource_flag::compressed;
  spec.format = format;
  spec.label = "its content of CompactOS";
  spec.file = std::move(packed);
  return open_resource(spec, std::make_shared<ReadState>(limits), limits);
}

}  // namespace casement::wim
