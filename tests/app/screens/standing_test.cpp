#include <fstream>

#include "db/base/attachment_folder.h"
#include "db/base/limits.h"
#include "db/records/kinds.h"
#include "sync/client/folder_attachments.h"
#include "tests/app/window_office/office.h"

using namespace kuangxun;
using namespace kuangxun::tests;

namespace {

constexpr std::int64_t hour_ms = 3600 * 1000;

void look_again(Office& office) {
  office.open_page("sync");
}

// Our clock less the county's, as the last exchange found it.
void set_clock_ahead(Office& office, std::int64_t ahead_ms) {
  REQUIRE(office.store->set_setting("clock_ahead_ms", std::to_string(ahead_ms)).ok());
}

// What stands above the page of the sync.
std::vector<std::string> notices(const Office& office) {
  std::vector<std::string> found;
  for (const blocks::Block& block : office.tree()) {
    if (const auto* notice = std::get_if<blocks::Notice>(&block.shape)) found.push_back(notice->words);
  }
  return found;
}

std::string all(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("after three days without a sync the window says so, wherever one is") {
  Office office;
  office.open_example_place();
  CHECK(office.view().warnings.empty());
  office.clock.advance_ms(71 * hour_ms);
  look_again(office);
  CHECK(office.view().warnings.empty());
  office.clock.advance_ms(2 * hour_ms);
  look_again(office);
  REQUIRE(office.view().warnings.size() == 1);
  CHECK(contains(office.view().warnings[0], "3 天"));
  CHECK(contains(office.page_words(), "3 天"));
  office.open_page("places");
  CHECK(office.view().warnings.size() == 1);
}

TEST_CASE("a clock that is wrong is said and refuses nothing") {
  Office office;
  const std::int64_t now_ms = office.clock.now_ms();
  SUBCASE("behind what the county told") {
    office.link.county.time_ms = now_ms + 24 * hour_ms;
  }
  SUBCASE("behind the making of the program") {
    office.built_ms = now_ms + 24 * hour_ms;
    office.reopen();
  }
  SUBCASE("far ahead of the county") {
    set_clock_ahead(office, hour_ms);
  }
  SUBCASE("behind the laptop's own entries") {
    office.open_example_place();
    office.clock.set_wall_ms(now_ms - 365 * 24 * hour_ms);
  }
  look_again(office);
  CHECK(contains(all(office.view().warnings), "请校准"));
  office.open_page("places");
  const std::uint64_t before = office.operations();
  office.open_example_place();
  CHECK(office.operations() > before);
}

TEST_CASE("a clock within ten minutes of the county's is good enough") {
  Office office;
  set_clock_ahead(office, 9 * 60 * 1000);
  look_again(office);
  CHECK(office.view().warnings.empty());
}

TEST_CASE("the end of the certificate and the county's time are shown; near its end it is said") {
  Office office;
  const std::int64_t now_ms = office.clock.now_ms();
  office.link.join();
  office.link.county.time_ms = now_ms;
  office.link.county.certificate_until_ms = now_ms + 100 * 24 * hour_ms;
  look_again(office);
  CHECK(contains(office.page_words(), "本机证书有效至"));
  CHECK(office.view().warnings.empty());
  office.link.county.certificate_until_ms = now_ms + 10 * 24 * hour_ms;
  look_again(office);
  CHECK(contains(all(office.view().warnings), "续期"));
}

TEST_CASE("a lost key is the first thing that is said") {
  Office office;
  office.open_example_place();
  office.clock.advance_ms(73 * hour_ms);
  std::filesystem::remove(office.folder / "data/device-1.key");
  office.reopen();
  look_again(office);
  REQUIRE(office.view().warnings.size() == 2);
  REQUIRE_FALSE(office.store->key_problem().empty());
  CHECK(office.view().warnings[0] == office.store->key_problem());
}

TEST_CASE("news of a sync that people must know stand above the page") {
  Office office;
  office.link.join();
  office.link.report.is_county_restored = true;
  office.link.report.new_epoch = 2;
  office.link.report.relayed = 7;
  look_again(office);
  office.sync();
  REQUIRE(notices(office).size() == 2);
  CHECK(contains(notices(office)[0], "从备份恢复"));
  CHECK(contains(notices(office)[1], "第 2 世代"));
  CHECK(contains(office.page_words(), "7 个操作"));
}

TEST_CASE("a laptop that is a copy is told so above everything, by network and by stick, with what was done") {
  for (const std::string_view how : {"sync.start", "bundle.read"}) {
    CAPTURE(how);
    Office office;
    office.link.join();
    office.link.report.pulled = 4;
    office.link.report.problem = Error(ErrorCode::refused, "本机的数据可能被复制或恢复过；请联网同步一次");
    look_again(office);
    office.fill("bundle.path", "/media/usb/a.kxb");
    office.press(how);
    office.wait_until_idle();
    CHECK(contains(office.message(), "联网同步一次"));
    CHECK(office.view().message->tone == blocks::Tone::bad);
    REQUIRE_FALSE(notices(office).empty());
    CHECK(contains(notices(office)[0], "联网同步一次"));
    CHECK(contains(office.page_words(), "4 个操作"));
  }
}

TEST_CASE("a photo says how much of it has gone") {
  Office office;
  office.open_example_place();
  office.start_visit("patrol");
  office.open_visit_tab("findings");
  const std::filesystem::path photo = office.folder / "large.jpg";
  std::ofstream(photo, std::ios::binary) << "\xff\xd8\xff" << std::string(15 * limits::chunk_bytes, 'x');
  office.fill("visit.photo_path", photo.string());
  office.press("visit.photo_add");
  REQUIRE_MESSAGE(office.has_entry("visit.photo.0.proves"), office.page_problem());
  // As a sync that is cut would leave it.
  const std::filesystem::path originals = office.folder / "data/attachments";
  client::FolderAttachments sent(*office.store, originals);
  const auto named = sent.named();
  REQUIRE(named->size() == 1);
  const wire::AttachmentName& name = named->front();
  REQUIRE(name.chunk_count() == 16);
  const auto standing = [&] {
    look_again(office);
    office.press("sync.visit.0");
    office.open_visit_tab("findings");
    return office.page_words();
  };
  CHECK(contains(standing(), "还没有送"));
  REQUIRE(sent.read(name, 3, 0, 10).ok());
  CHECK(contains(standing(), "已送 3/16 块"));
  REQUIRE(sent.note_sent(name).ok());
  CHECK(contains(standing(), "已到县级库"));
  std::filesystem::remove(AttachmentFolder(originals).path_of(name.hash));
  REQUIRE(sent.append(name, Bytes(5 * limits::chunk_bytes)).ok());
  CHECK(contains(standing(), "已取 5/16 块"));
}

TEST_CASE("a bundle is written and its answers are read from the page of the sync") {
  Office office;
  look_again(office);
  CHECK_FALSE(office.button("bundle.write").enabled);
  office.link.join();
  look_again(office);
  office.fill("bundle.path", "/media/usb/a.kxb");
  office.press("bundle.write");
  office.wait_until_idle();
  CHECK(contains(office.message(), "/media/usb/a.kxb"));
  office.link.report.pushed = 5;
  office.press("bundle.read");
  office.wait_until_idle();
  CHECK(contains(office.page_words(), "5 个操作"));
}

TEST_CASE("a photo that did not fit onto the stick is said as a fault, beside what was written") {
  Office office;
  office.link.join();
  office.link.written.frames = 7;
  office.link.written.problem = Error(ErrorCode::corrupt, "示例照片读不出");
  look_again(office);
  office.fill("bundle.path", "/media/usb/a.kxb");
  office.press("bundle.write");
  office.wait_until_idle();
  CHECK(contains(office.message(), "7 帧"));
  CHECK(contains(office.message(), "示例照片读不出"));
  CHECK(office.view().message->tone == blocks::Tone::bad);
}
