/* The table that engine/compile/digit-table.ts lays out, and its walk as engine/compile/flat-matcher.ts has it. */
#ifndef FLAT_TABLE_H
#define FLAT_TABLE_H

#include "sample.h"

#define ROW_BITS 4
#define END_CELL 10
#define DIGIT_MASK 15
#define MAX_TABLE_DIGITS 15
#define SURE_DIGITS (4 + 3)
#define ROOT_OFFSET ('0' * 1111)

typedef struct {
  uint32_t start, after_plus, end_states, ends, root;
  const uint16_t *cells;
  /* The first route of each label. */
  const int32_t *primaries;
} FlatTable;

/* Reads what table-file.ts has written. */
static inline FlatTable read_table(const char *path) {
  FileBytes file = read_file(path);
  const uint32_t *head = (const uint32_t *)file.bytes;
  FlatTable table = {head[0], head[1], head[2], head[3], head[4], NULL, NULL};
  table.primaries = (const int32_t *)(head + 7);
  table.cells = (const uint16_t *)(table.primaries + head[5]);
  return table;
}

static inline uint32_t step(const FlatTable *table, uint32_t state, uint8_t digit) {
  return table->cells[(state << ROW_BITS) | (digit & DIGIT_MASK)];
}

/* From a state that is reached before `at`; the whole number has so many digits. */
static inline uint32_t read_on(const FlatTable *table, const uint8_t *at, const uint8_t *end,
                               uint32_t state, uint32_t digits) {
  while (state < table->end_states && at < end) state = step(table, state, *at++);
  if (state < table->end_states) return table->cells[(state << ROW_BITS) | END_CELL];
  return table->cells[((state + table->ends) << ROW_BITS) + digits];
}

/* The label of a number of at most 15 digits, with or without + before them. */
static inline uint32_t match_digits(const FlatTable *table, const uint8_t *at, const uint8_t *end) {
  size_t length = end - at;
  uint32_t has_plus = length > 0 && *at == '+', digits = length - has_plus;
  if (digits > MAX_TABLE_DIGITS) fail("too many digits in", (const char *)at);
  if (!has_plus || digits < SURE_DIGITS) {
    return read_on(table, at + has_plus, end, has_plus ? table->after_plus : table->start, digits);
  }
  uint32_t first = at[1] * 1000 + at[2] * 100 + at[3] * 10 + at[4] - ROOT_OFFSET;
  uint32_t state = table->cells[table->root + first];
  state = step(table, step(table, step(table, state, at[5]), at[6]), at[7]);
  return read_on(table, at + 1 + SURE_DIGITS, end, state, digits);
}

#endif
