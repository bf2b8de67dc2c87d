// SPDX-License-Identifier: Apache-2.0
// The options of the commands that ask an installation.
#include <fmt/format.h>

#include <string_view>

#include "tools/casement/args_parts.h"
#include "tools/casement/commands/item_choice.h"
#include "tools/casement/help_questions.h"
#include "tools/casement/help_text.h"
#include "tools/casement/render/words.h"

namespace casement::cli {
namespace {

constexpr const char* image_help = "The image with the installation";

/// IMAGE, the formats and --evidence.
CLI::App& add_question(CLI::App& program, const char* name, const char* what, const char* footer,
                       ListOptions& options, ListSwitches& switches) {
  CLI::App* command = program.add_subcommand(name, what);
  add_image_options(*command, options.image, image_help);
  command->add_flag("--evidence", options.style.evidence, "Say where each fact was read");
  command->add_flag("--json", switches.json, "Print JSON");
  command->add_flag("--csv", switches.csv, "Print CSV (RFC 4180), the names of the fields first");
  command->footer(help::below_options(footer));
  return *command;
}

void add_name(CLI::App& command, ListOptions& options, const char* help) {
  command.add_option("NAME", options.name, help)->type_name("");
}

void add_match(CLI::App& command, ListOptions& options) {
  command
      .add_option("--match", options.match,
                  "Only names like this: * is any text, ? one character; without\n"
                  "either it may be any part of the name")
      ->type_name("PATTERN");
}

void add_states(CLI::App& command, ListSwitches& switches, const char* help) {
  command.add_option("--state", switches.states, help)->type_name("STATE,...");
}

Objection settle_states(ListOptions& options, const ListSwitches& switches,
                        std::span<const Choice> states) {
  std::string_view rest = switches.states;
  while (!rest.empty()) {
    const std::string_view typed = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(typed.size() + 1, rest.size()));
    const auto state = find_state(typed, states);
    if (!state) {
      std::string known;
      for (const Choice& choice : states) {
        known += fmt::format("{}{}", known.empty() ? "" : ", ", choice.code);
      }
      return fmt::format("no such state: '{}'; there are: {}", typed, known);
    }
    options.states.push_back(*state);
  }
  return std::nullopt;
}

Objection settle_list(ListOptions& options, const ListSwitches& switches,
                      std::span<const Choice> states = {}) {
  if (switches.json && switches.csv) {
    return "--json and --csv exclude each other";
  }
  options.style.format = switches.json  ? ListingFormat::json
                         : switches.csv ? ListingFormat::csv
                                        : ListingFormat::text;
  if (!options.name.empty() && (options.match || !switches.states.empty())) {
    return "NAME is one item: leave out --match and --state";
  }
  return settle_states(options, switches, states);
}

}  // namespace

void add_packages(CLI::App& program, PackagesOptions& options, ListSwitches& switches) {
  CLI::App& command = add_question(program, "packages", "List the servicing packages",
                                   help::packages_footer, options, switches);
  add_name(command, options,
           "Everything about this one: its identity, or the part before the first ~");
  add_states(command, switches, "Only those in one of these states, e.g. installed,staged");
  add_match(command, options);
  command.add_flag("-a,--all", options.all, "Hidden ones too");
}

void add_features(CLI::App& program, FeaturesOptions& options, ListSwitches& switches) {
  CLI::App& command = add_question(program, "features", "List the optional features",
                                   help::features_footer, options, switches);
  add_name(command, options, "Everything about this feature");
  add_states(command, switches, "Only those in one of these states, e.g. enabled");
  add_match(command, options);
  command.add_flag("--parents", options.tree, "Print each feature below those that it needs");
  command.add_option("--package", options.package, "The features of this package [the foundation]")
      ->type_name("NAME");
}

