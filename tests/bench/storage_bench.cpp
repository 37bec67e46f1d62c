// What the store alone does in a second: pushes in, deliveries out, through the inline store on a real file, and what
// the reads of the lockapi cost. Prints figures and asserts nothing. Arguments: folder (default: a temporary one),
// pushes (default 300000), locks (default 2000).
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "storage/sqlite/open.hpp"
#include "tests/bench/stopwatch.hpp"
#include "tests/bench/storage_reads.hpp"

namespace {

using namespace lockhub;
using lockhub::bench::stopwatch;
namespace fs = std::filesystem;

class wall_clock : public lockhub::clock {
  public:
    time_point now() const override { return std::chrono::time_point_cast<duration>(std::chrono::system_clock::now()); }
};

class counting_entropy : public entropy {
  public:
    void fill(std::span<std::byte> out) override {
        for (auto& b : out) b = static_cast<std::byte>(next_ = next_ * 6364136223846793005ULL + 1442695040888963407ULL);
    }

  private:
    std::uint64_t next_ = 1;
};

struct store_bench {
    explicit store_bench(const fs::path& folder) { open(folder); }

    void open(const fs::path& folder) {
        storage::sqlite_options options;
        options.path = folder / "bench.db";
        options.time = &clock;
        options.random = &random;
        options.seal_key = secret(std::string(32, 'k'));
        options.completions = [](storage::completion_batch batch) {
            for (auto& completion : batch) completion();
        };
        store = storage::open_inline_store(std::move(options));
    }

    void drain() {
        while (store->run_group()) {
        }
    }

    void prepare(int locks) {
        storage::directory_change change;
        std::vector<storage::pms_policy> policies;
        for (int i = 0; i < locks; ++i) {
            directory_row row;
            row.pms_id = fmt::format("pms-{}", i % 1000);
            row.hotel_no = "H1";
            row.hotel_name = "Hotel";
            row.room_type_code = "STD";
            row.room_type_name = "Standard";
            row.room_id = fmt::format("room-{}", i);
            row.room_no = row.room_id;
            row.cloud_account = "dd";
            row.lock_uuid = uuid(i);
            change.rows.push_back(std::move(row));
            if (i < 1000)
                policies.push_back({pms_id(fmt::format("pms-{}", i)), true, true,
                                    1U << static_cast<unsigned>(event_kind::battery_low)});
        }
        store->change_directory(std::move(change), [](auto) {});
        store->set_policies(std::move(policies), [](auto) {});
        drain();
    }

    static std::string uuid(int i) { return fmt::format("{:032x}", i); }

    storage::push_record push(int i, int locks, event_kind kind) {
        storage::push_record out;
        out.account = account_id("dd");
        out.push.name = "batteryAlarm";
        out.push.device_uuid = uuid(i % locks);
        lock_event event;
        event.kind = kind;
        event.vendor_name = "batteryAlarm";
        event.device_uuid = out.push.device_uuid;
        event.occurred_at = from_unix_ms(1'760'000'000'000 + i);
        event.battery_percent = i % 100;
        out.push.content = std::vector<lock_event>{std::move(event)};
        out.push.key.order = 1'760'000'000'000 + i;
        random.fill(out.push.key.hash);
        out.body = body;
        out.received_at = clock.now();
        return out;
    }

    static void print(const char* what, std::size_t group, double count, double wall, double cpu) {
        fmt::print("{:<30} groups of {:>3}: {:>8.0f} a second, {:>6.2f} us processor time each\n", what, group,
                   count / wall, cpu * 1e6 / count);
    }

