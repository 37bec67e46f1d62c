#pragma once
// The seal key and the operator token: read, or made at first start. Made files have mode 0600, are never overwritten,
// and are durable (file and folder) before anything is sealed with them.
#include <filesystem>

#include "schemas/core/clock.hpp"
#include "schemas/core/result.hpp"
#include "schemas/core/secret.hpp"

namespace lockhub::hub {

// 32 bytes; 64 hexadecimal digits in the file. Fails when the file cannot be read or made, or holds something else.
result<secret> load_or_make_seal_key(const std::filesystem::path& file, entropy& random);
// For programs that may not make one: not_found when the file is missing.
result<secret> load_seal_key(const std::filesystem::path& file);

// Puts `next` in the place of `file`, durably; what `file` held stays in `previous`, whose own text goes. At every
// moment `file` is one of the two.
result<> replace_key_file(const std::filesystem::path& next, const std::filesystem::path& file,
                          const std::filesystem::path& previous);

// 64 hexadecimal digits when made here; any text without line ends when an operator wrote it.
result<secret> load_or_make_operator_token(const std::filesystem::path& file, entropy& random);
result<secret> load_operator_token(const std::filesystem::path& file);

}  // namespace lockhub::hub
