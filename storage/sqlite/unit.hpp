#pragma once
// A unit of work: what one call of the store asks for.
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>

#include "schemas/core/result.hpp"

namespace lockhub::storage::sqlite {

using delivered_completion = std::move_only_function<void()>;

// Thrown by apply() to take back what the unit has written so far and to answer with this error.
struct unit_refused : std::runtime_error {
    explicit unit_refused(error e) : std::runtime_error(e.message), why(std::move(e)) {}
    error why;
};

class unit {
  public:
    virtual ~unit() = default;

    virtual std::size_t bytes() const = 0;  // about what it keeps in memory

    // Inside a transaction, on the writer's thread. May run again after a rollback, so it leaves its input as it was.
    // Throws unit_refused, engine_failure, or anything else for a broken invariant.
    virtual void apply() = 0;

    // What apply() did is durable.
    virtual void committed() {}

    // After committed(): false when the unit has more to do and wants to stand in the queue again.
    virtual bool finished() const { return true; }

    // One of these two is called, once, at the end: the outcome of the last apply(), or an error.
    virtual delivered_completion complete() = 0;
    virtual delivered_completion refuse(error why) = 0;
};

using unit_pointer = std::unique_ptr<unit>;

}  // namespace lockhub::storage::sqlite
