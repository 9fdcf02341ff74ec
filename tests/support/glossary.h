#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace kuangxun::tests {

// tests/db/language/glossary.csv: the words that people must not see, because there is one word for each thing.
class Glossary {
 public:
  enum class Where { anywhere, paper };  // what a court may read has words of its own

  static const Glossary& shared();
  // The refused words of a text with what to write instead, finished for whoever mends it; empty when there is none.
  std::string held_by(std::string_view text, std::string_view language, Where where = Where::anywhere) const;
  std::size_t size() const { return words_.size(); }

 private:
  struct Word {
    std::string refused;  // # is a digit
    std::string instead;
    std::string except;  // a longer word that may have it
    std::string language;
    bool is_for_paper = false;
  };
  std::vector<Word> words_;
};

}  // namespace kuangxun::tests
