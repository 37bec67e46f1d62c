#pragma once
// Every bound of the program. What happens at a bound is said beside it.
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace lockhub::limits {

using namespace std::chrono_literals;

// --- inbound HTTP -----------------------------------------------------------------------------------------------
inline constexpr std::size_t header_bytes = 16 * 1024;           // beyond: 431
inline constexpr std::size_t target_bytes = 8 * 1024;            // of the request line's target; beyond: 414
inline constexpr std::size_t read_buffer_bytes = 4 * 1024;       // of a connection at rest; grows to header_bytes
inline constexpr std::size_t kept_buffer_bytes = 64 * 1024;      // body and answer buffers kept between requests
inline constexpr std::size_t discarded_body_bytes = 64 * 1024;   // of a refused request; beyond: answered and closed
inline constexpr std::size_t push_body_bytes = 256 * 1024;       // beyond: 413
inline constexpr std::size_t lockapi_body_bytes = 64 * 1024;     // beyond: 413
inline constexpr std::size_t face_body_bytes = 2 * 1024 * 1024;  // beyond: 413
inline constexpr std::size_t operator_body_bytes = 64 * 1024;    // beyond: 413
inline constexpr std::size_t directory_body_bytes = 32 * 1024 * 1024;  // of a directory import; beyond: 413
inline constexpr std::size_t connections = 4096;                       // beyond: accepted and closed at once, counted
inline constexpr std::size_t connections_per_address = 512;            // beyond: closed at once, counted
inline constexpr std::size_t pipelined_bytes = header_bytes;           // beyond: not read until answered
inline constexpr auto header_timeout = 5s;                             // beyond: 408 and closed
inline constexpr auto body_timeout = 10s;                              // beyond: 408 and closed
inline constexpr auto idle_timeout = 60s;                              // beyond: closed
inline constexpr auto write_timeout = 10s;                             // for one response; beyond: cut
inline constexpr auto linger_timeout = 2s;                // for the peer to close after our last byte; beyond: cut
inline constexpr std::size_t linger_bytes = 1024 * 1024;  // read and forgotten meanwhile; beyond: cut
inline constexpr auto accept_pause = 100ms;               // after accept fails for want of descriptors or memory
inline constexpr auto lockapi_request_timeout = 20s;      // beyond: answered -4002
inline constexpr auto shutdown_deadline = 20s;            // beyond: what is open is cut
inline constexpr std::size_t form_fields = 256;           // beyond: invalid_input
inline constexpr std::size_t json_depth = 32;             // beyond: invalid_input
inline constexpr std::size_t refusal_lines_per_second =
    20;                                            // log lines about refused input; beyond: counted, told later
inline constexpr std::size_t push_records = 1000;  // openings in one history push; beyond: invalid_input

// --- storage ----------------------------------------------------------------------------------------------------
inline constexpr std::size_t writer_queue_units = 8192;  // beyond: unavailable (503, Retry-After)
inline constexpr std::size_t writer_queue_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t group_units = 512;  // units of work in one commit
inline constexpr std::size_t group_bytes = 4 * 1024 * 1024;
inline constexpr int wal_autocheckpoint_pages = 300;
inline constexpr int page_cache_kib = 8 * 1024;
inline constexpr std::size_t directory_rows = 200'000;   // rows of one import file; beyond: refused
inline constexpr std::size_t known_locks = 65'536;       // in the writer's memory; beyond: forgotten, read again
inline constexpr std::size_t bulk_step_rows = 500;       // changed by one step of a bulk change; more steps follow
inline constexpr std::size_t bulk_step_span = 20'000;    // looked at by one step
inline constexpr std::size_t reported_openings = 5000;   // of one lock in one report; beyond: too_large
inline constexpr std::size_t recent_sends = 262'144;     // read back at start; beyond: the newest
inline constexpr std::size_t operator_page_rows = 1000;  // rows of one listing; beyond: cut, and it says so
inline constexpr std::size_t reader_queue = 64;          // operator reads waiting; beyond: unavailable
inline constexpr auto parked_result_lifetime = 24h;      // unmatched results; beyond: marked stale, kept

// --- outbound ---------------------------------------------------------------------------------------------------
inline constexpr std::size_t response_copy_bytes = 16 * 1024;  // of a reply kept with the attempt; beyond: cut
inline constexpr std::size_t attempt_message_bytes = 512;      // of what went wrong, kept with the attempt; beyond: cut
inline constexpr std::size_t response_body_bytes = 1024 * 1024;  // of a reply read at all; beyond: too_large
inline constexpr auto callback_timeout = 10s;
inline constexpr auto vendor_timeout = 15s;
inline constexpr auto connect_timeout = 5s;
inline constexpr std::size_t deliveries_in_flight = 1024;  // whole hub
inline constexpr std::size_t deliveries_in_flight_per_pms = 16;
inline constexpr std::size_t commands_in_flight = 64;  // whole hub
inline constexpr std::size_t commands_in_flight_per_account = 8;
inline constexpr std::size_t lease_batch = 256;       // rows of one due window
inline constexpr std::size_t connect_candidates = 4;  // addresses of one name that are tried; the rest: not
inline constexpr std::size_t interim_responses = 4;   // 1xx answers before the final one; beyond: connection_lost
inline constexpr std::size_t lookup_threads = 4;      // name look-ups at a time; further ones wait their turn
inline constexpr std::size_t lookups_waiting = 1024;  // beyond: dns error
inline constexpr auto tls_goodbye_timeout = 1s;       // beyond: closed without the peer's goodbye
inline constexpr std::size_t idle_connections_per_host =
    1024;                                              // many PMS systems share a host; beyond: closed after use
inline constexpr std::size_t idle_connections = 1024;  // beyond: the longest idle one is closed
inline constexpr auto idle_connection_lifetime = 30s;
inline constexpr auto lease_duration = 60s;

// --- a PMS's own directory (document 000, section 六.1-3) -----------------------------------------------------------
inline constexpr std::size_t directory_hotels = 10'000;       // of one PMS; beyond: refused. Rooms: directory_rows
inline constexpr std::size_t directory_hotels_per_call = 20;  // fewer where the answer exceeds response_body_bytes
inline constexpr std::size_t directory_pulls = 4;             // at a time; scheduled ones beyond wait
inline constexpr std::size_t directory_pulls_per_pms = 4;     // in 30 s: a pull repeats its requests; beyond: refused
inline constexpr auto directory_call_timeout = 20s;
inline constexpr auto directory_pull_timeout = 10min;  // for all calls of one pull; beyond: given up
inline constexpr std::size_t matched_rooms = 2000;     // of one hotel, and devices of a cloud; beyond: refused

// --- rates (document 000, section 四.4: "小于 30", "小于 5 次/30s") ------------------------------------------------
inline constexpr std::size_t pms_calls_per_second = 29;      // the most that is still "less than 30"
inline constexpr std::size_t pms_identical_per_30s = 4;      // the most that is still "less than 5"
inline constexpr std::size_t identical_keys_per_pms = 1024;  // failing deliveries remembered; beyond: retries wait

// --- lockapi ----------------------------------------------------------------------------------------------------
inline constexpr std::size_t pin_digits = 6;
inline constexpr std::size_t id_bytes = 128;             // of hotelNo, roomId, …; beyond: invalid_input
inline constexpr std::size_t name_bytes = 256;           // of hotel_name, room_type_name; beyond: invalid_input
inline constexpr std::size_t lockapi_list_items = 1000;  // of roomIds, roomTypeCodes; beyond: refused, code -1
inline constexpr int low_battery_percent = 10;           // of a lock; at most this much counts as low power
inline constexpr int lockapi_page_rows = 1000;           // pageSize; beyond: refused, code -8011
inline constexpr auto lockapi_answer_margin = 1s;        // of the request timeout, kept for the answer itself
inline constexpr std::size_t lockapi_waits = 1024;       // requests that wait for their action; beyond: answered -4002
inline constexpr std::size_t questions_waiting = 2048;   // to one account; beyond: unavailable, and what is known stays
inline constexpr auto method_turn_timeout = 20s;         // of a method called by hand for its turn; beyond: timeout
inline constexpr std::size_t log_page_openings = 100;    // of one call to a lock cloud
inline constexpr std::size_t log_pages = 10;             // of one lock for one request; beyond: not asked for
inline constexpr std::size_t remembered_log_askings = 16'384;  // locks; beyond: the longest ago is asked again
inline constexpr int weak_signal_percent = 20;                 // of a lock; at most this much counts as bad signal
inline constexpr auto pulse_lifetime = 15s;            // of a gateway that answered, or did not; beyond: asked again
inline constexpr auto pulse_timeout = 8s;              // of such a question; beyond: off line
inline constexpr std::size_t pms_message_bytes = 300;  // of a PMS's msg kept with an attempt; beyond: cut

inline constexpr std::size_t face_picture_bytes = 1024 * 1024;  // of a picture, decoded; beyond: refused, code -9002
inline constexpr std::size_t fingerprint_bytes = 16 * 1024;  // of a fingerprint, decoded; beyond: refused, code -9002
inline constexpr auto open_door_validity = 20s;              // an order to open not sent by then: expired

// --- lock clouds watched --------------------------------------------------------------------------------------------
inline constexpr std::size_t polls_in_flight = 4;          // locks of one account whose log is read at a time
inline constexpr std::size_t poll_pages = 20;              // of one lock and poll; beyond: the next poll goes on
inline constexpr auto poll_overlap = 10min;                // read again before the newest opening: late ones
inline constexpr auto busy_pause = 5s;                     // of an account whose cloud is busy and says not how long
inline constexpr auto longest_busy_pause = 10min;          // beyond: cut
inline constexpr std::size_t rate_ceiling = 1000;          // calls a second that may be configured; beyond: refused
inline constexpr std::size_t inventories_in_flight = 2;    // locks of one account compared at a time
inline constexpr std::size_t inventory_credentials = 512;  // of one lock; beyond: too_large
inline constexpr std::size_t repair_tries = 3;             // of one difference within repair_window; beyond: suspended
inline constexpr auto repair_window = 5min;
inline constexpr std::size_t repairs_in_flight = 8;       // of one account; beyond: the next round
inline constexpr std::size_t provision_rooms = 2000;      // of one hotel; beyond: refused
inline constexpr std::size_t provisions_in_flight = 1;    // of one account; beyond: refused as busy
inline constexpr auto provision_timeout = 30min;          // beyond: given up, and what is done stays known
inline constexpr std::size_t installation_orders = 1000;  // of one listing; beyond: cut, and it says so

// --- watching ---------------------------------------------------------------------------------------------------
inline constexpr auto gauge_interval = 15s;           // between counts of depths and conservation
inline constexpr auto round_trip_age = 30s;           // of the writer's last answer; beyond: not ready
inline constexpr std::size_t metric_series = 20'000;  // labelled counters; beyond: counted as "other"

// --- files ------------------------------------------------------------------------------------------------------
inline constexpr std::size_t config_file_bytes = 4 * 1024 * 1024;  // beyond: refused
inline constexpr std::size_t secret_file_bytes = 4 * 1024;         // of a key or token; beyond: refused
inline constexpr std::size_t retry_steps = 32;                     // of retry_schedule; beyond: refused

}  // namespace lockhub::limits
