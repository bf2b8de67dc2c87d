// SPDX-License-Identifier: Apache-2.0
// From words to a request.
#include "tools/dism/options.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "tools/dism/command_line.h"

namespace casement::dism {
namespace {

/// '\' separates as well, unless the host has a file of that very name.
std::string host_path(std::string_view typed) {
  std::string path(typed);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) {
    std::ranges::replace(path, '\\', '/');
  }
  return path;
}

bool is_help(const Word& word) {
  return word.option &&
         (word.name == "?" || same_name(word.name, "help") || same_name(word.name, "get-help"));
}

class Parser {
 public:
  explicit Parser(std::span<const std::string> arguments) : words_(parse_words(arguments)) {}

  Request parse() {
    find_help();
    find_command_word();
    for (const Word& word : words_) {
      if (is_help(word)) {
        continue;
      }
      if (!word.option) {
        complain(usage::not_recognized(word.text), false);
      } else if (const OptionRule* global = find_option(global_options(), word.name)) {
        take_global(*global, word);
      } else if (&word == command_word_) {
        take_command(word);
      } else {
        take_option(word);
      }
    }
    return std::move(request_);
  }

 private:
  /// The first mistake is the one that is told.
  void complain(Refusal refusal, bool after_image) {
    if (!request_.error) {
      request_.error = UsageError{.refusal = std::move(refusal), .after_image = after_image};
    }
  }

  void find_help() {
    const auto help = std::ranges::find_if(words_, is_help);
    if (help == words_.end()) {
      return;
    }
    request_.help = true;
    request_.help_misplaced = help + 1 != words_.end();
    if (help != words_.begin()) {
      const Word& before = *(help - 1);
      request_.help_topic = before.option ? before.name : before.text;
    }
  }

  void find_command_word() {
    const auto found = std::ranges::find_if(
        words_, [](const Word& word) { return word.option && find_command(word.name) != nullptr; });
    command_word_ = found == words_.end() ? nullptr : &*found;
    request_.command = command_word_ == nullptr ? nullptr : find_command(command_word_->name);
  }

  static std::string spelled(const Word& word) { return "/" + word.name; }

  /// Whether the word has a value exactly when its rule wants one.
  bool check_argument(const OptionRule& rule, const Word& word, bool after_image) {
    const bool given = word.value && !word.value->empty();
    if (rule.argument == Argument::required && !given) {
      complain(usage::missing_argument(spelled(word)), after_image);
      return false;
    }
    if (rule.argument == Argument::none && word.value) {
      complain(usage::unwanted_argument(spelled(word)), after_image);
      return false;
    }
    return true;
  }

  void take_global(const OptionRule& rule, const Word& word) {
    if (std::ranges::find(globals_seen_, &rule) != globals_seen_.end()) {
      complain(usage::duplicated(spelled(word)), false);
      return;
    }
    globals_seen_.push_back(&rule);
    if (check_argument(rule, word, false)) {
      set_global(rule, word);
    }
  }

  void set_global(const OptionRule& rule, const Word& word) {
    GlobalOptions& global = request_.global;
    const std::string value = word.value.value_or(std::string());
    if (rule.name == "Image") {
      global.image = value;
    } else if (rule.name == "Online") {
      global.online = true;
    } else if (rule.name == "Format") {
      set_format(word);
    } else if (rule.name == "LogPath") {
      global.log_path = host_path(value);
    } else if (rule.name == "LogLevel") {
      set_log_level(value);
    } else if (rule.name == "ScratchDir") {
      global.scratch_directory = host_path(value);
    } else if (rule.name == "Quiet") {
      global.quiet = true;
    } else if (rule.name == "SysDriveDir") {
      global.system_drive = value;
    } else if (rule.name == "WinDir") {
      global.windows_directory = value;
    } else if (rule.name == "Crlf") {
      global.crlf = true;
    } else if (rule.name == "ExitCodeFile") {
      global.exit_code_file = host_path(value);
    }
    // English and NoRestart change nothing: the output is English, and nothing restarts.
  }

  void set_format(const Word& word) {
    request_.global.table = same_name(*word.value, "table");
    if (!request_.global.table && !same_name(*word.value, "list")) {
      complain(usage::invalid_argument(*word.value, spelled(word)), false);
    }
  }

  void set_log_level(const std::string& value) {
    if (value.size() != 1 || value[0] < '1' || value[0] > '4') {
      complain(usage::invalid_log_level(), false);
      return;
    }
    request_.global.log_level = static_cast<LogLevel>(value[0] - '0');
  }

  void take_command(const Word& word) {
    request_.command_text = spelled(word);
    if (!request_.command->changes && word.value) {
      complain(usage::unwanted_argument(spelled(word)), true);
    }
  }

  void take_option(const Word& word) {
    const CommandRule* command = request_.command;
    if (command == nullptr) {
      // The commands and options of servicing are known only where there is an image to service.
      const bool servicing = std::ranges::any_of(words_, [](const Word& other) {
        return other.option && (same_name(other.name, "image") || same_name(other.name, "online"));
      });
      complain(servicing ? usage::unknown_option(word.name) : usage::not_recognized(word.text),
               servicing);
      return;
    }
    if (command->changes) {
      return;
    }
    const OptionRule* rule = find_option(command->options, word.name);
    if (rule == nullptr) {
      complain(usage::unknown_option(word.name), true);
      return;
    }
    const bool seen = std::ranges::any_of(
        request_.options, [rule](const GivenOption& given) { return given.rule == rule; });
    if (seen && !rule->repeatable) {
      complain(usage::duplicated(spelled(word)), true);
      return;
    }
    if (check_argument(*rule, word, true)) {
      request_.options.push_back({.rule = rule, .value = word.value.value_or(std::string())});
    }
  }

  std::vector<Word> words_;
  const Word* command_word_ = nullptr;
  std::vector<const OptionRule*> globals_seen_;
  Request request_;
};

}  // namespace

bool Request::has(std::string_view option) const noexcept {
  return std::ranges::any_of(
      options, [option](const GivenOption& given) { return given.rule->name == option; });
}

std::optional<std::string> Request::value(std::string_view option) const {
  const auto found = std::ranges::find_if(
      options, [option](const GivenOption& given) { return given.rule->name == option; });
  return found == options.end() ? std::nullopt : std::optional(found->value);
}

Request parse_request(std::span<const std::string> arguments) {
  return Parser(arguments).parse();
}

}  // namespace casement::dism
