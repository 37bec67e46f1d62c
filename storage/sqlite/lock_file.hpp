#pragma once
// One hub a file: an exclusive lock on "<database>.lock" for as long as the object lives. The kernel lets go of it when
// the process dies, however it dies.
#include <filesystem>

namespace lockhub::storage::sqlite {

class lock_file {
  public:
    // Throws std::runtime_error when another process holds it (with its process id) or the file cannot be made.
    explicit lock_file(const std::filesystem::path& database);
    ~lock_file();
    lock_file(const lock_file&) = delete;
    lock_file& operator=(const lock_file&) = delete;

  private:
    int descriptor_ = -1;
};

}  // namespace lockhub::storage::sqlite
