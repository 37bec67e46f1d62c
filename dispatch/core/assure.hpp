#pragma once
// An assertion that stays on: for what must never be.
#include <stdexcept>

namespace lockhub::dispatch {

inline void assure(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

}  // namespace lockhub::dispatch
