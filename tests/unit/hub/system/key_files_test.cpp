#include "hub/system/key_files.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "schemas/wire/sealed.hpp"
#include "tests/support/temporary_folder.hpp"

using namespace lockhub;
using lockhub::test::temporary_folder;

namespace {

class counting_entropy final : public entropy {
  public:
    void fill(std::span<std::byte> out) override {
        for (auto& byte : out) byte = static_cast<std::byte>(next_++);
    }

  private:
    unsigned char next_ = 1;
};

unsigned mode_of(const std::filesystem::path& file) {
    struct stat status{};
    BOOST_REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(key_files_test)

BOOST_AUTO_TEST_CASE(the_first_start_makes_a_key_only_its_owner_may_read) {
    const temporary_folder folder;
    counting_entropy random;
    const auto file = folder / "var/lockhub.key";
    const auto made = hub::load_or_make_seal_key(file, random);
    BOOST_REQUIRE(made.has_value());
    BOOST_TEST(made->reveal().size() == wire::seal_key_bytes);
    BOOST_TEST(made->reveal()[0] == '\x01');
    BOOST_TEST(mode_of(file) == 0600u);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder / "var"), {}) == 1, "no draft is left behind");
}

BOOST_AUTO_TEST_CASE(the_next_start_reads_the_same_key) {
    const temporary_folder folder;
    counting_entropy random;
    const auto first = hub::load_or_make_seal_key(folder / "k", random);
    const auto second = hub::load_or_make_seal_key(folder / "k", random);
    BOOST_REQUIRE((first && second));
    BOOST_TEST((*first == *second));
}

BOOST_AUTO_TEST_CASE(a_token_an_operator_wrote_is_kept_as_it_is) {
    const temporary_folder folder;
    counting_entropy random;
    const auto file = folder.write("operator.token", "my own words\n");
    const auto token = hub::load_or_make_operator_token(file, random);
    BOOST_REQUIRE(token.has_value());
    BOOST_TEST(token->reveal() == "my own words");
}

BOOST_AUTO_TEST_CASE(a_damaged_key_is_refused_and_not_replaced) {
    const temporary_folder folder;
    counting_entropy random;
    for (const std::string_view text :
         {"abcd", "", "zz00000000000000000000000000000000000000000000000000000000000000"}) {
        const auto file = folder.write("k", text);
        const auto loaded = hub::load_or_make_seal_key(file, random);
        BOOST_REQUIRE(!loaded);
        BOOST_TEST(loaded.error().message.find(file.string()) != std::string::npos);
        BOOST_TEST(std::filesystem::file_size(file) == text.size());
    }
}

BOOST_AUTO_TEST_CASE(without_leave_to_make_one_a_missing_key_is_not_found) {
    const temporary_folder folder;
    BOOST_TEST((hub::load_seal_key(folder / "k").error().code == errc::not_found));
    BOOST_TEST((hub::load_operator_token(folder / "t").error().code == errc::not_found));
    BOOST_TEST(!std::filesystem::exists(folder / "k"));
}

BOOST_AUTO_TEST_SUITE_END()
