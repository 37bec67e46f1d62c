#include "hub/system/io_completions.hpp"

#include <boost/asio/post.hpp>

namespace lockhub::hub {

storage::completion_sink completions_on(dispatch::executor where) {
    return [where](storage::completion_batch batch) {
        dispatch::asio::post(where, [batch = std::move(batch)]() mutable {
            for (auto& complete : batch) {
                complete();
            }
        });
    };
}

}  // namespace lockhub::hub
