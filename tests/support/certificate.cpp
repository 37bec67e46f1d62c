#include "tests/support/certificate.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace lockhub::test {

namespace {

template <class Write>
std::string to_pem(Write write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new(BIO_s_mem()), BIO_free);
    if (write(bio.get()) != 1) throw std::runtime_error("OpenSSL cannot write PEM");
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

void add_extension(X509* x509, int id, const std::string& value) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, id, value.c_str()), X509_EXTENSION_free);
    if (!extension || X509_add_ext(x509, extension.get(), -1) != 1) {
        throw std::runtime_error("OpenSSL cannot add an extension");
    }
}

}  // namespace

certificate make_certificate(const std::string& dns_name) {
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> x509(X509_new(), X509_free);
    if (!key || !x509) throw std::runtime_error("OpenSSL cannot make a key");
    constexpr long day_seconds = 24 * 60 * 60;
    X509_set_version(x509.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x509.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(x509.get()), -day_seconds);
    X509_gmtime_adj(X509_getm_notAfter(x509.get()), day_seconds);
    X509_set_pubkey(x509.get(), key.get());
    auto* const name = X509_get_subject_name(x509.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(dns_name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(x509.get(), name);
    add_extension(x509.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(x509.get(), NID_subject_alt_name, "DNS:" + dns_name);
    if (X509_sign(x509.get(), key.get(), EVP_sha256()) == 0) throw std::runtime_error("OpenSSL cannot sign");
    return {to_pem([&](BIO* out) { return PEM_write_bio_X509(out, x509.get()); }), to_pem([&](BIO* out) {
                return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

}  // namespace lockhub::test
