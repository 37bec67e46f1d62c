#include "dispatch/net/url.hpp"

#include <fmt/format.h>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "schemas/wire/cidr.hpp"

namespace lockhub::dispatch {

namespace {

namespace urls = boost::urls;

std::unexpected<error> bad(std::string why) {
    return fail(errc::invalid_input, std::move(why));
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace

result<target_url> parse_url(std::string_view text) {
    const auto parsed = urls::parse_uri(urls::string_view(text.data(), text.size()));
    if (!parsed) return bad("not an absolute URL");
    const urls::url_view& url = *parsed;

    target_url out;
    if (url.scheme_id() == urls::scheme::https) {
        out.tls = true;
        out.port = 443;
    } else if (url.scheme_id() != urls::scheme::http) {
        return bad("the URL must begin with http:// or https://");
    }
    if (url.has_userinfo()) return bad("the URL must not carry a user name");
    if (!url.port().empty()) {
        out.port = url.port_number();
        if (out.port == 0) return bad("the URL's port must be 1 to 65535");
    }

    const auto host = url.encoded_host_address();
    out.host = lower(std::string(host.data(), host.size()));
    if (out.host.empty()) return bad("the URL names no host");
    if (out.host.find('%') != std::string::npos) return bad("the URL's host must not be percent-encoded");
    const bool bracketed = url.host_type() == urls::host_type::ipv6;
    if (url.host_type() == urls::host_type::ipvfuture) return bad("the URL's host is no address lockhub knows");
    out.authority = bracketed ? fmt::format("[{}]", out.host) : out.host;
    if (out.port != (out.tls ? 443 : 80)) out.authority += fmt::format(":{}", out.port);

    const auto path = url.encoded_path();
    out.target.assign(path.data(), path.size());
    if (out.target.empty()) out.target = "/";
    if (url.has_query()) {
        const auto query = url.encoded_query();
        out.target += '?';
        out.target.append(query.data(), query.size());
    }
    return out;
}

}  // namespace lockhub::dispatch
