#include "tests/support/stored_world.hpp"

#include <boost/asio/post.hpp>
#include <cstring>
#include <utility>

namespace lockhub::test {

using storage::nothing;

stored_world::stored_world() {
    time.when_idle([this] { return store_ && store_->run_group(); });
    open();
}

stored_world::~stored_world() {
    if (store_) store_->close();
}

void stored_world::open() {
    storage::sqlite_options options;
    options.path = database();
    options.time = &time;
    options.random = &random;
    options.seal_key = secret(std::string(32, 'k'));
    options.completions = [this](storage::completion_batch batch) {
        for (auto& done : batch) dispatch::asio::post(io, std::move(done));
    };
    store_ = storage::open_inline_store(std::move(options));
    storage::store_events events;
    events.deliveries_ready = [this](const auto& hints) {
        if (deliveries_ready) deliveries_ready(hints);
    };
    events.commands_ready = [this](const auto& hints) {
        if (commands_ready) commands_ready(hints);
    };
    events.inventories_ready = [this](const auto& hints) {
        if (inventories_ready) inventories_ready(hints);
    };
    store_->set_events(std::move(events));
}

void stored_world::reopen() {
    time.run_until_idle();
    store_->close();
    time.run_until_idle();
    store_.reset();
    open();
    apply_policies();
}

void stored_world::add_pms(const std::string& pms, int rooms, const std::string& account) {
    for (int room = 1; room <= rooms; ++room) {
        directory_row row;
        row.pms_id = pms;
        row.hotel_no = "h1";
        row.hotel_name = "Hotel";
        row.room_type_code = "t1";
        row.room_type_name = "Type";
        row.room_id = "r" + std::to_string(room);
        row.room_no = std::to_string(room);
        row.cloud_account = account;
        row.lock_uuid = pms + "-" + row.room_id;
        rooms_.push_back(std::move(row));
    }
    storage::pms_policy policy;
    policy.pms = pms_id(pms);
    policy.event_mask = 0xffffffff;
    policy.result_mask = 0xffffffff;
    policies_.push_back(policy);
    stored<storage::directory_changed>(
        [&](auto done) { store_->change_directory({rooms_, false, "test"}, std::move(done)); });
    apply_policies();
}

void stored_world::set_enabled(const std::string& pms, bool enabled) {
    for (auto& policy : policies_) {
        if (policy.pms.value == pms) policy.enabled = enabled;
    }
    apply_policies();
}

void stored_world::apply_policies() {
    stored<nothing>([&](auto done) { store_->set_policies(policies_, std::move(done)); });
}

void stored_world::push_event(const std::string& pms, int room, event_kind kind) {
    lock_event event;
    event.kind = kind;
    event.vendor_name = "event";
    event.device_uuid = pms + "-r" + std::to_string(room);
    // No two alike: storage knows an opening that is told twice by its time.
    event.occurred_at = time.now() + duration(pushes_);
    storage::push_record record;
    record.account = account_id("plain");
    record.push.name = event.vendor_name;
    record.push.device_uuid = event.device_uuid;
    record.push.key.order = static_cast<std::int64_t>(++pushes_);
    record.push.content = std::vector<lock_event>{std::move(event)};
    record.received_at = time.now();
    stored<storage::push_outcome>([&](auto done) { store_->record_push(std::move(record), std::move(done)); });
}

void stored_world::push_opening(const std::string& pms, int room) {
    push_event(pms, room, event_kind::opened);
}

void stored_world::push_tampering(const std::string& pms, int room) {
    push_event(pms, room, event_kind::tampered);
}

void stored_world::push_result(const std::string& account, const std::string& ref, bool ok) {
    command_result content;
    content.service = "Set";
    content.ref = ref;
    content.ok = ok;
    storage::push_record record;
    record.account = account_id(account);
    record.push.name = content.service;
    record.push.key.order = static_cast<std::int64_t>(++pushes_);
    record.push.content = std::move(content);
    record.received_at = time.now();
    stored<storage::push_outcome>([&](auto done) { store_->record_push(std::move(record), std::move(done)); });
}

std::string stored_world::open_action(const std::string& pms, int room) {
    storage::action_request request;
    request.pms = pms_id(pms);
    request.hotel = hotel_no("h1");
    request.room = room_id("r" + std::to_string(room));
    request.method = "enableGuestPwd";
    ++actions_;
    std::memcpy(request.request_key.data(), &actions_, sizeof(actions_));
    request.pin = secret("482913");
    request.operator_guid = "op";
    request.operator_name = "op";
    const auto opened =
        stored<storage::action_opened>([&](auto done) { store_->open_action(std::move(request), std::move(done)); });
    if (opened.what != storage::action_opened::kind::opened) throw std::runtime_error("the action was not opened");
    return opened.action.value;
}

}  // namespace lockhub::test
