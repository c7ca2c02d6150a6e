# Joins static libraries into one without debug information:
#   cmake -DAR=… -DOBJCOPY=… -DOUT=… -DARCHIVES=a;b -P MergeArchives.cmake

# Runs a command and shows what it says only if it fails: binutils may warn at length about the bitcode in Rust's objects.
function(run)
  execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE said ERROR_VARIABLE said RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${status}: ${ARGN}\n${said}")
  endif()
endfunction()

if(APPLE OR CMAKE_HOST_APPLE)
  run(libtool -static -o "${OUT}" ${ARCHIVES})
  return()
endif()
set(script "create \"${OUT}\"\n")
foreach(archive IN LISTS ARCHIVES)
  string(APPEND script "addlib \"${archive}\"\n")
endforeach()
string(APPEND script "save\nend\n")
file(WRITE "${OUT}.mri" "${script}")
file(REMOVE "${OUT}")
run("${AR}" -M INPUT_FILE "${OUT}.mri")
# The bitcode that Rust's standard library carries goes too: where binutils have an LLVM plugin older than Rust's LLVM, they try
# to read the symbols from there and leave them out of the index. Nothing may rewrite the index after this.
if(OBJCOPY)
  run("${OBJCOPY}" --strip-debug --remove-section=.llvmbc --remove-section=.llvmcmd "${OUT}")
endif()
file(REMOVE "${OUT}.mri")
