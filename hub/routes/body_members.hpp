#pragma once
// Reads a JSON body member by member and keeps the first thing that is wrong with it. A member nobody knows is wrong:
// with a typing error in it, a call would do more than meant.
#include <span>
#include <string>
#include <string_view>

#include "schemas/core/result.hpp"
#include "schemas/wire/json_value.hpp"

namespace lockhub::hub {

class body_members {
  public:
    body_members(std::string_view text, std::span<const std::string_view> known);

    // "" where the member is absent and not required.
    std::string text(std::string_view name, bool required = false);
    bool flag(std::string_view name);  // false where it is absent

    void wrong(std::string what);
    const result<>& sound() const { return sound_; }

  private:
    wire::json_value body_;
    result<> sound_;
};

}  // namespace lockhub::hub
