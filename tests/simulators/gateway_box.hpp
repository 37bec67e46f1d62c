#pragma once
// The gateway of document 002 on a hotel's PC: its rooms, their online and computed PINs, faces and fingerprints, doors
// opened from afar, and a card reader. No I/O, no
// clock, no randomness of its own; one thread.
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/wire/json_value.hpp"
#include "schemas/wire/json_writer.hpp"
#include "tests/simulators/answer.hpp"
#include "tests/simulators/busy.hpp"
#include "tests/simulators/fault.hpp"
#include "tests/simulators/gateway_answer.hpp"
#include "tests/simulators/gateway_call.hpp"
#include "tests/simulators/gateway_room.hpp"
#include "tests/simulators/knobs.hpp"
#include "tests/simulators/rate_meter.hpp"

namespace lockhub::simulators {

struct gateway_registration {
    std::string appid = "4773aa036f7f49c68d876bb4be85c80c";
    std::string appsecret = "dfd5489d0cee31f0bdfaf59d0d42d71f";
};

struct gateway_knobs {
    std::string only_verb;  // the faults strike this call alone; "": every call
    fault drop;             // nothing done, no answer
    fault lose_reply;       // done, no answer
    fault error;            // nothing done, code error_code and error_text
    fault server_error;     // nothing done, HTTP 502 with a page
    fault html;             // done, HTTP 200 with a page
    fault lie;              // says done, does nothing
    duration answer_delay{};
    std::int64_t error_code = 0;
    std::string error_text = "操作失败";
    std::string offline = "refuse";  // of a call to a lock off line: refuse, or close without an answer
    std::string body = "any";        // the kind of body it takes
    busy_knobs load{};
    std::string style = "document";  // of answers: strict JSON, the document's trailing commas, or loose types
};

class gateway_box {
  public:
    // A PIN that was still valid when another took its number.
    struct overwrite {
        time_point at{};
        std::string rm_id;
        int number = 0;
        std::string old_digits;
        std::string new_digits;
    };
    // A card made with an earlier `abkp` than a card of its room before.
    struct step_back {
        time_point at{};
        std::string rm_id;
        std::string card_id;
        time_point authorized_at{};
        time_point newest_before{};
    };

    explicit gateway_box(gateway_registration registration);
    gateway_box(const gateway_box&) = delete;  // the board refers to the knobs inside
    gateway_box& operator=(const gateway_box&) = delete;

    gateway_room& add_room(std::string rm_id, std::string name);
    gateway_room* find_room(std::string_view rm_id);
    std::vector<std::string> room_ids() const;

    answer handle(const wire::http_request& request, time_point now, random_source& random);

    // --- at the reader and at the doors
    // Lays a card on the reader, in place of any other; "" takes a new blank one. Returns its id.
    std::string put_card(std::string card_id = {});
    void take_card() { on_reader_.clear(); }
    const room_card* card_on_reader() const { return find_card(on_reader_); }
    const room_card* find_card(std::string_view card_id) const;
    // A room or card nobody knows does not open.
    door_answer open_by_card(std::string_view rm_id, std::string_view card_id, time_point now);
    door_answer open_by_pin(std::string_view rm_id, std::string_view digits, time_point now);
    door_answer open_by_face(std::string_view rm_id, std::string_view base64, time_point now);
    door_answer open_by_finger(std::string_view rm_id, std::string_view hexs, time_point now);

    gateway_knobs knobs;
    knob_board& board() { return board_; }
    const gateway_registration& registration() const { return registration_; }

    // {"rooms":[…],"reader":…,"cards":[…],"overwrites":[…],"abkp_backwards":[…],"doors":[…],"calls":{…},"log":[…]}:
    // everything a test wants to know, digits too.
    std::string state_json() const;
    // Puts the PINs, faces, fingerprints and cards of a state_json() back: a lock remembers when its simulator does
    // not.
    void restore(const wire::json_value& state);
    std::uint64_t calls(std::string_view name) const;
    const std::vector<overwrite>& overwrites() const { return overwrites_; }
    const std::vector<step_back>& steps_back() const { return steps_back_; }

  private:
    struct call_made {
        time_point at{};
        std::string name;
        std::string rm_id;
        std::int64_t code = 0;
        std::string note;
    };
    struct door_tried {
        time_point at{};
        std::string rm_id;
        std::string with;  // "card 03F56240", "PIN", "face", "fingerprint" or "GatewayOpen"
        door_answer answer;
    };

    gateway_outcome run(const gateway_call& call, time_point now);
    gateway_outcome list_rooms() const;
    gateway_outcome mark_card(const gateway_call& call, gateway_room& room, time_point now);
    gateway_outcome clear_cards(const gateway_call& call);
    gateway_outcome read_card() const;
    static gateway_outcome make_offline(const gateway_call& call, gateway_room& room);
    gateway_outcome change_lock(const gateway_call& call, gateway_room& room, time_point now);
    gateway_outcome upload_online(const gateway_call& call, gateway_room& room, time_point now);
    gateway_outcome open_remotely(gateway_room& room, time_point now);
    static gateway_outcome upload_biometric(const gateway_call& call, gateway_room& room);
    static gateway_outcome stop_biometric(const gateway_call& call, gateway_room& room);
    static gateway_outcome stop_online(const gateway_call& call, gateway_room& room);
    static gateway_outcome stop_offline(const gateway_call& call, gateway_room& room);
    void remember(const gateway_call& call, std::int64_t code, std::string note, time_point now);
    door_answer remember_door(std::string_view rm_id, std::string with, door_answer answer, time_point now);
    void fill_board();
    void write_rooms(wire::json_writer& out) const;
    void write_findings(wire::json_writer& out) const;

    gateway_registration registration_;
    knob_board board_;
    std::map<std::string, gateway_room, std::less<>> rooms_;
    std::map<std::string, room_card, std::less<>> cards_;
    std::string on_reader_;  // card id; "": none
    std::uint32_t cards_made_ = 0;
    std::vector<overwrite> overwrites_;
    std::vector<step_back> steps_back_;
    std::map<std::string, std::uint64_t, std::less<>> calls_;
    rate_meter meter_;              // of calls, those for a token aside
    std::deque<call_made> log_;     // the latest
    std::deque<door_tried> doors_;  // the latest
};

}  // namespace lockhub::simulators
