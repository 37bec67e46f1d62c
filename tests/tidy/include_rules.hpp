#pragma once
// Who may include whom.
#include "tests/tidy/source_file.hpp"

namespace lockhub::tidy {

// hub → dispatch → storage → schemas; inside schemas the protocols stand beside each other on domain → wire → core.
violations layers_include_to_their_right(const source_file& file);
// schemas/ is pure; dispatch/core/ has no Asio; SQLite stays in storage/sqlite/, simdjson in schemas/.
violations libraries_stay_where_they_belong(const source_file& file);
// Beast and TLS templates are instantiated in few .cpp files; umbrella headers nowhere.
violations heavy_headers_stay_in_few_files(const source_file& file);

}  // namespace lockhub::tidy
