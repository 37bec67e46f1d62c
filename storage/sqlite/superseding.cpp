#include "storage/sqlite/superseding.hpp"

#include <stdexcept>

#include "schemas/quhuhu/lock_texts.hpp"
#include "storage/sqlite/command_outcome.hpp"

namespace lockhub::storage::sqlite {

void supersede_unsent(workspace& w, std::int64_t room_row, bool manage, std::string_view except) {
    for (const auto& action : w.actions.unsent_pin_actions(room_row, manage)) {
        if (action == except) continue;
        auto command = w.commands.find_of_action(action);
        if (!command) throw std::logic_error("an open action without a command");
        finish_command(w, std::move(*command),
                       {.state = command_state::superseded, .message = std::string(quhuhu::superseded_text)});
    }
}

}  // namespace lockhub::storage::sqlite
