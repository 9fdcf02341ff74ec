#include "app/cli/beside.h"

namespace kuangxun::cli {

Result<printout::Beside> read_beside(Context& context, history::RecordReader& store, bool with_photos) {
  KX_TRY(beside, printout::read_beside(store));
  if (!with_photos) return beside;
  KX_TRY(photos, context.office.photos());
  beside.photos = std::move(photos);
  return beside;
}

}  // namespace kuangxun::cli
