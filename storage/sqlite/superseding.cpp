#include "storage/sqlite/superseding.hpp"

#include <stdexcept>

#include "schemas/quhuhu/lock_texts.hpp"
#include "storage/sqlite/command_outcome.hpp"

namespace lockhub::storage::sqlite {

namespace {

std::optional<std::string_view> holder_meant(const rivals& of) {
    return takes_right(of.verb) && of.holder.empty() ? std::nullopt : std::optional(of.holder);
}

}  // namespace

void supersede_unsent(workspace& w, const rivals& of, std::string_view except) {
    const auto pair = pair_of(of.verb);
    if (!pair) return;
    for (const auto& action : w.actions.unsent_actions(of.room_row, *pair, of.manage, holder_meant(of))) {
        if (action == except) continue;
        auto command = w.commands.find_of_action(action);
        if (!command) throw std::logic_error("an open action without a command");
        finish_command(w, std::move(*command),
                       {.state = command_state::superseded, .message = std::string(quhuhu::superseded_text)});
    }
}

bool has_open_rival(workspace& w, const rivals& of) {
    const auto pair = pair_of(of.verb);
    return pair && w.actions.has_open_action(of.room_row, *pair, of.manage, holder_meant(of));
}

}  // namespace lockhub::storage::sqlite
