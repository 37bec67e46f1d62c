#pragma once
// Which handler a request goes to, decided when its header is complete, so that the body's bound is the route's own.
// Immutable once built; replaced as a whole when the configuration is read again.
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "hub/http/handler.hpp"

namespace lockhub::hub {

struct route {
    std::string path;                  // "/healthz"; a trailing "*" matches every longer path ("/lockapi/*")
    std::vector<std::string> methods;  // "POST"; "GET" allows HEAD too
    std::size_t body_limit = 0;        // bytes; beyond: 413
    std::shared_ptr<handler> target = {};
    bool needs_length = true;                // POST without Content-Length and without chunks: 411
    std::string_view not_allowed_body = {};  // JSON body of a 405, "" for the default
    std::string allow = {};                  // filled by the router: "POST"
};

class router {
  public:
    // Throws std::invalid_argument for two routes with one path.
    explicit router(std::vector<route> routes);

    struct no_such_path {};
    struct method_not_allowed {
        const route* at;
    };
    using match = std::variant<const route*, no_such_path, method_not_allowed>;
    // Exact paths first, then the longest prefix. Pointers live as long as the router.
    match find(std::string_view method, std::string_view path) const;

  private:
    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::unique_ptr<route>> routes_;
    std::unordered_map<std::string, const route*, hash, std::equal_to<>> exact_;
    std::vector<const route*> prefixes_;  // longest first
};

}  // namespace lockhub::hub
