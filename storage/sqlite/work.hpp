#pragma once
// A unit made of its input, the function that applies it, and the completion that waits for its outcome.
#include <concepts>
#include <optional>
#include <string>

#include "storage/sqlite/unit.hpp"
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

template <class Input>
std::size_t bytes_kept(const Input&) {
    return sizeof(Input);
}
inline std::size_t bytes_kept(const push_record& record) {
    const auto* events = std::get_if<std::vector<lock_event>>(&record.push.content);
    return sizeof(record) + record.body.size() + (events ? events->size() * sizeof(lock_event) : 0);
}
inline std::size_t bytes_kept(const action_request& request) {
    return sizeof(request) + request.biometric.reveal().size();
}
inline std::size_t bytes_kept(const std::vector<delivery_settlement>& settlements) {
    std::size_t total = 0;
    for (const auto& s : settlements) total += sizeof(s) + s.message.size() + s.response.size();
    return total;
}
inline std::size_t bytes_kept(const lock_report& report) {
    return sizeof(report) + report.openings.size() * sizeof(reported_opening);
}
inline std::size_t bytes_kept(const polled_openings& read) {
    return sizeof(read) + read.openings.size() * sizeof(reported_opening);
}
inline std::size_t bytes_kept(const lock_gateways& known) {
    return sizeof(known) + known.devices.size() * sizeof(reported_device);
}
inline std::size_t bytes_kept(const inventory_report& report) {
    return sizeof(report) + report.credentials.size() * sizeof(reported_credential);
}
inline std::size_t bytes_kept(const places_change& change) {
    return sizeof(change) + change.places.size() * sizeof(remembered_place);
}
inline std::size_t bytes_kept(const directory_change& change) {
    return change.rows.size() * sizeof(directory_row);
}

template <class Input, class Output>
class work final : public unit {
  public:
    using function = result<Output> (*)(workspace&, const Input&);

    work(workspace& w, function apply, Input input, completion<Output> done)
        : w_(w), apply_(apply), input_(std::move(input)), done_(std::move(done)) {}

    std::size_t bytes() const override { return sizeof(*this) + bytes_kept(input_); }

    void apply() override {
        const auto written_before = w_.db.total_changes();
        outcome_ = apply_(w_, input_);
        // An error promises that nothing was stored.
        if (!outcome_->has_value() && w_.db.total_changes() != written_before) throw unit_refused(outcome_->error());
    }

    delivered_completion complete() override {
        return [done = std::move(done_), outcome = *std::move(outcome_)]() mutable { done(std::move(outcome)); };
    }
    delivered_completion refuse(error why) override {
        return [done = std::move(done_), why = std::move(why)]() mutable { done(std::unexpected(std::move(why))); };
    }

  private:
    workspace& w_;
    function apply_;
    Input input_;
    completion<Output> done_;
    std::optional<result<Output>> outcome_;
};

}  // namespace lockhub::storage::sqlite
