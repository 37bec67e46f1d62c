#include "hub/cli/cli.hpp"

int main(int count, char** arguments) {
    return lockhub::hub::run_cli(count, arguments);
}
