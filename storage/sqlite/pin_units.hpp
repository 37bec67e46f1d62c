#pragma once
// PINs shown on demand: named, audited calls.
#include "storage/sqlite/workspace.hpp"

namespace lockhub::storage::sqlite {

result<pin_known> reveal_pin(workspace& w, const pin_question& question);

}  // namespace lockhub::storage::sqlite
