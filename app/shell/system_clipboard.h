#pragma once

#include "app/ui/context.h"

namespace kuangxun::shell {

class SystemClipboard final : public ui::Clipboard {
 public:
  std::string read() override;
  void write(const std::string& text) override;
};

}  // namespace kuangxun::shell
