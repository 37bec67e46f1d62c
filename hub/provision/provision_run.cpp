#include "hub/provision/provision_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dispatch/net/await_store.hpp"
#include "hub/provision/compared_names.hpp"
#include "schemas/core/utf8.hpp"
#include "schemas/domain/message_mask.hpp"

namespace lockhub::hub {

namespace {

using dispatch::call_failure;
using dispatch::task;
using outcome = method_answer::outcome;

constexpr std::size_t longest_subject_bytes = 512;

// "dd-main add_room home_id=H10086 room_id=rm301"
std::string subject_of(const account_id& account, const place_call& call) {
    std::string out = fmt::format("{} {}", account.value, call.method);
    for (const auto& [name, value] : call.fields.fields()) out += fmt::format(" {}={}", name, value);
    return std::string(clip_utf8(out, longest_subject_bytes));
}

// What an answer, or the lack of one, means to a step; `stop` says why none of the others will fare better.
struct judgement {
    step_end end = step_end::done;
    place_outcome said;
    std::string words;
    std::optional<error> stop{};
};

judgement judge_silence(const call_failure& failure) {
    const auto& why = failure.why;
    if (failure.what == call_failure::kind::answer_lost) {
        return {step_end::in_doubt, {}, fmt::format("the answer was lost: {}", why.message)};
    }
    return {step_end::not_done, {}, fmt::format("not called: {}", why.message), why};
}

judgement judge(const place_codec& codec, const place_step& step,
                const dispatch::call_result<dispatch::method_called>& said) {
    if (!said) return judge_silence(said.error());
    const auto& answer = said->answer;
    message_mask mask;
    mask.add(said->sent_with);
    const auto text = mask.text(answer.message);
    const auto words = fmt::format("{} {}: {}", to_string(answer.what), answer.code, text);
    if (answer.what == outcome::token_refused) {
        return {step_end::not_done, {}, words, error{errc::unavailable, "the lock cloud refused the token: " + text}};
    }
    if (answer.what == outcome::unavailable && answer.retry_after) {
        return {step_end::not_done, {}, words, error{errc::unavailable, "the lock cloud is busy: " + text}};
    }
    if (answer.what == outcome::unavailable) return {step_end::in_doubt, {}, words};
    auto meant = codec.outcome(step, answer);
    meant.message = text;
    const bool gone = meant.what == place_outcome::kind::not_there && step.change == place_change::remove;
    const bool done = meant.what == place_outcome::kind::done || gone;
    return {done ? step_end::done : step_end::not_done, std::move(meant), words};
}

}  // namespace

provision_run::provision_run(const provision_seams& seams, std::shared_ptr<const lock_cloud> cloud,
                             provision_request request, std::function<std::optional<error>()> ended)
    : seams_(seams), cloud_(std::move(cloud)), request_(std::move(request)), ended_(std::move(ended)) {}

task<result<provision_report>> provision_run::run() {
    auto rooms = co_await seams_.reads.rooms(request_.pms, request_.hotel);
    if (!rooms) co_return std::unexpected(std::move(rooms.error()));
    rooms_ = *std::move(rooms);
    if (auto known = check_hotel(rooms_, request_); !known) co_return std::unexpected(std::move(known.error()));
    if (cloud_->places() == nullptr) {
        auto compared = co_await compare_names();
        co_return compared;
    }
    for (int round = 0; round < rounds; ++round) {
        auto plan = co_await survey();
        if (!plan && round == 0) co_return std::unexpected(std::move(plan.error()));
        if (!plan) {
            report_.stopped = std::move(plan.error());
            break;
        }
        if (round == 0) {
            report_.differences = std::move(plan->differences);
            report_.unchanged = plan->unchanged;
        }
        if (!request_.apply) co_return std::move(report_);
        lost_ = false;
        co_await carry_out(std::move(plan->steps));
        if (!lost_ || report_.stopped) break;
    }
    report_.applied = true;
    if (lost_ && !report_.stopped) {
        report_.stopped =
            error{errc::timeout, "answers were lost; what they were about is asked for when it is repeated"};
    }
    co_await fill_locks();
    co_return std::move(report_);
}

task<result<place_plan>> provision_run::survey() {
    auto homes = co_await seams_.reads.homes(request_.account);
    if (!homes) co_return std::unexpected(std::move(homes.error()));
    const auto& codec = *cloud_->places();
    auto wanted = want_places(codec, rooms_, *homes, request_);
    if (!wanted) co_return std::unexpected(std::move(wanted.error()));
    wanted_ = *std::move(wanted);
    report_.pms = wanted_.pms;
    report_.hotel = wanted_.hotel;
    report_.home = wanted_.home.id;
    report_.home_name = wanted_.home.name;
    report_.rooms = wanted_.home.rooms.size();
    report_.left_out = wanted_.left_out;
    report_.locks_lacking = wanted_.locks_lacking;
    auto seen = co_await look();
    if (!seen) co_return std::unexpected(std::move(seen.error()));
    report_.note = seen->note;
    co_return plan_places(codec.way(), wanted_.home, wanted_.remembered, *seen, request_.prune);
}

task<result<seen_places>> provision_run::look() {
    seen_places seen;
    for (const auto& question : cloud_->places()->questions(wanted_.home.id)) {
        auto said = co_await seams_.call(request_.account, question.method, question.fields);
        if (!said) co_return std::unexpected(std::move(said.error().why));
        auto& answer = said->answer;
        if (answer.what == outcome::unavailable || answer.what == outcome::token_refused) {
            message_mask mask;
            mask.add(said->sent_with);
            co_return fail(errc::unavailable, fmt::format("{}: {}", question.method, mask.text(answer.message)));
        }
        if (auto read = cloud_->places()->read(question, answer, seen); !read) {
            co_return std::unexpected(std::move(read.error()));
        }
        if (seen.home == false) break;
    }
    co_return seen;
}

task<result<provision_report>> provision_run::compare_names() {
    if (!request_.details.fields().empty() || request_.prune || !request_.home.empty()) {
        co_return fail(errc::invalid_input,
                       fmt::format("{} makes no homes and rooms: its rooms are only compared", cloud_->vendor()));
    }
    vendor_command question;
    question.verb = command_verb::list_devices;
    if (!cloud_->traits().verbs.has(question.verb)) {
        co_return fail(errc::unsupported, fmt::format("{} neither makes rooms nor lists them", cloud_->vendor()));
    }
    auto facts = co_await seams_.ask(request_.account, std::move(question));
    if (!facts) co_return std::unexpected(std::move(facts.error()));
    auto compared = compare_room_names(rooms_, facts->devices, request_.account);
    report_.pms = request_.pms;
    report_.hotel = request_.hotel;
    report_.home_name = rooms_.front().row.hotel_name;
    report_.can_make = false;
    report_.rooms = compared.rooms;
    report_.left_out = compared.left_out;
    report_.unchanged = compared.matched;
    report_.differences = std::move(compared.differences);
    report_.applied = request_.apply;
    co_return std::move(report_);
}

task<void> provision_run::carry_out(std::vector<place_step> steps) {
    for (auto& step : steps) {
        if (report_.stopped) co_return;
        if (auto why = ended_()) {
            report_.stopped = std::move(why);
            co_return;
        }
        const bool about_home = step.what != place_step::kind::room;
        if (refused_.contains(about_home ? "" : step.room.id)) continue;
        co_await carry(std::move(step));
        // Rooms stand in their home.
        if (about_home && (lost_ || refused_.contains(""))) co_return;
    }
}

// What was to be added and is there is changed instead, and the other way round: once.
task<void> provision_run::carry(place_step step) {
    for (int turn = 0; turn < 2; ++turn) {
        const auto said = co_await attempt(step);
        if (said == verdict::next) co_return;
        step.change = said == verdict::add_instead ? place_change::add : place_change::change;
    }
    const auto call = cloud_->places()->call(step, wanted_.home, wanted_.others);
    refuse(step, call, {place_outcome::kind::refused, 0, "the lock cloud says of it both that it is there and is not"});
}

task<provision_run::verdict> provision_run::attempt(place_step step) {
    const auto& codec = *cloud_->places();
    const auto call = codec.call(step, wanted_.home, wanted_.others);
    auto intent = change_by(call, "is called");
    intent.places = intent_of(step, wanted_.home);
    const bool intended = co_await note(std::move(intent));
    if (!intended) co_return verdict::next;

    const auto said = co_await seams_.call(request_.account, call.method, call.fields);
    auto judged = judge(codec, step, said);
    const auto memory = memory_of(step, wanted_.home, wanted_.remembered, judged.end, judged.words);
    auto outcome_noted = change_by(call, judged.words);
    outcome_noted.places = memory.places;
    outcome_noted.gone = memory.gone;
    const bool kept = co_await note(std::move(outcome_noted));
    if (!kept) co_return verdict::next;

    remember(memory);
    if (judged.stop) report_.stopped = std::move(judged.stop);
    if (judged.end == step_end::in_doubt) lost_ = true;
    if (judged.end == step_end::done) ++report_.calls;
    if (judged.end != step_end::not_done || report_.stopped) co_return verdict::next;
    if (judged.said.what == place_outcome::kind::there_already) co_return verdict::change_instead;
    if (judged.said.what == place_outcome::kind::not_there) co_return verdict::add_instead;
    refuse(step, call, judged.said);
    co_return verdict::next;
}

task<bool> provision_run::note(storage::places_change change) {
    auto noted = co_await dispatch::await_store<storage::places_changed>(
        [&](auto done) { seams_.store.change_places(std::move(change), std::move(done)); });
    if (!noted) report_.stopped = std::move(noted.error());
    co_return noted.has_value();
}

task<void> provision_run::fill_locks() {
    auto change = change_by({}, {});
    change.fill_locks = true;
    change.audit = {};
    auto filled = co_await dispatch::await_store<storage::places_changed>(
        [&](auto done) { seams_.store.change_places(std::move(change), std::move(done)); });
    if (filled) report_.locks_filled = filled->locks_filled;
    if (!filled && !report_.stopped) report_.stopped = std::move(filled.error());
}

storage::places_change provision_run::change_by(const place_call& call, std::string reason) const {
    storage::places_change out;
    out.account = request_.account;
    out.pms = wanted_.pms;
    out.hotel = wanted_.hotel;
    out.home_id = wanted_.home.id;
    out.audit = {request_.actor, "provision", subject_of(request_.account, call), std::move(reason)};
    return out;
}

void provision_run::refuse(const place_step& step, const place_call& call, const place_outcome& why) {
    const bool about_home = step.what != place_step::kind::room;
    refused_.insert(about_home ? "" : step.room.id);
    report_.refused.push_back({.place = about_home               ? std::string()
                                        : step.room.room.empty() ? step.room.id
                                                                 : step.room.room,
                               .method = call.method,
                               .code = why.code,
                               .message = why.message,
                               .meaning = cloud_->meaning_of(why.code, why.message)});
}

void provision_run::remember(const step_memory& memory) {
    auto& all = wanted_.remembered;
    for (const auto& place : memory.places) {
        const auto known = std::ranges::find(all, place.id, &remembered_place::id);
        if (known == all.end())
            all.push_back(place);
        else
            *known = place;
    }
    for (const auto& id : memory.gone) std::erase_if(all, [&](const auto& place) { return place.id == id; });
}

}  // namespace lockhub::hub
