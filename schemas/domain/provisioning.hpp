#pragma once
// Hotels and rooms as a lock cloud is to have them: its homes. What differs, and the calls that make it right. Pure;
// the calls themselves are each cloud's own.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/domain/command.hpp"
#include "schemas/domain/directory.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/form.hpp"

namespace lockhub {

struct place_room {
    std::string room;  // the PMS's id; "" where the directory does not know it
    std::string id;    // the cloud's
    std::string name;
    std::string description;

    bool operator==(const place_room&) const = default;
};

struct place_home {
    std::string id;
    std::string name;
    wire::form details;  // what the cloud wants to know beside: addresses
    std::vector<place_room> rooms;
};

// wanted: certainly not done. sent: a call is or was under way. doubtful: its answer was lost. present: it is so.
enum class place_state : std::uint8_t { wanted, sent, present, doubtful };
enum class place_change : std::uint8_t { add, change, remove };
std::string_view to_string(place_state state);
std::string_view to_string(place_change change);
std::optional<place_state> place_state_from(std::string_view name);
std::optional<place_change> place_change_from(std::string_view name);

// What the hub knows to have told the cloud: of a home (`id` empty), or of one of its rooms.
struct remembered_place {
    std::string id;
    std::string room;
    std::string name;
    std::string description;                  // of a home: its details as a form
    place_change change = place_change::add;  // what was done last, or is to be done
    place_state state = place_state::wanted;
    std::string message;  // why not

    bool operator==(const remembered_place&) const = default;
};

// A call for it may have reached the cloud.
bool may_be_there(const remembered_place& known);

// What the cloud itself tells.
struct seen_places {
    std::optional<bool> home;            // nullopt: it cannot be asked
    std::vector<reported_device> locks;  // which rooms are there that have one
    std::string note;                    // for people
};

struct place_difference {
    enum class kind {
        home_added,
        home_changed,
        home_in_doubt,  // an answer was lost: it is made right again
        room_added,
        room_changed,
        room_in_doubt,
        room_removed,
        room_left,     // there, and not in the directory: it stays
        room_lacking,  // not there, and nothing can be made there from here
    };
    kind what = kind::room_added;
    std::string room;  // the PMS's id, else the cloud's
    std::string before, after;
    std::string note;

    bool operator==(const place_difference&) const = default;
};
std::string_view to_string(place_difference::kind what);
bool is_work(place_difference::kind what);  // false: shown only

struct place_step {
    enum class kind { home, room, everything };
    kind what = kind::room;
    place_change change = place_change::add;
    place_room room;                // kind room
    std::vector<place_room> list;   // everything: as it is to be
    std::vector<std::string> gone;  // everything: cloud ids of rooms that are left out from now on

    bool operator==(const place_step&) const = default;
};

// How a cloud is told: a call a place, or the whole list of the account again and again.
enum class place_way : std::uint8_t { one_by_one, all_at_once };

struct place_plan {
    std::vector<place_difference> differences;
    std::vector<place_step> steps;  // in this order
    std::size_t unchanged = 0;      // places
};

// `prune`: rooms there that the directory lacks are removed; otherwise they stay. What may be there already, because an
// answer was lost or a lock stands in it, is changed and not added: nothing is made twice.
place_plan plan_places(place_way way, const place_home& wanted, std::span<const remembered_place> remembered,
                       const seen_places& seen, bool prune);

// What is to be remembered before the step's call is made.
std::vector<remembered_place> intent_of(const place_step& step, const place_home& home);

enum class step_end { done, not_done, in_doubt };
// And after it ended: the same places in their new state. `before`: what was remembered before the step; what was
// present and is not done stays as it was.
struct step_memory {
    std::vector<remembered_place> places;
    std::vector<std::string> gone;  // cloud ids to forget
};
step_memory memory_of(const place_step& step, const place_home& home, std::span<const remembered_place> before,
                      step_end how, std::string_view message);

// --- the seam a lock cloud fills, where homes and rooms can be made

struct place_call {
    std::string method;  // of its table
    wire::form fields;
};

struct place_outcome {
    enum class kind {
        done,
        there_already,  // of what was to be added: change it
        not_there,      // of what was to be changed: add it; of what was to be removed: done
        refused,
    };
    kind what = kind::refused;
    std::int64_t code = 0;
    std::string message;
};

class place_codec {
  public:
    virtual ~place_codec() = default;

    virtual place_way way() const = 0;
    virtual std::span<const std::string_view> details() const = 0;  // names of details it takes

    // What the cloud calls the room: as its lock there says, else the PMS's own id.
    virtual std::string room_id(const directory_row& row) const = 0;
    // The details are complete; invalid_input names what is missing.
    virtual result<> check(const place_home&) const { return {}; }

    // Asked one after the other, until one says that the home is not there.
    virtual std::vector<place_call> questions(std::string_view) const { return {}; }
    // Fails with conflict (the cloud's text) for an answer that tells nothing.
    virtual result<> read(const place_call&, const method_answer&, seen_places&) const { return {}; }

    // `others`: homes of other hotels of the account.
    virtual place_call call(const place_step& step, const place_home& home,
                            std::span<const place_home> others) const = 0;
    // Of an answer that is done or refused.
    virtual place_outcome outcome(const place_step& step, const method_answer& answer) const = 0;
};

}  // namespace lockhub
