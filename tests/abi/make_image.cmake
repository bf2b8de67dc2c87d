# SPDX-License-Identifier: Apache-2.0
# Writes the image of the tests anew: cmake -DFIXTURE=program -DDIR=directory -P make_image.cmake
cmake_minimum_required(VERSION 3.25)
file(REMOVE_RECURSE "${DIR}")
execute_process(COMMAND "${FIXTURE}" windows_11 "${DIR}" COMMAND_ERROR_IS_FATAL ANY)
# A Windows PE, which has no editions.
file(REMOVE_RECURSE "${DIR}-winpe")
execute_process(COMMAND "${FIXTURE}" winpe "${DIR}-winpe" COMMAND_ERROR_IS_FATAL ANY)
# The same Windows in a disk, and two editions of it in a WIM.
file(REMOVE "${DIR}.vhdx" "${DIR}.wim")
execute_process(COMMAND "${FIXTURE}" windows_11 "${DIR}.vhdx" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${FIXTURE}" windows_11 "${DIR}.wim" --editions Core,Professional
                COMMAND_ERROR_IS_FATAL ANY)
