#include "sync/client/sync.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "db/base/language.h"
#include "sync/client/folder_attachments.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::client {
namespace {

constexpr int first_pause_ms = 200;
constexpr int longest_pause_ms = 5000;

constexpr std::string_view url_setting = "county_url";
constexpr std::string_view id_setting = "county_id";
constexpr std::string_view key_setting = "county_key";

Result<std::optional<County>> read_county(sqlite::LocalStore& store) {
  KX_TRY(id_text, store.setting(id_setting));
  KX_TRY(key_text, store.setting(key_setting));
  if (!id_text.has_value() || !key_text.has_value()) return std::optional<County>();
  KX_TRY(id, parse_uuid(*id_text));
  KX_TRY(key, parse_hash(*key_text));
  return std::optional<County>(County{id, PublicKey{key.bytes}});
}

Error not_joined() {
  return Error(ErrorCode::refused, say_text("本机还没有在县库注册；请先用 enrol 地址 注册码",
                                            "this laptop has not joined a county yet: run "
                                            "enrol URL CODE first"));
}

Result<Caller> caller_of(sqlite::LocalStore& store, Clock& clock) {
  return Caller{store.own_writer(), store.signing_key(), clock};
}

void sleep_ms(int duration_ms) {
  std::this_thread::sleep_for(std::chrono::milliseconds(duration_ms));
}

}  // namespace

Result<engine::Report> run_session(engine::Session& session, Link& link, const Caller& caller, const County& county,
                                   const std::function<void(int)>& wait) {
  engine::Step step = session.begin();
  int pause_ms = first_pause_ms;
  while (step.request.has_value()) {
    const auto answer = call(link, caller, county, *step.request);
    if (answer.ok()) {
      pause_ms = first_pause_ms;
      step = session.answered(*answer);
    } else if (answer.error().code() == ErrorCode::busy) {
      wait(pause_ms);
      pause_ms = std::min(pause_ms * 2, longest_pause_ms);
      step = session.cut();
    } else {
      return answer.error();
    }
  }
  if (step.failure.has_value()) return *step.failure;
  return session.report();
}

Status enrol(sqlite::LocalStore& store, const std::string& url, const std::string& code_text, Clock& clock) {
  KX_TRY(checked, checked_url(url));
  KX_TRY(code, wire::parse_enrolment_code(code_text));
  KX_TRY(joined, read_county(store));
  KX_TRY(link, open_link(checked));
  KX_TRY(caller, caller_of(store, clock));
  const PublicKey& key = store.public_key();
  const wire::EnrolRequest request{
      wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), caller.writer, key), key, {}};
  if (joined.has_value() && !wire::is_fingerprint_of(code.fingerprint, joined->key)) {
    return Error(ErrorCode::bad_input,
                 say_text("本机已在另一个县库注册；一台电脑的数据只属于一个县库",
                          "this laptop has joined another county database already; its data belongs "
                          "to one"));
  }
  KX_TRY(welcome, call_to_enrol(*link, caller, request, code.fingerprint));
  KX_CHECK(store.set_setting(key_setting, to_hex(welcome.county_key.bytes)));
  KX_CHECK(store.set_setting(id_setting, welcome.county.text()));
  KX_CHECK(store.set_setting("device_name", welcome.name));
  KX_CHECK(store.set_setting("device_role", welcome.role));
  return store.set_setting(url_setting, checked);
}

Result<SyncReport> sync(sqlite::LocalStore& store, const std::filesystem::path& photos, const std::string& url,
                        Clock& clock) {
  KX_TRY(county, read_county(store));
  if (!county.has_value()) return not_joined();
  KX_TRY(kept_url, store.setting(url_setting));
  KX_TRY(checked, checked_url(url.empty() ? kept_url.value_or("") : url));
  KX_TRY(link, open_link(checked));
  KX_TRY(caller, caller_of(store, clock));
  FolderAttachments attachments(store, photos);
  engine::Session session(store, &attachments, county->key);
  KX_TRY(done, run_session(session, *link, caller, *county, sleep_ms));
  if (checked != kept_url) KX_CHECK(store.set_setting(url_setting, checked));
  if (done.problem.has_value()) return *done.problem;
  KX_TRY(counts, store.counts());
  return SyncReport{done.pushed,     done.pulled,      done.stored_through, done.applied_through,
                    counts.disputes, done.quarantined, done.photos_sent,    done.photos_fetched};
}

Result<std::optional<std::string>> joined_county(sqlite::LocalStore& store) {
  KX_TRY(county, read_county(store));
  if (!county.has_value()) return std::optional<std::string>();
  return store.setting(url_setting);
}

}  // namespace kuangxun::client