void add_capabilities(CLI::App& program, CapabilitiesOptions& options, ListSwitches& switches) {
  CLI::App& command =
      add_question(program, "capabilities", "List the capabilities (features on demand)",
                   help::capabilities_footer, options, switches);
  add_name(command, options,
           "Everything about this one: its identity, or the part before the first ~");
  add_states(command, switches, "Only those in one of these states, e.g. installed");
  add_match(command, options);
}

void add_updates(CLI::App& program, UpdatesOptions& options, ListSwitches& switches) {
  CLI::App& command = add_question(program, "updates", "List the updates, by KB number",
                                   help::updates_footer, options, switches);
  add_name(command, options, "Everything about this one: KB5030219 or 5030219");
  add_states(command, switches, "Only those in one of these states, e.g. installed");
  add_match(command, options);
}

void add_drivers(CLI::App& program, DriversOptions& options, ListSwitches& switches) {
  CLI::App& command = add_question(program, "drivers", "List the driver packages",
                                   help::drivers_footer, options, switches);
  add_name(command, options,
           "Everything about this one: oem0.inf, its original name or its package id");
  add_match(command, options);
  command.add_option("--class", options.class_name, "Only those of this class, e.g. Net")
      ->type_name("PATTERN");
  command.add_option("--provider", options.provider, "Only those of this provider")
      ->type_name("PATTERN");
  command.add_flag("-a,--all", options.all, "Those that came with Windows too");
  command.add_flag("--devices", options.devices, "The devices that they serve, by hardware id");
}

void add_apps(CLI::App& program, AppsOptions& options, ListSwitches& switches) {
  CLI::App& command = add_question(program, "apps", "List the apps provisioned for new users",
                                   help::apps_footer, options, switches);
  add_name(command, options, "Everything about this one: its name, full name or product code");
  add_match(command, options);
  command.add_flag("--msi", options.msi, "The products of Windows Installer instead");
}

void add_editions(CLI::App& program, EditionsOptions& options, ListSwitches& switches) {
  add_question(program, "editions", "Say which edition it is, and which it can become",
               help::editions_footer, options, switches);
}

void add_intl(CLI::App& program, IntlOptions& options, ListSwitches& switches) {
  add_question(program, "intl", "Say its languages, locales, keyboards and time zone",
               help::intl_footer, options, switches);
}

void add_machine(CLI::App& program, MachineOptions& options, ListSwitches& switches) {
  add_question(program, "machine", "Say what identifies the machine: keys, names, hardware",
               help::machine_footer, options, switches);
}

void add_report(CLI::App& program, ReportOptions& options, ReportSwitches& switches) {
  CLI::App* report = program.add_subcommand("report", "Print everything as one JSON document");
  add_image_options(*report, options.image, image_help);
  report->add_flag("--json", switches.json, "Print JSON: there is no other format");
  report->add_flag("--devices", options.devices, "With the devices that each driver serves");
  report->add_flag("--evidence", options.evidence, "Say where each fact was read");
  report->footer(help::below_options(help::report_footer));
}

Objection settle(PackagesOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches, all_package_states());
}
Objection settle(CapabilitiesOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches, all_package_states());
}
Objection settle(UpdatesOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches, all_package_states());
}
Objection settle(AppsOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches);
}
Objection settle(EditionsOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches);
}
Objection settle(IntlOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches);
}
Objection settle(MachineOptions& options, const ListSwitches& switches) {
  return settle_list(options, switches);
}

Objection settle(FeaturesOptions& options, const ListSwitches& switches) {
  if (options.tree && (switches.json || switches.csv || options.style.evidence)) {
    return "--parents prints a tree for people: JSON and CSV have parents and children anyway";
  }
  if (options.tree && !options.name.empty()) {
    return "--parents prints many features: leave out NAME, or use --match";
  }
  return settle_list(options, switches, all_feature_states());
}

Objection settle(DriversOptions& options, const ListSwitches& switches) {
  if (!options.name.empty() && (options.all || options.class_name || options.provider)) {
    return "NAME is one driver: leave out --all, --class and --provider";
  }
  return settle_list(options, switches);
}

}  // namespace casement::cli
