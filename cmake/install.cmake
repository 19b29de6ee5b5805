# The program, its catalogues and the layers as libraries with CMake and pkg-config descriptions.
