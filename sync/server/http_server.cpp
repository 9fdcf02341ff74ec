#include "sync/server/http_server.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <csignal>
#include <set>

#include "db/base/language.h"
#include "db/base/limits.h"

namespace kuangxun::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Body = http::vector_body<std::uint8_t>;

constexpr std::string_view exchange_path = "/kuangxun/0";
constexpr auto header_timeout = std::chrono::seconds(10);
constexpr auto request_timeout = std::chrono::seconds(limits::http_request_timeout_s);
constexpr auto accept_pause = std::chrono::milliseconds(200);
constexpr const char* retry_after_s = "2";

// What all connections share. Outlives them.
struct Shared {
  HttpServer::Handler handler;
  std::size_t connections = 0;
  std::size_t body_bytes = 0;
};

// One peer. Keeps itself alive by the handler that is pending; ends when none is.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(tcp::socket socket, Shared& shared)
      : stream_(std::move(socket)), buffer_(limits::http_header_bytes_max + (64U << 10)), shared_(shared) {
    ++shared_.connections;
  }
  ~Connection() {
    --shared_.connections;
    give_back_bytes();
  }

  void read_header() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::http_header_bytes_max));
    parser_->body_limit(limits::http_body_bytes_max);
    stream_.expires_after(header_timeout);
    http::async_read_header(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code failure, auto) {
      if (failure) return self->refuse_malformed(failure);
      self->check_header();
    });
  }

 private:
  void check_header() {
    const auto& request = parser_->get();
    if (request.target() != beast::string_view(exchange_path.data(), exchange_path.size())) {
      return refuse(http::status::not_found);
    }
    if (request.method() != http::verb::post) return refuse(http::status::method_not_allowed);
    const auto length = parser_->content_length();
    if (!length) return refuse(http::status::length_required);
    if (shared_.body_bytes + *length > limits::http_bodies_bytes_max) return refuse(http::status::service_unavailable);
    reserved_bytes_ = static_cast<std::size_t>(*length);
    shared_.body_bytes += reserved_bytes_;
    read_body();
  }

  void read_body() {
    stream_.expires_after(request_timeout);
    http::async_read(stream_, buffer_, *parser_, [self = shared_from_this()](beast::error_code failure, auto) {
      if (failure) return self->refuse_malformed(failure);
      self->answer();
    });
  }

  void answer() {
    http::request<Body> request = parser_->release();
    response_ = {};
    response_.result(http::status::ok);
    response_.version(request.version());
    response_.keep_alive(request.keep_alive());
    response_.set(http::field::content_type, "application/octet-stream");
    response_.body() = shared_.handler(std::move(request.body()));
    give_back_bytes();
    write();
  }

  void refuse_malformed(beast::error_code failure) {
    if (failure == http::error::header_limit) return refuse(http::status::request_header_fields_too_large);
    if (failure == http::error::body_limit) return refuse(http::status::payload_too_large);
    if (failure == http::error::end_of_stream || failure == beast::error::timeout) return close();
    // The peer is gone or speaks something else; an answer is tried for the latter.
    if (failure.category() == http::make_error_code(http::error::bad_method).category()) {
      return refuse(http::status::bad_request);
    }
    close();
  }

  void refuse(http::status status) {
    response_ = {};
    response_.result(status);
    response_.keep_alive(false);
    if (status == http::status::service_unavailable) response_.set(http::field::retry_after, retry_after_s);
    write();
  }

  void write() {
    response_.prepare_payload();
    stream_.expires_after(request_timeout);
    http::async_write(stream_, response_, [self = shared_from_this()](beast::error_code failure, auto) {
      if (failure || !self->response_.keep_alive()) return self->close();
      self->response_ = {};
      self->read_header();
    });
  }

  void close() {
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.close();
  }

  void give_back_bytes() {
    shared_.body_bytes -= reserved_bytes_;
    reserved_bytes_ = 0;
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<Body>> parser_;
  http::response<Body> response_;
  Shared& shared_;
  std::size_t reserved_bytes_ = 0;
};

Result<asio::ip::address> loopback_address(const std::string& host) {
  boost::system::error_code failure;
  std::string text = host == "localhost" ? "127.0.0.1" : host;
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') text = text.substr(1, text.size() - 2);
  const auto address = asio::ip::make_address(text, failure);
  if (failure || !address.is_loopback()) {
    return Error(
        ErrorCode::bad_input,
        say_with("本版本不加密，只能监听本机（127.0.0.1 或 [::1]），不能监听 {0}",
                 "this version is not encrypted and listens on this machine only (127.0.0.1 or [::1]), not on {0}",
                 {host}));
  }
  return address;
}

}  // namespace

struct HttpServer::State {
  // Declared first, destroyed last: connections that die with `context` still tell it.
  Shared shared;
  asio::io_context context{1};
  tcp::acceptor acceptor{context};
  asio::signal_set signals{context};
  asio::steady_timer pause{context};

  void accept() {
    acceptor.async_accept([this](beast::error_code failure, tcp::socket socket) {
      if (failure == asio::error::operation_aborted) return;
      if (failure || shared.connections >= limits::http_connections_max) {
        // Out of descriptors or of places: wait until some are free instead of spinning.
        pause.expires_after(accept_pause);
        pause.async_wait([this](beast::error_code stopped) {
          if (!stopped) accept();
        });
        return;
      }
      std::make_shared<Connection>(std::move(socket), shared)->read_header();
      accept();
    });
  }
};

HttpServer::HttpServer(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpServer::~HttpServer() = default;

Result<std::unique_ptr<HttpServer>> HttpServer::listen(const std::string& host, std::uint16_t port, Handler handler) {
  KX_TRY(address, loopback_address(host));
  auto state = std::make_unique<State>();
  state->shared.handler = std::move(handler);
  boost::system::error_code failure;
  const tcp::endpoint endpoint(address, port);
  state->acceptor.open(endpoint.protocol(), failure);
  if (!failure) state->acceptor.set_option(tcp::acceptor::reuse_address(true), failure);
  if (!failure) state->acceptor.bind(endpoint, failure);
  if (!failure) state->acceptor.listen(asio::socket_base::max_listen_connections, failure);
  if (failure) {
    return Error(ErrorCode::unavailable, say_with("无法监听 {0}:{1}（{2}）；端口可能已被占用",
                                                  "cannot listen on {0}:{1} ({2}); the port may be taken",
                                                  {host, std::to_string(port), failure.message()}));
  }
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

void HttpServer::stop_on_signals() {
  state_->signals.add(SIGTERM);
  state_->signals.add(SIGINT);
  state_->signals.async_wait([this](beast::error_code failure, int) {
    if (!failure) state_->context.stop();
  });
}

void HttpServer::run() {
  state_->context.run();
}

void HttpServer::stop() {
  asio::post(state_->context, [this] { state_->context.stop(); });
}

}  // namespace kuangxun::server
