// schemas/openapi/lockapi.json against the running hub, with the hotel, the rooms and the card readers of document
// 000's own samples: every request it shows is sent, and every answer it names must come, in schema and in shape.
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "schemas/quhuhu/request.hpp"
#include "tests/e2e/lockapi_calls.hpp"
#include "tests/simulators/push_body.hpp"
#include "tests/support/eventually.hpp"
#include "tests/support/json_text.hpp"
#include "tests/support/openapi.hpp"

using namespace lockhub;
using namespace lockhub::test;

namespace {

const openapi_document& document() {
    static const openapi_document lockapi("lockapi.json");
    return lockapi;
}

constexpr const char* more_configuration = R"([[pms]]
id = "closedpms"
key = "made-up-sign-key"
enabled = false
[[gateway]]
account = "gw-document"
base_url = "{gateway}"
appid = "4773aa036f7f49c68d876bb4be85c80c"
appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f"
pms = "demopms"
hotel_no = "123123"
[[gateway.reader]]
id = "d0000000"
[[gateway.reader]]
id = "7e9f6a27"
[[gateway.reader]]
id = "43d3e7c8"
[[gateway.reader]]
id = "015a730c"
[[gateway.reader]]
id = "9ed33a69"
[[gateway.reader]]
id = "496008ec"
[[gateway.reader]]
id = "e92880e4"
[[yeeuu]]
account = "yy-document"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
guest_mobile = "13000000001"
manage_mobile = "13000000002"
)";

class replay {
  public:
    replay() : at_({.pms_extra = more_configuration, .sim_arguments = {"--door", "x0001=B01"}}) {
        at_.import_rooms("demopms,123123,示范酒店,123123,标准间,room1000001,1,1,dd-main," + at_.uuid(0) +
                         ",sim-home,sim-room-1\n"
                         "demopms,123123,示范酒店,123123,标准间,room1000002,2,1,,,,\n"
                         "demopms,123123,示范酒店,123123,标准间,room1000003,3,1,dd-main," +
                         at_.uuid(1) + ",sim-home,sim-room-" + at_.uuid(1).substr(0, 6) +
                         "\n"
                         "demopms,123123,示范酒店,123123,标准间,room1000004,4,1,yy-document,x0001,B01,\n");
        at_.bind_card_lock("123123", "room1000001", "gw-document", at_.rm_id(0));
        open_the_door_in_2016();
    }

    void run(const openapi_operation& operation);
    std::size_t replayed() const { return replayed_; }
    const installation& at() const { return at_; }

  private:
    // Openings at the times of the document's sample of queryLockLog, uploaded late by the lock.
    void open_the_door_in_2016() {
        const auto opening = [&](const char* time) {
            const auto ms = to_unix_ms(parse_china_time(time).value());
            return fmt::format(R"({{"userid":"1","uuid":"{0}","time":{1},"lock_time":{1},"eventid":1,"source":2,)"
                               R"("sourceid":1001,"source_name":"","audio_played":0}})",
                               at_.uuid(0), ms);
        };
        const std::string detail =
            fmt::format(R"({{"events":[{},{}]}})", opening("2016-08-11 12:01:12"), opening("2016-08-10 16:59:07"));
        at_.cloud_does("event", fmt::format(R"({{"event":"lockOpenHistoryAlarm","uuid":"{}","detail":{}}})",
                                            at_.uuid(0), simulators::quoted(detail)));
        eventually("the openings are stored",
                   [&] { return sql_value(at_.database(), "SELECT COUNT(*) FROM lock_log") == "2"; });
    }

