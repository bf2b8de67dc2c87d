// SPDX-License-Identifier: Apache-2.0
// Runs a command and prints its peak resident memory in KiB on standard error. A process is charged
// with the memory of the one that started it, so a small one has to: a script would add its own.
//
// usage: bench_peak_memory COMMAND [ARGUMENT...]
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

int main(int argc, char** argv) {
  if (argc < 2) {
    (void)std::fputs("usage: bench_peak_memory COMMAND [ARGUMENT...]\n", stderr);
    return 2;
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::execvp(argv[1], argv + 1);
    ::_exit(127);
  }
  int status = 0;
  struct rusage usage = {};
  if (child < 0 || ::wait4(child, &status, 0, &usage) != child) {
    return 1;
  }
  (void)std::fprintf(stderr, "%ld\n", usage.ru_maxrss);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
