# SPDX-License-Identifier: Apache-2.0
# Install rules, the package files for find_package and pkg-config, and Debian packages.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(casement_header_dir "${CMAKE_INSTALL_INCLUDEDIR}/casement")
set(casement_package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/casement")
set(package_templates "${PROJECT_SOURCE_DIR}/tools/cmake/package")

# Libraries. Headers keep their folders below include/casement: "engine/session/session.h".
foreach(target casement_vfs casement_engine casement_fixtures)
  install(
    TARGETS ${target}
    EXPORT casementTargets
    ARCHIVE COMPONENT development
    FILE_SET HEADERS DESTINATION "${casement_header_dir}" COMPONENT development)
endforeach()

if(TARGET casement_dismapi)
  install(
    TARGETS casement_dismapi
    EXPORT casementTargets
    LIBRARY COMPONENT runtime NAMELINK_COMPONENT development)
  # The one header of the C interface is found as it is on Windows: <dismapi.h>.
  install(
    FILES "${PROJECT_SOURCE_DIR}/engine/dismapi/dismapi.h"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    COMPONENT development)
  # The names that programs load at run time: [DllImport("DismApi")] and LoadLibrary("dismapi").
  set(dismapi_links "")
  foreach(link libDismApi.so dismapi.so)
    string(APPEND dismapi_links
           "file(CREATE_LINK \"$<TARGET_SONAME_FILE_NAME:casement_dismapi>\" "
           "\"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/${link}\" SYMBOLIC)\n")
  endforeach()
  install(CODE "${dismapi_links}" COMPONENT runtime)
endif()

# Programs.
foreach(target casement_cli casement_fixture casement_dism)
  if(TARGET ${target})
    install(TARGETS ${target} RUNTIME COMPONENT tools)
  endif()
endforeach()

# The JSON Schema of `casement report`.
install(
  FILES "${PROJECT_SOURCE_DIR}/tools/casement/schema/report.schema.json"
  DESTINATION "${CMAKE_INSTALL_DATADIR}/casement"
  COMPONENT tools)

# Manual pages: tools/casement makes them where scdoc is there.
if(CASEMENT_MAN_PAGES)
  install(
    FILES ${CASEMENT_MAN_PAGES}
    DESTINATION "${CMAKE_INSTALL_MANDIR}/man1"
    COMPONENT tools)
endif()

# find_package(casement)
install(
  EXPORT casementTargets
  NAMESPACE casement::
  DESTINATION "${casement_package_dir}"
  COMPONENT development)
configure_package_config_file(
  "${package_templates}/casementConfig.cmake.in" "${PROJECT_BINARY_DIR}/package/casementConfig.cmake"
  INSTALL_DESTINATION "${casement_package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/casementConfigVersion.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/package/casementConfig.cmake"
        "${PROJECT_BINARY_DIR}/package/casementConfigVersion.cmake"
        "${PROJECT_SOURCE_DIR}/tools/cmake/FindWimlib.cmake"
  DESTINATION "${casement_package_dir}"
  COMPONENT development)

# pkg-config. The prefix is found from the file's own place, so that the tree can be moved.
cmake_path(RELATIVE_PATH CMAKE_INSTALL_PREFIX BASE_DIRECTORY
           "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig" OUTPUT_VARIABLE pc_prefix)
set(pc_files casement)
if(TARGET casement_dismapi)
  list(APPEND pc_files dismapi)
endif()
foreach(name ${pc_files})
  configure_file("${package_templates}/${name}.pc.in" "${PROJECT_BINARY_DIR}/package/${name}.pc"
                 @ONLY)
  install(
    FILES "${PROJECT_BINARY_DIR}/package/${name}.pc"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
    COMPONENT development)
endforeach()

install(
  FILES "${PROJECT_SOURCE_DIR}/LICENSE" "${PROJECT_SOURCE_DIR}/README.md"
  DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  COMPONENT development)

# Debian packages: `cpack -G DEB` in the build folder.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Casement developers <casement@example.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libcasement0)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libcasement-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libcasement0 (= ${PROJECT_VERSION}), libboost-filesystem-dev, libfmt-dev")
set(CPACK_DEBIAN_TOOLS_PACKAGE_NAME casement-tools)
set(CPACK_DEBIAN_TOOLS_PACKAGE_SHLIBDEPS ON)
include(CPack)
