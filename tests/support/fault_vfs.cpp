#include "tests/support/fault_vfs.hpp"

#include <sqlite3.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <new>
#include <sstream>

namespace lockhub::test {

namespace {

using operation = fault_vfs::operation;

struct shim_file {
    sqlite3_file base;
    fault_vfs* faults;
    std::string* path;

    // The default VFS's file stands right behind this one.
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

shim_file* shim(sqlite3_file* f) {
    return reinterpret_cast<shim_file*>(f);
}
sqlite3_file* real(sqlite3_file* f) {
    return shim(f)->real();
}
fault_vfs* faults(sqlite3_vfs* v) {
    return static_cast<fault_vfs*>(v->pAppData);
}

int close(sqlite3_file* f) {
    const int code = real(f)->pMethods->xClose(real(f));
    delete shim(f)->path;
    return code;
}
int read(sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
    return real(f)->pMethods->xRead(real(f), to, n, at);
}
int write(sqlite3_file* f, const void* from, int n, sqlite3_int64 at) {
    if (!shim(f)->faults->admit(operation::write)) return SQLITE_IOERR_WRITE;
    return real(f)->pMethods->xWrite(real(f), from, n, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    if (!shim(f)->faults->admit(operation::truncate)) return SQLITE_IOERR_TRUNCATE;
    return real(f)->pMethods->xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
    if (!shim(f)->faults->admit(operation::sync)) return SQLITE_IOERR_FSYNC;
    const int code = real(f)->pMethods->xSync(real(f), flags);
    if (code == SQLITE_OK) shim(f)->faults->synced(*shim(f)->path);
    return code;
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
    return real(f)->pMethods->xFileSize(real(f), size);
}
int lock(sqlite3_file* f, int how) {
    return real(f)->pMethods->xLock(real(f), how);
}
int unlock(sqlite3_file* f, int how) {
    return real(f)->pMethods->xUnlock(real(f), how);
}
int check_reserved(sqlite3_file* f, int* out) {
    return real(f)->pMethods->xCheckReservedLock(real(f), out);
}
int file_control(sqlite3_file* f, int op, void* arg) {
    return real(f)->pMethods->xFileControl(real(f), op, arg);
}
int sector_size(sqlite3_file* f) {
    return real(f)->pMethods->xSectorSize(real(f));
}
int characteristics(sqlite3_file* f) {
    return real(f)->pMethods->xDeviceCharacteristics(real(f));
}
int shm_map(sqlite3_file* f, int region, int size, int extend, void volatile** out) {
    return real(f)->pMethods->xShmMap(real(f), region, size, extend, out);
}
int shm_lock(sqlite3_file* f, int offset, int n, int flags) {
    return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}
void shm_barrier(sqlite3_file* f) {
    real(f)->pMethods->xShmBarrier(real(f));
}
int shm_unmap(sqlite3_file* f, int remove) {
    return real(f)->pMethods->xShmUnmap(real(f), remove);
}

const sqlite3_io_methods methods = {
    2,         close,          read,         write,       truncate,        sync,    file_size, lock,
    unlock,    check_reserved, file_control, sector_size, characteristics, shm_map, shm_lock,  shm_barrier,
    shm_unmap, nullptr,        nullptr};

int open(sqlite3_vfs* v, const char* path, sqlite3_file* f, int flags, int* out_flags) {
    auto* file = new (f) shim_file{};
    file->faults = faults(v);
    auto* under = faults(v)->real();
    const int code = under->xOpen(under, path, file->real(), flags, out_flags);
    if (code != SQLITE_OK) return code;
    file->base.pMethods = &methods;
    file->path = new std::string(path ? path : "");
    faults(v)->opened(*file->path);
    return SQLITE_OK;
}

int remove(sqlite3_vfs* v, const char* path, int sync_folder) {
    if (!faults(v)->powered()) return SQLITE_IOERR_DELETE;
    faults(v)->removed(path);
    auto* under = faults(v)->real();
    return under->xDelete(under, path, sync_folder);
}

std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

bool is_remembered(const std::string& path) {
    return !path.empty() && !path.ends_with("-shm");
}

}  // namespace

fault_vfs::fault_vfs(std::string name) : name_(std::move(name)), real_(sqlite3_vfs_find(nullptr)) {
    shim_ = new sqlite3_vfs(*real_);
    shim_->zName = name_.c_str();
    shim_->pAppData = this;
    shim_->szOsFile = static_cast<int>(sizeof(shim_file)) + real_->szOsFile;
    shim_->xOpen = open;
    shim_->xDelete = remove;
    shim_->pNext = nullptr;
    sqlite3_vfs_register(shim_, 0);
}

fault_vfs::~fault_vfs() {
    sqlite3_vfs_unregister(shim_);
    delete shim_;
}

void fault_vfs::fail(operation what, int n) {
    failing_from_[what] = counts_[what] + n;
}

void fault_vfs::heal() {
    failing_from_.clear();
}

bool fault_vfs::admit(operation what) {
    const int number = ++counts_[what];
    if (!powered_) return false;
    const auto failing = failing_from_.find(what);
    return failing == failing_from_.end() || number < failing->second;
}

void fault_vfs::opened(const std::string& path) {
    // What stood in the file before counts as durable; a new file is durable as an empty one.
    if (is_remembered(path)) durable_.try_emplace(path, content(path));
}

void fault_vfs::synced(const std::string& path) {
    if (is_remembered(path)) durable_[path] = content(path);
}

void fault_vfs::restore() {
    for (const auto& [path, bytes] : durable_) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
        std::filesystem::remove(path + "-shm");
    }
    powered_ = true;
    heal();
}

}  // namespace lockhub::test
