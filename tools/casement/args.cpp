// SPDX-License-Identifier: Apache-2.0
// The command line, by CLI11; no other file knows it.
#include "tools/casement/args.h"

#include <fmt/format.h>

#include <string_view>
#include <type_traits>

#include "tools/casement/args_parts.h"
#include "tools/casement/help_text.h"
#include "tools/casement/messages.h"
#include "vfs/core/utf16.h"

namespace casement::cli {
namespace {

constexpr const char* command_names =
    "apps, capabilities, cat, drivers, editions, features, images, info, intl, ls, machine, "
    "mount, packages, "
    "reg, report, stat, umount, updates, verify";

void add_info(CLI::App& program, InfoOptions& options) {
  CLI::App* info = program.add_subcommand("info", "Say which Windows is in an image");
  add_image_options(*info, options.image,
                    "The image: a disk image, or the root directory of a Windows system drive");
  add_system_drive(*info, options.image);
  info->add_flag("--evidence", options.evidence,
                 "Say for every fact where it was read, and for every choice\nwhat spoke for it");
  info->add_flag("--json", options.json, "Print JSON");
  info->footer(help::below_options(help::info_footer));
}

ExitCode usage_error(std::string_view text, std::string_view command) {
  say_error(text);
  say_hint(fmt::format("casement{}{} --help explains the arguments", command.empty() ? "" : " ",
                       command));
  return ExitCode::usage;
}

/// Arguments are UTF-8 everywhere in the program; one that is not could never be found or printed.
std::optional<int> first_invalid_argument(int count, const char* const* arguments) {
  for (int i = 1; i < count; ++i) {
    if (!from_utf8(arguments[i])) {
      return i;
    }
  }
  return std::nullopt;
}

/// IMAGE was given as ''. `mount` and `umount` can do without one.
bool has_empty_image(const Command& command) {
  return std::visit(
      []<class Options>(const Options& options) {
        if constexpr (std::is_same_v<Options, MountOptions> ||
                      std::is_same_v<Options, UmountOptions>) {
          return false;
        } else {
          return options.image.image.c_str()[0] == '\0';
        }
      },
      command);
}

/// What all commands were given; one of them is chosen.
class Commands {
 public:
  explicit Commands(CLI::App& program) {
    add_info(program, info_);
    add_images(program, images_, images_switches_);
    add_ls(program, ls_, ls_switches_);
    add_cat(program, cat_, cat_switches_);
    add_stat(program, stat_, stat_switches_);
    add_reg(program, reg_, reg_switches_);
    add_verify(program, verify_);
    add_mount(program, mount_, mount_switches_);
    add_umount(program, umount_);
    add_packages(program, packages_, list_switches_);
    add_features(program, features_, list_switches_);
    add_capabilities(program, capabilities_, list_switches_);
    add_updates(program, updates_, list_switches_);
    add_drivers(program, drivers_, list_switches_);
    add_apps(program, apps_, list_switches_);
    add_editions(program, editions_, list_switches_);
    add_intl(program, intl_, list_switches_);
    add_machine(program, machine_, list_switches_);
    add_report(program, report_, report_switches_);
  }

  /// The options of the command `name`, or why they make no sense.
  std::variant<Command, std::string> choose(std::string_view name) {
    if (name == "info") {
      return info_;
    }
    if (name == "images") {
      return settled(images_, images_switches_);
    }
    if (name == "verify") {
      return verify_;
    }
    if (name == "ls") {
      return settled(ls_, ls_switches_);
    }
    if (name == "cat") {
      return settled(cat_, cat_switches_);
    }
    if (name == "stat") {
      return settled(stat_, stat_switches_);
    }
    if (name == "mount") {
      return settled(mount_, mount_switches_);
    }
    if (name == "umount") {
      return settled(umount_);
    }
    if (name == "reg") {
      return settled(reg_, reg_switches_);
    }
    return choose_question(name);
  }

 private:
  /// The commands that ask an installation. One command is parsed, so that they share the switches.
  std::variant<Command, std::string> choose_question(std::string_view name) {
    if (name == "packages") {
      return settled(packages_, list_switches_);
    }
    if (name == "features") {
      return settled(features_, list_switches_);
    }
    if (name == "capabilities") {
      return settled(capabilities_, list_switches_);
    }
    if (name == "updates") {
      return settled(updates_, list_switches_);
    }
    if (name == "drivers") {
      return settled(drivers_, list_switches_);
    }
    if (name == "apps") {
      return settled(apps_, list_switches_);
    }
    if (name == "editions") {
      return settled(editions_, list_switches_);
    }
    if (name == "intl") {
      return settled(intl_, list_switches_);
    }
    if (name == "machine") {
      return settled(machine_, list_switches_);
    }
    return report_;
  }

