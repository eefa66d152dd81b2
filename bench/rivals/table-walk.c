/*
 * Our own table, walked in C: what JavaScript costs.
 *
 * Usage: table-walk ROUTES NUMBERS ANSWERS TABLE
 */
#include "flat-table.h"

static FlatTable table;

static inline int32_t answer(const char *number, size_t length) {
  const uint8_t *at = (const uint8_t *)number;
  return table.primaries[match_digits(&table, at, at + length)];
}

int main(int argc, char **argv) {
  if (argc != 5) fail("usage: table-walk ROUTES NUMBERS ANSWERS TABLE;", "4 files");
  Lines numbers = read_lines(argv[2]);
  table = read_table(argv[4]);
  return serve_turns(numbers, read_answers(argv[3], numbers.count), answer);
}
