#include "dispatch/cloud_caller.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace lockhub::dispatch {

namespace {

// While somebody else's probe is under way.
constexpr duration wait_for_probe = std::chrono::seconds(5);

call_failure not_made(error why, time_point not_before = {}) {
    return {call_failure::kind::not_made, std::move(why), not_before};
}

}  // namespace

task<call_result<cloud_caller::prepared>> cloud_caller::prepare(command_account account, const breaker& protection,
                                                                encoder encode) const {
    auto token = co_await tokens_.get(account);
    if (!token) co_return std::unexpected(not_made(std::move(token.error())));
    // Asked after the wait for the token: nothing suspends between here and the beginning of the call.
    const time_point now = time_.now();
    if (!protection.allows(now)) {
        const time_point again = std::max(protection.open_until(), now + wait_for_probe);
        co_return std::unexpected(not_made({errc::unavailable, "the lock cloud cannot be reached"}, again));
    }
    auto message = encode(*token, fresh_nonce());
    if (!message) {
        co_return std::unexpected(call_failure{call_failure::kind::cannot_encode, std::move(message.error()), {}});
    }
    co_return prepared{std::move(*message), std::move(*token)};
}

task<call_result<wire::http_response>> cloud_caller::exchange(const command_account& account, breaker& protection,
                                                              call_counts& counts, wire::http_request message) const {
    protection.begin(time_.now());
    ++counts.calls;
    const transport_options how{.timeout = timeout_, .private_addresses = account.private_addresses};
    transport_result answer = std::unexpected(transport_error{error_class::interrupted, "the transport failed", true});
    try {
        answer = co_await network_.send(std::move(message), how);
    } catch (const std::exception& failure) {
        answer = std::unexpected(transport_error{error_class::interrupted, failure.what(), true});
    }
    if (answer) {
        protection.contact();
        co_return std::move(*answer);
    }
    const transport_error& why = answer.error();
    if (means_no_contact(why.why)) {
        ++counts.no_contact;
        protection.no_contact(time_.now());
    } else if (why.why == error_class::interrupted) {
        protection.abandoned(time_.now());
    } else {
        protection.contact();
    }
    const auto what = why.maybe_sent ? call_failure::kind::answer_lost : call_failure::kind::not_made;
    const errc code = why.why == error_class::timeout ? errc::timeout : errc::unavailable;
    co_return std::unexpected(call_failure{what, {code, why.message}, {}});
}

std::string cloud_caller::fresh_nonce() const {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    std::array<std::byte, 16> bytes{};
    random_.fill(bytes);
    std::string out;
    for (const auto byte : bytes) out += alphabet[std::to_integer<unsigned>(byte) % alphabet.size()];
    return out;
}

}  // namespace lockhub::dispatch
