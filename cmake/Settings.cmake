# Interface targets: every target of ours links crt_settings and crt_warnings; nothing is set globally.
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Build type" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

find_program(CRT_CCACHE ccache)
if(CRT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Precompiled headers need these two allowances, see ccache's manual.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime;${CRT_CCACHE}")
endif()

add_library(crt_settings INTERFACE)
target_compile_features(crt_settings INTERFACE cxx_std_20)
target_include_directories(crt_settings INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(crt_settings INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
target_compile_options(crt_settings INTERFACE -fstack-protector-strong
                       $<$<CONFIG:Release>:-ffunction-sections;-fdata-sections>)
target_link_options(crt_settings INTERFACE -Wl,-z,relro $<$<CONFIG:Release>:-Wl,--gc-sections;-Wl,--as-needed>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(crt_settings INTERFACE $<$<BOOL:${CRT_CCACHE}>:-Xclang;-fno-pch-timestamp>)
else()
  target_compile_options(crt_settings INTERFACE $<$<BOOL:${CRT_CCACHE}>:-fpch-preprocess>)
endif()

if(CRT_SANITIZE)
  string(REPLACE ";" "," crt_sanitizers "${CRT_SANITIZE}")
  target_compile_options(crt_settings INTERFACE -fsanitize=${crt_sanitizers} -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(crt_settings INTERFACE -fsanitize=${crt_sanitizers})
endif()

if(CRT_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "CRT_FUZZ needs clang++ and its runtime libraries (Debian: clang-14, libclang-rt-14-dev)")
  endif()
  target_compile_options(crt_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()

add_library(crt_warnings INTERFACE)
target_compile_options(crt_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wformat=2
  $<$<BOOL:${CRT_WERROR}>:-Werror>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 warns falsely of overlapping and overlong copies in std::string (GCC PR105329, PR105651), of values in
  # moved-from optionals, and of null pointers it inlined itself. clang++ and the sanitizers look for the real ones.
  target_compile_options(crt_warnings INTERFACE -Wno-restrict -Wno-null-dereference
    $<$<VERSION_LESS:${CMAKE_CXX_COMPILER_VERSION},13>:-Wno-stringop-overflow;-Wno-stringop-overread;-Wno-array-bounds;-Wno-maybe-uninitialized>)
  if(CRT_SANITIZE)
    # The checks that sanitizers add confuse it; GCC's manual says so.
    target_compile_options(crt_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
