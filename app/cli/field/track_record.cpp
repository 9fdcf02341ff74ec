#include "app/cli/command.h"
#include "app/cli/receiver.h"
#include "app/cli/shared_words.h"
#include "app/gps/county_gate.h"
#include "app/gps/fix_stream.h"
#include "app/gps/open_source.h"
#include "app/inspect/edit/reference.h"
#include "app/inspect/track/track_recorder.h"
#include "db/language/language.h"
#include "db/records/kinds.h"

namespace kuangxun::cli {
namespace {

constexpr std::int64_t ms_per_s = 1000;

struct Record final : Command {
  std::string source_name;
  std::string visit_id;
  std::int64_t seconds = 0;

  void describe(WordList& words) override {
    words.about(say_text("record what a receiver says, until it is stopped"));
    words.argument("SOURCE", source_name, say_text("as for gps watch"));
    take_visit(words, visit_id);
    take_seconds(words, seconds);
  }
  Result<int> run(Context& context) override {
    Clock& clock = context.clock();
    KX_TRY(store, context.office.writer());
    inspect::Desk desk = context.desk(*store);
    KX_TRY(visit, inspect::find_record(*store, visit_id, {records::kinds::visit}));
    KX_TRY(rules, store->list(records::kinds::positioning_rules));
    KX_TRY(source, gps::open_source(source_name, 1, clock));
    KX_TRY(recorder, inspect::TrackRecorder::begin(desk, visit));
    gps::EvidenceGate gate(gps::gate_limits(records::read_positioning_rules(rules)));
    gps::FixStream stream(std::move(source), clock);
    const std::int64_t begun_ms = clock.steady_ms();
    const std::int64_t most_ms = seconds * ms_per_s;
    while (!stream.ended() && (most_ms == 0 || clock.steady_ms() - begun_ms < most_ms)) {
      if (const auto fix = stream.next()) {
        const gps::GateVerdict verdict = gate.judge(*fix, clock.steady_ms());
        KX_CHECK(recorder.take(desk, *fix, verdict != gps::GateVerdict::warming_up));
      }
      KX_CHECK(recorder.tick(desk));
    }
    KX_CHECK(recorder.end(desk));
    if (stream.error()) return *stream.error();
    return print_counts(context, recorder.counts());
  }
};

const Registered<Record> registered("track record", 421);

}  // namespace
}  // namespace kuangxun::cli
