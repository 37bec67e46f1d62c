// A hotel made at each of the lock clouds, and installation orders: the real programs, end to end.
#include <boost/test/unit_test.hpp>
#include <thread>

#include "tests/e2e/installation.hpp"
#include "tests/support/eventually.hpp"

using namespace lockhub;
using namespace lockhub::test;
using simulators::finished_process;

namespace {

constexpr int ok = 0, failed = 1, bad_usage = 2;

constexpr const char* yeeuu_section = R"([[yeeuu]]
account = "yy-main"
base_url = "{yeeuu}"
partner_id = "000000000000000000000001"
secret = "demo-secret"
operator_mobile = "13800000000"
guest_mobile = "13800000001"
manage_mobile = "13800000002"
)";

bool says(const finished_process& done, std::string_view text) {
    return done.output.find(text) != std::string::npos;
}

struct hotel : installation {
    hotel() : installation({.cards = true, .pms_extra = yeeuu_section}) {
        import_rooms(
            "demopms,H20000,新建酒店,STD,标准间,n1,801,8,,,,\n"
            "demopms,H20000,新建酒店,STD,标准间,n2,802,8,,,,\n"
            "demopms,H20000,新建酒店,STD,标准间,n3,803,8,,,,\n");
    }

    finished_process provision(std::vector<std::string> more = {}, const std::string& number = "H20000",
                               const std::string& account = "dd-main") const {
        std::vector<std::string> all{"provision", "--hotel", number, "--cloud", account};
        all.insert(all.end(), more.begin(), more.end());
        return cli(std::move(all));
    }
    finished_process orders(std::vector<std::string> more = {}) const {
        std::vector<std::string> all{"orders", "--cloud", "dd-main"};
        all.insert(all.end(), more.begin(), more.end());
        return cli(std::move(all));
    }

