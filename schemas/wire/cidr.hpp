#pragma once
// IP addresses and address blocks as values: for allow-lists, trusted proxies and the address guard. Text and bytes
// only; nothing here asks the network.
#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"

namespace lockhub::wire {

// An IPv4-mapped IPv6 address (::ffff:192.0.2.1) is read as the IPv4 address it carries, so that no rule about IPv4 can
// be walked around in IPv6 clothes.
class ip_address {
  public:
    ip_address() = default;  // ::
    static ip_address from_v4(const std::array<std::uint8_t, 4>& bytes);
    static ip_address from_v6(const std::array<std::uint8_t, 16>& bytes);
    // Dotted quad, or RFC 4291 text without brackets and without a zone.
    static std::optional<ip_address> parse(std::string_view text);

    bool is_v4() const;
    const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }  // IPv4 as ::ffff:a.b.c.d
    std::array<std::uint8_t, 4> v4_bytes() const;                         // the last four bytes
    std::string text() const;

    auto operator<=>(const ip_address&) const = default;

  private:
    std::array<std::uint8_t, 16> bytes_{};
};

class cidr {
  public:
    // "10.0.0.0/8", "2001:db8::/32", or one address. Fails with a sentence that names the text; bits set beyond the
    // prefix are refused, because "10.0.0.1/8" leaves open what was meant.
    static result<cidr> parse(std::string_view text);

    // IPv4 blocks hold IPv4 addresses only, IPv6 blocks IPv6 addresses only.
    bool contains(const ip_address& address) const;
    std::string text() const;

    bool operator==(const cidr&) const = default;

  private:
    ip_address network_;
    unsigned prefix_bits_ = 128;  // counted in the 16-byte form
};

class cidr_list {
  public:
    static result<cidr_list> parse(std::span<const std::string> texts);

    bool contains(const ip_address& address) const;
    bool empty() const { return blocks_.empty(); }

  private:
    std::vector<cidr> blocks_;
};

}  // namespace lockhub::wire
