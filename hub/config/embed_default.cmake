# Writes OUTPUT, a C++ file that carries the text of INPUT: default_config_text().
file(READ ${INPUT} text)
file(WRITE ${OUTPUT} "#include \"hub/config/config.hpp\"

namespace lockhub::hub {

std::string_view default_config_text() { return R\"default(${text})default\"; }

}  // namespace lockhub::hub
")
