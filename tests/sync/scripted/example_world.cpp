#include "tests/sync/scripted/example_world.h"

#include <algorithm>
#include <stdexcept>

#include "db/records/kinds.h"

namespace kuangxun::tests {
namespace {

constexpr records::FieldNumber text_field = 2;

template <class Done>
void must(const Done& done) {
  if (!done.ok()) throw std::runtime_error(done.error().message());
}

history::Edit edit_of(const Uuid& record, const std::string& text) {
  const records::KindDescription& kind = records::kind_of(records::kinds::finding);
  return {record, kind.number, kind.find_field(text_field)->group, {{text_field, text}}, {}};
}

}  // namespace

Uuid WorldLaptop::write(const std::string& text) {
  const Hash name =
      sha256(as_bytes(text + store.own_writer().device.text() + std::to_string(store.own_writer().epoch)));
  const Uuid record = uuid_from_bytes(ByteView(name.bytes).first(16));
  const history::Edit edit = edit_of(record, text);
  must(store.commit(std::span(&edit, 1), store.own_writer().device));
  must(store.seal());
  return record;
}

void WorldLaptop::rewrite(const Uuid& record, const std::string& text) {
  history::Edit edit = edit_of(record, text);
  const auto view = store.read(record);
  must(view);
  edit.seen = view->seen(edit.group);
  must(store.commit(std::span(&edit, 1), store.own_writer().device));
  must(store.seal());
}

std::vector<std::string> WorldLaptop::read(const Uuid& record) {
  std::vector<std::string> texts;
  const auto view = store.read(record);
  if (!view.ok()) return texts;
  for (const history::Head& head : view->heads.at(edit_of(record, "").group)) {
    texts.push_back(std::get<std::string>(head.values.at(0).value));
  }
  std::ranges::sort(texts);
  return texts;
}

std::uint64_t WorldLaptop::written() {
  return store.state().through(store.own_writer());
}

void WorldLaptop::lose_key() {
  const auto next = store.adopt_new_key();
  must(next);
  must(store.enter_epoch(*next, written() + 1));
}

std::size_t Talk::count(const std::string& name) const {
  return static_cast<std::size_t>(std::ranges::count(asked, name));
}

std::unique_ptr<WorldLaptop> ExampleWorld::laptop_of(LaptopState state) {
  return std::unique_ptr<WorldLaptop>(new WorldLaptop{{{clock, random, shelf}, std::move(state)}, {}});
}

std::unique_ptr<WorldLaptop> ExampleWorld::new_laptop() {
  return laptop_of(MemoryLaptopStore::new_state(clock, random));
}

std::unique_ptr<WorldLaptop> ExampleWorld::enrolled(const std::string& name) {
  auto laptop = new_laptop();
  must(laptop->store.note_county(county.known()));
  county.enrol(laptop->store.own_writer(), laptop->store.signing_key().public_key(), name);
  return laptop;
}

std::unique_ptr<WorldLaptop> ExampleWorld::copy_of(const WorldLaptop& laptop) {
  auto copy = laptop_of(laptop.store.state());
  copy->photos = laptop.photos;
  return copy;
}

CopiedLaptop ExampleWorld::copied_laptop() {
  auto original = enrolled("一号");
  const Uuid shared = original->write("示例：共有");
  talk(*original);
  auto copy = copy_of(*original);
  return {std::move(original), std::move(copy), shared};
}

Talk ExampleWorld::talk(WorldLaptop& laptop, const TalkOptions& options) {
  engine::Session session(laptop.store, options.has_photos ? &laptop.photos : nullptr);
  Talk talk;
  engine::Step step = session.begin();
  while (step.request.has_value()) {
    const Luck luck = options.luck ? options.luck(talk.asked.size()) : Luck::arrives;
    talk.asked.push_back(name_of(*step.request));
    if (talk.asked.size() > options.requests_max) throw std::runtime_error("the session does not end");
    if (luck == Luck::request_lost) {
      step = session.cut();
      continue;
    }
    ScriptedCounty::Outcome outcome = county.answer(laptop.store.own_writer(), *step.request);
    if (options.change) options.change(*step.request, outcome);
    if (luck == Luck::answer_lost) {
      step = session.cut();
    } else {
      step = outcome.code == wire::AnswerCode::done ? session.answered(outcome.body) : session.refused(outcome.code);
    }
  }
  talk.report = session.report();
  talk.failure = step.failure;
  return talk;
}

std::string name_of(const wire::RequestBody& request) {
  switch (wire::type_of(request)) {
    case wire::MessageType::status:
      return "status";
    case wire::MessageType::push:
      return "push";
    case wire::MessageType::pull:
      return "pull";
    case wire::MessageType::attachment_have:
      return "have";
    case wire::MessageType::attachment_put:
      return "put";
    case wire::MessageType::attachment_get:
      return "get";
    case wire::MessageType::chains:
      return "chains";
    case wire::MessageType::chain_frames:
      return "chain frames";
    case wire::MessageType::claim:
      return "claim";
    case wire::MessageType::new_epoch:
      return "new epoch";
    case wire::MessageType::keys:
      return "keys";
    case wire::MessageType::enrol:
    case wire::MessageType::renew_certificate:
    case wire::MessageType::enrol_person:
      break;
  }
  return "?";
}

}  // namespace kuangxun::tests
