# SPDX-License-Identifier: Apache-2.0
# Compiler flags as interface targets: nothing is set for whole directories but the language.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# What every target of this project compiles with; never exported.
add_library(casement_flags INTERFACE)
target_compile_options(
  casement_flags
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
            $<$<COMPILE_LANGUAGE:CXX>:-Wold-style-cast -Wnon-virtual-dtor>
            $<$<CONFIG:Release,RelWithDebInfo>:-fstack-protector-strong>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC bug 105651: assigning a literal to a std::string at -O2 is called an overlapping copy, and
  # inserting a range into a std::vector<std::byte> a write behind its end.
  target_compile_options(
    casement_flags
    INTERFACE
      "$<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CONFIG:Release,RelWithDebInfo>>:-Wno-restrict;-Wno-stringop-overflow;-Wno-array-bounds>"
  )
endif()
target_compile_definitions(
  casement_flags INTERFACE $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2
                           _GLIBCXX_ASSERTIONS>)

if(CASEMENT_SANITIZE)
  target_compile_options(casement_flags INTERFACE -fsanitize=${CASEMENT_SANITIZE}
                                                  -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # A C program that links the C interface needs the C++ half of clang's runtime as well.
  target_link_options(
    casement_flags INTERFACE -fsanitize=${CASEMENT_SANITIZE}
    $<$<LINK_LANG_AND_ID:C,Clang>:-fsanitize-link-c++-runtime>)
  target_link_libraries(casement_flags INTERFACE $<$<LINK_LANG_AND_ID:C,Clang>:stdc++>)
endif()
if(CASEMENT_COVERAGE)
  target_compile_options(casement_flags INTERFACE --coverage)
  target_link_options(casement_flags INTERFACE --coverage)
endif()
