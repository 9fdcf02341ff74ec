#include "sync/client/sync.h"

#include "db/language/language.h"
#include "sync/client/conversation.h"
#include "sync/client/county_ties.h"
#include "sync/client/folder_attachments.h"

// A certificate is renewed before the session where that is due, because with an expired one the county lets a laptop
// do nothing else. Whether it is due only the county's clock tells, and what is known of that may be months old: so it
// is looked at again after a session, which has brought the hour.
namespace kuangxun::client {
namespace {

constexpr std::string_view plain_scheme = "http://";

Error not_joined() {
  return Error(ErrorCode::refused, phrase("this laptop has not joined a county yet: run enrol URL CODE first"));
}

Error no_key(const sqlite::LaptopStore& store) {
  return Error(ErrorCode::refused,
               phrase("{0}. Ask the administrator for a new enrolment code and run enrol again (everything that was "
                      "entered is still here)",
                      {store.key_problem()}));
}

Status renew(sqlite::LaptopStore& store, Link& link, Clock& clock, Random& random) {
  KX_TRY(key, tls_key(store.folder(), random));
  KX_TRY(body, ask(link, store, clock, wire::RenewCertificateRequest{key.public_key()}));
  return keep_certificate(store, std::get<wire::RenewCertificateAnswer>(body).certificate);
}

// At half of its life, by the county's clock.
Result<bool> is_renewal_due(sqlite::LaptopStore& store) {
  KX_TRY(ties, read_ties(store));
  if (!ties.has_value()) return false;
  KX_TRY(facts, certificates::read_certificate(ties->certificate.der));
  const certificates::Validity& validity = facts.validity;
  return ties->known_ms > validity.not_before_ms + (validity.not_after_ms - validity.not_before_ms) / 2;
}

// A session as far as it went, and why it ended early.
struct Ran {
  engine::Report report;
  Status ended;
};

Ran run(sqlite::LaptopStore& store, const std::filesystem::path& photos, Link& link, Clock& clock,
        const Running& running) {
  FolderAttachments attachments(store, photos);
  engine::Dialogue dialogue(store, &attachments, clock, [&](const wire::KeysAnswer& keys) -> Status {
    KX_CHECK(keep_statements(store, keys.keys));
    return keep_authorities(store, keys.trusted);
  });
  const auto done = converse(
      dialogue, link, [&](int duration_ms) { running.wait_ms(duration_ms); }, running);
  Ran ran{dialogue.report(), done.ok() ? Status() : done.error()};
  if (dialogue.county_time_ms() > 0) {
    const Status kept = keep_county_time(store, dialogue.county_time_ms());
    if (ran.ended.ok()) ran.ended = kept;
  }
  return ran;
}

// A certificate whose renewal was found due by the county's clock: an expired one too, which the county lets do nothing
// else; the session then runs once more.
Status renew_and_go_on(sqlite::LaptopStore& store, const std::filesystem::path& photos, const std::string& url,
                       Link& link, Clock& clock, Random& random, const Running& running, Ran& ran) {
  KX_CHECK(renew(store, link, clock, random));
  KX_TRY(renewed, open_county_link(store, url, random, running));
  if (!ran.ended.ok() && !ran.report.did_anything()) ran = run(store, photos, *renewed, clock, running);
  return {};
}

}  // namespace

Result<std::string> county_url(const std::string& text) {
  if (text.starts_with(plain_scheme)) return checked_url("https://" + text.substr(plain_scheme.size()));
  return checked_url(text);
}

Status check_joined(sqlite::LaptopStore& store) {
  KX_TRY(ties, read_ties(store));
  KX_TRY(county, store.known_county());
  if (!ties.has_value() || county.county == Uuid{}) return not_joined();
  return store.has_key() ? Status() : no_key(store);
}

Result<std::unique_ptr<SecureLink>> open_county_link(sqlite::LaptopStore& store, const std::string& url, Random& random,
                                                     const Running& running) {
  KX_CHECK(check_joined(store));
  KX_TRY(ties, read_ties(store));
  KX_TRY(county, store.known_county());
  KX_TRY(key, tls_key(store.folder(), random));
  certificates::ClientTls::Settings settings;
  settings.trust = certificates::ClientTls::Trust{county.county, ties->authorities};
  settings.certificate = ties->certificate;
  settings.key = &key;
  settings.known_ms = ties->known_ms;
  KX_TRY(checked, county_url(url.empty() ? ties->url : url));
  return open_secure_link(checked, settings, running);
}

Result<engine::Report> sync(sqlite::LaptopStore& store, const std::filesystem::path& photos, const std::string& url,
                            Clock& clock, Random& random, const Running& running) {
  KX_TRY(link, open_county_link(store, url, random, running));
  KX_TRY(before, read_ties(store));
  KX_TRY(was_due, is_renewal_due(store));
  if (was_due) KX_CHECK(renew(store, *link, clock, random));
  Ran ran = run(store, photos, *link, clock, running);
  KX_TRY(is_due, is_renewal_due(store));
  if (is_due && !was_due) {
    const Status renewed = renew_and_go_on(store, photos, url, *link, clock, random, running, ran);
    if (ran.ended.ok()) ran.ended = renewed;
  }
  if (ran.ended.ok()) {
    KX_TRY(checked, county_url(url.empty() ? before->url : url));
    if (checked != before->url) KX_CHECK(store.set_setting("county_url", checked));
  } else {
    if (!ran.report.did_anything()) return ran.ended.error();
    ran.report.note_problem(ran.ended.error());
  }
  KX_TRY(counts, store.counts());
  ran.report.disputes = counts.disputes;
  return std::move(ran.report);
}

}  // namespace kuangxun::client
