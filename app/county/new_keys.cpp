#include "app/county/new_keys.h"

#include "db/base/exchange_key.h"

namespace kuangxun::county {

Result<ledger::CountyKeyFacts> make_keys(Context& context, KeyFolder& folder, const Uuid& county,
                                         const certificates::Certificate* old_authority) {
  KX_TRY(signing, folder.make_key(KeyFolder::Use::county, context.random));
  KX_TRY(bundle, folder.make_key(KeyFolder::Use::bundle, context.random));
  KX_TRY(bundle_secret, ExchangeSecret::of(bundle));
  KX_TRY(authority, make_authority(folder, county, old_authority, context.clock.now_ms(), context.random));
  return ledger::CountyKeyFacts{signing.public_key(), bundle_secret.public_key(), sha256(authority.der)};
}

}  // namespace kuangxun::county
