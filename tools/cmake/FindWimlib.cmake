# SPDX-License-Identifier: Apache-2.0
# Finds libwim: target Wimlib::wim. Its own pkg-config file cannot be used: it wants the development
# files of libntfs-3g and FUSE, which users of the shared library do not need.
find_path(Wimlib_INCLUDE_DIR wimlib.h)
find_library(Wimlib_LIBRARY wim)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Wimlib REQUIRED_VARS Wimlib_LIBRARY Wimlib_INCLUDE_DIR)
mark_as_advanced(Wimlib_INCLUDE_DIR Wimlib_LIBRARY)
if(Wimlib_FOUND AND NOT TARGET Wimlib::wim)
  add_library(Wimlib::wim UNKNOWN IMPORTED)
  set_target_properties(Wimlib::wim PROPERTIES IMPORTED_LOCATION "${Wimlib_LIBRARY}"
                                               INTERFACE_INCLUDE_DIRECTORIES
                                               "${Wimlib_INCLUDE_DIR}")
endif()
