#include "tests/support/operator_service.hpp"

#include <boost/asio/post.hpp>
#include <future>

#include "hub/routes/operator_routes.hpp"
#include "hub/system/key_files.hpp"

namespace lockhub::test {

namespace asio = dispatch::asio;

namespace {

dispatch::task<void> stop_server(hub::server& server, std::shared_ptr<std::promise<void>> done) {
    co_await server.stop(duration::zero());
    done->set_value();
}

hub::service_report made_up_report() {
    hub::service_report report;
    report.version = "test";
    report.breakers = {{.target = "demopms", .state = "open", .until = from_unix_ms(4'000'000'000'000), .failures = 5}};
    return report;
}

}  // namespace

operator_service::operator_service() {
    folder_.write("lockhub.toml", "[storage]\npath = \"" + database().string() + "\"\n");
    start();
}

operator_service::~operator_service() {
    stop();
}

void operator_service::start() {
    io_ = std::make_unique<asio::io_context>(1);
    token_ = hub::load_or_make_operator_token(folder_ / "operator.token", entropy_).value();
    storage::sqlite_options options;
    options.path = database();
    options.time = &clock_;
    options.random = &entropy_;
    options.seal_key = hub::load_or_make_seal_key(folder_ / "lockhub.key", entropy_).value();
    options.completions = [io = io_.get()](storage::completion_batch batch) {
        asio::post(*io, [batch = std::move(batch)]() mutable {
            for (auto& done : batch) done();
        });
    };
    store_ = storage::open_threaded_store(std::move(options));
    tasks_ = std::make_unique<dispatch::task_group>(io_->get_executor(), [](const std::string&, const std::string&) {});
    hub::server_options listen;
    listen.host = "unix:" + (folder_ / "lockhub.sock").string();
    auto routes =
        hub::operator_routes({.store = store_.get(), .time = &clock_, .token = token_, .report = made_up_report});
    server_ = hub::start_server(*io_, clock_, listen, std::make_shared<const hub::router>(std::move(routes)));
    busy_.emplace(io_->get_executor());
    thread_ = std::thread([this] { io_->run(); });
}

void operator_service::stop() {
    if (!thread_.joinable()) return;
    const auto done = std::make_shared<std::promise<void>>();
    asio::post(*io_, [this, done] { tasks_->spawn("stop", stop_server(*server_, done)); });
    done->get_future().wait();
    store_->stop();
    busy_.reset();
    thread_.join();
    server_.reset();
    tasks_.reset();
    store_.reset();
    io_.reset();
}

hub::service_client operator_service::client(std::string_view token) const {
    return hub::service_client(folder_ / "lockhub.sock", secret(std::string(token)));
}

hub::service_client operator_service::client() const {
    return client(token_.reveal());
}

template <class T, class Submit>
result<T> operator_service::ask(Submit submit) {
    std::promise<result<T>> answered;
    auto answer = answered.get_future();
    submit(*store_, storage::completion<T>([&](result<T> outcome) { answered.set_value(std::move(outcome)); }));
    return answer.get();
}

void operator_service::import_room() {
    storage::directory_change change;
    change.rows = {{.pms_id = "demopms",
                    .hotel_no = "H1",
                    .hotel_name = "演示酒店",
                    .room_type_code = "T1",
                    .room_type_name = "大床",
                    .room_id = "R801",
                    .room_no = "801",
                    .floor_no = "8",
                    .cloud_account = "dd-main",
                    .lock_uuid = "lock1",
                    .cloud_home_id = "home1",
                    .cloud_room_id = "room1"}};
    change.actor = "test";
    ask<storage::directory_changed>([&](storage::store& store, auto done) {
        store.change_directory(std::move(change), std::move(done));
    }).value();
}

void operator_service::push_opening(std::int64_t at_ms) {
    storage::push_record record;
    record.account = account_id("dd-main");
    record.push.name = "lockerOpenAlarm";
    record.push.device_uuid = "lock1";
    record.push.content = std::vector<lock_event>{{.kind = event_kind::opened,
                                                   .vendor_name = "lockerOpenAlarm",
                                                   .device_uuid = "lock1",
                                                   .occurred_at = from_unix_ms(at_ms),
                                                   .battery_percent = {},
                                                   .source = 2,
                                                   .source_id = "1001",
                                                   .source_name = {},
                                                   .subdevices = {}}};
    record.push.key.order = at_ms;
    record.body = "{}";
    record.received_at = clock_.now();
    ask<storage::push_outcome>([&](storage::store& store, auto done) {
        store.record_push(std::move(record), std::move(done));
    }).value();
}

}  // namespace lockhub::test
