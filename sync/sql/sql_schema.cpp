#include "sync/sql/sql_schema.h"

#include "db/base/text.h"

namespace kuangxun::sql {
namespace {

// ID and BYTES stand for the database's own type names. Every key begins with county_id, so that tables of several
// counties can lie in one database. Times are UTC milliseconds.
std::vector<OwnTable> tables_of_county() {
  return {
      {"schema_version",
       "表结构版本 / version of these tables",
       {"CREATE TABLE schema_version (version bigint NOT NULL PRIMARY KEY)"},
       {}},
      {"sync_county",
       "县库身份、序列末端与日志哈希树的右边缘 / the county database, the newest number of its sequence, and the right "
       "edge "
       "of the Merkle tree over it",
       {"CREATE TABLE sync_county (county_id ID NOT NULL PRIMARY KEY, name text NOT NULL, created_at_ms bigint NOT "
        "NULL,"
        " incarnation bigint NOT NULL, epoch bigint NOT NULL, key_count bigint NOT NULL,"
        " latest_sequence bigint NOT NULL, registry_sequence bigint NOT NULL, frontier BYTES NOT NULL)"},
       {}},
      {"sync_applied",
       "各表已显示到的序号 / up to where the tables show the sequence",
       {"CREATE TABLE sync_applied (county_id ID NOT NULL PRIMARY KEY, applied_sequence bigint NOT NULL)"},
       {}},
      {"sync_key_statement",
       "县级密钥声明，先后相继 / statements of the county's keys, one after the other",
       {"CREATE TABLE sync_key_statement (county_id ID NOT NULL, position bigint NOT NULL, statement BYTES NOT NULL,"
        " PRIMARY KEY (county_id, position))"},
       {}},
      {"sync_enrolment_code",
       "登记码（只存秘密部分的哈希；kind 1 设备，2 人员） / enrolment codes, by a hash of their secret part; kind 1 "
       "device, "
       "2 person",
       {"CREATE TABLE sync_enrolment_code (county_id ID NOT NULL, secret_hash BYTES NOT NULL, kind bigint NOT NULL,"
        " name text NOT NULL, certificate_number text NOT NULL, role bigint NOT NULL, person_id ID NOT NULL,"
        " created_at_ms bigint NOT NULL, expires_at_ms bigint NOT NULL, used_by_device ID, used_by_epoch bigint,"
        " used_key BYTES NOT NULL, PRIMARY KEY (county_id, secret_hash))"},
       {}},
      {"sync_bucket",
       "各设备还可请求的次数 / how much each device may still ask for",
       {"CREATE TABLE sync_bucket (county_id ID NOT NULL, device_id ID NOT NULL, tokens bigint NOT NULL,"
        " filled_at_ms bigint NOT NULL, PRIMARY KEY (county_id, device_id))"},
       {}}};
}

std::vector<OwnTable> tables_of_log() {
  return {
      {"sync_chain",
       "各设备数据链的末端与最新回执 / the end of each device's chain, and its newest receipt",
       {"CREATE TABLE sync_chain (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " stored_through bigint NOT NULL, last_frame BYTES NOT NULL, received_at_ms bigint NOT NULL,"
        " receipt BYTES NOT NULL, PRIMARY KEY (county_id, device_id, epoch))"},
       {}},
      {"sync_progress",
       "各数据链已合并到、已显示到的操作 / up to where each chain was merged, and is shown",
       {"CREATE TABLE sync_progress (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " merged_through bigint NOT NULL, applied_through bigint NOT NULL,"
        " PRIMARY KEY (county_id, device_id, epoch))"},
       {}},
      {"sync_frame",
       "签名帧原文，按提交顺序 / signed frames verbatim, in commit order",
       {"CREATE TABLE sync_frame (county_id ID NOT NULL, county_sequence bigint NOT NULL, device_id ID NOT NULL,"
        " epoch bigint NOT NULL, first_sequence bigint NOT NULL, last_sequence bigint NOT NULL,"
        " frame_hash BYTES NOT NULL, received_at_ms bigint NOT NULL, size_bytes bigint NOT NULL,"
        " frame BYTES NOT NULL, PRIMARY KEY (county_id, county_sequence))",
        "CREATE UNIQUE INDEX sync_frame_chain ON sync_frame (county_id, device_id, epoch, first_sequence)"},
       "frame"},
      {"sync_receipt",
       "签发过的回执 / every receipt that was signed",
       {"CREATE TABLE sync_receipt (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " stored_through bigint NOT NULL, receipt BYTES NOT NULL,"
        " PRIMARY KEY (county_id, device_id, epoch, stored_through))"},
       {}},
      {"sync_fork",
       "与已有数据链分叉的帧（设备数据曾被复制或恢复） / frames at places where another one stands: the laptop's data "
       "was copied or restored",
       {"CREATE TABLE sync_fork (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
        " first_sequence bigint NOT NULL, last_sequence bigint NOT NULL, frame_hash BYTES NOT NULL,"
        " received_at_ms bigint NOT NULL, frame BYTES NOT NULL, PRIMARY KEY (county_id, frame_hash))"},
       "frame"},
      {"sync_operation",
       "操作索引：操作在其帧中的位置 / index of the operations: where in which frame each stands",
       {"CREATE TABLE sync_operation (county_id ID NOT NULL, county_sequence bigint NOT NULL,"
        " position bigint NOT NULL, record_id ID NOT NULL, kind bigint NOT NULL, group_number bigint NOT NULL,"
        " person_id ID NOT NULL, wall_ms bigint NOT NULL, PRIMARY KEY (county_id, county_sequence, position))",
        "CREATE INDEX sync_operation_record ON sync_operation (county_id, record_id)"},
       {}}};
}

std::vector<OwnTable> tables_of_merge() {
  return {{"sync_head",
           "每个字段组的当前操作（多于一个且不等即为争议） / the operations that stand in each field group; several "
           "unequal "
           "ones are a dispute",
           {"CREATE TABLE sync_head (county_id ID NOT NULL, record_id ID NOT NULL, kind bigint NOT NULL,"
            " group_number bigint NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL, sequence bigint NOT NULL,"
            " operation BYTES NOT NULL,"
            " PRIMARY KEY (county_id, record_id, kind, group_number, device_id, epoch, sequence))",
            "CREATE INDEX sync_head_registry ON sync_head (county_id, kind) WHERE kind >= 64"},
           {}},
          {"sync_parked",
           "等待前置操作的操作 / operations that wait for a base which has not come",
           {"CREATE TABLE sync_parked (county_id ID NOT NULL, device_id ID NOT NULL, epoch bigint NOT NULL,"
            " sequence bigint NOT NULL, base_device_id ID NOT NULL, base_epoch bigint NOT NULL,"
            " base_sequence bigint NOT NULL, PRIMARY KEY (county_id, device_id, epoch, sequence, base_device_id,"
            " base_epoch, base_sequence))",
            "CREATE INDEX sync_parked_base ON sync_parked (county_id, base_device_id, base_epoch, base_sequence)"},
           {}}};
}

std::vector<OwnTable> tables_of_attachments() {
  return {
      {"sync_attachment",
       "照片等附件 / photos, by the SHA-256 of the file",
       {"CREATE TABLE sync_attachment (county_id ID NOT NULL, file_hash BYTES NOT NULL, size_bytes bigint NOT NULL,"
        " is_whole bigint NOT NULL, PRIMARY KEY (county_id, file_hash))"},
       {}},
      {"sync_attachment_chunk",
       "附件分块（256 KiB，未传完的只有开头） / their chunks of 256 KiB; of one that is still coming, its beginning",
       {"CREATE TABLE sync_attachment_chunk (county_id ID NOT NULL, file_hash BYTES NOT NULL,"
        " chunk_index bigint NOT NULL, chunk BYTES NOT NULL, PRIMARY KEY (county_id, file_hash, chunk_index))"},
       "chunk"}};
}

std::vector<OwnTable> tables_of_upward() {
  return {
      {"sync_upward",
       "上报：州级公钥与周期（县级），县级密钥指纹（州级） / packages upward: at the county the prefecture's key and "
       "how often; at the prefecture the fingerprint of the county's key",
       {"CREATE TABLE sync_upward (county_id ID NOT NULL PRIMARY KEY, prefecture_key BYTES NOT NULL,"
        " every_ms bigint NOT NULL, fingerprint text NOT NULL)"},
       {}},
      {"sync_upward_photo",
       "放进上报包的照片 / photos that a package holds",
       {"CREATE TABLE sync_upward_photo (county_id ID NOT NULL, incarnation bigint NOT NULL,"
        " package_number bigint NOT NULL, file_hash BYTES NOT NULL,"
        " PRIMARY KEY (county_id, incarnation, package_number, file_hash))"},
       {}},
      {newest_own_table,
       "写出或读入的上报包及其回执 / packages that were written or read, and their receipts",
       {"CREATE TABLE sync_upward_package (county_id ID NOT NULL, incarnation bigint NOT NULL,"
        " package_number bigint NOT NULL, first_sequence bigint NOT NULL, through_sequence bigint NOT NULL,"
        " package_hash BYTES NOT NULL, written_at_ms bigint NOT NULL, frontier BYTES NOT NULL,"
        " receipt BYTES NOT NULL, receipted_at_ms bigint NOT NULL,"
        " PRIMARY KEY (county_id, incarnation, package_number))"},
       {}}};
}

}  // namespace

std::vector<OwnTable> own_tables(const SqlDatabase& database) {
  std::vector<OwnTable> tables;
  for (auto& part :
       {tables_of_county(), tables_of_log(), tables_of_merge(), tables_of_attachments(), tables_of_upward()}) {
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

}  // namespace kuangxun::sql
