#pragma once

#include <functional>
#include <memory>

#include "sync/engine/dialogue.h"
#include "tests/simulation/laptop_machine.h"
#include "tests/simulation/network.h"

namespace kuangxun::simulation {

// One sync of one laptop from the first request to the last answer, with everything between them: the real dialogue in
// its real sealed bytes. It ends when the dialogue ends or the program dies. A laptop with an enrolment code enrols
// first.
class SyncRun : public std::enable_shared_from_this<SyncRun> {
 public:
  struct Outcome {
    engine::Report report;
    std::optional<Error> failure;
    bool is_dead = false;  // the program ended first
    std::uint64_t requests = 0;
  };
  using Finished = std::function<void(const Outcome&)>;
  struct Parts {
    VirtualTime& time;
    const Plan& plan;
    Network& network;
    LaptopMachine& laptop;
    Tally& tally;
  };
  SyncRun(const Parts& parts, Finished finished);
  void begin();

 private:
  // What happens with the answer to a request outside the dialogue.
  struct Applicant {
    history::WriterId writer;
    SigningKey key;
    std::optional<frames::NextEpoch> next;
  };
  void begin_dialogue();
  void enrol();
  Status apply();
  Bytes seal_enrolment();
  void take_welcome(const Bytes& request, const Bytes& bytes);
  Status enter_welcome(const wire::Answer& answer);

  void go_on(const engine::Dialogue::Next& next);
  // After a while, unless the laptop's life ended meanwhile.
  void later(std::function<void()> event);
  void exchange(const Bytes& request);
  void take(const Bytes& request, Network::Delivery delivery);
  void broken(const Bytes& request);
  void step(const std::function<engine::Dialogue::Next()>& work);
  void fail(const Error& error);
  void finish();

  Parts parts_;
  Finished finished_;
  unsigned life_;
  std::optional<Applicant> applicant_;
  std::optional<engine::Dialogue> dialogue_;
  Outcome outcome_;
  int breaks_ = 0;
  int pauses_ = 0;
  bool is_over_ = false;
};

}  // namespace kuangxun::simulation
