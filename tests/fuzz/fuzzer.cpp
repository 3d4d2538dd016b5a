// One fuzzer: STORYMERGE_FUZZ_TARGET names the function of targets.h.
#include "fuzz/targets.h"

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  GTEST_FLAG_SET(throw_on_failure, true);
  ::testing::InitGoogleTest(argc, *argv);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  storymerge::fuzz::STORYMERGE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
