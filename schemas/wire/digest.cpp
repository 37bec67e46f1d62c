#include "schemas/wire/digest.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>
#include <span>
#include <stdexcept>

namespace lockhub::wire {

namespace {

void require(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(std::string("OpenSSL: ") + what + " failed");
}

struct context_deleter {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

// Fetching an algorithm and making a context cost more than digesting a push: the one is done once a process,
// the other once a thread.
class digester {
  public:
    explicit digester(const EVP_MD* algorithm) : algorithm_(algorithm), context_(EVP_MD_CTX_new()) {
        require(context_ != nullptr, "EVP_MD_CTX_new");
    }

    void run(std::initializer_list<std::string_view> parts, std::span<unsigned char> out) {
        require(EVP_DigestInit_ex2(context_.get(), algorithm_, nullptr) == 1, "EVP_DigestInit_ex2");
        for (const auto part : parts) {
            require(EVP_DigestUpdate(context_.get(), part.data(), part.size()) == 1, "EVP_DigestUpdate");
        }
        unsigned int written = 0;
        require(EVP_DigestFinal_ex(context_.get(), out.data(), &written) == 1, "EVP_DigestFinal_ex");
        require(written == out.size(), "EVP_DigestFinal_ex (length)");
    }

  private:
    const EVP_MD* algorithm_;
    std::unique_ptr<EVP_MD_CTX, context_deleter> context_;
};

// Never freed: threads may still digest while statics are destroyed.
const EVP_MD* fetch(const char* name) {
    const EVP_MD* algorithm = EVP_MD_fetch(nullptr, name, nullptr);
    require(algorithm != nullptr, "EVP_MD_fetch");
    return algorithm;
}

std::string hex(std::span<const unsigned char> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out(bytes.size() * 2, '\0');
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        out[i * 2] = digits[bytes[i] >> 4];
        out[i * 2 + 1] = digits[bytes[i] & 15];
    }
    return out;
}

char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

}  // namespace

std::string md5_hex(std::initializer_list<std::string_view> parts) {
    static const EVP_MD* const algorithm = fetch("MD5");
    thread_local digester md5(algorithm);
    std::array<unsigned char, 16> out{};
    md5.run(parts, out);
    return hex(out);
}

std::string sha1_hex(std::initializer_list<std::string_view> parts) {
    static const EVP_MD* const algorithm = fetch("SHA1");
    thread_local digester sha1(algorithm);
    std::array<unsigned char, 20> out{};
    sha1.run(parts, out);
    return hex(out);
}

std::array<std::byte, 32> sha256(std::initializer_list<std::string_view> parts) {
    static const EVP_MD* const algorithm = fetch("SHA256");
    thread_local digester sha256_digester(algorithm);
    std::array<std::byte, 32> out{};
    sha256_digester.run(parts, {reinterpret_cast<unsigned char*>(out.data()), out.size()});
    return out;
}

std::string to_upper_ascii(std::string text) {
    for (char& c : text) c = upper(c);
    return text;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    unsigned int difference = 0;
    for (std::size_t i = 0; i < a.size(); ++i) difference |= static_cast<unsigned char>(upper(a[i]) ^ upper(b[i]));
    return difference == 0;
}

}  // namespace lockhub::wire
