# Everything comes from Debian's packages; the list stands in ./dev.
find_package(Threads REQUIRED)
find_package(Boost 1.81 CONFIG REQUIRED COMPONENTS unit_test_framework url)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(simdjson REQUIRED)
find_package(fmt REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED COMPONENTS core)
find_package(tomlplusplus REQUIRED)

# CLI11's Debian package brings headers only; its CMake package is not always there.
find_path(CLI11_INCLUDE_DIR CLI/CLI.hpp REQUIRED)
add_library(lockhub_cli11 INTERFACE)
target_include_directories(lockhub_cli11 SYSTEM INTERFACE ${CLI11_INCLUDE_DIR})
