#pragma once
// What became of one call inside the simulated 丁盯 account.
#include "tests/simulators/dingding_answers.hpp"
#include "tests/simulators/dingding_cloud.hpp"

namespace lockhub::simulators {

struct dingding_cloud::outcome {
    std::int64_t number = 0;
    std::string body;
    std::vector<scheduled_push> pushes;
    bool reordered = false;

    static outcome refused(std::int64_t number) {
        return {.number = number, .body = refusal_json(number), .pushes = {}};
    }
    static outcome refused(std::int64_t number, std::string_view message) {
        return {.number = number, .body = refusal_json(number, message), .pushes = {}};
    }
};

}  // namespace lockhub::simulators
