#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "db/base/clock.h"
#include "db/base/exchange_key.h"
#include "sync/wire/checkpoint.h"
#include "sync/wire/county_keys.h"
#include "sync/wire/envelope.h"

namespace kuangxun::tests {

// What a county keeps, as a value: a copy of it is a backup.
struct CountyBooks {
  struct Entry {
    history::WriterId writer;
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    Hash hash;
    Bytes bytes;
  };
  struct Photo {
    std::map<std::uint32_t, Bytes> chunks;  // each from its beginning
    bool is_whole = false;
  };
  std::uint32_t incarnation = 1;
  std::uint32_t epoch = 1;  // of the county's own chain
  std::vector<Entry> sequence;
  std::map<history::WriterId, PublicKey> devices;
  std::map<wire::AttachmentName, Photo> photos;
  std::vector<Bytes> forks;
  std::set<history::WriterId> revoked;  // may push and nothing else
  // Chains that it takes nothing more of from here on: it keeps another one of that name aside.
  std::map<history::WriterId, std::uint64_t> closed_from;

  // Whoever asks is answered the same (scripted_county_photos.cpp).
  wire::AttachmentHaveAnswer answer(const wire::AttachmentHaveRequest& request);
  wire::AttachmentPutAnswer answer(const wire::AttachmentPutRequest& request);
  wire::AttachmentGetAnswer answer(const wire::AttachmentGetRequest& request) const;
};

// An honest county by hand, the shortest that keeps every promise of the wire: for tests of what stands opposite.
// Merges and shows nothing.
class ScriptedCounty {
 public:
  struct Outcome {
    wire::AnswerCode code = wire::AnswerCode::done;
    wire::AnswerBody body;
  };

  ScriptedCounty(Clock& clock, Random& random);

  const Uuid& id() const { return id_; }
  // As a laptop knows it after an enrolment now.
  frames::KnownCounty known() const { return wire::known_county(statements_); }
  const SigningKey& key() const { return *keys_.back(); }
  const std::vector<wire::KeyStatement>& statements() const { return statements_; }
  // Of every bundle key there was, the oldest first.
  const std::vector<ExchangeSecret>& bundle_secrets() const { return bundle_secrets_; }
  std::uint64_t latest() const { return books.sequence.size(); }

  void enrol(const history::WriterId& writer, const PublicKey& key, const std::string& name);
  // A new key and the next epoch of the county's chain. The old key signs for it, unless it was lost.
  void change_key(bool is_lost = false);

  Outcome answer(const history::WriterId& asker, const wire::RequestBody& request);
  // The same in sealed bytes.
  Bytes answer_bytes(Bytes request);

  wire::Checkpoint checkpoint() const;
  wire::ChainState chain(const history::WriterId& writer) const;

  CountyBooks books;
  // Who has a certificate, whatever became of the books: may bring the county's own frames home.
  std::set<Uuid> certified;
  std::size_t page_frames_max = limits_of_a_page;

 private:
  static constexpr std::size_t limits_of_a_page = 256;

  wire::AnswerCode may_ask(const history::WriterId& asker, wire::MessageType type) const;

  Outcome respond(const history::WriterId& asker, const wire::StatusRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::PushRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::PullRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::ChainsRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::ChainFramesRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::ClaimRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::NewEpochRequest& request);
  Outcome respond(const history::WriterId& asker, const wire::KeysRequest& request);

  wire::PushRefusal take(const history::WriterId& writer, const Bytes& bytes, std::uint64_t& sequence);
  const CountyBooks::Entry* last_of(const history::WriterId& writer) const;
  void learn_devices(const frames::Frame& frame);

  Clock& clock_;
  Random& random_;
  Uuid id_;
  std::vector<std::shared_ptr<const SigningKey>> keys_;
  std::vector<wire::KeyStatement> statements_;
  std::vector<ExchangeSecret> bundle_secrets_;
  std::vector<Bytes> sealed_statements_;
};

}  // namespace kuangxun::tests
