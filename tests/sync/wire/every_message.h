#pragma once

#include "db/base/limits.h"
#include "sync/wire/messages.h"

// One of every message, with something in every field.
namespace kuangxun::wire {

inline Hash some_hash(std::uint8_t first) {
  Hash hash;
  hash.bytes[0] = first;
  return hash;
}

inline std::vector<RequestBody> every_request() {
  const history::WriterId writer{Uuid{{8}}, 2};
  return {
      EnrolRequest{some_hash(1), {}, {}, "一号笔记本"},
      StatusRequest{3, 77, some_hash(9), 12},
      PushRequest{writer, {Bytes{1, 2, 3}, Bytes{}, Bytes(300, 7)}},
      PullRequest{3, 77, 16'384},
      AttachmentHaveRequest{{{some_hash(2), 5}, {some_hash(3), limits::attachment_bytes_max}}},
      AttachmentPutRequest{{some_hash(4), limits::chunk_bytes + 3}, 1, 1, Bytes{2, 3}},
      AttachmentGetRequest{some_hash(5), 9, 700, 16'384},
      ChainsRequest{{writer, {Uuid{{7}}, 1}}},
      ChainFramesRequest{writer, 40, 1000},
      ClaimRequest{Bytes(170, 2)},
      NewEpochRequest{3, {}, {}},
      KeysRequest{},
      RenewCertificateRequest{},
      EnrolPersonRequest{some_hash(6), {}, {}},
  };
}

inline std::vector<AnswerBody> every_answer() {
  const ChainState chain{10, 9, some_hash(6), Bytes(188, 1)};
  return {
      EnrolAnswer{
          Uuid{{1, 2}}, {Bytes(269, 1)}, "一号笔记本", "officer", Bytes(400, 2), {Bytes(300, 3), Bytes(301, 4)}},
      StatusAnswer{chain, 1234, 2, 1, Bytes(170, 5)},
      PushAnswer{chain, PushRefusal::fork, 11},
      PullAnswer{{{5, Bytes{9, 9}}, {7, Bytes(40, 1)}}, {{6, some_hash(7)}}, 7, true, {}},
      AttachmentHaveAnswer{{{true, {}, 0, 0}, {false, {0x05}, 1, 999}}},
      AttachmentPutAnswer{PutOutcome::contradicted, 17},
      AttachmentGetAnswer{true, 3, {1, 2, 3}},
      ChainsAnswer{{{4, some_hash(1)}, {0, {}}}},
      ChainFramesAnswer{{{5, Bytes{9, 9}}}, false},
      ClaimAnswer{4},
      NewEpochAnswer{},
      KeysAnswer{{Bytes(269, 1)}, {Bytes(300, 3)}},
      RenewCertificateAnswer{Bytes(400, 2)},
      EnrolPersonAnswer{Uuid{{4}}, "示例人员", "示例-001", "reviewer"},
  };
}

}  // namespace kuangxun::wire
