#include "tests/structure/outside_libraries.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tests/structure/include_lines.h"

namespace kuangxun::structure {
namespace {

struct Library {
  std::string_view name;
  std::array<std::string_view, 4> header_prefixes;
};

// The first whose prefix fits is taken. A new library is a line here and a word in README's map.
constexpr Library known_libraries[] = {
    {"libsodium", {"sodium.h", "sodium/"}},
    {"OpenSSL", {"openssl/"}},
    {"SQLite", {"sqlite3"}},
    {"cereal", {"cereal/"}},
    {"zstd", {"zstd", "zdict.h"}},
    {"spdlog", {"spdlog/"}},
    {"libcurl", {"curl/"}},
    {"Boost", {"boost/"}},
    {"libpq", {"libpq-fe.h", "postgresql/", "libpq/"}},
    {"GeographicLib", {"GeographicLib/"}},
    {"Clipper", {"polyclipping/"}},
    {"libserialport", {"libserialport.h"}},
    {"libexif", {"libexif/"}},
    {"libjpeg-turbo", {"turbojpeg.h"}},
    {"Expat", {"expat.h"}},
    {"libzip", {"zip.h"}},
    {"libgps", {"gps.h"}},
    {"Cairo/Pango", {"cairo", "pango/", "glib"}},
    {"Fontconfig", {"fontconfig/"}},
    {"FreeType", {"ft2build.h", "freetype/"}},
    {"libpng", {"png.h"}},
    {"libqrencode", {"qrencode.h"}},
    {"libxlsxwriter", {"xlsxwriter"}},
    {"SDL2", {"SDL", "imgui_impl_", "backends/imgui_impl_", "GL/"}},
    {"Dear ImGui", {"imgui", "imconfig.h", "imstb_"}},
    {"CLI11", {"CLI/"}},
    {"nlohmann-json", {"nlohmann/"}},
    {"GDAL", {"gdal", "ogr", "cpl_"}},
    {"doctest", {"doctest/", "doctest.h"}},
    {"Google Benchmark", {"benchmark/"}},
};

constexpr std::string_view system_folders[] = {"sys/", "netinet/", "arpa/", "net/", "linux/", "x86_64-linux-gnu/"};
constexpr std::string_view system_headers[] = {
    "unistd.h", "fcntl.h",  "poll.h",  "termios.h", "signal.h", "pwd.h",    "grp.h",    "dirent.h",  "stdlib.h",
    "errno.h",  "spawn.h",  "time.h",  "string.h",  "stdio.h",  "locale.h", "dlfcn.h",  "sched.h",   "pty.h",
    "mntent.h", "netdb.h",  "ftw.h",   "malloc.h",  "stdint.h", "stddef.h", "limits.h", "glob.h",    "pthread.h",
    "utmp.h",   "libgen.h", "ctype.h", "math.h",    "wchar.h",  "assert.h", "utime.h",  "execinfo.h"};

bool is_system(const std::string& header) {
  const bool of_language = header.find_first_of("./") == std::string::npos;
  return of_language ||
         std::any_of(std::begin(system_folders), std::end(system_folders),
                     [&](std::string_view folder) { return header.starts_with(folder); }) ||
         std::find(std::begin(system_headers), std::end(system_headers), header) != std::end(system_headers);
}

}  // namespace

std::optional<std::string> library_of(const std::string& header) {
  if (is_system(header)) return "";
  for (const Library& library : known_libraries) {
    for (const std::string_view prefix : library.header_prefixes) {
      if (!prefix.empty() && header.starts_with(prefix)) return std::string(library.name);
    }
  }
  return std::nullopt;
}

std::map<std::string, std::set<std::string>> outside_libraries_by_folder(const Tree& tree) {
  std::map<std::string, std::set<std::string>> libraries;
  for (const TextFile& file : tree.sources()) {
    if (!is_product(file.path)) continue;
    for (const IncludeLine& include : find_includes(file.text)) {
      const std::optional<std::string> library = library_of(include.header);
      if (!include.in_quotes && library && !library->empty()) libraries[file.folder()].insert(*library);
    }
  }
  return libraries;
}

}  // namespace kuangxun::structure
