#include "hub/lockapi/reader_book.hpp"

#include <algorithm>

namespace lockhub::hub {

reader_book::reader_book(const std::vector<gateway_config>& gateways) {
    for (const auto& gateway : gateways) {
        auto& readers = by_hotel_[{gateway.pms, gateway.hotel_no}];
        for (const auto& reader : gateway.readers)
            readers.push_back({gateway.account.account, reader.id, reader.nickname});
    }
}

const card_reader* reader_book::find(const pms_id& pms, const hotel_no& hotel, const std::string& reader_id) const {
    const auto readers = by_hotel_.find({pms.value, hotel.value});
    if (readers == by_hotel_.end()) return nullptr;
    const auto found = std::ranges::find(readers->second, reader_id, &card_reader::id);
    return found == readers->second.end() ? nullptr : &*found;
}

std::vector<card_reader> reader_book::of_hotel(const pms_id& pms, const hotel_no& hotel) const {
    const auto readers = by_hotel_.find({pms.value, hotel.value});
    return readers == by_hotel_.end() ? std::vector<card_reader>{} : readers->second;
}

}  // namespace lockhub::hub
