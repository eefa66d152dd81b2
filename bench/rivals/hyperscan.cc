/*
 * Hyperscan in block mode, each route reported once, and the smallest index of those.
 *
 * Usage: hyperscan ROUTES NUMBERS ANSWERS
 */
#include <hs/hs.h>

#include <string>
#include <vector>

#include "sample.h"

static hs_database_t *database;
static hs_scratch_t *scratch;
static unsigned first;

static int on_match(unsigned route, unsigned long long, unsigned long long, unsigned, void *) {
  if (route < first) first = route;
  return 0;
}

static inline int32_t answer(const char *number, size_t length) {
  first = ~0u;
  hs_scan(database, number, length, 0, scratch, on_match, nullptr);
  return (int32_t)first;
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage: hyperscan ROUTES NUMBERS ANSWERS;", "3 files");
  Lines routes = read_lines(argv[1]), numbers = read_lines(argv[2]);
  std::vector<std::string> sources;
  std::vector<const char *> patterns;
  std::vector<unsigned> flags, ids;
  for (size_t i = 0; i < routes.count; i++) {
    sources.emplace_back(routes.bytes + routes.offsets[i], routes.offsets[i + 1] - routes.offsets[i]);
    flags.push_back(HS_FLAG_SINGLEMATCH | HS_FLAG_ALLOWEMPTY);
    ids.push_back(i);
  }
  for (const std::string &source : sources) patterns.push_back(source.c_str());
  hs_compile_error_t *error = nullptr;
  if (hs_compile_multi(patterns.data(), flags.data(), ids.data(), patterns.size(), HS_MODE_BLOCK,
                       nullptr, &database, &error) != HS_SUCCESS) {
    fail("Hyperscan does not compile:", error->message);
  }
  hs_alloc_scratch(database, &scratch);
  return serve_turns(numbers, read_answers(argv[3], numbers.count), answer);
}
