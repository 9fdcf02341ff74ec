#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "sync/http/connection_table.h"
#include "sync/http/http_options.h"
#include "sync/http/worker_pool.h"

// One peer of HttpServer. For its own files only: Boost's headers come with it.
namespace kuangxun::http {

// What all connections share; outlives them. Everything but `counts` and what the options hold is used by the thread of
// run() only.
struct ConnectionShared {
  explicit ConnectionShared(HttpOptions given)
      : options(std::move(given)),
        table(options.limits.connections_max, options.limits.connections_per_address_max,
              limits::http_connections_per_device_max) {}

  HttpOptions options;
  ConnectionTable table;
  WorkerPool* workers = nullptr;                   // while run() runs
  std::shared_ptr<boost::asio::ssl::context> tls;  // of new connections
  std::set<boost::asio::ip::address> proxies;
  std::size_t body_bytes = 0;  // held now
  std::function<void()> when_last_is_gone;
  bool is_stopping = false;

  struct Counts {
    std::atomic<std::uint64_t> open = 0, connections = 0, handshakes = 0, resumed = 0, failed_handshakes = 0,
                               requests = 0, cuts = 0, turned_away = 0;
  } counts;
};

// Takes the peer in, if there is room; it lives until it is done.
void begin_connection(boost::asio::io_context& context, boost::asio::ip::tcp::socket socket, ConnectionShared& shared);

}  // namespace kuangxun::http
