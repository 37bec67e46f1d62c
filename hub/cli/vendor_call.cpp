#include <fmt/format.h>

#include "hub/cli/commands.hpp"
#include "hub/cli/context.hpp"
#include "hub/cli/curl_line.hpp"
#include "hub/cli/report_json.hpp"
#include "hub/cli/vendor_fields.hpp"
#include "hub/clouds.hpp"
#include "schemas/domain/method_fields.hpp"
#include "schemas/wire/json_print.hpp"
#include "schemas/wire/json_writer.hpp"

namespace lockhub::hub {

namespace {

using wire::json_value;

// As the configuration at hand has it; the service decides in the end. Null where it knows no such account or method.
const vendor_method* method_of(const std::vector<configured_cloud>& clouds, const vendor_options& options) {
    for (const auto& cloud : clouds) {
        if (cloud.codec->account().value != options.account) continue;
        const auto found = find_method(cloud.codec->methods(), options.method);
        return found ? *found : nullptr;
    }
    return nullptr;
}

std::string call_body(const vendor_options& options, const wire::form& fields, bool dry_run) {
    wire::json_writer json;
    json.begin_object()
        .member("account", options.account)
        .member("method", options.method)
        .key("fields")
        .begin_object();
    for (const auto& [name, value] : fields.fields()) json.member(name, value);
    json.end_object().member("dry_run", dry_run).member("confirmed", options.yes && !dry_run);
    return json.member("actor", actor()).end_object().take();
}

// Lines for a terminal that a lock cloud's text cannot steer.
std::string shown(const json_value& value) {
    const auto text = wire::indented(value);
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = std::string_view(text).substr(at, end - at);
        const auto begin = std::min(line.find_first_not_of(' '), line.size());
        out += std::string(line.substr(0, begin)) + without_controls(line.substr(begin)) + "\n";
        at = end + 1;
    }
    return out;
}

wire::http_request message_in(const json_value& answer) {
    wire::http_request out{.method = answer.text_of("method"), .url = answer.text_of("url"), .headers = {}, .body = {}};
    out.body = answer.text_of("body");
    if (const auto* headers = answer.find("headers")) {
        for (const auto& [name, value] : headers->members()) out.headers.emplace_back(name, value.text());
    }
    return out;
}

std::string request_text(const json_value& answer) {
    const auto message = message_in(answer);
    std::string out = fmt::format("{} {}\n", message.method, message.url);
    for (const auto& [name, value] : message.headers) out += fmt::format("{}: {}\n", name, value);
    const auto body = json_value::parse(message.body);
    if (body && body->is_object()) {
        out += "\n" + shown(*body);
    } else if (!message.body.empty()) {
        out += fmt::format("\n{}\n", without_controls(message.body));
    }
    return out + fmt::format("\n{}\n", curl_line(message));
}

printed printed_rehearsal(const common_options& common, const vendor_options& options,
                          const wire::http_response& answered) {
    const auto answer = json_value::parse(answered.body);
    if (!answer) return failure(answer.error());
    printed out;
    out.out = common.json ? answered.body + "\n" : request_text(*answer);
    if (!options.dry_run) {
        out.err = fmt::format("lockhub: nothing was called: {} changes something; repeat with --yes to do it\n",
                              options.method);
        out.code = exit_code::bad_usage;
    }
    return out;
}

printed printed_answer(const common_options& common, const wire::http_response& answered) {
    const auto answer = json_value::parse(answered.body);
    if (!answer) return failure(answer.error());
    printed out;
    if (common.json) {
        out.out = answered.body + "\n";
    } else if (const auto* body = answer->find("answer")) {
        out.out = shown(*body);
    }
    const auto outcome = answer->text_of("outcome");
    if (outcome == "done") return out;
    out.code = exit_code::failed;
    out.err = fmt::format("lockhub: {}, code {}: {}\n", outcome, answer->text_of("code"),
                          without_controls(answer->text_of("message")));
    if (const auto* meaning = answer->find("meaning")) {
        out.err += fmt::format("lockhub: {}. {}\nlockhub: {}。{}\n", meaning->text_of("english"),
                               meaning->text_of("advice_english"), meaning->text_of("chinese"),
                               meaning->text_of("advice_chinese"));
    }
    return out;
}

}  // namespace

printed vendor_call(const common_options& common, const vendor_options& options) {
    const auto settings = load_settings(common);
    if (!settings) return failure(settings.error());
    const auto clouds = make_clouds(*settings);
    const auto* method = method_of(clouds, options);
    const auto fields = read_vendor_fields(method, options.fields);
    if (!fields) return failure(fields.error());
    const auto client = connect_service(*settings);
    if (!client) return unreachable(client.error());
    const bool dry_run = options.dry_run || (method != nullptr && method->changes && !options.yes);
    const auto answered = client->post_json("/operator/vendor/call", call_body(options, *fields, dry_run));
    if (!answered) return unreachable(answered.error());
    if (answered->status != 200) return refused(*answered);
    return dry_run ? printed_rehearsal(common, options, *answered) : printed_answer(common, *answered);
}

}  // namespace lockhub::hub
