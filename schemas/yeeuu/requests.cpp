#include "schemas/yeeuu/requests.hpp"

#include <fmt/format.h>

#include <utility>

#include "schemas/wire/json_writer.hpp"
#include "schemas/yeeuu/seconds.hpp"

namespace lockhub::yeeuu {

namespace {

std::string number_of(door_type type) {
    return std::to_string(std::to_underlying(type));
}

std::string url_of(const account_settings& settings, const door_name& door, std::string_view method) {
    return fmt::format("{}/apartments/{}/{}", settings.base_url, wire::percent_encode(door.code), method);
}

wire::http_request post(std::string url, const wire::form& fields) {
    return {.method = "POST",
            .url = std::move(url),
            .headers = {{"Content-Type", "application/x-www-form-urlencoded"}},
            .body = fields.encode()};
}

wire::http_request get(std::string url, const wire::form& fields) {
    return {.method = "GET", .url = fmt::format("{}?{}", url, fields.encode()), .headers = {}, .body = {}};
}

void add_door(wire::form& fields, const door_name& door) {
    fields.add("doorType", number_of(door.inner.empty() ? door_type::entrance : door_type::inner));
    fields.add("code", door.code);
    if (!door.inner.empty()) fields.add("door", door.inner);
}

wire::form fields_for(const account_settings& settings, const signing& how, const place& where) {
    auto out = signed_fields(settings, how);
    out.add("buildingId", where.building_id);
    add_door(out, where.door);
    return out;
}

void add_grant(wire::form& fields, const grant& what) {
    fields.add("startTime", in_seconds(what.from));
    fields.add("endTime", in_seconds(what.until));
    fields.add("author", what.author);
    fields.add("authoredName", what.holder_name);
    fields.add("authoredMobile", what.holder_mobile);
}

void write_apartment(wire::json_writer& out, const apartment& one) {
    out.begin_object()
        .member("buildingId", one.building_id)
        .member("buildingName", one.building_name)
        .member("buildingNo", one.building_no)
        .member("cityId", one.city_id)
        .member("disId", one.district_id)
        .member("provinceId", one.province_id)
        .member("code", one.code)
        .member("door", one.door)
        .member("doorType", number_of(one.type))
        .member("name", one.name)
        .member("unit", one.unit)
        .end_object();
}

wire::http_request read_log(const account_settings& settings, const signing& how, const door_name& door,
                            const page_of_log& page, std::string_view method) {
    auto fields = signed_fields(settings, how);
    add_door(fields, door);
    fields.add("page", std::to_string(page.number));
    fields.add("pageSize", std::to_string(page.size));
    return get(url_of(settings, door, method), fields);
}

}  // namespace

door_name read_door(std::string_view lock_uuid) {
    const auto slash = lock_uuid.find('/');
    if (slash == std::string_view::npos) return {std::string(lock_uuid), {}};
    return {std::string(lock_uuid.substr(0, slash)), std::string(lock_uuid.substr(slash + 1))};
}

wire::http_request synchronize_apartments(const account_settings& settings, const signing& how,
                                          const std::vector<apartment>& apartments) {
    wire::json_writer list;
    list.begin_array();
    for (const auto& one : apartments) write_apartment(list, one);
    list.end_array();
    auto fields = signed_fields(settings, how);
    fields.add("apartmentList", list.take());
    return post(settings.base_url + "/apartments/synchronize_apartments", fields);
}

wire::http_request auth(const account_settings& settings, const signing& how, const place& where, const grant& what) {
    auto fields = fields_for(settings, how, where);
    add_grant(fields, what);
    return post(url_of(settings, where.door, "auth"), fields);
}

wire::http_request delete_auth(const account_settings& settings, const signing& how, const place& where,
                               std::string_view holder_mobile) {
    auto fields = fields_for(settings, how, where);
    fields.add("authoredMobile", std::string(holder_mobile));
    return post(url_of(settings, where.door, "delete_auth"), fields);
}

wire::http_request remote_action(const account_settings& settings, const signing& how, const place& where,
                                 std::string_view operator_mobile) {
    auto fields = fields_for(settings, how, where);
    fields.add("operator", std::string(operator_mobile));
    return post(url_of(settings, where.door, "remote_action"), fields);
}

wire::http_request generate_password(const account_settings& settings, const signing& how, const place& where,
                                     const grant& what, const secret& pin) {
    auto fields = fields_for(settings, how, where);
    add_grant(fields, what);
    fields.add("password", std::string(pin.reveal()));
    return post(url_of(settings, where.door, "generate_password"), fields);
}

wire::http_request remove_password(const account_settings& settings, const signing& how, const place& where,
                                   std::string_view holder_mobile) {
    auto fields = fields_for(settings, how, where);
    fields.add("authoredMobile", std::string(holder_mobile));
    return post(url_of(settings, where.door, "remove_password"), fields);
}

wire::http_request get_device_logs(const account_settings& settings, const signing& how, const door_name& door,
                                   const page_of_log& page) {
    return read_log(settings, how, door, page, "get_device_logs");
}

wire::http_request get_device_logs_page_count(const account_settings& settings, const signing& how,
                                              const door_name& door, const page_of_log& page) {
    return read_log(settings, how, door, page, "get_device_logs_page_count");
}

wire::http_request make_request(const account_settings& settings, const signing& how, std::string_view http_method,
                                std::string_view method, std::string_view code, const wire::form& parameters) {
    auto fields = signed_fields(settings, how);
    for (const auto& [name, value] : parameters.fields()) fields.add(name, value);
    auto url = code.empty() ? fmt::format("{}/apartments/{}", settings.base_url, method)
                            : url_of(settings, {std::string(code), {}}, method);
    return http_method == "GET" ? get(std::move(url), fields) : post(std::move(url), fields);
}

}  // namespace lockhub::yeeuu
