#pragma once
// Turns the bytes of a connection into requests, one after the other. Knows no socket: the session reads into room(),
// says how much came with received(), and asks advance() what that makes. Buffers are kept between requests, so that a
// connection in its steady state allocates nothing.
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lockhub::hub {

// What the program uses of a request. The texts are the reader's own until the next begin().
struct received_request {
    std::string method;
    std::string target;
    std::string content_type;
    std::string authorization;
    std::string forwarded_for;  // all X-Forwarded-For headers, joined with commas
    std::string expect;
    std::string body;
    std::optional<std::size_t> content_length;
    bool chunked = false;
    bool keep_alive = false;
    bool http_1_1 = false;
};

class request_reader {
  public:
    enum class progress {
        need_more,
        header_complete,  // reported once; then accept_body() or discard_body(), and advance() again
        complete,
        refused,  // refusal() says why; the connection cannot go on
    };

    struct refusal_reason {
        int status = 400;
        std::string_view message;  // a literal
    };

    request_reader();
    ~request_reader();
    request_reader(const request_reader&) = delete;
    request_reader& operator=(const request_reader&) = delete;

    // Forgets the request, keeps the bytes that follow it.
    void begin();

    // Where the next bytes go; never empty while advance() says need_more or header_complete.
    std::span<char> room();
    void received(std::size_t bytes);
    bool has_unread() const;

    // True as soon as one byte of the current request has come.
    bool started() const;

    progress advance();

    // A body beyond `limit` is refused with 413, at once where Content-Length tells.
    void accept_body(std::size_t limit);
    // The body is read and forgotten, as far as `limit`.
    void discard_body(std::size_t limit);

    const received_request& request() const;
    refusal_reason refusal() const;

  private:
    class parser;
    struct state;
    std::unique_ptr<state> state_;
};

}  // namespace lockhub::hub
