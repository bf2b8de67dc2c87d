// SPDX-License-Identifier: Apache-2.0
// The file of the host that `casement cat -o` writes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "vfs/core/result.h"

namespace casement::cli {

/// How the image that is being read lies on the host.
enum class ImageParts : std::uint8_t {
  open,          // every file of it is open while it is read
  ewf_segments,  // beside those there may be segments that are not open at the moment
};

/// A file being written. A new file is made at once. One that is to be replaced stays as it is
/// until commit(): the bytes go to a new file beside it, so that no existing file, whatever other
/// names it has, is ever written to.
class OutputFile {
 public:
  /// `image`: the host path of the image that is being read, `parts` how much of it is open.
  /// already_exists: `path` is there and `replace` is false. invalid_argument: it is a directory or
  /// a block device, or a file that the image consists of: one that is open here, one that lies
  /// in the image's directory, or any EWF segment where not all of them are open. Others as the
  /// host says.
  static Result<OutputFile> create(const std::string& path, const std::string& image, bool replace,
                                   ImageParts parts = ImageParts::open);

  OutputFile(OutputFile&& other) noexcept;
  OutputFile& operator=(OutputFile&&) = delete;
  /// Takes a replacement that was not committed away.
  ~OutputFile();

  Result<void> write(std::string_view bytes);
  /// Puts the file into its place. Call once, at the end.
  Result<void> commit();

 private:
  OutputFile(int descriptor, std::string path, std::string written)
      : descriptor_(descriptor), path_(std::move(path)), written_(std::move(written)) {}

  int descriptor_;
  std::string path_;
  std::string written_;  // where the bytes go until commit(); the same as path_ for a new file
};

}  // namespace casement::cli
