// Who is believed, at what hour, and what a person is told when nobody is.
#include <doctest/doctest.h>

#include "tests/sync/transport/cutting_relay.h"
#include "tests/sync/transport/machine_clock.h"
#include "tests/sync/transport/running_county.h"

using namespace kuangxun;
using namespace kuangxun::tests;
using client::LinkTrouble;

namespace {

const Bytes question{1, 2, 3};
const Bytes reply{3, 2, 1};

LinkTrouble trouble_at(const std::string& url, const certificates::ClientTls::Settings& settings) {
  const auto link = open_link_to(url, settings);
  const auto answer = link->exchange(question);
  REQUIRE_FALSE(answer.ok());
  REQUIRE(link->failure().has_value());
  return link->failure()->trouble;
}

bool is_answered(const std::string& url, const certificates::ClientTls::Settings& settings) {
  const auto link = open_link_to(url, settings);
  const auto answer = link->exchange(question);
  if (!answer.ok()) MESSAGE(answer.error().message());
  return answer.ok() && *answer == reply && !link->failure().has_value();
}

}  // namespace

TEST_CASE("a laptop and its county know each other") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device(3);
  REQUIRE(is_answered(county.url(), laptop_settings(authority, &device)));
  const auto peers = county.peers();
  REQUIRE(peers.size() == 1);
  CHECK(peers[0].address == "127.0.0.1");
  REQUIRE(peers[0].device.has_value());
  CHECK(peers[0].device->device == certificates::DeviceName{fixed_uuid("example device"), 3, "officer"});
  CHECK(peers[0].device->key == device.key.public_key());
  CHECK(peers[0].device->validity.not_after_ms == may_2026_ms + year_ms);
  CHECK_FALSE(peers[0].is_expired);
}

TEST_CASE("whatever address it is reached at, the county's name is in its certificate") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  CHECK(is_answered("https://localhost:" + std::to_string(county.port()), laptop_settings(authority, &device)));
  // The same authority, asked for another county.
  auto other = laptop_settings(authority, &device);
  other.trust->county = fixed_uuid("another county");
  CHECK(trouble_at(county.url(), other) == LinkTrouble::stranger);
}

TEST_CASE("a stranger in the county's place is found out") {
  ExampleAuthority authority(1);
  ExampleAuthority stranger(2);
  RunningCounty county(stranger);
  const HeldCertificate device = authority.device();
  CHECK(trouble_at(county.url(), laptop_settings(authority, &device)) == LinkTrouble::stranger);
  CHECK(county.server().counts().requests == 0);
}

TEST_CASE("a laptop's certificate does not make it the county") {
  ExampleAuthority authority(1);
  const HeldCertificate thief = authority.device();
  const HeldCertificate device = authority.device();
  // What a thief can show is not what a server may: the server itself does not start with it.
  ManualClock clock;
  http::HttpOptions options;
  options.host = "127.0.0.1";
  options.clock = &clock;
  options.handler = [](unsigned, const http::HttpPeer&, Bytes) { return http::HttpAnswer{}; };
  const certificates::ServerTls tls{{thief.certificate}, thief.key, {authority.certificate()}, {}};
  options.tls = &tls;
  CHECK_FALSE(http::HttpServer::listen(std::move(options)).ok());
}

TEST_CASE("the county lets in its own laptops, and those that have none of its certificates yet, and nobody else") {
  ExampleAuthority authority(1);
  ExampleAuthority stranger(2);
  RunningCounty county(authority);
  REQUIRE(is_answered(county.url(), laptop_settings(authority, nullptr)));
  CHECK_FALSE(county.peers().back().device.has_value());

  const HeldCertificate foreign = stranger.device();
  CHECK(trouble_at(county.url(), laptop_settings(authority, &foreign)) == LinkTrouble::not_let_in);
  // A server's certificate of the right authority is no laptop's.
  const HeldCertificate server = authority.server();
  CHECK(trouble_at(county.url(), laptop_settings(authority, &server)) == LinkTrouble::not_let_in);
  CHECK(comes_true([&] { return county.server().counts().failed_handshakes == 2; }));
  CHECK(county.server().counts().requests == 1);
}

TEST_CASE("an expired laptop comes through and is known as such") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  county.clock().advance_ms(year_ms + 1000);
  REQUIRE(is_answered(county.url(), laptop_settings(authority, &device)));
  CHECK(county.peers().back().is_expired);
  CHECK(county.peers().back().device.has_value());
}

TEST_CASE("the county's certificate is judged by the newest hour that the laptop is sure of") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  const std::int64_t end_ms = may_2026_ms + certificates::server_lifetime_ms;
  CHECK(is_answered(county.url(), laptop_settings(authority, &device, 0)));
  CHECK(is_answered(county.url(), laptop_settings(authority, &device, may_2026_ms - year_ms)));
  CHECK(is_answered(county.url(), laptop_settings(authority, &device, end_ms - 1000)));
  CHECK(trouble_at(county.url(), laptop_settings(authority, &device, end_ms + 1000)) == LinkTrouble::expired);
  // An old authority does no more good than an old server.
  CHECK(trouble_at(county.url(), laptop_settings(authority, &device, may_2026_ms + 31 * year_ms)) ==
        LinkTrouble::expired);
}

