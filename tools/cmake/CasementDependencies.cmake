# SPDX-License-Identifier: Apache-2.0
# Every outside library is found here; README.md gives the reason for each.
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS filesystem)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
if(CASEMENT_BUILD_TESTS)
  find_package(Boost 1.74 REQUIRED COMPONENTS unit_test_framework)
endif()
if(CASEMENT_BUILD_BENCH)
  find_package(benchmark REQUIRED)
endif()
