// SPDX-License-Identifier: Apache-2.0
// The options of each command, declared to CLI11 and then checked together; for args*.cpp alone.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "tools/casement/args.h"

namespace casement::cli {

/// The reason why the combination makes no sense, or nullopt.
using Objection = std::optional<std::string>;

/// IMAGE and --windows-dir.
void add_image_options(CLI::App& command, ImageOptions& options, const char* image_help);
/// --system-drive: for the commands that look at how the image boots.
void add_system_drive(CLI::App& command, ImageOptions& options);

/// Options of `reg` that decide others.
struct RegSwitches {
  bool recursive = false;
  bool json = false;
  bool jsonl = false;
  std::optional<std::uint32_t> depth;
};
void add_reg(CLI::App& program, RegOptions& options, RegSwitches& switches);
Objection settle(RegOptions& options, const RegSwitches& switches);

/// Options of the file commands as typed.
struct FileSwitches {
  std::optional<std::string> node;
};

struct LsSwitches {
  FileSwitches file;
  bool names = false;
  bool json = false;
  bool jsonl = false;
};
void add_ls(CLI::App& program, LsOptions& options, LsSwitches& switches);
Objection settle(LsOptions& options, const LsSwitches& switches);

struct CatSwitches {
  FileSwitches file;
  std::optional<std::string> range;
};
void add_cat(CLI::App& program, CatOptions& options, CatSwitches& switches);
Objection settle(CatOptions& options, const CatSwitches& switches);

void add_stat(CLI::App& program, StatOptions& options, FileSwitches& switches);
Objection settle(StatOptions& options, const FileSwitches& switches);

struct ImagesSwitches {
  bool list = false;
  bool json = false;
};
void add_images(CLI::App& program, ImagesOptions& options, ImagesSwitches& switches);
Objection settle(ImagesOptions& options, const ImagesSwitches& switches);

void add_verify(CLI::App& program, VerifyOptions& options);

struct MountSwitches {
  std::optional<std::string> streams;
};
void add_mount(CLI::App& program, MountOptions& options, MountSwitches& switches);
Objection settle(MountOptions& options, const MountSwitches& switches);

void add_umount(CLI::App& program, UmountOptions& options);
Objection settle(const UmountOptions& options);

/// Options of the listing commands as typed.
struct ListSwitches {
  bool json = false;
  bool csv = false;
  std::string states;  // with commas between them
};
void add_packages(CLI::App& program, PackagesOptions& options, ListSwitches& switches);
void add_features(CLI::App& program, FeaturesOptions& options, ListSwitches& switches);
void add_capabilities(CLI::App& program, CapabilitiesOptions& options, ListSwitches& switches);
void add_updates(CLI::App& program, UpdatesOptions& options, ListSwitches& switches);
void add_drivers(CLI::App& program, DriversOptions& options, ListSwitches& switches);
void add_apps(CLI::App& program, AppsOptions& options, ListSwitches& switches);
void add_editions(CLI::App& program, EditionsOptions& options, ListSwitches& switches);
void add_intl(CLI::App& program, IntlOptions& options, ListSwitches& switches);
void add_machine(CLI::App& program, MachineOptions& options, ListSwitches& switches);
Objection settle(PackagesOptions& options, const ListSwitches& switches);
Objection settle(FeaturesOptions& options, const ListSwitches& switches);
Objection settle(CapabilitiesOptions& options, const ListSwitches& switches);
Objection settle(UpdatesOptions& options, const ListSwitches& switches);
Objection settle(DriversOptions& options, const ListSwitches& switches);
Objection settle(AppsOptions& options, const ListSwitches& switches);
Objection settle(EditionsOptions& options, const ListSwitches& switches);
Objection settle(IntlOptions& options, const ListSwitches& switches);
Objection settle(MachineOptions& options, const ListSwitches& switches);

/// --json is accepted and changes nothing: there is no other format.
struct ReportSwitches {
  bool json = false;
};
void add_report(CLI::App& program, ReportOptions& options, ReportSwitches& switches);

/// Decimal, or hex after "0x"; nullopt for anything else.
std::optional<std::uint64_t> parse_number(std::string_view text) noexcept;

/// "OFFSET:LENGTH", "OFFSET:" or "OFFSET"; nullopt for anything else.
std::optional<ByteRange> parse_range(std::string_view text) noexcept;

}  // namespace casement::cli
