#include "hub/cli/report_json.hpp"

#include <fmt/format.h>

#include "schemas/wire/json_value.hpp"

namespace lockhub::hub {

namespace {

std::uint64_t count_of(const wire::json_value* object, std::string_view name) {
    if (object == nullptr) return 0;
    const auto value = object->integer_of(name).value_or(0);
    return value < 0 ? 0 : static_cast<std::uint64_t>(value);
}

directory_report read_directory_report(const wire::json_value& item) {
    return {.pms = item.text_of("pms"),
            .ended_at = from_unix_ms(item.integer_of("ended_at_ms").value_or(0)),
            .succeeded = item.text_of("succeeded") == "true",
            .outcome = item.text_of("outcome"),
            .message = item.text_of("message"),
            .actor = item.text_of("actor"),
            .next_at = from_unix_ms(item.integer_of("next_at_ms").value_or(0))};
}

}  // namespace

std::optional<service_report> parse_report(std::string_view json) {
    const auto parsed = wire::json_value::parse(json);
    if (!parsed || parsed->find("breakers") == nullptr) return std::nullopt;
    service_report report;
    report.version = parsed->text_of("version");
    report.listen = parsed->text_of("listen");
    report.started_at = from_unix_ms(parsed->integer_of("started_at_ms").value_or(0));
    report.not_ready = parsed->text_of("not_ready");
    for (const auto& item : parsed->find("breakers")->items()) {
        breaker_report one;
        one.target = item.text_of("target");
        one.state = item.text_of("state");
        one.until = from_unix_ms(item.integer_of("until_ms").value_or(0));
        one.failures = static_cast<std::uint32_t>(count_of(&item, "failures"));
        report.breakers.push_back(std::move(one));
    }
    if (const auto* pauses = parsed->find("pauses")) {
        for (const auto& item : pauses->items())
            report.pauses.push_back({item.text_of("account"), from_unix_ms(item.integer_of("until_ms").value_or(0)),
                                     count_of(&item, "busy_answers")});
    }
    if (const auto* directories = parsed->find("directories")) {
        for (const auto& item : directories->items()) report.directories.push_back(read_directory_report(item));
    }
    report.deliveries_in_flight = count_of(&*parsed, "deliveries_in_flight");
    report.commands_in_flight = count_of(&*parsed, "commands_in_flight");
    const auto* writer = parsed->find("writer");
    report.writer.commits = count_of(writer, "commits");
    report.writer.units = count_of(writer, "units");
    report.writer.queued_units = count_of(writer, "queued_units");
    report.writer.last_commit = std::chrono::microseconds(count_of(writer, "last_commit_us"));
    report.writer.poisoned = writer != nullptr && writer->text_of("poisoned") == "true";
    const auto* connections = parsed->find("connections");
    report.connections.open = count_of(connections, "open");
    report.connections.accepted = count_of(connections, "accepted");
    report.connections.requests = count_of(connections, "requests");
    return report;
}

printed refused(const wire::http_response& answer) {
    const auto parsed = wire::json_value::parse(answer.body);
    auto sentence = parsed ? parsed->text_of("error") : std::string();
    if (sentence.empty()) sentence = fmt::format("the service answered with HTTP status {}", answer.status);
    sentence = without_controls(sentence);
    if (answer.status == 503) return failure(exit_code::unreachable, sentence);
    return failure(answer.status == 400 ? exit_code::bad_usage : exit_code::failed, sentence);
}

}  // namespace lockhub::hub