    void enable_again(const std::string& purpose, const std::string& room = "room1000001") const {
        const text_fields fields{{"version", "1.1.0"},      {"pmsId", "demopms"}, {"hotelNo", "123123"},
                                 {"roomId", room},          {"pwd", "654321"},    {"operatorGuid", "op-77"},
                                 {"operatorName", "前台甲"}};
        call(at_, "enable" + purpose + "Pwd", signed_form(fields));
        wait_until_quiet();
    }
    // The one 丁盯 lock of lockhub's own methods has a PIN, or has none.
    void prepare_frozen(bool with_pin) const {
        if (with_pin) return enable_again("Guest", "room1000003");
        const text_fields fields{{"version", "1.1.0"},      {"pmsId", "demopms"},     {"hotelNo", "123123"},
                                 {"roomId", "room1000003"}, {"operatorGuid", "op-1"}, {"operatorName", "前台甲"}};
        call(at_, "disableGuestPwd", signed_form(fields));
        wait_until_quiet();
    }

    // What must be so before an answer can come.
    void prepare(const openapi_operation& operation, const std::string& example);
    // The documented request changed as the answer's name says, or nullopt where the answer needs more than a request.
    std::optional<text_fields> request_for(const std::string& example, text_fields fields) const;
    void check(const openapi_operation& operation, const openapi_example& shown, const wire::json_value& answer);
    void wait_until_quiet() const {
        eventually("no action waits", [&] {
            return sql_value(at_.database(), "SELECT COUNT(*) FROM actions WHERE state = 'open'") == "0";
        });
    }

    installation at_;
    std::size_t replayed_ = 0;
};

// The members of an object, and the shape of each; an array's items all look like the first one shown.
void check_shape(const wire::json_value& shown, const wire::json_value& real, const std::string& place) {
    BOOST_TEST((shown.type() == real.type()), place << " is of another type than shown");
    BOOST_TEST(shown.members().size() == real.members().size(), place << " has other members than shown");
    for (const auto& [name, member] : shown.members()) {
        const wire::json_value* own = real.find(name);
        BOOST_TEST((own != nullptr), place << "/" << name << " is missing");
        if (own) check_shape(member, *own, place + "/" + name);
    }
    if (shown.items().empty()) return;
    BOOST_TEST(!real.items().empty(), place << " is empty");
    for (const wire::json_value& item : real.items()) check_shape(shown.items().front(), item, place + "/*");
}

void replay::prepare(const openapi_operation& operation, const std::string& example) {
    // 丁盯 never lets go of a management PIN; the gateway does.
    if (operation.id == "enableManagePwd" && example == "document") {
        at_.import_rooms("demopms,123123,示范酒店,123123,标准间,room1000001,1,1,gw-document," + at_.rm_id(0) + ",,\n");
    }
    if (operation.id == "addRoomCard" && example == "document") at_.lay_card();
    if (operation.id.ends_with("freezeGuestPwd") && (example == "document" || example == "no_password"))
        prepare_frozen(example == "document");
    // A refusal needs something there to take back.
    if (example == "lock_refused") {
        const bool takes_pin_back = operation.id == "disableGuestPwd" || operation.id == "disableManagePwd";
        if (takes_pin_back) enable_again(operation.id == "disableGuestPwd" ? "Guest" : "Manage");
        // The guest's PIN is on a 丁盯 lock here, the staff's and the cards are the gateway's.
        if (operation.id == "disableGuestPwd") {
            at_.cloud_does("knobs", R"({"error":"1x1","error_code":15014,"only_verb":"delete_password"})");
        } else {
            at_.gateway_does("knobs", R"({"error":"1x1"})");
        }
    }
}

