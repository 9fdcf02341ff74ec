#include "tests/simulation/network.h"

#include "sync/engine/dialogue.h"

namespace kuangxun::simulation {

bool Network::chance(unsigned percent, Fault fault) {
  if (is_calm_ || !random_.chance_percent(percent)) return false;
  parts_.tally.count(fault);
  parts_.trace.tell(parts_.time.now_ms(), "network", [&] { return std::string(name_of(fault)); });
  return true;
}

std::int64_t Network::delay_ms() {
  return is_calm_ ? 1 : 20 + static_cast<std::int64_t>(random_.below(3000));
}

void Network::strike_county() {
  const Plan& plan = parts_.plan;
  if (plan.strikes_between_calls && parts_.county.strike().may_strike()) return;
  if (random_.chance_percent(plan.county_kill_percent)) {
    parts_.county.strike().kill_after(1 + random_.below(30));
  } else if (random_.chance_percent(plan.county_full_percent)) {
    parts_.county.strike().fill_after(1 + random_.below(30));
  }
  parts_.county.set_nearly_full(chance(plan.county_refuses_percent, Fault::county_disk_nearly_full));
}

Network::Delivery Network::deliver(const Bytes& request, const requests::Peer& peer) {
  ++parts_.tally.requests;
  parts_.tally.bytes += request.size();
  if (!is_calm_) strike_county();
  auto reply = parts_.county.answer(request, peer);
  if (!reply.has_value()) return {};
  parts_.tally.bytes += reply->body.size();
  if (reply->http_status == 429) parts_.tally.count(Fault::county_busy);
  if (reply->http_status == 429 || reply->http_status == 503) return {Delivery::How::busy, {}, true};
  if (reply->http_status == 507) return {Delivery::How::full, {}, true};
  return {Delivery::How::answered, std::move(reply->body), true};
}

void Network::hammer(frames::FrameStore& store, const Uuid& county, Clock& clock) {
  const Bytes request = engine::seal_own_request(store, county, clock, wire::KeysRequest{});
  const requests::Peer peer{requests::Peer::Carrier::tls, true, false, store.own_writer().device};
  constexpr int times_max = 3000;
  for (int i = 0; i < times_max; ++i) {
    const auto reply = parts_.county.answer(request, peer);
    if (!reply.has_value() || reply->http_status != 200) return;
  }
}

void Network::deliver_later(const Bytes& request, const requests::Peer& peer, std::int64_t delay_ms) {
  parts_.time.after(delay_ms, [this, request, peer] { deliver(request, peer); });
}

Network::Delivery Network::carry(const Bytes& request, const requests::Peer& peer) {
  const Plan& plan = parts_.plan;
  if (chance(plan.loss_percent / 2, Fault::request_lost)) return {};
  if (chance(plan.cut_percent / 2, Fault::request_cut)) {
    parts_.county.keep_partial(ByteView(request).first(random_.below(request.size())), peer);
    return {};
  }
  if (chance(plan.replay_percent, Fault::request_replayed)) {
    // Mostly soon, sometimes a week later.
    const std::int64_t most_ms = random_.chance_percent(80) ? hour_ms : 7 * day_ms;
    deliver_later(request, peer, static_cast<std::int64_t>(random_.below(static_cast<std::uint64_t>(most_ms))));
  }
  if (chance(plan.late_percent, Fault::request_late)) {
    deliver_later(request, peer, minute_ms + static_cast<std::int64_t>(random_.below(hour_ms)));
    return {};
  }
  if (chance(plan.foreign_percent, Fault::nonsense_sent)) {
    Bytes nonsense = request;
    nonsense[random_.below(nonsense.size())] ^= static_cast<std::uint8_t>(1 + random_.below(255));
    deliver(nonsense, peer);
  }
  Delivery delivery = deliver(request, peer);
  if (delivery.how != Delivery::How::answered) return delivery;
  if (chance(plan.loss_percent / 2, Fault::answer_lost)) return {};
  if (chance(plan.cut_percent / 2, Fault::answer_cut)) {
    delivery.answer.resize(random_.below(delivery.answer.size()));
    delivery.is_whole = false;
  } else if (!last_answer_.empty() && last_request_ != request && chance(plan.foreign_percent, Fault::answer_foreign)) {
    return {Delivery::How::answered, last_answer_, false};
  }
  if (plan.foreign_percent > 0 && delivery.is_whole) {
    last_request_ = request;
    last_answer_ = delivery.answer;
  }
  return delivery;
}

}  // namespace kuangxun::simulation
