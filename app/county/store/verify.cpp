#include "app/county/command.h"
#include "app/county/shared_words.h"
#include "app/json/json_value.h"
#include "db/language/language.h"
#include "sync/archive/prove_county.h"

namespace kuangxun::county {
namespace {

using json::JsonValue;

struct Verify final : Command {
  bool is_json = false;

  void describe(WordList& words) override {
    words.about(say_text("prove frames, chains, receipts, the log"));
    take_json(words, is_json);
  }
  Result<int> run(Context& context) override {
    KX_TRY(store, context.open_store(Purpose::read_beside));
    KX_TRY(proof, archive::prove_county(*store));
    if (is_json) {
      JsonValue facts = JsonValue::object();
      facts.add("ok", JsonValue::boolean(proof.ok()));
      facts.add("frames", JsonValue::integer(proof.frames));
      facts.add("operations", JsonValue::integer(proof.operations));
      facts.add("receipts", JsonValue::integer(proof.receipts));
      facts.add("problems", JsonValue::strings(proof.problems));
      context.out << json::format_json_spaced(facts) << '\n';
    } else {
      for (const std::string& problem : proof.problems) context.out << problem << '\n';
      context.out << say_with(
                         "{0} frames, {1} operations, {2} receipts: {3}",
                         {std::to_string(proof.frames), std::to_string(proof.operations),
                          std::to_string(proof.receipts), proof.ok() ? say_text("all hold") : say_text("problems")})
                  << '\n';
    }
    if (proof.ok()) return exit_done;
    return Error(ErrorCode::corrupt, phrase("the county does not verify: keep it as evidence and restore a backup"));
  }
};

const Registered<Verify> registered("verify", 500);

}  // namespace
}  // namespace kuangxun::county
