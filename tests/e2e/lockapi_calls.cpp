#include "tests/e2e/lockapi_calls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "schemas/quhuhu/method_table.hpp"
#include "tests/simulators/signatures.hpp"
#include "tests/support/eventually.hpp"

namespace lockhub::test {

namespace {

constexpr const char* form_type = "application/x-www-form-urlencoded; charset=UTF-8";

std::string value_for(const installation& at, std::string_view field) {
    static const std::map<std::string_view, std::string> values{{"hotelNo", "H10086"},
                                                                {"roomTypeCodes", "STD"},
                                                                {"readCardId", "d0000000"},
                                                                {"pwd", "482913"},
                                                                {"startTime", "2026-01-01 00:00:00"},
                                                                {"endTime", "2036-01-02 12:00:00"},
                                                                {"pageNum", "1"},
                                                                {"pageSize", "20"},
                                                                {"operatorGuid", "op-77"},
                                                                {"operatorName", "前台甲"},
                                                                {"guestId", "guest-7"},
                                                                {"guestName", "客人乙"},
                                                                {"mobile", "13000000007"},
                                                                {"face", "/9j/4AAQSkZJRgA="},
                                                                {"fingerprint", "4f-4e-01-02-03"}};
    if (field == "roomId" || field == "roomIds") return at.room_id(0);
    return values.at(field);
}

bool too_frequent(const call_answer& answer) {
    return answer.head.find("\r\nRetry-After:") != std::string::npos && answer.status == 200;
}

}  // namespace

text_fields all_fields(const installation& at, quhuhu::method what) {
    text_fields out{{"version", "1.1.0"}, {"pmsId", "demopms"}};
    for (const auto& field : quhuhu::describe(what).fields) {
        out.emplace_back(field.wire_name, value_for(at, field.wire_name));
    }
    return out;
}

text_fields with(text_fields fields, std::string_view name, std::string value) {
    const auto found = std::ranges::find(fields, name, &text_fields::value_type::first);
    if (found == fields.end()) {
        fields.emplace_back(name, std::move(value));
    } else {
        found->second = std::move(value);
    }
    return fields;
}

text_fields without(text_fields fields, std::string_view name) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    return fields;
}

std::string signed_form(text_fields fields, std::string_view key) {
    const std::string hmac = simulators::quhuhu_hmac(fields, key);
    return simulators::encode_form(with(std::move(fields), "hmac", hmac));
}

std::string signed_form(text_fields fields, quhuhu::hmac_variant variant) {
    const std::string hmac = quhuhu::make_hmac(wire::form(fields), secret("made-up-sign-key"), variant);
    return simulators::encode_form(with(std::move(fields), "hmac", hmac));
}

wire::json_value call(const installation& at, std::string_view method, const std::string& form, std::string_view pms) {
    const std::string target = fmt::format("/lockapi/{}/lock/{}.do", pms, method);
    const auto answered = eventually(fmt::format("{} is admitted", method), [&] {
        const call_answer answer = http_post(at.hub(), target, form, form_type);
        return too_frequent(answer) ? std::nullopt : std::optional(answer.json());
    });
    return *answered;
}

wire::json_value call(const installation& at, quhuhu::method what, const std::string& form) {
    return call(at, quhuhu::wire_name(what), form);
}

wire::json_value call_with(const installation& at, std::string_view method, text_fields fields) {
    text_fields all{{"version", "1.1.0"}, {"pmsId", "demopms"}, {"hotelNo", "H10086"}};
    std::ranges::move(fields, std::back_inserter(all));
    all.emplace_back("operatorGuid", "op-77");
    all.emplace_back("operatorName", "前台甲");
    return call(at, method, signed_form(std::move(all)));
}

std::int64_t code_of(const wire::json_value& answer) {
    return answer.integer_of("code").value();
}

std::string said(const wire::json_value& answer) {
    return fmt::format("{} {}", code_of(answer), answer.text_of("msg"));
}

}  // namespace lockhub::test
