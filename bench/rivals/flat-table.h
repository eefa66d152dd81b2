/* The table that engine/compile/flat-table.ts lays out, and its walk as engine/compile/flat-matcher.ts has it. */
#ifndef FLAT_TABLE_H
#define FLAT_TABLE_H

#include "sample.h"

#define COLUMN_BITS 4
#define LENGTH_BITS 5
#define PLUS_COLUMN 10
#define PREFIX_DIGITS 4
#define SURE_LENGTH (1 + PREFIX_DIGITS + 2)
#define PREFIX_OFFSET ('0' * 1111)
#define DIGIT_MASK 15

typedef struct {
  uint32_t start, after_plus, core_states;
  const uint16_t *transitions, *labels, *length_labels;
  /* NULL = the first digits are walked one by one. */
  const uint16_t *prefixes;
  /* The first route of each label. */
  const int32_t *primaries;
} FlatTable;

/* Reads what table-file.ts has written. */
static inline FlatTable read_table(const char *path) {
  FileBytes file = read_file(path);
  const uint32_t *head = (const uint32_t *)file.bytes;
  FlatTable table = {.start = head[0], .core_states = head[1]};
  table.primaries = (const int32_t *)(head + 7);
  table.transitions = (const uint16_t *)(table.primaries + head[2]);
  table.labels = table.transitions + head[3];
  table.length_labels = table.labels + head[4];
  table.prefixes = head[6] == 0 ? NULL : table.length_labels + head[5];
  table.after_plus = table.transitions[(table.start << COLUMN_BITS) | PLUS_COLUMN];
  return table;
}

static inline uint32_t read_on(
    const FlatTable *table, const uint8_t *at, const uint8_t *end, uint32_t state) {
  while (state < table->core_states && at < end) {
    state = table->transitions[(state << COLUMN_BITS) | (*at++ & DIGIT_MASK)];
  }
  if (state < table->core_states) return table->labels[state];
  return table->length_labels[((state - table->core_states) << LENGTH_BITS) + (end - at)];
}

/* The label of a number of at most 31 digits, with or without + before them. */
static inline uint32_t match_digits(const FlatTable *table, const uint8_t *at, const uint8_t *end) {
  if (at >= end || *at != '+') return read_on(table, at, end, table->start);
  if (table->prefixes == NULL || end - at < SURE_LENGTH) {
    return read_on(table, at + 1, end, table->after_plus);
  }
  uint32_t prefix = at[1] * 1000 + at[2] * 100 + at[3] * 10 + at[4] - PREFIX_OFFSET;
  uint32_t state = table->prefixes[prefix];
  state = table->transitions[(state << COLUMN_BITS) | (at[5] & DIGIT_MASK)];
  state = table->transitions[(state << COLUMN_BITS) | (at[6] & DIGIT_MASK)];
  return read_on(table, at + SURE_LENGTH, end, state);
}

#endif
