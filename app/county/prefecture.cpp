#include "app/county/prefecture.h"

namespace kuangxun::county {
namespace {

const std::string prefecture_key_name = "prefecture";

}  // namespace

Result<SigningKey> prefecture_key(Context& context) {
  KeyFolder folder(context.address.keys);
  KX_CHECK(folder.make());
  return folder.own_key(prefecture_key_name, context.random);
}

upward::Prefecture prefecture_of(Context& context, const SigningKey& key) {
  return {
      [&address = context.address](const Uuid& county) { return open_store(address, Purpose::write_beside, county); },
      key, context.clock, context.random};
}

}  // namespace kuangxun::county
