#include "schemas/dingding/probe.hpp"

#include <algorithm>

#include "schemas/dingding/credentials.hpp"
#include "schemas/dingding/reply.hpp"

namespace lockhub::dingding {

namespace {

using progress = reported_credential::progress;

probe_reply by_stage(const reported_credential& found) {
    switch (found.stage) {
        case progress::running:
            return probe::running{found.credential_ref};
        case progress::failed:
            return probe::failed{"丁盯 reports the operation as failed (operation_stage 2)"};
        case progress::done:
            break;
    }
    return probe::done{found.credential_ref};
}

const reported_credential* find_by_label(const std::vector<reported_credential>& all, const std::string& label) {
    if (label.empty()) return nullptr;
    const auto found = std::ranges::find(all, label, &reported_credential::label);
    return found == all.end() ? nullptr : &*found;
}

const reported_credential* find_by_ref(const std::vector<reported_credential>& all, const std::string& ref) {
    if (ref.empty()) return nullptr;
    const auto found = std::ranges::find(all, ref, &reported_credential::credential_ref);
    return found == all.end() ? nullptr : &*found;
}

probe_reply probe_set(const vendor_command& command, const std::vector<reported_credential>& all) {
    const auto* found = find_by_label(all, command.label);
    if (!found) found = find_by_ref(all, command.credential_ref);
    if (!found) return probe::absent{};
    // A later operation on it shows that the adding went through.
    if (found->operation && found->operation != command_verb::set_pin) return probe::done{found->credential_ref};
    return by_stage(*found);
}

// An update carries our label as the new name: an entry with that name took it, or is about to. Without it only an
// update in progress or failed can be ours; a finished one was somebody else's, and sending again does no harm.
probe_reply probe_replace(const vendor_command& command, const std::vector<reported_credential>& all) {
    const auto* found = find_by_ref(all, command.credential_ref);
    const auto* labelled = find_by_label(all, command.label);
    if (labelled) found = labelled;
    if (!found) return probe::absent{};
    const bool updating = found->operation == command_verb::replace_pin;
    if (labelled) return updating ? by_stage(*found) : probe_reply(probe::done{found->credential_ref});
    if (!updating) return probe::absent{};
    if (found->stage == progress::done && !command.label.empty()) return probe::absent{};
    return by_stage(*found);
}

probe_reply probe_remove(const vendor_command& command, const std::vector<reported_credential>& all) {
    const auto* found = find_by_ref(all, command.credential_ref);
    if (!found) return probe::done{command.credential_ref};
    return found->operation == command_verb::remove_pin ? by_stage(*found) : probe_reply(probe::absent{});
}

probe_reply probe_freeze(const vendor_command& command, const std::vector<reported_credential>& all) {
    const auto* found = find_by_ref(all, command.credential_ref);
    return found && found->operation == command.verb ? by_stage(*found) : probe_reply(probe::absent{});
}

}  // namespace

probe_reply decode_probe(const vendor_command& command, const wire::http_response& response) {
    const auto reply = read_reply(response);
    if (reply.kind != api_reply::outcome::done) {
        return probe::unclear{reply.kind == api_reply::outcome::token_refused, reply.message, reply.busy,
                              reply.retry_after};
    }
    if (!reply.body.find("passwords")) return probe::unclear{false, "fetch_passwords answered without `passwords`"};
    const auto all = read_credentials(reply.body);
    switch (command.verb) {
        case command_verb::set_pin:
            return probe_set(command, all);
        case command_verb::replace_pin:
            return probe_replace(command, all);
        case command_verb::remove_pin:
            return probe_remove(command, all);
        case command_verb::freeze_pin:
        case command_verb::unfreeze_pin:
            return probe_freeze(command, all);
        default:
            return probe::absent{};
    }
}

}  // namespace lockhub::dingding
