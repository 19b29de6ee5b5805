# omland_fingerprint(TARGET FILES…): a header fingerprint.h for TARGET, with OMLAND_FINGERPRINT, a text that
# changes whenever one of the files does. Run as a script, it writes the header.
if(CMAKE_SCRIPT_MODE_FILE)
  set(digests)
  foreach(file IN LISTS FILES)
    file(SHA256 ${file} digest)
    string(APPEND digests ${digest})
  endforeach()
  string(SHA256 fingerprint "${digests}")
  file(WRITE ${HEADER} "#define OMLAND_FINGERPRINT \"${fingerprint}\"\n")
  return()
endif()

set(omland_fingerprint_script ${CMAKE_CURRENT_LIST_FILE})
function(omland_fingerprint target)
  list(SORT ARGN)
  set(header ${CMAKE_CURRENT_BINARY_DIR}/fingerprint/fingerprint.h)
  add_custom_command(OUTPUT ${header} VERBATIM
    COMMAND ${CMAKE_COMMAND} -DHEADER=${header} "-DFILES=${ARGN}" -P ${omland_fingerprint_script}
    DEPENDS ${ARGN} ${omland_fingerprint_script})
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/fingerprint)
endfunction()
