#pragma once
// Homes and rooms of 丁盯 (document 001, section 5): their owner's own ids, one call a place. It can be asked for a
// home and for the devices in it; a room without a device shows nowhere, so one whose answer was lost is changed first
// and added when that says it is not there.
#include "schemas/domain/provisioning.hpp"

namespace lockhub::dingding {

class places final : public place_codec {
  public:
    place_way way() const override { return place_way::one_by_one; }
    std::span<const std::string_view> details() const override;
    std::string room_id(const directory_row& row) const override;
    std::vector<place_call> questions(std::string_view home_id) const override;
    result<> read(const place_call& asked, const method_answer& answer, seen_places& into) const override;
    place_call call(const place_step& step, const place_home& home, std::span<const place_home> others) const override;
    place_outcome outcome(const place_step& step, const method_answer& answer) const override;
};

}  // namespace lockhub::dingding
