#include <charconv>

#include "app/county/command.h"
#include "db/language/language.h"
#include "sync/county/serving.h"

namespace kuangxun::county {
namespace {

// "127.0.0.1:8470" or "[::1]:8470".
Result<std::pair<std::string, std::uint16_t>> parse_listen(const std::string& text) {
  const std::size_t colon = text.rfind(':');
  if (colon != std::string::npos) {
    std::uint16_t port = 0;
    const auto [end, failure] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
    if (failure == std::errc() && end == text.data() + text.size()) return std::pair(text.substr(0, colon), port);
  }
  return Error(ErrorCode::usage, phrase("--listen must be HOST:PORT, like 127.0.0.1:8470"));
}

struct Serve final : Command {
  std::string listen;
  unsigned workers = 0;
  std::vector<std::string> proxies;
  std::filesystem::path logs;
  std::filesystem::path upward_folder;
  std::uint64_t every_h = 24;

  void describe(WordList& words) override {
    words.about(say_text("serve the laptops"));
    constexpr std::int64_t every_h_max = 24 * 366;
    words.option("--listen", "HOST:PORT", listen, say_text("where to listen")).required();
    words.option("--workers", "N", workers, say_text("requests in work at once (PostgreSQL)"));
    words.option("--proxy", "ADDRESS", proxies, say_text("addresses of proxies in front (PROXY v2)"));
    words.option("--logs", "DIR", logs, say_text("folder of the logs"));
    words.option("--upward", "DIR", upward_folder,
                 say_text("folder for packages to the prefecture, written regularly"));
    words.option("--every", "HOURS", every_h, say_text("hours between them (24)")).within(1, every_h_max);
  }
  Result<int> run(Context& context) override {
    KX_TRY(where, parse_listen(listen));
    KX_CHECK(county::serve({context.clock, context.random}, context.out, context.address,
                           {where.first, where.second, workers, proxies, logs, upward_folder, every_h}));
    return exit_done;
  }
};

const Registered<Serve> registered("serve", 110);

}  // namespace
}  // namespace kuangxun::county
