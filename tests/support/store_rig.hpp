#pragma once
// An inline store on a real file, with time that a test moves and random bytes from a seed. Calls run their group at
// once and hand back the outcome.
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "storage/sqlite/open.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"

namespace lockhub::test {

secret store_key();  // what a rig's database is sealed with

class store_rig {
  public:
    explicit store_rig(std::string vfs = {}) : vfs_(std::move(vfs)) { open(); }

    void open();
    void close() { store_.reset(); }
    void reopen() {
        close();
        open();
    }

    storage::inline_store& store() { return *store_; }
    // With the seal key it shows PINs.
    std::unique_ptr<storage::reader> reader(std::optional<secret> seal_key = std::nullopt) const;
    std::filesystem::path path() const { return folder_.path() / "lockhub.db"; }
    storage::sqlite_options options();

    // Submits and runs groups until the completion came.
    template <class T, class Submit>
    result<T> call(Submit submit) {
        std::optional<result<T>> outcome;
        submit(storage::completion<T>([&](result<T> r) { outcome = std::move(r); }));
        for (int i = 0; i < 1'000'000 && !outcome && store_->run_group(); ++i) {
        }
        if (!outcome) throw std::runtime_error("the completion did not come");
        return *std::move(outcome);
    }

    // --- the calls tests make most; those without `result` throw when the store refuses
    void import(std::vector<directory_row> rows);
    void allow(std::vector<storage::pms_policy> policies);
    void serve(std::vector<storage::account_policy> accounts);
    void bind(const std::string& room, storage::lock_service service, const std::string& account,
              const std::string& lock_uuid);  // a room of demopms, H1
    storage::push_outcome push(storage::push_record record);
    void report(storage::lock_report report);
    storage::action_opened open_action(storage::action_request request);
    std::vector<storage::leased_command> lease_commands(const std::string& account, std::size_t limit = 16,
                                                        const std::string& owner = "hub-1");
    result<storage::command_settled> settle(storage::command_settlement settlement);
    std::vector<storage::leased_delivery> lease(const std::string& pms, std::size_t limit = 16,
                                                const std::string& owner = "hub-1");
    bool settle(storage::delivery_settlement settlement);
    storage::operator_changed change(storage::operator_change change);
    void recover(const std::string& owner);
    // The one command of the account that is due; throws when there is none, or more than one.
    storage::leased_command lease_one(const std::string& account = "dd");
    std::uint64_t expunge(time_point final_before);

    std::int64_t number(
        const std::string& sql) const;  // the first value of the first row, over a connection of its own
    std::string text(const std::string& sql) const;
    std::vector<std::string> texts(const std::string& sql) const;

    manual_clock clock;
    seeded_entropy entropy;
    std::vector<storage::due_hint> delivery_hints;  // all told since the last clear()
    std::vector<storage::due_hint> command_hints;
    std::vector<storage::due_hint> inventory_hints;
    std::vector<storage::action_news> news;
    std::vector<std::string> poisonings;

  private:
    temporary_folder folder_;
    std::string vfs_;
    std::unique_ptr<storage::inline_store> store_;
};

// --- values with what tests do not care about filled in
directory_row room_row(std::string room, std::string lock_uuid, std::string pms = "demopms", std::string hotel = "H1");
storage::pms_policy policy(std::string pms = "demopms", std::uint32_t event_mask = 0xffff);
storage::push_record event_push(lock_event event, std::int64_t order, std::string account = "dd");
storage::push_record result_push(command_result content, std::int64_t order, std::string account = "dd");
lock_event event(event_kind kind, std::string uuid, std::optional<time_point> at = std::nullopt);
storage::action_request action(std::string room, std::uint8_t key = 1);  // enableGuestPwd
storage::action_request disabling(std::string room, std::uint8_t key = 100);
// What follows a lease: awaiting with a reference, or done.
storage::command_settlement taken(const storage::leased_command& leased, std::string ref, time_point poll_at);
storage::command_settlement done(const storage::leased_command& leased, std::string credential_ref = {});
storage::command_settlement rejected(const storage::leased_command& leased, std::string message);
storage::delivery_settlement delivered(const storage::leased_delivery& leased);
storage::delivery_settlement failed(const storage::leased_delivery& leased, time_point due_at,
                                    error_class why = error_class::timeout);

}  // namespace lockhub::test
