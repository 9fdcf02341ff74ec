#pragma once

#include <functional>
#include <optional>

#include "db/base/clock.h"
#include "sync/engine/session.h"
#include "sync/wire/envelope.h"

namespace kuangxun::engine {

// A session in sealed bytes: signs each request with the key of the day, believes only answers that the county signed
// and that name the request, and follows the county to a new key when the old one introduces it. Whatever carries the
// bytes (HTTPS, a simulation) is not known here. One thread.
class Dialogue {
 public:
  // What to send; nothing when the session is over.
  using Next = Result<std::optional<Bytes>>;
  // The county's statements and CA certificates, when there was a new key among them. They were checked.
  using KeepKeys = std::function<Status(const wire::KeysAnswer&)>;

  Dialogue(frames::FrameStore& store, AttachmentStore* photos, Clock& clock, KeepKeys keep_keys)
      : store_(store), session_(store, photos), clock_(clock), keep_keys_(std::move(keep_keys)) {}

  Next begin();
  Next answered(Bytes answer);
  // The link broke before the whole answer came.
  Next cut();

  const Report& report() const { return session_.report(); }
  Phase phase() const { return session_.phase(); }
  // By the county's clock, of the newest answer that was believed; 0 for none.
  std::int64_t county_time_ms() const { return county_time_ms_; }

 private:
  Next go_on(Step step);
  Next send(const wire::RequestBody& body);
  Next ask_keys();

  frames::FrameStore& store_;
  Session session_;
  Clock& clock_;
  KeepKeys keep_keys_;
  std::int64_t county_time_ms_ = 0;
  Hash sent_;  // of the request that is on its way
  wire::MessageType sent_type_ = wire::MessageType::status;
  std::optional<wire::RequestBody> step_;  // what the session wants asked
  bool is_asking_keys_ = false;
};

// A request of this laptop, sealed; the same for every kind of talk with the county.
Bytes seal_own_request(frames::FrameStore& store, const Uuid& county, Clock& clock, const wire::RequestBody& body);

// Believes the county's keys when one that the laptop knows leads to the one that signed this answer, and keeps them.
// refused otherwise, and when nothing in them is new.
Status take_keys(frames::FrameStore& store, const wire::Answer& answer, const Dialogue::KeepKeys& keep);

// Who answered is not the county: a wrong signature, or an answer to something else.
Error not_the_county();

}  // namespace kuangxun::engine
