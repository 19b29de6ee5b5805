# The program, its catalogues and the layers as libraries with CMake and pkg-config descriptions.
include(CMakePackageConfigHelpers)
set(omland_cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/omland)

install(TARGETS omland RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY ${CMAKE_BINARY_DIR}/share/locale DESTINATION ${CMAKE_INSTALL_DATADIR})
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

get_property(layers GLOBAL PROPERTY OMLAND_LAYERS)
foreach(layer IN LISTS layers)
  install(TARGETS omland_${layer} EXPORT omlandTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
  install(DIRECTORY ${layer}/include/${layer} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endforeach()
install(EXPORT omlandTargets NAMESPACE omland:: DESTINATION ${omland_cmake_folder})

configure_package_config_file(cmake/omlandConfig.cmake.in ${CMAKE_BINARY_DIR}/omlandConfig.cmake
  INSTALL_DESTINATION ${omland_cmake_folder})
write_basic_package_version_file(${CMAKE_BINARY_DIR}/omlandConfigVersion.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH omland_up_to_prefix /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/omland.pc.in ${CMAKE_BINARY_DIR}/omland.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/omlandConfig.cmake ${CMAKE_BINARY_DIR}/omlandConfigVersion.cmake
  DESTINATION ${omland_cmake_folder})
install(FILES ${CMAKE_BINARY_DIR}/omland.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

set(CPACK_GENERATOR TGZ)
set(CPACK_PACKAGE_VENDOR omland)
set(CPACK_STRIP_FILES ON)
include(CPack)
