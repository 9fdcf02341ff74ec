# One target a folder. kuangxun_library(FOLDER ...) is the only way a folder becomes a target, so that a
# folder's link list (LINKS, the project's own folders; OUTSIDE, imported targets) is all it may include.

# With ccache installed, what was compiled once is not compiled again, in another checkout either.
find_program(KUANGXUN_CCACHE ccache)
if(KUANGXUN_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/packaging/cmake/cached_compiler.sh ${CMAKE_SOURCE_DIR}
    ${CMAKE_BINARY_DIR} ${KUANGXUN_CCACHE})
  # GCC: the cache reads what a precompiled header was made of. Clang: no time of day inside one.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    add_compile_options(-fpch-preprocess)
  else()
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

add_library(kuangxun_options INTERFACE)
target_include_directories(kuangxun_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(kuangxun_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror)
# GCC 12 sees impossible overlaps, overruns and unset values in std::string, std::vector and std::variant when it
# optimises (its bugs 105651, 107852, 105562). The sanitize preset looks for the real ones.
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(kuangxun_options INTERFACE
    -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized)
endif()

# Headers serve precompiled only who was compiled with the same definitions; SDL2 wants this one.
target_compile_definitions(kuangxun_options INTERFACE _REENTRANT)
# Clang takes one only from who was compiled with the same options, and Pango wants this one.
if(CMAKE_CXX_COMPILER_ID STREQUAL Clang)
  target_compile_options(kuangxun_options INTERFACE -pthread)
endif()

# The standard library's headers, read once for all files: to read them again was 40 % of compiling. In every preset, so
# that a file which forgets an include builds everywhere or nowhere; packaging/prove.sh includes builds without them.
set(KUANGXUN_STANDARD_HEADERS
  <algorithm> <array> <chrono> <cstdint> <cstring> <filesystem> <fstream> <functional> <limits> <map> <memory> <numeric>
  <optional> <set> <span> <sstream> <string> <string_view> <tuple> <utility> <variant> <vector>)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/standard_headers.cpp CONTENT "")
add_library(standard_headers OBJECT ${CMAKE_BINARY_DIR}/standard_headers.cpp)
target_link_libraries(standard_headers PRIVATE kuangxun_options)
target_precompile_headers(standard_headers PRIVATE ${KUANGXUN_STANDARD_HEADERS})

function(kuangxun_folders)
  foreach(folder IN LISTS ARGV)
    if(KUANGXUN_ONLY AND NOT folder MATCHES "${KUANGXUN_ONLY}")
      continue()
    endif()
    if(EXISTS ${CMAKE_SOURCE_DIR}/${folder}/CMakeLists.txt)
      add_subdirectory(${folder})
    endif()
  endforeach()
endfunction()

# db/base -> db_base
function(kuangxun_target_name folder result)
  string(REPLACE "/" "_" name ${folder})
  set(${result} ${name} PARENT_SCOPE)
endfunction()

# kuangxun_library(db/records SOURCES a.cpp LINKS db/base OUTSIDE SQLite::SQLite3)
# Outside libraries are linked PRIVATE and as SYSTEM: their headers give no warnings of ours and reach no other folder.
# OBJECT: files that make themselves known (a page, for one) and that nobody calls by name. A linker leaves such a file
# out of an archive, so the programs link these folders themselves, and no library does.
function(kuangxun_library folder)
  cmake_parse_arguments(PARSE_ARGV 1 argument "OBJECT" "" "SOURCES;LINKS;OUTSIDE")
  kuangxun_target_name(${folder} name)
  if(argument_SOURCES)
    if(argument_OBJECT)
      add_library(${name} OBJECT ${argument_SOURCES})
      set_property(GLOBAL APPEND PROPERTY KUANGXUN_OBJECT_FOLDERS ${folder})
    else()
      add_library(${name} STATIC ${argument_SOURCES})
    endif()
    set(visibility PUBLIC)
    target_link_libraries(${name} PUBLIC kuangxun_options)
    target_precompile_headers(${name} REUSE_FROM standard_headers)
    foreach(outside IN LISTS argument_OUTSIDE)
      target_link_libraries(${name} PRIVATE ${outside})
    endforeach()
  else()
    add_library(${name} INTERFACE)
    set(visibility INTERFACE)
    target_link_libraries(${name} INTERFACE kuangxun_options)
  endif()
  foreach(link IN LISTS argument_LINKS)
    kuangxun_target_name(${link} link_name)
    target_link_libraries(${name} ${visibility} ${link_name})
  endforeach()
