# omland_layer(NAME PUBLIC <lower layers> PRIVATE <libraries>)
#
# Defines the library omland::NAME from NAME/*.c, with NAME/include as its public header folder. A layer
# sees the headers of the layers it names and of nothing above it, so an include that points the wrong
# way does not compile. Every public header is also compiled alone, which keeps each self-contained.
function(omland_layer name)
  cmake_parse_arguments(arg "" "" "PUBLIC;PRIVATE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  file(GLOB headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/include/${name}/*.h)

  set(alone)
  foreach(header IN LISTS headers)
    get_filename_component(stem ${header} NAME_WE)
    set(unit ${CMAKE_CURRENT_BINARY_DIR}/headers/${stem}_alone.c)
    file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${name}/${stem}.h\"\ntypedef int translation_unit;\n")
    list(APPEND alone ${unit})
  endforeach()
  if(alone)
    add_library(omland_${name}_headers OBJECT ${alone})
    target_link_libraries(omland_${name}_headers PRIVATE omland_settings ${arg_PUBLIC})
    target_include_directories(omland_${name}_headers PRIVATE include)
  endif()

  add_library(omland_${name} STATIC ${sources})
  add_library(omland::${name} ALIAS omland_${name})
  set_target_properties(omland_${name} PROPERTIES EXPORT_NAME ${name})
  target_include_directories(omland_${name}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_link_libraries(omland_${name}
    PUBLIC ${arg_PUBLIC}
    PRIVATE $<BUILD_INTERFACE:omland_settings> ${arg_PRIVATE})
  set_property(GLOBAL APPEND PROPERTY OMLAND_LAYERS ${name})
endfunction()
