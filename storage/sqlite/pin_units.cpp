#include "storage/sqlite/pin_units.hpp"

namespace lockhub::storage::sqlite {

result<pin_known> reveal_pin(workspace&, const pin_question&) {
    return fail(errc::unsupported, "reveal_pin");
}

}  // namespace lockhub::storage::sqlite
