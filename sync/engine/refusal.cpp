#include "db/base/language.h"
#include "sync/engine/session.h"

namespace kuangxun::engine {

Error refusal_error(wire::AnswerCode code) {
  switch (code) {
    case wire::AnswerCode::unsupported_version:
      return Error(
          ErrorCode::newer_version,
          say_text("县级程序比本机旧，不懂本机的消息；请管理员更新县级程序（本机数据都在，更新后再同步）",
                   "the county's program is older than this one and does not understand it: have the county updated "
                   "(nothing is lost here; sync again after that)"));
    case wire::AnswerCode::wrong_county:
      return Error(ErrorCode::refused, say_text("这是另一个县库，本机没有在这里注册",
                                                "this is another county database; this laptop is not enrolled here"));
    case wire::AnswerCode::unknown_device:
      return Error(ErrorCode::refused, say_text("县库不认识本机；请用新的注册码注册",
                                                "the county does not know this laptop: enrol it with a new code"));
    case wire::AnswerCode::bad_signature:
    case wire::AnswerCode::device_conflict:
      return Error(ErrorCode::refused, say_text("县库中本机的密钥与现在的不同；数据文件夹可能被复制过，请联系管理员",
                                                "the county has another key for this laptop; the data folder may have "
                                                "been copied, tell the administrator"));
    case wire::AnswerCode::code_refused:
      return Error(ErrorCode::refused, say_text("注册码无效、已用过或已过期，请向管理员要新的",
                                                "the enrolment code is unknown, used or expired: ask for a new one"));
    case wire::AnswerCode::not_allowed:
      return Error(ErrorCode::refused, say_text("本机已被县库停用，请联系管理员",
                                                "this laptop was revoked at the county: tell the administrator"));
    case wire::AnswerCode::unavailable:
      return Error(ErrorCode::unavailable,
                   say_text("县库暂时不能保存，请稍后再同步；本机数据没有丢失",
                            "the county cannot store at the moment: sync again later, nothing on "
                            "this laptop is lost"));
    case wire::AnswerCode::certificate_expired:
      return Error(ErrorCode::refused,
                   say_text("本机的证书已过期，正在换新；请再同步一次",
                            "this laptop's certificate has expired and is being renewed: sync again"));
    case wire::AnswerCode::too_fast:
      return Error(ErrorCode::unavailable,
                   say_text("县级服务很忙，请稍后再同步；本机数据没有丢失",
                            "the county is busy: sync again later, nothing on this laptop is lost"));
    case wire::AnswerCode::no_space:
      return Error(ErrorCode::unavailable,
                   say_text("县库磁盘将满，暂不接收；请告诉管理员，本机数据都在",
                            "the county's disk is nearly full and takes nothing: tell the administrator, everything is "
                            "still on this laptop"));
    case wire::AnswerCode::other_incarnation:
      return Error(ErrorCode::unavailable, say_text("县库刚从备份恢复，请再同步一次",
                                                    "the county was just restored from a backup: sync again"));
    case wire::AnswerCode::done:
    case wire::AnswerCode::malformed:
      break;
  }
  return Error(ErrorCode::refused, say_text("县级服务不懂本机的请求，请确认双方程序版本",
                                            "the county did not understand the request: check both versions"));
}

Error push_error(wire::PushRefusal refusal, std::uint64_t sequence) {
  const auto told = [&](std::string_view chinese, std::string_view english) {
    return Error(ErrorCode::refused, say_with(chinese, english, {std::to_string(sequence)}));
  };
  switch (refusal) {
    case wire::PushRefusal::wrong_writer:
      return told("县库没有登记写操作 {0} 起数据的设备，没有接受；本机数据没有丢失，请联系管理员",
                  "the county knows nobody who wrote the data from operation {0} on, and did not take them; nothing on "
                  "this laptop is lost, tell the administrator");
    case wire::PushRefusal::damaged:
      return told("操作 {0} 起的数据在县库验不过摘要或签名，没有接受；请运行 verify，并联系管理员",
                  "the county finds hash or signature of the data from operation {0} on wrong, and did not take them; "
                  "run verify, and tell the administrator");
    case wire::PushRefusal::gap:
      return told("县库缺少操作 {0} 之前的数据，暂不能接受其后的；本机数据没有丢失，请再同步一次",
                  "the county lacks what comes before operation {0} and cannot take what follows yet; nothing on this "
                  "laptop is lost, sync again");
    case wire::PushRefusal::fork:
      return told(
          "县库在操作 {0} 处已有同一设备的另一份数据（数据文件夹被复制或恢复过）；两份都已保存为证据，请联系管理员",
          "the county has other data of this device at operation {0} (the data folder was copied or restored); "
          "both are kept as evidence, tell the administrator");
    case wire::PushRefusal::newer_version:
      return Error(ErrorCode::newer_version,
                   say_text("县级程序比写这些数据的程序旧，读不懂；请管理员更新县级程序（本机数据都在，更新后再同步）",
                            "the county's program is older than the one that wrote these data: have it updated "
                            "(nothing is lost here; sync again after that)"));
    case wire::PushRefusal::none:
    case wire::PushRefusal::malformed:
      break;
  }
  return Error(ErrorCode::refused,
               say_text("县级服务读不懂本机送去的数据（不完整或过大），没有接受；本机数据没有丢失，请联系管理员",
                        "the county could not read what this laptop sent (incomplete or too large) and did not take "
                        "it; nothing on this laptop is lost, tell the administrator"));
}

}  // namespace kuangxun::engine
