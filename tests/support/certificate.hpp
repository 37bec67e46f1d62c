#pragma once
// Self-signed certificates made on the spot.
#include <string>

namespace lockhub::test {

struct certificate {
    std::string certificate_pem;
    std::string key_pem;
};

// For one DNS name, good for a day around now. It can be trusted as its own authority.
certificate make_certificate(const std::string& dns_name);

}  // namespace lockhub::test
