#pragma once
// The status codes of document 000, section 七, and lockhub's own, with their Chinese texts and an English gloss.
#include <span>
#include <string_view>

namespace lockhub::quhuhu {

enum class status : int {
    ok = 0,
    lock_error = -1,  // 门锁错误信息透传: the vendor's text goes into msg
    missing_pms_id = -1000,
    missing_hotel_no = -1002,
    missing_start_date = -1009,
    missing_end_date = -1010,
    start_after_end = -1013,
    missing_operator_guid = -1016,
    missing_operator_name = -1017,
    missing_version = -1022,
    hotel_not_matched = -2000,
    unknown_pms = -2012,
    pms_disabled = -2013,
    try_again = -4002,
    bad_hmac = -5000,
    version_not_served = -5002,
    missing_room_id = -8001,
    missing_reader_id = -8004,
    bad_date = -8009,
    bad_page_number = -8010,
    bad_page_size = -8011,
    no_lock_service = -8105,
    missing_field = -9001,  // lockhub's own methods: msg is "缺少参数 NAME"
    bad_field = -9002,      // lockhub's own methods: msg is "参数 NAME …", and says what is wrong
    unknown_error = -10000,
    system_error = -10001,
};

struct status_text {
    int code;
    std::string_view chinese;  // as printed in the document
    std::string_view english;
};

std::span<const status_text> status_table();      // the complete section 七, in its order
std::span<const status_text> own_status_table();  // of lockhub's own methods; the field's name follows the text
std::string_view chinese(
    status code);  // of lock_error: its default "处理失败", which the table prints as part of a rule
std::string_view english(status code);

}  // namespace lockhub::quhuhu
