#include "schemas/wire/sealed.hpp"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace lockhub::wire {

namespace {

constexpr char version = 1;
constexpr std::size_t tag_bytes = 16;
constexpr std::size_t head_bytes = 1 + seal_nonce_bytes;

struct context_deleter {
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using cipher_context = std::unique_ptr<EVP_CIPHER_CTX, context_deleter>;

void require(bool ok) {
    if (!ok) throw std::runtime_error("OpenSSL: AES-256-GCM failed");
}

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

// A sealed text is a push body or a PIN: far below what an int can count.
int length(std::string_view text) {
    if (text.size() > 64U * 1024 * 1024) throw std::length_error("too long to be sealed");
    return static_cast<int>(text.size());
}

const EVP_CIPHER* algorithm() {
    static const EVP_CIPHER* const fetched = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    require(fetched != nullptr);
    return fetched;
}

cipher_context make_context() {
    cipher_context context(EVP_CIPHER_CTX_new());
    require(context != nullptr);
    return context;
}

}  // namespace

sealer::sealer(secret key) : key_(std::move(key)) {
    if (key_.reveal().size() != seal_key_bytes) throw std::invalid_argument("the sealing key must have 32 bytes");
}

std::string sealer::seal(std::string_view plain, std::string_view context,
                         std::span<const std::byte, seal_nonce_bytes> nonce) const {
    const auto cipher = make_context();
    std::string out(head_bytes + plain.size() + tag_bytes, '\0');
    out[0] = version;
    for (std::size_t i = 0; i < nonce.size(); ++i) out[1 + i] = static_cast<char>(nonce[i]);

    int written = 0;
    require(EVP_EncryptInit_ex2(cipher.get(), algorithm(), bytes(key_.reveal()), bytes(out) + 1, nullptr) == 1);
    require(EVP_EncryptUpdate(cipher.get(), nullptr, &written, bytes(context), length(context)) == 1);
    require(EVP_EncryptUpdate(cipher.get(), bytes(out) + head_bytes, &written, bytes(plain), length(plain)) == 1);
    require(EVP_EncryptFinal_ex(cipher.get(), bytes(out) + head_bytes + plain.size(), &written) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, tag_bytes,
                                bytes(out) + head_bytes + plain.size()) == 1);
    return out;
}

result<secret> sealer::open(std::string_view sealed, std::string_view context) const {
    if (sealed.size() < head_bytes + tag_bytes || sealed[0] != version) {
        return fail(errc::unauthentic, "the sealed text is cut or of an unknown version");
    }
    const auto cipher = make_context();
    const auto body = sealed.substr(head_bytes, sealed.size() - head_bytes - tag_bytes);
    std::string tag(sealed.substr(sealed.size() - tag_bytes));
    std::string plain(body.size(), '\0');

    int written = 0;
    require(EVP_DecryptInit_ex2(cipher.get(), algorithm(), bytes(key_.reveal()), bytes(sealed) + 1, nullptr) == 1);
    require(EVP_DecryptUpdate(cipher.get(), nullptr, &written, bytes(context), length(context)) == 1);
    require(EVP_DecryptUpdate(cipher.get(), bytes(plain), &written, bytes(body), length(body)) == 1);
    require(EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, tag_bytes, tag.data()) == 1);
    secret opened(std::move(plain));
    unsigned char rest[tag_bytes];
    if (EVP_DecryptFinal_ex(cipher.get(), rest, &written) != 1) {
        return fail(errc::unauthentic, "the sealed text does not belong to this key and place, or was changed");
    }
    return opened;
}

}  // namespace lockhub::wire
