#include "hub/version.hpp"

namespace lockhub::hub {

std::string_view version() {
    return LOCKHUB_VERSION;
}

}  // namespace lockhub::hub