std::optional<text_fields> replay::request_for(const std::string& example, text_fields fields) const {
    if (example == "document") return fields;
    if (example == "lock_refused") return fields;
    if (example.starts_with("without_")) return without(std::move(fields), example.substr(8));
    const char* room_field = simulators::field(fields, "roomIds").empty() ? "roomId" : "roomIds";
    const std::map<std::string, std::pair<const char*, const char*>> changes{
        {"unknown_pms", {"pmsId", "nobody"}},
        {"pms_disabled", {"pmsId", "closedpms"}},
        {"version_not_served", {"version", "2.0"}},
        {"unknown_hotel", {"hotelNo", "nohotel"}},
        {"bad_startTime", {"startTime", "2016-08-10"}},
        {"bad_endTime", {"endTime", "2016-08-10"}},
        {"start_after_end", {"startTime", "2036-08-14 00:00:00"}},
        {"bad_pageNum", {"pageNum", "one"}},
        {"bad_pageSize", {"pageSize", "many"}},
        {"bad_pwd", {"pwd", "12345"}},
        {"room_without_lock", {room_field, "room1000002"}},
        {"room_cannot", {"roomId", "room1000003"}},
        {"card_room_cannot", {"roomId", "room1000001"}},
        {"bad_face", {"face", "R0lGODlh"}},
        {"bad_fingerprint", {"fingerprint", "4f4"}},
        {"bad_mobile", {"mobile", "13000"}},
        {"no_password", {"roomId", "room1000003"}},
        {"unknown_reader", {"readCardId", "ffffffff"}}};
    const auto change = changes.find(example);
    if (change == changes.end()) return std::nullopt;
    return with(std::move(fields), change->second.first, change->second.second);
}

void replay::check(const openapi_operation& operation, const openapi_example& shown, const wire::json_value& answer) {
    const openapi_content content = document().answer(operation);
    BOOST_TEST(document().schemas().check(*content.schema, answer) == "", json_text(answer));
    BOOST_TEST(code_of(answer) == code_of(*shown.value), json_text(answer));
    const bool own_words = code_of(answer) == -1;
    if (!own_words) BOOST_TEST(answer.text_of("msg") == shown.value->text_of("msg"));
    check_shape(*shown.value, answer, "");
    ++replayed_;
}

void replay::run(const openapi_operation& operation) {
    const wire::json_value& request = *document().request(operation).examples.front().value;
    for (const openapi_example& shown : document().answer(operation).examples) {
        BOOST_TEST_CONTEXT(operation.id << " " << shown.name) {
            const auto fields = request_for(shown.name, form_of(request).fields());
            if (!fields && shown.name != "wrong_hmac") continue;
            prepare(operation, shown.name);
            // What the document shows is sent as it stands; what is changed is signed anew, unless that is the fault.
            std::string form =
                fields ? signed_form(*fields)
                       : simulators::encode_form(with(form_of(request).fields(), "hmac", std::string(32, '0')));
            if (shown.name == "document") form = simulators::encode_form(*fields);
            if (shown.name == "without_hmac") form = simulators::encode_form(*fields);
            const std::string pms = fields ? simulators::field(*fields, "pmsId") : "demopms";
            check(operation, shown, call(at_, operation.id, form, pms.empty() ? "demopms" : pms));
            wait_until_quiet();
        }
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(openapi_lockapi_test)

BOOST_AUTO_TEST_CASE(every_request_shown_gets_the_answer_shown) {
    replay all;
    for (const openapi_operation& operation : document().operations()) all.run(operation);
    BOOST_TEST(all.replayed() > 380U);

    const std::map<std::string, std::string> served{{"/callback/password", "passwordResult"},
                                                    {"/callback/make-card", "makeCardResult"},
                                                    {"/callback/query-card", "queryCardResult"},
                                                    {"/callback/return-card", "returnCardResult"},
                                                    {"/callback/event", "event"}};
    std::map<std::string, std::size_t> seen;
    const auto webhooks = document().webhooks();
    for (const wire::json_value& callback : all.at().pms_state().find("callbacks")->items()) {
        const std::string& id = served.at(callback.text_of("path"));
        const auto webhook = std::ranges::find(webhooks, id, &openapi_operation::id);
        const auto& schema = *document().request(*webhook).schema;
        BOOST_TEST(document().schemas().check(schema, *callback.find("fields")) == "", id);
        ++seen[id];
    }
    for (const auto& [path, id] : served) BOOST_TEST(seen[id] >= 1U, id);
}

BOOST_AUTO_TEST_SUITE_END()
