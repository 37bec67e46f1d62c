#include "tests/integration/lockapi_world.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "hub/observe/log.hpp"
#include "hub/system/io_completions.hpp"

namespace lockhub::test {
namespace {

using namespace std::chrono_literals;
using dispatch::task;

hub::config settings_with(const std::string& lockapi) {
    const auto text = "[lockapi]\n" + lockapi + R"(
[[dingding]]
account = "dd-main"
event_url = "https://hub.example.com/in/dd/k7Qm2/event"
result_url = "https://hub.example.com/in/dd/k7Qm2/result"
sign = "required"
base_url = "http://cloud.sim/openapi/v1"
client_id = "demo"
client_secret = "demo-secret"
[[gateway]]
account = "gw-1"
base_url = "http://gateway.sim"
appid = "4773aa036f7f49c68d876bb4be85c80c"
appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f"
pms = "demopms"
hotel_no = "H10086"
[[gateway.reader]]
id = "d0000001"
nickname = "前台"
[[gateway.reader]]
id = "d0000002"
[[pms]]
id = "demopms"
key = "made-up-sign-key-7QxLr2"
password_url = "http://pms.sim/password"
make_card_url = "http://pms.sim/make-card"
query_card_url = "http://pms.sim/query-card"
return_card_url = "http://pms.sim/return-card"
[[pms]]
id = "offpms"
key = "k"
enabled = false
)";
    auto read = hub::parse_config(text, "world.toml");
    if (!read) throw std::runtime_error(read.error().front().text());
    return std::move(*read);
}

void failed(const std::string& name, const std::string& what) {
    BOOST_ERROR(name + ": " + what);
}

task<void> start(hub::engine& engine, bool& done) {
    const auto outcome = co_await engine.start();
    if (!outcome) throw std::runtime_error(outcome.error().message);
    done = true;
}

task<void> stop(hub::engine& engine, scripted_transport& network, bool& done) {
    co_await engine.stop(duration::zero());
    network.interrupt();
    co_await engine.join();
    done = true;
}

task<void> reload(hub::engine& engine, hub::config settings, bool& done) {
    const auto outcome = co_await engine.apply(settings);
    if (!outcome) throw std::runtime_error(outcome.error().message);
    done = true;
}

task<void> handle(hub::handler& target, const clock& time, std::string path, std::string type, std::string body,
                  std::shared_ptr<lockapi_world::pending> out) {
    hub::request in;
    in.method = "POST";
    in.target = path;
    in.path = path;
    in.content_type = type;
    in.body = body;
    in.client_address = "127.0.0.1";
    in.received_at = time.now();
    hub::response answer;
    co_await target.handle(in, answer);
    auto json = wire::json_value::parse(answer.body);
    if (!json) throw std::runtime_error("an answer that is no JSON: " + answer.body);
    out->answer = lockapi_world::answered{answer.status, answer.retry_after_seconds, std::move(answer.body),
                                          std::move(*json), time.now()};
}

task<void> deliver(hub::router& routes, const clock& time, dispatch::waiter_factory& waiters,
                   simulators::scheduled_push push) {
    const auto pause = waiters.make_waiter();
    co_await pause->wait_until(push.at);
    const auto path = push.registered_url.substr(push.registered_url.find('/', push.registered_url.find("://") + 3));
    const auto found = routes.find("POST", path);
    const auto out = std::make_shared<lockapi_world::pending>();
    auto& target = *std::get<const hub::route*>(found)->target;
    co_await handle(target, time, path, "application/json", push.body, out);
    if (out->answer->status != 200) throw std::runtime_error("a push was refused: " + out->answer->body);
}

void add_unless_given(simulators::text_fields& fields, const std::string& name, const std::string& value) {
    if (std::ranges::find(fields, name, &std::pair<std::string, std::string>::first) == fields.end())
        fields.emplace_back(name, value);
}

}  // namespace

const wire::json_value& lockapi_world::answered::data() const {
    const auto* found = json.find("data");
    if (found == nullptr) throw std::runtime_error("an answer without data: " + body);
    return *found;
}

lockapi_world::lockapi_world(const std::string& lockapi) : tasks_(io.get_executor(), failed) {
    hub::log::configure(hub::log::level::error, hub::log::format::text, nullptr);
    cloud.add_lock(lock_301, "home-1", "cloud-room-301", "301");
    cloud.add_lock(lock_304, "home-1", "cloud-room-304", "304");
    box.add_room(gate_301, "301");
    box.add_room(gate_302, "302");

    storage::sqlite_options options;
    options.path = folder_ / "lockhub.db";
    options.time = &time;
    options.random = &random_;
    options.seal_key = secret(std::string(wire::seal_key_bytes, 'k'));
    options.completions = hub::completions_on(io.get_executor());
    store_ = storage::open_inline_store(std::move(options));
    time.when_idle([this] { return store_->run_group(); });
    auto reader = storage::open_reader(folder_ / "lockhub.db", time, secret(std::string(wire::seal_key_bytes, 'k')));
    reader_ = std::move(reader.value());
    reads_ = std::make_unique<hub::direct_reads>(*reader_);

    hub::engine_seams seams{
        *store_, network_, time, time, random_, *reads_, io.get_executor(), "run-1", [](const std::string& why) {
            throw std::runtime_error("store poisoned: " + why);
        }};
    engine_ = std::make_unique<hub::engine>(std::move(seams), counted_, settings_with(lockapi));
    routes_ = std::make_unique<hub::router>(engine_->routes());
    bool started = false;
    tasks_.spawn("start", start(*engine_, started));
    BOOST_REQUIRE(time.run_until([&started] { return started; }, 1min));
    import_directory();
}

