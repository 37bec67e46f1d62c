#include "tests/support/store_rig.hpp"

#include <sqlite3.h>

namespace lockhub::test {

namespace {

template <class T>
T must(result<T> r) {
    if (!r) throw std::runtime_error(r.error().message);
    return *std::move(r);
}

}  // namespace

secret store_key() {
    return secret(std::string(32, 'k'));
}

storage::sqlite_options store_rig::options() {
    storage::sqlite_options out;
    out.path = path();
    out.time = &clock;
    out.random = &entropy;
    out.seal_key = store_key();
    out.completions = [](storage::completion_batch batch) {
        for (auto& completion : batch) completion();
    };
    out.vfs = vfs_;
    return out;
}

void store_rig::open() {
    store_ = storage::open_inline_store(options());
    const auto append = [](std::vector<storage::due_hint>& to) {
        return [&to](const std::vector<storage::due_hint>& hints) { to.insert(to.end(), hints.begin(), hints.end()); };
    };
    storage::store_events events;
    events.deliveries_ready = append(delivery_hints);
    events.commands_ready = append(command_hints);
    events.inventories_ready = append(inventory_hints);
    events.actions_moved = [this](const std::vector<storage::action_news>& moved) {
        news.insert(news.end(), moved.begin(), moved.end());
    };
    events.poisoned = [this](const std::string& why) { poisonings.push_back(why); };
    store_->set_events(std::move(events));
}

std::unique_ptr<storage::reader> store_rig::reader(std::optional<secret> seal_key) const {
    return must(storage::open_reader(path(), clock, std::move(seal_key)));
}

void store_rig::import(std::vector<directory_row> rows) {
    must(call<storage::directory_changed>([&](auto done) {
        store_->change_directory({.rows = std::move(rows), .dry_run = false, .actor = "test"}, std::move(done));
    }));
}

void store_rig::allow(std::vector<storage::pms_policy> policies) {
    must(call<storage::nothing>([&](auto done) { store_->set_policies(std::move(policies), std::move(done)); }));
    while (store_->run_group()) {
    }
}

void store_rig::serve(std::vector<storage::account_policy> accounts) {
    must(call<storage::nothing>([&](auto done) { store_->set_accounts(std::move(accounts), std::move(done)); }));
}

void store_rig::bind(const std::string& room, storage::lock_service service, const std::string& account,
                     const std::string& lock_uuid) {
    storage::lock_binding binding;
    binding.pms = pms_id("demopms");
    binding.hotel = hotel_no("H1");
    binding.room = room_id(room);
    binding.service = service;
    binding.account = account_id(account);
    binding.lock_uuid = lock_uuid;
    binding.actor = "test";
    must(call<storage::directory_changed>([&](auto done) { store_->bind_lock(std::move(binding), std::move(done)); }));
}

storage::leased_command store_rig::lease_one(const std::string& account) {
    auto leased = lease_commands(account);
    if (leased.size() != 1) throw std::runtime_error("not one command is due");
    return std::move(leased.front());
}

std::uint64_t store_rig::expunge(time_point final_before) {
    return must(call<std::uint64_t>(
        [&](auto done) { store_->expunge({.final_before = final_before, .limit = 100}, std::move(done)); }));
}

storage::push_outcome store_rig::push(storage::push_record record) {
    if (record.received_at == time_point{}) record.received_at = clock.now();
    return must(
        call<storage::push_outcome>([&](auto done) { store_->record_push(std::move(record), std::move(done)); }));
}

void store_rig::report(storage::lock_report report) {
    must(call<storage::nothing>([&](auto done) { store_->report_lock(std::move(report), std::move(done)); }));
}

storage::action_opened store_rig::open_action(storage::action_request request) {
    return must(
        call<storage::action_opened>([&](auto done) { store_->open_action(std::move(request), std::move(done)); }));
}

std::vector<storage::leased_command> store_rig::lease_commands(const std::string& account, std::size_t limit,
                                                               const std::string& owner) {
    storage::command_lease_request request{owner, std::chrono::seconds(60), {{account_id(account), limit}}};
    return must(call<std::vector<storage::leased_command>>(
        [&](auto done) { store_->lease_commands(std::move(request), std::move(done)); }));
}

result<storage::command_settled> store_rig::settle(storage::command_settlement settlement) {
    return call<storage::command_settled>(
        [&](auto done) { store_->settle_command(std::move(settlement), std::move(done)); });
}

std::vector<storage::leased_delivery> store_rig::lease(const std::string& pms, std::size_t limit,
                                                       const std::string& owner) {
    storage::delivery_lease_request request{owner, std::chrono::seconds(60), {{pms_id(pms), limit}}};
    return must(call<std::vector<storage::leased_delivery>>(
        [&](auto done) { store_->lease_deliveries(std::move(request), std::move(done)); }));
}

bool store_rig::settle(storage::delivery_settlement settlement) {
    std::vector<storage::delivery_settlement> one;
    one.push_back(std::move(settlement));
    return must(call<std::vector<bool>>([&](auto done) { store_->settle_deliveries(std::move(one), std::move(done)); }))
        .front();
}

storage::operator_changed store_rig::change(storage::operator_change change) {
    return must(call<storage::operator_changed>(
        [&](auto done) { store_->change_deliveries(std::move(change), std::move(done)); }));
}

void store_rig::recover(const std::string& owner) {
    must(call<storage::nothing>([&](auto done) { store_->recover(owner, std::move(done)); }));
}

std::vector<std::string> store_rig::texts(const std::string& sql) const {
    sqlite3* handle = nullptr;
    sqlite3_open_v2(path().c_str(), &handle, SQLITE_OPEN_READWRITE, nullptr);
    sqlite3_busy_timeout(handle, 5000);
    std::vector<std::string> out;
    const auto add = [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] ? values[0] : "NULL");
        return 0;
    };
    char* why = nullptr;
    const int code = sqlite3_exec(handle, sql.c_str(), add, &out, &why);
    const std::string message = why ? why : "";
    sqlite3_free(why);
    sqlite3_close(handle);
    if (code != SQLITE_OK) throw std::runtime_error(message);
    return out;
}