  template <class Options, class... Switches>
  static std::variant<Command, std::string> settled(Options& options, const Switches&... switches) {
    if (auto objection = settle(options, switches...)) {
      return *std::move(objection);
    }
    return options;
  }

  InfoOptions info_;
  ImagesOptions images_;
  ImagesSwitches images_switches_;
  VerifyOptions verify_;
  LsOptions ls_;
  LsSwitches ls_switches_;
  CatOptions cat_;
  CatSwitches cat_switches_;
  StatOptions stat_;
  FileSwitches stat_switches_;
  RegOptions reg_;
  RegSwitches reg_switches_;
  MountOptions mount_;
  MountSwitches mount_switches_;
  UmountOptions umount_;
  PackagesOptions packages_;
  FeaturesOptions features_;
  CapabilitiesOptions capabilities_;
  UpdatesOptions updates_;
  DriversOptions drivers_;
  AppsOptions apps_;
  EditionsOptions editions_;
  IntlOptions intl_;
  MachineOptions machine_;
  ListSwitches list_switches_;
  ReportOptions report_;
  ReportSwitches report_switches_;
};

ExitCode explain(const CLI::ParseError& error, const CLI::App& program, int count,
                 const char* const* arguments) {
  const auto parsed = program.get_subcommands();
  if (!parsed.empty()) {
    return usage_error(error.what(), parsed.front()->get_name());
  }
  if (count == 1) {
    return usage_error(fmt::format("which command? There are: {}", command_names), "");
  }
  const std::string_view first = arguments[1];
  if (!first.starts_with('-')) {
    return usage_error(fmt::format("no such command: '{}'; there are: {}", first, command_names),
                       "");
  }
  return usage_error(error.what(), "");
}

}  // namespace

void add_image_options(CLI::App& command, ImageOptions& options, const char* image_help) {
  command.add_option("IMAGE", options.image, image_help)->required()->type_name("");
  command
      .add_option("--windows-dir", options.windows_directory,
                  "The Windows directory to use when there are several,\n"
                  "e.g. 'Windows.old\\Windows'")
      ->type_name("DIR");
}

void add_system_drive(CLI::App& command, ImageOptions& options) {
  command
      .add_option("--system-drive", options.system_drive,
                  "The drive that holds the boot manager, e.g. S:")
      ->type_name("X:");
}

std::variant<Command, ExitCode> parse_arguments(int count, const char* const* arguments,
                                                Output& out) {
  if (const auto index = first_invalid_argument(count, arguments)) {
    return usage_error(fmt::format("argument {} is not UTF-8: {}", *index, arguments[*index]), "");
  }
  CLI::App program{"Answers what is in a Windows image that is not running.", "casement"};
  program.set_version_flag("--version", std::string("casement ") + CASEMENT_VERSION,
                           "Print the version and exit");
  program.set_help_flag("-h,--help", "Print this help and exit");
  program.get_formatter()->column_width(26);
  program.require_subcommand(1);
  program.footer(help::program_footer);
  Commands commands(program);
  try {
    program.parse(count, arguments);
  } catch (const CLI::CallForVersion& version) {
    out.text() += version.what();
    out.text() += '\n';
    return ExitCode::ok;
  } catch (const CLI::CallForHelp&) {
    out.text() += program.help();
    return ExitCode::ok;
  } catch (const CLI::ParseError& error) {
    return explain(error, program, count, arguments);
  }
  const std::string name = program.get_subcommands().front()->get_name();
  auto chosen = commands.choose(name);
  if (const auto* objection = std::get_if<std::string>(&chosen)) {
    return usage_error(*objection, name);
  }
  auto& command = std::get<Command>(chosen);
  if (has_empty_image(command)) {
    return usage_error("IMAGE is empty", name);
  }
  return std::move(command);
}

std::u16string to_units(std::string_view argument) {
  return from_utf8(argument).value_or(std::u16string());
}

}  // namespace casement::cli
