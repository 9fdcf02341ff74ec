#include "app/county/command.h"
#include "db/base/file_stream.h"
#include "db/base/text.h"
#include "db/language/language.h"
#include "sync/archive/prove_county.h"
#include "sync/wire/byte_writer.h"
#include "sync/wire/checkpoint.h"

namespace kuangxun::county {
namespace {

constexpr ports::PageLimits page_limits{16U << 20, 1000, 1000};

// u32 length and the bytes, one after the other.
Status put_counted(FileWriter& out, ByteView bytes) {
  wire::ByteWriter writer;
  writer.counted(bytes);
  return out.write(writer.bytes());
}

Status export_frames(ports::LogStore& store, const std::filesystem::path& path, std::uint64_t through) {
  KX_TRY(out, FileWriter::create(path, false));
  std::uint64_t after = 0;
  while (after < through) {
    KX_TRY(page, store.page(after, {}, page_limits));
    if (page.frames.empty()) break;
    for (const ports::StoredFrame& frame : page.frames) {
      if (frame.county_sequence > through) break;
      KX_CHECK(put_counted(*out, frame.bytes));
      after = frame.county_sequence;
    }
  }
  return out->commit();
}

struct Export final : Command {
  std::filesystem::path folder;

  void describe(WordList& words) override {
    words.about(say_text("export for an independent proof"));
    words.argument("FOLDER", folder, say_text("the folder to write"));
  }
  Result<int> run(Context& context) override {
    KX_TRY(office, context.open_office(Purpose::write_beside));
    KX_CHECK(make_folder(folder));
    KX_CHECK(office->county().refresh());
    const ports::CountyState state = office->county().state();
    KX_CHECK(export_frames(office->store(), folder / "frames.kxf", state.latest_sequence()));
    KX_TRY(statements, FileWriter::create(folder / "keys.kxk", false));
    for (const Bytes& statement : office->county().statements()) KX_CHECK(put_counted(*statements, statement));
    KX_CHECK(statements->commit());
    KX_TRY(devices, archive::device_keys(office->store(), state.county));
    std::string keys;
    for (const archive::DeviceKey& device : devices) {
      keys += device.writer.device.text() + " " + std::to_string(device.writer.epoch) + " " + to_hex(device.key.bytes) +
              "\n";
    }
    KX_CHECK(write_file_durably(folder / "devices.txt", as_bytes(keys)));
    const Bytes checkpoint = wire::seal_checkpoint({state.county, state.incarnation, state.latest_sequence(),
                                                    state.frontier.root(), context.clock.now_ms(), state.epoch},
                                                   office->county().key());
    KX_CHECK(write_file_durably(folder / "checkpoint.kxcp", checkpoint));
    context.out << say_with("{0} frames are exported to {1}; kuangxun-verify proves them independently",
                            {std::to_string(state.latest_sequence()), folder.string()})
                << '\n';
    return exit_done;
  }
};

const Registered<Export> registered("export", 510);

}  // namespace
}  // namespace kuangxun::county
