#include "tests/simulators/pms_directory.hpp"

#include <algorithm>
#include <array>

#include "schemas/wire/json_writer.hpp"

namespace lockhub::simulators {

namespace {

constexpr std::array<std::string_view, 3> services{"hotel", "roomType", "room"};

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find(at), text.size());
        parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::string service_of(std::string_view path) {
    const auto parts = split(path, '/');  // "", "api", pmsId, service, "queryList.do"
    if (parts.size() != 5 || parts[1] != "api" || parts[4] != "queryList.do") return {};
    return std::ranges::find(services, parts[3]) == services.end() ? std::string() : parts[3];
}

const std::vector<wire::json_value>& list_in(const wire::json_value& object, std::string_view name) {
    static const std::vector<wire::json_value> none;
    const auto* list = object.find(name);
    return list == nullptr ? none : list->items();
}

// The document's sample has no comma between roomNo and floorNo.
void lose_comma(std::string& body) {
    const auto name = body.find("\"roomNo\"");
    const auto comma = name == std::string::npos ? name : body.find(",\"floorNo\"", name);
    if (comma != std::string::npos) body.replace(comma, 1, "\n");
}

}  // namespace

void pms_directory::fill_board(knob_board& board) {
    board.add("directory_broken_json", "the directory has the document's missing comma", knobs.broken_json);
    board.add("directory_refuse", "the directory answers code -1", knobs.refuse);
    board.add("directory_html", "the directory answers HTTP 200 with a page", knobs.html);
    board.add("directory_drop", "a directory call is closed without an answer", knobs.drop);
    board.add("directory_slow", "the directory answers after directory_slow_ms", knobs.slow);
    board.add("directory_slow_ms", "how slow", knobs.slow_for);
    board.add("directory_code", "0 of a good answer as", knobs.code, {"number", "string"});
}

void pms_directory::generate(std::size_t hotels, std::size_t rooms) {
    hotels_.clear();
    for (std::size_t h = 0; h < hotels; ++h) {
        hotel one{"H" + std::to_string(10086 + h), "示范酒店", {{"STD", "标准间", {}}}};
        if (h != 0) one.name += std::to_string(h + 1);
        for (std::size_t r = 0; r < rooms; ++r) {
            const auto number = std::to_string(300 + r);
            one.types[0].rooms.push_back({"rm" + number, number, number.substr(0, number.size() - 2)});
        }
        hotels_.push_back(std::move(one));
    }
}

result<> pms_directory::set(std::string_view json) {
    const auto given = wire::json_value::parse(json);
    if (!given) return std::unexpected(given.error());
    if (given->find("hotels") == nullptr) return fail(errc::invalid_input, "the rooms come as {\"hotels\":[…]}");
    std::vector<hotel> hotels;
    for (const auto& h : list_in(*given, "hotels")) {
        auto& one = hotels.emplace_back(h.text_of("hotelNo"), h.text_of("hotelName"), std::vector<room_type>());
        for (const auto& t : list_in(h, "roomTypeList")) {
            auto& type =
                one.types.emplace_back(t.text_of("roomTypeCode"), t.text_of("roomTypeName"), std::vector<room>());
            for (const auto& r : list_in(t, "roomList"))
                type.rooms.push_back({r.text_of("roomId"), r.text_of("roomNo"), r.text_of("floorNo")});
        }
    }
    hotels_ = std::move(hotels);
    return {};
}

std::string pms_directory::to_json() const {
    wire::json_writer out;
    out.begin_object().key("hotels").begin_array();
    for (const auto& h : hotels_) {
        out.begin_object().member("hotelNo", h.number).member("hotelName", h.name).key("roomTypeList").begin_array();
        for (const auto& t : h.types) {
            out.begin_object().member("roomTypeCode", t.code).member("roomTypeName", t.name).key("roomList");
            out.begin_array();
            for (const auto& r : t.rooms)
                out.begin_object()
                    .member("roomId", r.id)
                    .member("roomNo", r.number)
                    .member("floorNo", r.floor)
                    .end_object();
            out.end_array().end_object();
        }
        out.end_array().end_object();
    }
    return out.end_array().end_object().take();
}

bool pms_directory::serves(std::string_view path) {
    return !service_of(path).empty();
}

answer pms_directory::handle(std::string_view path, const text_fields& fields, bool hmac_ok, random_source& random) {
    directory_call_seen call{service_of(path), field(fields, "hotelNos"), hmac_ok, {}};
    answer out = decide(call, fields, random);
    seen_.push_back(std::move(call));
    return out;
}

answer pms_directory::decide(directory_call_seen& call, const text_fields& fields, random_source& random) {
    answer out;
    const auto say = [&](std::string word, std::string body) {
        call.answered = std::move(word);
        out.response = json_response(std::move(body));
        return out;
    };
    if (knobs.drop.strikes(random)) {
        call.answered = "dropped";
        return out;
    }
    if (knobs.slow.strikes(random)) out.delay = knobs.slow_for;
    if (knobs.html.strikes(random)) return say("html", "<html>please log in</html>");
    if (knobs.refuse.strikes(random)) return say("-1", R"({"code":-1,"msg":"处理失败"})");
    if (!call.hmac_ok) return say("-5000", R"({"code":-5000,"msg":"HMAC 校验失败"})");
    if (call.service != "hotel" && call.hotels.empty())
        return say("-1002", R"({"code":-1002,"msg":"酒店代码不能为空"})");
    auto body = tell(call, fields);
    const bool broken = call.service == "room" && knobs.broken_json.strikes(random);
    if (broken) lose_comma(body);
    return say(broken ? "broken" : "0", std::move(body));
}

std::string pms_directory::tell(const directory_call_seen& call, const text_fields& fields) const {
    const auto wanted = asked_for(call.hotels);
    const auto codes_by_hotel = split(field(fields, "roomTypeCodes"), ',');
    wire::json_writer out;
    out.begin_object().key("code");
    knobs.code == "string" ? out.value("0") : out.value(0);
    out.member("msg", "处理成功").key("data").begin_array();
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto& h = *wanted[i];
        out.begin_object().member("hotelNo", h.number);
        if (call.service == "hotel") {
            out.member("hotelName", h.name).member("provinceCode", "P1").member("addr", "示例路1号").end_object();
            continue;
        }
        const auto codes = i < codes_by_hotel.size() ? split(codes_by_hotel[i], '|') : std::vector<std::string>();
        out.key("roomTypeList").begin_array();
        for (const auto& t : h.types) {
            if (!codes.empty() && std::ranges::find(codes, t.code) == codes.end()) continue;
            out.begin_object().member("roomTypeCode", t.code);
            if (call.service == "roomType") {
                out.member("roomTypeName", t.name).end_object();
                continue;
            }
            out.key("roomList").begin_array();
            for (const auto& r : t.rooms) {
                out.begin_object().member("roomId", r.id).member("roomNo", r.number).member("floorNo", r.floor);
                out.end_object();
            }
            out.end_array().end_object();
        }
        out.end_array().end_object();
    }
    return out.end_array().end_object().take();
}

std::vector<const pms_directory::hotel*> pms_directory::asked_for(std::string_view numbers) const {
    const auto wanted = split(numbers, ',');
    std::vector<const hotel*> found;
    for (const auto& one : hotels_) {
        if (wanted.empty() || std::ranges::find(wanted, one.number) != wanted.end()) found.push_back(&one);
    }
    return found;
}

}  // namespace lockhub::simulators
