#pragma once
// Apartments of 云柚 (document 004, section 1): one list for the whole account, sent again whole, which ends in the
// same state. Nothing lists them.
#include "schemas/domain/provisioning.hpp"

namespace lockhub::yeeuu {

class places final : public place_codec {
  public:
    place_way way() const override { return place_way::all_at_once; }
    std::span<const std::string_view> details() const override;
    std::string room_id(const directory_row& row) const override;
    result<> check(const place_home& home) const override;
    place_call call(const place_step& step, const place_home& home, std::span<const place_home> others) const override;
    place_outcome outcome(const place_step& step, const method_answer& answer) const override;
};

}  // namespace lockhub::yeeuu
