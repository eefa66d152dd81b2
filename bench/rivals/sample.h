/*
 * What the rival programs share: the files of a sample, clocks, and how turns are asked for.
 *
 * A program first checks its answers on all numbers and prints `{"ready": true}`; a wrong answer ends it.
 * Then each line on its standard input asks for one turn, which it answers with the wall and CPU time of
 * one number, in nanoseconds: `{"ns": 12.3, "cpu": 12.1}`.
 */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* A turn lasts at least so long, and takes so many numbers between two looks at the clock. */
#define TURN_NS 1e8
#define BATCH 512

typedef struct {
  char *bytes;
  size_t length;
} FileBytes;

/* Line i stands in bytes[offsets[i] .. offsets[i + 1]), without a line end between them. */
typedef struct {
  char *bytes;
  uint32_t *offsets;
  size_t count;
} Lines;

static inline void fail(const char *what, const char *which) {
  fprintf(stderr, "%s %s\n", what, which);
  exit(1);
}

static inline FileBytes read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == NULL) fail("cannot read", path);
  fseek(file, 0, SEEK_END);
  FileBytes read = {NULL, (size_t)ftell(file)};
  rewind(file);
  read.bytes = (char *)malloc(read.length + 1);
  if (fread(read.bytes, 1, read.length, file) != read.length) fail("cannot read all of", path);
  read.bytes[read.length] = 0;
  fclose(file);
  return read;
}

static inline Lines read_lines(const char *path) {
  FileBytes file = read_file(path);
  Lines lines = {file.bytes, NULL, 0};
  for (size_t i = 0; i < file.length; i++) lines.count += file.bytes[i] == '\n';
  lines.offsets = (uint32_t *)malloc((lines.count + 1) * sizeof(uint32_t));
  size_t line = 0, length = 0;
  lines.offsets[0] = 0;
  for (size_t i = 0; i < file.length; i++) {
    if (file.bytes[i] == '\n') lines.offsets[++line] = (uint32_t)length;
    else lines.bytes[length++] = file.bytes[i];
  }
  return lines;
}

/* One little-endian int32 for each number: the first route that takes it, -1 = none. */
static inline const int32_t *read_answers(const char *path, size_t count) {
  FileBytes file = read_file(path);
  if (file.length != count * sizeof(int32_t)) fail("not one answer for each number:", path);
  return (const int32_t *)file.bytes;
}

static inline double clock_ns(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return now.tv_sec * 1e9 + now.tv_nsec;
}

typedef int32_t (*Answer)(const char *number, size_t length);

/*
 * Checks, then serves turns until standard input ends. Inlined into its caller, so that the compiler sees
 * which function answers.
 */
static inline __attribute__((always_inline)) int serve_turns(
    Lines numbers, const int32_t *expected, Answer answer) {
  for (size_t i = 0; i < numbers.count; i++) {
    const char *number = numbers.bytes + numbers.offsets[i];
    size_t length = numbers.offsets[i + 1] - numbers.offsets[i];
    int32_t given = answer(number, length);
    if (given == expected[i]) continue;
    fprintf(stderr, "%.*s: outdial says %d, the rival %d\n", (int)length, number, expected[i], given);
    return 1;
  }
  puts("{\"ready\": true}");
  fflush(stdout);
  char line[64];
  size_t next = 0;
  volatile int32_t sink = 0;
  while (fgets(line, sizeof line, stdin) != NULL) {
    double wall = clock_ns(CLOCK_MONOTONIC), cpu = clock_ns(CLOCK_PROCESS_CPUTIME_ID), taken;
    size_t asked = 0;
    do {
      if (next + BATCH > numbers.count) next = 0;
      int32_t sum = 0;
      for (size_t i = next; i < next + BATCH; i++) {
        uint32_t start = numbers.offsets[i];
        sum += answer(numbers.bytes + start, numbers.offsets[i + 1] - start);
      }
      sink += sum;
      next += BATCH;
      asked += BATCH;
      taken = clock_ns(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    } while (taken < TURN_NS);
    printf("{\"ns\": %.4f, \"cpu\": %.4f}\n", (clock_ns(CLOCK_MONOTONIC) - wall) / asked, taken / asked);
    fflush(stdout);
  }
  return 0;
}

#endif
