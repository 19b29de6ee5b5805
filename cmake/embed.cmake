# omland_embed(TARGET SOURCE FOLDER): compiles every .csv and .ini file of FOLDER into TARGET.
#
# SOURCE includes the generated list embedded_files.inc, one EMBED(number, "name", "path") per file in name
# order, and is compiled again when a file changes.
function(omland_embed target source folder)
  file(GLOB files CONFIGURE_DEPENDS ${folder}/*.csv ${folder}/*.ini)
  list(SORT files)
  set(list_text)
  set(number 0)
  foreach(file IN LISTS files)
    get_filename_component(name ${file} NAME)
    string(APPEND list_text "EMBED(${number}, \"${name}\", \"${file}\")\n")
    math(EXPR number "${number} + 1")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/embedded/embedded_files.inc CONTENT "${list_text}" @ONLY)
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS "${files}")
endfunction()