endfunction()

# kuangxun_link_objects(app_main app/pages): all OBJECT folders below, so that a program has every one of their files
# without keeping a list.
function(kuangxun_link_objects target under)
  get_property(folders GLOBAL PROPERTY KUANGXUN_OBJECT_FOLDERS)
  foreach(folder IN LISTS folders)
    if(folder MATCHES "^${under}/")
      kuangxun_target_name(${folder} name)
      target_link_libraries(${target} PRIVATE ${name})
    endif()
  endforeach()
endfunction()

# kuangxun_test(db/records LINKS tests/support SOURCES ...): one executable a folder, named db_records_test.
# Without SOURCES every *_test.cpp beside it is built. KUANGXUN_TEST_ARGUMENTS go to every one of them (doctest's),
# KUANGXUN_TEST_OPTIONS to the compiler. Two run at a time: ALONE has no other beside it, because it plays in real time
# (windows, programs that are killed); one that takes minutes says its SECONDS, so that it does not begin last.
# doctest is read once for all of them, with the standard library.
function(kuangxun_test folder)
  cmake_parse_arguments(PARSE_ARGV 1 argument "ALONE" "SECONDS" "SOURCES;LINKS;OUTSIDE;LABELS")
  kuangxun_target_name(${folder} name)
  if(NOT argument_SOURCES)
    file(GLOB argument_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*_test.cpp)
  endif()
  add_executable(${name}_test ${argument_SOURCES})
  target_link_libraries(${name}_test PRIVATE kuangxun_options tests_main tests_support)
  target_compile_options(${name}_test PRIVATE ${KUANGXUN_TEST_OPTIONS})
  target_precompile_headers(${name}_test REUSE_FROM tests_main)
  foreach(link IN LISTS argument_LINKS)
    kuangxun_target_name(${link} link_name)
    target_link_libraries(${name}_test PRIVATE ${link_name})
  endforeach()
  foreach(outside IN LISTS argument_OUTSIDE)
    target_link_libraries(${name}_test PRIVATE ${outside})
  endforeach()
  add_test(NAME ${name} COMMAND ${name}_test ${KUANGXUN_TEST_ARGUMENTS})
  set_tests_properties(${name} PROPERTIES TIMEOUT 600 LABELS "${argument_LABELS}" RUN_SERIAL ${argument_ALONE})
  if(argument_SECONDS)
    set_tests_properties(${name} PROPERTIES COST ${argument_SECONDS})
  endif()
endfunction()

# kuangxun_benchmark(LINKS db/history tests/support): the one program of the measurements, from every .cpp beside
# it.
# Run by packaging/bench.sh.
function(kuangxun_benchmark)
  cmake_parse_arguments(PARSE_ARGV 0 argument "" "" "LINKS;OUTSIDE")
  find_package(benchmark REQUIRED)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_executable(kuangxun_bench ${sources})
  target_link_libraries(kuangxun_bench PRIVATE kuangxun_options benchmark::benchmark_main tests_support)
  target_precompile_headers(kuangxun_bench REUSE_FROM standard_headers)
  foreach(link IN LISTS argument_LINKS)
    kuangxun_target_name(${link} link_name)
    target_link_libraries(kuangxun_bench PRIVATE ${link_name})
  endforeach()
  foreach(outside IN LISTS argument_OUTSIDE)
    target_link_libraries(kuangxun_bench PRIVATE ${outside})
  endforeach()
endfunction()
