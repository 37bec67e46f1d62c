#include "tests/simulators/signatures.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

namespace lockhub::simulators {

namespace {

std::string joined(text_fields fields) {
    std::ranges::sort(fields, {}, &text_fields::value_type::first);
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += name + '=' + value;
    }
    return out;
}

// Where the n-th UTF-16 unit of a UTF-8 text begins: a four-byte sequence counts twice, as a Java char does.
std::size_t byte_of_utf16_unit(std::string_view text, std::size_t unit) {
    std::size_t at = 0;
    for (std::size_t units = 0; at < text.size() && units < unit;) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        at += bytes;
        units += bytes == 4 ? 2 : 1;
    }
    return std::min(at, text.size());
}

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string decode(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const int high = text[at] == '%' && at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
        const int low = high >= 0 ? hex_digit(text[at + 2]) : -1;
        if (low >= 0) {
            out += static_cast<char>(high * 16 + low);
            at += 2;
        } else {
            out += text[at] == '+' ? ' ' : text[at];
        }
    }
    return out;
}

std::string encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                           c == '_' || c == '.';
        if (plain) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::string hex_lower(std::string_view text, const EVP_MD* algorithm) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(text.data(), text.size(), digest, &size, algorithm, nullptr) != 1) {
        throw std::runtime_error("OpenSSL lacks a digest");
    }
    std::string out;
    for (unsigned i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
    return out;
}

}  // namespace

std::string md5_hex_lower(std::string_view text) {
    return hex_lower(text, EVP_md5());
}

std::string dingding_sign(std::string_view registered_url, text_fields fields) {
    std::erase_if(fields, [](const auto& f) { return f.first == "sign"; });
    return md5_hex_lower(std::string(registered_url) + joined(std::move(fields)));
}

std::string quhuhu_hmac(text_fields fields, std::string_view key) {
    std::erase_if(fields, [](const auto& f) { return f.second.empty() || upper(f.first) == "HMAC"; });
    std::string text = joined(std::move(fields));
    text.insert(byte_of_utf16_unit(text, 12), key);
    return upper(md5_hex_lower(text));
}

std::string yeeuu_token(std::string_view timestamp, std::string_view secret, std::string_view nonce) {
    return hex_lower(fmt::format("{}{}{}", timestamp, secret, nonce), EVP_sha1());
}

text_fields decode_form(std::string_view body) {
    text_fields out;
    while (!body.empty()) {
        const auto ampersand = body.find('&');
        const std::string_view pair = body.substr(0, ampersand);
        body = ampersand == std::string_view::npos ? std::string_view{} : body.substr(ampersand + 1);
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const std::string_view value = equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
        out.emplace_back(decode(pair.substr(0, equals)), decode(value));
    }
    return out;
}

std::string encode_form(const text_fields& fields) {
    std::string out;
    for (const auto& [name, value] : fields) {
        if (!out.empty()) out += '&';
        out += encode(name) + '=' + encode(value);
    }
    return out;
}

std::string field(const text_fields& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &text_fields::value_type::first);
    return found == fields.end() ? std::string{} : found->second;
}

}  // namespace lockhub::simulators
