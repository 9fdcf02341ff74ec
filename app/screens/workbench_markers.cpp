#include "app/inspect/corner_markers.h"
#include "app/licence/corner_markers.h"
#include "app/screens/point.h"
#include "app/screens/stake_out.h"
#include "app/screens/visit_making.h"
#include "app/screens/workbench.h"
#include "db/base/text.h"
#include "db/language/language.h"

namespace kuangxun::screens {

// The detail: "damaged BOUNDARY 3 measured", as the button said when it was pressed.
Status Workbench::record_marker(const Press& press) {
  const std::vector<std::string_view> words = split(press.detail, ' ');
  if (words.size() != 4) {
    return Error(ErrorCode::bad_input, phrase("choose a corner, or start the receiver"));
  }
  const Making making = this->making();
  KX_TRY(facts, read_visit(making.store(), press.subject));
  inspect::Request request{press.subject,
                           {{"state", std::string(words[0])},
                            {"boundary", std::string(words[1])},
                            {"corner", std::string(words[2])},
                            {"note", slots_[Slot::marker_note]}},
                           {},
                           {},
                           {}};
  const gps::Fix* fix = evidence_fix(making);
  const bool is_measured = fix != nullptr;
  if (words[3] == "measured" && !is_measured) {
    return Error(ErrorCode::bad_input, phrase("the position was just lost, nothing is recorded; press again when it "
                                              "is back, or once more to record without a position"));
  }
  if (is_measured) {
    if (receiver_.is_example && !is_example(facts.place)) {
      return Error(ErrorCode::bad_input,
                   phrase("the example recording's positions are invented; they are for example places only"));
    }
    if (receiver_.is_example) request.fields.push_back({"is_example", "true"});
    for (inspect::FieldText& field : point_fields(*fix, receiver_.is_live)) {
      request.fields.push_back({std::string(inspect::marker_point_prefix) + field.name, std::move(field.text)});
    }
    if (receiver_.is_example) {
      request.fields.push_back({std::string(inspect::marker_point_prefix) + "is_example", "true"});
    }
  }
  KX_TRY(marker, act("marker.add", request));
  KX_TRY(view, world_.desk.store.read(marker));
  KX_TRY(corners, licence::corners_of_place(world_.desk.store, facts.place.id()));
  KX_TRY(text, licence::marker_text(world_.desk.store, corners, view.record));
  slots_[Slot::marker_note].clear();
  message_ = {say_text("the marker is recorded: ") + text, Tone::good};
  if (!is_measured) {
    message_->text += say_text("; without a position");
    message_->tone = Tone::unsure;
  }
  return {};
}

}  // namespace kuangxun::screens
