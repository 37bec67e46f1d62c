#include "schemas/wire/sealed.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace lockhub;
using wire::sealer;

namespace {

std::array<std::byte, wire::seal_nonce_bytes> nonce(unsigned char fill) {
    std::array<std::byte, wire::seal_nonce_bytes> out;
    out.fill(std::byte{fill});
    return out;
}

const sealer a_sealer{secret(std::string(32, 'k'))};

}  // namespace

BOOST_AUTO_TEST_SUITE(sealed_test)

BOOST_AUTO_TEST_CASE(what_was_sealed_opens_for_the_same_key_and_place) {
    for (const std::string& plain : {std::string(), std::string("482913"), std::string(5000, 'x')}) {
        const auto sealed = a_sealer.seal(plain, "push 7", nonce(1));
        BOOST_CHECK_EQUAL(sealed.size(), 1 + 12 + plain.size() + 16);
        if (!plain.empty()) BOOST_CHECK(sealed.find(plain) == std::string::npos);
        const auto opened = a_sealer.open(sealed, "push 7");
        BOOST_REQUIRE(opened);
        BOOST_CHECK_EQUAL(opened->reveal(), plain);
    }
}

BOOST_AUTO_TEST_CASE(it_does_not_open_for_another_place_or_another_key) {
    const auto sealed = a_sealer.seal("482913", "push 7", nonce(1));
    BOOST_CHECK(!a_sealer.open(sealed, "push 8"));
    const auto other = sealer(secret(std::string(32, 'q'))).open(sealed, "push 7");
    BOOST_REQUIRE(!other);
    BOOST_CHECK(other.error().code == errc::unauthentic);
}

BOOST_AUTO_TEST_CASE(no_changed_and_no_cut_text_opens) {
    const auto sealed = a_sealer.seal("482913", "push 7", nonce(1));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        BOOST_CHECK_MESSAGE(!a_sealer.open(changed, "push 7"), "byte " << i);
        BOOST_CHECK_MESSAGE(!a_sealer.open(sealed.substr(0, i), "push 7"), "cut at " << i);
    }
}

BOOST_AUTO_TEST_CASE(a_key_of_another_length_is_refused) {
    BOOST_CHECK_THROW(sealer(secret(std::string(31, 'k'))), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
