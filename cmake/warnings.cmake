# Compiler settings shared by every target: omland_settings.
add_library(omland_settings INTERFACE)
target_compile_definitions(omland_settings INTERFACE _POSIX_C_SOURCE=200809L _DEFAULT_SOURCE)
target_compile_options(omland_settings INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes
  -Wvla -Werror -ffp-contract=off)

if(OMLAND_SANITIZE)
  target_compile_options(omland_settings INTERFACE
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(omland_settings INTERFACE -fsanitize=address,undefined)
endif()
if(OMLAND_COVERAGE)
  target_compile_options(omland_settings INTERFACE --coverage)
  target_link_options(omland_settings INTERFACE --coverage)
endif()
if(OMLAND_FUZZ)
  target_compile_options(omland_settings INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(omland_settings INTERFACE -fsanitize=fuzzer-no-link)
endif()
