#include "tests/tidy/include_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <span>

namespace lockhub::tidy {
namespace {

struct include_line {
    std::string_view target;
    bool quoted = false;  // "schemas/…", not <…>
    std::size_t line = 0;
};

std::vector<include_line> includes_of(const source_file& file) {
    constexpr std::string_view directive = "#include ";
    std::vector<include_line> found;
    const std::string_view text = file.text;
    for (auto at = text.find(directive); at != std::string_view::npos; at = text.find(directive, at + 1)) {
        const bool begins_line = at == 0 || text[at - 1] == '\n';
        const auto open = at + directive.size();
        if (!begins_line || open >= text.size()) continue;
        const auto close = text.find(text[open] == '<' ? '>' : '"', open + 1);
        if (close == std::string_view::npos) continue;
        found.push_back({text.substr(open + 1, close - open - 1), text[open] == '"', file.line_at(at)});
    }
    return found;
}

using judge = std::function<std::string(const include_line&)>;  // what is wrong with it; "" for nothing

violations judge_includes(const source_file& file, const judge& what_is_wrong) {
    violations found;
    for (const auto& line : includes_of(file)) {
        if (auto wrong = what_is_wrong(line); !wrong.empty()) found.push_back({file.path, line.line, std::move(wrong)});
    }
    return found;
}

bool begins_with_any(std::string_view text, std::span<const std::string_view> heads) {
    return std::ranges::any_of(heads, [&](std::string_view head) { return text.starts_with(head); });
}

// Left to right: each may include itself and what stands after it.
constexpr std::array<std::string_view, 5> layers{"tests/", "hub/", "dispatch/", "storage/", "schemas/"};
constexpr std::array<std::string_view, 3> schema_layers{"schemas/domain/", "schemas/wire/", "schemas/core/"};

std::size_t rank_in(std::span<const std::string_view> order, std::string_view path) {
    return static_cast<std::size_t>(
        std::ranges::find_if(order, [&](std::string_view head) { return path.starts_with(head); }) - order.begin());
}

std::string_view folder_of(std::string_view path) {
    return path.substr(0, path.rfind('/') + 1);
}

// A protocol's own folder, or a folder of the order that stands to the right.
bool may_include_schema(std::string_view from, std::string_view target) {
    if (folder_of(from) == folder_of(target)) return true;
    const auto from_rank = rank_in(schema_layers, from);
    const auto target_rank = rank_in(schema_layers, target);
    if (target_rank == schema_layers.size()) return false;
    return from_rank == schema_layers.size() || from_rank < target_rank;
}

constexpr std::array<std::string_view, 3> asio_families{"boost/asio", "boost/beast", "openssl/ssl"};
constexpr std::array<std::string_view, 13> impure{"boost/asio",   "boost/beast",        "sqlite3", "thread", "mutex",
                                                  "shared_mutex", "condition_variable", "future",  "random", "sys/",
                                                  "unistd.h",     "openssl/ssl",        "fstream"};

// The only files of the product that instantiate Beast's and TLS's templates.
constexpr std::array<std::string_view, 4> beast_files{"dispatch/net/connection.cpp", "hub/http/request_reader.cpp",
                                                      "hub/http/session.cpp", "hub/http/tls_context.cpp"};

}  // namespace

violations layers_include_to_their_right(const source_file& file) {
    return judge_includes(file, [&](const include_line& line) -> std::string {
        if (!line.quoted) return {};
        const auto from = rank_in(layers, file.path);
        const auto target = rank_in(layers, line.target);
        if (target == layers.size()) return fmt::format("\"{}\" is not written from the root", line.target);
        if (target < from) return fmt::format("{} must not include {}", layers[from], line.target);
        if (layers[from] == "schemas/" && !may_include_schema(file.path, line.target)) {
            return fmt::format("{} must not include {}", folder_of(file.path), line.target);
        }
        const bool reaches_into_engine =
            line.target.starts_with("storage/sqlite/") && line.target != "storage/sqlite/open.hpp";
        if (reaches_into_engine && from < rank_in(layers, "storage/") && !file.is_test()) {
            return fmt::format("{} belongs to the engine; include storage/store.hpp, reader.hpp or sqlite/open.hpp",
                               line.target);
        }
        return {};
    });
}

violations libraries_stay_where_they_belong(const source_file& file) {
    return judge_includes(file, [&](const include_line& line) -> std::string {
        if (line.quoted || file.is_test()) return {};
        if (file.path.starts_with("schemas/") && begins_with_any(line.target, impure)) {
            return fmt::format("schemas/ must stay pure, without <{}>", line.target);
        }
        if (file.path.starts_with("dispatch/core/") && begins_with_any(line.target, asio_families)) {
            return fmt::format("dispatch/core/ must stay pure, without <{}>", line.target);
        }
        if (line.target.starts_with("sqlite3") && !file.path.starts_with("storage/sqlite/")) {
            return "SQLite stays in storage/sqlite/";
        }
        if (line.target.starts_with("simdjson") && !file.path.starts_with("schemas/"))
            return "simdjson stays in schemas/";
        return {};
    });
}

violations heavy_headers_stay_in_few_files(const source_file& file) {
    return judge_includes(file, [&](const include_line& line) -> std::string {
        if (line.target == "boost/asio.hpp" || line.target == "boost/beast.hpp") {
            return fmt::format("<{}> is an umbrella header", line.target);
        }
        const bool heavy = line.target.starts_with("boost/beast") || line.target.starts_with("boost/asio/ssl");
        if (!heavy) return {};
        const bool allowed = file.is_test() || std::ranges::find(beast_files, file.path) != beast_files.end();
        return allowed ? std::string() : fmt::format("<{}> is heavy and does not belong here", line.target);
    });
}

}  // namespace lockhub::tidy
