#pragma once
// A SQLite store in one thread on virtual time, with PMS systems, rooms and locks: what the dispatcher works on in a
// test. The file outlives a restart of the store.
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/sqlite/open.hpp"
#include "tests/support/seeded_entropy.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

namespace lockhub::test {

class stored_world {
  public:
    stored_world();
    ~stored_world();

    dispatch::asio::io_context io;
    virtual_time time{io};
    seeded_entropy random;

    storage::inline_store& store() { return *store_; }
    std::filesystem::path database() const { return folder_ / "hub.db"; }
    // Where hints go; may be set at any time.
    std::function<void(const std::vector<storage::due_hint>&)> deliveries_ready;
    std::function<void(const std::vector<storage::due_hint>&)> commands_ready;
    std::function<void(const std::vector<storage::due_hint>&)> inventories_ready;

    // Closes the file and opens it again, as after a restart of the hub.
    void reopen();

    // Rooms "r1" … of hotel "h1", each with the lock "<pms>-r1" … of `account`. Subscribed to every event.
    void add_pms(const std::string& pms, int rooms, const std::string& account = "plain");
    // Replaces what storage thinks of the PMS systems added so far.
    void set_enabled(const std::string& pms, bool enabled);

    // An opening of the room's door: one delivery to its PMS. Events of one room share a lane.
    void push_opening(const std::string& pms, int room);
    // An alarm: another lane.
    void push_tampering(const std::string& pms, int room);
    void push_result(const std::string& account, const std::string& ref, bool ok);
    // Opens an action that sets a PIN in the room; its actionId.
    std::string open_action(const std::string& pms, int room);

    // Runs one unit of storage work to its end and gives its value; a failed unit fails the test.
    template <class T, class Submit>
    T stored(Submit submit) {
        std::optional<result<T>> outcome;
        submit([&outcome](result<T> value) { outcome.emplace(std::move(value)); });
        time.run_until_idle();
        if (!outcome || !*outcome)
            throw std::runtime_error(outcome ? outcome->error().message : "the unit never ended");
        return std::move(**outcome);
    }

  private:
    void open();
    void push_event(const std::string& pms, int room, event_kind kind);
    void apply_policies();

    temporary_folder folder_;
    std::unique_ptr<storage::inline_store> store_;
    std::vector<storage::pms_policy> policies_;
    std::vector<directory_row> rooms_;
    std::uint64_t pushes_ = 0;
    std::uint64_t actions_ = 0;
};

}  // namespace lockhub::test
