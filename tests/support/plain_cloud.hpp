#pragma once
// A lock cloud that speaks one line of plain text: what the dispatcher does with any cloud shows without a vendor's
// wire format. URLs end in /token, /send and /ask; bodies are "TOKEN NONCE" and the command's label.
//
// Replies: "accepted REF CREDENTIAL", "done CREDENTIAL", "rejected CODE TEXT", "later" (certainly not done), "renew",
// "busy" or "busy SECONDS"; anything else is worth a question.
// Answers: "absent", "running CREDENTIAL", "done CREDENTIAL", "failed TEXT", "renew", "busy", "busy SECONDS"; anything
// else is unclear.
// Tokens: "token VALUE SECONDS"; anything else is a refusal of our credentials.
#include <memory>
#include <string>

#include "schemas/domain/lock_cloud.hpp"

namespace lockhub::test {

struct plain_cloud_options {
    std::string account = "plain";
    bool needs_token = true;
    bool can_be_asked = true;
};

std::shared_ptr<const lock_cloud> make_plain_cloud(plain_cloud_options options = {});

}  // namespace lockhub::test
