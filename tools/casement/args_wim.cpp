// SPDX-License-Identifier: Apache-2.0
// The options of `casement images` and `verify`.
#include "tools/casement/args_parts.h"
#include "tools/casement/help_text.h"

namespace casement::cli {

void add_images(CLI::App& program, ImagesOptions& options, ImagesSwitches& switches) {
  CLI::App* images = program.add_subcommand("images", "List the images in a WIM, ESD, SWM or ISO");
  images
      ->add_option("IMAGE", options.image.image,
                   "A WIM, ESD, SWM, an ISO with one, or a disk image")
      ->required()
      ->type_name("");
  images->add_flag("-l,--list", switches.list, "Print everything that is known of each image");
  images->add_flag("--json", switches.json, "Print JSON");
  images->footer(help::below_options(help::images_footer));
}

Objection settle(ImagesOptions& options, const ImagesSwitches& switches) {
  if (switches.list && switches.json) {
    return "--list and --json exclude each other: JSON has everything";
  }
  options.format = switches.json   ? ImagesFormat::json
                   : switches.list ? ImagesFormat::list
                                   : ImagesFormat::table;
  return std::nullopt;
}

void add_verify(CLI::App& program, VerifyOptions& options) {
  CLI::App* verify = program.add_subcommand("verify", "Check every byte of a WIM, ESD or SWM");
  verify->add_option("IMAGE", options.image.image, "A WIM, ESD, SWM, or an ISO with one")
      ->required()
      ->type_name("");
  verify->add_option("--threads", options.threads, "Processors to use [all]")
      ->type_name("N")
      ->check(CLI::Range(1U, 1024U));
  verify->add_flag("--json", options.json, "Print JSON");
  verify->footer(help::below_options(help::verify_footer));
}

}  // namespace casement::cli
