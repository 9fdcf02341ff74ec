#include "app/office/photo_standings.h"

#include "db/base/limits.h"
#include "sync/client/folder_attachments.h"

namespace kuangxun::office {

Result<inspect::PhotoStandings> photo_standings(sqlite::LaptopStore& store, const std::filesystem::path& photos) {
  using Where = inspect::PhotoStanding::Where;
  client::FolderAttachments attachments(store, photos);
  inspect::PhotoStandings standings;
  KX_TRY(named, attachments.named());
  for (const wire::AttachmentName& name : named) {
    standings[name.hash] = {Where::at_county, name.chunk_count(), name.chunk_count()};
  }
  KX_TRY(unsent, attachments.unsent());
  for (const wire::AttachmentName& name : unsent) {
    KX_TRY(sent, attachments.chunks_sent(name));
    standings[name.hash] = {Where::on_laptop, sent, name.chunk_count()};
  }
  KX_TRY(missing, attachments.missing());
  for (const wire::AttachmentName& name : missing) {
    KX_TRY(begun_bytes, attachments.begun(name));
    standings[name.hash] = {Where::missing_here, begun_bytes / limits::chunk_bytes, name.chunk_count()};
  }
  return standings;
}

}  // namespace kuangxun::office
