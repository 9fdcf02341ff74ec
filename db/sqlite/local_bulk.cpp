#include "db/frames/frame.h"
#include "db/sqlite/local_store.h"
#include "db/sqlite/settings.h"

// How a new laptop takes in a whole county. Each page is proved, placed and kept durably as any other, so that a kill
// or a cut costs one page; but what it shows is worked out once, for all pages together, when the pull ends or somebody
// looks. Until then the tables lag behind the rows of `operation`, and the setting says so.
namespace kuangxun::sqlite {
namespace {

constexpr std::string_view behind_setting = "is_shown_behind";

// A page of fewer operations is shown as fast one by one.
constexpr std::uint64_t bulk_operations_min = 1000;

}  // namespace

Result<bool> LocalStore::begins_bulk(const std::vector<frames::SequencedFrame>& sequenced) {
  if (is_behind_) return false;
  std::uint64_t arriving = 0;
  for (const frames::SequencedFrame& one : sequenced) {
    if (const auto frame = frames::parse_frame(one.bytes); frame.ok()) arriving += frame->header.count;
  }
  if (arriving < bulk_operations_min) return false;
  // Showing everything anew must not cost more than showing the page.
  std::uint64_t here = 0;
  for (std::size_t writer = 1; writer <= dictionary_->writers(); ++writer) {
    KX_TRY(last, last_sequence(static_cast<std::int64_t>(writer)));
    here += last;
  }
  return here < arriving;
}

Status LocalStore::set_behind(bool is_behind) {
  if (is_behind == is_behind_) return {};
  KX_CHECK(set_setting(behind_setting, is_behind ? "1" : "0"));
  is_behind_ = is_behind;
  return {};
}

Status LocalStore::load_behind() {
  KX_TRY(setting, read_setting_number(*database_, behind_setting));
  is_behind_ = setting != 0;
  if (is_behind_) log_->defer();
  return {};
}

Status LocalStore::show_pulled() {
  // A reader of a store that another program is pulling into shows what was shown before the pull.
  if (!is_behind_ || lock_ == nullptr) return {};
  return in_transaction([&] { return reproject(); });
}

}  // namespace kuangxun::sqlite
