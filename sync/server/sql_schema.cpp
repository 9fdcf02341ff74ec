#include "sync/server/sql_schema.h"

#include "db/base/text.h"

namespace kuangxun::server {
namespace {

// ID and BYTES stand for the database's own type names. Every key begins with county_id, so that tables of several
// counties can lie in one database. Times are UTC milliseconds.
std::vector<OwnTable> tables_of_enrolment() {
  return {
      {"schema_version",
       "表结构版本 / version of these tables",
       {"CREATE TABLE schema_version (version bigint NOT NULL PRIMARY KEY)"}},
      {"sync_county",
       "县库身份 / the county database and the newest number of its sequence",
       {"CREATE TABLE sync_county (county_id ID NOT NULL PRIMARY KEY, public_key BYTES NOT NULL, name text NOT NULL,"
        " created_at_ms bigint NOT NULL, latest_sequence bigint NOT NULL)"}},
      {"sync_device",
       "已注册的设备 / enrolled devices",
       {"CREATE TABLE sync_device (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " public_key BYTES NOT NULL, name text NOT NULL, role text NOT NULL, is_revoked bigint NOT NULL,"
        " enrolled_at_ms bigint NOT NULL, PRIMARY KEY (county_id, device_id, epoch))"}},
      {"sync_enrolment_code",
       "注册码 / enrolment codes, by a hash of their secret part",
       {"CREATE TABLE sync_enrolment_code (county_id ID NOT NULL, secret_hash BYTES NOT NULL, name text NOT NULL,"
        " role text NOT NULL, created_at_ms bigint NOT NULL, expires_at_ms bigint NOT NULL, used_by_device ID,"
        " used_by_epoch bigint, PRIMARY KEY (county_id, secret_hash))"}}};
}

std::vector<OwnTable> tables_of_log() {
  return {{"sync_chain",
           "各设备数据链的进度与回执 / how far each device's chain is, and the newest receipt",
           {"CREATE TABLE sync_chain (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
            " stored_through bigint NOT NULL, applied_through bigint NOT NULL, last_frame BYTES NOT NULL,"
            " receipt BYTES NOT NULL, PRIMARY KEY (county_id, device_id, epoch))"}},
          {"sync_frame",
           "签名帧原文，按提交顺序 / signed frames verbatim, in commit order; state 0 stored, 1 applied, 2 quarantined",
           {"CREATE TABLE sync_frame (county_id ID NOT NULL, county_sequence bigint NOT NULL, device_id ID NOT NULL,"
            " epoch bigint NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL,"
            " frame_hash BYTES NOT NULL, previous_hash BYTES NOT NULL, state bigint NOT NULL,"
            " received_at_ms bigint NOT NULL, size_bytes bigint NOT NULL, frame BYTES NOT NULL,"
            " PRIMARY KEY (county_id, county_sequence))",
            "CREATE UNIQUE INDEX sync_frame_chain ON sync_frame (county_id, device_id, epoch, first_sequence)",
            "CREATE INDEX sync_frame_unapplied ON sync_frame (county_id, county_sequence) WHERE state = 0"}},
          {"sync_receipt",
           "签发过的回执 / every receipt that was signed",
           {"CREATE TABLE sync_receipt (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
            " stored_through bigint NOT NULL, receipt BYTES NOT NULL,"
            " PRIMARY KEY (county_id, device_id, epoch, stored_through))"}}};
}

std::vector<OwnTable> tables_of_merge() {
  return {
      {"sync_operation",
       "操作索引 / operations out of the frames; state 0 applied, 1 waits for a base, 2 quarantined",
       {"CREATE TABLE sync_operation (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " sequence bigint NOT NULL, county_sequence bigint NOT NULL, record_id ID NOT NULL, kind bigint NOT NULL,"
        " group_number bigint NOT NULL, person_id ID NOT NULL, wall_ms bigint NOT NULL, state bigint NOT NULL,"
        " operation BYTES NOT NULL, PRIMARY KEY (county_id, device_id, epoch, sequence))",
        "CREATE INDEX sync_operation_record ON sync_operation (county_id, record_id)"}},
      {"sync_head",
       "每个字段组的当前值（多于一个且不等即为争议） / current values of each field group; several unequal ones are a "
       "dispute",
       {"CREATE TABLE sync_head (county_id ID NOT NULL, record_id ID NOT NULL, group_number bigint NOT NULL,"
        " device_id ID NOT NULL, epoch bigint NOT NULL, sequence bigint NOT NULL,"
        " PRIMARY KEY (county_id, record_id, group_number, device_id, epoch, sequence))"}},
      {"sync_parked",
       "等待前置操作的操作 / operations that wait for a base which has not come",
       {"CREATE TABLE sync_parked (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " sequence bigint NOT NULL, base_device_id ID NOT NULL, base_epoch bigint NOT NULL,"
        " base_sequence bigint NOT NULL, PRIMARY KEY (county_id, device_id, epoch, sequence, base_device_id,"
        " base_epoch, base_sequence))",
        "CREATE INDEX sync_parked_base ON sync_parked (county_id, base_device_id, base_epoch, base_sequence)"}},
      {"sync_quarantine",
       "已保存但不显示的数据 / kept but not shown; code 1 undecodable, 2 meaningless, 3 fork",
       {"CREATE TABLE sync_quarantine (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " first_sequence bigint NOT NULL, last_sequence bigint NOT NULL, code bigint NOT NULL, reason text NOT NULL,"
        " frame_hash BYTES NOT NULL, frame BYTES NOT NULL, since_ms bigint NOT NULL,"
        " PRIMARY KEY (county_id, device_id, epoch, first_sequence, frame_hash))"}}};
}

std::vector<OwnTable> tables_of_attachments() {
  return {{"sync_attachment",
           "照片等附件 / photos, by the SHA-256 of the file",
           {"CREATE TABLE sync_attachment (county_id ID NOT NULL, file_hash BYTES NOT NULL, size_bytes bigint NOT NULL,"
            " is_whole bigint NOT NULL, PRIMARY KEY (county_id, file_hash))"}},
          {"sync_attachment_chunk",
           "附件分块（256 KiB） / their chunks of 256 KiB",
           {"CREATE TABLE sync_attachment_chunk (county_id ID NOT NULL, file_hash BYTES NOT NULL,"
            " chunk_index bigint NOT NULL, chunk BYTES NOT NULL, PRIMARY KEY (county_id, file_hash, chunk_index))"}}};
}

}  // namespace

std::vector<OwnTable> own_tables(const SqlDatabase& database) {
  std::vector<OwnTable> tables;
  for (auto& part : {tables_of_enrolment(), tables_of_log(), tables_of_merge(), tables_of_attachments()}) {
    tables.insert(tables.end(), part.begin(), part.end());
  }
  for (OwnTable& table : tables) {
    for (std::string& statement : table.statements) {
      for (const char* before : {" ID NOT", " ID,"}) {
        const std::string after = replace_all(before, "ID", database.id_type());
        statement = replace_all(std::move(statement), before, after);
      }
      statement = replace_all(std::move(statement), "BYTES", database.bytes_type());
    }
  }
  return tables;
}

}  // namespace kuangxun::server
