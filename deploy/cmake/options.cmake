# Flags every target of the project shares, as one interface library.
add_library(lockhub_options INTERFACE)
target_compile_features(lockhub_options INTERFACE cxx_std_23)
target_include_directories(lockhub_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(lockhub_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wconversion
                                                 -Wno-sign-conversion -fno-omit-frame-pointer)
if(LOCKHUB_WERROR)
  target_compile_options(lockhub_options INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_link_options(lockhub_options INTERFACE -fuse-ld=lld)
endif()
if(LOCKHUB_SANITIZE)
  target_compile_options(lockhub_options INTERFACE -fsanitize=${LOCKHUB_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(lockhub_options INTERFACE -fsanitize=${LOCKHUB_SANITIZE})
  if(LOCKHUB_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Asio fences with atomic_thread_fence, which TSan does not model; GCC warns of it, clang does not know the flag.
    target_compile_options(lockhub_options INTERFACE -Wno-tsan)
  endif()
endif()
if(LOCKHUB_FUZZ)
  target_compile_options(lockhub_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
# One definition of what Asio may do, for every translation unit.
target_compile_definitions(lockhub_options INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_REGEX
                                                     BOOST_BEAST_USE_STD_STRING_VIEW)
