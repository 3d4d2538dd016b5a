/* The C interface as a program in C of 1989 uses it; compiled with -std=c89 -pedantic -Werror. Exits 0 when all is as it should be. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "storymerge/c.h"

#define CHECK(condition)                                                                          \
  do {                                                                                            \
    if (!(condition)) {                                                                           \
      fprintf(stderr, "%s:%d: %s (%s)\n", __FILE__, __LINE__, #condition, storymerge_message(s)); \
      exit(1);                                                                                    \
    }                                                                                             \
  } while (0)

static int count(void* context, const char* json, size_t size) {
  *(int*)context += size > 2 && json[0] == '{' && json[size - 1] == '}';
  return 0;
}

static int want_no_more(void* context, const char* json, size_t size) {
  (void)json;
  (void)size;
  *(int*)context += 1;
  return 1;
}

int main(int argc, char** argv) {
  static char bytes[1 << 20];
  static const char text[] = "Fifteen people died when a ferry capsized off Lidra on Friday.";
  storymerge_session* s = storymerge_new();
  FILE* file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  size_t size;
  int stories = 0, again = 0;
  if (s == NULL || file == NULL) return 2;
  size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);

  CHECK(strlen(storymerge_version()) >= 5);
  CHECK(storymerge_set(s, "threads", "1") == STORYMERGE_OK);
  CHECK(storymerge_set(s, "strictness", "hard") == STORYMERGE_BAD_OPTION);
  CHECK(strstr(storymerge_message(s), "strictness") != NULL && strstr(storymerge_message(s), "hard") != NULL);
  CHECK(storymerge_add_jsonl(s, bytes, size) == STORYMERGE_OK);
  CHECK(storymerge_set_field(s, "text", text, strlen(text)) == STORYMERGE_OK);
  CHECK(storymerge_add_article(s) == STORYMERGE_OK);
  CHECK(storymerge_stories(s, count, &stories) == STORYMERGE_OK);
  CHECK(stories >= 1);
  CHECK(storymerge_stories(s, want_no_more, &again) == STORYMERGE_STOPPED);
  CHECK(again == 1);
  CHECK(storymerge_store_list(s, STORYMERGE_NEWEST, 0, 0, count, &again) == STORYMERGE_BAD_INPUT);
  storymerge_free(s);
  storymerge_free(NULL);
  return 0;
}
