#pragma once
// The fields of a vendor call as people give them.
#include <string>
#include <vector>

#include "schemas/core/result.hpp"
#include "schemas/domain/vendor_method.hpp"
#include "schemas/wire/form.hpp"

namespace lockhub::hub {

// "key=value"; "key=@file" takes the file's content, "key=@@text" a text that begins with '@'. The file of a parameter
// of type base64 or hex may be the bytes themselves; of any other file the last line end is dropped. Fails with
// invalid_input, naming the key, for what has no '=', for files that cannot be read, and past limits::face_body_bytes.
// `method` may be null: then files are taken as they are.
result<wire::form> read_vendor_fields(const vendor_method* method, const std::vector<std::string>& given);

}  // namespace lockhub::hub
