#include "sync/client/bundles.h"

#include "sync/bundle/read_answers.h"
#include "sync/client/county_ties.h"
#include "sync/client/folder_attachments.h"
#include "sync/client/sync.h"

namespace kuangxun::client {

Result<bundle::WrittenBundle> write_bundle(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                           const std::filesystem::path& file, Clock& clock, Random& random,
                                           const Running& running) {
  KX_CHECK(check_joined(store));
  KX_TRY(sealed, read_statements(store));
  KX_TRY(known, store.known_county());
  std::vector<wire::KeyStatement> statements;
  if (!sealed.empty()) {
    KX_TRY(opened, wire::open_key_statements(sealed, known));
    statements = std::move(opened);
  }
  KX_TRY(recipient, bundle::recipient_of(statements));
  FolderAttachments attachments(store, photos);
  return bundle::write_bundle({store, &attachments, clock, random, running}, recipient, file);
}

Result<engine::Report> read_answers(sqlite::LaptopStore& store, const std::filesystem::path& photos,
                                    const std::filesystem::path& file, Clock& clock, Random& random,
                                    const Running& running) {
  KX_CHECK(check_joined(store));
  FolderAttachments attachments(store, photos);
  const auto keep_keys = [&](const wire::KeysAnswer& keys) -> Status {
    KX_CHECK(keep_statements(store, keys.keys));
    return keep_authorities(store, keys.trusted);
  };
  KX_TRY(read, bundle::read_answers({store, &attachments, clock, random, running}, file, keep_keys));
  if (read.county_time_ms > 0) KX_CHECK(keep_county_time(store, read.county_time_ms));
  KX_TRY(counts, store.counts());
  read.report.disputes = counts.disputes;
  return std::move(read.report);
}

}  // namespace kuangxun::client
