#include "storage/sqlite/writer.hpp"

namespace lockhub::storage::sqlite {

writer::writer(commit_loop& loop) : loop_(loop), thread_([this] { run(); }) {}

void writer::stop() {
    if (!thread_.joinable()) return;
    loop_.close();
    thread_.join();
}

void writer::run() {
    do {
        loop_.wait();
    } while (loop_.run_group() || !loop_.drained());
}

}  // namespace lockhub::storage::sqlite
