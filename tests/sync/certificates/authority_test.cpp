// What the county signs, and whom it leads to.
#include "sync/certificates/authority.h"

#include <doctest/doctest.h>

#include "db/base/files.h"
#include "tests/support/child_program.h"
#include "tests/support/temporary_folder.h"
#include "tests/sync/certificates/example_authority.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using namespace kuangxun::certificates;

namespace {

Status check(const HeldCertificate& leaf, const std::vector<Certificate>& between,
             const std::vector<Certificate>& trusted, Purpose purpose, std::int64_t known_ms = may_2026_ms) {
  return check_chain({leaf.certificate, between, trusted}, purpose, known_ms);
}

bool is_expired(const Status& status) {
  return !status.ok() && status.error().message().find("过期") != std::string::npos;
}

}  // namespace

TEST_CASE("a certificate says what was asked for, and nothing else") {
  ExampleAuthority authority(1);
  const auto ca = read_certificate(authority.certificate().der);
  REQUIRE(ca.ok());
  CHECK(ca->purpose == Purpose::authority);
  CHECK(ca->county == authority.county());
  CHECK(ca->key == authority.key().public_key());
  CHECK(ca->validity == Validity{may_2026_ms, may_2026_ms + 30 * year_ms});
  CHECK_FALSE(ca->device.has_value());

  const HeldCertificate server = authority.server();
  const auto server_facts = read_certificate(server.certificate.der);
  REQUIRE(server_facts.ok());
  CHECK(server_facts->purpose == Purpose::server);
  CHECK(server_facts->county == authority.county());
  CHECK(server_facts->key == server.key.public_key());
  CHECK(server_facts->validity.not_after_ms == may_2026_ms + 90 * day_ms);

  const HeldCertificate device = authority.device(4'294'967'295U);
  const auto device_facts = read_certificate(device.certificate.der);
  REQUIRE(device_facts.ok());
  CHECK(device_facts->purpose == Purpose::device);
  CHECK(device_facts->county == authority.county());
  CHECK(device_facts->key == device.key.public_key());
  CHECK(device_facts->device == DeviceName{fixed_uuid("example device"), 4'294'967'295U, "officer"});
  CHECK(device_facts->validity.not_after_ms == may_2026_ms + year_ms);
  CHECK(device.certificate.der.size() < 600);
}

TEST_CASE("years beyond 2050 and the first one of all are written as they are") {
  for (const std::int64_t now_ms : {std::int64_t{0}, 2'524'608'000'000, 4'291'747'200'000}) {
    CAPTURE(now_ms);
    ExampleAuthority authority(2, now_ms);
    const auto facts = read_certificate(authority.certificate().der);
    REQUIRE(facts.ok());
    CHECK(facts->validity == Validity{now_ms, now_ms + 30 * year_ms});
  }
}

TEST_CASE("a leaf leads to its authority, for its own purpose only") {
  ExampleAuthority authority(1);
  ExampleAuthority other(2);
  const HeldCertificate server = authority.server();
  const HeldCertificate device = authority.device();
  CHECK(check(server, {}, {authority.certificate()}, Purpose::server).ok());
  CHECK(check(device, {}, {authority.certificate()}, Purpose::device).ok());
  CHECK(check(device, {}, {other.certificate(), authority.certificate()}, Purpose::device).ok());

  CHECK_FALSE(check(device, {}, {authority.certificate()}, Purpose::server).ok());
  CHECK_FALSE(check(server, {}, {authority.certificate()}, Purpose::device).ok());
  CHECK_FALSE(check(server, {}, {other.certificate()}, Purpose::server).ok());
  CHECK_FALSE(check(server, {authority.certificate()}, {other.certificate()}, Purpose::server).ok());
  CHECK_FALSE(check(server, {authority.certificate()}, {}, Purpose::server).ok());
}

TEST_CASE("a device cannot sign certificates for others") {
  ExampleAuthority authority(1);
  const HeldCertificate device = authority.device();
  CHECK_FALSE(issue_device({device.certificate, device.key}, {Uuid{{7}}, 1, "administrator"},
                           authority.key().public_key(), valid_for(may_2026_ms, year_ms), authority.random())
                  .ok());
  // Nor with the authority's certificate and a key of its own.
  CHECK_FALSE(issue_device({authority.certificate(), device.key}, {Uuid{{7}}, 1, "administrator"},
                           device.key.public_key(), valid_for(may_2026_ms, year_ms), authority.random())
                  .ok());
}

TEST_CASE("what has ended is refused as such; what begins later than we know is not") {
  ExampleAuthority authority(1);
  const HeldCertificate server = authority.server();
  const std::vector<Certificate> trusted{authority.certificate()};
  const std::int64_t end_ms = may_2026_ms + server_lifetime_ms;
  CHECK(check(server, {}, trusted, Purpose::server, 0).ok());
  CHECK(check(server, {}, trusted, Purpose::server, may_2026_ms - 5 * year_ms).ok());
  CHECK(check(server, {}, trusted, Purpose::server, end_ms - 1000).ok());
  CHECK(is_expired(check(server, {}, trusted, Purpose::server, end_ms + 1000)));
  CHECK(is_expired(check(server, {}, trusted, Purpose::server, 4'291'747'200'000)));
}

TEST_CASE("a new authority is believed by those who know the old one only, when the old one signed it") {
  ExampleAuthority old(1);
  ExampleAuthority next = old.successor();
  const HeldCertificate server = next.server();
  const Certificate crossed = old.cross_signed(next);
  const std::vector<Certificate> shown{crossed, next.certificate()};
  CHECK(check(server, shown, {old.certificate()}, Purpose::server).ok());
  CHECK(check(server, shown, {next.certificate()}, Purpose::server).ok());
  CHECK(check(server, shown, {old.certificate(), next.certificate()}, Purpose::server).ok());
  // Also by those who last heard of the county before there was a new one.
  CHECK(check(server, shown, {old.certificate()}, Purpose::server, 0).ok());
  CHECK(check(server, shown, {old.certificate()}, Purpose::server, may_2026_ms - day_ms).ok());
  CHECK(is_expired(check(server, shown, {old.certificate()}, Purpose::server, may_2026_ms + 3 * year_ms)));
  CHECK_FALSE(check(server, {next.certificate()}, {old.certificate()}, Purpose::server).ok());
  CHECK_FALSE(check(server, {}, {old.certificate()}, Purpose::server).ok());

  ExampleAuthority stranger(9);
  CHECK_FALSE(check(server, shown, {stranger.certificate()}, Purpose::server).ok());
  // Another county's authority is not taken in.
  CHECK_FALSE(cross_sign(stranger.certificate(), old.issuer(), valid_for(may_2026_ms, year_ms), old.random()).ok());
}

TEST_CASE("two authorities of one county are told apart by their names") {
  ExampleAuthority old(1);
  ExampleAuthority next = old.successor();
  const HeldCertificate device = old.device();
  CHECK(check(device, {}, {next.certificate(), old.certificate()}, Purpose::device).ok());
  CHECK(check(device, {}, {old.certificate(), next.certificate()}, Purpose::device).ok());
  CHECK_FALSE(check(device, {}, {next.certificate()}, Purpose::device).ok());
}

TEST_CASE("the fingerprint is that of the key") {
  const auto key = SigningKey::from_seed(Bytes(32, 1));
  REQUIRE(key.ok());
  // By another program: SHA-256 of the label and the key, the first 100 bits in Crockford's base 32.
  CHECK(authority_fingerprint(key->public_key()) == "GVN0JKFBW5TZK8RVC9N6");
  ExampleAuthority authority(1);
  CHECK(authority.fingerprint() != ExampleAuthority(2).fingerprint());
}

TEST_CASE("damaged certificates are refused: every truncation, and every bit is covered by the signature") {
  ExampleAuthority authority(1);
  const HeldCertificate device = authority.device();
  const Bytes& whole = device.certificate.der;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK_FALSE(read_certificate(ByteView(whole).first(size)).ok());
  }
  Bytes longer = whole;
  longer.push_back(0);
  CHECK_FALSE(read_certificate(longer).ok());
  CHECK_FALSE(read_certificate(Bytes(100'000, 0x30)).ok());
  const std::vector<Certificate> trusted{authority.certificate()};
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    Certificate flipped = device.certificate;
    flipped.der[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
    CAPTURE(bit);
    CHECK_FALSE(check_chain({flipped, {}, trusted}, Purpose::device, may_2026_ms).ok());
  }
}

TEST_CASE("roles are words") {
  ExampleAuthority authority(1);
  const SigningKey key = SigningKey::generate(authority.random());
  for (const char* role :
       {"", "Officer", "officer,CA:TRUE", "officer\n", "一", "officer-of-the-county-with-a-long-n"}) {
    CAPTURE(role);
    CHECK_FALSE(issue_device(authority.issuer(), {Uuid{{1}}, 1, role}, key.public_key(),
                             valid_for(may_2026_ms, year_ms), authority.random())
                    .ok());
  }
}

TEST_CASE("PEM goes out and comes back") {
  ExampleAuthority authority(1);
  const std::vector<Certificate> both{authority.server().certificate, authority.certificate()};
  const auto back = from_pem(to_pem(both));
  REQUIRE(back.ok());
  CHECK(*back == both);
  CHECK_FALSE(from_pem("").ok());
  CHECK_FALSE(from_pem("no certificate").ok());
  std::string damaged = to_pem(both);
  damaged[damaged.size() - 60] = '!';
  CHECK_FALSE(from_pem(damaged).ok());
}

TEST_CASE("another program agrees with us about the chain of a rotated authority") {
  const TemporaryFolder folder;
  ExampleAuthority old(1);
  ExampleAuthority next = old.successor();
  const auto file = [&](const char* name, const std::vector<Certificate>& certificates) {
    REQUIRE(write_file_durably(folder / name, as_bytes(to_pem(certificates))).ok());
    return (folder / name).string();
  };
  const std::string trusted = file("old.pem", {old.certificate()});
  const std::string between = file("between.pem", {old.cross_signed(next), next.certificate()});
  const std::string server = file("server.pem", {next.server().certificate});
  const std::string now = std::to_string(may_2026_ms / 1000);
  const Ran good = run_program({"/usr/bin/openssl", "verify", "-x509_strict", "-attime", now, "-purpose", "sslserver",
                                "-verify_hostname", server_host_name(old.county()), "-CAfile", trusted, "-untrusted",
                                between, server});
  CHECK_MESSAGE(good.exit_code == 0, good.err);
  const Ran bad = run_program({"/usr/bin/openssl", "verify", "-attime", now, "-CAfile", trusted, server});
  CHECK(bad.exit_code != 0);
}
