/* Reads a file of JSON Lines and merges it. */
#include <stdio.h>
#include <storymerge/c.h>
#include <string.h>

struct counts {
  int stories, claims;
};

static int take(void* context, const char* json, size_t size) {
  struct counts* counts = context;
  counts->stories += 1;
  counts->claims += size > 10 && strstr(json, "\"claims\":[{") != NULL;
  return 0;
}

int main(int argc, char** argv) {
  static char bytes[1 << 20];
  struct counts counts = {0, 0};
  storymerge_session* session = storymerge_new();
  FILE* file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  size_t size, i, articles = 0;
  if (session == NULL || file == NULL) return 2;
  size = fread(bytes, 1, sizeof bytes - 1, file);
  fclose(file);
  for (i = 0; i < size; ++i) articles += bytes[i] == '\n';
  if (storymerge_add_jsonl(session, bytes, size) != STORYMERGE_OK ||
      storymerge_stories(session, take, &counts) != STORYMERGE_OK) {
    fprintf(stderr, "%s\n", storymerge_message(session));
    return 1;
  }
  storymerge_free(session);
  printf("%d articles, %s stories, %s claims\n", (int)articles, counts.stories == 0 ? "no" : "some",
         counts.claims == 0 ? "no" : "some");
  return 0;
}
