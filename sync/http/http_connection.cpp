#include "sync/http/http_connection.h"

#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "sync/http/proxy_protocol.h"

namespace kuangxun::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace web = boost::beast::http;
using asio::ip::tcp;
using std::chrono::milliseconds;
using SteadyClock = std::chrono::steady_clock;
using Stream = beast::ssl_stream<beast::tcp_stream>;

constexpr std::string_view exchange_path = "/kuangxun/1";
constexpr int busy_retry_after_s = 2;
constexpr std::size_t chunk_bytes = 16 << 10;
// What is written at once: the poorest link takes it well within the time that is given for a stretch.
constexpr std::size_t step_bytes = certificates::tls_record_bytes;
// After a refusal the peer's words are let run out for a while, so that it hears the refusal before the connection
// ends.
constexpr auto farewell = milliseconds(2000);
constexpr std::size_t farewell_bytes_max = limits::http_body_bytes_max + (1 << 20);

// Addresses that one party can easily have many of count as one: a network of 64 bits of IPv6.
std::string limited_address(const asio::ip::address& address) {
  if (!address.is_v6()) return address.to_string();
  const asio::ip::address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return asio::ip::make_address_v4(asio::ip::v4_mapped, v6).to_string();
  auto bytes = v6.to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return asio::ip::address_v6(bytes).to_string();
}

std::string shown_address(const asio::ip::address& address) {
  if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address.to_string();
  return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
}

// A peer without a certificate has nothing large to say.
std::size_t body_bytes_max(const HttpPeer& peer) {
  return peer.device.has_value() ? limits::http_body_bytes_max : limits::http_stranger_body_bytes_max;
}

void note_expiry(HttpPeer& peer, Clock& clock) {
  peer.is_expired = peer.device.has_value() && peer.device->validity.has_ended(clock.now_ms());
}

// How a request that could not be read is answered; nothing when nobody is there who would understand.
std::optional<web::status> refusal_of(beast::error_code failure) {
  if (failure == web::error::header_limit) return web::status::request_header_fields_too_large;
  if (failure == web::error::body_limit) return web::status::payload_too_large;
  // The peer is gone or speaks something else; an answer is tried for the latter.
  const bool is_grammar = failure.category() == web::make_error_code(web::error::bad_method).category();
  const bool is_gone = failure == web::error::end_of_stream || failure == web::error::partial_message;
  if (is_grammar && !is_gone) return web::status::bad_request;
  return std::nullopt;
}

// How fast a body or an answer must move: in each stretch of so long something must; what moved before earns no rest.
class Pace {
 public:
  explicit Pace(const HttpLimits& given) : given_(given) {}

  void begin() {
    began_ = SteadyClock::now();
    stretch_began_ = began_;
    stretch_bytes_ = 0;
  }
  void move(std::size_t bytes) {
    stretch_bytes_ += bytes;
    const auto least = static_cast<std::size_t>(given_.rate_grace_ms) *
                       static_cast<std::size_t>(limits::http_rate_min_bytes_per_s) / 1000;
    if (stretch_bytes_ <= least) return;
    stretch_began_ = SteadyClock::now();
    stretch_bytes_ = 0;
  }
  SteadyClock::time_point deadline() const {
    return std::min(stretch_began_ + milliseconds(given_.rate_grace_ms),
                    began_ + milliseconds(given_.request_timeout_ms));
  }

 private:
  const HttpLimits& given_;
  SteadyClock::time_point began_;
  SteadyClock::time_point stretch_began_;
  std::size_t stretch_bytes_ = 0;
};

// What has come of a body. It counts towards what all connections hold together, until it is taken.
class HeldBody {
 public:
  explicit HeldBody(std::size_t& held_bytes) : held_bytes_(held_bytes) {}
  HeldBody(const HeldBody&) = delete;
  HeldBody& operator=(const HeldBody&) = delete;
  ~HeldBody() { held_bytes_ -= body_.size(); }

  bool is_empty() const { return body_.empty(); }
  void append(ByteView bytes) {
    body_.insert(body_.end(), bytes.begin(), bytes.end());
    held_bytes_ += bytes.size();
  }
  Bytes take() {
    held_bytes_ -= body_.size();
    return std::exchange(body_, {});
  }

 private:
  std::size_t& held_bytes_;
  Bytes body_;
};

