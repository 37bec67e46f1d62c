// lockhub-load: the load generator by hand. Posts one small body again and again.
#include <fmt/format.h>

#include <charconv>
#include <cstdio>
#include <exception>
#include <string_view>

#include "tests/bench/load.hpp"

namespace {

template <class Number>
bool parse(std::string_view text, Number& into) {
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), into);
    return ec == std::errc() && end == text.data() + text.size();
}

constexpr std::string_view sample =
    R"({"event":"batteryAlarm","time":1400000000000,"uuid":"2f0a6c0d83a8f1e5b6f2f4a2b5f4f1aa",)"
    R"("home_id":"fe5f5aa77b7bf8b2","room_id":"fe5f5aa77b7bf8b2","nickname":"lock 1","detail":{"battery":20},)"
    R"("sign":"0123456789abcdef0123456789abcdef"})";

}  // namespace

int main(int count, char** arguments) {
    using namespace lockhub;
    bench::load_options options;
    if (count != 5 || !parse(arguments[1], options.port) || !parse(arguments[3], options.connections) ||
        !parse(arguments[4], options.requests)) {
        fmt::print(stderr, "usage: lockhub-load PORT PATH CONNECTIONS REQUESTS\n");
        return 2;
    }
    options.target = arguments[2];
    options.longest = std::chrono::minutes(1);
    try {
        const auto result = bench::run_load(options, bench::constant_body(std::string(sample)));
        fmt::print("{}\n", bench::describe(result));
        return result.refused + result.broken == 0 ? 0 : 1;
    } catch (const std::exception& failure) {
        fmt::print(stderr, "lockhub-load: {}\n", failure.what());
        return 1;
    }
}
