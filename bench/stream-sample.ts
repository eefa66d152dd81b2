import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SampleNumbers, sampleNumbers } from "./sample-numbers.ts";
import { type SampleRoute, sampleRoutes } from "./sample-routes.ts";
import { sampleUser } from "./sample-tenant.ts";

export const STREAM_ROUTES = 1000;
export const STREAM_USERS = 1000;

export const STREAM_NUMBERS = 131_072;
/** Lines of a file: each number four times. */
const REPEATS = 4;
export const STREAM_LINES = STREAM_NUMBERS * REPEATS;

/** Formats of the sample's files. */
export type StreamWay = "lines" | "csv" | "ndjson";

function routes(): readonly SampleRoute[] {
  return sampleRoutes({ routes: STREAM_ROUTES, lookaheads: 0 });
}

export function streamPatterns(): readonly string[] {
  return routes().map(({ numberPattern }) => numberPattern);
}

export function streamNumbers(): SampleNumbers {
  return sampleNumbers(STREAM_NUMBERS, routes());
}

/** Writes the same calls in all formats; plain lines lack the user. Gives the files. */
export function writeStreamFiles(
  folder: string,
  { strings }: SampleNumbers,
): Readonly<Record<StreamWay, string>> {
  const user = (i: number): string => sampleUser((i * 7919) % STREAM_USERS);
  const write = (
    way: StreamWay,
    header: string,
    lineOf: (number: string, i: number) => string,
  ): string => {
    const file = join(folder, `numbers.${way}`);
    const lines = strings.map((number, i) => `${lineOf(number, i)}\n`).join("");
    writeFileSync(file, header + lines.repeat(REPEATS));
    return file;
  };
  return {
    lines: write("lines", "", (number) => number),
    csv: write("csv", "dialed,user\n", (number, i) => `${number},${user(i)}`),
    ndjson: write("ndjson", "", (dialed, i) => JSON.stringify({ dialed, user: user(i) })),
  };
}
