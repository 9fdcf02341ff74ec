#include "db/language/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "db/language/language.h"
#include "db/language/message_id.h"
#include "tests/support/seeded_random.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

struct Pair {
  std::string id;
  std::string words;
};

void put(std::string& bytes, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(number >> shift & 0xff);
}

// An .mo file as msgfmt lays it out.
std::string mo_of(const std::vector<Pair>& pairs) {
  const auto count = static_cast<std::uint32_t>(pairs.size());
  std::string bytes;
  for (const std::uint32_t number : {0x950412deU, 0U, count, 28U, 28 + 8 * count, 0U, 28 + 16 * count})
    put(bytes, number);
  std::uint32_t offset = 28 + 16 * count;
  for (const bool is_id : {true, false}) {
    for (const Pair& pair : pairs) {
      const std::string& text = is_id ? pair.id : pair.words;
      put(bytes, static_cast<std::uint32_t>(text.size()));
      put(bytes, offset);
      offset += static_cast<std::uint32_t>(text.size()) + 1;
    }
  }
  for (const bool is_id : {true, false}) {
    for (const Pair& pair : pairs) bytes += (is_id ? pair.id : pair.words) + '\0';
  }
  return bytes;
}

}  // namespace

TEST_CASE("a further language is a file: what it has is spoken, what it lacks is Chinese") {
  static const std::string bytes = mo_of({{"", "Language: x\n"}, {"sync", "[šýñç]"}, {"list\004, ", " ¦ "}});
  std::vector<std::string> problems;
  const Language pseudo = add_language("pseudo", bytes, problems);
  CHECK(problems.empty());
  CHECK(find_language("pseudo") == pseudo);
  const Speaking spoken(pseudo);
  CHECK(say("sync") == "[šýñç]");
  CHECK(say(in_context("list", ", ")) == " ¦ ");
  CHECK(say("cannot open file {0}: {1}") == "无法打开文件 {0}：{1}");
  CHECK(either("同步", "sync") == "[šýñç]");
  CHECK(either("没有", "nobody translated this") == "没有");
}

TEST_CASE("words of another program are not spoken: a lost placeholder, a plural") {
  const std::string bytes = mo_of(
      {{"{0} of {1}", "{0}"}, {"one", "o{0}ne"}, {std::string("a\0as", 4), std::string("b\0bs", 4)}, {"two", "zwei"}});
  const Catalogue catalogue(bytes);
  CHECK(catalogue.size() == 1);
  CHECK(catalogue.find(MessageId("two").hash()) == "zwei");
  CHECK(catalogue.problems().size() == 3);
}

TEST_CASE("what is not a catalogue, or is damaged anywhere, is said and never read beyond its end") {
  CHECK(Catalogue("").problems().size() == 1);
  CHECK(Catalogue("PK\3\4 something that is no catalogue at all").problems().size() == 1);
  const std::string whole = mo_of({{"one", "eins"}, {"two {0}", "zwei {0}"}, {"three", "drei"}});
  REQUIRE(Catalogue(whole).size() == 3);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string cut = whole.substr(0, size);
    const Catalogue catalogue(cut);
    CHECK(catalogue.size() + catalogue.problems().size() > 0);
  }
  SeededRandom random(20);
  for (int i = 0; i < 20'000; ++i) {
    std::string damaged = whole;
    damaged[random.below(damaged.size())] = static_cast<char>(random.below(256));
    const Catalogue catalogue(damaged);
    CHECK(catalogue.size() <= 3);
  }
}

TEST_CASE("the compiled-in Chinese is whole") {
  for (const std::string& problem : language_problems()) FAIL_CHECK(problem);
  const Speaking spoken(Language::chinese);
  CHECK(say("cannot open file {0}: {1}") == "无法打开文件 {0}：{1}");
  CHECK(say_with("cannot open file {0}: {1}", {"a", "b"}) == "无法打开文件 a：b");
}
