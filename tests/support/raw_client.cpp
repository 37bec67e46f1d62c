#include "tests/support/raw_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace lockhub::test {
namespace {

[[noreturn]] void failed(const char* what) {
    throw std::system_error(errno, std::system_category(), what);
}

template <class Address>
int connected_socket(int family, const Address& address) {
    const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) failed("socket");
    const timeval patience{.tv_sec = raw_client::patience.count(), .tv_usec = 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(fd);
        failed("connect");
    }
    return fd;
}

struct context_free {
    void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
};
struct ssl_free {
    void operator()(SSL* p) const { SSL_free(p); }
};
struct bio_free {
    void operator()(BIO* p) const { BIO_free(p); }
};
struct x509_free {
    void operator()(X509* p) const { X509_free(p); }
};

void trust(SSL_CTX& context, const std::string& pem) {
    const std::unique_ptr<BIO, bio_free> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    const std::unique_ptr<X509, x509_free> certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
    if (!certificate) throw std::runtime_error("the trusted certificate is no PEM");
    X509_STORE_add_cert(SSL_CTX_get_cert_store(&context), certificate.get());
    SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
}

}  // namespace

std::string raw_response::header(std::string_view name) const {
    const auto at = head.find("\r\n" + std::string(name) + ": ");
    if (at == std::string::npos) return {};
    const auto from = at + 2 + name.size() + 2;
    return head.substr(from, head.find("\r\n", from) - from);
}

struct raw_client::state {
    int fd = -1;
    std::unique_ptr<SSL_CTX, context_free> context;
    std::unique_ptr<SSL, ssl_free> ssl;
    std::string unread;
    ~state() {
        ssl.reset();
        if (fd >= 0) ::close(fd);
    }
};

raw_client::raw_client(std::uint16_t port) : state_(std::make_unique<state>()) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    state_->fd = connected_socket(AF_INET, address);
    const int one = 1;
    ::setsockopt(state_->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
}

raw_client::raw_client(const std::string& unix_path) : state_(std::make_unique<state>()) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    unix_path.copy(address.sun_path, sizeof(address.sun_path) - 1);
    state_->fd = connected_socket(AF_UNIX, address);
}

raw_client::~raw_client() = default;
raw_client::raw_client(raw_client&&) noexcept = default;

void raw_client::start_tls(const std::string& trusted_pem, int max_version) {
    state_->context.reset(SSL_CTX_new(TLS_client_method()));
    if (!trusted_pem.empty()) trust(*state_->context, trusted_pem);
    if (max_version != 0) {
        SSL_CTX_set_security_level(state_->context.get(), 0);
        SSL_CTX_set_max_proto_version(state_->context.get(), max_version);
    }
    state_->ssl.reset(SSL_new(state_->context.get()));
    SSL_set_fd(state_->ssl.get(), state_->fd);
    if (SSL_connect(state_->ssl.get()) != 1) throw std::runtime_error("the TLS handshake failed");
}

std::string raw_client::peer_certificate_pem() const {
    const std::unique_ptr<X509, x509_free> certificate(SSL_get1_peer_certificate(state_->ssl.get()));
    const std::unique_ptr<BIO, bio_free> bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate.get());
    char* text = nullptr;
    const auto size = BIO_get_mem_data(bio.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

void raw_client::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = state_->ssl ? SSL_write(state_->ssl.get(), bytes.data(), static_cast<int>(bytes.size()))
                                      : ::send(state_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) failed("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

std::size_t raw_client::send_what_fits(std::string_view bytes) {
    const auto sent = ::send(state_->fd, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return sent < 0 ? 0 : static_cast<std::size_t>(sent);
}

bool raw_client::readable_within(std::chrono::milliseconds wait) {
    if (!state_->unread.empty()) return true;
    pollfd watched{.fd = state_->fd, .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, static_cast<int>(wait.count())) > 0;
}

std::size_t raw_client::read_some() {
    std::array<char, 16 * 1024> part{};
    errno = 0;
    const auto bytes = state_->ssl ? SSL_read(state_->ssl.get(), part.data(), static_cast<int>(part.size()))
                                   : ::recv(state_->fd, part.data(), part.size(), 0);
    if (bytes < 0 && (!state_->ssl || errno == EAGAIN || errno == ECONNRESET)) failed("recv");
    if (bytes <= 0) return 0;
    state_->unread.append(part.data(), static_cast<std::size_t>(bytes));
    return static_cast<std::size_t>(bytes);
}

raw_response raw_client::read_response(bool to_head) {
    auto& unread = state_->unread;
    std::size_t end = 0;
    while ((end = unread.find("\r\n\r\n")) == std::string::npos)
        if (read_some() == 0) throw std::runtime_error("the connection ended before a response: " + unread);
    raw_response got;
    got.head = unread.substr(0, end + 4);
    got.status = std::stoi(got.head.substr(9, 3));
    const auto length_text = got.header("Content-Length");
    const auto length = to_head || length_text.empty() ? 0 : std::stoul(length_text);
    while (unread.size() < end + 4 + length)
        if (read_some() == 0) throw std::runtime_error("the connection ended within a response");
    got.body = unread.substr(end + 4, length);
    unread.erase(0, end + 4 + length);
    return got;
}

std::string raw_client::read_to_end() {
    while (read_some() > 0) {
    }
    return std::exchange(state_->unread, {});
}

void raw_client::finish_sending() {
    ::shutdown(state_->fd, SHUT_WR);
}

void raw_client::reset() {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(state_->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    ::close(std::exchange(state_->fd, -1));
}

}  // namespace lockhub::test