// Keeps itself alive by the handler that is pending; ends when none is.
class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& context, Stream stream, ConnectionShared& shared)
      : context_(context),
        stream_(std::move(stream)),
        buffer_(limits::http_header_bytes_max + chunk_bytes),
        shared_(shared),
        body_(shared.body_bytes),
        pace_(shared.options.limits) {
    ++shared_.counts.open;
  }
  ~Connection() {
    shared_.table.remove(id_);
    if (--shared_.counts.open == 0 && shared_.when_last_is_gone) shared_.when_last_is_gone();
  }

  void begin(const asio::ip::address& address) {
    const bool is_proxied = shared_.proxies.count(address) > 0;
    peer_.address = shown_address(address);
    const auto close = [weak = weak_from_this()] {
      if (const auto self = weak.lock()) self->socket().close();
    };
    id_ = shared_.table.add(is_proxied ? std::string() : limited_address(address), close);
    shared_.counts.turned_away = shared_.table.turned_away();
    if (id_ == 0) return;
    ++shared_.counts.connections;
    socket().expires_after(milliseconds(shared_.options.limits.handshake_timeout_ms));
    if (is_proxied) {
      read_proxy_prefix();
    } else {
      shake_hands();
    }
  }

 private:
  using Doing = ConnectionTable::Doing;

  beast::tcp_stream& socket() { return beast::get_lowest_layer(stream_); }
  // `step` as a completion handler that keeps the connection alive and hears the outcome only.
  template <class Step>
  auto then(Step step) {
    return [self = shared_from_this(), step](beast::error_code failure, std::size_t) { (self.get()->*step)(failure); };
  }

  void read_proxy_prefix() {
    said_.resize(proxy_prefix_bytes);
    asio::async_read(socket(), asio::buffer(said_), then(&Connection::read_proxy_rest));
  }

  void read_proxy_rest(beast::error_code failure) {
    if (failure) return;
    const auto rest = proxy_rest_bytes(said_);
    if (!rest.ok()) return fail_handshake();
    said_.resize(proxy_prefix_bytes + *rest);
    asio::async_read(socket(), asio::buffer(said_) + proxy_prefix_bytes, then(&Connection::take_proxied_address));
  }

  void take_proxied_address(beast::error_code failure) {
    if (failure) return;
    const ByteView said(said_);
    const auto text = proxied_address(said.first(proxy_prefix_bytes), said.subspan(proxy_prefix_bytes));
    if (!text.ok()) return fail_handshake();
    if (!text->empty()) {
      const auto address = asio::ip::make_address(*text);
      peer_.address = shown_address(address);
      const bool has_room = shared_.table.set_address(id_, limited_address(address));
      shared_.counts.turned_away = shared_.table.turned_away();
      if (!has_room) return;
    }
    shake_hands();
  }

  void shake_hands() {
    stream_.async_handshake(asio::ssl::stream_base::server,
                            [self = shared_from_this()](beast::error_code failure) { self->after_handshake(failure); });
  }

  void after_handshake(beast::error_code failure) {
    if (failure) return fail_handshake();
    const auto handshake = certificates::read_server_handshake(*stream_.native_handle());
    ++shared_.counts.handshakes;
    if (handshake.is_resumed) ++shared_.counts.resumed;
    peer_.device = handshake.device;
    if (peer_.device.has_value()) shared_.table.set_device(id_, peer_.device->key);
    read_header();
  }

  void fail_handshake() {
    ++shared_.counts.failed_handshakes;
    say_farewell();
  }

  void read_header() {
    if (shared_.is_stopping) return;
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(limits::http_header_bytes_max));
    parser_->body_limit(body_bytes_max(peer_));
    const HttpLimits& given = shared_.options.limits;
    socket().expires_after(milliseconds(is_first_ ? given.header_timeout_ms : given.idle_timeout_ms));
    is_first_ = false;
    web::async_read_header(stream_, buffer_, *parser_, then(&Connection::check_header));
  }

  void check_header(beast::error_code failure) {
    if (failure) return refuse(refusal_of(failure));
    const auto& request = parser_->get();
    if (request.target() != beast::string_view(exchange_path.data(), exchange_path.size())) {
      return refuse(web::status::not_found);
    }
    if (request.method() != web::verb::post) return refuse(web::status::method_not_allowed);
    if (!parser_->content_length()) return refuse(web::status::length_required);
    shared_.table.set_doing(id_, Doing::receiving);
    chunk_.resize(chunk_bytes);
    pace_.begin();
    read_body();
  }

  void read_body() {
    if (parser_->is_done()) return hand_over();
    parser_->get().body().data = chunk_.data();
    parser_->get().body().size = chunk_.size();
    socket().expires_at(pace_.deadline());
    web::async_read_some(stream_, buffer_, *parser_, then(&Connection::take_chunk));
  }

  void take_chunk(beast::error_code failure) {
    const std::size_t got = chunk_.size() - parser_->get().body().size;
    if (shared_.body_bytes + got > shared_.options.limits.bodies_bytes_max) {
      return refuse(web::status::service_unavailable);
    }
    body_.append(ByteView(chunk_).first(got));
    pace_.move(got);
    if (failure && failure != web::error::need_buffer) return end_cut(failure);
    read_body();
  }

  void end_cut(beast::error_code failure) {
    ++shared_.counts.cuts;
    if (peer_.device.has_value() && shared_.options.on_cut && !body_.is_empty()) {
      note_expiry(peer_, *shared_.options.clock);
      shared_.workers->add([&shared = shared_, peer = peer_, partial = body_.take()](unsigned worker) mutable {
        shared.options.on_cut(worker, peer, std::move(partial));
      });
    }
    refuse(refusal_of(failure));
  }

  void hand_over() {
    socket().expires_never();
    shared_.table.set_doing(id_, Doing::working);
    note_expiry(peer_, *shared_.options.clock);
    is_keeping_ = parser_->get().keep_alive();
    auto task = [&context = context_, &handler = shared_.options.handler, self = shared_from_this(), peer = peer_,
                 request = body_.take()](unsigned worker) mutable {
      HttpAnswer answer = handler(worker, peer, std::move(request));
      // The last owner of a connection is the thread of its events.
      asio::post(context,
                 [self = std::move(self), answer = std::move(answer)]() mutable { self->give(std::move(answer)); });
    };
    if (!shared_.workers->add(std::move(task))) return refuse(web::status::service_unavailable);
    ++shared_.counts.requests;
  }

  void give(HttpAnswer answer) {
    response_ = {};
    response_.result(static_cast<unsigned>(answer.status));
    response_.keep_alive(is_keeping_ && !shared_.is_stopping);
    if (answer.retry_after_s > 0) response_.set(web::field::retry_after, std::to_string(answer.retry_after_s));
    if (!answer.body.empty()) response_.set(web::field::content_type, "application/octet-stream");
    response_.body() = std::move(answer.body);
    begin_write();
  }

  void refuse(std::optional<web::status> status) {
    if (!status.has_value()) return socket().close();
    response_ = {};
    response_.result(*status);
    response_.keep_alive(false);
    if (status == web::status::service_unavailable) {
      response_.set(web::field::retry_after, std::to_string(busy_retry_after_s));
    }
    begin_write();
  }

  void begin_write() {
    response_.prepare_payload();
    serializer_.emplace(response_);
    serializer_->limit(step_bytes);
    pace_.begin();
    write();
  }

  void write() {
    socket().expires_at(pace_.deadline());
    web::async_write_some(stream_, *serializer_,
                          [self = shared_from_this()](beast::error_code failure, std::size_t size) {
                            self->pace_.move(size);
                            self->after_write(failure);
                          });
  }

  void after_write(beast::error_code failure) {
    if (failure) return socket().close();
    if (!serializer_->is_done()) return write();
    const bool is_kept = response_.keep_alive();
    serializer_.reset();
    response_ = {};
    shared_.table.set_doing(id_, Doing::waiting);
    if (is_kept) return read_header();
    say_farewell();
  }

  void say_farewell() {
    beast::error_code ignored;
    socket().socket().shutdown(tcp::socket::shutdown_send, ignored);
    socket().expires_after(farewell);
    chunk_.resize(chunk_bytes);
    let_run_out(0);
  }

  void let_run_out(std::size_t heard) {
    if (heard > farewell_bytes_max || shared_.is_stopping) return socket().close();
    socket().async_read_some(asio::buffer(chunk_),
                             [self = shared_from_this(), heard](beast::error_code failure, std::size_t size) {
                               if (failure) return self->socket().close();
                               self->let_run_out(heard + size);
                             });
  }

  asio::io_context& context_;
  Stream stream_;
  beast::flat_buffer buffer_;
  ConnectionShared& shared_;
  ConnectionTable::Id id_ = 0;
  HttpPeer peer_;
  Bytes said_;   // by a proxy
  Bytes chunk_;  // what is read at once
  HeldBody body_;
  bool is_first_ = true;
  bool is_keeping_ = false;
  std::optional<web::request_parser<web::buffer_body>> parser_;
  web::response<web::vector_body<std::uint8_t>> response_;
  std::optional<web::response_serializer<web::vector_body<std::uint8_t>>> serializer_;
  Pace pace_;  // of a body, or an answer
};

}  // namespace

void begin_connection(asio::io_context& context, tcp::socket socket, ConnectionShared& shared) {
  beast::error_code failure;
  const auto address = socket.remote_endpoint(failure).address();
  if (failure) return;
  socket.set_option(tcp::no_delay(true), failure);
  std::make_shared<Connection>(context, Stream(std::move(socket), *shared.tls), shared)->begin(address);
}

}  // namespace kuangxun::http
