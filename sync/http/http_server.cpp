#include "sync/http/http_server.h"

#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cassert>
#include <csignal>

#include "db/language/language.h"
#include "sync/http/http_connection.h"

namespace kuangxun::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto accept_pause = std::chrono::milliseconds(200);
// What is in work when the server is told to stop has so long.
constexpr auto stop_patience = std::chrono::seconds(10);

Result<asio::ip::address> parse_address(const std::string& host) {
  error_code failure;
  std::string text = host == "localhost" ? "127.0.0.1" : host;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const auto address = asio::ip::make_address(text, failure);
  if (failure) {
    return Error(ErrorCode::bad_input, phrase("{0} is no IP address", {std::string_view(host).substr(0, 100)}));
  }
  return address;
}

Result<std::shared_ptr<asio::ssl::context>> make_tls(const certificates::ServerTls& tls) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  KX_CHECK(certificates::configure_server(*context->native_handle(), tls));
  return context;
}

Error cannot_listen(const HttpOptions& options, const error_code& failure) {
  return Error(ErrorCode::unavailable, phrase("cannot listen on {0}:{1} ({2}); the port may be taken",
                                              {options.host, std::to_string(options.port), failure.message()}));
}

}  // namespace

struct HttpServer::State {
  explicit State(HttpOptions given) : shared(std::move(given)) {
    shared.when_last_is_gone = [this] {
      if (shared.is_stopping) patience.cancel();
    };
  }
  ~State() { shared.when_last_is_gone = nullptr; }

  // Declared first, destroyed last: connections that die with `context` still tell it.
  ConnectionShared shared;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context};
  asio::steady_timer pause{context};
  asio::steady_timer patience{context};

  error_code open(const tcp::endpoint& endpoint) {
    error_code failure;
    acceptor.open(endpoint.protocol(), failure);
    if (!failure) acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor.bind(endpoint, failure);
    if (!failure) acceptor.listen(asio::socket_base::max_listen_connections, failure);
    return failure;
  }

  void accept() {
    acceptor.async_accept([this](error_code failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted || shared.is_stopping) return;
      if (!failure) {
        begin_connection(context, std::move(socket), shared);
        return accept();
      }
      // Out of descriptors: wait until some are free instead of spinning.
      pause.expires_after(accept_pause);
      pause.async_wait([this](error_code stopped) {
        if (!stopped) accept();
      });
    });
  }

  void begin_stop() {
    if (shared.is_stopping) return;
    shared.is_stopping = true;
    error_code ignored;
    acceptor.close(ignored);
    pause.cancel();
    signals.cancel(ignored);
    // Its handler does nothing when the last connection ended in time: then there is nothing left to run.
    patience.expires_after(stop_patience);
    patience.async_wait([this](error_code ended) {
      if (!ended) context.stop();
    });
    shared.table.close_all();
    if (shared.counts.open == 0) patience.cancel();
  }
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpOptions options) {
  assert(options.workers > 0 && options.handler && options.tls != nullptr && options.clock != nullptr);
  KX_TRY(address, parse_address(options.host));
  const tcp::endpoint endpoint(address, options.port);
  auto state = std::make_unique<State>(std::move(options));
  ConnectionShared& shared = state->shared;
  KX_TRY(tls, make_tls(*shared.options.tls));
  shared.tls = std::move(tls);
  shared.options.tls = nullptr;  // borrowed until here
  for (const std::string& proxy : shared.options.proxies) {
    KX_TRY(proxy_address, parse_address(proxy));
    shared.proxies.insert(proxy_address);
  }
  if (const error_code failure = state->open(endpoint)) return cannot_listen(shared.options, failure);
  state->accept();
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(state)));
}

std::uint16_t HttpServer::port() const {
  return state_->acceptor.local_endpoint().port();
}

std::string HttpServer::address() const {
  const auto endpoint = state_->acceptor.local_endpoint();
  const std::string host = endpoint.address().to_string();
  return (endpoint.address().is_v6() ? "[" + host + "]" : host) + ":" + std::to_string(endpoint.port());
}

HttpCounts HttpServer::counts() const {
  const ConnectionShared::Counts& counts = state_->shared.counts;
  return {counts.open,     counts.connections, counts.handshakes, counts.resumed, counts.failed_handshakes,
          counts.requests, counts.cuts,        counts.turned_away};
}

Status HttpServer::reload(const certificates::ServerTls& tls) {
  KX_TRY(made, make_tls(tls));
  asio::post(state_->context, [this, made] { state_->shared.tls = made; });
  return {};
}

void HttpServer::stop_on_signals() {
  state_->signals.add(SIGTERM);
  state_->signals.add(SIGINT);
  state_->signals.async_wait([this](error_code failure, int) {
    if (!failure) state_->begin_stop();
  });
}

void HttpServer::run() {
  ConnectionShared& shared = state_->shared;
  WorkerPool workers(shared.options.workers, shared.options.limits.waiting_requests_max);
  shared.workers = &workers;
  state_->context.run();
  // The beginnings of bodies that came last are still kept.
  workers.finish();
}

void HttpServer::stop() {
  asio::post(state_->context, [this] { state_->begin_stop(); });
}

}  // namespace kuangxun::http
