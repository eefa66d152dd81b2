/*
 * RE2::Set, and the smallest index of its answer.
 *
 * Usage: re2-set ROUTES NUMBERS ANSWERS
 */
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <string>
#include <vector>

#include "sample.h"

/* By default 8 MB, which 1000 routes outgrow: its automaton would be thrown away again and again. */
static const int64_t MAX_MEMORY = 512 << 20;

static RE2::Set *set;
static std::vector<int> matches;

static inline int32_t answer(const char *number, size_t length) {
  if (!set->Match(re2::StringPiece(number, length), &matches)) return -1;
  return *std::min_element(matches.begin(), matches.end());
}

int main(int argc, char **argv) {
  if (argc != 4) fail("usage: re2-set ROUTES NUMBERS ANSWERS;", "3 files");
  Lines routes = read_lines(argv[1]), numbers = read_lines(argv[2]);
  RE2::Options options;
  options.set_max_mem(MAX_MEMORY);
  RE2::Set compiled(options, RE2::UNANCHORED);
  for (size_t i = 0; i < routes.count; i++) {
    std::string route(routes.bytes + routes.offsets[i], routes.offsets[i + 1] - routes.offsets[i]);
    std::string error;
    if (compiled.Add(route, &error) < 0) fail(route.c_str(), error.c_str());
  }
  if (!compiled.Compile()) fail("RE2::Set does not compile", argv[1]);
  set = &compiled;
  return serve_turns(numbers, read_answers(argv[3], numbers.count), answer);
}
