// Installation orders of a lock cloud, a table for people over the cloud's own methods: find_orders, order_add and
// order_update (document 001, section 8). An order belongs to a home.
#include <fmt/format.h>

#include <array>
#include <map>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/report_json.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

struct day_part {
    std::string_view code, english, chinese;
};
constexpr std::array<day_part, 4> day_parts{
    {{"100", "day", "全天"}, {"101", "morning", "上午"}, {"102", "afternoon", "下午"}, {"103", "evening", "晚上"}}};

// "time=morning" and "date=2026-11-25" as the cloud has them; everything else as it is.
std::string as_sent(const std::string& field) {
    constexpr std::string_view time = "time=", date = "date=";
    constexpr std::size_t length_of_day = 10;
    if (field.starts_with(time)) {
        for (const auto& part : day_parts)
            if (field.substr(time.size()) == part.english || field.substr(time.size()) == part.chinese)
                return std::string(time) + std::string(part.code);
    }
    const bool bare_day = field.starts_with(date) && field.size() == date.size() + length_of_day &&
                          parse_china_time(field.substr(date.size()) + " 00:00:00").has_value();
    return bare_day ? field + " 00:00:00" : field;
}

std::string day_of(const json_value& value, std::string_view name) {
    constexpr std::size_t length_of_day = 10;
    const auto seconds = value.integer_of(name);
    if (!seconds || *seconds <= 0) return {};
    return format_china_time(from_unix_ms(*seconds * 1000)).substr(0, length_of_day);
}

std::string time_of(const json_value& value, std::string_view name) {
    const auto text = value.text_of(name);
    for (const auto& part : day_parts)
        if (text == part.code) return fmt::format("{} {}", part.english, part.chinese);
    const auto seconds = value.integer_of(name);
    return seconds && *seconds > 0 ? format_china_time(from_unix_ms(*seconds * 1000)).substr(11, 5) : text;
}

std::string stage_of(const json_value& order) {
    const auto stage = order.text_of("stage");
    if (stage == "1") return "active 活跃";
    return stage == "2" ? "confirmed 已确认" : stage;
}

// A home's number in the directory: of the hotels that were made there, and of those whose locks stand in it.
result<std::map<std::string, std::string>> homes_of(const common_options& common, const orders_options& options) {
    std::map<std::string, std::string> out;
    if (!options.home.empty()) {
        out.emplace(options.home, "");
        return out;
    }
    const system_clock time;
    const auto reader = open_database(common, time);
    if (!reader) return std::unexpected(reader.error());
    const auto made = (*reader)->provisioned_homes(account_id(options.cloud));
    if (!made) return std::unexpected(made.error());
    for (const auto& one : *made) out.emplace(one.home_id, one.hotel.value);
    const auto rooms = (*reader)->list_directory("", "", limits::directory_rows);
    if (!rooms) return std::unexpected(rooms.error());
    for (const auto& one : *rooms)
        if (one.row.cloud_account == options.cloud && !one.row.cloud_home_id.empty())
            out.emplace(one.row.cloud_home_id, one.row.hotel_no);
    if (out.size() > limits::installation_orders)
        return fail(errc::too_large, fmt::format("{} homes, at most {} are asked about: name one with --home",
                                                 out.size(), limits::installation_orders));
    return out;
}

void add_order(table& rows, const std::string& hotel, const std::string& home, const json_value& order) {
    const json_value none;
    const auto* wanted = order.find("demander");
    const auto* installer = order.find("installer");
    if (wanted == nullptr) wanted = &none;
    if (installer == nullptr) installer = &none;
    rows.add({home, hotel, stage_of(order), day_of(*wanted, "expect_date"), time_of(*wanted, "expect_time"),
              wanted->text_of("name"), wanted->text_of("phone"), wanted->text_of("note"), installer->text_of("name"),
              day_of(*installer, "confirm_date"), time_of(*installer, "confirm_time")});
}

std::string orders_text(const json_value& orders, const std::map<std::string, std::string>& homes) {
    table rows({"HOME", "HOTEL", "STAGE", "DATE", "TIME", "NAME", "PHONE", "NOTE", "INSTALLER", "CONFIRMED", "AT"});
    for (const auto& [home, entry] : orders.members()) {
        const auto known = homes.find(home);
        const auto hotel = known == homes.end() ? std::string() : known->second;
        if (entry.is_object()) add_order(rows, hotel, home, entry);
        for (const auto& order : entry.items())
            if (order.is_object()) add_order(rows, hotel, home, order);
    }
    return rows.empty() ? "no installation order\n" : rows.text();
}

printed refused_by_cloud(const json_value& answer) {
    auto out =
        failure(exit_code::failed, fmt::format("{}, code {}: {}", answer.text_of("outcome"), answer.text_of("code"),
                                               without_controls(answer.text_of("message"))));
    if (const auto* meaning = answer.find("meaning"))
        out.err += fmt::format("lockhub: {}. {}\nlockhub: {}。{}\n", meaning->text_of("english"),
                               meaning->text_of("advice_english"), meaning->text_of("chinese"),
                               meaning->text_of("advice_chinese"));
    return out;
}

}  // namespace

printed orders_list(const common_options& common, const orders_options& options) {
    const auto homes = homes_of(common, options);
    if (!homes) return failure(homes.error());
    if (homes->empty())
        return failure(
            exit_code::failed,
            fmt::format("no home is known at {}: provision a hotel there, or name one with --home", options.cloud));
    wire::json_writer body;
    body.begin_object().member("account", options.cloud).member("method", "find_orders").key("fields").begin_object();
    body.key("home_id").begin_array();
    for (const auto& [home, hotel] : *homes) body.value(home);
    body.end_array().end_object().member("actor", actor()).end_object();
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto client = connect_service(*settings);
    if (!client) return unreachable(client.error());
    const auto said = client->post_json("/operator/vendor/call", body.text());
    if (!said) return unreachable(said.error());
    if (said->status != 200) return refused(*said);
    const auto answer = json_value::parse(said->body);
    if (!answer) return failure(answer.error());
    if (answer->text_of("outcome") != "done") return refused_by_cloud(*answer);
    const auto* orders = answer->find("answer");
    orders = orders == nullptr ? nullptr : orders->find("result");
    if (orders == nullptr || !(orders->is_object() || orders->is_array()))
        return failure(exit_code::failed, "the lock cloud's answer names no orders");
    printed out;
    out.out = common.json ? said->body + "\n" : orders_text(*orders, *homes);
    return out;
}

printed orders_change(const common_options& common, const orders_options& options, const std::string& method) {
    vendor_options call;
    call.account = options.cloud;
    call.method = method;
    if (!options.home.empty()) call.fields.push_back("home_id=" + options.home);
    for (const auto& field : options.fields) call.fields.push_back(as_sent(field));
    call.yes = options.yes;
    call.dry_run = options.dry_run;
    return vendor_call(common, call);
}

}  // namespace lockhub::hub
