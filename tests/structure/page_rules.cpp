#include <algorithm>
#include <regex>

#include "tests/structure/rules.h"
#include "tests/structure/source_text.h"

namespace kuangxun::structure {
namespace {

// A heading, and something under it.
bool is_page(const std::string& text) {
  const std::size_t end = text.find('\n');
  return text.starts_with("# ") && end != std::string::npos && text.find_first_not_of(" \n", end) != std::string::npos;
}

// Of a cell that holds names of files and nothing else (| `frame`, `payload` |): the names.
std::vector<std::string> file_names(const std::string& cell) {
  static const std::regex only_names(R"( *(`[a-z_]+\*?`(, | and )?)+ *)");
  static const std::regex name(R"(`([a-z_]+\*?)`)");
  std::vector<std::string> names;
  if (!std::regex_match(cell, only_names)) return names;
  for (auto match = std::sregex_iterator(cell.begin(), cell.end(), name); match != std::sregex_iterator(); ++match) {
    names.push_back((*match)[1].str());
  }
  return names;
}

// Whether a source of the folder has this name ("sections*": begins with it), or a folder in it.
bool is_there(const Tree& tree, const std::string& folder, std::string name) {
  if (tree.folders().count(folder + "/" + name) > 0) return true;
  const bool is_beginning = name.ends_with('*');
  if (is_beginning) name.pop_back();
  return std::ranges::any_of(tree.sources(), [&](const TextFile& file) {
    const std::string stem = file.name().substr(0, file.name().rfind('.'));
    return file.folder() == folder && (is_beginning ? stem.starts_with(name) : stem == name);
  });
}

}  // namespace

Excesses find_folders_without_page(const Tree& tree) {
  Excesses excesses;
  for (const auto& [path, folder] : tree.folders()) {
    if (!is_product(path)) continue;
    const std::string page = tree.text_of(path + "/README.md");
    if (is_page(page)) continue;
    const std::size_t slash = path.rfind('/');
    const bool is_told_above =
        page.empty() && tree.text_of(path.substr(0, slash) + "/README.md").find("`" + path.substr(slash + 1) + "`") !=
                            std::string::npos;
    if (is_told_above) continue;
    excesses.push_back({"no-page", path, 1,
                        "no page: " + path +
                            "/README.md says under a heading what it is for, its one idea, what may enter, who owns "
                            "what and which thread; or the page of the folder above names it"});
  }
  return excesses;
}

Findings check_pages(const Tree& tree) {
  Findings findings;
  for (const auto& [path, folder] : tree.folders()) {
    if (!is_product(path)) continue;
    const std::string where = path + "/README.md";
    std::size_t line = 0;
    for (const std::string& text : split_lines(tree.text_of(where))) {
      ++line;
      if (!text.starts_with("| ")) continue;
      for (std::size_t begin = 1; begin < text.size();) {
        const std::size_t end = std::min(text.find('|', begin), text.size());
        for (const std::string& name : file_names(text.substr(begin, end - begin))) {
          if (is_there(tree, path, name)) continue;
          findings.push_back({where + ":" + std::to_string(line), "there is no " + path + "/" + name});
        }
        begin = end + 1;
      }
    }
  }
  return findings;
}

}  // namespace kuangxun::structure
