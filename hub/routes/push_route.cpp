#include "hub/routes/push_route.hpp"

#include "dispatch/net/await_store.hpp"

namespace lockhub::hub {
namespace {

constexpr unsigned store_retry_seconds = 5;

}  // namespace

std::string_view to_string(push_outcome_kind kind) {
    switch (kind) {
        case push_outcome_kind::stored:
            return "stored";
        case push_outcome_kind::repeated:
            return "repeated";
        case push_outcome_kind::unparsable:
            return "unparsable";
        case push_outcome_kind::unauthentic:
            return "unauthentic";
        case push_outcome_kind::forbidden_source:
            return "forbidden_source";
        case push_outcome_kind::not_stored:
            return "not_stored";
    }
    return "not_stored";
}

push_route::push_route(parts parts) : parts_(std::move(parts)) {}

bool push_route::source_allowed(std::string_view address) const {
    if (parts_.allow_from.empty()) {
        return true;
    }
    const auto parsed = wire::ip_address::parse(address);
    return parsed && parts_.allow_from.contains(*parsed);
}

void push_route::refuse(response& out, const error& why, push_outcome_kind outcome, int status) const {
    out.status = status;
    out.body = parts_.cloud->refuse(why);
    parts_.observe({parts_.cloud->account(), outcome, {}, {}, 0, why.message});
}

task<void> push_route::handle(const request& in, response& out) {
    if (!source_allowed(in.client_address)) {
        refuse(out, {errc::unauthentic, "this address may not push to this account"},
               push_outcome_kind::forbidden_source, 403);
        co_return;
    }
    auto parsed = parts_.cloud->parse_push({parts_.endpoint.registered_url, in.content_type, in.body});
    if (!parsed) {
        const bool unauthentic = parsed.error().code == errc::unauthentic;
        refuse(out, parsed.error(), unauthentic ? push_outcome_kind::unauthentic : push_outcome_kind::unparsable,
               unauthentic ? 401 : 400);
        co_return;
    }
    // The observer needs the names after the record has moved into the store.
    const std::string name = parsed->name;
    const std::string device = parsed->device_uuid;
    storage::push_record record{parts_.cloud->account(), std::move(*parsed), std::string(in.body), in.received_at};
    auto submit = [this, &record](storage::completion<storage::push_outcome> done) {
        parts_.store->record_push(std::move(record), std::move(done));
    };
    const auto stored = co_await dispatch::await_store<storage::push_outcome>(submit);
    if (!stored) {
        out.retry_after_seconds = store_retry_seconds;
        refuse(out, stored.error(), push_outcome_kind::not_stored, 503);
        co_return;
    }
    out.body = parts_.cloud->acknowledge(stored->stored_records);
    parts_.observe({parts_.cloud->account(),
                    stored->repeat ? push_outcome_kind::repeated : push_outcome_kind::stored,
                    name,
                    device,
                    stored->stored_records,
                    {}});
}

}  // namespace lockhub::hub