    // "n1=801 n2=802 ": the rooms of a home as the simulated cloud has them; "-" without such a home.
    std::string rooms_of(const std::string& home) const {
        const auto state = cloud_state();
        for (const auto& one : state.find("homes")->items()) {
            if (one.text_of("home_id") != home) continue;
            std::string out;
            for (const auto& room : one.find("rooms")->items())
                out += room.text_of("room_id") + "=" + room.text_of("room_name") + " ";
            return out;
        }
        return "-";
    }
    std::int64_t calls(const std::string& method) const {
        return cloud_state().find("calls")->integer_of(method).value_or(0);
    }
    std::string places(const std::string& state) const {
        return sql_value(database(), "SELECT COUNT(*) FROM provisioned_places WHERE state = '" + state + "'");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(provision_test, hotel)

BOOST_AUTO_TEST_CASE(the_difference_is_shown_first_then_carried_out_and_then_there_is_nothing_to_do) {
    const auto shown = provision();
    BOOST_TEST(shown.exit_code == bad_usage, shown.output);
    for (const auto* text : {"新建酒店 (hotel H20000 of demopms) at dd-main: home H20000", "home_added", "room_added",
                             "n1", "801 (标准间 8层)", "repeat with --yes"})
        BOOST_TEST(says(shown, text), text << " is missing in " << shown.output);
    BOOST_TEST(rooms_of("H20000") == "-");
    BOOST_TEST(sql_value(database(), "SELECT COUNT(*) FROM provisioned_places") == "0");

    const auto done = provision({"location=杭州市西湖区1号", "--yes"});
    BOOST_TEST(done.exit_code == ok, done.output);
    BOOST_TEST(says(done, "done: 4 calls, 0 refused"), done.output);
    BOOST_TEST(rooms_of("H20000") == "n1=801 n2=802 n3=803 ");
    BOOST_TEST(places("present") == "4");
    BOOST_TEST(sql_value(database(), "SELECT COUNT(*) FROM audit WHERE verb = 'provision'") == "8");

    const auto again = provision();
    BOOST_TEST(again.exit_code == ok, again.output);
    BOOST_TEST(says(again, "nothing to do: 4 places as before"), again.output);
    BOOST_TEST(says(again, "未分配安装"), again.output);
    BOOST_TEST(provision({"--yes"}).exit_code == ok);
    BOOST_TEST(calls("add_room") == 3);
}

BOOST_AUTO_TEST_CASE(a_renamed_room_is_updated_and_a_lock_bound_to_it_gets_its_home) {
    BOOST_REQUIRE(provision({"--yes"}).exit_code == ok);
    import_rooms("demopms,H20000,新建酒店,STD,标准间,n2,8-02,8,,,,\n");
    const auto bound = cli({"directory", "bind", "--pms", "demopms", "--hotel", "H20000", "--room", "n1", "--account",
                            "dd-main", "--lock", "a new lock", "--yes"});
    BOOST_REQUIRE(bound.exit_code == ok);
    const auto done = provision({"--yes"});
    BOOST_TEST(done.exit_code == ok, done.output);
    BOOST_TEST(says(done, "room_changed"), done.output);
    BOOST_TEST(says(done, "done: 1 calls, 0 refused; 1 locks got their home and room"), done.output);
    BOOST_TEST(rooms_of("H20000") == "n1=801 n2=8-02 n3=803 ");
    BOOST_TEST(sql_value(database(),
                         "SELECT cloud_home_id || ' ' || cloud_room_id FROM locks WHERE lock_uuid = "
                         "'a new lock'") == "H20000 n1");
    BOOST_TEST(says(provision(), "nothing to do"));
}

BOOST_AUTO_TEST_CASE(a_hotel_whose_locks_stand_in_a_home_already_is_that_home) {
    const auto done = provision({"--yes"}, "H10086");
    BOOST_TEST(done.exit_code == ok, done.output);
    BOOST_TEST(says(done, "at dd-main: home sim-home"), done.output);
    BOOST_TEST(calls("add_home") == 0);
    BOOST_TEST(calls("add_room") == 0);
    BOOST_TEST(calls("update_room") == 3);
    BOOST_TEST(says(provision({}, "H10086"), "nothing to do"));
}

BOOST_AUTO_TEST_CASE(rooms_the_directory_lacks_stay_unless_they_are_pruned) {
    BOOST_REQUIRE(provision({"--yes"}).exit_code == ok);
    cloud_does("lock", R"({"uuid":"stray","home_id":"H20000","room_id":"x9","nickname":"999"})");
    const auto left = provision();
    BOOST_TEST(left.exit_code == ok, left.output);
    BOOST_TEST(says(left, "room_left"), left.output);
    BOOST_TEST(says(left, "lock stray"), left.output);
    const auto pruned = provision({"--prune", "--yes"});
    BOOST_TEST(pruned.exit_code == ok, pruned.output);
    BOOST_TEST(rooms_of("H20000") == "n1=801 n2=802 n3=803 ");
    BOOST_TEST(calls("del_room") == 1);
}

BOOST_AUTO_TEST_CASE(lost_answers_are_asked_about_and_nothing_is_made_twice) {
    cloud_does("knobs", R"({"lose_reply":"1x2"})");
    const auto done = provision({"--yes"});
    BOOST_TEST(done.exit_code == ok, done.output);
    BOOST_TEST(rooms_of("H20000") == "n1=801 n2=802 n3=803 ");
    BOOST_TEST(places("present") == "4");
    BOOST_TEST(calls("add_home") == 1);
    BOOST_TEST(calls("add_room") == 3);
}

BOOST_AUTO_TEST_CASE(a_hub_killed_in_the_middle_goes_on_without_doubles) {
    cloud_does("knobs", R"({"answer_delay_ms":300})");
    std::thread running([this] { provision({"--yes"}); });
    eventually("a room is under way", [&] { return calls("add_room") >= 1; });
    kill_hub();
    running.join();
    cloud_does("knobs", R"({"answer_delay_ms":0})");
    start_hub();
    const auto resumed = provision({"--yes"});
    BOOST_TEST(resumed.exit_code == ok, resumed.output);
    BOOST_TEST(rooms_of("H20000") == "n1=801 n2=802 n3=803 ");
    BOOST_TEST(places("present") == "4");
    BOOST_TEST(calls("add_home") == 1);
    BOOST_TEST(calls("add_room") == 3);
    BOOST_TEST(says(provision(), "nothing to do"));
}

BOOST_AUTO_TEST_CASE(what_the_cloud_refuses_is_told_in_both_languages_and_the_rest_is_done) {
    BOOST_REQUIRE(provision({"--yes"}).exit_code == ok);
    import_rooms("demopms,H20000,新建酒店,STD,标准间,n4,804,8,,,,\n");
    cloud_does("knobs", R"({"only_verb":"add_room","error":"1x1","error_code":15014})");
    const auto refused = provision({"--yes"});
    BOOST_TEST(refused.exit_code == failed, refused.output);
    BOOST_TEST(says(refused, "refused: add_room n4, code 15014"), refused.output);
    BOOST_TEST(says(refused, "权限受限"), refused.output);
    BOOST_TEST(provision({"--yes"}).exit_code == ok);
    BOOST_TEST(says(provision({}, "H404"), "the directory has no hotel H404"));
    BOOST_TEST(says(provision({}, "H20000", "dd-mian"), "did you mean 'dd-main'?"));
    BOOST_TEST(says(provision({"locaton=x"}), "no detail 'locaton', did you mean 'location'?"));
}

BOOST_AUTO_TEST_CASE(the_other_cloud_gets_one_list_and_keeps_what_other_hotels_have_there) {
    import_rooms("demopms,H30000,另一酒店,STD,标准间,m1,101,1,,,,\n");
    BOOST_TEST(says(provision({}, "H30000", "yy-main"), "'provinceId' is missing"));
    const std::vector<std::string> address{"provinceId=33", "cityId=3301", "disId=330106", "--yes"};
    for (const auto* number : {"H30000", "H20000"}) {
        const auto done = provision(address, number, "yy-main");
        BOOST_TEST(done.exit_code == ok, done.output);
        BOOST_TEST(says(done, "done: 1 calls"), done.output);
    }
    std::string codes;
    const auto state = yeeuu_state();
    for (const auto& one : state.find("apartments")->items())
        codes += one.text_of("buildingId") + "/" + one.text_of("code") + "=" + one.text_of("name") + " ";
    BOOST_TEST(codes == "H30000/m1=101 H20000/n1=801 H20000/n2=802 H20000/n3=803 ");
    BOOST_TEST(says(provision({}, "H20000", "yy-main"), "nothing to do: 4 places as before"));

    import_rooms("demopms,H20000,新建酒店,STD,标准间,n3,8-03,8,,,,\n");
    yeeuu_does("knobs", R"({"lose_reply":"1x1"})");
    const auto changed = provision({"--yes"}, "H20000", "yy-main");
    BOOST_TEST(changed.exit_code == ok, changed.output);
    BOOST_TEST(says(provision({}, "H20000", "yy-main"), "nothing to do"));
    BOOST_TEST(yeeuu_state().find("calls")->integer_of("synchronize_apartments").value() == 4);
}

BOOST_AUTO_TEST_CASE(rooms_of_a_gateway_are_compared_and_nothing_is_sent) {
    import_rooms("demopms,H10086,示范酒店,STD,标准间,g9,999,9,,,,\n");
    const auto compared = provision({"--yes"}, "H10086", "gw-main");
    BOOST_TEST(compared.exit_code == ok, compared.output);
    BOOST_TEST(says(compared, "room_lacking"), compared.output);
    BOOST_TEST(says(compared, "3 of 4 rooms are there"), compared.output);
    BOOST_TEST(gateway_state().find("calls")->members().size() == 1u);
    BOOST_TEST(says(provision({"--prune"}, "H10086", "gw-main"), "gateway makes no homes and rooms"));
}

BOOST_AUTO_TEST_CASE(installations_are_ordered_listed_and_changed_until_they_are_confirmed) {
    BOOST_REQUIRE(provision({"--yes"}).exit_code == ok);
    BOOST_TEST(says(orders(), "no installation order"));
    const std::vector<std::string> order{"add",       "home_id=H20000", "date=2036-11-25",
                                         "time=上午", "name=张三",      "phone=13912345678"};
    BOOST_TEST(orders(order).exit_code == bad_usage);
    auto confirmed = order;
    confirmed.emplace_back("--yes");
    BOOST_TEST(orders(confirmed).exit_code == ok);
    const auto listed = orders();
    BOOST_TEST(listed.exit_code == ok, listed.output);
    for (const auto* text : {"H20000", "active 活跃", "2036-11-25", "morning 上午", "张三", "139****5678"})
        BOOST_TEST(says(listed, text), text << " is missing in " << listed.output);
    BOOST_TEST(says(orders(confirmed), "11000"));

    BOOST_TEST(orders({"update", "H20000", "time=evening", "note=二楼", "--yes"}).exit_code == ok);
    BOOST_TEST(says(orders({"list", "--home", "H20000"}), "evening 晚上"));
    cloud_does("order", R"({"home_id":"H20000","name":"李师傅","phone":"13900000000"})");
    BOOST_TEST(says(orders(), "confirmed 已确认"));
    BOOST_TEST(says(orders(), "李师傅"));
    const auto late = orders({"update", "H20000", "note=改期", "--yes"});
    BOOST_TEST(late.exit_code == failed);
    BOOST_TEST(says(late, "15014"), late.output);
    BOOST_TEST(sql_value(database(), "SELECT COUNT(*) FROM audit WHERE subject GLOB 'dd-main order_*'") == "8");
    BOOST_TEST(says(cli({"orders", "--cloud", "gw-main", "list", "--home", "x"}), "no method 'find_orders'"));
}

BOOST_AUTO_TEST_SUITE_END()
