#pragma once
// Whose card reader is meant: the readers of the configuration by PMS, hotel and id.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/config/config.hpp"
#include "schemas/core/ids.hpp"

namespace lockhub::hub {

struct card_reader {
    account_id account;
    std::string id;  // readCardId of document 000
    std::string nickname;
};

class reader_book {
  public:
    reader_book() = default;
    explicit reader_book(const std::vector<gateway_config>& gateways);

    // nullptr: the hotel has no such reader. Good as long as the book is.
    const card_reader* find(const pms_id& pms, const hotel_no& hotel, const std::string& reader_id) const;
    // In the order of the configuration.
    std::vector<card_reader> of_hotel(const pms_id& pms, const hotel_no& hotel) const;

  private:
    std::map<std::pair<std::string, std::string>, std::vector<card_reader>> by_hotel_;  // by pms and hotel
};

}  // namespace lockhub::hub
