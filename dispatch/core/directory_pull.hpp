#pragma once
// One pull of a PMS's directory as a state machine: hotels, then the room types of a few hotels a call, then their
// rooms. Pure; not thread-safe.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "dispatch/core/transport_result.hpp"
#include "dispatch/directory_source.hpp"
#include "schemas/quhuhu/pms_directory.hpp"
#include "schemas/wire/http_message.hpp"

namespace lockhub::dispatch {

class directory_pull {
  public:
    explicit directory_pull(directory_source source) : source_(std::move(source)) {}

    // The next call to make; nullopt when everything has been told.
    std::optional<wire::http_request> next() const;
    // What came of it. A failure is final; an answer that was too large for several hotels is asked for again in
    // halves.
    std::expected<void, directory_failure> take(const transport_result& answer);
    // What was told, when next() has nothing more.
    directory_outcome finish();

    quhuhu::directory_service asking() const { return asking_; }

  private:
    struct batch {  // of hotels_, [begin, end)
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    std::expected<void, directory_failure> take_answer(const wire::http_response& response);
    std::expected<void, directory_failure> take_hotels(std::vector<quhuhu::pms_hotel> told);
    void go_on();
    void plan_batches();
    bool halve();
    bool asked_for(const std::string& hotel_no) const;
    std::unexpected<directory_failure> failed(std::string why, std::string_view what) const;
    const std::string& url() const;

    directory_source source_;
    quhuhu::directory_service asking_ = quhuhu::directory_service::hotels;
    bool ended_ = false;
    std::size_t calls_ = 0;
    std::vector<batch> left_;  // of the service being asked, the next one last
    std::vector<quhuhu::pms_hotel> hotels_;
    std::vector<quhuhu::pms_room_type> room_types_;
    std::vector<quhuhu::pms_room> rooms_;
};

}  // namespace lockhub::dispatch
