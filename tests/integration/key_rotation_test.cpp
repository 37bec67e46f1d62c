#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <functional>
#include <sstream>

#include "hub/system/key_files.hpp"
#include "hub/system/seal_key_rotation.hpp"
#include "storage/sqlite/database.hpp"
#include "tests/support/sql_reader.hpp"
#include "tests/support/store_rig.hpp"

namespace lockhub::test {

BOOST_AUTO_TEST_SUITE(key_rotation_test)

namespace {

namespace fs = std::filesystem;
using hub::rotation_step;

constexpr std::string_view pin = "482915";
constexpr std::string_view token_text = "vendor-token-to-be-found-nowhere";
constexpr std::string_view picture = "cGljdHVyZSB0byBiZSBmb3VuZCBub3doZXJl";
constexpr std::string_view push_body = R"({"event":"pwdSync","password":"731904"})";

std::string bytes_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string hex(std::string_view bytes) {
    std::string out;
    for (const unsigned char c : bytes) out += fmt::format("{:02x}", c);
    return out;
}

// A database in which everything that can be sealed is, by the key in the key file beside it.
struct sealed_database : store_rig {
    sealed_database() {
        std::ofstream(key_file()) << hex(store_key().reveal()) << "\n";
        ::chmod(key_file().c_str(), 0600);
        import({room_row("101", "lock-a")});
        allow({policy()});
        opened = open_action(action("101"));
        auto upload = action("101", 2);
        upload.verb = command_verb::upload_face;
        upload.holder = "G1";
        upload.pin = {};
        upload.biometric = secret(std::string(picture));
        face = open_action(std::move(upload));
        auto local = event_push(event(event_kind::password_synced, "lock-a"), 1);
        local.body = push_body;
        local.push.may_carry_pin = true;
        push(std::move(local));
        call<storage::nothing>([&](auto done) {
            store().save_token(account_id("dd"), {secret(std::string(token_text)), clock.now()}, std::move(done));
        }).value();
        close();
    }

    fs::path key_file() const { return path().parent_path() / "lockhub.key"; }
    fs::path next_file() const { return hub::next_key_file(key_file()); }
    secret key() const { return hub::load_seal_key(key_file()).value(); }
    hub::rotation_request request() const { return {.key_file = key_file(), .database = path(), .actor = "cli:wang"}; }
    result<hub::rotation_outcome> rotate() { return hub::rotate_seal_key(request(), clock, entropy); }

    // A start of the hub: takes the key that fits, and finds everything as it was put there.
    void require_start_finds_everything() {
        auto options_now = options();
        options_now.seal_key = hub::fitting_seal_key(key_file(), path(), entropy).value();
        BOOST_TEST((options_now.seal_key == key()));
        auto store = storage::open_inline_store(std::move(options_now));
        std::string found_pin;
        std::string found_token;
        store->lease_commands({"hub", std::chrono::seconds(60), {{account_id("dd"), 1}}}, [&](auto leased) {
            if (leased && leased->size() == 1) found_pin = std::string(leased->front().command.pin.reveal());
        });
        store->load_tokens([&](auto tokens) {
            if (tokens && tokens->size() == 1) found_token = std::string(tokens->front().second.value.reveal());
        });
        while (store->run_group()) {
        }
        store->close();
        BOOST_TEST(found_pin == pin);
        BOOST_TEST(found_token == token_text);
        const wire::sealer seal(key());
        const auto body = sql_value(path(), "SELECT hex(body) FROM inbox WHERE sealed = 1");
        BOOST_TEST(seal.open(unhex(body), "push:dd").value().reveal() == push_body);
        const auto sealed_face = sql_value(path(), "SELECT hex(sealed) FROM biometrics");
        BOOST_TEST(seal.open(unhex(sealed_face), "biometric:" + face.action.value).value().reveal() == picture);
        // The lease above would hide the command from the next start.
        texts("UPDATE commands SET state = 'pending', lease_owner = NULL, lease_until_at_ms = NULL, sends = 0");
    }

