#pragma once
// One hotel told to one lock cloud: read, compare, and carry out call by call. Each call is made under an intent that
// is durable before it, and what became of it is durable after; whatever is interrupted is found out by asking first.
// io thread only.
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "dispatch/cloud_caller.hpp"
#include "dispatch/cloud_talk.hpp"
#include "hub/provision/place_reads.hpp"
#include "hub/provision/wanted_places.hpp"
#include "schemas/domain/lock_cloud.hpp"
#include "schemas/domain/provisioning.hpp"
#include "storage/store.hpp"

namespace lockhub::hub {

struct provision_report {
    struct refusal {
        std::string place;  // the room, "" for the home
        std::string method;
        std::int64_t code = 0;
        std::string message;
        code_meaning meaning;
    };

    pms_id pms;
    hotel_no hotel;
    std::string home;
    std::string home_name;
    bool can_make = true;  // false: its rooms are made elsewhere, and were only compared by name
    std::string note;      // what the cloud says of the home
    std::size_t rooms = 0;
    std::size_t unchanged = 0;
    std::size_t left_out = 0;
    std::size_t locks_lacking = 0;
    std::vector<place_difference> differences;  // before anything was done

    bool applied = false;
    std::size_t calls = 0;  // that did what they were to
    std::uint64_t locks_filled = 0;
    std::vector<refusal> refused;
    std::optional<error> stopped;  // why not everything was tried
};

struct provision_seams {
    storage::store& store;
    place_reads& reads;
    // As command_runner has them.
    std::function<dispatch::task<dispatch::call_result<dispatch::method_called>>(account_id, std::string, wire::form)>
        call;
    std::function<dispatch::task<result<command_facts>>(account_id, vendor_command)> ask;
};

class provision_run {
  public:
    // A lost answer is asked about so many times; what is in doubt then, waits for the next run.
    static constexpr int rounds = 3;

    // The seams outlive it. `ended` says why no further call may be made.
    provision_run(const provision_seams& seams, std::shared_ptr<const lock_cloud> cloud, provision_request request,
                  std::function<std::optional<error>()> ended);

    // Fails where nothing could be compared; what keeps changes from being made is part of the report.
    dispatch::task<result<provision_report>> run();

  private:
    enum class verdict { next, add_instead, change_instead };

    dispatch::task<result<place_plan>> survey();
    dispatch::task<result<seen_places>> look();
    dispatch::task<result<provision_report>> compare_names();
    dispatch::task<void> carry_out(std::vector<place_step> steps);
    dispatch::task<void> carry(place_step step);
    dispatch::task<verdict> attempt(place_step step);
    dispatch::task<bool> note(storage::places_change change);
    dispatch::task<void> fill_locks();

    storage::places_change change_by(const place_call& call, std::string reason) const;
    void refuse(const place_step& step, const place_call& call, const place_outcome& why);
    void remember(const step_memory& memory);

    const provision_seams& seams_;
    std::shared_ptr<const lock_cloud> cloud_;
    provision_request request_;
    std::function<std::optional<error>()> ended_;
    std::vector<storage::directory_listing_row> rooms_;
    wanted_places wanted_;
    provision_report report_;
    std::set<std::string> refused_;  // cloud ids, "" for the home
    bool lost_ = false;              // an answer of this round
};

}  // namespace lockhub::hub
