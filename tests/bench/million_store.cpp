#include "tests/bench/million_store.h"

#include <algorithm>
#include <chrono>

#include "db/base/limits.h"
#include "db/records/choices/point_purpose.h"
#include "db/records/choices/visit_state.h"
#include "db/records/enumerations.h"
#include "db/records/handles/common.h"
#include "db/records/handles/gps_point.h"
#include "db/records/handles/visit.h"
#include "db/records/kinds.h"
#include "tests/bench/must.h"

namespace kuangxun::bench {
namespace {

constexpr std::size_t places_total = 20;
constexpr std::size_t visits_total = 4000;

}  // namespace

MillionFrames::MillionFrames()
    : county_(clock_, random_), key_(SigningKey::generate(random_)), writer_{make_uuid(clock_, random_), 1} {
  frames_.push_back({1, county_.introduce(writer_, key_.public_key())});
  for (std::size_t i = 0; i < places_total; ++i) {
    records::Record place(make_uuid(clock_, random_), records::kind_of(records::kinds::unlicensed_place));
    place.set_value(records::common::name, "示例点 " + std::to_string(i));
    places_.push_back(place.id());
    write_record(place);
  }
  std::vector<Uuid> visits;
  for (std::size_t i = 0; i < visits_total; ++i) {
    records::Record visit(make_uuid(clock_, random_), records::kind_of(records::kinds::visit));
    visit.set_value(records::visit::place, places_[i % places_total]);
    visit.set_value(records::visit::visit_kind, std::int64_t{1});
    visit.set_value(records::visit::started_at, clock_.now_ms());
    visit.set_value(records::visit::state, records::visit_state::ended);
    visits.push_back(visit.id());
    write_record(visit);
  }
  for (std::size_t i = 0; sequence_ + 12 <= operations_total; ++i) {
    records::Record point(make_uuid(clock_, random_), records::kind_of(records::kinds::gps_point));
    point.set_value(records::gps_point::visit, visits[i % visits_total]);
    point.set_value(records::gps_point::label, "点 " + std::to_string(i));
    point.set_value(records::gps_point::purpose, records::point_purpose::position);
    point.set_value(records::gps_point::latitude_deg, 43'100'000'000 + static_cast<std::int64_t>(i) * 37);
    point.set_value(records::gps_point::longitude_deg, 81'800'000'000 + static_cast<std::int64_t>(i) * 53);
    point.set_value(records::gps_point::accuracy_m, std::int64_t{250});
    write_record(point);
    std::uint64_t base = 0;
    for (int edits = 0; edits < 6; ++edits) {
      edit(point.id(), records::kinds::gps_point, 21, base, {{21, "复核 " + std::to_string(edits)}});
      base = sequence_;
    }
  }
  while (sequence_ < operations_total)
    edit(places_[0], records::kinds::unlicensed_place, 4, 0, {{4, std::string("补")}});
  seal();
}

void MillionFrames::write_record(const records::Record& record) {
  for (history::Edit& entered : history::edits_for_new(record)) {
    edit(entered.record, entered.kind, entered.group, 0, std::move(entered.values));
  }
}

void MillionFrames::edit(const Uuid& record, records::KindNumber kind, records::GroupNumber group, std::uint64_t base,
                         std::vector<records::FieldValue> values) {
  history::Operation operation;
  operation.id = {writer_, ++sequence_};
  operation.time = {clock_.now_ms(), 0};
  operation.record = record;
  operation.kind = kind;
  operation.group = group;
  if (base > 0) operation.bases.push_back({writer_, base});
  operation.values = std::move(values);
  batch_.push_back(std::move(operation));
  if (batch_.size() == limits::frame_operations_max) seal();
}

void MillionFrames::seal() {
  if (batch_.empty()) return;
  frames::Frame frame = frames::seal_frame(batch_, previous_, Hash{}, key_);
  previous_ = frame.hash();
  frames_.push_back({frames_.size() + 1, std::move(frame.bytes)});
  batch_.clear();
}

std::unique_ptr<sqlite::LocalStore> MillionFrames::empty_store(const std::filesystem::path& folder) {
  auto store = sqlite::LocalStore::create(folder, {clock_, random_});
  must_be_ok(store);
  must((*store)->note_county(county_.known()));
  return std::move(*store);
}

MillionFrames& million_frames() {
  static MillionFrames frames;
  return frames;
}

MillionStore& million_store() {
  static MillionStore million;
  static const bool is_made = [] {
    million.store = million_frames().empty_store(million.folder.path());
    const auto begin = std::chrono::steady_clock::now();
    // A pull answer at a time, as the link brings them.
    const auto& frames = million_frames().frames();
    for (std::size_t at = 0; at < frames.size(); at += 16) {
      const std::size_t end = std::min(at + 16, frames.size());
      const auto first = frames.begin() + static_cast<std::ptrdiff_t>(at);
      const auto counts = million.store->apply_pulled({first, frames.begin() + static_cast<std::ptrdiff_t>(end)}, {});
      must_be_ok(counts);
      must_hold(counts->quarantined == 0, "a frame of the million was quarantined");
    }
    million.apply_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return true;
  }();
  static_cast<void>(is_made);
  return million;
}

}  // namespace kuangxun::bench
