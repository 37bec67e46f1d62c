#include "hub/http/response_writer.hpp"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <iterator>

namespace lockhub::hub {

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 411:
            return "Length Required";
        case 413:
            return "Content Too Large";
        case 414:
            return "URI Too Long";
        case 415:
            return "Unsupported Media Type";
        case 417:
            return "Expectation Failed";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 501:
            return "Not Implemented";
        case 502:
            return "Bad Gateway";
        case 503:
            return "Service Unavailable";
        case 504:
            return "Gateway Timeout";
        case 505:
            return "HTTP Version Not Supported";
        default:
            return "Unknown";
    }
}

std::string_view http_date::at(time_point now) {
    const auto second = std::chrono::floor<std::chrono::seconds>(now);
    if (second.time_since_epoch().count() == second_) return text_;
    second_ = second.time_since_epoch().count();

    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock_time(second - day);
    text_ = fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[std::chrono::weekday(day).c_encoding()],
                        static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                        static_cast<int>(date.year()), clock_time.hours().count(), clock_time.minutes().count(),
                        clock_time.seconds().count());
    return text_;
}

void write_response(std::string& out, const response& what, response_framing framing, std::string_view date) {
    if (what.status == 200) {
        out += "HTTP/1.1 200 OK\r\n";
    } else {
        fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", what.status, reason_phrase(what.status));
    }
    out += "Date: ";
    out += date;
    const bool has_body = what.status != 204 && what.status != 304;
    if (has_body) {
        out += "\r\nContent-Type: ";
        out += what.content_type;
        const fmt::format_int length(what.body.size());
        out += "\r\nContent-Length: ";
        out.append(length.data(), length.size());
    }
    if (what.retry_after_seconds > 0) {
        const fmt::format_int seconds(what.retry_after_seconds);
        out += "\r\nRetry-After: ";
        out.append(seconds.data(), seconds.size());
    }
    if (!what.allow.empty()) {
        out += "\r\nAllow: ";
        out += what.allow;
    }
    if (!framing.keep_alive) {
        out += "\r\nConnection: close";
    } else if (!framing.http_1_1) {
        out += "\r\nConnection: keep-alive";
    }
    out += "\r\n\r\n";
    if (has_body && !framing.head) out += what.body;
}

void set_error(response& out, int status, std::string_view message) {
    out.reset();
    out.status = status;
    out.body += R"({"error":")";
    out.body += message;
    out.body += R"("})";
}

}  // namespace lockhub::hub
