#include "schemas/gateway/biometrics.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

namespace lockhub::gateway {

namespace {

// No word of a message is as long.
constexpr std::ptrdiff_t shortest_piece = 24;
constexpr std::string_view hidden = "******";

bool may_be_of_biometric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+' || c == '/' ||
           c == '=' || c == '-' || c == '%';
}

std::string hex_digits(const secret& finger) {
    std::string out(finger.reveal());
    std::erase(out, '-');
    return out;
}

}  // namespace

std::string write_fingerprint(const secret& finger) {
    std::string out;
    for (const char c : hex_digits(finger)) {
        if (out.size() % 3 == 2) out += '-';
        out += c;
    }
    return out;
}

void hide_biometric(std::string& message, const secret& biometric) {
    if (biometric.empty()) return;
    hide(message, biometric);
    hide(message, secret(write_fingerprint(biometric)));
    for (auto begin = message.begin(); begin != message.end();) {
        begin = std::find_if(begin, message.end(), may_be_of_biometric);
        const auto end = std::find_if_not(begin, message.end(), may_be_of_biometric);
        if (end - begin < shortest_piece) {
            begin = end;
            continue;
        }
        const auto at = begin - message.begin();
        message.replace(begin, end, hidden);
        begin = message.begin() + at + std::ssize(hidden);
    }
}

}  // namespace lockhub::gateway
