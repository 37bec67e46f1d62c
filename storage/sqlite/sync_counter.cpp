#include "storage/sqlite/sync_counter.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstddef>
#include <new>
#include <stdexcept>

#include "storage/sqlite/database.hpp"

namespace lockhub::storage::sqlite {

namespace {

struct vfs_data {
    sqlite3_vfs* base;
    std::atomic<std::uint64_t>* count;
};

// Stands behind the base VFS's own part of a file: that file's methods, with xSync replaced.
struct counted_part {
    sqlite3_io_methods methods;
    int (*sync_base)(sqlite3_file*, int);
    std::atomic<std::uint64_t>* count;
};

// What a file of the default VFS and of any shim over it takes is below this; a fixed offset lets xSync find its part.
constexpr std::size_t base_part_bytes = 1024;
static_assert(base_part_bytes % alignof(counted_part) == 0);

counted_part* part_of(sqlite3_file* file) {
    return reinterpret_cast<counted_part*>(reinterpret_cast<std::byte*>(file) + base_part_bytes);
}

int sync_and_count(sqlite3_file* file, int flags) {
    auto* part = part_of(file);
    part->count->fetch_add(1, std::memory_order_relaxed);
    return part->sync_base(file, flags);
}

sqlite3_vfs* base_of(sqlite3_vfs* vfs) {
    return static_cast<vfs_data*>(vfs->pAppData)->base;
}

int open_counted(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags, int* out_flags) {
    auto* base = base_of(vfs);
    const int code = base->xOpen(base, name, file, flags, out_flags);
    if (code != SQLITE_OK || file->pMethods == nullptr) return code;
    auto* part = new (part_of(file)) counted_part{.methods = *file->pMethods,
                                                  .sync_base = file->pMethods->xSync,
                                                  .count = static_cast<vfs_data*>(vfs->pAppData)->count};
    part->methods.xSync = sync_and_count;
    file->pMethods = &part->methods;
    return code;
}

// A VFS finds its own data by the pointer it is given, so each call must name the base.
void forward_the_rest(sqlite3_vfs& vfs) {
    vfs.xDelete = [](sqlite3_vfs* v, const char* name, int sync) {
        return base_of(v)->xDelete(base_of(v), name, sync);
    };
    vfs.xAccess = [](sqlite3_vfs* v, const char* name, int flags, int* out) {
        return base_of(v)->xAccess(base_of(v), name, flags, out);
    };
    vfs.xFullPathname = [](sqlite3_vfs* v, const char* name, int size, char* out) {
        return base_of(v)->xFullPathname(base_of(v), name, size, out);
    };
    vfs.xDlOpen = [](sqlite3_vfs* v, const char* name) { return base_of(v)->xDlOpen(base_of(v), name); };
    vfs.xDlError = [](sqlite3_vfs* v, int size, char* out) { base_of(v)->xDlError(base_of(v), size, out); };
    vfs.xDlSym = [](sqlite3_vfs* v, void* library, const char* name) {
        return base_of(v)->xDlSym(base_of(v), library, name);
    };
    vfs.xDlClose = [](sqlite3_vfs* v, void* library) { base_of(v)->xDlClose(base_of(v), library); };
    vfs.xRandomness = [](sqlite3_vfs* v, int size, char* out) {
        return base_of(v)->xRandomness(base_of(v), size, out);
    };
    vfs.xSleep = [](sqlite3_vfs* v, int microseconds) { return base_of(v)->xSleep(base_of(v), microseconds); };
    vfs.xCurrentTime = [](sqlite3_vfs* v, double* out) { return base_of(v)->xCurrentTime(base_of(v), out); };
    vfs.xGetLastError = [](sqlite3_vfs* v, int size, char* out) {
        return base_of(v)->xGetLastError(base_of(v), size, out);
    };
    vfs.xCurrentTimeInt64 = [](sqlite3_vfs* v, sqlite3_int64* out) {
        return base_of(v)->xCurrentTimeInt64(base_of(v), out);
    };
}

}  // namespace

struct sync_counter::registered {
    sqlite3_vfs vfs{};
    vfs_data data{};
};

sync_counter::sync_counter(const std::string& base)
    : name_(fmt::format("lockhub-{}", fmt::ptr(this))), registered_(std::make_unique<registered>()) {
    database::configure_library();
    auto* beneath = sqlite3_vfs_find(base.empty() ? nullptr : base.c_str());
    if (beneath == nullptr) throw std::runtime_error(fmt::format("SQLite has no VFS named '{}'", base));
    if (static_cast<std::size_t>(beneath->szOsFile) > base_part_bytes || beneath->iVersion < 2)
        throw std::runtime_error(fmt::format("syncs of the SQLite VFS '{}' cannot be counted", beneath->zName));
    registered_->data = {.base = beneath, .count = &count_};
    auto& vfs = registered_->vfs;
    vfs.iVersion = 2;  // without xSetSystemCall, which is for SQLite's own tests
    vfs.szOsFile = base_part_bytes + sizeof(counted_part);
    vfs.mxPathname = beneath->mxPathname;
    vfs.zName = name_.c_str();
    vfs.pAppData = &registered_->data;
    vfs.xOpen = open_counted;
    forward_the_rest(vfs);
    if (sqlite3_vfs_register(&vfs, 0) != SQLITE_OK)
        throw std::runtime_error("SQLite refused the VFS that counts syncs");
}

sync_counter::~sync_counter() {
    sqlite3_vfs_unregister(&registered_->vfs);
}

}  // namespace lockhub::storage::sqlite
