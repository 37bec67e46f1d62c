#include "schemas/domain/lock_cloud.hpp"

namespace lockhub {

result<wire::http_request> lock_cloud::encode_method(const vendor_method& method, const wire::form&,
                                                     const access_token&, time_point, std::string_view) const {
    return fail(errc::unsupported, std::string(vendor()) + " has no method " + std::string(method.name));
}

method_answer lock_cloud::decode_method(const vendor_method& method, const wire::http_response&) const {
    method_answer answer;
    answer.message = std::string(vendor()) + " has no method " + std::string(method.name);
    return answer;
}

}  // namespace lockhub
