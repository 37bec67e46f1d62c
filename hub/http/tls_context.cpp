#include "hub/http/tls_context.hpp"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <boost/asio/ssl/context.hpp>

namespace lockhub::hub {
namespace {

namespace ssl = boost::asio::ssl;

std::unexpected<error> unusable(std::string_view what, const std::string& file, const boost::system::error_code& ec) {
    return fail(errc::invalid_input, fmt::format("the TLS {} {} cannot be used: {}", what, file, ec.message()));
}

}  // namespace

result<std::shared_ptr<ssl::context>> load_tls_context(const tls_files& files) {
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // An idle connection then costs its session alone, not 34 KiB of buffers.
    SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);

    boost::system::error_code ec;
    context->use_certificate_chain_file(files.certificate, ec);
    if (ec) return unusable("certificate", files.certificate, ec);
    context->use_private_key_file(files.key, ssl::context::pem, ec);
    if (ec) return unusable("key", files.key, ec);
    if (SSL_CTX_check_private_key(context->native_handle()) != 1)
        return fail(errc::invalid_input,
                    fmt::format("the TLS key {} does not belong to the certificate {}", files.key, files.certificate));
    return context;
}

}  // namespace lockhub::hub
