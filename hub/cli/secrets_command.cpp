#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/system/seal_key_rotation.hpp"
#include "hub/system/system_entropy.hpp"

namespace lockhub::hub {

printed secrets_rotate(const common_options& common) {
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto& key_file = settings->storage.seal_key_file;
    const system_clock time;
    system_entropy random;
    const auto done =
        rotate_seal_key({.key_file = key_file, .database = settings->storage.path, .actor = actor()}, time, random);
    if (!done) return failure(done.error());
    printed out;
    out.out = done->resumed
                  ? fmt::format("An earlier rotation was cut off; its key now stands in {}.\n", key_file.string())
                  : fmt::format(
                        "Sealed with a new key, in {}: {} PIN(s), {} token(s), {} push(es), {} face(s) or "
                        "fingerprint(s).\n",
                        key_file.string(), done->sealed.pins, done->sealed.tokens, done->sealed.pushes,
                        done->sealed.biometrics);
    out.out +=
        fmt::format("The old one is in {}: backups made before open with it. Delete it when you keep none of them.\n",
                    previous_key_file(key_file).string());
    if (!done->rewritten)
        out.err = fmt::format(
            "lockhub: {}: could not be written anew ({}): free pages may still hold what the old key "
            "opens. Rotate again to try again.\n",
            settings->storage.path.string(), done->why_not_rewritten);
    return out;
}

}  // namespace lockhub::hub
