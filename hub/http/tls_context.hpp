#pragma once
// The server's TLS settings: certificate chain and key from files, TLS 1.2 and up.
#include <memory>

#include "hub/http/server.hpp"
#include "schemas/core/result.hpp"

namespace boost::asio::ssl {
class context;
}

namespace lockhub::hub {

// Fails (invalid_input) with the file and OpenSSL's reason; a key that does not belong to the certificate fails too.
result<std::shared_ptr<boost::asio::ssl::context>> load_tls_context(const tls_files& files);

}  // namespace lockhub::hub
