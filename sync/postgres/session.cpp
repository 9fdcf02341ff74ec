#include "sync/postgres/session.h"

#include <libpq-fe.h>

#include <array>
#include <charconv>

#include "db/base/text.h"
#include "db/base/uuid.h"
#include "db/language/language.h"

namespace kuangxun::postgres {
namespace {

// The types of PostgreSQL that our statements give, by their fixed numbers (pg_type.dat).
constexpr Oid bool_type = 16;
constexpr Oid bytea_type = 17;
constexpr Oid int8_type = 20;
constexpr Oid int2_type = 21;
constexpr Oid int4_type = 23;
constexpr Oid uuid_type = 2950;

struct ResultFree {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultHandle = std::unique_ptr<PGresult, ResultFree>;

// libpq's messages name host, port and account, never the password.
Error to_error(const std::string& detail) {
  return Error(ErrorCode::unavailable,
               phrase("PostgreSQL failed ({0})", {replace_all(std::string(trim(detail)), "\n", " ")}));
}

bool is_good(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

// Parameters in the form libpq wants; borrows the values.
class Parameters {
 public:
  explicit Parameters(std::span<const sql::SqlValue> values) {
    texts_.reserve(values.size());
    for (const sql::SqlValue& value : values) add(value);
  }
  int count() const { return static_cast<int>(pointers_.size()); }
  const char* const* pointers() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void add(const sql::SqlValue& value) {
    if (const auto* bytes = std::get_if<Bytes>(&value)) {
      const void* raw = bytes->empty() ? "" : static_cast<const void*>(bytes->data());
      return add(static_cast<const char*>(raw), bytes->size(), 1);
    }
    if (std::holds_alternative<std::monostate>(value)) return add(nullptr, 0, 0);
    if (const auto* text = std::get_if<std::string>(&value)) return add(text->c_str(), text->size(), 0);
    if (const auto* number = std::get_if<std::int64_t>(&value)) texts_.push_back(std::to_string(*number));
    if (const auto* real = std::get_if<double>(&value)) texts_.push_back(std::to_string(*real));
    add(texts_.back().c_str(), texts_.back().size(), 0);
  }
  void add(const char* pointer, std::size_t length, int format) {
    pointers_.push_back(pointer);
    lengths_.push_back(static_cast<int>(length));
    formats_.push_back(format);
  }
  std::vector<std::string> texts_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
};

std::int64_t big_endian(std::string_view raw) {
  // Starts with all bits of the sign, so that shorter numbers keep theirs.
  std::uint64_t number = !raw.empty() && (raw.front() & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : raw) number = (number << 8) | static_cast<std::uint8_t>(byte);
  return static_cast<std::int64_t>(number);
}

// One value as COPY's text form wants it.
class CopyText {
 public:
  void add(const sql::SqlValue& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      std::array<char, 24> digits{};
      const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr;
      text_.append(digits.data(), end);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      add_escaped(*text);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
      add_hex(*bytes);
    } else if (const auto* real = std::get_if<double>(&value)) {
      text_ += std::to_string(*real);
    } else {
      text_ += "\\N";
    }
  }
  void separate(char separator) { text_ += separator; }
  const std::string& text() const { return text_; }
  void clear() { text_.clear(); }

 private:
  void add_escaped(const std::string& text) {
    if (text.find_first_of("\\\t\n\r") == std::string::npos) {
      text_ += text;
      return;
    }
    for (const char letter : text) {
      switch (letter) {
        case '\\':
          text_ += "\\\\";
          break;
        case '\t':
          text_ += "\\t";
          break;
        case '\n':
          text_ += "\\n";
          break;
        case '\r':
          text_ += "\\r";
          break;
        default:
          text_ += letter;
      }
    }
  }
  void add_hex(const Bytes& bytes) {
    static constexpr std::string_view digits = "0123456789abcdef";
    text_ += "\\\\x";
    for (const std::uint8_t byte : bytes) {
      text_ += digits[byte >> 4];
      text_ += digits[byte & 15];
    }
  }

  std::string text_;
};

sql::SqlValue read_value(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) != 0) return {};
  const char* raw = PQgetvalue(result, row, column);
  const std::string_view text(raw, static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
    case bool_type:
      return std::int64_t{!text.empty() && text.front() != 0};
    case int2_type:
    case int4_type:
    case int8_type:
      return big_endian(text);
    case bytea_type:
      return Bytes(text.begin(), text.end());
    case uuid_type:
      return text.size() == 16 ? uuid_from_bytes(as_bytes(text)).text() : std::string();
    default:
      return std::string(text);
  }
}

}  // namespace

