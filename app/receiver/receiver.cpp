#include "app/receiver/receiver.h"

#include "app/gps/county_gate.h"
#include "app/receiver/point.h"
#include "db/base/calendar.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

// A port that is unplugged is looked for until it is there again (app/gps), so it never says that it is gone: silence
// is all that tells. Hence a receiver that speaks once and then no more is trouble, and one that ends is too, while a
// recording simply has an end.
namespace kuangxun::receiver {
namespace {

// A receiver that was just plugged in finds its first position within a minute, and its port within some seconds.
constexpr std::int64_t silent_ms_max = 15'000;

}  // namespace

Receiver::Receiver(Clock& clock, Post post, Open open)
    : clock_(clock), post_(std::move(post)), open_(std::move(open)), self_(std::make_shared<Receiver*>(this)) {}

Receiver::~Receiver() {
  *self_ = nullptr;
}

Status Receiver::start(inspect::Desk& desk, const Source& source) {
  KX_CHECK(stop(desk));
  KX_TRY(rule_records, desk.store.list(records::kinds::positioning_rules));
  const records::PositioningRules rules = records::read_positioning_rules(rule_records);
  KX_TRY(bytes, open_(source.text, source.speed > 0 ? source.speed : 1, clock_));
  source_ = source;
  is_live_ = gps::is_live_source(source.text);
  limits_ = gps::gate_limits(rules);
  listener_ = Listener::start(std::move(bytes), {limits_, rules.keeps_sentences}, clock_, post_, [self = self_] {
    if (*self != nullptr) (*self)->take_news();
  });
  return {};
}

Status Receiver::stop(inspect::Desk& desk) {
  const Status ended = route_.end(desk);
  listener_.reset();
  heard_ = News{};
  latest_.reset();
  fixes_ = accepted_ = 0;
  averaging_.stop();
  has_moved_ = true;
  return ended;
}

void Receiver::take_news() {
  if (!listener_) return;
  heard_ = listener_->take_news();
  for (JudgedFix& judged : std::exchange(heard_.fixes, {})) {
    ++fixes_;
    if (judged.verdict == gps::GateVerdict::accepted) {
      ++accepted_;
      averaging_.take(judged.fix);
    }
    route_.take(judged);
    latest_ = std::move(judged);
  }
  has_moved_ = true;
}

bool Receiver::take_moved() {
  return std::exchange(has_moved_, false);
}

gps::GateVerdict Receiver::verdict() const {
  if (!latest_) return gps::GateVerdict::warming_up;
  const bool is_old = latest_->fix.age_ms(clock_.steady_ms()) > limits_.age_ms_max;
  return is_old && latest_->verdict == gps::GateVerdict::accepted ? gps::GateVerdict::too_old : latest_->verdict;
}

const gps::Fix* Receiver::walking_fix() const {
  if (!latest_ || heard_.ended || latest_->fix.age_ms(clock_.steady_ms()) > limits_.age_ms_max) return nullptr;
  return &latest_->fix;
}

const gps::Fix* Receiver::evidence_fix() const {
  const gps::Fix* fix = walking_fix();
  return fix != nullptr && latest_->verdict == gps::GateVerdict::accepted ? fix : nullptr;
}

Status Receiver::check_place(bool is_example_place) const {
  if (!source_.is_example || is_example_place) return {};
  return Error(ErrorCode::bad_input,
               phrase("the example recording's positions are invented; they are for example places only"));
}

Result<std::vector<inspect::FieldText>> Receiver::point() const {
  const gps::GateVerdict now = verdict();
  if (!latest_ || now != gps::GateVerdict::accepted) return Error(ErrorCode::bad_input, gps::gate_text(now));
  return point_fields(latest_->fix, is_live_);
}

Result<std::vector<inspect::FieldText>> Receiver::take_mean() {
  KX_TRY(mean, averaging_.mean());
  averaging_.stop();
  return point_fields(mean, latest_->fix, is_live_);
}

std::string Receiver::trouble() const {
  if (!listener_) return {};
  if (heard_.error) {
    return say_with("The receiver failed, nothing more comes from it: {0}. Start it again.", {heard_.error->message()});
  }
  if (!is_live_) return {};
  if (heard_.ended) return say_text("The receiver has stopped speaking for good; start it again.");
  if (!latest_) return {};
  const std::int64_t silent_ms = latest_->fix.age_ms(clock_.steady_ms());
  if (silent_ms <= silent_ms_max) return {};
  return say_with("No position from the receiver since {0}: look at its cable. It goes on by itself when it is back.",
                  {format_minute(clock_.now_ms() - silent_ms, beijing_offset_min)});
}

}  // namespace kuangxun::receiver
