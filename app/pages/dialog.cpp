#include "app/pages/dialog.h"

#include "app/pages/fields.h"
#include "db/language/language.h"

namespace kuangxun::pages {

blocks::Line answers(Context& context, blocks::Button confirm) {
  blocks::Line line;
  line.blocks += std::move(confirm);
  line.blocks += blocks::Button{"dialog.cancel", say_text("Cancel"), [&context]() -> Status {
                                  context.close_dialog();
                                  return {};
                                }};
  return line;
}

blocks::Button confirm_button(std::string label, blocks::Handler press, std::string missing) {
  const bool is_complete = missing.empty();
  return {"dialog.confirm", std::move(label), std::move(press), blocks::Tone::accent, is_complete, std::move(missing)};
}

blocks::Entry secret_entry(std::string& text, std::string name, std::string label) {
  blocks::Entry entry = own_entry(text, std::move(name), std::move(label));
  entry.is_secret = true;
  return entry;
}

blocks::Check example_check(bool& is_example) {
  return own_check(is_example, "dialog.is_example", say_text("this is example data, for practice"));
}

bool is_example_record(Context& context, const Uuid& record) {
  if (record.is_nil()) return false;
  const auto read = context.desk().store.read(record);
  return read.ok() && is_example(read->record);
}

}  // namespace kuangxun::pages
