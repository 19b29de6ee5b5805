# omland_text_asset(TARGET FILE): compiles a text file into TARGET. A source that includes FILE.inc between the
# braces of an array of char has its bytes and a NUL. Written anew when the file changes.
#
# The file is also the script that writes it: cmake -Dfile=FILE -Doutput=FILE.inc -P text_asset.cmake
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
  string(REGEX REPLACE "((0x..,){20})" "\\1\n" bytes "${bytes}")
  file(WRITE ${output} "${bytes}0\n")
  return()
endif()

set(OMLAND_TEXT_ASSET ${CMAKE_CURRENT_LIST_FILE})
function(omland_text_asset target file)
  get_filename_component(name ${file} NAME)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/assets/${name}.inc)
  add_custom_command(OUTPUT ${output} DEPENDS ${file} ${OMLAND_TEXT_ASSET} VERBATIM
    COMMAND ${CMAKE_COMMAND} -Dfile=${file} -Doutput=${output} -P ${OMLAND_TEXT_ASSET})
  target_sources(${target} PRIVATE ${output})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/assets)
endfunction()
