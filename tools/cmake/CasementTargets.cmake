# SPDX-License-Identifier: Apache-2.0
# How the folders declare what they build.
set(CASEMENT_TEST_PREFIX "" CACHE STRING "Put before the names of unit tests, to tell builds apart")
set(CASEMENT_FUZZ_SECONDS 0 CACHE STRING "How long ctest fuzzes each target; 0: replay the corpus")

# casement_sources(<target> <file>...): headers join the target's public header set (each is
# verified to compile alone and is installed), everything else is a private source.
function(casement_sources target)
  set(headers ${ARGN})
  list(FILTER headers INCLUDE REGEX "\\.h$")
  set(sources ${ARGN})
  list(FILTER sources EXCLUDE REGEX "\\.h$")
  target_sources(
    ${target}
    PRIVATE ${sources}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${headers})
endfunction()

# casement_library(<name>): a static library with the project's flags, exported as casement::<name>.
function(casement_library name)
  add_library(casement_${name} STATIC)
  add_library(casement::${name} ALIAS casement_${name})
  set_target_properties(casement_${name} PROPERTIES EXPORT_NAME ${name}
                                                    VERIFY_INTERFACE_HEADER_SETS ON)
  target_link_libraries(casement_${name} PRIVATE $<BUILD_INTERFACE:casement_flags>)
  target_compile_features(casement_${name} PUBLIC cxx_std_23)
endfunction()

# casement_program(<target> SOURCES <file>... LIBS <target>... [OUTPUT name])
function(casement_program target)
  cmake_parse_arguments(arg "" "OUTPUT" "SOURCES;LIBS" ${ARGN})
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE casement_flags ${arg_LIBS})
  if(arg_OUTPUT)
    set_target_properties(${target} PROPERTIES OUTPUT_NAME ${arg_OUTPUT})
  endif()
endfunction()

# casement_quick_compile(<target>): without optimisation but in releases. For sources whose time goes
# into templates of libraries (tests, command lines), not into running.
function(casement_quick_compile target)
  target_compile_options(${target} PRIVATE $<$<NOT:$<CONFIG:Release>>:-O0>)
endfunction()

# casement_test(<name> SOURCES <file>... LIBS <target>... [LABEL label]): a Boost.Test binary,
# registered with ctest under its folder's name. Exit code 77 of a run means skipped.
function(casement_test name)
  cmake_parse_arguments(arg "" "LABEL" "SOURCES;LIBS" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  casement_program(test_${name} SOURCES ${arg_SOURCES} LIBS casement_test_support ${arg_LIBS})
  casement_quick_compile(test_${name})
  add_test(NAME ${CASEMENT_TEST_PREFIX}${name} COMMAND test_${name} --log_level=message)
  set_tests_properties(
    ${CASEMENT_TEST_PREFIX}${name} PROPERTIES LABELS ${arg_LABEL} SKIP_RETURN_CODE 77 TIMEOUT 600
    # other programs read and write names in the coding of the locale
    ENVIRONMENT "CASEMENT_SOURCE_DIR=${PROJECT_SOURCE_DIR};LC_ALL=C.UTF-8")
endfunction()

# casement_fuzzer(<name> SOURCES <file>... LIBS <target>...): with CASEMENT_BUILD_FUZZERS a
# libFuzzer program; otherwise a plain program that replays fixtures/corpus/<name> under ctest.
function(casement_fuzzer name)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBS" ${ARGN})
  if(CASEMENT_BUILD_FUZZERS)
    casement_program(fuzz_${name} SOURCES ${arg_SOURCES} LIBS ${arg_LIBS})
    target_compile_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    # New inputs and crashes go to the build folder; the corpus is only read.
    set(findings "${CMAKE_CURRENT_BINARY_DIR}/${name}")
    file(MAKE_DIRECTORY "${findings}/inputs")
    set(duration -runs=0)
    if(CASEMENT_FUZZ_SECONDS GREATER 0)
      set(duration -max_total_time=${CASEMENT_FUZZ_SECONDS})
    endif()
    add_test(
      NAME fuzz_${name}
      COMMAND fuzz_${name} ${duration} -timeout=5 -rss_limit_mb=1024 -malloc_limit_mb=256
              -max_len=65536 -print_final_stats=1 "-artifact_prefix=${findings}/"
              "${findings}/inputs" "${PROJECT_SOURCE_DIR}/fixtures/corpus/${name}")
    set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz TIMEOUT 900)
  else()
    casement_program(
      fuzz_${name} SOURCES ${arg_SOURCES} ${PROJECT_SOURCE_DIR}/tests/fuzz/standalone_main.cpp
      LIBS ${arg_LIBS})
    add_test(NAME fuzz_replay_${name} COMMAND fuzz_${name}
                                              ${PROJECT_SOURCE_DIR}/fixtures/corpus/${name})
    set_tests_properties(fuzz_replay_${name} PROPERTIES LABELS fuzz-replay TIMEOUT 300)
  endif()
endfunction()
