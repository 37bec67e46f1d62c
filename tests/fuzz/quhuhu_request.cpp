// Any bytes as the form of every lockapi method, signed or not.
#include <cstdint>

#include "schemas/core/limits.hpp"
#include "schemas/quhuhu/hmac.hpp"
#include "schemas/quhuhu/request.hpp"
#include "tests/fuzz/require.hpp"

using namespace lockhub;
using lockhub::fuzz::require;

namespace {

void check_request(const quhuhu::request& request) {
    require(!request.pms.value.empty() && !request.hotel.value.empty(), "a request names PMS and hotel");
    require(request.hotel.value.size() <= limits::id_bytes, "ids are bounded");
    require(request.room.value.size() <= limits::id_bytes, "ids are bounded");
    require(request.guest_id.size() <= limits::id_bytes && request.guest_name.size() <= limits::id_bytes,
            "names are bounded");
    require(request.mobile.size() <= 21, "mobile numbers are bounded");
    require(request.face.reveal().size() / 4 * 3 <= limits::face_picture_bytes + 2, "pictures are bounded");
    require(request.fingerprint.reveal().size() <= limits::fingerprint_bytes * 2, "fingerprints are bounded");
    require(request.page_number >= 1 && request.page_size >= 1, "pages begin at 1");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto form = wire::form::parse({reinterpret_cast<const char*>(data), size});
    if (!form) return 0;
    const secret key("made-up-sign-key");
    require(quhuhu::verify_hmac(*form, quhuhu::make_hmac(*form, key), key), "what we sign verifies");
    for (std::size_t i = 0; i < quhuhu::method_count; ++i) {
        const auto parsed = quhuhu::parse_request(static_cast<quhuhu::method>(i), "demopms", *form);
        if (const auto* request = std::get_if<quhuhu::request>(&parsed)) check_request(*request);
        if (const auto* refusal = std::get_if<quhuhu::refusal>(&parsed)) {
            require(!refusal->message.empty(), "a refusal says why");
        }
    }
    return 0;
}
