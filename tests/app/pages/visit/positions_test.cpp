#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "db/base/files.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/track_block.h"
#include "db/records/kinds.h"
#include "tests/app/pages/visit/positions_day.h"

using namespace kuangxun;
using namespace kuangxun::tests;
namespace kinds = kuangxun::records::kinds;

namespace {

// A receiver on the network that stands still and says where whenever the test wants; whoever has lost it may call
// again.
class TcpReceiver {
 public:
  TcpReceiver() : listening_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::bind(listening_, reinterpret_cast<sockaddr*>(&name), sizeof name) == 0);
    REQUIRE(::listen(listening_, 4) == 0);
    socklen_t size = sizeof name;
    REQUIRE(::getsockname(listening_, reinterpret_cast<sockaddr*>(&name), &size) == 0);
    address = "tcp://127.0.0.1:" + std::to_string(ntohs(name.sin_port));
  }
  ~TcpReceiver() {
    if (speaking_ >= 0) ::close(speaking_);
    ::close(listening_);
  }
  void say_where() {
    const int caller = ::accept(listening_, nullptr, nullptr);
    if (caller >= 0) {
      if (speaking_ >= 0) ::close(speaking_);
      speaking_ = caller;
    }
    if (speaking_ < 0) return;
    char time[32];
    std::snprintf(time, sizeof time, "03%02d%02d.00", second_ / 60, second_ % 60);
    ++second_;
    const std::string said =
        with_checksum(std::string("GPGGA,") + time + ",4307.404000,N,08154.000000,E,1,12,0.8,1312.1,M,-53.1,M,,") +
        with_checksum(std::string("GPRMC,") + time + ",A,4307.404000,N,08154.000000,E,0.0,0.0,010526,,,A");
    (void)::send(speaking_, said.data(), said.size(), MSG_NOSIGNAL);
  }

  std::string address;

 private:
  int listening_;
  int speaking_ = -1;
  int second_ = 0;
};

}  // namespace

TEST_CASE("a fix that is no evidence yet says why; later it becomes a point marked as example") {
  PositionsDay day;
  day.start_example();
  REQUIRE(day.is_running());
  CHECK_FALSE(day.button("gps.take").enabled);
  CHECK_FALSE(day.button("gps.take").hint.empty());
  REQUIRE(day.wait_for_evidence());
  CHECK(contains(day.page_words(), "43.1500"));
  day.fill("gps.label", "示例坡脚");
  day.press("gps.take");
  REQUIRE_MESSAGE(day.shown("point") == 1, day.page_problem());
  CHECK(day.message() == "已取点");
  const records::Record point = day.store->list(kinds::gps_point)->front();
  CHECK(point.text(records::gps_point::label) == "示例坡脚");
  CHECK(point.display(records::gps_point::source) == "接收机记录回放");
  CHECK(point.integer(records::gps_point::is_example) == 1);
  CHECK(point.integer(records::gps_point::accuracy_m) == 177);
  CHECK(point.has(records::gps_point::measured_at));
  CHECK(day.entry("gps.label").text.empty());
  day.press("gps.stop");
  CHECK_FALSE(day.is_running());
}

TEST_CASE("a track is recorded while the receiver runs, goes on after a stop, and an example stays one") {
  PositionsDay day;
  day.start_example("100");
  day.press("gps.track");
  CHECK(day.has_button("gps.track_stop"));
  REQUIRE(day.wait_for([&] { return contains(day.page_words(), "轨迹 |"); }));
  REQUIRE(day.wait_for([&] { return !contains(day.page_words(), "轨迹 | 0 个点"); }));
  REQUIRE(day.wait_for_evidence());
  day.press("gps.track_stop");
  const auto blocks = day.store->list(kinds::track_block);
  REQUIRE(blocks.ok());
  REQUIRE(blocks->size() >= 1);
  CHECK(blocks->front().integer(records::common::is_example) == 1);
  CHECK(day.store->pending()->empty());
  day.press("gps.track");
  day.press("gps.stop");
  CHECK_FALSE(day.is_running());
  CHECK(day.store->pending()->empty());
}

