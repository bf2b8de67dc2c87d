# SPDX-License-Identifier: Apache-2.0
# Runs the client for Node.js with koffi, which is fetched into the build folder when it is not there:
#   cmake -DNODE=program -DNPM=program -DSOURCE=directory -DDIR=directory
#         [-DENVIRONMENT=NAME=value;...] -P run_node.cmake
# Says why and ends well when Node.js or koffi cannot be had.
cmake_minimum_required(VERSION 3.25)

if(NOT NODE OR NOT NPM)
  message(NOTICE "SKIPPED: no node, or no npm")
  return()
endif()
file(MAKE_DIRECTORY "${DIR}")
foreach(file package.json package-lock.json dismapi.mjs questions.test.mjs)
  configure_file("${SOURCE}/${file}" "${DIR}/${file}" COPYONLY)
endforeach()
if("${SOURCE}/package-lock.json" IS_NEWER_THAN "${DIR}/node_modules/koffi/package.json")
  # Its native part comes ready in the package: no script of it is run.
  execute_process(
    COMMAND "${NPM}" ci --ignore-scripts --no-audit --no-fund
    WORKING_DIRECTORY "${DIR}"
    RESULT_VARIABLE failed
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output
    TIMEOUT 120)
  if(failed)
    file(REMOVE_RECURSE "${DIR}/node_modules")
    message(NOTICE "SKIPPED: koffi is not there and npm cannot fetch it (${failed}): ${output}")
    return()
  endif()
  file(TOUCH "${DIR}/node_modules/koffi/package.json")
endif()
execute_process(
  COMMAND "${CMAKE_COMMAND}" -E env ${ENVIRONMENT} "${NODE}" "${DIR}/questions.test.mjs"
  WORKING_DIRECTORY "${DIR}" COMMAND_ERROR_IS_FATAL ANY)
