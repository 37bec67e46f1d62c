#include "hub/system/key_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "hub/config/secret_files.hpp"
#include "schemas/wire/sealed.hpp"

namespace lockhub::hub {

namespace {

constexpr std::size_t random_bytes = 32;
static_assert(random_bytes == wire::seal_key_bytes);

std::string reason(int number) {
    return std::generic_category().message(number);
}

std::string to_hex(std::span<const std::byte> bytes) {
    std::string text;
    for (const auto byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned>(byte));
    return text;
}

std::optional<std::string> from_hex(std::string_view text) {
    const auto digit = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        if (c >= 'A' && c <= 'F') return c - 'A' + 10;
        return -1;
    };
    if (text.size() % 2 != 0) return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<char>(high * 16 + low));
    }
    return bytes;
}

// Closes when it goes.
class descriptor {
  public:
    explicit descriptor(int fd) : fd_(fd) {}
    ~descriptor() {
        if (fd_ >= 0) ::close(fd_);
    }
    descriptor(const descriptor&) = delete;
    descriptor& operator=(const descriptor&) = delete;
    int get() const { return fd_; }

  private:
    int fd_;
};

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

result<> sync_folder(const std::filesystem::path& folder) {
    const descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (fd.get() < 0 || ::fsync(fd.get()) != 0)
        return fail(errc::unavailable, fmt::format("folder {} cannot be synced: {}", folder.string(), reason(errno)));
    return {};
}

result<> write_durably(int fd, std::string_view text, const std::filesystem::path& file) {
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0)
            return fail(errc::unavailable, fmt::format("{} cannot be written: {}", file.string(), reason(errno)));
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fsync(fd) != 0)
        return fail(errc::unavailable, fmt::format("{} cannot be synced: {}", file.string(), reason(errno)));
    return {};
}

// The text is written under another name first: a crash between leaves no half key under the real one.
result<> make_file(const std::filesystem::path& file, const secret& text) {
    const auto folder = folder_of(file);
    std::error_code ec;
    std::filesystem::create_directories(folder, ec);
    if (ec) return fail(errc::unavailable, fmt::format("folder {} cannot be made: {}", folder.string(), ec.message()));
    const auto draft = std::filesystem::path(file.string() + fmt::format(".new.{}", ::getpid()));
    {
        const descriptor fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (fd.get() < 0)
            return fail(errc::unavailable, fmt::format("{} cannot be made: {}", draft.string(), reason(errno)));
        if (auto written = write_durably(fd.get(), text.reveal(), draft); !written) {
            ::unlink(draft.c_str());
            return written;
        }
    }
    // link(2), unlike rename(2), refuses to replace a file that appeared meanwhile.
    const int linked = ::link(draft.c_str(), file.c_str());
    const int link_error = errno;
    ::unlink(draft.c_str());
    if (linked != 0 && link_error != EEXIST)
        return fail(errc::unavailable, fmt::format("{} cannot be made: {}", file.string(), reason(link_error)));
    return sync_folder(folder);
}

bool is_missing(const std::filesystem::path& file) {
    return ::access(file.c_str(), F_OK) != 0 && errno == ENOENT;
}

result<> make_when_missing(const std::filesystem::path& file, entropy& random) {
    if (!is_missing(file)) return {};
    std::array<std::byte, random_bytes> bytes{};
    random.fill(bytes);
    const secret text(to_hex(bytes) + "\n");
    return make_file(file, text);
}

}  // namespace

result<secret> load_seal_key(const std::filesystem::path& file) {
    if (is_missing(file)) return fail(errc::not_found, fmt::format("seal key file {} is not there", file.string()));
    auto text = read_secret_file(file);
    if (!text) return text;
    auto bytes = from_hex(text->reveal());
    if (!bytes || bytes->size() != wire::seal_key_bytes)
        return fail(errc::invalid_input,
                    fmt::format("seal key file {} must hold 64 hexadecimal digits", file.string()));
    return secret(*std::move(bytes));
}

result<secret> load_or_make_seal_key(const std::filesystem::path& file, entropy& random) {
    if (auto made = make_when_missing(file, random); !made) return std::unexpected(made.error());
    return load_seal_key(file);
}

result<> replace_key_file(const std::filesystem::path& next, const std::filesystem::path& file,
                          const std::filesystem::path& previous) {
    ::unlink(previous.c_str());
    if (::link(file.c_str(), previous.c_str()) != 0)
        return fail(errc::unavailable, fmt::format("{} cannot be made: {}", previous.string(), reason(errno)));
    if (::rename(next.c_str(), file.c_str()) != 0)
        return fail(errc::unavailable,
                    fmt::format("{} cannot take the place of {}: {}", next.string(), file.string(), reason(errno)));
    return sync_folder(folder_of(file));
}

result<secret> load_operator_token(const std::filesystem::path& file) {
    if (is_missing(file))
        return fail(errc::not_found, fmt::format("operator token file {} is not there", file.string()));
    return read_secret_file(file);
}

result<secret> load_or_make_operator_token(const std::filesystem::path& file, entropy& random) {
    if (auto made = make_when_missing(file, random); !made) return std::unexpected(made.error());
    return load_operator_token(file);
}

}  // namespace lockhub::hub
