#include "app/inspect/visit/actions.h"
#include "app/pages/dialog.h"
#include "app/pages/fields.h"
#include "db/language/language.h"

// Why a record is made void. It is asked because nothing is ever deleted: the record stays, with this reason beside it.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text("Void");
}

class VoidDialog final : public Page {
 public:
  explicit VoidDialog(Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid& record) override {
    blocks::Blocks dialog;
    const auto read = context_.desk().store.read(record);
    if (read.ok()) {
      dialog += blocks::Text{std::string(read->record.kind().label()) + " · " + read->record.name()};
    }
    dialog += blocks::Text{say_text("It stays visible with the reason; this cannot be undone.")};
    dialog += own_entry(reason_, "dialog.void_reason", say_text(in_context("pages", "Reason")));
    blocks::Button confirm = confirm_button(
        say_text("Void"), [this, record] { return make_void(record); },
        reason_.empty() ? say_text("give the reason first") : std::string());
    confirm.tone = blocks::Tone::bad;
    dialog += answers(context_, std::move(confirm));
    return dialog;
  }

  void forget() override { reason_.clear(); }

 private:
  Status make_void(const Uuid& record) {
    KX_TRY(done, inspect::run_action(context_.desk(), "record.void", {record, {}, {}, {}, reason_}));
    (void)done;
    context_.close_dialog();
    return {};
  }

  Context& context_;
  std::string reason_;
};

const Registered void_dialog{{"void", Where::dialog, 40, title, make<VoidDialog>}};

}  // namespace
}  // namespace kuangxun::pages
