#pragma once
// Self-signed certificates made on the spot.
#include <filesystem>
#include <string>

namespace lockhub::test {

struct certificate {
    std::string certificate_pem;
    std::string key_pem;
};

// For one DNS name, good for a day around now. It can be trusted as its own authority.
certificate make_certificate(const std::string& dns_name);

// A file in the system's temporary directory that goes with its owner.
class temporary_file {
  public:
    explicit temporary_file(const std::string& content);
    ~temporary_file();
    temporary_file(const temporary_file&) = delete;
    temporary_file& operator=(const temporary_file&) = delete;
    const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

}  // namespace lockhub::test
