#pragma once

namespace lockhub::hub {

// A core dump would put door PINs and keys, which the process holds in memory, on the disk in clear. Forbids them for
// this process, and with them that other processes of the same user read its memory. False when the system refused.
bool forbid_core_dumps();

}  // namespace lockhub::hub
