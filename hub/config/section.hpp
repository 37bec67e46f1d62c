#pragma once
// Reads one section of the configuration by key and type. Every getter notes its key as known and reports a value of
// the wrong type; finish() reports what nobody asked for.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config/document.hpp"

namespace lockhub::hub {

// Problems as they are found; sorted by line when all are there.
class problem_list {
  public:
    void add(const place& at, std::string what) { found_.push_back({at, std::move(what)}); }
    bool empty() const { return found_.empty(); }
    std::vector<config_problem> sorted() const;

  private:
    struct found {
        place at;
        std::string what;
    };
    std::vector<found> found_;
};

class section {
  public:
    // `title` as the file writes it: "[server]", "[[pms]]". All three must outlive the section.
    section(const setting& table, std::string_view title, problem_list& problems);

    // Absent keys leave `into` as it is, and so do wrong ones. True: a good value was read.
    bool read(std::string_view key, std::string& into);
    bool read(std::string_view key, bool& into);
    bool read(std::string_view key, std::filesystem::path& into);
    bool read(std::string_view key, duration& into, duration least, duration most);
    bool read(std::string_view key, std::size_t& into, std::size_t least, std::size_t most);
    bool read(std::string_view key, std::vector<std::string>& into);

    // The tables of a list such as [[gateway.reader]]; none when the key is absent.
    std::vector<const setting*> tables(std::string_view key);

    // A text that must be there and not be empty.
    bool require(std::string_view key, std::string& into);

    bool has(std::string_view key) const { return table_.find(key) != nullptr; }
    const place& at(std::string_view key) const;  // of the key, or of the section where the key is absent
    place item_at(std::string_view key, std::size_t index) const;
    const place& at() const { return table_.at; }
    std::string_view title() const { return title_; }
    void problem(std::string_view key, std::string what) { problems_.add(at(key), std::move(what)); }
    problem_list& problems() { return problems_; }

    void finish();  // unknown keys become problems

  private:
    const setting* take(std::string_view key);
    const setting* take(std::string_view key, setting::kind wanted);
    const setting& table_;
    std::string_view title_;
    problem_list& problems_;
    std::vector<std::string_view> known_;  // keys asked for: literals
};

}  // namespace lockhub::hub
