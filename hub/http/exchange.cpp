#include "hub/http/exchange.hpp"

#include <array>
#include <exception>

#include "hub/http/client_address.hpp"
#include "hub/observe/log.hpp"
#include "schemas/core/limits.hpp"
#include "schemas/wire/digest.hpp"

namespace lockhub::hub {
namespace {

bool promises_body(std::string_view method) {
    return method == "POST" || method == "PUT" || method == "PATCH";
}

// "/path?query" of "http://host/path?query": the form that goes to a proxy, which servers must take as well.
std::string_view origin_form(std::string_view target) {
    const auto scheme = target.find("://");
    if (target.starts_with('/') || scheme == std::string_view::npos) return target;
    const auto path = target.find_first_of("/?", scheme + 3);
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
}

}  // namespace

exchange::exchange(session_environment& shared, std::optional<wire::ip_address> peer)
    : shared_(shared),
      peer_(peer),
      peer_text_(peer ? peer->text() : "unix"),
      behind_proxy_(peer && shared.trusted_proxies.contains(*peer)) {}

void exchange::begin() {
    reader_.begin();
    routes_.reset();
    route_ = nullptr;
    response_.reset();
    if (bytes_.capacity() > limits::kept_buffer_bytes) bytes_ = {};
    if (response_.body.capacity() > limits::kept_buffer_bytes) response_.body = {};
    head_ = false;
    keep_alive_ = false;
}

exchange::step exchange::next() {
    const bool in_body = routes_ != nullptr;
    switch (reader_.advance()) {
        case request_reader::progress::need_more:
            if (in_body) return step::read_body;
            return reader_.started() ? step::read_header : step::read_idle;
        case request_reader::progress::header_complete:
            return header_complete();
        case request_reader::progress::complete:
            return route_ != nullptr ? fill_request() : step::answer;
        case request_reader::progress::refused:
            break;
    }
    refuse_and_close(reader_.refusal().status, reader_.refusal().message);
    return step::answer;
}

exchange::step exchange::header_complete() {
    const auto& in = reader_.request();
    routes_ = shared_.routes;
    keep_alive_ = in.keep_alive;
    head_ = in.method == "HEAD";

    const std::string_view target = origin_form(in.target);
    const auto question_mark = target.find('?');
    request_.method = head_ ? "GET" : std::string_view(in.method);
    request_.target = target;
    request_.path = target.substr(0, question_mark);
    request_.query = question_mark == std::string_view::npos ? std::string_view() : target.substr(question_mark + 1);

    const bool expects = in.http_1_1 && !in.expect.empty();
    if (expects && !wire::equal_ignoring_case(in.expect, "100-continue")) {
        refuse_and_close(417, "of Expect only 100-continue is understood");
        return step::answer;
    }
    const auto match = routes_->find(in.method, request_.path);
    if (std::holds_alternative<router::no_such_path>(match)) {
        refuse(404, "there is nothing at this path");
        return refuse_after_body();
    }
    if (const auto* refused = std::get_if<router::method_not_allowed>(&match)) {
        refuse(405, "this path does not take that method");
        response_.allow = refused->at->allow;
        if (!refused->at->not_allowed_body.empty()) response_.body = refused->at->not_allowed_body;
        return refuse_after_body();
    }
    const route* found = std::get<const route*>(match);
    if (found->needs_length && promises_body(in.method) && !in.content_length && !in.chunked) {
        refuse_and_close(411, "the body needs a Content-Length or chunks");
        return step::answer;
    }
    route_ = found;
    reader_.accept_body(found->body_limit);
    const bool waits_for_us = expects && !reader_.has_unread() && (in.chunked || in.content_length.value_or(0) > 0) &&
                              in.content_length.value_or(0) <= found->body_limit;
    return waits_for_us ? step::send_continue : next();
}

// A refused request whose body is small keeps its connection: the body is read and forgotten first.
exchange::step exchange::refuse_after_body() {
    const auto& in = reader_.request();
    const bool small = !in.chunked && in.content_length.value_or(0) <= limits::discarded_body_bytes;
    if (!small || !in.expect.empty()) {
        keep_alive_ = false;
        return step::answer;
    }
    reader_.discard_body(limits::discarded_body_bytes);
    return next();
}

void exchange::refuse(int status, std::string_view message) {
    ++shared_.statistics.bad_requests;
    route_ = nullptr;
    set_error(response_, status, message);
}

void exchange::refuse_and_close(int status, std::string_view message) {
    refuse(status, message);
    keep_alive_ = false;
}

exchange::step exchange::time_out() {
    ++shared_.statistics.timeouts;
    refuse_and_close(408, routes_ ? "the body took too long" : "the header took too long");
    return step::answer;
}

exchange::step exchange::fill_request() {
    const auto& in = reader_.request();
    request_.content_type = in.content_type;
    request_.authorization = in.authorization;
    request_.body = in.body;
    request_.client_address = peer_text_;
    if (behind_proxy_ && !in.forwarded_for.empty()) {
        forwarded_text_ = client_behind(*peer_, in.forwarded_for, shared_.trusted_proxies).text();
        request_.client_address = forwarded_text_;
    }
    request_.received_at = shared_.time.now();
    ++shared_.statistics.requests;
    return step::handle;
}

void exchange::handler_failed(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& failure) {
        log::error("http.handler_failed", failure.what(), {{"method", request_.method}});
    } catch (...) {
        log::error("http.handler_failed", "an exception of unknown type", {{"method", request_.method}});
    }
    set_error(response_, 500, "the hub failed on this request");
}

std::string_view exchange::write() {
    keep_alive_ = keep_alive_ && !shared_.stopping;
    bytes_.clear();
    write_response(bytes_, response_,
                   {.keep_alive = keep_alive_, .http_1_1 = reader_.request().http_1_1, .head = head_},
                   shared_.date.at(shared_.time.now()));
    return bytes_;
}

}  // namespace lockhub::hub
