#include "schemas/core/secret.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>

namespace lockhub {

secret::secret(secret&& other) noexcept : value_(std::move(other.value_)) {
    other.wipe();
}

secret& secret::operator=(const secret& other) {
    if (this != &other) {
        wipe();
        value_ = other.value_;
    }
    return *this;
}

secret& secret::operator=(secret&& other) noexcept {
    if (this != &other) {
        wipe();
        value_ = std::move(other.value_);
        other.wipe();
    }
    return *this;
}

secret::~secret() {
    wipe();
}

// A moved-from or shortened string still holds old bytes up to its capacity.
void secret::wipe() {
    value_.resize(value_.capacity());
    OPENSSL_cleanse(value_.data(), value_.size());
    value_.clear();
}

bool operator==(const secret& a, const secret& b) {
    return equal_constant_time(a.value_, b.value_);
}

std::string masked(std::string_view text) {
    constexpr std::size_t shortest_shown = 5;
    const bool ascii = std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
    if (text.size() < shortest_shown || !ascii) return std::string(text.size(), '*');
    std::string out(text.size(), '*');
    out.front() = text.front();
    out.back() = text.back();
    return out;
}

void hide(std::string& text, const secret& hidden) {
    constexpr std::string_view mask = "******";
    const auto part = hidden.reveal();
    if (part.empty()) return;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + mask.size())) {
        text.replace(at, part.size(), mask);
    }
}

bool equal_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace lockhub
