#pragma once

#include <doctest/doctest.h>

#include "sync/requests/enrolment.h"
#include "sync/requests/exchange.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/enrolment_code.h"
#include "tests/sync/support/test_county.h"

namespace kuangxun::tests {

// Signs nothing, counts.
class CountingAuthority final : public ports::CertificateAuthority {
 public:
  Result<Bytes> issue(const history::WriterId&, const std::string&, const PublicKey&, std::int64_t) override {
    ++issued;
    return Bytes{1, 2, 3};
  }
  Result<std::vector<Bytes>> trusted() override { return std::vector<Bytes>{{9}}; }
  int issued = 0;
};

class ExampleDisk final : public ports::DiskGauge {
 public:
  std::uint64_t free_bytes() override { return free; }
  std::uint64_t free = 1ULL << 40;
};

// A county, and laptops that ask it.
struct Asking {
  explicit Asking(std::unique_ptr<TestCounty> with = {}) : county(with ? std::move(with) : county_on_sqlite(folder)) {}

  requests::Peer certified(const ExampleLaptop& laptop) const {
    requests::Peer peer;
    peer.has_certificate = true;
    peer.device = laptop.writer().device;
    return peer;
  }
  Bytes sealed(const history::WriterId& writer, const wire::RequestBody& body, const SigningKey& key) {
    return wire::seal_request({county->id(), writer, 0}, body, key);
  }
  Bytes sealed(const ExampleLaptop& laptop, const wire::RequestBody& body) {
    return sealed(laptop.writer(), body, laptop.key());
  }
  // The answer, after its shape, its request and the county's signature were checked.
  wire::Answer answered(Bytes request, const requests::Peer& peer) {
    const Hash hash = sha256(request);
    wire::Answer answer = must(wire::parse_answer(exchange.answer(std::move(request), peer).body));
    const auto key = county->county().known().key_of(answer.header.county_epoch);
    REQUIRE(key.has_value());
    CHECK(wire::is_signed_by(answer, *key));
    CHECK(answer.header.request == hash);
    return answer;
  }
  wire::AnswerCode code_of(Bytes request, const requests::Peer& peer) {
    return answered(std::move(request), peer).header.code;
  }
  wire::AnswerCode code_of(const ExampleLaptop& laptop, const wire::RequestBody& body) {
    return code_of(sealed(laptop, body), certified(laptop));
  }
  template <class Body>
  Body opened(const wire::Answer& answer) {
    REQUIRE(answer.header.code == wire::AnswerCode::done);
    return std::get<Body>(must(wire::decode_answer_body(answer.type, answer.body())));
  }
  template <class Body>
  Body ask(const ExampleLaptop& laptop, const wire::RequestBody& body) {
    return opened<Body>(answered(sealed(laptop, body), certified(laptop)));
  }
  wire::EnrolmentCode invite(ports::TicketKind kind, const requests::Invitation& invitation) {
    const auto code = wire::make_enrolment_code(county->key().public_key(), county->random());
    must(requests::invite(county->county(), kind, invitation, wire::enrolment_secret_hash(code.secret)));
    return code;
  }
  Bytes enrolment(const history::WriterId& writer, const SigningKey& key, const wire::EnrolmentCode& code) {
    const Hash proof = wire::enrolment_proof(wire::enrolment_secret_hash(code.secret), writer, key.public_key());
    return wire::seal_request({{}, writer, 0}, wire::EnrolRequest{proof, key.public_key(), key.public_key(), {}}, key);
  }
  Bytes enrolment(const ExampleLaptop& laptop, const wire::EnrolmentCode& code) {
    return enrolment(laptop.writer(), laptop.key(), code);
  }
  records::Record example_of(records::KindNumber kind) {
    return example_record(records::kind_of(kind), county->clock(), county->random());
  }

  TemporaryFolder folder;
  std::unique_ptr<TestCounty> county;
  CountingAuthority authority;
  ExampleDisk disk;
  std::vector<std::string> log;
  requests::Exchange exchange{
      {county->county(), authority, disk, [this](const std::string& line) { log.push_back(line); }}};
};

}  // namespace kuangxun::tests
