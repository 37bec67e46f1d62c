#pragma once
// Why a delivery or an action waits, in words: what holds it, until when, what would release it. Pure.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/config/config.hpp"
#include "hub/observe/service_report.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "storage/reader.hpp"

namespace lockhub::hub {

// What is known beyond the rows. Without the service or the configuration the words say less.
struct surroundings {
    std::optional<service_report> service;  // nullopt: it does not run, or could not be asked
    std::optional<config> settings;
    std::vector<std::shared_ptr<const lock_cloud>> clouds;  // of the settings: they know what their codes mean
};

struct explanation {
    std::string english;              // one or two sentences
    std::string chinese;              // 一句话
    std::optional<time_point> until;  // when it goes on by itself
    std::string release;              // what an operator can do now; "" when there is nothing to do
};

explanation explain(const storage::delivery_detail& delivery, const surroundings& around, time_point now);
explanation explain(const storage::action_row& action, const surroundings& around, time_point now);

// What differs, what is done about it, and what an operator can do.
explanation explain(const storage::drift_row& row);

// What the lock cloud's refusal of an action means, and what can be done; empty where nobody published it, and where
// nothing was refused.
struct refusal_words {
    std::string english;
    std::string chinese;
};
refusal_words explain_refusal(const storage::action_row& action, const surroundings& around);

// For people: "2026-11-22 12:00:00 (in 3m 20s)", China time.
std::string time_in_words(time_point t, time_point now);

// What a class of error means, in one phrase of English and Chinese.
struct error_words {
    std::string_view english;
    std::string_view chinese;
};
error_words describe(error_class why);

}  // namespace lockhub::hub
