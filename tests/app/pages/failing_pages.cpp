#include "tests/app/pages/failing_pages.h"

#include <stdexcept>

#include "app/pages/page.h"

// A page as anybody might write one, whose parts can be made to fail. It registers itself as real ones do.
namespace kuangxun::tests {

Failing& failing() {
  static Failing one;
  return one;
}

namespace {

std::string title(pages::Context&, const Uuid&) {
  if (failing().throws_as_title) throw std::runtime_error("example: title");
  return "示例页";
}

class ExamplePage final : public pages::Page {
 public:
  explicit ExamplePage(pages::Context& context) : context_(context) {}

  Result<blocks::Blocks> build(const Uuid&) override {
    ++failing().made;
    if (failing().refuses_to_be_made) return Error(ErrorCode::corrupt, "示例：这一页做不成");
    if (failing().throws_when_made) throw std::runtime_error("example: thrown");
    blocks::Blocks page;
    page += blocks::Text{"按了 " + std::to_string(presses_) + " 次"};
    page += blocks::Button{"example.press", "按", [this]() -> Status {
                             ++presses_;
                             return {};
                           }};
    page +=
        blocks::Button{"example.refuse", "不行", []() -> Status { return Error(ErrorCode::refused, "示例：做不到"); }};
    page += blocks::Button{"example.throw", "抛出", []() -> Status { throw std::runtime_error("example: handler"); }};
    page += blocks::Button{
        "example.beside", "另做", [this]() -> Status {
          context_.run_beside(
              "示例", [](inspect::Desk&, const Running&) -> Status { throw std::runtime_error("example: beside"); },
              [this](const Status& status) { context_.settle(status, {}); });
          return {};
        }};
    page += blocks::Stack{{}, [] { return renewed(); }};
    return page;
  }

 private:
  static blocks::Blocks renewed() {
    if (failing().throws_when_renewed) throw std::runtime_error("example: renewed");
    blocks::Blocks part;
    part += blocks::Text{"更新了 " + std::to_string(++failing().renewed) + " 次"};
    return part;
  }

  pages::Context& context_;
  int presses_ = 0;
};

const pages::Registered example_page{{"example", pages::Where::window, 90, title, pages::make<ExamplePage>}};

}  // namespace
}  // namespace kuangxun::tests
