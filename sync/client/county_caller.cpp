#include "sync/client/county_caller.h"

#include "db/base/language.h"
#include "sync/wire/enrolment_code.h"

namespace kuangxun::client {
namespace {

Error refusal(wire::AnswerCode code) {
  switch (code) {
    case wire::AnswerCode::unsupported_version:
      return Error(ErrorCode::newer_version, say_text("县级服务与本程序的版本不同，请更新",
                                                      "the county runs another version: update the program"));
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
    case wire::AnswerCode::done:
    case wire::AnswerCode::malformed:
      break;
  }
  return Error(ErrorCode::refused, say_text("县级服务不懂本机的请求，请确认双方程序版本",
                                            "the county did not understand the request: check both versions"));
}

Error not_the_county() {
  return Error(ErrorCode::refused,
               say_text("应答的不是本机注册的县库（签名不符），已停止；请确认地址",
                        "who answered is not the county this laptop is enrolled with (wrong signature); stopped, check "
                        "the address"));
}

struct Exchanged {
  wire::Answer answer;
  Hash request;
};

Result<Exchanged> exchange(Link& link, const Caller& caller, const Uuid& county, const wire::RequestBody& body) {
  const Bytes request = wire::seal_request({county, caller.writer, caller.clock.now_ms()}, body, caller.key);
  KX_TRY(bytes, link.exchange(request));
  KX_TRY(answer, wire::parse_answer(std::move(bytes)));
  return Exchanged{std::move(answer), sha256(request)};
}

}  // namespace

Result<wire::AnswerBody> call(Link& link, const Caller& caller, const County& county, const wire::RequestBody& body) {
  KX_TRY(exchanged, exchange(link, caller, county.id, body));
  if (!wire::is_signed_by(exchanged.answer, county.key)) return not_the_county();
  if (exchanged.answer.header.request != exchanged.request) return not_the_county();
  if (exchanged.answer.header.code != wire::AnswerCode::done) return refusal(exchanged.answer.header.code);
  if (exchanged.answer.type != wire::type_of(body)) return refusal(wire::AnswerCode::malformed);
  return wire::decode_answer_body(exchanged.answer.type, exchanged.answer.body());
}

Result<wire::EnrolAnswer> call_to_enrol(Link& link, const Caller& caller, const wire::EnrolRequest& body,
                                        const std::string& fingerprint) {
  KX_TRY(exchanged, exchange(link, caller, Uuid{}, body));
  // A refusal comes before we know the county's key; believing it costs nothing but another try.
  if (exchanged.answer.header.code != wire::AnswerCode::done) return refusal(exchanged.answer.header.code);
  KX_TRY(decoded, wire::decode_answer_body(wire::MessageType::enrol, exchanged.answer.body()));
  auto& welcome = std::get<wire::EnrolAnswer>(decoded);
  if (!wire::is_fingerprint_of(fingerprint, welcome.county_key) ||
      !wire::is_signed_by(exchanged.answer, welcome.county_key) ||
      exchanged.answer.header.request != exchanged.request) {
    return Error(
        ErrorCode::refused,
        say_text("应答的不是发出注册码的县库，已停止；请核对地址和注册码",
                 "who answered is not the county that gave the code; stopped, check the address and the code"));
  }
  return std::move(welcome);
}

}  // namespace kuangxun::client
