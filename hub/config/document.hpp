#pragma once
// What a configuration file says, before anybody judges it: a plain tree with the place each value came from, so that
// only one source file knows the TOML library.
#include <cstdint>
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/config/config.hpp"

namespace lockhub::hub {

struct place {
    std::string source;  // the file as named on the command line, or a LOCKHUB_* variable
    unsigned line = 0;   // 0: no line (a variable, or the file as a whole)

    std::string text() const;
};

struct named_setting;

struct setting {
    enum class kind { text, integer, boolean, list, table, other };

    kind type = kind::other;
    std::string text;
    std::int64_t integer = 0;
    bool boolean = false;
    std::vector<setting> items;          // of a list
    std::vector<named_setting> members;  // of a table
    place at;
    bool from_environment = false;  // a text that may stand for a number, a flag or a duration

    const setting* find(std::string_view name) const;
    setting* find(std::string_view name);
};

struct named_setting {
    std::string name;
    setting value;
};

setting empty_table(place at);

std::string_view describe(setting::kind type);  // "a text", "a whole number", …

// The file's top table. A file that is no TOML fails with the one place where reading stopped.
std::expected<setting, config_problem> read_document(std::string_view text, const std::filesystem::path& file);

// Puts LOCKHUB_SERVER_LISTEN and its like over what the file says, for the sections [server], [storage], [operator],
// [log], [dispatch], [lockapi] and [reconcile]. Whether such a key exists is judged later, as for the file's own.
void override_from_environment(setting& document, const environment& variables);

}  // namespace lockhub::hub
