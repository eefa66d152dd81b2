/*
 * The least that a program can do which routes a file of plain lines: reads it, walks our own table,
 * copies the number and the decision's end of the row, writes.
 *
 * ENDS holds the end of the row for each label, one a line. Its first turn writes to OUTPUT, whose bytes
 * are then compared; all others to /dev/null.
 *
 * Usage: read-decide-write LINES TABLE ENDS OUTPUT
 */
#include <fcntl.h>
#include <unistd.h>

#include "flat-table.h"

#define CHUNK (256 * 1024)
#define LONGEST_LINE 64
#define LONGEST_ROW 512

static FlatTable table;
static Lines ends;
static uint8_t in[CHUNK + LONGEST_LINE];
static char out[CHUNK / 4 * LONGEST_ROW];
static size_t lines;

/* Writes the rows of whole lines and gives the start of the unfinished one. */
static uint8_t *route_lines(uint8_t *at, uint8_t *limit, int output) {
  char *to = out;
  for (uint8_t *end; (end = (uint8_t *)memchr(at, '\n', limit - at)) != NULL; at = end + 1) {
    uint32_t label = match_digits(&table, at, end);
    size_t length = end - at;
    memcpy(to, at, length);
    to += length;
    uint32_t start = ends.offsets[label];
    length = ends.offsets[label + 1] - start;
    memcpy(to, ends.bytes + start, length);
    to += length;
    *to++ = '\n';
    lines++;
  }
  if (write(output, out, to - out) != to - out) fail("cannot write", "the rows");
  return at;
}

static void route_file(const char *path, int output) {
  int input = open(path, O_RDONLY);
  if (input < 0) fail("cannot read", path);
  size_t carry = 0;
  for (ssize_t count; (count = read(input, in + carry, CHUNK)) > 0;) {
    uint8_t *limit = in + carry + count, *rest = route_lines(in, limit, output);
    carry = limit - rest;
    if (carry > LONGEST_LINE) fail("a line is too long in", path);
    memmove(in, rest, carry);
  }
  close(input);
}

int main(int argc, char **argv) {
  if (argc != 5) fail("usage: read-decide-write LINES TABLE ENDS OUTPUT;", "4 files");
  table = read_table(argv[2]);
  ends = read_lines(argv[3]);
  for (size_t i = 0; i < ends.count; i++) {
    size_t length = ends.offsets[i + 1] - ends.offsets[i];
    if (length >= LONGEST_ROW - LONGEST_LINE) fail("a row is too long in", argv[3]);
  }
  int output = open(argv[4], O_WRONLY | O_CREAT | O_TRUNC, 0600), nowhere = open("/dev/null", O_WRONLY);
  if (output < 0) fail("cannot write", argv[4]);
  route_file(argv[1], output);
  close(output);
  puts("{\"ready\": true}");
  fflush(stdout);
  char line[64];
  while (fgets(line, sizeof line, stdin) != NULL) {
    double wall = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID);
    lines = 0;
    route_file(argv[1], nowhere);
    printf("{\"ns\": %.4f, \"cpu\": %.4f}\n", (clock_ns(CLOCK_MONOTONIC) - wall) / lines,
           (clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu) / lines);
    fflush(stdout);
  }
  return 0;
}
