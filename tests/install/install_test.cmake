# SPDX-License-Identifier: Apache-2.0
# Installs the build into a fresh prefix, moves the prefix, and builds and runs programs against it.
cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(
    COMMAND ${ARGN}
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nfailed (${result}):\n${output}")
  endif()
  set(run_output "${output}" PARENT_SCOPE)
endfunction()

function(expect_output expected)
  string(STRIP "${run_output}" actual)
  if(NOT actual STREQUAL expected)
    message(FATAL_ERROR "the consumer printed '${actual}', expected '${expected}'")
  endif()
endfunction()

# Moved after installing: nothing in it may remember where it was.
file(REMOVE_RECURSE "${WORK_DIR}")
run("${CMAKE_COMMAND}" --install "${BUILD_DIR}" --prefix "${WORK_DIR}/installed")
file(RENAME "${WORK_DIR}/installed" "${WORK_DIR}/moved")
set(prefix "${WORK_DIR}/moved")
set(hive_says "Windows 11 Pro")
set(dismapi_says "0x00000000")

if(WAY STREQUAL "find_package")
  run("${CMAKE_COMMAND}" -S "${CONSUMER_DIR}" -B "${WORK_DIR}/build" -G "${GENERATOR}"
      "-DCMAKE_PREFIX_PATH=${prefix}" "-DCMAKE_C_COMPILER=${C_COMPILER}"
      "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}" "-DCMAKE_C_FLAGS=${FLAGS}"
      "-DCMAKE_CXX_FLAGS=${FLAGS}" "-DWITH_DISMAPI=${WITH_DISMAPI}")
  run("${CMAKE_COMMAND}" --build "${WORK_DIR}/build")
  run("${WORK_DIR}/build/read_hive")
  expect_output("${hive_says}")
  if(WITH_DISMAPI)
    run("${WORK_DIR}/build/initialize")
    expect_output("${dismapi_says}")
  endif()
  return()
endif()

find_program(PKG_CONFIG NAMES pkg-config pkgconf)
if(NOT PKG_CONFIG)
  message("SKIPPED: pkg-config is not installed")
  return()
endif()
set(ENV{PKG_CONFIG_PATH} "${prefix}/${LIBDIR}/pkgconfig")
run("${PKG_CONFIG}" --static --cflags --libs casement)
separate_arguments(casement_flags UNIX_COMMAND "${run_output}")
separate_arguments(flags UNIX_COMMAND "${FLAGS}")
run("${CXX_COMPILER}" -std=c++23 ${flags} "${CONSUMER_DIR}/read_hive.cpp" -o "${WORK_DIR}/read_hive"
    ${casement_flags})
run("${WORK_DIR}/read_hive")
expect_output("${hive_says}")
if(WITH_DISMAPI)
  run("${PKG_CONFIG}" --cflags --libs dismapi)
  separate_arguments(dismapi_flags UNIX_COMMAND "${run_output}")
  run("${C_COMPILER}" ${flags} "${CONSUMER_DIR}/initialize.c" -o "${WORK_DIR}/initialize"
      ${dismapi_flags} "-Wl,-rpath,${prefix}/${LIBDIR}")
  run("${WORK_DIR}/initialize")
  expect_output("${dismapi_says}")
endif()
