#include "schemas/core/result.hpp"

namespace lockhub {

std::string_view to_string(errc code) {
    switch (code) {
        case errc::invalid_input:
            return "invalid_input";
        case errc::unauthentic:
            return "unauthentic";
        case errc::not_found:
            return "not_found";
        case errc::conflict:
            return "conflict";
        case errc::too_large:
            return "too_large";
        case errc::unavailable:
            return "unavailable";
        case errc::timeout:
            return "timeout";
        case errc::unsupported:
            return "unsupported";
        case errc::internal:
            return "internal";
    }
    return "internal";
}

}  // namespace lockhub
