#include "db/language/words.h"

#include <doctest/doctest.h>

#include <thread>

#include "db/base/result.h"
#include "db/language/language.h"

using namespace kuangxun;

TEST_CASE("what is kept in no language is said in that of whoever reads it") {
  const Words inner = phrase("sync");
  const Words words = phrase("cannot open file {0}: {1}", {"a.csv", inner}) + " / " + either_phrase("矿", "mine");
  CHECK(words.in(Language::english) == "cannot open file a.csv: sync / mine");
  CHECK(words.in(Language::chinese) == "无法打开文件 a.csv：同步 / 矿");
  CHECK(words.spoken() == words.in(Language::chinese));
  CHECK(Words().empty());
  CHECK(Words("").empty());
  CHECK(Words().in(Language::english).empty());
}

TEST_CASE("an error that was made while Chinese was spoken is English for whoever reads English, its place included") {
  const Error error = Error(ErrorCode::bad_input, phrase("cannot open file {0}: {1}", {"b", phrase("sync")}))
                          .within(either_phrase("矿", "mine"));
  CHECK(error.message() == "矿: 无法打开文件 b：同步");
  const Speaking english(Language::english);
  CHECK(error.message() == "mine: cannot open file b: sync");
}

TEST_CASE("two threads of one process speak two languages at the same time, and a scope gives back what was before") {
  std::string chinese;
  std::string english;
  std::thread one([&] {
    const Speaking speaking(Language::chinese);
    for (int i = 0; i < 2000; ++i) chinese = say_text("sync");
  });
  std::thread other([&] {
    const Speaking speaking(Language::english);
    for (int i = 0; i < 2000; ++i) english = say_text("sync");
  });
  one.join();
  other.join();
  CHECK(chinese == "同步");
  CHECK(english == "sync");
  {
    const Speaking outer(Language::english);
    {
      const Speaking inner(Language::chinese);
      CHECK(say("sync") == "同步");
    }
    CHECK(say("sync") == "sync");
  }
  CHECK(say("sync") == "同步");
}
