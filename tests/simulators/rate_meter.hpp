#pragma once
// The rate rule of document 000, 四.4, as the receiving side sees it: the most calls in any second, and the most
// identical ones in any 30 seconds. Written apart from the hub's own window on purpose.
#include <cstddef>
#include <deque>
#include <map>
#include <string>

#include "schemas/core/time.hpp"

namespace lockhub::simulators {

class rate_meter {
  public:
    // Times must not go backwards.
    void count(const std::string& request, time_point at);

    std::size_t most_in_a_second() const { return most_in_a_second_; }
    std::size_t most_identical_in_30s() const { return most_identical_; }

  private:
    std::deque<time_point> last_second_;
    std::map<std::string, std::deque<time_point>> last_30s_;
    std::size_t most_in_a_second_ = 0;
    std::size_t most_identical_ = 0;
};

}  // namespace lockhub::simulators
