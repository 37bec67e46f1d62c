#include "hub/cli/service_call.hpp"

#include "hub/cli/context.hpp"
#include "hub/cli/report_json.hpp"

namespace lockhub::hub {

std::expected<std::string, printed> call_service(const common_options& common, duration patience, std::string_view path,
                                                 const std::string& body) {
    const auto settings = load_settings(common);
    if (!settings) return std::unexpected(failure(settings.error()));
    const auto client = connect_service(*settings, patience);
    if (!client) return std::unexpected(unreachable(client.error()));
    const auto answer = client->post_json(path, body);
    if (!answer) return std::unexpected(unreachable(answer.error()));
    if (answer->status != 200) return std::unexpected(refused(*answer));
    return answer->body;
}

}  // namespace lockhub::hub
