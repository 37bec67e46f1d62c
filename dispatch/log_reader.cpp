#include "dispatch/log_reader.hpp"

#include <utility>

#include "schemas/core/limits.hpp"

namespace lockhub::dispatch {

namespace {

vendor_command question_about(const logged_lock& lock, command_verb verb, std::size_t page) {
    vendor_command question;
    question.verb = verb;
    question.lock_uuid = lock.lock_uuid;
    question.cloud_home_id = lock.cloud_home_id;
    question.cloud_room_id = lock.cloud_room_id;
    question.page.offset = (page - 1) * limits::log_page_openings;
    question.page.count = limits::log_page_openings;
    return question;
}

}  // namespace

task<result<std::size_t>> count_pages(const ask_cloud& ask, const logged_lock& lock, time_point until) {
    auto facts = co_await ask(lock.account, question_about(lock, command_verb::count_log, 1), until);
    if (!facts) co_return std::unexpected(std::move(facts.error()));
    if (!facts->log_pages) co_return fail(errc::internal, "the lock cloud counted no pages");
    co_return *facts->log_pages;
}

task<result<std::vector<reported_opening>>> read_page(const ask_cloud& ask, const logged_lock& lock, std::size_t page,
                                                      time_point until) {
    auto facts = co_await ask(lock.account, question_about(lock, command_verb::read_log, page), until);
    if (!facts) co_return std::unexpected(std::move(facts.error()));
    co_return std::move(facts->openings);
}

}  // namespace lockhub::dispatch
