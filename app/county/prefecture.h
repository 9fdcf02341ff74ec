#pragma once

#include "app/county/command.h"
#include "sync/upward/read_package.h"

// The same program at the prefecture, whose database holds many counties.
namespace kuangxun::county {

// The prefecture's own key, made when there is none.
Result<SigningKey> prefecture_key(Context& context);
// `key` and the context must live as long.
upward::Prefecture prefecture_of(Context& context, const SigningKey& key);

}  // namespace kuangxun::county
