// SPDX-License-Identifier: Apache-2.0
// Running fusermount3.
#include "tools/casement/fuse/fusermount.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>
#include <vector>

#include "vfs/host/unique_fd.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

constexpr const char* program = "fusermount3";

/// Everything that is written to the other end.
std::string read_to_end(int pipe) {
  constexpr std::size_t most_kept = 4096;
  std::string text;
  std::array<char, 512> piece = {};
  while (true) {
    const ssize_t got = ::read(pipe, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      break;
    }
    if (text.size() < most_kept) {
      text.append(piece.data(), static_cast<std::size_t>(got));
    }
  }
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  return text;
}

class FileActions {
 public:
  FileActions() { ::posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }
  posix_spawn_file_actions_t* get() noexcept { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_ = {};
};

struct Outcome {
  int status = 0;       // of waitpid()
  std::string message;  // what it wrote to standard error
};

Result<Outcome> run(std::vector<std::string> arguments) {
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    const int error = errno;
    return fail(status_from_errno(error), fmt::format("{}: {}", program, errno_text(error)));
  }
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  FileActions actions;
  ::posix_spawn_file_actions_adddup2(actions.get(), writing.get(), STDERR_FILENO);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) {
    pointers.push_back(argument.data());
  }
  pointers.push_back(nullptr);
  pid_t process = 0;
  const int error =
      ::posix_spawnp(&process, program, actions.get(), nullptr, pointers.data(), environ);
  if (error != 0) {
    return fail(status_from_errno(error),
                fmt::format("{}: {}; it comes with the package fuse3", program, errno_text(error)));
  }
  {
    const UniqueFd closed = std::move(writing);
  }
  Outcome outcome;
  outcome.message = read_to_end(reading.get());
  while (::waitpid(process, &outcome.status, 0) < 0 && errno == EINTR) {
  }
  return outcome;
}

Status status_of(const std::string& message) {
  const bool refused = message.find("not permitted") != std::string::npos ||
                       message.find("ermission denied") != std::string::npos;
  return refused ? Status::access_denied : Status::io_failed;
}

}  // namespace

Result<UnmountOutcome> unmount_fuse(const std::string& directory, bool lazy) {
  std::vector<std::string> arguments{program, "-u"};
  if (lazy) {
    arguments.emplace_back("-z");
  }
  arguments.insert(arguments.end(), {"--", directory});
  const Outcome outcome = CASEMENT_TRY(run(std::move(arguments)));
  if (WIFEXITED(outcome.status) && WEXITSTATUS(outcome.status) == 0) {
    return UnmountOutcome::unmounted;
  }
  if (outcome.message.find("resource busy") != std::string::npos) {
    return UnmountOutcome::busy;
  }
  return fail(status_of(outcome.message), outcome.message.empty()
                                              ? fmt::format("{} -u {} failed", program, directory)
                                              : outcome.message);
}

}  // namespace casement::cli
