#pragma once
// The lock clouds the method suite runs on, each with what it says in answer, and a value for every parameter.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::test {

struct vendor_subject {
    std::string vendor;
    std::shared_ptr<const lock_cloud> cloud;
    std::vector<std::string> method_names;  // as the document lists them
    std::string done_body;                  // with members nobody knows
    std::string refused_body;
    std::vector<std::string> foreign_bodies;  // JSON, and no answer of this cloud
    std::vector<std::string> account_secrets;
};

std::vector<vendor_subject> vendor_subjects();

inline constexpr std::string_view made_up_token = "made-up-access-token-0001";
inline constexpr std::string_view made_up_nonce = "k7qm2abcdefgh234";
const time_point moment_of_call = from_unix_ms(1760000000000);

// A value of the parameter's form, and the text of it on the wire; of a list, its items with commas between them.
std::string sample_of(const vendor_parameter& parameter);
std::string sample_on_wire(const vendor_parameter& parameter);
wire::form sample_fields(const vendor_method& method);

// What a request carries in its query, form or JSON body, by name.
std::map<std::string, std::string> carried_by(const wire::http_request& request);

result<wire::http_request> encode(const vendor_subject& subject, const vendor_method& method, const wire::form& fields);
method_answer decode(const vendor_subject& subject, const vendor_method& method, int status, std::string body);

}  // namespace lockhub::test
