#include "app/county/command.h"
#include "db/language/language.h"
#include "sync/county/upward_duty.h"

namespace kuangxun::county {
namespace {

struct Write final : Command {
  UpwardWords wish;

  void describe(WordList& words) override {
    words.about(say_text("county: write a package; serve --upward does it regularly"));
    constexpr std::int64_t photos_mb_max = 1 << 20;
    words.argument("FILE", wish.file, say_text("file or folder"));
    words.option("--photos", "MIB", wish.photos_mb, say_text("MiB of photos at most (0)")).within(0, photos_mb_max);
    words.flag("--unsealed", wish.is_plain, say_text("not encrypted"));
    words.flag("--from-start", wish.from_start,
               say_text("from the first frame again, for a prefecture that lost its data"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_TRY(written, write_upward(*office, wish));
    context.out << say_with("package {0}: numbers {1}-{2}, {3} frames, {4} photos ({5} left), {6} bytes; read back",
                            {std::to_string(written.entry.number), std::to_string(written.entry.first_sequence),
                             std::to_string(written.entry.through), std::to_string(written.frames),
                             std::to_string(written.photos), std::to_string(written.photos_left),
                             std::to_string(written.bytes)})
                << '\n';
    if (written.photos_damaged > 0) {
      context.out << say_with(
                         "attention: {0} photos are not what they were when they came (a damaged disk?) and were left "
                         "out: run `verify`",
                         {std::to_string(written.photos_damaged)})
                  << '\n';
    }
    return exit_done;
  }
};

const Registered<Write> registered("upward write", 603);

}  // namespace
}  // namespace kuangxun::county
