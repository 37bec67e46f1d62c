#include "dispatch/net/name_lookup.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstring>
#include <unordered_map>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace {

struct flight {
    std::optional<lookup_result> answer;
    std::vector<wake_signal*> waiting;
};

std::optional<wire::ip_address> address_of(const sockaddr* any) {
    if (any->sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, any, sizeof v4);
        std::array<std::uint8_t, 4> bytes{};
        std::memcpy(bytes.data(), &v4.sin_addr, bytes.size());
        return wire::ip_address::from_v4(bytes);
    }
    if (any->sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, any, sizeof v6);
        std::array<std::uint8_t, 16> bytes{};
        std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
        return wire::ip_address::from_v6(bytes);
    }
    return std::nullopt;
}

}  // namespace

lookup_result system_lookup(const std::string& host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    const int code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (code != 0) return fail(errc::not_found, ::gai_strerror(code));
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, ::freeaddrinfo);
    std::vector<wire::ip_address> addresses;
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        if (auto address = address_of(one->ai_addr)) addresses.push_back(*address);
    }
    if (addresses.empty()) return fail(errc::not_found, "the name has no address");
    return addresses;
}

// Shared with answers on their way back to the io thread. Threads start with the first look-up: numeric targets need
// none.
struct name_lookup::shared {
    shared(executor e, lookup_function f) : where(e), lookup(std::move(f)) {}

    executor where;
    lookup_function lookup;
    std::unordered_map<std::string, std::shared_ptr<flight>> flights;
    std::optional<asio::thread_pool> threads;
};

name_lookup::name_lookup(executor where, lookup_function lookup)
    : shared_(std::make_shared<shared>(where, std::move(lookup))) {}

name_lookup::~name_lookup() {
    if (!shared_->threads) return;
    shared_->threads->stop();
    shared_->threads->join();
    shared_->threads.reset();
}

task<std::optional<lookup_result>> name_lookup::find(std::string host, wake_signal& signal) {
    auto& flights = shared_->flights;
    auto& slot = flights[host];
    if (!slot) {
        if (flights.size() > limits::lookups_waiting) {
            flights.erase(host);
            co_return fail(errc::unavailable, "too many name look-ups are waiting");
        }
        slot = std::make_shared<flight>();
        if (!shared_->threads) shared_->threads.emplace(limits::lookup_threads);
        asio::post(*shared_->threads, [state = std::weak_ptr(shared_), where = shared_->where,
                                       lookup = &shared_->lookup, flown = slot, host] {
            auto answer = (*lookup)(host);
            asio::post(where, [state, flown, host, answer = std::move(answer)]() mutable {
                flown->answer = std::move(answer);
                for (auto* waiting : flown->waiting) waiting->set();
                if (const auto alive = state.lock()) alive->flights.erase(host);
            });
        });
    }
    const auto mine = slot;
    mine->waiting.push_back(&signal);
    co_await signal.wait();
    std::erase(mine->waiting, &signal);
    co_return mine->answer;
}

}  // namespace lockhub::dispatch
