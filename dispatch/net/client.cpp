#include "dispatch/net/client.hpp"

#include <fmt/format.h>

#include <boost/intrusive/list.hpp>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "dispatch/net/address_guard.hpp"
#include "dispatch/net/connection_pool.hpp"
#include "dispatch/net/deadline_sweep.hpp"
#include "dispatch/net/request_head.hpp"
#include "dispatch/net/url.hpp"

namespace lockhub::dispatch {

namespace {

namespace intrusive = boost::intrusive;

using call_hook =
    intrusive::list_base_hook<intrusive::tag<struct calls_tag>, intrusive::link_mode<intrusive::auto_unlink>>;

// A call under way, and what has to be cut short when it must end before its time.
class call final : public deadline_sweep::entry, public call_hook {
  public:
    void deadline_passed() override { end(error_class::timeout); }

    void end(error_class why) {
        if (ended_ != error_class::none) return;
        ended_ = why;
        if (line != nullptr) line->abort();
        if (lookup != nullptr) lookup->set();
    }

    bool ended() const { return ended_ != error_class::none; }

    transport_error ended_error(const target_url& url, std::string_view step, bool maybe_sent) const {
        const auto* reason = ended_ == error_class::timeout ? "no answer in time" : "the hub stopped";
        return {ended_, fmt::format("{}:{}: {} ({})", url.host, url.port, reason, step), maybe_sent};
    }

    connection* line = nullptr;
    wake_signal* lookup = nullptr;

  private:
    error_class ended_ = error_class::none;
};

// Aborts one connection when its own, shorter time is over.
class step_deadline final : public deadline_sweep::entry {
  public:
    step_deadline(deadline_sweep& sweep, connection& line, duration longest) : line_(line) {
        sweep.add(*this, longest);
    }

    void deadline_passed() override {
        passed_ = true;
        line_.abort();
    }
    bool passed() const { return passed_; }

  private:
    connection& line_;
    bool passed_ = false;
};

// Connections are shared only between calls that would have made them alike: one opened to a private address or
// without a verified certificate must not serve a call that allows neither.
std::string pool_key(const target_url& url, const transport_options& options) {
    return fmt::format("{}{}{}{}:{}", url.tls ? 's' : 'p', options.private_addresses ? 'P' : '-',
                       options.verify_tls ? 'V' : '-', url.host, url.port);
}

transport_error at(const target_url& url, error_class why, std::string_view message, bool maybe_sent) {
    return {why, fmt::format("{}:{}: {}", url.host, url.port, message), maybe_sent};
}

class http_client final : public client {
  public:
    http_client(asio::io_context& io, const clock& time, client_options options)
        : where_(io.get_executor()),
          time_(time),
          options_(std::move(options)),
          authorities_(load_tls_authorities(options_.ca_file)),
          lookup_(where_, options_.lookup),
          pool_({options_.idle_connections_per_host, options_.idle_connections, options_.idle_connection_lifetime}),
          sweep_(where_),
          goodbyes_(where_, options_.on_failure),
          last_call_ended_(where_),
          pool_age_(*this) {}

    ~http_client() override {
        if (calls_.empty()) return;
        fmt::print(stderr, "http_client: destroyed with calls under way\n");
        std::abort();
    }

    task<transport_result> send(wire::http_request request, transport_options options) override;
    task<void> stop() override;
    client_statistics statistics() const override {
        auto now = statistics_;
        now.idle = pool_.size();
        return now;
    }

  private:
    using opened = std::expected<std::unique_ptr<connection>, transport_error>;
    using addresses = std::vector<wire::ip_address>;

    // Closes kept connections nobody asked for.
    class pool_age final : public deadline_sweep::entry {
      public:
        explicit pool_age(http_client& owner) : owner_(owner) {}
        void deadline_passed() override { owner_.drop_outlived(); }

      private:
        http_client& owner_;
    };

