#include "hub/system/seal_key_rotation.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <stdexcept>

#include "hub/system/key_files.hpp"

namespace lockhub::hub {

namespace {

// Where the file really is: renaming must not put a file in place of a link to it.
std::filesystem::path real_file(const std::filesystem::path& file) {
    std::error_code ec;
    auto real = std::filesystem::canonical(file, ec);
    return ec ? file : real;
}

bool is_there(const std::filesystem::path& file) {
    std::error_code ec;
    return std::filesystem::exists(file, ec);
}

// What another user makes, the hub could not read afterwards.
result<> require_owner(const std::filesystem::path& database) {
    struct stat status{};
    if (::stat(database.c_str(), &status) != 0)
        return fail(errc::not_found, fmt::format("{}: no database there", database.string()));
    if (status.st_uid == ::geteuid()) return {};
    return fail(errc::unavailable, fmt::format("{} belongs to another user (uid {}): run this as that user",
                                               database.string(), status.st_uid));
}

class rotation {
  public:
    rotation(const rotation_request& request, const clock& time, entropy& random)
        : request_(request),
          time_(time),
          random_(random),
          file_(real_file(request.key_file)),
          next_(next_key_file(request.key_file)),
          work_(storage::begin_key_rotation(request.database)) {}

    result<rotation_outcome> run() {
        const auto current = load_seal_key(file_);
        if (!current) return std::unexpected(current.error());
        rotation_outcome out;
        if (work_->fits(*current)) {
            const auto next = load_or_make_seal_key(next_, random_);
            if (!next) return std::unexpected(next.error());
            reached(rotation_step::next_key_written);
            out.sealed = work_->reseal(*current, *next, random_, time_.now(), request_.actor);
            reached(rotation_step::resealed);
        } else {
            const auto next = load_seal_key(next_);
            if (!next || !work_->fits(*next))
                return fail(errc::unauthentic, fmt::format("{}: neither {} nor {} holds the key it was sealed with",
                                                           request_.database.string(), file_.string(), next_.string()));
            out.resumed = true;
        }
        if (auto renamed = replace_key_file(next_, file_, previous_key_file(file_)); !renamed)
            return std::unexpected(renamed.error());
        reached(rotation_step::key_renamed);
        rewrite(out);
        return out;
    }

  private:
    // The new key is in force already: that old pages could not be written over is worth telling, and no failure.
    void rewrite(rotation_outcome& out) {
        try {
            out.rewritten = work_->rewrite();
            if (!out.rewritten) out.why_not_rewritten = "another program is reading it";
        } catch (const std::runtime_error& why) {
            out.why_not_rewritten = why.what();
        }
        reached(rotation_step::file_rewritten);
    }

    void reached(rotation_step step) const {
        if (request_.reached) request_.reached(step);
    }

    const rotation_request& request_;
    const clock& time_;
    entropy& random_;
    std::filesystem::path file_;
    std::filesystem::path next_;
    std::unique_ptr<storage::key_rotation> work_;
};

// Under the database's lock, so that no rotation that still runs loses its files.
result<secret> finish_rotation(const std::filesystem::path& file, const std::filesystem::path& next_file,
                               const std::filesystem::path& database) {
    const auto locked = storage::begin_key_rotation(database);
    auto current = load_seal_key(file);
    if (!current || locked->fits(*current)) return current;
    auto next = load_seal_key(next_file);
    if (!next || !locked->fits(*next)) return current;
    if (auto renamed = replace_key_file(next_file, file, previous_key_file(file)); !renamed)
        return std::unexpected(renamed.error());
    return next;
}

}  // namespace

std::filesystem::path next_key_file(const std::filesystem::path& file) {
    return real_file(file).string() + ".next";
}

std::filesystem::path previous_key_file(const std::filesystem::path& file) {
    return real_file(file).string() + ".previous";
}

result<secret> fitting_seal_key(const std::filesystem::path& file, const std::filesystem::path& database,
                                entropy& random) {
    const auto next_file = next_key_file(file);
    auto current = load_or_make_seal_key(file, random);
    if (!current || !is_there(next_file)) return current;
    if (storage::seal_key_fits(database, *current).value_or(true)) return current;
    try {
        return finish_rotation(real_file(file), next_file, database);
    } catch (const std::runtime_error& why) {
        return fail(errc::unavailable, why.what());
    }
}

result<rotation_outcome> rotate_seal_key(const rotation_request& request, const clock& time, entropy& random) {
    if (auto owner = require_owner(request.database); !owner) return std::unexpected(owner.error());
    try {
        return rotation(request, time, random).run();
    } catch (const std::runtime_error& why) {
        return fail(errc::unavailable, why.what());
    }
}

}  // namespace lockhub::hub
