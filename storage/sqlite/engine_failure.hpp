#pragma once
#include <stdexcept>
#include <string>

namespace lockhub::storage::sqlite {

// A statement of the engine failed. Fatal: nothing this connection does can be trusted any more (an I/O error, a full
// disk, a damaged file), so the writer is poisoned.
class engine_failure : public std::runtime_error {
  public:
    engine_failure(const std::string& what, bool is_fatal) : std::runtime_error(what), fatal_(is_fatal) {}
    bool fatal() const { return fatal_; }

  private:
    bool fatal_;
};

}  // namespace lockhub::storage::sqlite
