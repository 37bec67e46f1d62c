#pragma once
// Secrets that stand in files of their own. Messages name the file, never what is in it.
#include <filesystem>

#include "hub/config/config.hpp"

namespace lockhub::hub {

// A relative path that exists in $CREDENTIALS_DIRECTORY is taken from there, any other path stays as it is.
std::filesystem::path find_secret_file(const std::filesystem::path& named, const environment& variables);

// The file's text without the line end. Fails for files that cannot be read, are empty or too large.
result<secret> read_secret_file(const std::filesystem::path& file);

// Fails, naming the file and the reason, unless it can be opened for reading.
result<> check_readable(const std::filesystem::path& file);

// True when group or others may read the file. False when it does not exist.
bool readable_by_others(const std::filesystem::path& file);

}  // namespace lockhub::hub