    void pushes(int count, int locks, std::size_t group, event_kind kind, int offset, const char* what) {
        double wall = 0;
        double cpu = 0;
        int stored = 0;
        for (int i = 0; i < count;) {
            std::vector<storage::push_record> records;
            for (std::size_t n = 0; n < group && i < count; ++n, ++i) records.push_back(push(offset + i, locks, kind));
            const stopwatch watch;
            for (auto& record : records)
                store->record_push(std::move(record),
                                   [&](result<storage::push_outcome> r) { stored += r && !r->repeat ? 1 : 0; });
            drain();
            wall += watch.seconds();
            cpu += watch.cpu_seconds();
        }
        print(what, group, stored, wall, cpu);
    }

    // What waits is not read at a start: only the earliest of each PMS is looked up.
    void restart(const fs::path& folder) {
        store.reset();
        const stopwatch watch;
        open(folder);
        store->recover("bench-again", [](auto) {});
        drain();
        fmt::print("{:<30} {:.1f} ms\n", "open and recover", watch.seconds() * 1e3);
    }

    void deliveries() {
        constexpr std::size_t shares = 128;
        const stopwatch watch;
        std::size_t total = 0;
        std::size_t groups = 0;
        for (int empty_rounds = 0; empty_rounds < 8;) {
            storage::delivery_lease_request request{"bench", std::chrono::seconds(60), {}};
            for (std::size_t n = 0; n < shares; ++n)
                request.shares.push_back({pms_id(fmt::format("pms-{}", next_pms_++ % 1000)), 16});
            std::vector<storage::delivery_settlement> done;
            store->lease_deliveries(std::move(request), [&](auto leased) {
                for (const auto& d : *leased) {
                    storage::delivery_settlement s;
                    s.id = d.id;
                    s.lease_token = d.lease_token;
                    s.next = delivery_state::delivered;
                    s.http_status = 200;
                    s.response = "{\"code\":0,\"msg\":\"ok\"}";
                    done.push_back(std::move(s));
                }
            });
            drain();
            empty_rounds = done.empty() ? empty_rounds + 1 : 0;
            total += done.size();
            groups += done.empty() ? 0 : 1;
            store->settle_deliveries(std::move(done), [](auto) {});
            drain();
        }
        print("lease and settle", total / std::max<std::size_t>(groups, 1), static_cast<double>(total), watch.seconds(),
              watch.cpu_seconds());
    }

    wall_clock clock;
    counting_entropy random;
    std::unique_ptr<storage::inline_store> store;
    int next_pms_ = 0;
    const std::string body =
        R"({"event":"batteryAlarm","uuid":"0a1b2c3d4e5f60718293a4b5c6d7e8f9","time":1760000000123,)"
        R"("detail":{"battery_level":9},"center_uuid":null,"home_id":"6500aa11bb22cc33dd44ee55",)"
        R"("room_id":"6500aa11bb22cc33dd44ee66","nickname":"","manufactory":null,)"
        R"("sign":"75b01d5ffa05c7d7a183bc7d2c4c65c9"})";
};

}  // namespace

int main(int argc, char** argv) {
    const fs::path folder = argc > 1 ? fs::path(argv[1]) : fs::temp_directory_path() / "lockhub-storage-bench";
    const int count = argc > 2 ? std::atoi(argv[2]) : 300'000;
    const int locks = argc > 3 ? std::atoi(argv[3]) : 2'000;
    fs::remove_all(folder);
    {
        store_bench b(folder);
        b.prepare(locks);
        b.pushes(count, locks, 64, event_kind::other, 0, "pushes nobody subscribes to");
        b.pushes(count, locks, 256, event_kind::other, count, "pushes nobody subscribes to");
        b.pushes(count, locks, 64, event_kind::battery_low, 2 * count, "pushes with one callback");
        b.pushes(count, locks, 256, event_kind::battery_low, 3 * count, "pushes with one callback");
        b.pushes(count, locks, 256, event_kind::opened, 4 * count, "openings, with the lock log");
        b.restart(folder);
        b.deliveries();
        const auto s = b.store->statistics();
        fmt::print("{} units in {} commits\n", s.units, s.commits);
    }
    lockhub::bench::measure_reads(folder);
    fs::remove_all(folder);
    return 0;
}
