# Builds the Rust part of Sconce.
#
#   sconce_add_cargo(TARGET name ARCHIVE variable [CLI variable])
#
# Adds the target `name`, which runs cargo (cargo itself knows what is up to date), and sets the variables to the paths of the
# static library and, where SCONCE_BUILD_CLI is on, of the command-line program.

set(SCONCE_CARGO_PROFILE "release" CACHE STRING "Cargo profile for the Rust part")
set(SCONCE_CARGO_TARGET_DIR "${CMAKE_CURRENT_BINARY_DIR}/cargo" CACHE PATH "Cargo's target folder")

find_program(SCONCE_CARGO cargo HINTS "$ENV{CARGO_HOME}/bin" "$ENV{HOME}/.cargo/bin" DOC "The Rust build tool")
if(NOT SCONCE_CARGO)
  message(FATAL_ERROR "Sconce needs cargo, Rust's build tool, and found none: install Rust from https://rustup.rs")
endif()

function(sconce_add_cargo)
  cmake_parse_arguments(arg "" "TARGET;ARCHIVE;CLI" "" ${ARGN})

  # A profile's folder has its name, but for the oldest one.
  set(folder "${SCONCE_CARGO_PROFILE}")
  if(folder STREQUAL "dev")
    set(folder "debug")
  endif()
  set(archive "${SCONCE_CARGO_TARGET_DIR}/${folder}/${CMAKE_STATIC_LIBRARY_PREFIX}sconce${CMAKE_STATIC_LIBRARY_SUFFIX}")
  set(cli "${SCONCE_CARGO_TARGET_DIR}/${folder}/sconce${CMAKE_EXECUTABLE_SUFFIX}")

  set(parts --lib --no-default-features --features cxx)
  set(byproducts "${archive}")
  if(SCONCE_BUILD_CLI)
    set(parts --lib --bin sconce --features cxx)
    list(APPEND byproducts "${cli}")
  endif()

  add_custom_target(${arg_TARGET}
    COMMAND "${CMAKE_COMMAND}" -E env "CXX=${CMAKE_CXX_COMPILER}" "CC=${CMAKE_C_COMPILER}"
            "${SCONCE_CARGO}" build --quiet --locked --profile ${SCONCE_CARGO_PROFILE}
            --manifest-path "${PROJECT_SOURCE_DIR}/Cargo.toml" --target-dir "${SCONCE_CARGO_TARGET_DIR}" ${parts}
    BYPRODUCTS ${byproducts}
    COMMENT "Building the Rust part of Sconce (the first time takes minutes)"
    USES_TERMINAL VERBATIM)

  set(${arg_ARCHIVE} "${archive}" PARENT_SCOPE)
  set(${arg_CLI} "${cli}" PARENT_SCOPE)
endfunction()
