#pragma once
// Text that must not be printed: keys, tokens, door PINs. It has no stream or fmt formatter, compares in constant time
// and wipes its memory when it goes.
#include <string>
#include <string_view>

namespace lockhub {

class secret {
  public:
    secret() = default;
    explicit secret(std::string value) : value_(std::move(value)) {}
    secret(const secret&) = default;
    secret(secret&& other) noexcept;
    secret& operator=(const secret& other);
    secret& operator=(secret&& other) noexcept;
    ~secret();

    // The one way to the text; a search for `reveal` finds every place that uses it.
    std::string_view reveal() const { return value_; }
    bool empty() const { return value_.empty(); }

    friend bool operator==(const secret& a, const secret& b);

  private:
    void wipe();
    std::string value_;
};

// "4****3" for six digits; everything but the first and last character hidden; short texts wholly.
std::string masked(std::string_view text);

// Puts ****** in place of the secret wherever it stands in the text.
void hide(std::string& text, const secret& hidden);

// Compares without an early exit, so that the time taken says nothing about where two texts differ.
bool equal_constant_time(std::string_view a, std::string_view b);

}  // namespace lockhub