TEST_CASE("a machine that thinks it is 1970, or 2106, is not locked out, nor let in to what has ended") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  for (const std::time_t machine_now : {std::time_t{60}, std::time_t{4'294'967'000}}) {
    CAPTURE(machine_now);
    const MachineClock machine(machine_now);
    REQUIRE(is_past_for_openssl(1'767'225'600) == (machine_now > 1'767'225'600));
    CHECK(is_answered(county.url(), laptop_settings(authority, &device)));
    CHECK(trouble_at(county.url(), laptop_settings(authority, &device, may_2026_ms + year_ms)) == LinkTrouble::expired);
    // Enrolment, before any hour of the county's is known.
    CHECK(is_answered(county.url(), enrolment_settings(authority.fingerprint())));
    // And a session is resumed.
    const auto link = open_link_to(county.url(), laptop_settings(authority, &device));
    REQUIRE(link->exchange(question).ok());
    REQUIRE(link->exchange(question).ok());
  }
}

TEST_CASE("enrolment believes the county with the code's fingerprint, and brings its authority home") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const auto link = open_link_to(county.url(), enrolment_settings(authority.fingerprint()));
  const auto answer = link->exchange(question);
  REQUIRE_MESSAGE(answer.ok(), (answer.ok() ? std::string() : answer.error().message()));
  REQUIRE(link->sight().authority.has_value());
  CHECK(*link->sight().authority == authority.certificate());
  CHECK(link->sight().county == authority.county());
}

TEST_CASE("a fingerprint that differs in one character, wherever it stands, is another county's") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const std::string right = authority.fingerprint();
  for (std::size_t i = 0; i < right.size(); ++i) {
    std::string wrong = right;
    wrong[i] = wrong[i] == '0' ? '1' : '0';
    CHECK_MESSAGE(trouble_at(county.url(), enrolment_settings(wrong)) == LinkTrouble::stranger, i);
  }
  CHECK(county.server().counts().requests == 0);
}

TEST_CASE("a stranger in the middle of an enrolment is found out") {
  ExampleAuthority authority(1);
  ExampleAuthority stranger(2);
  SUBCASE("with an authority of his own") {
    RunningCounty county(stranger);
    CHECK(trouble_at(county.url(), enrolment_settings(authority.fingerprint())) == LinkTrouble::stranger);
    CHECK(county.server().counts().requests == 0);
  }
  SUBCASE("who shows the county's authority beside his own") {
    const HeldCertificate held = stranger.server();
    RunningCounty county(
        stranger,
        {{held.certificate, stranger.certificate(), authority.certificate()}, held.key, {stranger.certificate()}, {}});
    CHECK(trouble_at(county.url(), enrolment_settings(authority.fingerprint())) == LinkTrouble::stranger);
  }
  SUBCASE("who has an authority of the county's name signed by himself") {
    // The county's id is no secret: only the key makes the fingerprint.
    ExampleAuthority forger = authority.successor();
    RunningCounty county(forger);
    CHECK(trouble_at(county.url(), enrolment_settings(authority.fingerprint())) == LinkTrouble::stranger);
  }
}

TEST_CASE("while the county's authority is replaced, old and new laptops are served") {
  ExampleAuthority old(1);
  ExampleAuthority next = old.successor();
  const HeldCertificate held = next.server();
  RunningCounty county(next, {{held.certificate, old.cross_signed(next), next.certificate(), old.certificate()},
                              held.key,
                              {old.certificate(), next.certificate()},
                              {}});
  const HeldCertificate old_device = old.device();
  const HeldCertificate new_device = next.device();
  CHECK(is_answered(county.url(), laptop_settings(old, &old_device)));
  CHECK(is_answered(county.url(), laptop_settings(next, &new_device)));
  CHECK(is_answered(county.url(), laptop_settings(old, &new_device)));
  CHECK(is_answered(county.url(), laptop_settings(old, &old_device, may_2026_ms - year_ms)));
  // Codes that were given before the change, and after it.
  CHECK(is_answered(county.url(), enrolment_settings(next.fingerprint())));
  CHECK(is_answered(county.url(), enrolment_settings(old.fingerprint())));
}

TEST_CASE("a renewed certificate is used without a restart, and connections that are open go on") {
  ExampleAuthority authority(1);
  RunningCounty county(authority);
  const HeldCertificate device = authority.device();
  const std::int64_t later_ms = may_2026_ms + certificates::server_lifetime_ms + certificates::day_ms;
  const auto open = open_link_to(county.url(), laptop_settings(authority, &device));
  REQUIRE(open->exchange(question).ok());
  REQUIRE(trouble_at(county.url(), laptop_settings(authority, &device, later_ms)) == LinkTrouble::expired);

  const HeldCertificate renewed = authority.server(later_ms);
  const certificates::ServerTls tls{
      {renewed.certificate, authority.certificate()}, renewed.key, {authority.certificate()}, {}};
  REQUIRE(county.server().reload(tls).ok());
  CHECK(comes_true([&] { return is_answered(county.url(), laptop_settings(authority, &device, later_ms)); }));
  const std::uint64_t handshakes = county.server().counts().handshakes;
  CHECK(open->exchange(question).ok());
  CHECK(county.server().counts().handshakes == handshakes);

  // A wrong one changes nothing.
  const certificates::ServerTls wrong{{renewed.certificate}, device.key, {authority.certificate()}, {}};
  CHECK_FALSE(county.server().reload(wrong).ok());
  CHECK(is_answered(county.url(), laptop_settings(authority, &device, later_ms)));
}

TEST_CASE("a laptop whose own key does not fit its certificate is told so at once") {
  ExampleAuthority authority(1);
  const HeldCertificate device = authority.device();
  const HeldCertificate other = authority.device();
  auto settings = laptop_settings(authority, &device);
  settings.key = &other.key;
  const auto link = client::open_secure_link("https://127.0.0.1:1", settings);
  REQUIRE_FALSE(link.ok());
  CHECK(link.error().code() == ErrorCode::corrupt);
}
