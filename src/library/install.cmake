# What is installed: the program, one shared library with the public headers and nothing else to link, the graphs, and
# a package for find_package(tierscope). `cpack` makes a .deb of it.
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/library.cpp "")
add_library(tierscope_library SHARED ${CMAKE_CURRENT_BINARY_DIR}/library.cpp)
set_target_properties(tierscope_library PROPERTIES
  OUTPUT_NAME tierscope VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
  LINK_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/library/exports.map)
target_link_libraries(tierscope_library PRIVATE import picture)
foreach(layer base graph model read read_dot readers ask show import picture)
  set_target_properties(tierscope_library PROPERTIES LINK_LIBRARY_OVERRIDE_${layer} WHOLE_ARCHIVE)
endforeach()
target_link_options(tierscope_library PRIVATE
  -Wl,--version-script=${CMAKE_CURRENT_SOURCE_DIR}/src/library/exports.map -Wl,-z,defs)

install(TARGETS tierscope RUNTIME)
install(TARGETS tierscope_library LIBRARY)
install(DIRECTORY src/include/tierscope DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
configure_file(src/library/tierscope-config.cmake.in tierscope-config.cmake @ONLY)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tierscope-config-version.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tierscope-config.cmake
              ${CMAKE_CURRENT_BINARY_DIR}/tierscope-config-version.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/tierscope)
install(DIRECTORY graphs/bytedance graphs/ai-circular graphs/ai-capex graphs/maps
        DESTINATION ${CMAKE_INSTALL_DATADIR}/tierscope/graphs)
install(FILES README.md NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tierscope)
set(CPACK_PACKAGE_CONTACT "The Tierscope developers <tierscope@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "supply-chain graph explorer: dependence, single suppliers, circular deals")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_CURRENT_BINARY_DIR})
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS fonts-noto-cjk)
set(CPACK_STRIP_FILES ON)
include(CPack)
