#pragma once
// What each sealed value is sealed for: it opens nowhere else. A PIN's context is its action's id.
#include <string>
#include <string_view>

namespace lockhub::storage::sqlite {

inline std::string push_context(std::string_view account) {
    return "push:" + std::string(account);
}
inline std::string token_context(std::string_view account) {
    return "token:" + std::string(account);
}
inline std::string biometric_context(std::string_view action) {
    return "biometric:" + std::string(action);
}

}  // namespace lockhub::storage::sqlite
