#include "sync/county/authority.h"

#include <algorithm>

#include "db/language/language.h"
#include "sync/certificates/authority.h"

namespace kuangxun::county {
namespace {

constexpr const char* server_certificate_name = "server";

std::string authority_name(const PublicKey& key) {
  return "authority-" + short_name(key);
}

}  // namespace

Result<certificates::Certificate> make_authority(KeyFolder& folder, const Uuid& county,
                                                 const certificates::Certificate* old, std::int64_t now_ms,
                                                 Random& random) {
  KX_TRY(key, folder.make_key(KeyFolder::Use::authority, random));
  const auto validity = certificates::valid_for(now_ms, certificates::authority_lifetime_ms);
  KX_TRY(certificate, certificates::make_authority(county, key, validity, random));
  KX_CHECK(folder.keep_certificate(authority_name(key.public_key()), certificate));
  if (old == nullptr) return certificate;
  KX_TRY(old_facts, certificates::read_certificate(old->der));
  KX_TRY(old_key, folder.find_key(KeyFolder::Use::authority, old_facts.key));
  KX_TRY(crossed, certificates::cross_sign(certificate, {*old, old_key}, validity, random));
  KX_CHECK(folder.keep_certificate("cross-" + short_name(key.public_key()) + "-" + short_name(old_facts.key), crossed));
  return certificate;
}

Result<std::unique_ptr<Authority>> Authority::open(KeyFolder& folder, const std::vector<wire::KeyStatement>& statements,
                                                   Random& random) {
  KX_TRY(all, folder.all_certificates("authority-"));
  std::vector<certificates::Certificate> authorities;
  for (const wire::KeyStatement& statement : statements) {
    const auto found = std::ranges::find_if(
        all, [&](const certificates::Certificate& one) { return sha256(one.der) == statement.authority; });
    if (found != all.end() && std::ranges::find(authorities, *found) == authorities.end()) {
      authorities.push_back(*found);
    }
  }
  if (authorities.empty() || sha256(authorities.back().der) != statements.back().authority) {
    return Error(ErrorCode::not_found,
                 phrase("the county's present certificate is not in {0}: name the right folder by --keys, or restore "
                        "it from the backup",
                        {folder.path().string()}));
  }
  KX_TRY(facts, certificates::read_certificate(authorities.back().der));
  KX_TRY(key, folder.find_key(KeyFolder::Use::authority, facts.key));
  return std::unique_ptr<Authority>(
      new Authority(folder, random, statements.back().county, std::move(authorities), std::move(key)));
}

Result<Bytes> Authority::issue(const history::WriterId& device, const std::string& role, const PublicKey& tls_key,
                               std::int64_t now_ms) {
  KX_TRY(certificate,
         certificates::issue_device({authorities_.back(), key_}, {device.device, device.epoch, role}, tls_key,
                                    certificates::valid_for(now_ms, certificates::device_lifetime_ms), random_));
  return certificate.der;
}

Result<std::vector<Bytes>> Authority::trusted() {
  std::vector<Bytes> ders;
  for (const certificates::Certificate& one : authorities_) ders.push_back(one.der);
  return ders;
}

Result<certificates::Certificate> Authority::server_certificate(const PublicKey& tls_key, std::int64_t now_ms) {
  const auto kept = folder_.read_certificate(server_certificate_name);
  if (kept.ok()) {
    const auto facts = certificates::read_certificate(kept->der);
    const certificates::Chain chain{*kept, {}, {&authorities_.back(), 1}};
    const bool is_good = facts.ok() && facts->key == tls_key &&
                         now_ms + certificates::server_lifetime_ms / 3 < facts->validity.not_after_ms &&
                         certificates::check_chain(chain, certificates::Purpose::server, now_ms).ok();
    if (is_good) return *kept;
  }
  KX_TRY(fresh, certificates::issue_server({authorities_.back(), key_}, tls_key,
                                           certificates::valid_for(now_ms, certificates::server_lifetime_ms), random_));
  KX_CHECK(folder_.keep_certificate(server_certificate_name, fresh));
  return fresh;
}

Result<Authority::Server> Authority::server(std::int64_t now_ms) {
  KX_TRY(tls_key, folder_.own_key("tls", random_));
  KX_TRY(own, server_certificate(tls_key.public_key(), now_ms));
  KX_TRY(facts, certificates::read_certificate(own.der));
  KX_TRY(crossed, folder_.all_certificates("cross-"));
  KX_TRY(tickets, folder_.own_key("tickets", random_));
  Server server{{own}, std::move(tls_key), authorities_, sha256(tickets.seed()), facts.validity.not_after_ms};
  server.chain.insert(server.chain.end(), crossed.begin(), crossed.end());
  server.chain.insert(server.chain.end(), authorities_.rbegin(), authorities_.rend());
  return server;
}

}  // namespace kuangxun::county
