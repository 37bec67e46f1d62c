#pragma once
// What may be shown of a message to or from a lock cloud. Values are hidden by the name of their member, whatever cloud
// sent it, and by themselves: what a call carried as a secret never shows, wherever it stands.
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/secret.hpp"
#include "schemas/wire/http_message.hpp"
#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub {

class message_mask {
  public:
    static constexpr std::string_view hidden = "******";

    message_mask() = default;
    // Texts of fewer than four characters are too common to be looked for.
    explicit message_mask(std::vector<secret> values);

    // What a request carries under names that are hidden.
    static std::vector<secret> secrets_of(const wire::http_request& message);

    // Other values that must not show.
    void add(secret value);

    // A value as it may be shown under that name: hidden, a phone number but for its ends, or as it is.
    std::string value(std::string_view name, std::string_view text) const;
    // Free text, such as a vendor's message.
    std::string text(std::string_view text) const;
    void write(wire::json_writer& out, const wire::json_value& value) const;
    // The query of its URL, its headers and its body, be that a form or JSON.
    wire::http_request request(const wire::http_request& message) const;

  private:
    void write(wire::json_writer& out, std::string_view name, const wire::json_value& value) const;
    std::string form(std::string_view text) const;

    std::vector<secret> values_;
};

}  // namespace lockhub