    static std::string unhex(std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i + 1 < text.size(); i += 2)
            out.push_back(static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
        return out;
    }

    storage::action_opened opened;
    storage::action_opened face;
};

// Runs `work` in a process of its own that ends in the middle of it, as a crash does: nothing is closed or taken back.
void crash_in(const std::function<void()>& work) {
    const auto child = ::fork();
    BOOST_REQUIRE(child >= 0);
    if (child == 0) {
        work();
        ::_exit(0);
    }
    int status = 0;
    BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
    BOOST_REQUIRE(WIFEXITED(status));
    BOOST_REQUIRE(WEXITSTATUS(status) == 7);
}

void rotate_and_crash_after(sealed_database& world, rotation_step last) {
    crash_in([&] {
        auto request = world.request();
        request.reached = [last](rotation_step step) {
            if (step == last) ::_exit(7);
        };
        static_cast<void>(hub::rotate_seal_key(request, world.clock, world.entropy));
    });
    // The child drew from a copy: without this the next rotation would draw the same key.
    std::array<std::byte, 64> drawn{};
    world.entropy.fill(drawn);
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(a_rotation_seals_everything_with_a_key_that_was_never_there_before, sealed_database) {
    const auto before = key();
    const auto done = rotate();
    BOOST_REQUIRE_MESSAGE(done.has_value(), done.error().message);
    BOOST_TEST(!done->resumed);
    BOOST_TEST(done->rewritten);
    BOOST_TEST(done->sealed.pins == 1U);
    BOOST_TEST(done->sealed.biometrics == 1U);
    BOOST_TEST(done->sealed.tokens == 1U);
    BOOST_TEST(done->sealed.pushes == 1U);
    BOOST_TEST(!(key() == before));
    BOOST_TEST(!fs::exists(next_file()));
    BOOST_TEST((hub::load_seal_key(hub::previous_key_file(key_file())).value() == before));
    struct stat status{};
    BOOST_REQUIRE(::stat(key_file().c_str(), &status) == 0);
    BOOST_TEST((status.st_mode & 07777) == 0600U);
    BOOST_TEST(!storage::seal_key_fits(path(), before).value());
    require_start_finds_everything();
    BOOST_TEST(sql_value(path(), "SELECT actor || ' ' || changed FROM audit WHERE verb = 'rotate_seal_key'") ==
               "cli:wang 4");
}

BOOST_FIXTURE_TEST_CASE(nothing_that_is_sealed_stays_behind, sealed_database) {
    // Whoever adds a sealed column must add it here and to the rotation.
    std::string sealed_columns;
    for (const auto& row : sql(path(),
                               "SELECT m.name || '.' || c.name FROM sqlite_schema AS m, pragma_table_info(m.name) AS c "
                               "WHERE m.type = 'table' AND c.name LIKE 'sealed%' ORDER BY m.name, c.name"))
        sealed_columns += row[0] + " ";
    BOOST_TEST(sealed_columns == "actions.sealed_pin biometrics.sealed inbox.sealed tokens.sealed_token ");
    const std::string every_sealed_value =
        "SELECT hex(sealed_pin) FROM actions WHERE sealed_pin IS NOT NULL UNION ALL SELECT hex(sealed) FROM biometrics "
        "UNION ALL SELECT hex(sealed_token) FROM tokens "
        "UNION ALL SELECT hex(body) FROM inbox WHERE sealed = 1 UNION ALL SELECT hex(value) FROM settings";
    const auto before = sql(path(), every_sealed_value);
    BOOST_TEST(before.size() == 5U);
    // What was deleted leaves its bytes in free pages.
    texts("CREATE TABLE filler (a BLOB); INSERT INTO filler SELECT sealed_pin FROM actions; DROP TABLE filler;");
    BOOST_REQUIRE(rotate().has_value());
    const auto file = bytes_of(path());
    const auto log = bytes_of(path().string() + "-wal");
    for (const auto& row : before) {
        const auto old = unhex(row[0]);
        BOOST_TEST((file.find(old) == std::string::npos));
        BOOST_TEST((log.find(old) == std::string::npos));
    }
    for (const auto& row : sql(path(), every_sealed_value)) BOOST_TEST((file.find(unhex(row[0])) != std::string::npos));
    for (const auto plain : {pin, token_text, picture, std::string_view("731904")})
        BOOST_TEST((file.find(plain) == std::string::npos));
}

BOOST_FIXTURE_TEST_CASE(more_than_one_step_of_rows_is_sealed_anew, sealed_database) {
    const wire::sealer seal(key());
    const std::array<std::byte, wire::seal_nonce_bytes> nonce{};
    std::string all;
    for (int i = 0; i < 1203; ++i)
        all += fmt::format(
            "INSERT INTO inbox (received_at_ms, account, kind, name, device_uuid, records, sealed, body, "
            "dedupe_order, dedupe_hash) VALUES (1, 'a{0}', 'event', '', '', 1, {1}, {2}, {0}, zeroblob(16));",
            i, i % 2, i % 2 == 0 ? "'{}'" : "x'" + hex(seal.seal("{}", fmt::format("push:a{}", i), nonce)) + "'");
    texts("BEGIN;" + all + "COMMIT;");
    BOOST_TEST(rotate()->sealed.pushes == 602U);
    const wire::sealer fresh(key());
    for (const auto& row : sql(path(), "SELECT account, hex(body) FROM inbox WHERE sealed = 1 AND account LIKE 'a%'"))
        BOOST_TEST(fresh.open(unhex(row[1]), "push:" + row[0]).has_value());
}

BOOST_FIXTURE_TEST_CASE(wherever_a_rotation_is_cut_off_the_next_start_goes_on, sealed_database) {
    const auto first = key();
    rotate_and_crash_after(*this, rotation_step::next_key_written);
    BOOST_TEST(fs::exists(next_file()));
    require_start_finds_everything();
    BOOST_TEST((key() == first));

    rotate_and_crash_after(*this, rotation_step::resealed);
    BOOST_TEST((key() == first));
    BOOST_TEST(!storage::seal_key_fits(path(), first).value());
    require_start_finds_everything();
    BOOST_TEST(!(key() == first));
    BOOST_TEST(!fs::exists(next_file()));
    BOOST_TEST((hub::load_seal_key(hub::previous_key_file(key_file())).value() == first));

    const auto second = key();
    rotate_and_crash_after(*this, rotation_step::key_renamed);
    require_start_finds_everything();
    BOOST_TEST(!(key() == second));

    rotate_and_crash_after(*this, rotation_step::file_rewritten);
    require_start_finds_everything();
}

BOOST_FIXTURE_TEST_CASE(wherever_a_rotation_is_cut_off_the_next_rotation_carries_on, sealed_database) {
    rotate_and_crash_after(*this, rotation_step::next_key_written);
    const auto kept = hub::load_seal_key(next_file()).value();
    BOOST_TEST(!rotate()->resumed);
    BOOST_TEST((key() == kept));
    require_start_finds_everything();

    rotate_and_crash_after(*this, rotation_step::resealed);
    const auto sealed_with = hub::load_seal_key(next_file()).value();
    const auto resumed = rotate();
    BOOST_TEST(resumed->resumed);
    BOOST_TEST(resumed->rewritten);
    BOOST_TEST((key() == sealed_with));
    require_start_finds_everything();

    for (const auto step : {rotation_step::key_renamed, rotation_step::file_rewritten}) {
        rotate_and_crash_after(*this, step);
        const auto before = key();
        BOOST_TEST(!rotate()->resumed);
        BOOST_TEST(!(key() == before));
        require_start_finds_everything();
    }
}

BOOST_FIXTURE_TEST_CASE(a_rotation_that_fails_half_way_has_changed_nothing, sealed_database) {
    // The schema stands in for any failure among the rows.
    texts("CREATE TRIGGER no_update BEFORE UPDATE ON inbox BEGIN SELECT RAISE(ABORT, 'not this one'); END");
    const auto before = key();
    BOOST_TEST(!rotate().has_value());
    BOOST_TEST((key() == before));
    texts("DROP TRIGGER no_update");
    require_start_finds_everything();
    BOOST_TEST((key() == before));
    BOOST_TEST(rotate().has_value());
    require_start_finds_everything();
}

BOOST_FIXTURE_TEST_CASE(a_value_the_present_key_does_not_open_stops_the_rotation_and_is_named, sealed_database) {
    texts("UPDATE tokens SET sealed_token = zeroblob(40)");
    const auto outcome = rotate();
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST(outcome.error().message.find("token of dd") != std::string::npos);
    BOOST_TEST(storage::seal_key_fits(path(), key()).value());
}

BOOST_FIXTURE_TEST_CASE(no_rotation_while_a_hub_runs_and_no_hub_while_a_rotation_does, sealed_database) {
    open();
    const auto outcome = rotate();
    BOOST_REQUIRE(!outcome.has_value());
    BOOST_TEST(outcome.error().message.find("another hub") != std::string::npos);
    BOOST_TEST(!fs::exists(next_file()));
    close();
    auto slow = request();
    bool started = false;
    slow.reached = [&](rotation_step) {
        try {
            open();
            started = true;
        } catch (const std::runtime_error&) {
        }
    };
    BOOST_TEST(hub::rotate_seal_key(slow, clock, entropy).has_value());
    BOOST_TEST(!started);
}

BOOST_FIXTURE_TEST_CASE(a_key_that_fits_neither_way_is_said_and_no_file_is_touched, sealed_database) {
    const auto right = bytes_of(key_file());
    std::ofstream(key_file()) << std::string(64, 'a') << "\n";
    BOOST_TEST(!rotate().has_value());
    BOOST_TEST(!fs::exists(next_file()));
    std::ofstream(next_file()) << std::string(64, 'b') << "\n";
    ::chmod(next_file().c_str(), 0600);
    BOOST_TEST((rotate().error().code == errc::unauthentic));
    BOOST_TEST(hub::fitting_seal_key(key_file(), path(), entropy)->reveal() == std::string(32, '\xaa'));
    BOOST_TEST(fs::exists(next_file()));
    // A stray file beside the right key does no harm.
    std::ofstream(key_file()) << right;
    require_start_finds_everything();
}

BOOST_FIXTURE_TEST_CASE(a_key_file_that_is_a_link_stays_one, sealed_database) {
    const auto real = path().parent_path() / "keys" / "real.key";
    fs::create_directories(real.parent_path());
    fs::rename(key_file(), real);
    fs::create_symlink(real, key_file());
    rotate_and_crash_after(*this, rotation_step::resealed);
    require_start_finds_everything();
    BOOST_TEST(fs::is_symlink(key_file()));
    BOOST_TEST(rotate().has_value());
    BOOST_TEST(fs::is_symlink(key_file()));
    require_start_finds_everything();
}

BOOST_FIXTURE_TEST_CASE(without_a_database_there_is_nothing_to_rotate, sealed_database) {
    auto nowhere = request();
    nowhere.database = path().parent_path() / "other.db";
    BOOST_TEST((hub::rotate_seal_key(nowhere, clock, entropy).error().code == errc::not_found));
    BOOST_TEST(!fs::exists(nowhere.database));
    BOOST_TEST(!fs::exists(next_file()));
}

BOOST_FIXTURE_TEST_CASE(old_pages_a_reader_keeps_in_place_are_told, sealed_database) {
    open();
    auto other = reader();
    close();
    // An open snapshot; the reader itself holds none between its calls.
    storage::sqlite::database snapshot(path().string(), storage::sqlite::database::mode::read_only);
    snapshot.execute("BEGIN; SELECT COUNT(*) FROM inbox");
    const auto done = rotate();
    BOOST_REQUIRE_MESSAGE(done.has_value(), done.error().message);
    BOOST_TEST(!done->rewritten);
    BOOST_TEST(!done->why_not_rewritten.empty());
    snapshot.execute("COMMIT");
    require_start_finds_everything();
    BOOST_TEST(rotate()->rewritten);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lockhub::test
