#pragma once
// Faces and fingerprints as the gateway's calls carry them. Both are secret: nothing of them is for messages.
#include <string>

#include "schemas/core/secret.hpp"

namespace lockhub::gateway {

// As the document's sample has it: "ab-cd-ef".
std::string write_fingerprint(const secret& finger);

// Puts ****** in place of what a message repeats of it, as it was given or as it was written, in whole or cut.
void hide_biometric(std::string& message, const secret& biometric);

}  // namespace lockhub::gateway
