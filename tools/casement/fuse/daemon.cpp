// SPDX-License-Identifier: Apache-2.0
// Forking, and leaving the terminal.
#include "tools/casement/fuse/daemon.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "tools/casement/messages.h"
#include "vfs/source/file_source.h"

namespace casement::cli {
namespace {

std::unexpected<Error> fail_with_errno(const char* what) {
  const int error = errno;
  return fail(status_from_errno(error),
              fmt::format("go to the background: {}: {}", what, errno_text(error)));
}

/// The exit code of the other half, or what it died of.
ExitCode wait_for(pid_t process) {
  int status = 0;
  while (::waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) {
      say_error(fmt::format("cannot wait for the mount: {}", errno_text(errno)));
      return ExitCode::failed;
    }
  }
  if (WIFEXITED(status)) {
    return static_cast<ExitCode>(WEXITSTATUS(status));
  }
  say_error(fmt::format("the mount was ended by signal {}", WTERMSIG(status)));
  return ExitCode::failed;
}

ExitCode wait_until_detached(int pipe, pid_t process) {
  char ready = 0;
  ssize_t got = 0;
  do {
    got = ::read(pipe, &ready, 1);
  } while (got < 0 && errno == EINTR);
  return got == 1 ? ExitCode::ok : wait_for(process);
}

void leave_terminal() {
  ::setsid();
  // The directory that it was started in can be unmounted, and a pipe that it was started in ends.
  if (::chdir("/") != 0) {
    return;
  }
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) {
    return;
  }
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::dup2(null, standard);
  }
  if (null > STDERR_FILENO) {
    ::close(null);
  }
}

}  // namespace

Result<std::variant<ExitCode, Daemon>> Daemon::start() {
  std::array<int, 2> ends = {};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail_with_errno("pipe");
  }
  const UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const pid_t process = ::fork();
  if (process < 0) {
    return fail_with_errno("fork");
  }
  if (process == 0) {
    return Daemon(std::move(writing));
  }
  {
    const UniqueFd closed = std::move(writing);
  }
  return wait_until_detached(reading.get(), process);
}

void Daemon::detach() {
  leave_terminal();
  const char ready = 1;
  while (::write(waiting_.get(), &ready, 1) < 0 && errno == EINTR) {
  }
}

}  // namespace casement::cli
