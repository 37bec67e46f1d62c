#include "hub/config/checks.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>
#include <cstring>

namespace lockhub::hub {

namespace {

// An address as 16 bytes, IPv4 mapped into IPv6; nullopt when the text is none.
struct address_bytes {
    std::array<unsigned char, 16> bytes{};
    bool v4 = false;
};

std::optional<address_bytes> parse_address(std::string_view text) {
    const std::string terminated(text);
    address_bytes parsed;
    if (inet_pton(AF_INET, terminated.c_str(), parsed.bytes.data() + 12) == 1) {
        parsed.bytes[10] = parsed.bytes[11] = 0xff;
        parsed.v4 = true;
        return parsed;
    }
    if (inet_pton(AF_INET6, terminated.c_str(), parsed.bytes.data()) == 1) return parsed;
    return std::nullopt;
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) {
    Number number{};
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

std::optional<listen_address> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    const auto port = parse_number<std::uint16_t>(text.substr(colon + 1));
    const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
    if (bracketed) host = host.substr(1, host.size() - 2);
    const auto address = parse_address(host);
    if (!port || !address || address->v4 == bracketed) return std::nullopt;
    return listen_address{std::string(host), *port};
}

bool is_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    if (!address) return false;
    if (slash == std::string_view::npos) return true;
    const auto bits = parse_number<unsigned>(text.substr(slash + 1));
    return bits && *bits <= (address->v4 ? 32u : 128u);
}

result<url_parts> parse_http_url(std::string_view text) {
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) return fail(errc::invalid_input, "is no absolute URL (https://host/path)");
    const auto& url = *parsed;
    url_parts parts;
    parts.scheme = url.scheme() == "https" || url.scheme() == "HTTPS" ? "https" : "http";
    if (url.scheme_id() != boost::urls::scheme::http && url.scheme_id() != boost::urls::scheme::https)
        return fail(errc::invalid_input, "must begin with http:// or https://");
    if (url.encoded_host().empty()) return fail(errc::invalid_input, "names no host");
    if (url.has_userinfo()) return fail(errc::invalid_input, "must not carry a user name or password");
    if (url.has_fragment()) return fail(errc::invalid_input, "must not have a '#' part");
    if (url.has_port() && parse_number<std::uint16_t>(std::string_view(url.port())).value_or(0) == 0)
        return fail(errc::invalid_input, "has a port that is no number from 1 to 65535");
    parts.host = url.host_address();
    parts.path = url.encoded_path().empty() ? "/" : std::string(url.encoded_path());
    parts.has_query = url.has_query();
    return parts;
}

bool is_private_host(std::string_view host) {
    if (host == "localhost") return true;
    const auto parsed = parse_address(host);
    if (!parsed) return false;
    const auto& b = parsed->bytes;
    const bool mapped = parsed->v4 || (std::memcmp(b.data(), "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0);
    if (mapped) {
        return b[12] == 127 || b[12] == 10 || b[12] == 0 || (b[12] == 172 && (b[13] & 0xf0) == 16) ||
               (b[12] == 192 && b[13] == 168) || (b[12] == 169 && b[13] == 254) ||
               (b[12] == 100 && (b[13] & 0xc0) == 64);
    }
    const bool loopback = std::memcmp(b.data(), "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1", 16) == 0;
    return loopback || (b[0] & 0xfe) == 0xfc || (b[0] == 0xfe && (b[1] & 0xc0) == 0x80);
}

}  // namespace lockhub::hub
