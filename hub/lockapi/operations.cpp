#include "hub/lockapi/operations.hpp"

#include "schemas/quhuhu/reply.hpp"

namespace lockhub::hub {

operation_answer refused(quhuhu::status code, std::string message) {
    return {quhuhu::reply_error(code, message), static_cast<int>(code), 0, false};
}

operation_answer not_stored(const error& why) {
    if (why.code == errc::unavailable) {
        return {quhuhu::reply_error(quhuhu::status::try_again), static_cast<int>(quhuhu::status::try_again), 5, true};
    }
    return refused(quhuhu::status::system_error);
}

operations::operations(storage::store& store, entropy& random, ask_cloud ask)
    : store_(store), random_(random), ask_(std::move(ask)) {}

std::uint32_t operations::random_number() {
    std::uint32_t number = 0;
    random_.fill(std::as_writable_bytes(std::span(&number, 1)));
    return number;
}

dispatch::task<operation_answer> operations::run(quhuhu::request request, std::array<std::byte, 16> request_key) {
    switch (request.what) {
        case quhuhu::method::enable_guest_pwd:
            co_return co_await enable_password(std::move(request), request_key);
        default:
            co_return refused(quhuhu::status::version_not_served,
                              "接口 " + std::string(quhuhu::wire_name(request.what)) + " 暂未开放");
    }
}

}  // namespace lockhub::hub
