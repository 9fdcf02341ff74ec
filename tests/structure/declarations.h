#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::structure {

enum class DeclarationKind { type, forward, function, constant };

// What a C++ text declares or defines in a namespace or a class: a type (forward: only its name), a function or method,
// a constant. Operators, friends and data members are left out.
struct Declaration {
  DeclarationKind kind;
  std::string name;
  std::string class_name;     // of which it is a member, inside the class or as Class::name; empty otherwise
  std::size_t line;           // counted from 1; where it ends or its body begins
  bool is_inside_class;       // and not as Class::name outside of it
  bool is_override = false;   // says override or final
  bool is_generated = false;  // = default or = delete

  // A constructor or destructor: of the name of its class.
  bool is_of_class_name() const { return name == class_name; }
};

// By following braces and semicolons: a heuristic, as good as the house's formatting.
std::vector<Declaration> find_declarations(std::string_view text);

// Every identifier of the text, as often as it is there; not in comments, strings and includes.
std::vector<std::string> find_identifiers(std::string_view text);

}  // namespace kuangxun::structure
