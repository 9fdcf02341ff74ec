#include "app/pages/page.h"
#include "app/positions/area_part.h"
#include "app/positions/marker_part.h"
#include "app/positions/point_list.h"
#include "app/positions/receiver_part.h"
#include "db/language/language.h"

// Everything that is measured on a visit on one page, because a hand in the field moves between the receiver, the walk
// and the marker all the time. The receiver goes on when the page is left.
namespace kuangxun::pages {
namespace {

std::string title(Context&, const Uuid&) {
  return say_text(in_context("pages", "Positions"));
}

class PositionsPage final : public Page {
 public:
  explicit PositionsPage(Context& context)
      : context_(context), receiver_(context), areas_(context), markers_(context) {}

  Result<blocks::Blocks> build(const Uuid& id) override {
    KX_TRY(visit, read_visit(context_.desk().store, id));
    if (std::exchange(visit_, id) != id) {
      receiver_.forget();
      areas_.forget();
      markers_.forget();
    }
    KX_TRY(receiver, receiver_.build(visit));
    KX_TRY(markers, markers_.build(visit));
    blocks::Blocks page;
    page += std::move(receiver);
    page += areas_.build(visit);
    if (markers) page += std::move(*markers);
    page += positions::point_list(context_, visit);
    return page;
  }

 private:
  Context& context_;
  Uuid visit_;
  positions::ReceiverPart receiver_;
  positions::AreaPart areas_;
  positions::MarkerPart markers_;
};

const Registered positions_page{{"positions", Where::visit, 20, title, make<PositionsPage>}};

}  // namespace
}  // namespace kuangxun::pages