Result<std::unique_ptr<Session>> Session::open(const std::string& address) {
  std::unique_ptr<Session> session(new Session(PQconnectdb(address.c_str())));
  if (PQstatus(session->connection_) != CONNECTION_OK) return to_error(PQerrorMessage(session->connection_));
  KX_CHECK(session->set_up());
  return session;
}

Session::~Session() {
  PQfinish(connection_);
}

Status Session::set_up() {
  prepared_.clear();
  ++generation_;
  return execute(
      "SET client_min_messages = warning; SET TIME ZONE 'UTC'; SET DateStyle = 'ISO'; SET bytea_output = 'hex';"
      " SET lock_timeout = '20s'; SET client_encoding = 'UTF8';"
      // Every one of our joins is a handful of keys against an index. A plan that was made while a table was small, and
      // every plan before the first statistics, would read whole tables instead, and is kept for the session.
      " SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_seqscan = off");
}

bool Session::is_connected() const {
  return PQstatus(connection_) == CONNECTION_OK;
}

Status Session::ensure() {
  if (is_connected()) return {};
  PQreset(connection_);
  if (PQstatus(connection_) != CONNECTION_OK) return to_error(PQerrorMessage(connection_));
  return set_up();
}

Status Session::execute(const std::string& sql) {
  const ResultHandle result(PQexec(connection_, sql.c_str()));
  if (!is_good(result.get())) return to_error(PQerrorMessage(connection_));
  return {};
}

Result<std::string> Session::prepared(const std::string& sql) {
  const auto known = prepared_.find(sql);
  if (known != prepared_.end()) return known->second;
  const std::string name = "s" + std::to_string(prepared_.size());
  const ResultHandle result(PQprepare(connection_, name.c_str(), sql.c_str(), 0, nullptr));
  if (!is_good(result.get())) return to_error(PQerrorMessage(connection_));
  prepared_.emplace(sql, name);
  return name;
}

Result<std::vector<sql::SqlRow>> Session::run(const std::string& sql, std::span<const sql::SqlValue> parameters) {
  KX_TRY(name, prepared(sql));
  const Parameters given(parameters);
  const ResultHandle result(
      PQexecPrepared(connection_, name.c_str(), given.count(), given.pointers(), given.lengths(), given.formats(), 1));
  if (!is_good(result.get())) return to_error(PQerrorMessage(connection_));
  std::vector<sql::SqlRow> rows(static_cast<std::size_t>(PQntuples(result.get())));
  for (int row = 0; row < PQntuples(result.get()); ++row) {
    for (int column = 0; column < PQnfields(result.get()); ++column) {
      rows[static_cast<std::size_t>(row)].push_back(read_value(result.get(), row, column));
    }
  }
  return rows;
}

Status Session::copy(const std::string& table, const std::vector<std::string>& columns,
                     std::span<const sql::SqlRow> rows) {
  constexpr std::size_t sent_at_once_bytes = 256 << 10;
  const ResultHandle begun(
      PQexec(connection_, ("COPY \"" + table + "\" (\"" + join(columns, "\", \"") + "\") FROM STDIN").c_str()));
  if (PQresultStatus(begun.get()) != PGRES_COPY_IN) return to_error(PQerrorMessage(connection_));
  CopyText text;
  bool is_sent = true;
  const auto send = [&] {
    is_sent = is_sent && PQputCopyData(connection_, text.text().data(), static_cast<int>(text.text().size())) == 1;
    text.clear();
  };
  for (const sql::SqlRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text.separate('\t');
      text.add(row[i]);
    }
    text.separate('\n');
    if (text.text().size() > sent_at_once_bytes) send();
  }
  send();
  is_sent = PQputCopyEnd(connection_, nullptr) == 1 && is_sent;
  const ResultHandle ended(PQgetResult(connection_));
  const bool is_done = is_sent && is_good(ended.get());
  const Error error = to_error(PQerrorMessage(connection_));
  while (const ResultHandle more{PQgetResult(connection_)}) {
  }
  if (!is_done) return error;
  return {};
}

std::string Session::quoted_text(const std::string& text) const {
  char* quoted = PQescapeLiteral(connection_, text.data(), text.size());
  std::string copy = quoted == nullptr ? "''" : quoted;
  PQfreemem(quoted);
  return copy;
}

}  // namespace kuangxun::postgres
