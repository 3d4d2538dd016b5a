#pragma once
// The vector instructions of x86, where it is compiled for one: then STORYMERGE_X86 is defined. What the machine that it
// runs on can do is asked at run time. For source files only: g++'s warnings stay off to the file's end.

#if defined(__x86_64__) || defined(__i386__)
#define STORYMERGE_X86 1
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"  // g++ 12 warns of its own avx512fintrin.h
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#endif
