#include "app/gps/evidence_gate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "db/language/language.h"

using namespace kuangxun;
using namespace kuangxun::gps;

namespace {

Fix good_fix(std::int64_t received_ms) {
  Fix fix;
  fix.utc_ms = 1'777'593'600'000 + received_ms;
  fix.accuracy_mm = 3000;
  fix.received_steady_ms = received_ms;
  return fix;
}

// A gate whose receiver has been running for a while.
EvidenceGate warm_gate() {
  EvidenceGate gate;
  for (int i = 0; i < 5; ++i) CHECK(gate.judge(good_fix(i * 1000), i * 1000) == GateVerdict::warming_up);
  return gate;
}

}  // namespace

TEST_CASE("the first five fixes after a start or a gap do not count") {
  EvidenceGate gate = warm_gate();
  CHECK(gate.warm_up_left() == 0);
  CHECK(gate.judge(good_fix(5000), 5000) == GateVerdict::accepted);
  CHECK(gate.judge(good_fix(20'000), 20'000) == GateVerdict::warming_up);
  CHECK(gate.warm_up_left() == 4);
}

TEST_CASE("old, undated, unmeasured, contradictory, and inaccurate fixes are each refused by name") {
  EvidenceGate gate = warm_gate();
  CHECK(gate.judge(good_fix(5000), 7001) == GateVerdict::too_old);
  Fix fix = good_fix(6000);
  fix.utc_ms.reset();
  CHECK(gate.judge(fix, 6000) == GateVerdict::no_date);
  fix = good_fix(6000);
  fix.type = FixType::simulated;
  CHECK(gate.judge(fix, 6000) == GateVerdict::not_measured);
  fix = good_fix(6000);
  fix.sentences_agree = false;
  CHECK(gate.judge(fix, 6000) == GateVerdict::sentences_disagree);
  fix = good_fix(6000);
  fix.accuracy_mm.reset();
  CHECK(gate.judge(fix, 6000) == GateVerdict::accuracy_unknown);
  fix.accuracy_mm = 10'001;
  CHECK(gate.judge(fix, 6000) == GateVerdict::accuracy_too_poor);
  fix.accuracy_mm = 10'000;
  CHECK(gate.judge(fix, 6000) == GateVerdict::accepted);
}

TEST_CASE("every verdict has a text of its own in both languages") {
  std::vector<std::string> texts;
  for (const Language spoken : {Language::chinese, Language::english}) {
    set_language(spoken);
    for (int verdict = 0; verdict <= static_cast<int>(GateVerdict::accuracy_too_poor); ++verdict) {
      const std::string text = gate_text(static_cast<GateVerdict>(verdict));
      CHECK(std::find(texts.begin(), texts.end(), text) == texts.end());
      texts.push_back(text);
    }
  }
  set_language(Language::chinese);
}