lockapi_world::~lockapi_world() {
    bool stopped = false;
    tasks_.spawn("stop", stop(*engine_, network_, stopped));
    time.run_until([&] { return stopped && tasks_.running() == 0; }, 1h);
    store_->close();
    time.run_until_idle();
}

void lockapi_world::import_directory() {
    storage::directory_change change;
    change.actor = "test";
    change.rows = {
        {"demopms", "H10086", "示例酒店", "RT1", "大床", "rm301", "301", "3", "dd-main", lock_301, "home-1",
         "cloud-room-301"},
        {"demopms", "H10086", "示例酒店", "RT1", "大床", "rm302", "302", "3", "gw-1", gate_302, "", ""},
        {"demopms", "H10086", "示例酒店", "RT2", "双床", "rm303", "303", "3", "", "", "", ""},
        {"demopms", "H10086", "示例酒店", "RT2", "双床", "rm304", "304", "3", "dd-main", lock_304, "home-1",
         "cloud-room-304"},
    };
    stored<storage::directory_changed>(
        [&](auto done) { store_->change_directory(std::move(change), std::move(done)); });
    for (const auto& [room, lock] : {std::pair("rm301", gate_301), std::pair("rm302", gate_302)}) {
        storage::lock_binding binding;
        binding.pms = pms_id("demopms");
        binding.hotel = hotel_no("H10086");
        binding.room = room_id(room);
        binding.service = storage::lock_service::card;
        binding.account = account_id("gw-1");
        binding.lock_uuid = lock;
        binding.actor = "test";
        stored<storage::directory_changed>([&](auto done) { store_->bind_lock(std::move(binding), std::move(done)); });
    }
}

scripted_answer lockapi_world::meet(const wire::http_request& request) {
    if (intercept) {
        if (auto instead = intercept(request)) return std::move(*instead);
    }
    auto answer = request.url.starts_with("http://cloud.sim/")     ? cloud.handle(request, time.now(), chance)
                  : request.url.starts_with("http://gateway.sim/") ? box.handle(request, time.now(), chance)
                                                                   : pms.handle(request, time.now(), chance);
    push(std::move(answer.pushes));
    auto met = answer.response ? scripted_answer{.outcome = std::move(*answer.response)} : lose_reply();
    return delayed(answer.delay, std::move(met));
}

void lockapi_world::push(std::vector<simulators::scheduled_push> pushes) {
    for (auto& one : pushes) tasks_.spawn("push", deliver(*routes_, time, time, std::move(one)));
}

std::shared_ptr<lockapi_world::pending> lockapi_world::begin(const std::string& method,
                                                             simulators::text_fields fields) {
    add_unless_given(fields, "hotelNo", "H10086");
    add_unless_given(fields, "operatorGuid", "op-77");
    add_unless_given(fields, "operatorName", "前台甲");
    const auto path = "/lockapi/demopms/lock/" + method + ".do";
    const auto found = routes_->find("POST", path);
    auto out = std::make_shared<pending>();
    tasks_.spawn("call", handle(*std::get<const hub::route*>(found)->target, time, path,
                                "application/x-www-form-urlencoded;charset=UTF-8",
                                simulators::signed_lockapi_form(std::move(fields), pms.registration()), out));
    return out;
}

lockapi_world::answered lockapi_world::wait_for(const std::shared_ptr<pending>& one) {
    BOOST_REQUIRE(time.run_until([&one] { return one->answer.has_value(); }, 1min));
    return *one->answer;
}

lockapi_world::answered lockapi_world::call(const std::string& method, simulators::text_fields fields) {
    return wait_for(begin(method, std::move(fields)));
}

lockapi_world::answered lockapi_world::post(const std::string& path, const std::string& body) {
    const auto found = routes_->find("POST", path);
    const auto out = std::make_shared<pending>();
    tasks_.spawn("post", handle(*std::get<const hub::route*>(found)->target, time, path,
                                "application/x-www-form-urlencoded", body, out));
    return wait_for(out);
}

std::vector<simulators::text_fields> lockapi_world::callbacks(const std::string& path) const {
    std::vector<simulators::text_fields> out;
    for (const auto& one : pms.seen()) {
        if (!one.path.ends_with(path)) continue;
        BOOST_TEST(one.hmac_ok);
        out.push_back(one.fields);
    }
    return out;
}

void lockapi_world::apply(const std::string& lockapi) {
    bool done = false;
    tasks_.spawn("reload", reload(*engine_, settings_with(lockapi), done));
    BOOST_REQUIRE(time.run_until([&done] { return done; }, 1min));
    routes_ = std::make_unique<hub::router>(engine_->routes());
}

}  // namespace lockhub::test
