#pragma once
// Named settings of a simulator that the command line and POST /sim/knobs may turn while it runs. A board refers to the
// variables it was given, which must outlive it.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/core/time.hpp"
#include "tests/simulators/fault.hpp"

namespace lockhub::simulators {

class knob_board {
  public:
    void add(std::string name, std::string meaning, fault& variable);
    void add(std::string name, std::string meaning, duration& variable);  // in milliseconds
    void add(std::string name, std::string meaning, std::int64_t& variable);
    // Without choices any text is allowed.
    void add(std::string name, std::string meaning, std::string& variable, std::vector<std::string> choices = {});

    result<> set(std::string_view name, std::string_view value);
    result<> set_assignment(std::string_view assignment);  // "drop=0.1"
    // {"drop":"0.1","result_delay_ms":20}: numbers and texts alike. Stops at the first that cannot be set.
    result<> set_from_json(std::string_view object);

    std::string to_json() const;
    std::string help() const;  // a line a knob

  private:
    struct knob {
        std::string name;
        std::string meaning;
        std::function<result<>(std::string_view)> set;
        std::function<std::string()> get;
    };
    std::vector<knob> knobs_;
};

}  // namespace lockhub::simulators
