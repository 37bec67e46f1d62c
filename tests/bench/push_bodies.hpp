#pragma once
// Signed 丁盯 pushes, all different: openings and low batteries in turn, from locks of the benchmark's directory.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lockhub::bench {

class push_bodies {
  public:
    static constexpr std::string_view event_url = "https://hub.example.com/in/dd/k7Qm2/event";
    static constexpr std::string_view result_url = "https://hub.example.com/in/dd/k7Qm2/result";
    static constexpr std::string_view event_path = "/in/dd/k7Qm2/event";

    explicit push_bodies(std::size_t locks);

    // Appends push `number`. Times begin now and grow, 50 pushes a millisecond, as those of a busy account do.
    void append(std::uint64_t number, std::string& out) const;

    static std::string lock_uuid(std::size_t lock);

  private:
    std::size_t locks_;
    std::int64_t first_ms_;
};

}  // namespace lockhub::bench
