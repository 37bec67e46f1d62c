#include "hub/http/client_address.hpp"

#include <algorithm>

namespace lockhub::hub {
namespace {

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const auto bracket = text.find(']');
        return bracket == std::string_view::npos ? text : text.substr(1, bracket - 1);
    }
    // More than one colon without brackets is a bare IPv6 address.
    if (std::ranges::count(text, ':') == 1) return text.substr(0, text.find(':'));
    return text;
}

}  // namespace

wire::ip_address client_behind(const wire::ip_address& peer, std::string_view forwarded_for,
                               const wire::cidr_list& trusted_proxies) {
    auto client = peer;
    auto rest = forwarded_for;
    while (!rest.empty() && trusted_proxies.contains(client)) {
        const auto comma = rest.rfind(',');
        const auto entry = comma == std::string_view::npos ? rest : rest.substr(comma + 1);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
        const auto address = wire::ip_address::parse(without_port(trimmed(entry)));
        if (!address) break;
        client = *address;
    }
    return client;
}

}  // namespace lockhub::hub
