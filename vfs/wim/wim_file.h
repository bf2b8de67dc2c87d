// SPDX-License-Identifier: Apache-2.0
// A WIM, ESD or SWM file with the parts of its set: images and blobs.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vfs/core/byte_source.h"
#include "vfs/core/diagnostics.h"
#include "vfs/core/guid.h"
#include "vfs/core/limits.h"
#include "vfs/core/result.h"
#include "vfs/fs/file_system.h"
#include "vfs/source/image_folder.h"
#include "vfs/wim/blob_store.h"
#include "vfs/wim/image_claims.h"

namespace casement::wim {

enum class Compression : std::uint8_t { none, xpress, lzx, lzms };

/// "none", "XPRESS", "LZX", "LZMS".
const char* to_string(Compression compression) noexcept;

/// The header, of the part that was named.
struct WimHeader {
  std::uint32_t version = 0;  // 0x00010D00, or 0x00000E00 when there are solid resources
  std::uint32_t flags = 0;    // as stored
  Compression compression = Compression::none;
  std::uint32_t chunk_size = 0;  // bytes, plain; 0 when nothing is compressed
  Guid guid;
  std::uint16_t part = 1;
  std::uint16_t part_count = 1;
  std::uint32_t image_count = 0;
  std::uint32_t boot_index = 0;  // 0: none
  bool pipable = false;
  bool has_integrity_table = false;
  bool read_only = false;
  bool reparse_points_fixed = false;  // absolute targets are relative to the image's root
  bool write_in_progress = false;     // whoever wrote it did not finish
};

/// What was decompressed so far: for benchmarks and for `--verbose`.
struct DecodedBytes {
  std::uint64_t metadata = 0;
  std::uint64_t blobs = 0;
};

/// Where a WIM is and what lies beside it.
struct WimLocation {
  SourcePtr source;
  std::string name;       // last component: "install2.swm"
  ImageFolderPtr folder;  // where the other parts are; never null
};

/// All parts of one WIM. Immutable; const calls are thread-safe.
class WimFile : public BlobStore {
 public:
  using BlobStore::open;

  /// Opens the header, the XML data and the tables. Any part of a split set may be named: the
  /// others are looked for beside it (by the numbering of names, then by GUID and part number among
  /// the folder's *.swm). A missing part is a finding; its blobs are then not_found and name it;
  /// without part 1 there are no images: not_found. unsupported: an encrypted ESD, a version that
  /// is not known. corrupt, truncated: headers or tables that cannot be used. XML that cannot be
  /// read is a finding ("wim-xml"); images then have an index alone.
  static Result<std::shared_ptr<const WimFile>> open(const WimLocation& location,
                                                     const Limits& limits);

  virtual const WimHeader& header() const noexcept = 0;

  /// One an image, by index from 1; the size is that of the metadata resources.
  virtual const std::vector<ImageClaims>& images() const noexcept = 0;

  /// The XML data in UTF-8, as stored but for its byte order mark; empty when there is none.
  virtual const std::string& xml() const noexcept = 0;

  /// Names of the parts that are open, in the order of their numbers.
  virtual std::vector<std::string> part_names() const = 0;

  /// The tree of image `index` (from 1). Nothing of it is read before it is asked for. not_found:
  /// no such image; the message says how many there are.
  virtual Result<FileSystemPtr> file_system(std::uint32_t index) const = 0;

  virtual Diagnostics diagnostics() const = 0;
  virtual DecodedBytes decoded() const noexcept = 0;
};

using WimFilePtr = std::shared_ptr<const WimFile>;

/// "MSWIM" or "WLPWM" at the start.
Result<bool> probe_wim(const ByteSource& source);

/// Index of the image that `name` means: <NAME>, else <DISPLAYNAME>, else <FLAGS> or the edition,
/// each without regard to case (an exact match first). nullopt: none. invalid_argument: more than
/// one, as the message lists.
Result<std::optional<std::uint32_t>> find_image(const WimFile& file, std::string_view name);

}  // namespace casement::wim