std::string store_rig::text(const std::string& sql) const {
    const auto all = texts(sql);
    return all.empty() ? "nothing" : all.front();
}

std::int64_t store_rig::number(const std::string& sql) const {
    return std::stoll(text(sql));
}

directory_row room_row(std::string room, std::string lock_uuid, std::string pms, std::string hotel) {
    directory_row row;
    row.pms_id = std::move(pms);
    row.hotel_no = std::move(hotel);
    row.hotel_name = "Hotel";
    row.room_type_code = "STD";
    row.room_type_name = "Standard";
    row.room_id = std::move(room);
    row.room_no = "No" + row.room_id;
    row.floor_no = "1";
    if (!lock_uuid.empty()) {
        row.cloud_account = "dd";
        row.cloud_home_id = "home-" + row.hotel_no;
        row.cloud_room_id = "cloud-" + row.room_id;
    }
    row.lock_uuid = std::move(lock_uuid);
    return row;
}

storage::pms_policy policy(std::string pms, std::uint32_t event_mask) {
    return {.pms = pms_id(std::move(pms)), .enabled = true, .result_mask = ~0U, .event_mask = event_mask};
}

namespace {

storage::push_record push_of(std::int64_t order, std::string account) {
    storage::push_record out;
    out.account = account_id(std::move(account));
    out.push.key.order = order;
    out.push.key.hash.fill(static_cast<std::byte>(order));
    out.body = "{}";
    return out;
}

}  // namespace

storage::push_record event_push(lock_event e, std::int64_t order, std::string account) {
    auto out = push_of(order, std::move(account));
    out.push.name = e.vendor_name;
    out.push.device_uuid = e.device_uuid;
    out.push.content = std::vector<lock_event>{std::move(e)};
    return out;
}

storage::push_record result_push(command_result content, std::int64_t order, std::string account) {
    auto out = push_of(order, std::move(account));
    out.push.name = content.service;
    out.push.device_uuid = content.device_uuid;
    out.push.content = std::move(content);
    return out;
}

lock_event event(event_kind kind, std::string uuid, std::optional<time_point> at) {
    lock_event out;
    out.kind = kind;
    out.vendor_name = "vendorName";
    out.device_uuid = std::move(uuid);
    out.occurred_at = at;
    return out;
}

storage::action_request action(std::string room, std::uint8_t key) {
    storage::action_request out;
    out.pms = pms_id("demopms");
    out.hotel = hotel_no("H1");
    out.room = room_id(std::move(room));
    out.method = "enableGuestPwd";
    out.request_key.fill(static_cast<std::byte>(key));
    out.pin = secret("482915");
    out.operator_guid = "op-1";
    out.operator_name = "front desk";
    return out;
}

storage::action_request disabling(std::string room, std::uint8_t key) {
    auto out = action(std::move(room), key);
    out.method = "disableGuestPwd";
    out.verb = command_verb::remove_pin;
    out.pin = {};
    out.callback = std::nullopt;
    return out;
}

namespace {

storage::command_settlement settlement_of(const storage::leased_command& leased, command_state next) {
    storage::command_settlement out;
    out.id = leased.id;
    out.lease_token = leased.lease_token;
    out.next = next;
    return out;
}

}  // namespace

storage::command_settlement taken(const storage::leased_command& leased, std::string ref, time_point poll_at) {
    auto out = settlement_of(leased, command_state::awaiting);
    out.ref = std::move(ref);
    out.due_at = poll_at;
    return out;
}

storage::command_settlement done(const storage::leased_command& leased, std::string credential_ref) {
    auto out = settlement_of(leased, command_state::done);
    out.credential_ref = std::move(credential_ref);
    return out;
}

storage::command_settlement rejected(const storage::leased_command& leased, std::string message) {
    auto out = settlement_of(leased, command_state::rejected);
    out.final_code = -1;
    out.message = std::move(message);
    return out;
}

storage::delivery_settlement delivered(const storage::leased_delivery& leased) {
    storage::delivery_settlement out;
    out.id = leased.id;
    out.lease_token = leased.lease_token;
    out.next = delivery_state::delivered;
    out.http_status = 200;
    return out;
}

storage::delivery_settlement failed(const storage::leased_delivery& leased, time_point due_at, error_class why) {
    auto out = delivered(leased);
    out.next = delivery_state::ready;
    out.due_at = due_at;
    out.why = why;
    out.http_status = 0;
    out.message = "no answer within 10 s";
    return out;
}

}  // namespace lockhub::test
