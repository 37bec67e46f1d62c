#include "storage/sqlite/action_units.hpp"
#include "storage/sqlite/audit_units.hpp"
#include "storage/sqlite/command_units.hpp"
#include "storage/sqlite/delivery_units.hpp"
#include "storage/sqlite/directory_units.hpp"
#include "storage/sqlite/lock_poll_units.hpp"
#include "storage/sqlite/lock_units.hpp"
#include "storage/sqlite/open.hpp"
#include "storage/sqlite/operator_units.hpp"
#include "storage/sqlite/pin_units.hpp"
#include "storage/sqlite/place_units.hpp"
#include "storage/sqlite/push_units.hpp"
#include "storage/sqlite/reconciliation_units.hpp"
#include "storage/sqlite/store_core.hpp"
#include "storage/sqlite/writer.hpp"

namespace lockhub::storage {

namespace {

using namespace sqlite;  // the units' functions carry the names of the calls

result<nothing> do_nothing(workspace&, const nothing&) {
    return nothing{};
}

// Every call as a unit, for either face of the store.
template <class Face>
class sqlite_store : public Face {
  public:
    explicit sqlite_store(sqlite_options options) : core_(std::move(options)) {}

    void set_events(store_events events) override { core_.set_events(std::move(events)); }
    void set_policies(std::vector<pms_policy> policies, completion<nothing> done) override {
        core_.submit(&sqlite::set_policies, std::move(policies), std::move(done));
        core_.submit(make_policy_release(core_.space()));
    }
    void set_accounts(std::vector<account_policy> accounts, completion<nothing> done) override {
        core_.submit(&sqlite::set_accounts, std::move(accounts), std::move(done));
    }
    void record_push(push_record record, completion<push_outcome> done) override {
        core_.submit(&sqlite::record_push, std::move(record), std::move(done));
    }
    void open_action(action_request request, completion<action_opened> done) override {
        core_.submit(&sqlite::open_action, std::move(request), std::move(done));
    }
    void record_answered_action(answered_action action, completion<action_id> done) override {
        core_.submit(&sqlite::record_answered_action, std::move(action), std::move(done));
    }
    void reveal_pin(pin_question question, completion<pin_known> done) override {
        core_.submit(&sqlite::reveal_pin, std::move(question), std::move(done));
    }
    void report_lock(lock_report report, completion<nothing> done) override {
        core_.submit(&sqlite::report_lock, std::move(report), std::move(done));
    }
    void note_gateways(lock_gateways known, completion<nothing> done) override {
        core_.submit(&sqlite::note_gateways, std::move(known), std::move(done));
    }
    void list_polled_locks(account_id account, completion<std::vector<polled_lock>> done) override {
        core_.submit(&sqlite::list_polled_locks, std::move(account), std::move(done));
    }
    void record_openings(polled_openings read, completion<openings_recorded> done) override {
        core_.submit(&sqlite::record_openings, std::move(read), std::move(done));
    }
    void lease_commands(command_lease_request request, completion<std::vector<leased_command>> done) override {
        core_.submit(&sqlite::lease_commands, std::move(request), std::move(done));
    }
    void settle_command(command_settlement settlement, completion<command_settled> done) override {
        core_.submit(&sqlite::settle_command, std::move(settlement), std::move(done));
    }
    void lease_deliveries(delivery_lease_request request, completion<std::vector<leased_delivery>> done) override {
        core_.submit(&sqlite::lease_deliveries, std::move(request), std::move(done));
    }
    void settle_deliveries(std::vector<delivery_settlement> settlements, completion<std::vector<bool>> done) override {
        core_.submit(&sqlite::settle_deliveries, std::move(settlements), std::move(done));
    }
    void lease_inventories(inventory_lease_request request, completion<inventories_leased> done) override {
        core_.submit(&sqlite::lease_inventories, std::move(request), std::move(done));
    }
    void wish_inventories(inventory_wish wish, completion<std::vector<leased_inventory>> done) override {
        core_.submit(&sqlite::wish_inventories, std::move(wish), std::move(done));
    }
    void apply_inventory(inventory_report report, completion<inventory_applied> done) override {
        core_.submit(&sqlite::apply_inventory, std::move(report), std::move(done));
    }
    void fail_inventory(inventory_failure failure, completion<nothing> done) override {
        core_.submit(&sqlite::fail_inventory, std::move(failure), std::move(done));
    }
    void change_difference(drift_change change, completion<nothing> done) override {
        core_.submit(&sqlite::change_difference, std::move(change), std::move(done));
    }
    void recover(std::string owner, completion<nothing> done) override {
        core_.submit(&sqlite::recover, std::move(owner), std::move(done));
    }
    void recent_sends(time_point since, completion<std::vector<recent_send>> done) override {
        core_.submit(&sqlite::recent_sends, since, std::move(done));
    }
    void save_token(account_id account, access_token token, completion<nothing> done) override {
        core_.submit(&sqlite::save_token, token_to_save{std::move(account), std::move(token)}, std::move(done));
    }
    void load_tokens(completion<std::vector<std::pair<account_id, access_token>>> done) override {
        core_.submit(&sqlite::load_tokens, nothing{}, std::move(done));
    }
    void change_deliveries(operator_change change, completion<operator_changed> done) override {
        core_.submit(make_delivery_change(core_.space(), std::move(change), std::move(done)));
    }
    void decide_action(action_verdict verdict, completion<nothing> done) override {
        core_.submit(&sqlite::decide_action, std::move(verdict), std::move(done));
    }
    void change_directory(directory_change change, completion<directory_changed> done) override {
        core_.submit(&sqlite::change_directory, std::move(change), std::move(done));
    }
    void bind_lock(lock_binding binding, completion<directory_changed> done) override {
        core_.submit(&sqlite::bind_lock, std::move(binding), std::move(done));
    }
    void record_audit(audit_entry entry, completion<nothing> done) override {
        core_.submit(&sqlite::record_audit, std::move(entry), std::move(done));
    }
    void change_places(places_change change, completion<places_changed> done) override {
        core_.submit(&sqlite::change_places, std::move(change), std::move(done));
    }
    void expunge(expunge_request request, completion<std::uint64_t> done) override {
        core_.submit(&sqlite::expunge, request, std::move(done));
    }
    void round_trip(completion<nothing> done) override { core_.submit(&do_nothing, nothing{}, std::move(done)); }
    writer_statistics statistics() const override { return core_.statistics(); }

  protected:
    store_core core_;
};

class sqlite_inline_store final : public sqlite_store<inline_store> {
  public:
    using sqlite_store::sqlite_store;
    ~sqlite_inline_store() override { close_now(); }

    bool run_group() override { return core_.loop().run_group(); }
    void close() override { close_now(); }

  private:
    void close_now() {
        core_.loop().abandon();
        core_.close();
    }
};

class sqlite_threaded_store final : public sqlite_store<threaded_store> {
  public:
    explicit sqlite_threaded_store(sqlite_options options) : sqlite_store(std::move(options)), writer_(core_.loop()) {}
    ~sqlite_threaded_store() override { stop_now(); }

    void stop() override { stop_now(); }

  private:
    void stop_now() {
        writer_.stop();
        core_.close();
    }

    writer writer_;
};

}  // namespace

std::unique_ptr<inline_store> open_inline_store(sqlite_options options) {
    return std::make_unique<sqlite_inline_store>(std::move(options));
}

std::unique_ptr<threaded_store> open_threaded_store(sqlite_options options) {
    return std::make_unique<sqlite_threaded_store>(std::move(options));
}

}  // namespace lockhub::storage
