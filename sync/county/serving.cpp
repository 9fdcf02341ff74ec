#include "sync/county/serving.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <ostream>
#include <thread>

#include "db/language/language.h"
#include "db/log/rotating_log.h"
#include "sync/county/upward_duty.h"
#include "sync/http/http_server.h"
#include "sync/ledger/apply_stored.h"

// The county at work: workers answer, one thread applies what they stored and keeps the server's certificate fresh.
namespace kuangxun::county {
namespace {

constexpr unsigned postgres_workers = 4;
constexpr std::size_t log_file_bytes_max = 10 << 20;
constexpr std::size_t log_files_kept = 10;
constexpr auto applier_pause = std::chrono::milliseconds(200);
constexpr std::int64_t certificate_check_ms = 10LL * 60 * 1000;
constexpr std::int64_t upward_check_ms = 60LL * 1000;
constexpr std::int64_t hour_ms = 3600LL * 1000;

std::filesystem::path log_folder_of(const StoreAddress& address, const ServeWords& words) {
  if (!words.log_folder.empty()) return words.log_folder;
  std::filesystem::path keys = address.keys;
  if (keys.filename().empty()) keys = keys.parent_path();
  return keys.string() + "-logs";
}

// One worker's desk: its own store, so that no two threads share a connection.
struct Desk {
  std::unique_ptr<Office> office;
  std::unique_ptr<requests::Exchange> exchange;
};

requests::Peer peer_of(const http::HttpPeer& http) {
  requests::Peer peer;
  peer.has_certificate = http.device.has_value();
  peer.is_expired = http.is_expired;
  if (http.device.has_value() && http.device->device.has_value()) peer.device = http.device->device->device;
  return peer;
}

Result<std::vector<Desk>> open_desks(const Office::World& world, const StoreAddress& address, unsigned count,
                                     RotatingLog& log, const std::atomic<unsigned>& in_work) {
  std::vector<Desk> desks;
  for (unsigned i = 0; i < count; ++i) {
    Desk desk;
    KX_TRY(office, Office::open(world, address, Purpose::serve));
    desk.office = std::move(office);
    requests::Exchange::Parts parts{desk.office->county(), desk.office->authority(), desk.office->disk(),
                                    [&log](const std::string& line) { log.line(line); }};
    parts.is_busy = [&in_work] { return in_work > 1; };
    desk.exchange = std::make_unique<requests::Exchange>(std::move(parts));
    desks.push_back(std::move(desk));
  }
  return desks;
}

// Applies what was stored and not applied before its answer, and renews the server's certificate. Its own thread.
class Applier {
 public:
  Applier(Office& office, http::HttpServer& http, Clock& clock, RotatingLog& log, const ServeWords& words)
      : office_(office), http_(http), clock_(clock), log_(log), words_(words), thread_([this] { run(); }) {}
  ~Applier() {
    {
      const std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  void run() {
    while (!is_over()) {
      const auto applied = ledger::apply_stored(office_.county(), limits::apply_frames_max);
      if (!applied.ok()) say_once(applied.error().message());
      if (applied.ok()) last_trouble_.clear();
      renew_certificate();
      report_upward();
      if (applied.ok() && !applied->is_done) continue;
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, applier_pause, [this] { return is_over_; });
    }
  }
  bool is_over() {
    const std::lock_guard lock(mutex_);
    return is_over_;
  }
  // A database that is away is away for a while: one line is enough.
  void say_once(const std::string& trouble) {
    if (trouble == last_trouble_) return;
    last_trouble_ = trouble;
    log_.line(trouble);
  }
  // Another process may have changed the keys as well.
  void renew_certificate() {
    const std::int64_t now_ms = clock_.steady_ms();
    if (now_ms < next_check_ms_) return;
    next_check_ms_ = now_ms + certificate_check_ms;
    if (Status fresh = office_.county().refresh(); !fresh.ok()) return say_once(fresh.error().message());
    if (Status loaded = office_.reload_authority(); !loaded.ok()) return say_once(loaded.error().message());
    auto server = office_.authority().server(clock_.now_ms());
    if (!server.ok()) return say_once(server.error().message());
    if (Status reloaded = http_.reload(server->tls()); !reloaded.ok()) say_once(reloaded.error().message());
  }

  void report_upward() {
    if (words_.upward.empty() || clock_.steady_ms() < next_upward_ms_) return;
    next_upward_ms_ = clock_.steady_ms() + upward_check_ms;
    UpwardWords words;
    words.file = words_.upward;
    const auto every_ms = static_cast<std::int64_t>(words_.every_h) * hour_ms;
    const auto written = write_upward_when_due(office_, words, every_ms);
    if (!written.ok()) say_once(written.error().message());
    if (written.ok() && *written) {
      log_.line(say_with("a package for the prefecture is in {0}", {words_.upward.string()}));
    }
  }

  Office& office_;
  http::HttpServer& http_;
  Clock& clock_;
  RotatingLog& log_;
  const ServeWords& words_;
  std::int64_t next_check_ms_ = 0;
  std::int64_t next_upward_ms_ = 0;
  std::string last_trouble_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_over_ = false;
  std::thread thread_;  // last: it uses all the others
};

std::string counts_line(const http::HttpCounts& counts) {
  return say_with("stopped: {0} connections, {1} handshakes ({2} resumed), {3} requests, {4} cuts",
                  {std::to_string(counts.connections), std::to_string(counts.handshakes),
                   std::to_string(counts.resumed), std::to_string(counts.requests), std::to_string(counts.cuts)});
}

}  // namespace

Status serve(const Office::World& world, std::ostream& out, const StoreAddress& address, const ServeWords& words) {
  KX_TRY(lock, lock_store(address));
  KX_TRY(log, RotatingLog::open({log_folder_of(address, words), "county", log_file_bytes_max, log_files_kept, true}));
  KX_TRY(applier_office, Office::open(world, address, Purpose::serve));
  // What was stored but not applied when the last server was killed.
  KX_CHECK(ledger::apply_all(applier_office->county()));
  if (!words.upward.empty()) {
    KX_CHECK(note_upward_period(*applier_office, static_cast<std::int64_t>(words.every_h) * hour_ms));
  }
  const unsigned workers = !address.is_sqlite() ? (words.workers == 0 ? postgres_workers : words.workers) : 1;
  std::atomic<unsigned> in_work = 0;
  KX_TRY(desks, open_desks(world, address, workers, *log, in_work));
  KX_TRY(shown, applier_office->authority().server(world.clock.now_ms()));
  const certificates::ServerTls tls = shown.tls();
  http::HttpOptions options;
  options.host = words.host;
  options.port = words.port;
  options.workers = workers;
  options.handler = [&](unsigned worker, const http::HttpPeer& peer, Bytes request) {
    ++in_work;
    requests::Reply reply = desks[worker].exchange->answer(std::move(request), peer_of(peer));
    --in_work;
    return http::HttpAnswer{reply.http_status, reply.retry_after_s, std::move(reply.body)};
  };
  options.on_cut = [&](unsigned worker, const http::HttpPeer& peer, const Bytes& partial) {
    desks[worker].exchange->keep_partial(partial, peer_of(peer));
  };
  options.clock = &world.clock;
  options.tls = &tls;
  options.proxies = words.proxies;
  KX_TRY(http, http::HttpServer::listen(std::move(options)));
  http->stop_on_signals();
  const std::string line = say_with("the county serves at https://{0}", {http->address()});
  out << line << std::endl;
  log->line(line);
  {
    const Applier applier(*applier_office, *http, world.clock, *log, words);
    http->run();
  }
  log->line(counts_line(http->counts()));
  return {};
}

}  // namespace kuangxun::county
