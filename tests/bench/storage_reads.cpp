#include "tests/bench/storage_reads.hpp"

#include <fmt/format.h>

#include <functional>
#include <stdexcept>

#include "storage/sqlite/open.hpp"
#include "tests/bench/stopwatch.hpp"

namespace lockhub::bench {

namespace {

constexpr int small = 100;
constexpr int large = 100'000;
constexpr int rooms_of_hotel = 100;
constexpr int openings_of_lock = 10;
constexpr int calls = 300;
constexpr std::int64_t first_opening_ms = 1'760'000'000'000;

class fixed_clock final : public lockhub::clock {
  public:
    time_point now() const override { return from_unix_ms(first_opening_ms); }
};

class counting_entropy final : public entropy {
  public:
    void fill(std::span<std::byte> out) override {
        for (auto& b : out) b = static_cast<std::byte>(++next_);
    }

  private:
    unsigned next_ = 0;
};

std::string uuid(int lock) {
    return fmt::format("{:032x}", lock);
}
hotel_no hotel(int number) {
    return hotel_no(fmt::format("H{}", number));
}

std::vector<directory_row> directory(int rooms) {
    std::vector<directory_row> out;
    for (int i = 0; i < rooms; ++i) {
        directory_row row;
        row.pms_id = "pms";
        row.hotel_no = hotel(i / rooms_of_hotel).value;
        row.hotel_name = "Hotel";
        row.room_type_code = i % 2 == 0 ? "STD" : "TWIN";
        row.room_type_name = "Room";
        row.room_id = fmt::format("room-{}", i);
        row.room_no = row.room_id;
        row.cloud_account = "dd";
        row.lock_uuid = uuid(i);
        out.push_back(std::move(row));
    }
    return out;
}

storage::lock_report report(int lock) {
    storage::lock_report out;
    out.account = account_id("dd");
    out.lock_uuid = uuid(lock);
    out.at = from_unix_ms(first_opening_ms);
    out.condition = {.online = true, .battery_percent = 60, .signal_percent = 70};
    for (int i = 0; i < openings_of_lock; ++i)
        out.openings.push_back({.occurred_at = from_unix_ms(first_opening_ms + i * 1000 + lock % 1000),
                                .source = 2,
                                .source_id = "1015",
                                .source_name = "guest"});
    return out;
}

void fill(const std::filesystem::path& file, int rooms) {
    const fixed_clock time;
    counting_entropy random;
    storage::sqlite_options options;
    options.path = file;
    options.time = &time;
    options.random = &random;
    options.seal_key = secret(std::string(32, 'k'));
    options.completions = [](storage::completion_batch batch) {
        for (auto& completion : batch) completion();
    };
    const auto store = storage::open_inline_store(std::move(options));
    const auto drain = [&] {
        while (store->run_group()) {
        }
    };
    store->change_directory({.rows = directory(rooms), .dry_run = false, .actor = "bench"}, [](auto) {});
    drain();
    for (int i = 0; i < rooms; ++i) {
        store->report_lock(report(i), [](auto) {});
        if (i % 500 == 499) drain();
    }
    drain();
    store->close();
}

template <class T>
void must(const result<T>& read, std::size_t wanted) {
    if (!read || read->size() != wanted) throw std::runtime_error("a read of the bench came back wrong");
}

struct read_figure {
    const char* what;
    std::function<void(storage::reader&, int hotel)> call;
};

std::vector<room_id> twenty_rooms(int of_hotel) {
    std::vector<room_id> out;
    for (int i = 0; i < 20; ++i) out.emplace_back(fmt::format("room-{}", of_hotel * rooms_of_hotel + i));
    return out;
}

std::vector<read_figure> figures() {
    const pms_id pms("pms");
    return {{"rooms of a hotel",
             [pms](storage::reader& r, int h) { must(r.lockapi_rooms(pms, hotel(h), {}, {}), rooms_of_hotel); }},
            {"locks of 20 rooms",
             [pms](storage::reader& r, int h) { must(r.locks_of_rooms(pms, hotel(h), twenty_rooms(h)), 20); }},
            {"log of 20 rooms, a page of 50", [pms](storage::reader& r, int h) {
                 const auto log = r.lock_log({.pms = pms,
                                              .hotel = hotel(h),
                                              .rooms = twenty_rooms(h),
                                              .from = from_unix_ms(first_opening_ms),
                                              .until = from_unix_ms(first_opening_ms + 86'400'000),
                                              .offset = 100,
                                              .count = 50});
                 if (!log || log->rows.size() != 50 || log->total != 20U * openings_of_lock)
                     throw std::runtime_error("the log of the bench came back wrong");
             }}};
}

// Microseconds of processor time a call, over hotels all through the directory.
double cost(storage::reader& reader, const read_figure& figure, int rooms) {
    const int hotels = rooms / rooms_of_hotel;
    figure.call(reader, 0);
    const stopwatch watch;
    for (int i = 0; i < calls; ++i) figure.call(reader, static_cast<int>(static_cast<long long>(i) * 7919 % hotels));
    return watch.cpu_seconds() * 1e6 / calls;
}

}  // namespace

void measure_reads(const std::filesystem::path& folder) {
    const fixed_clock time;
    const auto few = folder / "few.db";
    const auto many = folder / "many.db";
    fill(few, small);
    fill(many, large);
    auto in_few = storage::open_reader(few, time).value();
    auto in_many = storage::open_reader(many, time).value();
    for (const auto& figure : figures()) {
        const double before = cost(*in_few, figure, small);
        const double after = cost(*in_many, figure, large);
        fmt::print("{:<30} {:>6} rooms: {:>7.1f} us, {:>6} rooms: {:>7.1f} us processor time each, {:.2f} times\n",
                   figure.what, small, before, large, after, after / before);
    }
}

}  // namespace lockhub::bench
