# These bring no CMake package on Debian. Makes a target of each; read by the build and, once installed, by
# the package's Config file, so that no path of the building machine is exported.
foreach(library stemmer zstd brotlidec brotlicommon uchardet)
  if(NOT TARGET storymerge::${library})
    find_library(STORYMERGE_${library}_LIBRARY ${library})
    mark_as_advanced(STORYMERGE_${library}_LIBRARY)
    if(STORYMERGE_${library}_LIBRARY)
      add_library(storymerge::${library} UNKNOWN IMPORTED)
      set_target_properties(storymerge::${library} PROPERTIES IMPORTED_LOCATION "${STORYMERGE_${library}_LIBRARY}")
    endif()
  endif()
endforeach()
