// SPDX-License-Identifier: Apache-2.0
// The command line: what was asked for, as values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tools/casement/exit_code.h"
#include "tools/casement/output.h"
#include "tools/casement/render/listing_style.h"

namespace casement::cli {

/// Which installation of which image. All text is UTF-8.
struct ImageOptions {
  std::string image;
  std::optional<std::string> windows_directory;
  std::optional<std::string> system_drive;
};

struct InfoOptions {
  ImageOptions image;
  bool json = false;
  bool evidence = false;
};

enum class RegFormat : std::uint8_t { text, reg, json, jsonl };

struct RegOptions {
  ImageOptions image;
  std::string key;  // empty: the root of a hive file, every hive of an image
  /// Levels of subkeys to print; nullopt: all of them. 0: the key alone, its subkeys by name.
  std::optional<std::uint32_t> depth = 0;
  std::optional<std::string> value;  // print this one alone; "" is the default value
  bool raw = false;                  // its bytes
  RegFormat format = RegFormat::text;
  bool deleted = false;               // what lies in free cells, instead of live keys
  bool full = false;                  // do not shorten binary data
  bool no_logs = false;               // the hive as it lies there
  bool quiet = false;                 // no notes
  std::optional<std::string> prefix;  // put before the keys of a hive file in .reg output
};

/// Which volume of an image, and a path on it.
struct FileOptions {
  std::string path;                   // empty: not given
  std::optional<std::string> volume;  // as typed: "2", "p3"
  std::optional<std::uint64_t> node;  // instead of a path: what `ls --deleted` and JSON give
};

enum class ListFormat : std::uint8_t { text, names, json, jsonl };

struct LsOptions {
  ImageOptions image;
  FileOptions file;
  ListFormat format = ListFormat::text;
  bool recursive = false;
  bool short_names = false;
  bool streams = false;
  bool deleted = false;
  bool no_follow = false;  // the link that PATH names, not what it leads to
};

/// A part of a stream.
struct ByteRange {
  std::uint64_t offset = 0;
  std::optional<std::uint64_t> length;  // nullopt: to the end
};

struct CatOptions {
  ImageOptions image;
  FileOptions file;
  std::optional<ByteRange> range;
  std::optional<std::string> output;  // a file of the host; nullopt: standard output
  bool force = false;                 // overwrite, or binary data to a terminal
  bool decode = false;                // a compressed manifest as its XML
};

struct StatOptions {
  ImageOptions image;
  FileOptions file;
  bool follow = false;
  bool json = false;
};

enum class ImagesFormat : std::uint8_t { table, list, json };

struct ImagesOptions {
  ImageOptions image;
  ImagesFormat format = ImagesFormat::table;
};

struct VerifyOptions {
  ImageOptions image;
  unsigned threads = 0;  // 0: all processors
  bool json = false;
};

/// Without an image: list what is mounted.
struct MountOptions {
  ImageOptions image;
  std::string directory;
  std::optional<std::string> volume;  // as typed: "2", "p3"
  bool all = false;                   // every volume, each in a directory of its own
  bool case_sensitive = false;
  bool windows_streams = false;  // FILE:STREAM is a file
  bool allow_other = false;
  bool foreground = false;
  bool json = false;
};

struct UmountOptions {
  std::string directory;
  bool lazy = false;  // also while it is in use
  bool dead = false;  // instead of one directory: every mount whose server is gone
};

/// What the commands that list parts of an installation have in common.
struct ListOptions {
  ImageOptions image;
  std::string name;  // details of this one item; empty: all of them
  ListingStyle style;
  std::optional<std::string> match;  // a pattern for names
  std::vector<std::string> states;   // codes of states; empty: any
};

struct PackagesOptions : ListOptions {
  bool all = false;  // hidden ones too
};

struct FeaturesOptions : ListOptions {
  std::optional<std::string> package;  // those of this package
  bool tree = false;
};

struct CapabilitiesOptions : ListOptions {};

struct DriversOptions : ListOptions {
  bool all = false;  // inbox ones too
  bool devices = false;
  std::optional<std::string> class_name;  // patterns
  std::optional<std::string> provider;
};

struct AppsOptions : ListOptions {
  bool msi = false;
};

struct UpdatesOptions : ListOptions {};
struct EditionsOptions : ListOptions {};
struct IntlOptions : ListOptions {};
struct MachineOptions : ListOptions {};

struct ReportOptions {
  ImageOptions image;
  bool evidence = false;
  bool devices = false;
};

using Command =
    std::variant<InfoOptions, RegOptions, LsOptions, CatOptions, StatOptions, ImagesOptions,
                 VerifyOptions, MountOptions, UmountOptions, PackagesOptions, FeaturesOptions,
                 CapabilitiesOptions, DriversOptions, AppsOptions, UpdatesOptions, EditionsOptions,
                 IntlOptions, MachineOptions, ReportOptions>;

/// The command, or the exit code when nothing is left to do: help was printed to `out`, or a usage
/// error to standard error.
std::variant<Command, ExitCode> parse_arguments(int count, const char* const* arguments,
                                                Output& out);

/// The UTF-16 of an argument: parse_arguments() has checked that all are UTF-8.
std::u16string to_units(std::string_view argument);

}  // namespace casement::cli
