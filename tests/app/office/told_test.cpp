#include "app/office/told.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "db/language/language.h"

using namespace kuangxun;

namespace {

const office::Item& item(const office::Told& told, std::string_view name) {
  const auto found = std::ranges::find(told.items, name, &office::Item::name);
  REQUIRE_MESSAGE(found != told.items.end(), name);
  return *found;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string all_text(const office::Told& told) {
  std::string text = summary_of(told);
  for (const std::string& sentence : told.sentences) text += "\n" + sentence;
  if (told.problem) text += "\n" + told.problem->message();
  return text;
}

// A report in which everything happened, each number another one.
office::Report full_report() {
  office::Report report;
  report.pushed = 101;
  report.relayed = 102;
  report.pulled = 103;
  report.stored_through = 104;
  report.applied_through = 105;
  report.disputes = 106;
  report.quarantined = 107;
  report.photos_sent = 108;
  report.photos_fetched = 109;
  report.photos_confirmed = 110;
  report.is_county_restored = true;
  report.new_epoch = 111;
  report.is_overtaken = true;
  report.has_more = true;
  report.problem = Error(ErrorCode::refused, "示例问题");
  return report;
}

// Speaks English to the end of the test.
struct InEnglish {
  InEnglish() { set_language(Language::english); }
  ~InEnglish() { set_language(Language::chinese); }
};

}  // namespace

TEST_CASE("everything that a report holds is said to people, by name, and in the log") {
  const auto check_all = [](std::initializer_list<std::string_view> sentences) {
    const office::Told told = office::tell(full_report());
    const std::string text = all_text(told);
    for (int number = 101; number <= 111; ++number) {
      CAPTURE(number);
      CHECK(contains(text, std::to_string(number)));
    }
    for (const std::string_view sentence : sentences) CHECK_MESSAGE(contains(text, sentence), sentence);
    CHECK(contains(text, "示例问题"));
    CHECK(std::get<std::uint64_t>(item(told, "relayed").value) == 102);
    CHECK(std::get<std::uint64_t>(item(told, "new_epoch").value) == 111);
    CHECK(std::get<bool>(item(told, "county_restored").value));
    CHECK(std::get<std::string>(item(told, "problem").value) == "示例问题");
    const std::string log = log_text(told);
    for (const office::Item& each : told.items) CHECK_MESSAGE(contains(log, each.name), each.name);
    CHECK(contains(log, "problem: 示例问题"));
  };
  check_all({"从备份恢复", "世代", "已过时", "还有更多"});
  const InEnglish english;
  check_all({"restored from a backup", "epoch", "overtaken", "There is more"});
}

TEST_CASE("an ordinary sync says its counts and nothing that did not happen") {
  office::Report report;
  report.pushed = 3;
  const office::Told told = office::tell(report);
  CHECK(told.sentences.empty());
  CHECK_FALSE(told.problem);
  CHECK(contains(summary_of(told), "送出 3 个操作"));
  CHECK_FALSE(contains(summary_of(told), "照片"));
  CHECK_FALSE(contains(summary_of(told), "补送"));
  CHECK(std::holds_alternative<std::monostate>(item(told, "problem").value));
  CHECK(std::holds_alternative<std::monostate>(item(told, "new_epoch").value));
  CHECK_FALSE(contains(log_text(told), "problem"));
  CHECK_FALSE(contains(log_text(told), "county_restored"));
  CHECK_FALSE(item(told, "disputes").is_bad);
  report.disputes = 1;
  CHECK(item(office::tell(report), "disputes").is_bad);
}

TEST_CASE("a problem of what was done in part never means that nothing was changed") {
  office::Report report;
  report.pushed = 1;
  for (const ErrorCode code : {ErrorCode::bad_input, ErrorCode::not_found, ErrorCode::usage}) {
    report.problem = Error(code, "示例");
    CHECK(office::tell(report).problem->code() == ErrorCode::unavailable);
  }
  report.problem = Error(ErrorCode::refused, "示例");
  CHECK(office::tell(report).problem->code() == ErrorCode::refused);
}

TEST_CASE("a photo that is not in a bundle is a problem of the bundle, which is written all the same") {
  office::WrittenBundle written;
  written.file.bytes = 4321;
  written.frames = 5;
  written.photos = 2;
  const office::Told whole = office::tell(written, "/示例/a.kxb");
  CHECK_FALSE(whole.problem);
  CHECK(contains(whole.sentences.front(), "/示例/a.kxb"));
  CHECK(contains(whole.sentences.front(), "5 帧"));
  CHECK(std::get<std::uint64_t>(item(whole, "bytes").value) == 4321);
  // Which file was chosen is nobody's business in the log.
  CHECK_FALSE(contains(log_text(whole), "示例"));
  written.problem = Error(ErrorCode::not_found, "示例照片不见了");
  const office::Told part = office::tell(written, "/示例/a.kxb");
  REQUIRE(part.problem);
  CHECK(part.problem->code() == ErrorCode::unavailable);
  CHECK(contains(part.problem->message(), "示例照片不见了"));
  CHECK(part.sentences == whole.sentences);
}

TEST_CASE("an enrolment says where, and in which epoch the laptop goes on after its key was lost") {
  const office::Told plain = office::tell(office::Enrolled{"https://示例:1", "一号", "officer", std::nullopt});
  REQUIRE(plain.sentences.size() == 1);
  CHECK(contains(plain.sentences[0], "https://示例:1"));
  CHECK(std::get<std::string>(item(plain, "device_role").value) == "officer");
  const office::Told again = office::tell(office::Enrolled{"https://示例:1", "一号", "officer", 2});
  REQUIRE(again.sentences.size() == 2);
  CHECK(contains(again.sentences[1], "第 2 世代"));
}

TEST_CASE("a proof says its counts, its problems and what is worth knowing") {
  office::Proof proof;
  proof.frames = 201;
  proof.operations = 202;
  proof.unsealed_operations = 203;
  proof.unreadable_frames = 204;
  proof.person_signatures = 205;
  proof.unproved_signatures = 206;
  proof.receipts = 207;
  proof.checkpoints = 208;
  proof.problems = {"示例毛病"};
  proof.notes = {"示例提示"};
  const office::Told told = office::tell(proof);
  for (int number = 201; number <= 208; ++number) {
    CAPTURE(number);
    CHECK(contains(summary_of(told), std::to_string(number)));
  }
  CHECK(told.sentences == std::vector<std::string>{"示例毛病", "示例提示"});
  CHECK(std::get<std::vector<std::string>>(item(told, "notes").value).front() == "示例提示");
}
