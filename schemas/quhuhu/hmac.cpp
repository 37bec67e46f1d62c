#include "schemas/quhuhu/hmac.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "schemas/core/utf8.hpp"
#include "schemas/wire/digest.hpp"

namespace lockhub::quhuhu {
namespace {

constexpr std::size_t splice_position = 12;
constexpr std::string_view legacy_key_field = "SignKey";

// What goes before and after the key. The key itself is never copied into them.
struct halves {
    std::string before;
    std::string after;
};

bool is_hmac_field(std::string_view name) {
    return wire::equal_ignoring_case(name, "hmac");
}

std::string pair_text(const wire::form::field& field) {
    return fmt::format("{}={}", field.first, field.second);
}

std::string join(const std::vector<std::string>& pairs) {
    std::string text;
    for (const auto& pair : pairs) {
        if (!text.empty()) text += '&';
        text += pair;
    }
    return text;
}

std::string joined_by_name(const wire::form& fields) {
    std::vector<const wire::form::field*> kept;
    for (const auto& field : fields.fields()) {
        if (!field.second.empty() && !is_hmac_field(field.first)) kept.push_back(&field);
    }
    std::ranges::sort(kept, [](const auto* a, const auto* b) { return *a < *b; });
    std::vector<std::string> pairs;
    pairs.reserve(kept.size());
    for (const auto* field : kept) pairs.push_back(pair_text(*field));
    return join(pairs);
}

std::string joined_by_pair(const wire::form& fields) {
    std::vector<std::string> pairs;
    for (const auto& field : fields.fields()) {
        if (!is_hmac_field(field.first)) pairs.push_back(pair_text(field));
    }
    std::ranges::sort(pairs);
    return join(pairs);
}

// Java's StringBuilder counts UTF-16 units. When the 12th is the first half of a surrogate pair the key parts the two,
// and Java writes each lone half as '?'.
halves split_at_utf16_unit(std::string text) {
    std::size_t units = 0;
    std::size_t position = 0;
    while (position < text.size()) {
        if (units == splice_position) return {text.substr(0, position), text.substr(position)};
        const std::size_t length =
            std::max<std::size_t>(1, utf8_sequence_length(std::string_view(text).substr(position)));
        if (length == 4 && units + 1 == splice_position) {
            return {text.substr(0, position) + "?", "?" + text.substr(position + length)};
        }
        units += length == 4 ? 2 : 1;
        position += length;
    }
    return {std::move(text), {}};
}

halves split_at_byte(std::string text) {
    if (text.size() <= splice_position) return {std::move(text), {}};
    return {text.substr(0, splice_position), text.substr(splice_position)};
}

halves split_for(const wire::form& fields, hmac_variant variant) {
    if (variant == hmac_variant::demo) return split_at_utf16_unit(joined_by_name(fields));
    return split_at_byte(joined_by_pair(fields));
}

// The key takes its place among the values whatever the form's SignKey says: a sender who does not know the key must
// not choose it.
secret sorted_values(const wire::form& fields, const secret& key) {
    std::vector<std::string_view> values{key.reveal()};
    for (const auto& [name, value] : fields.fields()) {
        if (!is_hmac_field(name) && name != legacy_key_field) values.push_back(value);
    }
    std::ranges::sort(values);
    std::string text;
    for (const auto value : values) text += value;
    return secret(std::move(text));
}

}  // namespace

std::string sign_string(const wire::form& fields, const secret& key, hmac_variant variant) {
    if (variant == hmac_variant::legacy_sorted_values) return std::string(sorted_values(fields, key).reveal());
    const halves around = split_for(fields, variant);
    return around.before + std::string(key.reveal()) + around.after;
}

std::string make_hmac(const wire::form& fields, const secret& key, hmac_variant variant) {
    if (variant == hmac_variant::legacy_sorted_values) {
        return wire::to_upper_ascii(wire::md5_hex({sorted_values(fields, key).reveal()}));
    }
    const halves around = split_for(fields, variant);
    return wire::to_upper_ascii(wire::md5_hex({around.before, key.reveal(), around.after}));
}

bool verify_hmac(const wire::form& fields, std::string_view hmac, const secret& key, bool allow_legacy) {
    const auto matches = [&](hmac_variant variant) {
        return wire::equal_ignoring_case(make_hmac(fields, key, variant), hmac);
    };
    return matches(hmac_variant::demo) || matches(hmac_variant::keep_empty_byte12) ||
           (allow_legacy && matches(hmac_variant::legacy_sorted_values));
}

}  // namespace lockhub::quhuhu
