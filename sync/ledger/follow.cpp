#include "sync/ledger/follow.h"

#include "sync/ledger/apply_stored.h"

namespace kuangxun::ledger {
namespace {

// What was judged once, at its place in the sequence, is not judged again by whoever reads it later with other
// knowledge.

// A key that is nobody's: what it would sign, nobody would believe. MergeBatch sees by it that it must not decide.
class NobodysKey final : public ports::SecretKeys {
 public:
  explicit NobodysKey(Random& random) : random_(random) {}
  Result<SigningKey> find(const PublicKey&) override { return SigningKey::generate(random_); }

 private:
  Random& random_;
};

}  // namespace

Status follow_county(ports::CountyStore& store, Clock& clock, Random& random) {
  NobodysKey keys(random);
  KX_TRY(county, County::open({store, keys, clock, random}));
  return apply_all(*county);
}

}  // namespace kuangxun::ledger
