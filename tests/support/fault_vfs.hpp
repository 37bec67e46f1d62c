#pragma once
// An SQLite VFS over the default one that fails on demand and forgets unsynced bytes as a loss of power does. One
// thread.
#include <cstddef>
#include <map>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace lockhub::test {

class fault_vfs {
  public:
    explicit fault_vfs(std::string name);
    ~fault_vfs();
    fault_vfs(const fault_vfs&) = delete;
    fault_vfs& operator=(const fault_vfs&) = delete;

    const std::string& name() const { return name_; }

    enum class operation { write, sync, truncate };
    // The n-th such call from now (1: the next) fails with an I/O error, and so does every later one of its kind.
    void fail(operation what, int n);
    void heal();
    // Calls of this kind so far, failed ones too.
    int count(operation what) const { return counts_.at(what); }

    // The power fails: nothing written from now on arrives, and restore() leaves every file as it was when last synced.
    void cut_power() { powered_ = false; }
    // After everything is closed: files are what a restart finds. Power is back.
    void restore();

    // For the shim's own functions.
    bool admit(operation what);
    bool powered() const { return powered_; }
    void opened(const std::string& path);
    void synced(const std::string& path);
    void removed(const std::string& path) { durable_.erase(path); }
    sqlite3_vfs* real() const { return real_; }

  private:
    std::string name_;
    sqlite3_vfs* real_ = nullptr;
    sqlite3_vfs* shim_ = nullptr;
    std::map<operation, int> counts_{{operation::write, 0}, {operation::sync, 0}, {operation::truncate, 0}};
    std::map<operation, int> failing_from_;
    bool powered_ = true;
    std::map<std::string, std::string> durable_;  // content of each file as of its last sync
};

}  // namespace lockhub::test
