#include "hub/http/request_reader.hpp"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <cstring>

#include "schemas/core/limits.hpp"

namespace lockhub::hub {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;

using beast::error_code;

// "0\r\n\r\n": what at least has to follow anywhere inside a chunked body.
constexpr std::size_t least_chunked_rest = 5;

request_reader::refusal_reason reason_of(const error_code& ec, bool in_header) {
    if (ec == http::error::body_limit) return {413, "the body is larger than this path takes"};
    if (ec == http::error::header_limit) {
        return in_header ? request_reader::refusal_reason{431, "the header is too large"}
                         : request_reader::refusal_reason{400, "a chunk header or trailer is too long"};
    }
    if (ec == http::error::bad_version) return {505, "only HTTP/1.0 and HTTP/1.1 are spoken here"};
    if (ec == http::error::bad_content_length || ec == http::error::multiple_content_length)
        return {400, "Content-Length is wrong or contradicts another header"};
    if (ec == http::error::bad_transfer_encoding)
        return {400, "Transfer-Encoding is wrong or contradicts another header"};
    if (ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension)
        return {400, "the chunked body is malformed"};
    if (ec == http::error::bad_method || ec == http::error::bad_target) return {400, "the request line is malformed"};
    return {400, "the request is not valid HTTP"};
}

void trim_capacity(std::string& text) {
    if (text.capacity() > limits::kept_buffer_bytes) std::string().swap(text);
    text.clear();
}

}  // namespace

// Beast's parser does the grammar; this collects what the program uses.
class request_reader::parser final : public http::basic_parser<true> {
  public:
    explicit parser(received_request& into) : into_(into) {
        header_limit(static_cast<std::uint32_t>(limits::header_bytes));
        body_limit(boost::none);
    }

    void keep_body(bool keep) { keep_body_ = keep; }
    const std::optional<refusal_reason>& refusal() const { return refusal_; }

  private:
    void refuse(error_code& ec, int status, std::string_view message) {
        refusal_ = refusal_reason{status, message};
        ec = http::error::bad_value;
    }

    void on_request_impl(http::verb, beast::string_view method, beast::string_view target, int version,
                         error_code& ec) override {
        if (target.size() > limits::target_bytes) return refuse(ec, 414, "the request target is too long");
        into_.method.assign(method);
        into_.target.assign(target);
        into_.http_1_1 = version >= 11;
    }

    void on_response_impl(int, beast::string_view, int, error_code&) override {}

    void on_field_impl(http::field name, beast::string_view text, beast::string_view value, error_code& ec) override {
        // Trailers come through here too; they must not replace what the header said.
        if (header_done_) return;
        switch (name) {
            case http::field::host:
                if (++hosts_ > 1) refuse(ec, 400, "there is more than one Host header");
                break;
            case http::field::content_type:
                into_.content_type.assign(value);
                break;
            case http::field::authorization:
                into_.authorization.assign(value);
                break;
            case http::field::expect:
                into_.expect.assign(value);
                break;
            case http::field::transfer_encoding:
                transfer_encoded_ = true;
                break;
            case http::field::unknown:
                if (beast::iequals(text, "X-Forwarded-For")) {
                    if (!into_.forwarded_for.empty()) into_.forwarded_for += ',';
                    into_.forwarded_for += value;
                }
                break;
            default:
                break;
        }
    }

    void on_header_impl(error_code& ec) override {
        header_done_ = true;
        // Without a length the rest would be read as the next request: the classic way to smuggle one in.
        if (transfer_encoded_ && !chunked()) return refuse(ec, 400, "the last Transfer-Encoding must be chunked");
        if (into_.http_1_1 && hosts_ == 0) return refuse(ec, 400, "the Host header is missing");
        into_.chunked = chunked();
        into_.keep_alive = keep_alive();
        if (const auto length = content_length()) into_.content_length = static_cast<std::size_t>(*length);
    }

    void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}

    std::size_t on_body_impl(beast::string_view bytes, error_code&) override {
        if (keep_body_) into_.body.append(bytes);
        return bytes.size();
    }

    void on_chunk_header_impl(std::uint64_t, beast::string_view, error_code&) override {}

    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view bytes, error_code& ec) override {
        return on_body_impl(bytes, ec);
    }

    void on_finish_impl(error_code&) override {}

    received_request& into_;
    std::optional<refusal_reason> refusal_;
    std::size_t hosts_ = 0;
    bool transfer_encoded_ = false;
    bool header_done_ = false;
    bool keep_body_ = true;
};

struct request_reader::state {
    received_request request;
    std::optional<parser> grammar;  // Beast's parser serves one message: made anew in place for each
    std::optional<refusal_reason> refusal;
    std::unique_ptr<char[]> buffer = std::make_unique_for_overwrite<char[]>(limits::read_buffer_bytes);
    std::size_t capacity = limits::read_buffer_bytes;
    std::size_t read_from = 0;
    std::size_t read_until = 0;
    std::size_t header_bytes = 0;
    bool started = false;

