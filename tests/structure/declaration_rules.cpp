#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "tests/structure/declarations.h"
#include "tests/structure/rules.h"

namespace kuangxun::structure {
namespace {

constexpr std::size_t class_methods_max = 25;

// The language and outside libraries call these by themselves; and macros of a library, all in capitals, become names.
constexpr std::array<std::string_view, 8> called_by_others = {"begin", "end",       "main", "save",
                                                              "load",  "serialize", "what", "is_transparent"};

bool is_called_by_others(std::string_view name) {
  return std::find(called_by_others.begin(), called_by_others.end(), name) != called_by_others.end() ||
         std::none_of(name.begin(), name.end(), [](char letter) { return letter >= 'a' && letter <= 'z'; });
}

// Whether somebody should use it by this name.
bool is_for_use(const Declaration& declared) {
  return !declared.is_override && !declared.is_of_class_name() && declared.kind != DeclarationKind::forward &&
         !is_called_by_others(declared.name);
}

// How often a name stands somewhere without declaring or defining it.
using Uses = std::map<std::string, long>;

struct AllUses {
  Uses in_product;
  Uses in_tests;
};

AllUses count_uses(const DeclaredTree& tree) {
  AllUses all;
  for (const auto& [file, declarations] : tree) {
    Uses& uses = is_product(file.path) ? all.in_product : all.in_tests;
    for (const std::string& name : find_identifiers(file.text)) ++uses[name];
    for (const Declaration& declared : declarations) {
      --uses[declared.name];
      // Class::name: that is no use of the class.
      if (!declared.is_inside_class && !declared.class_name.empty()) --uses[declared.class_name];
    }
  }
  return all;
}

}  // namespace

DeclaredTree read_declarations(const Tree& tree) {
  DeclaredTree declared;
  for (const TextFile& file : tree.sources()) declared.push_back({file, find_declarations(file.text)});
  return declared;
}

Excesses find_wide_classes(const DeclaredTree& tree) {
  Excesses excesses;
  for (const auto& [file, declarations] : tree) {
    std::map<std::string, std::size_t> methods;
    for (const Declaration& declared : declarations) {
      const bool is_own = declared.kind == DeclarationKind::function && declared.is_inside_class &&
                          !declared.is_override && !declared.is_generated;
      if (is_own) ++methods[declared.class_name];
    }
    for (const auto& [name, count] : methods) {
      if (count <= class_methods_max) continue;
      excesses.push_back({"class-methods", file.path + ":" + name, count,
                          std::to_string(count) + " methods, of " + std::to_string(class_methods_max) +
                              ": split it by responsibility"});
    }
  }
  return excesses;
}

Excesses find_unused_declarations(const DeclaredTree& tree) {
  const AllUses uses = count_uses(tree);
  const auto count_in = [](const Uses& counted, const std::string& name) {
    const auto known = counted.find(name);
    return known == counted.end() ? 0 : known->second;
  };
  std::map<std::pair<std::string, std::string>, std::set<std::string>> unused;  // by rule and folder
  for (const auto& [file, declarations] : tree) {
    if (!file.path.ends_with(".h")) continue;
    for (const Declaration& declared : declarations) {
      if (!is_for_use(declared)) continue;
      if (count_in(uses.in_product, declared.name) > 0 && is_product(file.path)) continue;
      const bool is_tested = count_in(uses.in_tests, declared.name) > 0;
      if (is_tested && !is_product(file.path)) continue;
      unused[{is_tested ? "used-by-tests-only" : "unused", file.folder()}].insert(file.name() + ":" + declared.name);
    }
  }
  Excesses excesses;
  for (const auto& [key, names] : unused) {
    std::string list;
    for (const std::string& name : names) list += " " + name;
    const std::string why = key.first == "unused" ? "nobody uses" : "only tests use";
    excesses.push_back({key.first, key.second, names.size(), why + list + ": delete it"});
  }
  return excesses;
}

}  // namespace kuangxun::structure
