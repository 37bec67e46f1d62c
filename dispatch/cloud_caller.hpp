#pragma once
// One conversation with a lock cloud: token, request, answer, and once more with a fresh token where the first was
// refused. Keeps the breaker of the account. io thread only.
#include <expected>
#include <functional>
#include <string>

#include "dispatch/call_turns.hpp"
#include "dispatch/core/breaker.hpp"
#include "dispatch/net/task.hpp"
#include "dispatch/net/transport.hpp"
#include "dispatch/token_keeper.hpp"
#include "schemas/core/clock.hpp"

namespace lockhub::dispatch {

struct call_counts {
    std::uint64_t calls = 0;
    std::uint64_t no_contact = 0;
};

// Why a conversation brought no answer.
struct call_failure {
    enum class kind {
        not_made,       // certainly nothing reached the cloud: no token, breaker open, no connection
        answer_lost,    // it may have
        cannot_encode,  // the cloud has no such call, or the command lacks what it needs
    };
    kind what = kind::not_made;
    error why;
    time_point not_before{};  // the breaker's, or epoch
};

template <class Reply>
using call_result = std::expected<Reply, call_failure>;

// The lock cloud has too much to do, and perhaps says when to come again.
struct busy_answer {
    std::optional<duration> come_again_after{};
};

// After a refused token, for the second call's turn. Commands hold a lease meanwhile.
inline constexpr duration longest_wait_for_second_call = std::chrono::seconds(30);

// What to say, and what the answer means. `encode` and `decode` are called once or twice, one after the other.
template <class Reply>
struct conversation {
    std::function<result<wire::http_request>(const access_token&, std::string_view nonce)> encode;
    std::function<Reply(const wire::http_response&)> decode;
    std::function<bool(const Reply&)> token_refused;
    std::function<std::optional<busy_answer>(const Reply&)> busy;
    std::function<void(const std::optional<busy_answer>&)> answered{};  // told of each answer
    std::function<void(bool)>
        under_way;  // true: from now on the request may reach the cloud; false: it was refused unread
};

class cloud_caller {
  public:
    // All references outlive it.
    cloud_caller(transport& network, const clock& time, entropy& random, token_keeper& tokens, duration timeout)
        : network_(network), time_(time), random_(random), tokens_(tokens), timeout_(timeout) {}

    // `protection`, `counts` and `turn` outlive the call. A second refusal of the token is the reply, and so is the
    // first where the second call got no turn.
    template <class Reply>
    task<call_result<Reply>> hold(command_account account, breaker& protection, call_counts& counts,
                                  call_turns::turn& turn, conversation<Reply> talk) const {
        for (int round = 1;; ++round) {
            auto request = co_await prepare(account, protection, talk.encode);
            if (!request) co_return std::unexpected(std::move(request.error()));
            if (talk.under_way) talk.under_way(true);
            auto answer = co_await exchange(account, protection, counts, std::move(request->message));
            if (!answer) co_return std::unexpected(std::move(answer.error()));
            Reply said = talk.decode(*answer);
            if (talk.answered) talk.answered(talk.busy(said));
            if (!talk.token_refused(said)) co_return said;
            if (talk.under_way) talk.under_way(false);
            tokens_.invalidate(account.cloud->account(), request->token);
            if (round == 2) co_return said;
            const bool may_call = co_await turn.again(time_.now() + longest_wait_for_second_call);
            if (!may_call) co_return said;
        }
    }

  private:
    struct prepared {
        wire::http_request message;
        access_token token;
    };
    using encoder = std::function<result<wire::http_request>(const access_token&, std::string_view nonce)>;

    task<call_result<prepared>> prepare(command_account account, const breaker& protection, encoder encode) const;
    task<call_result<wire::http_response>> exchange(const command_account& account, breaker& protection,
                                                    call_counts& counts, wire::http_request message) const;
    std::string fresh_nonce() const;

    transport& network_;
    const clock& time_;
    entropy& random_;
    token_keeper& tokens_;
    duration timeout_;
};

}  // namespace lockhub::dispatch
