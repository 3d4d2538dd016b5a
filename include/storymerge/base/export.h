#pragma once
// Which names does the shared library show? Those that a public header declares, each marked with this; all else is hidden.

#define STORYMERGE_EXPORT __attribute__((visibility("default")))
