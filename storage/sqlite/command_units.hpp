#pragma once
// Leases and settlements of commands, and tokens.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<std::vector<leased_command>> lease_commands(workspace& w, const command_lease_request& request);
result<command_settled> settle_command(workspace& w, const command_settlement& settlement);

struct token_to_save {
    account_id account;
    access_token token;
};
result<nothing> save_token(workspace& w, const token_to_save& save);
result<std::vector<std::pair<account_id, access_token>>> load_tokens(workspace& w, const nothing&);

}  // namespace lockhub::storage::sqlite