    std::size_t unread() const { return read_until - read_from; }

    progress refuse(refusal_reason why) {
        refusal = why;
        return progress::refused;
    }

    // Robust servers step over empty lines before a request line (RFC 9112, 2.2).
    void skip_empty_lines() {
        while (unread() > 0 && (buffer[read_from] == '\r' || buffer[read_from] == '\n')) ++read_from;
    }

    progress advance_header();
    progress advance_body();
};

request_reader::progress request_reader::state::advance_header() {
    if (!started) skip_empty_lines();
    if (unread() == 0) return progress::need_more;
    started = true;
    error_code ec;
    const auto used = grammar->put({buffer.get() + read_from, unread()}, ec);
    read_from += used;
    header_bytes += used;
    if (grammar->refusal()) return refuse(*grammar->refusal());
    if (ec && ec != http::error::need_more && ec != http::error::header_limit) return refuse(reason_of(ec, true));
    // Beast bounds what one call sees, not what many calls add up to.
    if (ec == http::error::header_limit || header_bytes + (ec ? unread() : 0) > limits::header_bytes) {
        const std::string_view waiting(buffer.get() + read_from, unread());
        const bool in_request_line = request.method.empty() && !waiting.contains('\n');
        if (in_request_line) return refuse({414, "the request line is too long"});
        return refuse(reason_of(http::error::header_limit, true));
    }
    return ec ? progress::need_more : progress::header_complete;
}

request_reader::progress request_reader::state::advance_body() {
    while (!grammar->is_done()) {
        // Fewer bytes than a last chunk has are never enough, and Beast 1.81 asserts on some of them.
        if (unread() < (request.chunked ? least_chunked_rest : 1)) return progress::need_more;
        error_code ec;
        const auto used = grammar->put({buffer.get() + read_from, unread()}, ec);
        read_from += used;
        if (ec && ec != http::error::need_more) return refuse(reason_of(ec, false));
        if (ec && unread() >= limits::header_bytes) return refuse(reason_of(http::error::header_limit, false));
        if (ec) return progress::need_more;
    }
    return progress::complete;
}

request_reader::request_reader() : state_(std::make_unique<state>()) {
    begin();
}
request_reader::~request_reader() = default;

void request_reader::begin() {
    auto& s = *state_;
    s.request.method.clear();
    s.request.target.clear();
    s.request.content_type.clear();
    s.request.authorization.clear();
    s.request.forwarded_for.clear();
    s.request.expect.clear();
    trim_capacity(s.request.body);
    s.request.content_length.reset();
    s.request.chunked = s.request.keep_alive = s.request.http_1_1 = false;
    s.grammar.emplace(s.request);
    s.refusal.reset();
    s.header_bytes = 0;
    s.started = false;
    if (s.read_from == s.read_until) s.read_from = s.read_until = 0;
}

std::span<char> request_reader::room() {
    auto& s = *state_;
    if (s.read_from > 0) {
        std::memmove(s.buffer.get(), s.buffer.get() + s.read_from, s.unread());
        s.read_until -= s.read_from;
        s.read_from = 0;
    }
    if (s.read_until == s.capacity) {
        // One byte more than the bound, so that exceeding it can be seen.
        const auto larger = std::min(s.capacity * 2, limits::header_bytes + 1);
        auto grown = std::make_unique_for_overwrite<char[]>(larger);
        std::memcpy(grown.get(), s.buffer.get(), s.read_until);
        s.buffer = std::move(grown);
        s.capacity = larger;
    }
    return {s.buffer.get() + s.read_until, s.capacity - s.read_until};
}

void request_reader::received(std::size_t bytes) {
    state_->read_until += bytes;
}
bool request_reader::has_unread() const {
    return state_->unread() > 0;
}
bool request_reader::started() const {
    return state_->started;
}

request_reader::progress request_reader::advance() {
    auto& s = *state_;
    if (s.refusal) return progress::refused;
    return s.grammar->is_header_done() ? s.advance_body() : s.advance_header();
}

void request_reader::accept_body(std::size_t limit) {
    auto& s = *state_;
    if (s.request.content_length.value_or(0) > limit) {
        s.refuse(reason_of(http::error::body_limit, false));
        return;
    }
    s.grammar->body_limit(limit);
    s.grammar->eager(true);
    s.grammar->keep_body(true);
}

void request_reader::discard_body(std::size_t limit) {
    accept_body(limit);
    state_->grammar->keep_body(false);
}

const received_request& request_reader::request() const {
    return state_->request;
}
request_reader::refusal_reason request_reader::refusal() const {
    return state_->refusal.value_or(refusal_reason{});
}

}  // namespace lockhub::hub
