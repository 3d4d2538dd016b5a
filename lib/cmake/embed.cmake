# Makes C++ of files, so that they are part of the library.
#   embed(OUTPUT.cpp FUNCTION FOLDER FILE...)  writes `std::span<const EmbeddedFile> FUNCTION()` (support/embedded.h) into the
#   build folder when a file changes; FUNCTION is qualified: storymerge::lang::tables. Names are relative to FOLDER.
# As a script (cmake -P) it writes the file.
if(CMAKE_SCRIPT_MODE_FILE)
  string(REGEX MATCH "^(.*)::([^:]*)$" _ "${FUNCTION}")
  set(code "// Made of files of the tree by cmake/embed.cmake.\n#include <span>\n\n#include \"support/embedded.h\"\n\n")
  string(APPEND code "namespace ${CMAKE_MATCH_1} {\nstd::span<const EmbeddedFile> ${CMAKE_MATCH_2}();\n")
  string(APPEND code "std::span<const EmbeddedFile> ${CMAKE_MATCH_2}() {\n  static constexpr EmbeddedFile files[] = {\n")
  file(READ ${LIST} files)
  string(REPLACE "\n" ";" files "${files}")
  foreach(path ${files})
    file(RELATIVE_PATH name ${FOLDER} ${path})
    file(READ ${path} text)
    # Compilers need to know literals of 64 KiB only.
    string(LENGTH "${text}" length)
    set(literals "")
    set(at 0)
    while(at LESS length)
      string(SUBSTRING "${text}" ${at} 16000 piece)
      string(APPEND literals "\n     R\"embedded(${piece})embedded\"")
      math(EXPR at "${at} + 16000")
    endwhile()
    if(length EQUAL 0)
      set(literals "\"\"")
    endif()
    string(APPEND code "    {\"${name}\", ${literals}},\n")
  endforeach()
  string(APPEND code "  };\n  return files;\n}\n}  // namespace ${CMAKE_MATCH_1}\n")
  file(WRITE ${OUTPUT} "${code}")
  return()
endif()

set(EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(embed output function folder)
  set(list ${CMAKE_CURRENT_BINARY_DIR}/${output}.list)
  string(REPLACE ";" "\n" lines "${ARGN}")
  file(CONFIGURE OUTPUT ${list} CONTENT "${lines}" @ONLY)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${function} -DFOLDER=${folder} -DLIST=${list} -P ${EMBED_SCRIPT}
    DEPENDS ${ARGN} ${list} ${EMBED_SCRIPT} VERBATIM)
endfunction()