TEST_CASE("the receiver and its track go on while other pages and another visit are looked at") {
  PositionsDay day;
  day.start_example();
  REQUIRE(day.wait_for_evidence());
  day.press("gps.track");
  const Uuid first = day.store->list(kinds::visit)->front().id();
  int looks = 0;
  (void)day.wait_for([&] { return ++looks > 60; });  // fixes come
  day.open_page("tables");
  day.press("visit.back");
  day.start_visit("patrol");
  day.open_visit_tab("positions");
  REQUIRE(day.is_running());
  CHECK(contains(day.page_words(), "属于另一次检查（示例采坑）"));
  CHECK_FALSE(day.button("area.start").enabled);
  day.open_visit(first);
  day.open_visit_tab("positions");
  CHECK_FALSE(contains(day.page_words(), "属于另一次检查"));
  day.press("gps.track_stop");
  const auto blocks = day.store->list(kinds::track_block);
  REQUIRE(blocks->size() >= 1);
  for (const records::Record& block : *blocks) CHECK(block.reference(records::track_block::visit) == first);
}

TEST_CASE("a fix grows old and stops being evidence") {
  PositionsDay day;
  day.start_example();
  REQUIRE(day.wait_for_evidence());
  const blocks::Handler promised = day.button("gps.take").press;
  day.clock.advance_ms(3'000);
  const Status taken = promised();
  REQUIRE_FALSE(taken.ok());
  CHECK(contains(taken.error().message(), "过时"));
  CHECK(day.store->list(kinds::gps_point)->empty());
}

TEST_CASE("standing still gives a mean of many fixes") {
  PositionsDay day;
  day.start_example();
  REQUIRE(day.wait_for_evidence());
  day.press("gps.average");
  REQUIRE(day.wait_for([&] { return day.can_press("gps.average_done"); }));
  day.press("gps.average_done");
  REQUIRE_MESSAGE(day.shown("point") == 1, day.page_problem());
  CHECK(day.store->list(kinds::gps_point)->front().integer(records::gps_point::averaged_fixes) >= 2);
  CHECK(day.has_button("gps.average"));
}

TEST_CASE("a recording that is not there is said in its place, nothing runs, and the rest goes on") {
  PositionsDay day;
  day.fill("gps.path", "没有这个文件.log");
  day.press("gps.start");
  CHECK(contains(day.page_problem(), "没有这个文件.log"));
  CHECK_FALSE(day.is_running());
  CHECK(day.entry("gps.path").text == "没有这个文件.log");
  day.start_example();
  CHECK(day.page_problem().empty());
  CHECK(day.is_running());
}

TEST_CASE("a receiver that is unplugged is said wherever one is, and again not once it is back") {
  PositionsDay day;
  day.let_time_run();
  TcpReceiver receiver;
  day.fill("gps.path", receiver.address);
  day.press("gps.start");
  REQUIRE(day.is_running());
  const auto is_heard = [&] {
    receiver.say_where();
    return contains(day.page_words(), "43.1234");
  };
  REQUIRE(day.wait_for(is_heard));
  CHECK(day.view().warnings.empty());
  day.clock.advance_ms(20'000);
  REQUIRE(day.wait_for([&] { return !day.view().warnings.empty(); }));
  CHECK(contains(day.view().warnings.front(), "收不到接收机的定位"));
  CHECK(contains(day.page_words(), "收不到接收机的定位"));
  day.open_page("tables");
  CHECK(contains(day.view().warnings.front(), "收不到接收机的定位"));
  CHECK(day.page_problem().empty());
  REQUIRE(day.wait_for([&] {
    receiver.say_where();
    return day.view().warnings.empty();
  }));
}

TEST_CASE("while the receiver speaks only what tells of it is made anew: what is typed stays, the store is not asked") {
  PositionsDay day;
  day.start_example();
  REQUIRE(day.wait_for_evidence());
  day.fill("gps.label", "半句");
  // Nobody changed a record: were the page made as a whole, the title of this point would be there.
  records::Record point(fixed_uuid("another"), records::kind_of(kinds::gps_point));
  point.set_value(records::gps_point::visit, day.store->list(kinds::visit)->front().id());
  REQUIRE(day.store->commit(history::edits_for_new(point), Uuid{}).ok());
  const std::string before = day.page_words();
  REQUIRE(day.wait_for([&] { return day.page_words() != before; }));
  CHECK(day.shown("point") == 0);
  CHECK(day.entry("gps.label").text == "半句");
  day.press("gps.average");
  CHECK(day.shown("point") == 1);
  CHECK(day.entry("gps.label").text == "半句");
}

TEST_CASE("the area of a unit is measured by this visit's corners, beside what was entered before") {
  PositionsDay day;
  day.open_visit_tab("restoration");
  CHECK_FALSE(day.entry("unit.0.area_ha").enabled);
  day.choose("unit.0.state", "completed");
  day.enter("unit.0.area_ha", "1.1");
  CHECK_FALSE(day.button("unit.0.measure").enabled);
  day.open_visit_tab("positions");
  day.start_example();
  day.choose("gps.purpose", "unit-corner");
  std::size_t taken = 0;
  for (const std::string_view latitude : {"43.15000", "43.15008", "43.15099", "43.15107"}) {
    REQUIRE(day.wait_for([&] { return contains(day.page_words(), latitude) && day.can_press("gps.take"); }));
    day.press("gps.take");
    REQUIRE_MESSAGE(day.shown("point") == ++taken, day.page_problem());
  }
  day.open_visit_tab("restoration");
  day.press("unit.0.measure");
  CHECK(contains(day.message(), "实测面积 1."));
  CHECK(contains(day.page_words(), "实测 1."));
  CHECK(contains(day.page_words(), "±"));
  CHECK(contains(day.page_words(), "本次较早的记录：完工 · 填报 1.1"));
  CHECK_FALSE(day.entry("unit.0.area_ha").enabled);  // a measured area is not typed over
  day.press("visit.back");
  day.open_place_tab("restoration");
  CHECK(contains(day.page_words(), "完工\n"));
}

TEST_CASE("on a mine of the register nothing offers an invented position") {
  Office office;
  office.open_place(office.mine("3-02"));
  office.start_visit("patrol");
  office.open_visit_tab("findings");
  CHECK_FALSE(office.has_button("visit.photo_example"));
  office.open_visit_tab("positions");
  CHECK(office.has_button("gps.auto"));
  CHECK_FALSE(office.has_button("gps.example"));
  // Not even by its path.
  office.let_time_run();
  office.fill("gps.path", source_folder() + "/assets/examples/receiver-example.nmea");
  office.choose("gps.speed", "10");
  office.press("gps.start");
  REQUIRE(office.wait_for([&] { return office.button("gps.take").enabled; }));
  for (const std::string_view name : {"gps.take", "gps.track", "area.start"}) {
    office.press(name);
    CHECK_MESSAGE(contains(office.page_problem(), "虚构"), name);
  }
  CHECK(office.store->list(kinds::gps_point)->empty());
  CHECK(office.store->list(kinds::track_block)->empty());
}

TEST_CASE("a receiver whose sentences carry no checksums is not silent: the page says what to switch on") {
  PositionsDay day;
  day.let_time_run();
  const auto path = day.folder / "无校验和.nmea";
  const std::string sentence = "$GPGGA,023000.00,4307.40740,N,08159.25924,E,1,14,0.7,1283.4,M,-42.1,M,,\r\n";
  REQUIRE(write_file_durably(path, as_bytes(sentence + sentence)).ok());
  day.fill("gps.path", path.string());
  day.press("gps.start");
  REQUIRE(day.wait_for([&] { return contains(day.page_words(), "记录里没有位置"); }));
  CHECK(contains(day.page_words(), "没有校验和"));
  CHECK(contains(day.page_words(), "打开校验和"));
}
