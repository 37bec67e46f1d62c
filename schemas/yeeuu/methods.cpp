#include "schemas/yeeuu/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "schemas/domain/method_fields.hpp"
#include "schemas/yeeuu/reply.hpp"
#include "schemas/yeeuu/requests.hpp"

namespace lockhub::yeeuu {

namespace {

using enum vendor_parameter::type;

// The document marks nothing as optional but the name of an entrance.
constexpr vendor_parameter building{.name = "buildingId", .required = true};
constexpr vendor_parameter door_kind{
    .name = "doorType", .what = whole_number, .required = true, .lowest = 1, .highest = 2};
constexpr vendor_parameter code{.name = "code", .required = true};
constexpr vendor_parameter door{.name = "door"};
constexpr vendor_parameter start{.name = "startTime", .what = time_seconds, .required = true};
constexpr vendor_parameter end{.name = "endTime", .what = time_seconds, .required = true};
constexpr vendor_parameter author{.name = "author", .required = true};
constexpr vendor_parameter holder{.name = "authoredName", .required = true};
constexpr vendor_parameter holder_mobile{.name = "authoredMobile", .required = true};
constexpr vendor_parameter page{.name = "page", .what = whole_number, .required = true, .lowest = 1};
constexpr vendor_parameter page_size{.name = "pageSize", .what = whole_number, .required = true, .lowest = 1};

constexpr std::array apartments{vendor_parameter{.name = "apartmentList", .what = json, .required = true}};
constexpr std::array a_grant{building, door_kind, code, door, start, end, author, holder, holder_mobile};
constexpr std::array a_holder{building, door_kind, code, door, holder_mobile};
constexpr std::array an_operator{building, door_kind, code, door,
                                 vendor_parameter{.name = "operator", .required = true, .from_account = true}};
constexpr std::array a_password{
    building,
    door_kind,
    code,
    door,
    start,
    end,
    author,
    holder,
    holder_mobile,
    vendor_parameter{.name = "password", .what = digits, .required = true, .secret = true, .lowest = 4, .highest = 20}};
constexpr std::array a_page{door_kind, code, door, page, page_size};

constexpr std::array<vendor_method, 8> table{{
    {.name = "synchronize_apartments",
     .section = "1",
     .http_method = "POST",
     .parameters = apartments,
     .changes = true},
    {.name = "auth", .section = "2", .http_method = "POST", .parameters = a_grant, .changes = true},
    {.name = "delete_auth", .section = "3", .http_method = "POST", .parameters = a_holder, .changes = true},
    {.name = "remote_action", .section = "4", .http_method = "POST", .parameters = an_operator, .changes = true},
    {.name = "generate_password", .section = "5", .http_method = "POST", .parameters = a_password, .changes = true},
    {.name = "remove_password", .section = "6", .http_method = "POST", .parameters = a_holder, .changes = true},
    {.name = "get_device_logs", .section = "7", .http_method = "GET", .parameters = a_page},
    {.name = "get_device_logs_page_count", .section = "8", .http_method = "GET", .parameters = a_page},
}};

wire::form with_account_values(const account_settings& settings, const vendor_method& method, wire::form fields) {
    for (const auto& parameter : method.parameters) {
        if (!parameter.from_account || settings.operator_mobile.empty() || fields.find(parameter.name)) continue;
        fields.add(std::string(parameter.name), settings.operator_mobile);
    }
    return fields;
}

}  // namespace

std::span<const vendor_method> method_table() {
    return table;
}

result<wire::http_request> encode_method(const account_settings& settings, const vendor_method& method,
                                         const wire::form& fields, const signing& how) {
    const auto read = read_fields(method, with_account_values(settings, method, fields));
    if (!read) return std::unexpected(read.error());
    wire::form parameters;
    add_fields(parameters, *read);
    if (parameters.find("doorType") == "2" && parameters.find("door").value_or("").empty()) {
        return fail(errc::invalid_input,
                    fmt::format("{}: 'door' is missing: doorType 2 is a door inside", method.name));
    }
    return make_request(settings, how, method.http_method, method.name, parameters.find("code").value_or(""),
                        parameters);
}

method_answer decode_method(const account_settings& settings, const wire::http_response& response) {
    auto reply = read_reply(response, {settings.key});
    method_answer out;
    out.what = reply.kind;
    out.message = std::move(reply.message);
    out.retry_after = reply.retry_after;
    out.busy = reply.busy;
    out.body = std::move(reply.body);
    return out;
}

}  // namespace lockhub::yeeuu