    // Books a call in and out, however it ends.
    class booking {
      public:
        booking(http_client& owner, call& current) : owner_(owner), current_(current) {
            owner_.calls_.push_back(current_);
            ++owner_.statistics_.in_flight;
        }
        booking(const booking&) = delete;
        booking& operator=(const booking&) = delete;
        ~booking() {
            owner_.calls_.erase(owner_.calls_.iterator_to(current_));
            --owner_.statistics_.in_flight;
            if (owner_.stopped_ && owner_.calls_.empty()) owner_.last_call_ended_.set();
        }

      private:
        http_client& owner_;
        call& current_;
    };

    task<transport_result> exchange(const target_url& url, const std::string& head, const wire::http_request& request,
                                    transport_options options, call& current);
    task<opened> open(const target_url& url, transport_options options, call& current);
    task<std::expected<addresses, transport_error>> resolve(const target_url& url, call& current);
    void keep(const std::string& key, std::unique_ptr<connection> line);
    void retire_dropped();
    void retire(std::unique_ptr<connection> line);
    task<void> say_goodbye(std::unique_ptr<connection> line);
    void drop_outlived();

    executor where_;
    const clock& time_;
    client_options options_;
    std::shared_ptr<tls_authorities> authorities_;
    name_lookup lookup_;
    connection_pool pool_;
    deadline_sweep sweep_;
    task_group goodbyes_;
    wake_signal last_call_ended_;
    pool_age pool_age_;
    intrusive::list<call, intrusive::base_hook<call_hook>, intrusive::constant_time_size<false>> calls_;
    client_statistics statistics_;
    bool stopped_ = false;
};

task<transport_result> http_client::send(wire::http_request request, transport_options options) {
    ++statistics_.calls;
    const auto url = parse_url(request.url);
    if (!url) co_return std::unexpected(transport_error{error_class::bad_url, url.error().message, false});
    const auto head = make_request_head(request, *url, options_.user_agent);
    if (!head) co_return std::unexpected(at(*url, error_class::bad_url, head.error().message, false));
    if (stopped_) co_return std::unexpected(at(*url, error_class::interrupted, "the hub stops", false));

    call current;
    sweep_.add(current, options.timeout > duration::zero() ? options.timeout : options_.default_timeout);
    const booking booked(*this, current);
    co_return co_await exchange(*url, *head, request, options, current);
}

task<transport_result> http_client::exchange(const target_url& url, const std::string& head,
                                             const wire::http_request& request, transport_options options,
                                             call& current) {
    const auto key = pool_key(url, options);
    for (bool may_use_kept = true;; may_use_kept = false) {
        auto line = may_use_kept ? pool_.take(key, time_.now()) : nullptr;
        retire_dropped();
        const bool kept = line != nullptr;
        if (kept) {
            ++statistics_.connections_reused;
        } else {
            auto fresh = co_await open(url, options, current);
            if (!fresh) co_return std::unexpected(std::move(fresh.error()));
            line = std::move(*fresh);
        }
        current.line = line.get();
        auto outcome = co_await line->exchange(head, request.body, request.method != "HEAD");
        current.line = nullptr;
        if (outcome) {
            if (outcome->reusable && !stopped_) {
                keep(key, std::move(line));
            } else {
                retire(std::move(line));
            }
            co_return std::move(outcome->response);
        }
        const auto& failure = outcome.error();
        if (current.ended()) {
            const auto* step = failure.response_begun ? "within the answer" : "waiting for the answer";
            co_return std::unexpected(current.ended_error(url, step, failure.maybe_sent));
        }
        // Servers close kept connections whenever they like. A call of which nothing was sent, or that changes nothing,
        // deserves a fresh one.
        const bool harmless = !failure.maybe_sent || request.method == "GET";
        if (kept && harmless && !failure.response_begun && failure.why == error_class::connection_lost) continue;
        co_return std::unexpected(at(url, failure.why, failure.message, failure.maybe_sent));
    }
}

task<std::expected<http_client::addresses, transport_error>> http_client::resolve(const target_url& url,
                                                                                  call& current) {
    if (const auto literal = wire::ip_address::parse(url.host)) co_return addresses{*literal};
    wake_signal signal(where_);
    current.lookup = &signal;
    auto answer = co_await lookup_.find(url.host, signal);
    current.lookup = nullptr;
    if (!answer || current.ended()) {
        co_return std::unexpected(current.ended_error(url, "looking up the name", false));
    }
    if (!*answer) {
        co_return std::unexpected(
            at(url, error_class::dns, fmt::format("looking up the name: {}", answer->error().message), false));
    }
    co_return std::move(**answer);
}

task<http_client::opened> http_client::open(const target_url& url, transport_options options, call& current) {
    auto candidates = co_await resolve(url, current);
    if (!candidates) co_return std::unexpected(std::move(candidates.error()));

    auto last = at(url, error_class::dns, "the name has no address", false);
    std::size_t tried = 0;
    for (const auto& address : *candidates) {
        const auto kind = forbidden_kind(address, options.private_addresses);
        if (!kind.empty()) {
            if (tried == 0) {
                last =
                    at(url, error_class::address_forbidden,
                       fmt::format("{} is a {} address, which this target may not use", address.text(), kind), false);
            }
            continue;
        }
        if (++tried > limits::connect_candidates) break;
        auto line = url.tls ? make_tls_connection(where_, {authorities_, url.host, options.verify_tls})
                            : make_plain_connection(where_);
        step_deadline limit(sweep_, *line, options_.connect_timeout);
        current.line = line.get();
        auto failure = co_await line->open(address, url.port);
        current.line = nullptr;
        if (current.ended()) co_return std::unexpected(current.ended_error(url, "connecting", false));
        if (limit.passed()) {
            last = at(url, error_class::timeout, fmt::format("connecting to {} took too long", address.text()), false);
        } else if (failure) {
            last = at(url, failure->why, failure->message, false);
            if (failure->why == error_class::tls) break;
        } else {
            ++statistics_.connections_opened;
            co_return line;
        }
    }
    co_return std::unexpected(std::move(last));
}

void http_client::keep(const std::string& key, std::unique_ptr<connection> line) {
    pool_.put(key, std::move(line), time_.now());
    retire_dropped();
    if (!pool_age_.is_linked() && pool_.size() > 0) sweep_.add(pool_age_, options_.idle_connection_lifetime);
}

void http_client::drop_outlived() {
    pool_.drop_outlived(time_.now());
    retire_dropped();
    if (pool_.size() > 0) sweep_.add(pool_age_, options_.idle_connection_lifetime);
}

void http_client::retire_dropped() {
    for (auto& line : pool_.take_dropped()) retire(std::move(line));
}

void http_client::retire(std::unique_ptr<connection> line) {
    const bool worth_it = line->wants_goodbye() && !stopped_ && goodbyes_.running() < limits::idle_connections;
    if (worth_it) goodbyes_.spawn("TLS goodbye", say_goodbye(std::move(line)));
}

task<void> http_client::say_goodbye(std::unique_ptr<connection> line) {
    step_deadline limit(sweep_, *line, limits::tls_goodbye_timeout);
    co_await line->goodbye();
}

task<void> http_client::stop() {
    stopped_ = true;
    pool_.clear();
    if (pool_age_.is_linked()) pool_age_.unlink();
    for (auto it = calls_.begin(); it != calls_.end();) (it++)->end(error_class::interrupted);
    while (!calls_.empty()) {
        co_await last_call_ended_.wait();
    }
    co_await goodbyes_.join();
    sweep_.rest();
}

}  // namespace

std::unique_ptr<client> make_client(asio::io_context& io, const clock& time, client_options options) {
    return std::make_unique<http_client>(io, time, std::move(options));
}

}  // namespace lockhub::dispatch
